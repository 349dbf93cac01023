"""Ledgers of tasks as offices keep them are read, written and read back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from data.plan.documents import written
from data.plan.outline import shipped_outline
from data.plan.tasks.dates import parse_due
from data.plan.tasks.export_ledger import export_tasks, tasks_template
from data.plan.tasks.fields import Links, TaskField, links_of
from data.plan.tasks.import_ledger import (
    MOST_TASKS,
    TaskCode,
    TasksRead,
    id_of,
    read_tasks,
    taken_over,
)
from data.settings import ROOT
from data.store.plans import LONGEST
from data.store.seed import read_seeds
from data.workbook.open.opening import WorkbookRefused, open_book
from forecasting.plan.evidence import Evidence, with_file, with_known_files
from forecasting.plan.tasks import Ledger, Node, Task, TaskStatus
from tests.data.projects.sheets import workbook
from tests.data.workbook.open.hostile import HOSTILE

YEAR = 2026


@pytest.fixture(scope="module")
def links() -> Links:
    return links_of(shipped_outline(), read_seeds(ROOT / "seeds").catalogue)


def read(content: bytes, links: Links, file: str = "台账.xlsx") -> TasksRead:
    return read_tasks(open_book(file, content), links, YEAR)


def told(found: TasksRead) -> list[TaskCode]:
    return [problem.code for problem in found.problems]


PLAIN = workbook(
    ["模拟开发区2026年重点工作任务分解表"],
    ["序号", "重点工作", "责任领导", "责任单位", "完成时限"],
    [1, "引进亿元以上项目5个", "某主任", "招商局", "全年"],
    [2, "完成新区道路一期", "某副主任", "建设局", "6月底"],
    [3, "排查安全隐患", "某副主任", "应急局", "长期"],
    [4, "办结信访积案", "某主任", None, "三季度"],
    [5, "整改问题", "某主任", "生态环境局", "立行立改"],
    ["合计", None, None, None, None],
    merged=("A1:E1", "D5:D6"),
)
"""After a ledger of a zone in Anhui: names of people beside units, two of them merged."""
NODES = workbook(
    ["九条战线任务台账"],
    ["序号", "工作任务", "牵头单位", "配合单位", "季度节点", None, None, None, "完成标准",
     "完成时限"],
    [None, None, None, None, "一季度", "二季度", "三季度", "四季度", None, None],
    ["一、招商引资", None, None, None, None, None, None, None, None, None],
    [1, "引进龙头企业", "招商局", "经发局、财政局", "签约2个", "签约5个", None, "签约8个",
     "当年签约8个", "12月底前完成"],
    [2, "以商招商", None, None, None, None, None, None, "举办4次", "每季度一次"],
    ["二、转型项目建设", None, None, None, None, None, None, None, None, None],
    [3, "推进铸造产业园", "项目局", "建设局", "完成环评", "开工", "主体封顶（2026-08-20达到）",
     "设备安装", "年内开工", "11月中旬"],
    ["（三）其他工作", None, None, None, None, None, None, None, None, None],
    [4, "编制规划", "规划局", None, None, None, None, None, "批复", "9月15日前"],
    ["注：本表按季报送。", None, None, None, None, None, None, None, None, None],
    merged=("A1:J1", "E2:H2", "A4:J4", "C5:C6", "D5:D6", "A7:J7", "A9:J9"),
)  # fmt: skip
"""Sections of lines, nodes below one head, units merged over their tasks."""
REPORT = workbook(
    ["2026年重点任务进展情况"],
    ["No", "任务名称", "所属战线", "抓", "责任部门", "办结时限", "完成比例（%）", "完成情况",
     "佐证资料", "关联项目", "关联指标", "30项重点工作编号", "联系电话"],
    [1, "固定资产投资攻坚", "2", "抓项目", "经发局", "2026年12月31日", 62, "已完成", None,
     "S02；S06", "固定资产投资", "3、17", "000"],
    [2, "建成排水管网", "新区开发与扩区、生态环境保护", "抓环保安全", "建设局", "上半年", 100,
     "已办结", "验收单（2026-06-25，证明完成）；照片（2026-06-20）", None, "不知名指标",
     "31", None],
    [3, "培育企业", "第十战线", None, "经发局", "10月底", "约六成多", "正在与企业对接", None, None,
     None, None, None],
    [3, "培育企业", "民营经济发展", None, "经发局", "10月底", 30, "滞后", None, None, None, None,
     None],
)  # fmt: skip
"""Progress in percent and words, links, and what cannot be read."""
LEDGERS = {"plain": PLAIN, "nodes": NODES, "report": REPORT}


@pytest.mark.parametrize("name", LEDGERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_ledger_comes_back_as_it_was_read(name: str, language: str, links: Links) -> None:
    first = read(LEDGERS[name], links)
    ledger = Ledger(tasks=first.tasks)
    again = read(export_tasks(ledger, links, language), links)

    assert again.tasks == first.tasks
    assert again.problems == tuple(one for one in again.problems if one.code is TaskCode.DUE)
    assert export_tasks(Ledger(tasks=again.tasks), links) == export_tasks(ledger, links)


def test_a_ledger_that_is_read_again_keeps_its_stored_files(links: Links) -> None:
    stored = Evidence(name="验收单.png", day=date(2026, 6, 28), file="a" * 64)
    named = Evidence(name="会议纪要", where="档案室")
    ledger = Ledger(tasks=(Task(id="t", work="建设道路", evidence=(named, stored)),))
    sheet = export_tasks(ledger, links)

    (task,) = taken_over(ledger, read(sheet, links), replacing=True).tasks

    assert [(one.name, one.file) for one in task.evidence] == [
        ("会议纪要", ""), ("验收单.png", "a" * 64),
    ]  # fmt: skip


def test_a_stored_file_stays_with_one_document_of_its_name() -> None:
    first, second = (Evidence(name="照片", where=where) for where in ("甲", "乙"))
    kept = Evidence(name="照片", where="乙", file="a" * 64)

    assert with_known_files((first, kept), (first, kept)) == (first, kept)
    moved = with_known_files((first, second), (kept,))
    assert [one.file for one in moved] == ["a" * 64, ""]
    assert with_file((first, kept), "照片", "b" * 64)[1] == kept


def test_units_spread_over_merged_cells_and_people_are_not_read(links: Links) -> None:
    found = read(PLAIN, links)

    assert [task.unit for task in found.tasks] == [
        "招商局",
        "建设局",
        "应急局",
        "应急局",
        "生态环境局",
    ]
    days = [task.due.day for task in found.tasks]
    assert days == [date(2026, 12, 31), date(2026, 6, 30), None, date(2026, 9, 30), None]
    assert found.tasks[2].due.standing
    assert "主任" not in repr(found.tasks)
    assert told(found) == [TaskCode.PEOPLE_COLUMN, TaskCode.DUE, TaskCode.TOTAL_ROW]


def test_sections_are_lines_and_nodes_stand_below_one_head(links: Links) -> None:
    found = read(NODES, links)
    first, second, third, last = found.tasks

    assert [task.lines for task in found.tasks] == [
        ("attracting_investment",), ("attracting_investment",), ("transformation_projects",), (),
    ]  # fmt: skip
    assert second.unit == "招商局"
    assert second.others == ("经发局", "财政局")
    assert second.due.standing
    assert first.nodes == (
        Node(quarter=1, text="签约2个"), Node(quarter=2, text="签约5个"),
        Node(quarter=4, text="签约8个"),
    )  # fmt: skip
    assert third.nodes[2] == Node(quarter=3, text="主体封顶", reached=date(2026, 8, 20))
    assert (third.due.day, last.due.day) == (date(2026, 11, 20), date(2026, 9, 15))
    assert told(found) == [TaskCode.SECTION_ROW, TaskCode.TOTAL_ROW]


def test_a_stated_status_is_kept_apart_from_what_proves_it(links: Links) -> None:
    found = read(REPORT, links)
    first, second, third, last = found.tasks

    assert (first.share, first.stated, first.finished) == (0.62, TaskStatus.COMPLETED, None)
    assert first.projects == ("S02", "S06")
    assert first.indicators == ("fixed_asset_investment",)
    assert first.works == (3, 17)
    assert (first.lines, first.drives) == (("transformation_projects",), ("projects",))
    assert second.evidence == (
        Evidence(name="验收单", day=date(2026, 6, 25), completes=True),
        Evidence(name="照片", day=date(2026, 6, 20)),
    )
    assert second.lines == ("new_district", "ecology")
    assert (third.share, third.stated, third.note) == (None, None, "正在与企业对接")
    assert last.stated is TaskStatus.BEHIND
    assert last.id == f"{third.id}-2" == f"{id_of('培育企业')}-2"
    assert sorted(told(found)) == sorted(
        [
            TaskCode.PEOPLE_COLUMN, TaskCode.INDICATOR, TaskCode.NUMBERS, TaskCode.LINE,
            TaskCode.SHARE, TaskCode.DUPLICATE,
        ]
    )  # fmt: skip


def test_an_import_keeps_what_the_file_does_not_hold(links: Links) -> None:
    proof = (Evidence(name="验收单", completes=True),)
    road = Task(
        id=id_of("完成新区道路一期"), work="完成新区道路一期", unit="旧单位", evidence=proof
    )
    other = Task(id="X", work="别的工作")
    ledger = Ledger(tasks=(other, road), works=("一",))

    merged = taken_over(ledger, read(PLAIN, links), replacing=False)
    replaced = taken_over(ledger, read(PLAIN, links), replacing=True)

    assert [task.work for task in merged.tasks][:2] == ["别的工作", "完成新区道路一期"]
    assert (merged.tasks[1].unit, merged.tasks[1].evidence) == ("建设局", proof)
    assert len(merged.tasks) == 6
    assert len(replaced.tasks) == 5
    assert replaced.works == ("一",)


def test_the_template_has_numbered_rows_and_none_of_them_is_a_task(links: Links) -> None:
    content = tasks_template(links)
    rows = open_book("a.xlsx", content).sheets[0].rows

    assert [row[1] for row in rows[1:]] == [float(number) for number in range(1, 31)]
    assert len(rows[0]) == len(TaskField) + 3
    assert read(content, links).tasks == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年底", date(2026, 12, 31)), ("前三季度", date(2026, 9, 30)),
        ("十一月中旬", date(2026, 11, 20)), ("2027年3月", date(2027, 3, 31)),
        (date(2026, 5, 4), date(2026, 5, 4)), ("上半年", date(2026, 6, 30)),
        (6.3, None), ("尽快", None), ("13月底", None), ("2月30日", None), ("—", None),
    ],
)  # fmt: skip
def test_due_dates_are_read_or_left(text: str | float | date, day: date | None) -> None:
    assert parse_due(text, YEAR).day == day


def test_as_many_filled_rows_as_are_read_can_be_kept(links: Links) -> None:
    """With a tenth to spare for the names of the discussion: change neither number alone."""
    filled = Task(
        id="T0123456789", number="123", work="推进某某新材料有限公司年产2000吨高端材料项目开工建设",
        lines=("transformation_projects",), drives=("projects",), works=(3, 17), links=(4,),
        unit="项目服务部", others=("经济发展部", "规划建设部"), due=parse_due("6月底", YEAR),
        nodes=(Node(quarter=1, text="完成备案和环评", reached=date(2026, 3, 20)),),
        standard="取得施工许可并开工建设", evidence=(Evidence(name="施工许可证"),), share=0.35,
        share_day=date(2026, 6, 30), projects=("P0123456789",), note="正在办理用地手续",
        indicators=("fixed_asset_investment",),
    )  # fmt: skip
    ledger = Ledger(tasks=(filled,) * MOST_TASKS)

    assert len(written(ledger)) < 0.9 * LONGEST
    assert "null" not in written(ledger)


HARMFUL: Sequence[str] = sorted(HOSTILE)[:6]


@pytest.mark.parametrize("name", HARMFUL)
def test_a_hostile_ledger_is_refused_as_any_file(name: str, links: Links) -> None:
    make, reasons = HOSTILE[name]

    with pytest.raises(WorkbookRefused) as caught:
        read(make(), links, name)
    assert caught.value.refusal in reasons


def test_a_ledger_of_another_year_is_told(links: Links) -> None:
    old = workbook(["2024年任务台账"], ["重点工作", "完成时限"], ["修路", "6月底"])
    found = read(old, links)

    assert told(found) == [TaskCode.YEAR]
    assert found.tasks[0].due.day == date(2024, 6, 30)


def test_a_table_of_something_else_is_no_ledger(links: Links) -> None:
    figures = workbook(["指标", "2026年一季度"], ["地区生产总值", 5.2])

    assert told(read(figures, links)) == [TaskCode.NO_TABLE]


def test_nodes_of_quarters_that_a_file_does_not_have_stay(links: Links) -> None:
    first, second = (Node(quarter=k, text=f"{k}", reached=date(2026, 3 * k, 1)) for k in (1, 2))
    ledger = Ledger(tasks=(Task(id=id_of("修路"), work="修路", nodes=(first, second)),))
    sheet = workbook(
        ["重点工作", "责任单位", "二季度节点", "三季度节点"], ["修路", "甲局", None, "通车"]
    )

    (task,) = taken_over(ledger, read(sheet, links), replacing=False).tasks

    assert [(node.quarter, node.text) for node in task.nodes] == [(1, "1"), (3, "通车")]
    assert task.nodes[0] == first
