"""Charts and tables of a page are kept as files that say where their figures are from."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.measuring import settle
from tests.browser.test_screens import ZONE

MENU = {"zh": "下载图表和表格", "en": "Download charts and tables"}
FIRST = {"zh": "固定资产投资", "en": "Fixed investment"}
ABOUT = {
    "zh": ["示例开发区（模拟数据）", "数据版本1", "数据截至2026年上半年"],
    "en": ["Sample zone (synthetic) (Simulated data)", "Vintage 1", "Figures to H1 2026"],
}


def kept(page: Page, title: str, kind: str) -> tuple[str, bytes]:
    """Return the name and the content of a file of what the menu calls so."""
    entry = page.locator("li", has=page.get_by_text(title, exact=True)).first
    with page.expect_download() as download:
        entry.get_by_role("button", name=kind).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_chart_is_kept_as_figures_and_as_pictures(open_page: OpenPage, lang: str) -> None:
    page = open_page(f"?{ZONE}&lang={lang}")
    settle(page, 12)
    page.get_by_text(MENU[lang]).click()
    page.locator("li:has(button)").nth(12).wait_for()  # twelve fans and a table

    name, content = kept(page, FIRST[lang], "CSV")
    rows = rows_of(content)
    assert name.endswith(f"_{FIRST[lang]}.csv")
    assert len(rows[0]) == 9
    assert [row[0] for row in rows[-3:]] == ABOUT[lang]

    _, drawn = kept(page, FIRST[lang], "SVG")
    texts = [element.text for element in ET.fromstring(drawn).iter() if element.text]
    assert FIRST[lang] in texts
    assert "".join(ABOUT[lang]) in "".join(texts).replace("\u3000", "")
    assert b"http" not in drawn.replace(b"http://www.w3.org/", b"")

    _, picture = kept(page, FIRST[lang], "PNG")
    assert picture.startswith(b"\x89PNG")


def test_a_table_is_kept_as_it_is_read_and_holds_no_formula(open_page: OpenPage) -> None:
    page = open_page(f"?{ZONE}&lang=zh")
    settle(page, 12)
    page.get_by_text(MENU["zh"]).click()

    rows = rows_of(kept(page, "一览表", "CSV")[1])

    assert rows[0][0] == "指标"
    assert "固定资产投资" in [row[0] for row in rows if row]
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "@", "\u2212")]


def test_the_fans_under_the_sliders_can_be_kept(open_page: OpenPage) -> None:
    page = open_page(f"scenario?{ZONE}&lang=zh")
    settle(page, 1)
    page.get_by_text(MENU["zh"]).click()

    assert len(rows_of(kept(page, "固定资产投资", "CSV")[1])[0]) == 9
    assert kept(page, "各抓手影响大小", "PNG")[1].startswith(b"\x89PNG")


def test_tables_of_one_heading_have_names_of_their_own(open_page: OpenPage) -> None:
    page = open_page("track?area=CN&lang=zh")
    settle(page, 2)
    menu = page.locator("details", has_text=MENU["zh"])
    menu.locator("summary").click()
    expect(menu.locator("li").first).to_be_visible()
    titles = menu.locator("li span").all_inner_texts()

    assert len(titles) > 1
    assert len(set(titles)) == len(titles)


def test_a_page_without_charts_and_tables_has_no_menu_of_files(open_page: OpenPage) -> None:
    page = open_page("alerts?lang=zh")
    menu = page.locator("details", has_text=MENU["zh"])
    expect(menu).to_be_attached()  # what is not there yet is hidden as well

    expect(menu).to_be_hidden()
    assert not page.locator(".zo table").count()


def test_the_same_stands_beside_what_is_pointed_at(open_page: OpenPage) -> None:
    page = open_page(f"?{ZONE}&lang=zh")
    settle(page, 12)
    bar = page.locator("div.beside")
    assert not bar.is_visible()

    page.locator("svg.marks").first.hover()

    assert [button.inner_text() for button in bar.get_by_role("button").all()] == [
        "CSV", "PNG", "SVG",
    ]  # fmt: skip
    with page.expect_download():
        bar.get_by_role("button", name="PNG").click()
