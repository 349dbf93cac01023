"""What cannot be read is asked or said; every figure is made up."""

from __future__ import annotations

from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE, asked, book, figures, reading, sheet


def said(found: Reading) -> list[str]:
    """Return the codes of the remarks and of the cells refused."""
    return [entry.code for entry in found.remarks] + [entry.code for entry in found.refused]


def typed(text: str) -> Reading:
    """Read a table whose numbers are texts, as a text file has them."""
    rows = tuple(
        tuple(part.strip() or None for part in line.split("|")) for line in text.split("\n")
    )
    made = sheet("").__class__("Sheet1", rows)
    return read(book(made), Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12)), {})


def test_a_number_beyond_the_head_refuses_its_row() -> None:
    found = typed(
        "指标|2022年1-3月|2021年1-3月\n"
        "社会消费品零售总额(亿元)|1|234.5|980\n"
        "固定资产投资增速(%)|5.1|4.2\n"
        "GDP| Accumulated Growth Rate(%)|-6.8|6.0"
    )

    assert figures(found) == [
        "fixed_asset_investment growth_ytd 2022-03 5.1",
        "fixed_asset_investment growth_ytd 2021-03 4.2",
    ]
    assert [entry.code for entry in found.refused] == ["shifted"] * 6


def test_a_column_without_a_head_takes_no_period_from_its_neighbour() -> None:
    found = reading("""
        指标 | 2022年1-3月 |
        规模以上工业增加值增速(%) | 5.1 | 4.4
        固定资产投资增速(%) | 5.2 | 4.5
        社会消费品零售总额增速(%) | 5.3 | 4.6
    """)

    assert len(figures(found)) == 3
    assert said(found) == ["headless_left_out"]


def test_a_table_of_measures_alone_asks_which_indicator_it_is() -> None:
    found = reading("""
        月份 | 同比增长 | 累计增长 | 发布时间
        2024年12月份 | 6.2 | 5.8 | 2024-12-20
        2025年3月份 | 7.7 | 6.5 | 2025-03-20
    """)

    assert asked(found)[0] == "indicator:SHEET1"
    assert len(found.figures) == 4


def test_the_name_of_a_file_says_which_indicator_a_table_of_measures_is() -> None:
    table = "月份 | 累计增长\n2024年12月份 | 5.8"
    found = read(
        book(table, file="01_固定资产投资.csv"),
        Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12)),
        {},
    )

    assert figures(found) == ["fixed_asset_investment growth_ytd 2024-12 5.8"]


def test_days_of_publication_are_neither_periods_nor_indicators() -> None:
    found = reading("""
        日期 | GDP增速(%)
        2024-01-17 | 5.2
        2024-03-31 | 5.3
        2024-07-15 | 5.0
    """)

    assert (figures(found), asked(found), said(found)) == ([], [], ["days_left_out"])


def test_last_days_of_months_are_periods_where_there_are_no_others() -> None:
    found = reading("""
        日期 | GDP累计增速(%)
        2024-03-31 | 5.3
        2024-06-30 | 5.0
    """)

    assert len(figures(found)) == 2


def test_a_sheet_with_numbers_of_which_nothing_is_read_is_said() -> None:
    found = reading(sheet("3.5 | 4.5\n5.5 | 6.5", name="Other"))

    assert figures(found) == []
    assert said(found) == ["sheets_unread"]
    assert said(reading("keyword | date | index\n甲 | 2019-01 | 161.4")) == ["sheets_unread"]
    assert said(reading("说明 | 本表无数")) == []


def test_a_list_of_people_is_told_to_have_no_period_and_asked_nothing() -> None:
    found = reading("""
        单位通讯录
        姓名 | 职务 | 电话 | 办公室
        张三 | 科长 | 13800000001 | 301
        李四 | 科员 | 13800000002 | 302
    """)

    assert (found.figures, found.questions) == ((), ())
    assert {entry.code for entry in found.refused} == {"no_period"}
