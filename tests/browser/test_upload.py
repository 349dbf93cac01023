"""A quarter on its way in, as an analyst does it: upload, review, commit, explain, take back.

The nation's figures of 2026Q3 in it are made up, and marked so.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import COMPUTING, OpenPage
from tests.browser.measuring import come_to_rest, expect_title

MADE_UP = """全国主要经济指标（模拟数据，编造）
2026年前三季度
指标,单位,本期累计,同比增长(%)
国内生产总值,亿元,1067300,4.9
规模以上工业增加值,%,,5.6
固定资产投资（不含农户）,亿元,352600,-4.8
"""

ELECTRICITY = """全国用电量（模拟数据，编造，已公布）
2026年前三季度
指标,单位,本期累计,同比增长(%)
全社会用电量,万千瓦时,{level},4.9
"""


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    file = tmp_path / "2026年三季度（模拟数据）.csv"
    file.write_bytes(MADE_UP.encode("gb18030"))
    return file


TOO_WIDE = """() => [...document.querySelectorAll('.zo:has(> table)')]
  .filter(box => box.scrollWidth > box.clientWidth).map(box => box.textContent.slice(0, 60))"""
LINES = """cell => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  return new Set([...words.getClientRects()].map(box => Math.round(box.top))).size;
}"""


def tables_too_wide(page: Page) -> list[str]:
    """Return how tables begin that have to be scrolled within themselves."""
    found: list[str] = page.evaluate(TOO_WIDE)
    return found


def lines_of(cell: Locator) -> int:
    """Return over how many lines the text of a cell runs."""
    count: int = cell.evaluate(LINES)
    return count


def upload(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_quarter_is_uploaded_reviewed_committed_explained_and_withdrawn(
    open_own_page: OpenPage, made_up: Path, width: int
) -> None:
    page = open_own_page("upload?lang=zh&area=CN", width=width)
    title = page.locator("h1")
    expect(title).to_have_text("上传全国的新数据")

    upload(page, made_up)
    expect_title(page, "回答1个问题", timeout=COMPUTING)
    expect(page.get_by_role("button", name="还有1个问题待回答")).to_be_disabled()
    page.get_by_text("已公布", exact=True).click()
    expect_title(page, "新增5个", timeout=COMPUTING)

    page.get_by_label("提交人").fill("王工")
    page.get_by_role("button", name="提交为数据版本2").click()
    expect_title(page, "已提交为数据版本2", timeout=COMPUTING)
    expect(page.get_by_text("国内生产总值2026年前三季度增长4.9%").first).to_be_visible(
        timeout=COMPUTING
    )

    page.get_by_role("link", name="数据版本", exact=True).click()
    expect_title(page, "现为数据版本2")
    expect(page.get_by_text("由版本1到版本2：新增5个数据。")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载原始文件").click()
    assert download.value.path().read_bytes() == made_up.read_bytes()

    page.get_by_text("撤回版本2", exact=True).click()
    come_to_rest(page)
    page.get_by_label("提交人").fill("王工")
    page.get_by_role("button", name="确认撤回版本2").click()
    expect_title(page, "现为数据版本3", timeout=COMPUTING)
    expect(page.get_by_text("上传（已撤回）")).to_be_visible()


def test_on_a_phone_revised_levels_stand_in_tables_that_need_no_scrolling(
    open_own_page: OpenPage, tmp_path: Path
) -> None:
    page = open_own_page("upload?lang=zh&area=CN", width=390)
    for vintage, level in ((2, 78_120_000), (3, 78_345_600)):
        file = tmp_path / f"用电量{vintage}（模拟数据）.csv"
        file.write_text(ELECTRICITY.format(level=level), encoding="utf-8")
        upload(page, file)  # the second into the chooser below what became of the first
        expect_title(page, "可以提交", timeout=COMPUTING)
        assert tables_too_wide(page) == []
        page.get_by_label("提交人").fill("经济运行局 王工")
        page.get_by_role("button", name=f"提交为数据版本{vintage}").click()
        expect_title(page, f"已提交为数据版本{vintage}", timeout=COMPUTING)

    page.get_by_role("link", name="数据版本", exact=True).click()
    expect_title(page, "现为数据版本3")
    period = page.get_by_role("cell", name="前三季度").first
    expect(period).to_be_visible()
    assert tables_too_wide(page) == []
    assert lines_of(period) <= 2


def test_a_file_that_is_refused_leaves_the_app_serving(
    open_page: OpenPage, tmp_path: Path, made_up: Path
) -> None:
    program = tmp_path / "报表.xlsx"
    program.write_bytes(b"MZ\x90\x00" + bytes(4096))
    page = open_page("upload?lang=zh&area=CN")

    upload(page, program)
    expect(page.get_by_role("alert")).to_contain_text("EXE")

    upload(page, made_up)
    expect_title(page, "从表中识别5个数据", timeout=COMPUTING)
