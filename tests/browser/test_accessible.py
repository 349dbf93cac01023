"""Pages are read, heard and operated by whoever cannot see or point: axe-core and the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store.store import Store
from forecasting.issues.json import read_snapshot
from tests.browser.accessibility import (
    MOVING,
    STREAMLIT,
    chart_texts,
    faint_chart_texts,
    findings,
    focused,
    unanswered,
    unfold,
)
from tests.browser.conftest import OpenPage, Tabs, opening
from tests.browser.measuring import scrolls_sideways, settle
from tests.browser.test_screens import ZONE
from tests.server import serving
from tests.ui.links.visits import EXAMPLE, issue_example
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.links import small_pages
from ui.report.document.compose import report_of
from ui.report.render.html import Link, html_of

pytestmark = pytest.mark.accessibility

ADDRESSES = {
    "overview": "?area=SAMPLE",
    "indicator": "indicator?area=SAMPLE&indicator=foreign_capital",
    "track": "track?area=CN",
    "data": "data?area=CN",
    "upload": "upload?area=CN",
    "vintages": "vintages?area=CN",
} | {name: f"{name}?{ZONE}" for name in ("scenario", "projects", "assumptions", "scenarios")}
"""The page of any other name is that of the sample zone."""
CHARTED = {"overview", "indicator", "track", "scenario"}
PASSPHRASE = "晋阳湖畔2026"
SIZES = (1440, 390)
THEMES = ("light", "dark")

CUT = """() => [...document.querySelectorAll('.scroll')]
    .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""
"""Tables that show only a part of themselves."""
LONELY = """() => {
    const told = document.createTreeWalker(document.querySelector('h1'), NodeFilter.SHOW_TEXT)
    const lines = {}
    for (let node; node = told.nextNode();)
        [...node.data].forEach((sign, at) => {
            const range = document.createRange()
            range.setStart(node, at)
            range.setEnd(node, at + 1)
            const line = Math.round(range.getBoundingClientRect().bottom / 20)
            lines[line] = (lines[line] ?? '') + sign
        })
    return Object.values(lines).filter(one => /^[^\\p{L}\\p{N}]*[，。；、,.;]$/u.test(one))
}"""
"""Lines of the heading that hold nothing but a comma or a full stop."""

NEXT_FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

OpenText = Callable[..., Page]


@pytest.fixture
def open_text(browser: Browser, tmp_path: Path) -> Iterator[OpenText]:
    """Open a page that is written here."""
    contexts = []

    def open_at(text: str, *, width: int = 1440, **options: str) -> Page:
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 1000}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(file.as_uri())
        return page

    yield open_at
    for context in contexts:
        context.close()


def issue(say: Speaker) -> str:
    """Return the page behind a link, with what stands at its foot."""
    links = (Link("PDF", "?as=pdf"), Link("English", "?lang=en", EN.language))
    return html_of(report_of(read_snapshot(EXAMPLE), say), links=links)


def unfolded(page: Page) -> Page:
    """Open all that is folded: axe-core looks at nothing that is hidden."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return page


def tabbed(page: Page, most: int) -> Iterator[dict[str, Any]]:
    """Return what has the focus after each press of Tab, until it leaves the page."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = focused(page)
        if at["tag"] == "body":
            return
        yield at


# The static page


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("say", SPEAKERS)
def test_axe_finds_nothing_on_an_issue(
    open_text: OpenText, say: Speaker, theme: str, width: int
) -> None:
    page = unfolded(open_text(issue(say), width=width, color_scheme=theme))

    assert findings(page) == []
    assert len(chart_texts(page)) > 100
    assert faint_chart_texts(page) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("say", SPEAKERS)
def test_axe_finds_nothing_on_a_page_that_asks_or_is_closed(
    open_text: OpenText, say: Speaker, theme: str
) -> None:
    pages = [small_pages.asking(say, "?"), small_pages.broken(say), small_pages.closed()]
    found = [findings(open_text(page.text, color_scheme=theme)) for page in pages]

    assert found == [[], [], []]


@pytest.mark.parametrize("width", SIZES)
def test_an_issue_is_operated_by_the_keyboard_and_shows_where_one_is(
    open_text: OpenText, width: int
) -> None:
    page = open_text(issue(ZH), width=width)
    folded = [name.strip() for name in page.locator("summary").all_text_contents()]
    assert len(folded) > 5
    reached = []
    for at in tabbed(page, 300):
        assert at["outline"] >= 2, at
        reached.append(at)
        if at["tag"] == "summary":
            page.keyboard.press("Enter")

    assert [at["name"] for at in reached if at["tag"] == "summary"] == folded
    expect(page.locator("details:not([open])")).to_have_count(0)
    assert [at["name"] for at in reached[-2:]] == ["PDF", "English"]


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize(
    ("width", "size"),
    [(1440, 200), (768, 200), (390, 130), (360, 150), (360, 200), (320, 100)],
)
def test_an_issue_is_read_at_twice_its_size_without_scrolling_sideways(
    open_text: OpenText, say: Speaker, width: int, size: int
) -> None:
    page = unfolded(open_text(issue(say), width=width))
    before = page.locator("li").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    page.add_style_tag(content=f"html {{ font-size: {size}% !important }}")

    after = page.locator("li").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert after == pytest.approx(before * size / 100)
    assert not scrolls_sideways(page)
    assert page.evaluate(CUT) == []
    assert page.evaluate(LONELY) == []


def test_nothing_moves_on_an_issue(open_text: OpenText) -> None:
    page = unfolded(open_text(issue(ZH), reduced_motion="no-preference"))

    assert page.evaluate(MOVING, "*") == []


# The pages of the app


@pytest.mark.parametrize("name", sorted(CHARTED | {"scenarios", "upload"}))
def test_a_page_is_as_readable_in_the_dark(open_page: OpenPage, name: str) -> None:
    page = unfold(settle(open_page(f"{ADDRESSES[name]}&lang=en", color_scheme="dark")))

    assert unanswered(findings(page, STREAMLIT)) == []
    assert faint_chart_texts(page) == []
    assert bool(chart_texts(page)) == (name in CHARTED)


def test_what_is_left_open_in_widgets_still_occurs(open_page: OpenPage) -> None:
    page = settle(open_page("upload?area=CN&lang=zh"))
    found = findings(page, STREAMLIT)
    menu = page.get_by_role("combobox", name="地区")
    menu.click()
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")

    found += findings(page, STREAMLIT)
    assert unanswered(found) == []
    assert {one.left for one in found} == set(STREAMLIT)


@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing_grave_behind_a_link(tabs: Tabs, tmp_path: Path, width: int) -> None:
    with serving(tmp_path) as server, opening(tabs, server) as open_at:
        open_token, locked_token = make_links(tmp_path)
        page = open_at(f"s/{open_token}?lang=zh", width=width)
        assert findings(unfolded(page)) == []

        for token in (open_token, locked_token):
            page = settle(open_at(f"shared?t={token}&lang=zh&entered=1", width=width))
            assert unanswered(findings(unfold(page), STREAMLIT)) == []


def make_links(folder: Path) -> tuple[str, str]:
    """Issue the example and return the tokens of two links, the second with a passphrase."""
    store = Store.open(f"sqlite:///{folder}/outlook.sqlite3")
    number, now = issue_example(store, unpublished=False), datetime.now(UTC)
    _, plain = store.shares.create(number, label="1", now=now)
    _, locked = store.shares.create(number, label="2", now=now, passphrase=PASSPHRASE)
    store.close()
    return "".join(plain), "".join(locked)


def test_a_chart_is_heard_as_one_sentence(open_page: OpenPage) -> None:
    page = settle(open_page("?area=CN&lang=zh"))

    charts = page.get_by_test_id("stVegaLiteChart").all()
    assert len(charts) == 5
    for chart in charts:
        sentence = chart.get_attribute("aria-label")
        assert sentence
        assert sentence.endswith("。")
        expect(chart.locator("[aria-label]")).to_have_count(0)


def test_sliders_are_operated_by_the_keyboard_and_show_where_one_is(open_page: OpenPage) -> None:
    page = settle(open_page("scenario?area=SAMPLE&year=2026&lang=zh"))
    sliders = page.locator(".zl-range:not(:disabled)")
    expect(page.locator(".zl[data-state=confirmed]")).to_be_visible()
    count = sliders.count()
    assert count > 5
    seen = []
    page.locator("h1").click()
    for at in tabbed(page, 150):
        if at["ours"]:
            assert at["outline"] >= 2, at
        if at["kind"] == "range":
            seen.append(at["name"])
            before = float(at["value"])
            page.keyboard.press("ArrowRight")
            assert float(focused(page)["value"]) > before
            # The server's answer leaves the focus where it is.
            page.evaluate(NEXT_FRAME)
            expect(page.locator(".zl[data-state=confirmed]")).to_be_visible()
            assert focused(page)["name"] == at["name"]

    assert len(seen) == count


def test_nothing_of_ours_moves_for_readers_who_want_it_still(open_page: OpenPage) -> None:
    address = "scenario?area=SAMPLE&year=2026&lang=zh"
    ours = ":is(.zl, .zo), :is(.zl, .zo) *"
    still = settle(open_page(address, reduced_motion="reduce"))
    expect(still.locator(".zl[data-state=confirmed]")).to_be_visible()
    lively = settle(open_page(address, reduced_motion="no-preference"))
    expect(lively.locator(".zl[data-state=confirmed]")).to_be_visible()

    assert still.evaluate(MOVING, ours) == []
    assert lively.evaluate(MOVING, ours) != []
