"""The live sliders in a real browser, on a page of nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import ui.scenario.live
from forecasting.figures.period import Quarter
from forecasting.models.predictive import ModelReport, Outlier, OutlierKind
from forecasting.outlook.lights import LIGHT_BOUNDS
from forecasting.outlook.verdict import Met
from forecasting.scenario.live import RANKS
from tests.browser import live_page
from tests.browser.conftest import STILL, OpenPage, Tabs, opening
from tests.browser.measuring import clipped, scrolls_sideways
from tests.server import serving
from tests.ui.outlooks import make_outlook, make_verdict
from tests.ui.speakers import ZH
from ui.charts.scale import BELOW_TARGET, MOST_TICKS
from ui.language import format as fmt
from ui.scenario.live.packing import panels

PATHS = 1024
NAMES = [live_page.name_of(dial) for dial in live_page.DIALS]
FAN = ("figures", "scale", "fan")
"""The scripts that draw a fan."""
STARTS = "new_starts (1e8 CNY)"
TURN = """async values => {
  for (const [id, value] of Object.entries(values)) {
    const number = document.querySelector(`[data-control=${id}] input[type=number]`);
    number.value = value;
    number.dispatchEvent(new Event('input', { bubbles: true }));
  }
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const { state, all, weakest } = document.querySelector('.zl').dataset;
  const found = [...document.querySelectorAll('.zl-panel')];
  const panels = found.map(panel => [panel.dataset.indicator, {
    probability: Number(panel.dataset.probability),
    quantiles: panel.dataset.quantiles.split(' ').map(Number),
    odds: panel.querySelector('.zl-odds b').textContent,
    growth: panel.querySelector('.zl-growth b').textContent,
  }]);
  const big = document.querySelector('.zl-now-side .zl-big').textContent;
  return { state, all: Number(all), weakest, big, panels: Object.fromEntries(panels) };
}"""
"""Turns sliders without letting go, and returns what is shown then."""


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("live")
    with serving(folder, "tests/browser/live_page.py") as address:
        yield address


@pytest.fixture
def open_live(tabs: Tabs, live_server: str) -> Iterator[OpenPage]:
    with opening(tabs, live_server) as open_at:

        def open_ready(path: str = "", **options: object) -> Page:
            page = open_at(path, **options)
            expect(page.locator(".zl[data-state=confirmed]")).to_be_visible()
            return page

        yield open_ready


def slider(page: Page, name: str = STARTS) -> Locator:
    return page.get_by_role("slider", name=name)


def number(page: Page, control: str = "new_starts") -> Locator:
    return page.locator(f"[data-control={control}] input[type=number]")


def wait_confirmed(page: Page, releases: int) -> None:
    expect(page.get_by_text(f"runs of release: {releases}")).to_be_visible()
    expect(page.locator(".zl").first).to_have_attribute("data-state", "confirmed")


def all_clear(page: Page) -> float:
    return float(page.locator(".zl").first.get_attribute("data-all") or "nan")


def centre(locator: Locator) -> tuple[float, float]:
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def settings(count: int) -> list[dict[str, float]]:
    draw = random.Random(20261125)
    ranges = [live_page.range_of(dial) for dial in live_page.DIALS]
    turned = [
        {
            name: round(draw.uniform(low, high) * draw.choice([0.0, 0.2, 1.3]), 2)
            for name, (low, high) in zip(NAMES, ranges, strict=True)
        }
        for _ in range(count)
    ]
    return [dict.fromkeys(NAMES, 0.0) | {"new_starts": 1.0}, *turned]


def weakest_among(met: Sequence[Met], names: Sequence[str]) -> set[str]:
    """Return those whose certain clearing raises the all-clear most; several where equal."""
    failures = sum((~paths).astype(int) for paths in met)
    raised = [int((failures - ~paths == 0).sum()) for paths in met]
    return {name for name, each in zip(names, raised, strict=True) if each == max(raised)}


def test_what_is_shown_while_dragging_is_python_s_on_the_same_paths(open_live: OpenPage) -> None:
    picture = live_page.laid_out()
    page = open_live()
    expect(page.locator(".zl-panel")).to_have_count(len(picture.courses))

    for setting in settings(12):
        values = [setting[name] for name in NAMES]
        clear, met = picture.clear(values)[:PATHS], picture.met(values)
        shown = page.evaluate(TURN, setting)

        assert shown["state"] == "dragging"
        assert shown["all"] == clear.mean()
        assert shown["big"] == fmt.probability(float(clear.mean()))
        counted = picture.counting
        assert shown["weakest"] in weakest_among([met[name][:PATHS] for name in counted], counted)
        for course, growth in zip(picture.courses, picture.growth(values), strict=True):
            panel = shown["panels"][course.indicator]
            probability = float(met[course.indicator][:PATHS].mean())
            ordered = np.sort(growth[:PATHS, -1])

            assert panel["probability"] == probability
            assert panel["quantiles"] == pytest.approx(list(ordered[list(RANKS)]))
            assert panel["odds"] == fmt.probability(probability)
            assert panel["growth"] == fmt.percent(float(ordered[RANKS[3]]))


def test_what_is_shown_while_dragging_differs_from_all_paths_by_monte_carlo_error(
    open_live: OpenPage,
) -> None:
    picture = live_page.laid_out()
    page = open_live()

    for setting in settings(12):
        values = [setting[name] for name in NAMES]
        shown = page.evaluate(TURN, setting)
        pairs = [(shown["all"], picture.all_clear(values))]
        for indicator, met in picture.met(values).items():
            pairs.append((shown["panels"][indicator]["probability"], float(met.mean())))

        for near, exact in pairs:
            error = np.sqrt(max(exact * (1 - exact), 1 / PATHS) / PATHS)
            assert abs(near - exact) < 4 * error


@pytest.mark.parametrize("bounds", [LIGHT_BOUNDS, (0.5,), (0.1, 0.3, 0.6, 0.9)])
def test_a_light_of_the_browser_is_the_next_from_each_bound_on(
    browser: Browser, bounds: tuple[float, ...]
) -> None:
    script = (Path(ui.scenario.live.__file__).parent / "figures.js").read_text("utf-8")
    names = [f"light {place}" for place in range(len(bounds) + 1)]
    head = {"bounds": bounds, "open_lights": names}
    page = browser.new_page()
    page.set_content(f"<script>{script}</script>")
    lit = "([all, head]) => all.map(one => lightOf(one, head))"

    assert page.evaluate(lit, [[0.0, *bounds, 1.0], head]) == [*names, names[-1]]
    assert page.evaluate(lit, [[bound - 1e-12 for bound in bounds], head]) == names[:-1]
    page.close()


def test_a_fan_under_the_hand_rings_outliers_and_draws_flashes_hollow(browser: Browser) -> None:
    kinds = {2: OutlierKind.ADDITIVE, 3: OutlierKind.DEFINITION, 4: OutlierKind.ADDITIVE}
    outliers = tuple(Outlier(Quarter(2025, q), kind, 9.0) for q, kind in kinds.items())
    verdict = replace(
        make_verdict(0.46), model=ModelReport("sarima", (0, 1, 1), None, (), outliers, 40, ())
    )
    inside = frozenset({Quarter(2025, 4), Quarter(2026, 2)})
    verdict = replace(verdict, history=replace(verdict.history, unpublished=inside))
    (panel,) = panels(make_outlook(0.46, verdict), ZH)
    folder = Path(ui.scenario.live.__file__).parent
    scripts = "".join((folder / f"{name}.js").read_text("utf-8") for name in FAN)
    head = {"frame": {"below": BELOW_TARGET, "ticks": MOST_TICKS}, "synthetic": False}
    page = browser.new_page()
    page.set_content(f"<body><script>{scripts}</script></body>")

    drawn = page.evaluate(
        "([panel, head]) => document.body.appendChild(new Fan(panel, head).element).outerHTML",
        [panel, head],
    )
    page.close()

    assert drawn.count('class="zl-ring"') == 3
    assert re.findall(">(异常季度|口径变更)<", drawn) == ["异常季度", "口径变更"]
    assert drawn.count('class="zl-dot zl-flash"') == 2
    assert drawn.count('class="zl-dot"') == 1


def test_a_fan_gives_its_figures_at_a_pointer_and_at_a_tap(open_live: OpenPage) -> None:
    page = open_live()
    panel = page.locator("[data-indicator=fixed_asset_investment]")
    fan, tip = panel.locator(".zl-fan"), panel.locator(".zl-tip")
    box = fan.bounding_box()
    assert box is not None
    expect(tip).to_be_hidden()

    fan.hover(position={"x": box["width"] - 60, "y": 80})
    ahead = r"^2026年全年：本情景−?[\d.]+%（八成可能区间−?[\d.]+%至−?[\d.]+%），基准−?[\d.]+%$"
    expect(tip).to_have_text(re.compile(ahead))
    fan.hover(position={"x": 50, "y": 80})
    expect(tip).to_have_text(re.compile(r"^2025年一季度：−?[\d.]+%$"))
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()

    touch = {"pointerType": "touch", "bubbles": True, "clientX": box["x"] + box["width"] - 60}
    fan.dispatch_event("pointerdown", touch)
    expect(tip).to_have_text(re.compile(ahead))
    page.locator("h1").dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    expect(tip).to_be_hidden()


def test_the_panels_that_the_slider_in_hand_moves_come_first(open_live: OpenPage) -> None:
    page = open_live()
    for name, indicator in (
        ("foreign_capital", "foreign_capital"),
        ("technical_transformation", "technical_transformation_investment"),
    ):
        page.get_by_role("slider", name=re.compile(f"^{name}")).focus()
        first = page.locator(f"[data-place=first] [data-indicator={indicator}]")
        expect(first).to_be_visible()
    assert page.locator("[data-place=first] .zl-panel").count() == 4
    assert page.locator(".zl-panel").count() == 12


def test_a_drag_shows_new_numbers_without_asking_the_server(
    browser: Browser, live_server: str
) -> None:
    frames: list[str] = []
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: frames.append("sent")))
    page.goto(live_server)
    expect(page.locator(".zl[data-state=confirmed]")).to_be_visible(timeout=60_000)
    panel = page.locator("[data-indicator=fixed_asset_investment]")
    before = all_clear(page)
    shown = {panel.get_attribute("data-quantiles")}
    _, y = centre(slider(page))
    box = slider(page).bounding_box()
    assert box is not None
    frames.clear()

    page.mouse.move(box["x"] + 8, y)
    page.mouse.down()
    for share in (0.1, 0.2, 0.3, 0.5):
        page.mouse.move(box["x"] + share * box["width"], y)
        page.wait_for_timeout(50)
        shown.add(panel.get_attribute("data-quantiles"))
    assert frames == []
    assert len(shown) == 5
    assert all_clear(page) > before
    assert "+" in page.locator(".zl-change").inner_text()

    page.mouse.up()
    wait_confirmed(page, 1)
    page.wait_for_timeout(700)
    assert frames == ["sent"]
    page.context.close()


def test_a_release_is_confirmed_by_all_paths(open_live: OpenPage) -> None:
    picture = live_page.laid_out()
    page = open_live()

    number(page).fill("4")
    number(page).press("Enter")

    wait_confirmed(page, 1)
    values = [4.0 if name == "new_starts" else 0.0 for name in NAMES]
    assert all_clear(page) == picture.all_clear(values)
    expect(page.locator(".zl-said")).to_contain_text(fmt.probability(picture.all_clear(values)))


def test_an_answer_that_arrives_during_a_drag_does_not_disturb_it(open_live: OpenPage) -> None:
    page = open_live("?slow=1.5")
    number(page).fill("3")
    number(page).press("Enter")
    x, y = centre(slider(page, "tax (1e4 CNY)"))

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=3)
    held = slider(page, "tax (1e4 CNY)").input_value()
    expect(page.get_by_text("runs of release: 1")).to_be_visible()
    page.wait_for_timeout(300)

    assert slider(page, "tax (1e4 CNY)").input_value() == held != "0"
    expect(page.locator(".zl").first).to_have_attribute("data-state", "dragging")
    page.mouse.up()
    wait_confirmed(page, 2)
    assert slider(page, "tax (1e4 CNY)").input_value() == held
    assert slider(page).input_value() == "3"


@pytest.mark.parametrize("slow", ["0", "0.3"])
def test_an_older_answer_does_not_move_what_was_released_after_it(
    open_live: OpenPage, slow: str
) -> None:
    page = open_live(f"?slow={slow}")
    for value in ("2", "3", "5"):
        number(page).fill(value)
        number(page).press("Enter")

    for _ in range(40):
        assert slider(page).input_value() == "5"
        page.wait_for_timeout(25)
    expect(page.locator(".zl").first).to_have_attribute("data-state", "confirmed")


@pytest.mark.parametrize(("key", "value"), [("ArrowRight", "0.1"), ("End", "20")])
def test_keys_move_a_slider_and_release_when_they_come_up(
    open_live: OpenPage, key: str, value: str
) -> None:
    page = open_live()
    slider(page).focus()

    page.keyboard.down(key)
    expect(slider(page)).to_have_value(value)
    expect(page.locator(".zl").first).to_have_attribute("data-state", "dragging")
    page.keyboard.up(key)

    wait_confirmed(page, 1)
    expect(number(page)).to_have_value(value)
    expect(slider(page)).to_be_focused()


def test_a_number_beyond_the_usual_range_is_taken_and_said(open_live: OpenPage) -> None:
    page = open_live()

    number(page).fill("33.25")
    number(page).press("Enter")

    wait_confirmed(page, 1)
    expect(number(page)).to_have_value("33.25")
    expect(slider(page)).to_have_value("20")
    expect(page.locator("[data-control=new_starts] .zl-note")).to_contain_text("0")
    assert slider(page).get_attribute("aria-valuetext") == "33.25 1e8 CNY"


def test_a_number_beyond_all_that_can_be_typed_is_cut_and_said(open_live: OpenPage) -> None:
    page = open_live()

    number(page).fill("9999999")
    number(page).press("Enter")

    wait_confirmed(page, 1)
    expect(number(page)).to_have_value("1000000")
    note = page.locator("[data-control=new_starts] .zl-note")
    expect(note).to_contain_text("已改为1,000,000")
    number(page).fill("5")
    number(page).press("Enter")
    expect(note).not_to_contain_text("已改为")


def test_nonsense_typed_leaves_the_value(open_live: OpenPage) -> None:
    page = open_live()

    number(page).press_sequentially("-")
    number(page).press("Tab")

    expect(number(page)).to_have_value("0")
    expect(page.get_by_text("runs of release: 0")).to_be_visible()


def test_reset_and_undo_move_the_slider_back(open_live: OpenPage) -> None:
    page = open_live()
    reset = page.locator("[data-control=new_starts]").get_by_role("button")
    expect(reset).to_be_hidden()
    number(page).fill("6")
    number(page).press("Enter")
    wait_confirmed(page, 1)

    reset.click()
    wait_confirmed(page, 2)
    expect(slider(page)).to_have_value("0")
    page.get_by_role("button", name="undo").click()

    expect(slider(page)).to_have_value("6")
    expect(page.locator(".zl").first).to_have_attribute("data-state", "confirmed")
    expect(page.locator("[data-control=new_starts] .zl-effect b")).to_have_text(re.compile(r"^\+"))


def test_a_finger_drags_on_a_phone_while_the_number_stays_in_sight(
    browser: Browser, live_server: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, **STILL
    )
    page = context.new_page()
    page.goto(live_server)
    expect(page.locator(".zl[data-state=confirmed]")).to_be_visible(timeout=60_000)
    page.locator("[data-control=producer_prices]").evaluate("e => e.scrollIntoView({block:'end'})")
    x, y = centre(slider(page, "producer_prices (%)"))
    touch = context.new_cdp_session(page)

    def send(kind: str, *points: Mapping[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for step in range(1, 8):
        send("touchMove", {"x": x + 8 * step, "y": y})
    page.wait_for_timeout(100)
    expect(page.locator(".zl").first).to_have_attribute("data-state", "dragging")
    assert float(slider(page, "producer_prices (%)").input_value()) > 2
    expect(page.locator(".zl-now-side .zl-big")).to_be_in_viewport()
    send("touchEnd")

    wait_confirmed(page, 1)
    assert not scrolls_sideways(page)
    assert clipped(page) == []
    context.close()


def test_a_finger_that_scrolls_the_page_over_a_slider_turns_nothing(
    browser: Browser, live_server: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, **STILL
    )
    page = context.new_page()
    page.goto(live_server)
    expect(page.locator(".zl[data-state=confirmed]")).to_be_visible(timeout=60_000)
    page.evaluate(
        """() => {
      window.cancelled = 0;
      addEventListener("pointercancel", () => { window.cancelled += 1; }, true);
    }"""
    )
    name = "producer_prices (%)"
    x, y = centre(slider(page, name))
    touch = context.new_cdp_session(page)

    def send(kind: str, *points: Mapping[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x + 60, "y": y})
    expect(slider(page, name)).not_to_have_value("0")
    for step in range(1, 12):
        send("touchMove", {"x": x + 60, "y": y - 14 * step})
        page.wait_for_timeout(16)
    send("touchEnd")

    page.wait_for_function("() => window.cancelled === 1")
    expect(slider(page, name)).to_have_value("0")
    expect(page.locator(".zl").first).to_have_attribute("data-state", "confirmed")
    page.wait_for_timeout(500)
    expect(page.get_by_text("runs of release: 0")).to_be_visible()
    context.close()


def test_everything_has_a_name_and_a_role(open_live: OpenPage) -> None:
    page = open_live("?lang=en")

    for dial in NAMES:
        expect(page.get_by_role("slider", name=re.compile(f"^{dial}"))).to_have_attribute(
            "aria-valuetext", re.compile(r"^0(\.0)? ")
        )
        expect(page.get_by_role("spinbutton", name=re.compile(f"^{dial}"))).to_be_visible()
    fans = page.get_by_role("img", name=re.compile("expected full-year growth from"))
    expect(fans).to_have_count(12)
    expect(page.get_by_role("group", name="A")).to_be_visible()
    expect(page.get_by_role("region", name="Overall chance")).to_be_visible()
    expect(page.locator("[aria-live=polite]")).to_have_count(1)
    expect(page.locator(".zl-said")).to_be_empty()


def test_what_cannot_be_turned_says_what_is_missing(open_live: OpenPage) -> None:
    page = open_live()

    land = page.get_by_role("slider", name="land (mu)")
    expect(land).to_be_disabled()
    expect(land).to_have_accessible_description("intensity?")


def test_the_whole_is_not_wider_than_a_desk(open_live: OpenPage) -> None:
    for width in (1180, 1024, 700):
        page = open_live(width=width)

        assert not scrolls_sideways(page)
        assert clipped(page) == []
