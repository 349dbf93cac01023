"""What the head of a column says, and what is done where it does not say enough."""

from __future__ import annotations

from unittest import mock

import pytest

from data.projects.fields import YEARLY, Field, Heading, NoField, head_of
from data.projects.problems import Code
from data.projects.read import read_projects
from data.workbook.book import Book, Sheet
from data.workbook.tables import grid
from forecasting.figures.period import Quarter
from forecasting.scenario.reference_class import ReferenceClass
from tests.data.projects.sheets import one, pasted, reading, told, workbook


@pytest.mark.parametrize("field", Field)
def test_the_heads_of_exports_are_known(field: Field) -> None:
    for head in (field.head.zh, field.head.en):
        found = head_of(head.format(year=2027))

        assert isinstance(found, Heading)
        assert (found.field, found.year) == (field, 2027 if field in YEARLY else 0)


@pytest.mark.parametrize(
    ("field", "heads"),
    [
        (Field.NAME, "名称 项目 工程名称 项目名称（全称） 企业（项目）名称 项目（企业）名称"),
        (Field.TOTAL_INVESTMENT, "计划总投资 项目总投资额 投资总额 总投资（亿元）"),
        (Field.STARTED, "开工时间 预计开工时间 实际开工日期 开工年月 项目开工时间"),
        (Field.START_PLANNED, "计划开工时间 拟开工日期 原计划开工时间"),
        (Field.COMPLETED, "2025年实际完成投资（亿元） 2025年全年实际完成投资"),
        (Field.REFERENCE, "参照类别 参考类型"),
        (Field.CERTAIN, "是否全部按计划到位 按计划足额到位"),
        (Field.PRODUCING, "投产时间 计划投产时间 建成投产时间 竣工投产日期"),
        (Field.RECORDED, "入库时间 项目纳统时间"),
        (Field.COUNTED, "入统时间 升规入统时间 企业纳统时间"),
        (Field.OUTPUT, "设计年产值 达产产值 达产后年产值 预计年产值 年产值（亿元）"),
        (Field.TAX, "税收 年税收（万元） 达产后年税收 预计年纳税额 年税收（万元/年）"),
        (Field.START_PROBABILITY, "开工概率 开工概率 开工概率（%）"),
        (Field.DELAY, "延期 延期概率 推迟时间"),
        (Field.BLOCKING, "堵点 存在问题 存在的主要问题 需协调解决的问题 堵点难点 存在的困难和问题"),
        (Field.OWNER, "责任单位 牵头单位 包联部门 主管部门 牵头责任单位"),
        (Field.STAGE, "阶段 项目进展 目前进展情况 形象进度 所处阶段 建设状态"),
        (Field.RAMP, "爬坡 产能爬坡 爬坡系数"),
        (Field.RETAINED, "留成比例 地方留成"),
        (Field.INDUSTRIAL, "是否工业项目 工业项目"),
    ],
)  # fmt: skip
def test_offices_call_columns_in_many_ways(field: Field, heads: str) -> None:
    assert {head: _field(head) for head in heads.split()} == dict.fromkeys(heads.split(), field)


def _field(head: str) -> Field | None:
    found = head_of(head)
    return found.field if isinstance(found, Heading) else None


OTHERS = """
投资 计划投资 2026年产值 2026年开工 开工 联系人 建设内容 纳统时间 利税 企业名称 销售收入
建设起止年限
"""


@pytest.mark.parametrize("head", OTHERS.split())
def test_heads_that_may_mean_something_else_are_not_taken(head: str) -> None:
    assert head_of(head) is None


@pytest.mark.parametrize(
    ("heads", "total", "code"),
    [
        ("投资额（亿元）", 5.2, Code.TAKEN_FOR_TOTAL),
        ("投资额（亿元） | 总投资（亿元）", 7.0, Code.UNKNOWN_COLUMN),
    ],
)
def test_a_bare_investment_is_the_total_where_no_column_has_that(
    heads: str, total: float, code: Code
) -> None:
    found = pasted(f"""
        项目名称 | {heads} | 开工时间
        甲厂扩建 | {"5.2 | 7" if "总" in heads else "5.2"} | 2026年3月
    """)

    assert [project.total_investment for project in found.projects] == [total]
    assert told(found) == [(code, 0, 2)]


def test_a_bare_investment_below_other_words_is_of_those() -> None:
    equipment = workbook(
        ["项目名称", "设备", "开工时间"], [None, "投资额（亿元）", None], ["甲厂", 3, "2026年3月"],
        merged=["A1:A2", "C1:C2"],
    )  # fmt: skip

    assert [project.total_investment for project in reading(equipment, "a.xlsx").projects] == [0]


def test_a_running_number_says_nothing() -> None:
    assert head_of("序号") is NoField.NUMBER


@pytest.mark.parametrize(
    ("head", "unit", "year"),
    [
        ("2026年计划投资（万元）", "1e4 CNY", 2026),
        ("2026年度计划完成投资 亿元", "1e8 CNY", 2026),
        ("计划投资（亿元） 其中：2027年", "1e8 CNY", 2027),
        ("年度计划投资（亿）", "1e8 CNY", 0),
        ("本年计划投资", "", 0),
    ],
)
def test_investment_of_a_year_has_the_year_and_unit_of_its_head(
    head: str, unit: str, year: int
) -> None:
    assert head_of(head) == Heading(Field.COMPLETION, unit, year)


@pytest.mark.parametrize(
    "head",
    ["累计完成投资（亿元）", "截至2026年9月底累计完成投资", "2026年1-9月完成投资", "累计完成"],
)
def test_investment_so_far_is_of_no_one_year(head: str) -> None:
    assert head_of(head) is NoField.SO_FAR


def test_columns_stand_in_any_order() -> None:
    project = one("责任单位|总投资(亿元)|项目名称\n商务局|3|甲")

    assert (project.name, project.total_investment, project.owner) == ("甲", 3.0, "商务局")


def test_amounts_without_any_unit_are_told_once_and_not_read() -> None:
    found = pasted("项目名称|总投资\n甲|5\n乙|2亿元\n丙|7")

    assert [project.total_investment for project in found.projects] == [0.0, 2.0, 0.0]
    assert told(found) == [(Code.UNIT_MISSING, 2, 2)]


def test_a_reader_may_say_the_unit_and_the_year() -> None:
    found = pasted("项目名称|总投资|年度计划投资\n甲|50000|3亿元", year=2027, unit="1e4 CNY")

    (project,) = found.projects
    assert found.problems == ()
    assert (project.total_investment, project.completion) == (5.0, ((2027, 3.0),))


def test_a_year_that_nothing_names_is_told() -> None:
    found = pasted("项目名称|年度计划投资（亿元）\n甲|3")

    assert [project.completion for project in found.projects] == [()]
    assert told(found) == [(Code.YEAR_MISSING, 0, 2)]


def test_a_title_with_two_years_names_none() -> None:
    found = pasted("2026年和2027年项目表\n项目名称|年度计划投资（亿元）\n甲|3")

    assert told(found) == [(Code.YEAR_MISSING, 0, 2)]


def test_a_unit_of_something_else_is_told() -> None:
    found = pasted("项目名称|总投资(万美元)\n甲|3")

    assert told(found) == [(Code.UNIT_OTHER, 0, 2)]


def test_a_second_column_of_the_same_is_told() -> None:
    found = pasted("项目名称|总投资(亿元)|计划总投资(亿元)\n甲|3|4")

    assert [project.total_investment for project in found.projects] == [3.0]
    assert told(found) == [(Code.REPEATED_COLUMN, 0, 3)]


def test_the_actual_date_stands_before_the_expected_one() -> None:
    found = pasted("项目名称|预计开工时间|实际开工时间\n甲|2026Q1|2026Q3\n乙|2026Q2|")

    assert [project.started for project in found.projects] == [Quarter(2026, 3), Quarter(2026, 2)]
    assert found.problems == ()


def test_the_planned_start_is_a_date_of_its_own() -> None:
    found = pasted("项目名称|计划开工时间|实际开工时间\n甲|2026Q1|2026Q3\n乙|2026Q2|")

    assert [(it.start_planned, it.started) for it in found.projects] == [
        (Quarter(2026, 1), Quarter(2026, 3)),
        (Quarter(2026, 2), None),
    ]
    assert found.problems == ()


def test_what_was_completed_in_a_year_is_told_apart_from_its_plan() -> None:
    found = pasted("项目名称|2025年计划投资（亿元）|2025年实际完成投资（万元）\n甲|3|21000")

    (project,) = found.projects
    assert (project.completion, project.completed) == (((2025, 3.0),), ((2025, 2.1),))


def test_investment_of_some_months_is_none_of_the_year() -> None:
    found = pasted("项目名称|总投资（亿元）|2025年1-9月实际完成投资（亿元）\n甲|3|2")

    assert found.projects[0].completed == ()
    assert told(found) == [(Code.SO_FAR_COLUMN, 0, 3)]


def test_a_class_is_one_of_the_list() -> None:
    found = pasted("项目名称|参照类别|是否全部按计划到位\n甲|在建|是\n乙|重点|否\n丙||")

    assert [(it.reference, it.certain) for it in found.projects] == [
        (ReferenceClass.UNDER_CONSTRUCTION, True),
        (None, False),
        (None, False),
    ]
    assert told(found) == [(Code.REFERENCE, 3, 2)]


def test_the_year_of_the_title_stands_before_that_of_the_reader() -> None:
    found = pasted("2026年项目表\n项目名称|年度计划投资（亿元）\n甲|3", year=2027)

    assert [project.completion for project in found.projects] == [((2026, 3.0),)]


def test_the_unit_of_a_head_stands_before_that_of_a_note() -> None:
    found = pasted("单位：万元\n项目名称|总投资（亿元）|达产年产值\n甲|3|20000")

    assert [(it.total_investment, it.output) for it in found.projects] == [(3.0, 2.0)]


def test_a_note_with_two_units_says_none() -> None:
    found = pasted("单位：亿元、万元\n项目名称|总投资\n甲|3")

    assert told(found) == [(Code.UNIT_MISSING, 3, 2)]


def test_a_year_that_a_spreadsheet_keeps_as_a_number_is_one_in_a_head() -> None:
    content = workbook(
        ["项目名称", "计划投资（亿元）"],
        [None, 2026, 2027],
        ["铸件厂", 1, 2],
        merged=["A1:A2", "B1:C1"],
    )

    assert [it.completion for it in reading(content).projects] == [((2026, 1.0), (2027, 2.0))]


@pytest.mark.parametrize("year", ["2026年", "2026", 2026])
def test_output_of_a_year_above_is_not_that_at_capacity(year: object) -> None:
    heads = ["项目名称", year], [None, "产值（亿元）", "计划投资（亿元）"]

    found = reading(workbook(*heads, ["铸件厂", 3, 2]))

    assert [(it.output, it.completion) for it in found.projects] == [(0.0, ((2026, 2.0),))]
    assert told(found) == [(Code.UNKNOWN_COLUMN, 0, 2)]


def test_a_head_goes_on_to_the_right_though_other_cells_are_merged() -> None:
    content = workbook(
        ["项目名称", "计划投资（亿元）"],
        [None, "2026年", "2027年"],
        ["铸件厂", 1, 2],
        merged=["A1:A2"],
    )

    assert [it.completion for it in reading(content).projects] == [((2026, 1.0), (2027, 2.0))]


def test_only_cells_that_may_be_of_a_head_are_looked_at_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A sheet may have a million cells, which are read once and not told apart as well."""
    looked_at = mock.Mock(wraps=grid.kind_of)
    monkeypatch.setattr("data.workbook.tables.grid.kind_of", looked_at)
    rows = [("项目名称", "总投资（亿元）"), *[("铸件厂", 1.0)] * 500]

    found = read_projects(Book("", (Sheet("台账", tuple(rows)),)))

    assert len(found.projects) == 500
    assert looked_at.call_count < 100
