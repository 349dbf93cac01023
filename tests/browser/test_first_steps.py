"""A new zone from an empty store to a link, with nothing but what the pages offer."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import COMPUTING, OpenPage

LAST = (2026, 2)
"""The newest quarter that the made-up history has."""
STATUS, FIRST_PERIOD = 8, 11
"""Columns of the template."""
PUBLISHED = {"zh": "已公布", "en": "Published"}
DONE = {"zh": "开始使用：已完成{}/5步", "en": "First steps: {} of 5 done"}
MOST_CLICKS = 11


class Clicks:
    """Presses what a page offers, and counts."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.count = 0

    def on(self, key: str, inner: str = "a, button") -> None:
        self.press(self._page.locator(f"[class*=st-key-{key}]").locator(inner).first)

    def press(self, button: Locator) -> None:
        """Press a button once the page is at rest: a press of a form under way may be lost."""
        expect(self._page.locator("[data-test-script-state=notRunning]")).to_be_visible(
            timeout=COMPUTING
        )
        button.click()
        self.count += 1


def fill_in(file: Path, language: str) -> None:
    """Fill in growth that goes up and down around 8.5%, the same for all indicators."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        year = sheet.cell(row, FIRST_PERIOD - 1).value
        sheet.cell(row, STATUS).value = PUBLISHED[language]
        for quarter in (1, 2, 3, 4):
            if (year, quarter) <= LAST:
                growth = 8.5 + (row * 7 + quarter * 3) % 10 / 10
                sheet.cell(row, FIRST_PERIOD + quarter - 1).value = growth
    book.save(file)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_zone_comes_from_an_empty_store_to_a_link(
    open_own_page: OpenPage, tmp_path: Path, language: str
) -> None:
    page = open_own_page(f"?lang={language}")
    clicks = Clicks(page)

    clicks.on("next_step_home")
    expect(page.get_by_text(DONE[language].format(0))).to_be_visible(timeout=COMPUTING)
    clicks.on("next_step")
    page.locator(".st-key-adopt_author input").fill("王工")
    clicks.on("adopt", "[data-testid=stBaseButton-primary]")
    expect(page.locator(".st-key-edit_undo")).to_be_visible(timeout=COMPUTING)
    clicks.on("next_step")
    expect(page.locator(".st-key-download_history_quarters")).to_be_visible(timeout=COMPUTING)
    with page.expect_download() as download:
        clicks.on("download_history_quarters")
    file = tmp_path / "filled_in.xlsx"
    download.value.save_as(file)
    fill_in(file, language)

    page.locator("input[type=file]").set_input_files(file)
    clicks.count += 1
    button = page.locator(".st-key-commit button")
    expect(button).to_be_enabled(timeout=COMPUTING)
    clicks.press(button)
    clicks.on("go_on", "a")
    expect(page.get_by_text(DONE[language].format(3))).to_be_visible(timeout=COMPUTING)

    clicks.on("issue_begin")
    clicks.press(page.locator("[data-testid=stFormSubmitButton] button").first)
    label = page.locator("[class*=st-key-share_label] input")
    expect(label).to_be_visible(timeout=COMPUTING)
    label.fill("主任")
    clicks.press(page.locator("[data-testid=stFormSubmitButton] button").first)
    link = page.locator("code").first
    expect(link).to_contain_text("/s/", timeout=COMPUTING)
    expect(page.locator(".st-key-first_steps")).to_have_count(0)
    assert clicks.count <= MOST_CLICKS

    page.goto(link.inner_text())
    expect(page.locator("h1")).to_be_visible()
