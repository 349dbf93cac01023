"""Tables as offices keep them: titles, merged cells, other units, totals, notes."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from data.projects.problems import Code
from data.projects.read import id_of
from data.workbook.open.opening import WorkbookRefused
from forecasting.figures.period import Quarter
from forecasting.scenario.projects import Project, Stage
from tests.data.projects.sheets import pasted, reading, told, workbook

KEPT_BY_AN_OFFICE = workbook(
    ["某经济开发区2026年重点项目推进台账"],
    [*[None] * 9, "单位：万元"],
    [
        "序号",
        "项目名称",
        "项目进展",
        "总投资",
        "计划投资",
        None,
        None,
        "开工时间",
        "投产时间",
        "存在问题",
        "牵头单位",
        "联系人",
    ],
    [None, None, None, None, "年度计划投资", "2027年", "累计完成"],
    ["合计", None, None, 350000, 90000],
    ["一", "在建项目（2个）", None, 200000],
    [
        1,
        "精密铸件项目",
        "在建",
        120000,
        50000,
        "3亿元",
        22000,
        date(2026, 3, 15),
        "2027年6月底",
        "用地手续未办结",
        "经济发展部",
        "张三",
    ],
    [2, "电池材料项目", "推进顺利", "约8亿", None, None, None, "2026.5", "待定", "无"],
    ["二", "签约项目", None, 60000],
    [3, "物流园", "签约", "1.2-1.5亿", -5, None, None, 2026.1, 202607, "/", "商务局"],
    [4, None, None, 33],
    ["注：以上数据截至9月底。"],
    ["填报人：张三", None, None, "审核人：李四"],
    merged=["A1:L1", "E3:G3", *(f"{letter}3:{letter}4" for letter in "ABCDHIJKL"), "K7:K8"],
    name="在建",
)


def test_a_table_as_an_office_keeps_it_is_read() -> None:
    assert reading(KEPT_BY_AN_OFFICE).projects == (
        Project(
            id=id_of("精密铸件项目"),
            name="精密铸件项目",
            stage=Stage.STARTED,
            total_investment=12.0,
            started=Quarter(2026, 1),
            producing=Quarter(2027, 2),
            completion=((2026, 5.0), (2027, 3.0)),
            blocking="用地手续未办结",
            owner="经济发展部",
        ),
        Project(
            id=id_of("电池材料项目"),
            name="电池材料项目",
            total_investment=8.0,
            started=Quarter(2026, 2),
            owner="经济发展部",
        ),
        Project(id=id_of("物流园"), name="物流园", producing=Quarter(2026, 3), owner="商务局"),
    )


def test_everything_that_is_not_read_of_it_is_told_with_its_place() -> None:
    assert told(reading(KEPT_BY_AN_OFFICE)) == [
        (Code.YEAR_OF_TITLE, 0, 5),
        (Code.SO_FAR_COLUMN, 0, 7),
        (Code.UNKNOWN_COLUMN, 0, 12),
        (Code.TOTAL_ROW, 5, 0),
        (Code.SECTION_ROW, 6, 0),
        (Code.STAGE, 8, 3),
        (Code.SECTION_ROW, 9, 0),
        (Code.AMOUNT, 10, 4),
        (Code.RANGE, 10, 5),
        (Code.QUARTER_UNCLEAR, 10, 8),
        (Code.NO_NAME, 11, 0),
        (Code.NOTE_ROW, 12, 0),
        (Code.NOTE_ROW, 13, 0),
    ]


def test_what_should_be_mended_is_apart_from_what_was_left_out() -> None:
    assert [problem.code for problem in reading(KEPT_BY_AN_OFFICE).to_mend] == [
        Code.STAGE,
        Code.AMOUNT,
        Code.RANGE,
        Code.QUARTER_UNCLEAR,
        Code.NO_NAME,
    ]


def test_a_problem_names_the_head_and_what_stands_there() -> None:
    problem = next(it for it in reading(KEPT_BY_AN_OFFICE).problems if it.code is Code.STAGE)

    assert (problem.sheet, problem.head, problem.found) == ("在建", "项目进展", "推进顺利")


def test_a_text_file_in_gbk_is_read() -> None:
    text = (
        '项目名称,总投资（万元）,开工概率（%）,入统时间\n铸件厂,"120,000",70,2026Q4\n小计,'
        '"120,000"\n'
    )

    found = reading(text.encode("gbk"))

    (project,) = found.projects
    assert project.total_investment == 12.0
    assert project.start_probability == 0.7
    assert project.counted == Quarter(2026, 4)
    assert told(found) == [(Code.TOTAL_ROW, 3, 0)]


def test_percentages_and_dates_that_only_the_format_shows_are_read() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["名称", "增加值率", "开工概率(%)", "开工日期"])
        shown = book.add_format({"num_format": "0%"})
        sheet.write_string(1, 0, "铸件厂")
        sheet.write_number(1, 1, 0.21, shown)
        sheet.write_number(1, 2, 0.6, shown)
        sheet.write_datetime(1, 3, date(2026, 8, 31), book.add_format({"num_format": "yyyy/m"}))

    found = reading(file.getvalue())

    (project,) = found.projects
    assert found.problems == ()
    assert (project.value_added_rate, project.start_probability) == (0.21, 0.6)
    assert project.started == Quarter(2026, 3)


def test_a_web_page_called_xls_is_read() -> None:
    page = (
        '<html><head><meta charset="utf-8"></head><body><table>'
        '<tr><td colspan="3">项目台账</td></tr>'
        "<tr><td>项目名称</td><td>总投资（亿元）</td><td>阶段</td></tr>"
        "<tr><td>铸件厂</td><td>2.5</td><td>已投产</td></tr></table></body></html>"
    )

    (project,) = reading(page.encode(), "台账.xls").projects

    assert (project.total_investment, project.stage) == (2.5, Stage.PRODUCING)


def test_a_unit_in_a_second_row_of_the_head_counts() -> None:
    found = reading(workbook(["项目名称", "总投资"], [None, "（万元）"], ["铸件厂", 25000]))

    assert [project.total_investment for project in found.projects] == [2.5]


def test_years_below_a_head_that_was_merged_before_it_became_text() -> None:
    found = pasted(
        """
        项目名称|计划投资（亿元）|
        |2026年|2027年
        铸件厂|1|2
        """
    )

    assert [project.completion for project in found.projects] == [((2026, 1.0), (2027, 2.0))]
    assert found.problems == ()


def test_every_visible_sheet_with_a_table_is_read() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for name, project in (("签约", "甲"), ("开工", "乙"), ("旧表", "丙"), ("通知", None)):
        sheet = book.create_sheet(name)
        sheet.append(["项目名称", "责任单位"] if project else ["请各单位填报"])
        sheet.append([project, "商务局"])
    book["旧表"].sheet_state = "hidden"
    del book["Sheet"]
    book.save(file)

    found = reading(file.getvalue())

    assert [project.name for project in found.projects] == ["甲", "乙"]
    assert [(row.place.sheet, row.place.row) for row in found.rows] == [("签约", 2), ("开工", 2)]
    assert [(problem.code, problem.sheet) for problem in found.problems] == [
        (Code.HIDDEN_SHEET, "旧表"),
        (Code.UNREAD_SHEET, "通知"),
    ]


def test_a_head_that_a_printed_page_repeats_is_no_project() -> None:
    found = pasted(
        """
        序号|项目名称|责任单位
        1|甲|商务局
        序号|项目名称|责任单位
        2|乙|商务局
        """
    )

    assert [project.name for project in found.projects] == ["甲", "乙"]
    assert told(found) == [(Code.REPEATED_HEAD, 3, 0)]


def test_projects_numbered_in_chinese_are_projects() -> None:
    found = pasted("序号|项目名称|责任单位\n一|甲|商务局\n二|乙|商务局")

    assert [project.name for project in found.projects] == ["甲", "乙"]


def test_one_number_for_several_projects_is_told_and_not_counted_twice() -> None:
    content = workbook(
        ["项目名称", "总投资(亿元)", "责任单位"],
        ["甲", 3, "商务局"],
        ["乙", None, None],
        merged=["B2:B3", "C2:C3"],
    )

    found = reading(content)

    assert [project.total_investment for project in found.projects] == [3.0, 0.0]
    assert [project.owner for project in found.projects] == ["商务局", "商务局"]
    assert told(found) == [(Code.MERGED, 3, 2)]


def test_a_file_without_a_table_of_projects_is_told() -> None:
    found = pasted("指标|数值\n产值|3")

    assert found.projects == ()
    assert told(found) == [(Code.NO_TABLE, 0, 0)]


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"", b"%PDF-1.7", b"\x00\x01\x02" * 99])
def test_a_file_that_is_no_table_is_refused_as_everywhere(content: bytes) -> None:
    with pytest.raises(WorkbookRefused):
        reading(content)


def test_more_rows_than_any_zone_has_projects_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.projects.read.MOST_ROWS", 2)

    found = pasted("序号|项目名称|责任单位\n1|甲|商务局\n||\n2|乙|商务局\n3|丙|商务局\n4|丁|商务局")

    assert [project.name for project in found.projects] == ["甲", "乙"]
    assert told(found) == [(Code.TOO_MANY_ROWS, 5, 0)]


def test_an_empty_merged_cell_says_nothing() -> None:
    content = workbook(
        ["项目名称", "总投资(亿元)", "责任单位"], ["甲"], ["乙"], merged=["B2:C3", "C1:C1"]
    )

    assert [project.name for project in reading(content).projects] == ["甲", "乙"]
    assert reading(content).problems == ()


def test_a_date_of_another_milestone_than_its_head_is_refused() -> None:
    found = reading(workbook(
        ["企业（项目）名称", "总投资（亿元）", "开工（竣工）时间", "投产时间"],
        ["甲厂", 3.0, "2026年11月竣工", "2026年12月建成"],
        ["乙厂", 2.0, "2026年3月开工", None],
    ))  # fmt: skip

    assert [project.started for project in found.projects] == [None, Quarter(2026, 1)]
    assert found.projects[0].producing == Quarter(2026, 4)
    assert (Code.QUARTER, "2026年11月竣工") in [(it.code, it.found) for it in found.problems]
