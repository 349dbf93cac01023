"""Every screen in both languages at a desk's and a phone's width."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.link import short_text
from forecasting.scenario.model import Pin, Scenario
from forecasting.scenario.projects import Project, Stage
from forecasting.scenario.risks import Constraint, Risk
from tests.browser.accessibility import (
    STREAMLIT,
    faint_chart_texts,
    findings,
    grave,
    unanswered,
    unfold,
)
from tests.browser.conftest import STILL, OpenPage
from tests.browser.measuring import clipped, photograph, scrolls_sideways, settle
from tests.ui.speakers import EN, ZH
from ui.frame.navigation import FIRST, PAGES
from ui.frame.site import SHARED
from ui.language import Speaker, catalogue

SCENARIO = short_text(
    Scenario(
        name="冲刺",
        levers=(
            Lever(LeverKind.SIGNED_INVESTMENT, 10.0),
            Lever(LeverKind.NEW_STARTS, 2.0),
            Lever(LeverKind.STOPPAGE, 20.0, assumptions=(("weight", 0.2),)),
        ),
        projects=(
            Project(
                "P1", "装备部件扩能", Stage.STARTED, 6.0, started=Quarter(2026, 2),
                recorded=Quarter(2026, 2), completion=((2026, 1.8), (2027, 3.0)),
                owner="项目服务部",
            ),
            Project(
                "P2", "制药车间二期", Stage.INTRODUCED, 8.5, signed=Quarter(2026, 1),
                started=Quarter(2026, 3), completion=((2026, 1.4),), start_probability=0.7,
                delay=(0.6, 0.3, 0.1), blocking="土地", owner="经济发展部",
            ),
            Project(
                "P3", "物流园一期", Stage.PRODUCING, 4.0, started=Quarter(2025, 1),
                producing=Quarter(2026, 3), counted=Quarter(2026, 4), output=2.4, tax=900.0,
            ),
        ),
        pins=(Pin("retail_sales", 8.0),),
        risks=(Risk("督察点名问题", Constraint.ECOLOGY, 0.2, 0.3),),
    ),
    "SAMPLE",
    2026,
)  # fmt: skip
ZONE = f"area=SAMPLE&year=2026&scenario={SCENARIO}"
SCREENS = {
    "nation": ("?area=CN", 5),
    "sample": ("?area=SAMPLE", 12),
    "indicator": ("indicator?area=SAMPLE&indicator=foreign_capital", 4),
    "data": ("data?area=CN", 0),
    "upload": ("upload?area=CN", 0),
    "vintages": ("vintages?area=CN", 0),
    "method": ("method?area=CN", 0),
    "track": ("track?area=CN", 2),
    "track-sample": ("track?area=SAMPLE", 1),
    "track-few": ("track?area=CN-SX", 0),
    "targets": ("targets?area=SAMPLE", 0),
    "areas": ("areas?area=CN", 0),
    "league": ("league?area=Z7", 0),
    "alerts": ("alerts?area=SAMPLE", 0),
    "targets-reference": ("targets?area=CN", 0),
    "scenario": (f"scenario?{ZONE}", 1),
    "projects": (f"projects?{ZONE}", 0),
    "assumptions": (f"assumptions?{ZONE}", 0),
    "scenarios": (f"scenarios?{ZONE}", 0),
    "scenario-reference": ("scenario?area=CN", 0),
    "plan": ("plan?area=SAMPLE", 1),
    "claims": ("claims?area=SAMPLE", 7),
    "tasks": ("tasks?area=SAMPLE", 1),
    "meeting": ("meeting?area=SAMPLE", 0),
    "issues": ("issues?area=SAMPLE", 0),
    "people": ("people?area=SAMPLE", 0),
    "zone": ("?area=CN-SX-LF-HMZ", 0),
}

OVERFLOWING = """() => [...document.querySelectorAll(
  '.zo.facts, .zo.number, .zo .row, .zo:has(> table)'
)].filter(whole => getComputedStyle(whole).overflowX === 'visible'
  && [...whole.children].some(part =>
    part.getBoundingClientRect().right > whole.getBoundingClientRect().right + 1
)).map(whole => whole.textContent)"""


DRAWN_TO_SIZE = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(
  chart => chart.querySelector('svg').getBoundingClientRect().width <= chart.clientWidth + 1
)"""
"""Charts are drawn anew a while after a window got another width."""

BROKEN_WORDS = """() => [...document.querySelectorAll('.zo th')].flatMap(head => {
  const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT), broken = [];
  while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[A-Za-z]{3,}/g)) {
    const range = document.createRange();
    range.setStart(texts.currentNode, word.index);
    range.setEnd(texts.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size > 1)
      broken.push(word[0]);
  }
  return broken;
})"""
"""Words of heads that go on in another line."""


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_whole_and_axe_finds_nothing_grave(open_page: OpenPage, screen: str) -> None:
    """It is opened on a phone, and then looked at with the width of a desk."""
    page = hold_whole_at(open_page, screen, (390, 1440), ZH)

    for width in (1440, 390):
        resize(page, width, SCREENS[screen][1])
        found = findings(unfold(page), STREAMLIT)
        assert grave(found) == []
        assert unanswered(found) == []
        assert faint_chart_texts(page) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_whole_in_english(open_page: OpenPage, screen: str) -> None:
    """It is opened at a desk, and then looked at with the width of a phone."""
    hold_whole_at(open_page, screen, (1440, 390), EN)


def hold_whole_at(open_page: OpenPage, screen: str, widths: tuple[int, int], say: Speaker) -> Page:
    """Open a screen at the first width and hold it to being whole at both."""
    path, charts = SCREENS[screen]
    page = open_page(f"{path}&lang={say.language}", width=widths[0])
    for width in widths:
        resize(page, width, charts)

        photograph(page, f"{screen}-{say.language}-{width}")

        hold_whole(page, say)
    return page


def resize(page: Page, width: int, charts: int) -> None:
    """Give the window another width and wait until all charts have it too."""
    page.set_viewport_size({"width": width, "height": 1000})
    settle(page, charts)
    page.wait_for_function(DRAWN_TO_SIZE)


def test_every_page_is_one_of_the_screens() -> None:
    opened = {path.partition("?")[0] or FIRST for path, _ in SCREENS.values()}

    assert opened == {*PAGES} - {SHARED}


def hold_whole(page: Page, say: Speaker) -> None:
    """Hold a page to its width, its words to their places, and every message to being filled."""
    assert not scrolls_sideways(page)
    assert clipped(page) == []
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(BROKEN_WORDS) == []
    text = page.get_by_test_id("stApp").inner_text()
    assert "**" not in text
    shown = set(re.findall(r"[a-z_]+(?:\.[a-z0-9_]+)+", text))
    assert shown & set(catalogue(say.language)) == set()


def test_the_dark_theme_draws_every_chart(open_page: OpenPage) -> None:
    page = open_page("?area=SAMPLE", color_scheme="dark")
    settle(page, 12)

    photograph(page, "sample-dark-1440")

    assert clipped(page) == []


def test_charts_fill_a_phone_one_below_the_other(open_page: OpenPage) -> None:
    page = open_page("?area=SAMPLE", width=390)
    settle(page, 12)

    boxes = [chart.bounding_box() for chart in page.get_by_test_id("stVegaLiteChart").all()]
    assert len({box["x"] for box in boxes if box}) == 1
    assert all(box["width"] >= 340 for box in boxes if box)


def test_a_chart_gives_its_values_at_a_pointer_and_at_a_tap(browser: Browser, server: str) -> None:
    for touch, width in ((False, 1440), (True, 390)):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, has_touch=touch, **STILL
        )
        page = context.new_page()
        page.goto(f"{server}/?area=SAMPLE&lang=zh")
        settle(page, 12)
        chart = page.get_by_test_id("stVegaLiteChart").first
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box is not None
        at = box["x"] + 0.75 * box["width"], box["y"] + 0.4 * box["height"]

        if touch:
            page.touchscreen.tap(*at)
        else:
            page.mouse.move(*at)

        told = page.locator("#vg-tooltip-element")
        expect(told).to_be_visible()
        expect(told).to_contain_text("2026年前三季度：预计增长")
        place = told.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
        context.close()


def test_nothing_is_loaded_from_elsewhere(open_page: OpenPage, server: str) -> None:
    page = open_page("?area=CN")
    settle(page, 5)

    loaded: list[str] = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in loaded if not name.startswith((server, "data:", "blob:"))] == []
    expect(page.locator("link[rel*=icon]")).to_have_attribute("href", re.compile("^data:image/svg"))


def test_the_app_has_no_menu_and_no_footer(open_page: OpenPage) -> None:
    page = open_page()

    expect(page.get_by_test_id("stMainMenu")).to_be_hidden()
    expect(page.get_by_text("Made with Streamlit")).to_have_count(0)


def test_no_tool_of_charts_and_tables_speaks_another_language(open_page: OpenPage) -> None:
    page = open_page("data?area=CN")

    page.get_by_test_id("stDataFrame").hover()
    expect(page.get_by_test_id("stElementToolbar")).to_be_hidden()


@pytest.mark.parametrize("width", [1024, 768])
def test_panels_and_tables_fit_a_tablet(open_page: OpenPage, width: int) -> None:
    page = open_page("?area=SAMPLE&lang=en", width=width)
    settle(page, 12)

    photograph(page, f"sample-en-{width}")

    assert not scrolls_sideways(page)
    assert clipped(page) == []
    assert page.evaluate(OVERFLOWING) == []
