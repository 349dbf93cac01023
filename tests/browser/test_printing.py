"""Pages on paper: what is operated is gone, and nothing that is read is cut off or dark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from data.store.store import Store
from tests.browser.conftest import OpenPage
from tests.browser.measuring import settle
from tests.browser.test_screens import SCREENS, ZONE
from tests.server import serving
from tests.ui.links.visits import issue_example
from ui.charts.palette import palette

SHEET = 688
"""Pixels between the margins of A4."""
PAGES = {
    "overview": ("?area=SAMPLE", 12),
    "indicator": SCREENS["indicator"],
    "scenario": (f"scenario?{ZONE}", 1),
    "projects": (f"projects?{ZONE}", 0),
    "vintages": ("vintages?area=SAMPLE", 0),
    "record": ("track?area=CN", 2),
    "league": SCREENS["league"],
}
OPERATED = (
    "[data-testid=stHeader], .st-key-menu, .st-key-data_menu, .st-key-scenario_menu, "
    ".zl-range, .zl-reset, [data-testid=stForm], [data-testid=stButton], "
    "[data-testid=stDownloadButton], [data-testid=stPagination], [data-testid=stFileUploader], "
    "[class*=st-key-next_step]"
)
CUT = """() => {
  const wide = document.documentElement.clientWidth;
  const read = '[data-testid=stMainBlockContainer] :is(h1,h2,p,td,th,svg.marks,svg.zl-fan)';
  return [...document.querySelectorAll(read)].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && (box.right > wide + 1 || box.left < -1);
  }).map(element => `${element.tagName} ${element.textContent.trim().slice(0, 60)}`);
}"""
COLOURS = """() => [...document.querySelectorAll('.stVegaLiteChart svg *')].flatMap(mark => {
  const style = getComputedStyle(mark);
  return [style.fill, style.stroke];
})"""


def printed(page: Page) -> str:
    """Print a page; return its text, and fail where a sheet is not A4."""
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {tuple(map(round, sheet.mediabox.upper_right)) for sheet in sheets} == {(595, 842)}
    return _bare("".join(sheet.extract_text() for sheet in sheets))


def on_paper(page: Page) -> None:
    """Lay a page out as it is printed, after it was drawn as wide as a desk."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": SHEET, "height": 1000})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_what_is_read_and_nothing_that_is_operated(
    open_page: OpenPage, name: str
) -> None:
    path, charts = PAGES[name]
    page = open_page(f"{path}&lang=en")
    settle(page, charts)
    cells = page.locator("td:visible").count()

    text = printed(page)
    on_paper(page)

    assert _bare(page.locator("h1").first.inner_text()) in text
    assert [each for each in page.locator(OPERATED).all() if each.is_visible()] == []
    assert page.evaluate(CUT) == []
    assert page.locator("td:visible").count() == cells


def test_a_dark_page_is_printed_in_the_colours_of_paper(open_page: OpenPage) -> None:
    page = open_page("?area=SAMPLE&lang=en", color_scheme="dark")
    settle(page, 12)

    on_paper(page)

    dark = {_rgb(colour) for colour in palette(dark=True).values()}
    light = {_rgb(colour) for colour in palette(dark=False).values()}
    drawn = set(page.evaluate(COLOURS))
    assert drawn & (dark - light) == set()
    assert _rgb(palette(dark=False)["f50"]) in drawn
    heading = page.locator("h1").evaluate("heading => getComputedStyle(heading).color")
    assert heading == _rgb(palette(dark=False)["ink"])


@pytest.fixture
def link(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """A link of a server of its own."""
    with serving(tmp_path) as address:
        store = Store.open(f"sqlite:///{tmp_path}/outlook.sqlite3")
        issue_example(store, unpublished=False)
        _, token = store.shares.create(1, label="主任", now=datetime.now(UTC))
        store.close()
        yield f"{address}/s/{''.join(token)}?lang=en"


def test_a_link_prints_its_issue_whole_and_no_links(browser: Browser, link: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(link)

    text = printed(page)
    on_paper(page)

    assert _bare(page.locator("h1").inner_text()) in text
    assert not page.locator("footer.go").is_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    context.close()


def _bare(text: str) -> str:
    """Return a text without spaces, which a file of a printed page places by itself."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
