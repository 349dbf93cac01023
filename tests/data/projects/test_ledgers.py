"""Ledgers as offices keep them: totals, sections, units, several tables, forms that are none.

The files are those of ``tests/data/workbook/corpus/by_others/g_ledgers``, every figure of which is
made up.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.projects.problems import Code
from data.projects.read import ProjectsRead, read_projects
from data.workbook.book import Book, Cell, Rectangle, Sheet
from data.workbook.open.opening import open_book
from forecasting.figures.period import Quarter
from forecasting.scenario.projects import Project, Stage
from tests.data.projects.sheets import pasted, told

FOLDER = Path(__file__).parents[1] / "workbook" / "corpus" / "by_others" / "g_ledgers"


def ledger(name: str) -> ProjectsRead:
    return read_projects(open_book(name, (FOLDER / name).read_bytes()))


def left_out(found: ProjectsRead, *codes: Code) -> list[int]:
    return [problem.row for problem in found.problems if problem.code in codes]


def test_totals_first_and_sections_with_subtotals_are_no_projects() -> None:
    found = ledger("2026年重点项目台账.xlsx")

    assert [(one.name[:4], one.total_investment, one.completion) for one in found.projects] == [
        ("年产30", 6.2, ((2026, 1.8),)),
        ("现代中药", 2.1, ((2026, 0.9),)),
        ("某保税物", 4.8, ((2026, 1.2),)),
        ("智能仓储", 10.5, ((2026, 2.0),)),
        ("标准化厂", 3.2, ((2026, 1.5),)),
        ("污水处理", 0.68, ((2026, 0.68),)),
        ("氢能零部", 15.0, ()),
    ]
    assert left_out(found, Code.TOTAL_ROW, Code.SECTION_ROW) == [4, 5, 9, 13]


def test_a_unit_above_several_columns_is_that_of_each() -> None:
    """总投资 is in 亿元, 年度计划 below 投资进度（万元）; the total names 6个 where names stand."""
    found = ledger("省市重点工程进展情况表（9月）.xlsx")

    assert [(one.total_investment, one.completion) for one in found.projects] == [
        (24.6, ((2026, 6.0),)),
        (8.2, ((2026, 2.5),)),
        (10.5, ((2026, 2.0),)),
        (4.8, ((2026, 1.2),)),
        (31.0, ((2026, 8.0),)),
        (2.35, ((2026, 0.9),)),
    ]
    assert left_out(found, Code.TOTAL_ROW) == [11]
    assert [p.head[-4:] for p in found.problems if p.code is Code.SO_FAR_COLUMN] == [
        "9月完成", "累计完成",
    ]  # fmt: skip


def test_several_tables_of_a_sheet_have_heads_of_their_own_and_count_once() -> None:
    found = ledger("项目清单（签约、开工、投产）.xlsx")
    once = {one.name: one for one in found.without_repeated().projects}

    assert [(row.place.sheet, row.place.row) for row in found.rows][:7] == [
        ("三个一批", row) for row in (5, 6, 7, 12, 13, 18, 19)
    ]
    assert len(once) == 6
    assert once["光学玻璃生产线"].signed == Quarter(2026, 3)
    assert once["铝合金轮毂项目"].completion == ((2026, 0.9),)
    signed_and_started = once["医用敷料项目"]
    assert (signed_and_started.stage, signed_and_started.completion) == (
        Stage.STARTED, ((2026, 0.5),),
    )  # fmt: skip
    assert (signed_and_started.signed, signed_and_started.started) == (Quarter(2026, 3),) * 2
    assert (once["精密铸件一期"].output, once["精密铸件一期"].tax) == (4.5, 1350.0)
    assert left_out(found, Code.TOTAL_ROW) == [8, 14, 8]


def test_what_was_given_up_is_left_out_and_dates_of_eight_digits_are_read() -> None:
    found = ledger("招商引资签约项目台账（动态更新）.xlsx")

    assert [one.name for one in found.projects] == [
        "新能源汽车零部件", "特种电缆", "跨境电商产业园", "高端铸造模具", "食品加工",
    ]  # fmt: skip
    assert found.projects[3].signed == Quarter(2026, 2)
    assert found.projects[4].stage is Stage.PRODUCING
    assert left_out(found, Code.ENDED_ROW) == [7]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("企业研究开发项目情况107-1表.xlsx", Code.NO_LEDGER),
        ("项目基本情况表.xlsx", Code.SINGLE_PROJECT),
    ],
)
def test_a_form_that_is_no_ledger_is_refused_with_its_reason(name: str, reason: Code) -> None:
    found = ledger(name)

    assert found.projects == ()
    assert told(found) == [(reason, 0, 0)]


def test_a_title_above_a_later_table_is_no_project() -> None:
    found = pasted(
        """
        项目名称|总投资（亿元）
        甲|3

        开工项目清单|
        项目名称|责任单位
        乙|商务局
        """
    )

    assert [(one.name, one.owner) for one in found.projects] == [("甲", ""), ("乙", "商务局")]
    assert left_out(found, Code.SECTION_ROW) == [4]


ROWS: list[tuple[Cell, ...]] = [
    (1.0, "精密铸件", "在建", 3.0, 0.5, "2026年3月"),
    (2.0, "物流园", None, 1.2, None, None),
    (3.0, "电池材料", "签约", None, 0.3, "2026年9月"),
    (4.0, "厂房四期", "投产", 0.8, 0.1, None),
]
HEAD = ("序号", "项目名称", "阶段", "总投资（亿元）", "2026年计划投资（亿元）", "开工时间")
LABELS = ("合计", "小计", "总计（4个）", "续建项目小计", "一、续建项目（3个）", "（二）新建项目",
          "第一批", "三、前期项目", "新建项目（3个）")  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(ROWS)), st.sampled_from(LABELS), st.integers(0, 1), st.booleans()
        ),
        min_size=1, max_size=4,
    ),
    st.booleans(),
)  # fmt: skip
def test_a_row_of_totals_or_a_section_more_changes_no_project(
    added: list[tuple[int, str, int, bool]], across: bool
) -> None:
    rows: list[tuple[Cell, ...]] = list(ROWS)
    for at, label, column, summed in sorted(added, reverse=True):
        sums = (99.0, 9.0, None) if summed else (None, None, None)
        names: list[Cell] = [None, None, None]
        names[column] = label
        rows.insert(at, (*names, *sums))
    merged = tuple(
        Rectangle(number, 1, number, 3)
        for number, row in enumerate(rows, 2)
        if across and row[0] in LABELS
    )

    assert projects(rows, merged) == projects(ROWS)


def projects(
    rows: list[tuple[Cell, ...]], merged: tuple[Rectangle, ...] = ()
) -> tuple[Project, ...]:
    return read_projects(Book("", (Sheet("台账", (HEAD, *rows), merged),))).projects
