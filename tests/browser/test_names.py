"""Names in a real page: nothing of them is a link, a list, a picture or another sign."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Tabs, opening
from tests.server import serving
from tests.ui.language.test_markdown import NAMES
from ui.language.markdown import JOINER

MADE = "a, ul, ol, li, pre, code, em, strong, del, hr, img, [role=img], .katex, b"


@pytest.fixture(scope="module")
def page(tabs: Tabs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("names")
    with (
        serving(folder, "tests/browser/names_page.py") as address,
        opening(tabs, address) as open_at,
    ):
        page = open_at()
        page.locator(f".st-key-name_{len(NAMES) - 1} input").wait_for(state="attached")
        yield page


def test_a_name_is_shown_as_it_is_wherever_it_stands(page: Page) -> None:
    for place, name in enumerate(NAMES):
        shown = " ".join(name.split())
        texts = page.locator(f".st-key-name_{place} [data-testid=stMarkdownContainer]")
        found = [" ".join(text.replace(JOINER, "").split()) for text in texts.all_inner_texts()]
        assert found == [shown, f"甲 {shown} 乙", shown, shown]


def test_nothing_is_made_of_a_name(page: Page) -> None:
    made = page.locator("[class*=st-key-name_] [data-testid=stMarkdownContainer]").locator(MADE)

    assert made.evaluate_all("found => found.map(one => one.outerHTML)") == []
