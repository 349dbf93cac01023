"""What a brief says is next: what is short, by how much, where it comes from, who does what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecasting.figures.period import Quarter
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.issues.snapshot import (
    IssueNote,
    NeededLever,
    NeededLevers,
    PastIssue,
    Snapshot,
    Step,
)
from tests.ui.report.snapshots import COUNTED, NAMED, full, with_scenario
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import FigureTable, Note, Paragraph, Topic, plain
from ui.report.document.compose import report_of
from ui.report.render.brief_content import brief_in_words


def told(snapshot: Snapshot, say: Speaker = ZH) -> tuple[list[str], FigureTable | None]:
    """Return the sentences and the table of the section."""
    section = report_of(snapshot, say).section(Topic.NEXT)
    assert section is not None
    lines = [plain(one.text) for one in section.blocks if isinstance(one, Paragraph | Note)]
    tables = [one for one in section.blocks if isinstance(one, FigureTable)]
    return lines, tables[0] if tables else None


def test_the_order_is_short_gap_source_and_who_does_what() -> None:
    lines, table = told(full())

    assert lines == [
        "固定资产投资预计全年增长7.0%左右，距离目标（超过7%）还差0.1个百分点，约合0.42亿元。",
        "项目台账中有7个项目影响该项，按到位概率年内还可贡献2.6亿元，相当于全年0.7个百分点。"
        "其中4个已含在基准预测中，须按计划推进，不能落空。2个项目有堵点待解决。",
    ]
    assert table is not None
    assert table.head == ("下一节点", "计划时限", "责任单位", "项目数", "有堵点")
    assert table.rows == (
        ("开工", "四季度", "经济发展部", "3", "2"),
        ("投产", "四季度", "—", "2", "—"),
        ("入库", "未定", "—", "1", "—"),
    )


NEEDED = NeededLevers(
    wanted=0.5,
    reached=True,
    most=0.51,
    levers=(
        NeededLever("new_starts", 2.8, "1e8 CNY", Quarter(2026, 3), once=False),
        NeededLever("technical_transformation", 1.5, "1e8 CNY", Quarter(2026, 4), once=True),
    ),
)


@pytest.mark.parametrize(
    ("needed", "chinese", "english"),
    [
        (
            NEEDED,
            "要使总体把握达到50%，按到位比例、以力度最小测算，需新开工和在建项目完成投资增加2.8亿元（三季度起）、"
            "技改投资增加1.5亿元（四季度）。",
            "What it takes to bring the overall chance to 50%, with the least effort and at the "
            "shares that usually come: investment completed by started projects up CNY 280m "
            "(from Q3) and "
            "investment in technical transformation up CNY 150m (Q4).",
        ),
        (
            replace(NEEDED, wanted=0.7, reached=False),
            "要使总体把握达到70%，现有抓手用足仍达不到，最高约51%；与之最接近的办法是",
            "No use of the levers brings the overall chance to 70%: 51% is the most. Nearest to it",
        ),
        (
            replace(NEEDED, reached=False, levers=()),
            "现有抓手都不能明显提高总体把握。",
            "No lever of the zone raises the overall chance noticeably.",
        ),
    ],
)
def test_what_it_takes_by_levers_stands_behind_the_ledger(
    needed: NeededLevers, chinese: str, english: str
) -> None:
    snapshot = replace(full(), next_steps=replace(COUNTED, needed=needed))

    for say, wanted in ((ZH, chinese), (EN, english)):
        lines, _ = told(snapshot, say)
        assert lines[2].startswith(wanted)
    assert read_snapshot(write_snapshot(snapshot)).next_steps == snapshot.next_steps


def test_insiders_read_names_and_the_marks_say_that_they_are_insiders() -> None:
    named = replace(full(), next_steps=NAMED, provenance=with_scenario().provenance)
    _, table = told(named)
    report = report_of(named, ZH)

    assert table is not None
    assert table.head == ("项目", "责任单位", "下一节点", "计划时限", "堵点")
    assert table.rows == (
        ("铸造产业园", "经济发展部", "开工", "四季度", "用地手续未办结"),
        ("制药车间二期", "—", "投产", "2027年一季度", "—"),
    )
    assert report.internal
    assert report.marks == ("内部资料　注意保存",)
    assert "列有项目名称。" in plain(report.lines[-1])
    assert "%" not in report.preview


@pytest.mark.parametrize("say", SPEAKERS)
def test_a_scenario_names_what_it_assumes_that_helps(say: Speaker) -> None:
    lines, _ = told(with_scenario(), say)

    assert lines[0].startswith("情景下，" if say is ZH else "Under the scenario, ")
    assert lines[-1].startswith("情景中对该项有利的假定：" if say is ZH else "Assumptions of the")
    assert ("开工" if say is ZH else "start") in lines[-1]


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"gap": -0.2}, "略有富余，仅0.2个百分点"),
        ({"amount": None}, "还差0.1个百分点。"),
        ({"listed": False, "projects": 0, "steps": ()}, "尚未填报项目台账"),
        ({"projects": 0, "steps": ()}, "没有年内影响该项的项目"),
    ],
)
def test_what_is_not_known_or_not_short_is_said(changed: dict[str, object], wanted: str) -> None:
    snapshot = replace(full(), next_steps=replace(COUNTED, **changed))  # type: ignore[arg-type]

    lines, table = told(snapshot)
    assert wanted in "".join(lines)
    assert (table is None) == ("steps" in changed)


@pytest.mark.parametrize(("quarter", "due"), [(3, "三季度（已过）"), (4, "四季度")])
def test_a_date_that_is_over_is_marked(quarter: int, due: str) -> None:
    late = replace(COUNTED, steps=(Step("started", Quarter(2026, quarter), "", 1, 0),))
    _, table = told(replace(full(), next_steps=late))

    assert table is not None
    assert table.rows[0][1] == due


def test_more_steps_than_the_table_holds_are_counted() -> None:
    many = tuple(Step("started", None, f"单位{place}", 3, 0) for place in range(11))
    lines, table = told(replace(full(), next_steps=replace(COUNTED, steps=many)))

    assert table is not None
    assert len(table.rows) == 8
    assert lines[-1] == "另有3项未列。"


@pytest.mark.parametrize("say", SPEAKERS)
def test_names_of_the_ledger_stand_as_they_were_typed(say: Speaker) -> None:
    odd = "*甲* [x](y) <b>"
    named = replace(NAMED, steps=(replace(NAMED.steps[0], project=odd, owner=odd, blocking=odd),))
    _, table = told(replace(full(), next_steps=named), say)

    assert table is not None
    assert [cell for cell in table.rows[0] if cell == odd] == [odd] * 3


def test_the_number_that_an_office_gave_stands_wherever_the_issue_is_named() -> None:
    issue = replace(
        full(),
        issue=replace(full().issue, label="〔2026〕5号"),
        change=replace(full().change, label="〔2026〕4号"),  # type: ignore[type-var]
        record=(PastIssue(11, "2026-07-24T02:00:00+00:00", 2026, 0.45, None, label="〔2026〕4号"),),
    )
    report = report_of(issue, ZH)
    record = report.section(Topic.RECORD)

    assert report.number == "〔2026〕5号"
    assert record is not None
    (table,) = [block for block in record.blocks if isinstance(block, FigureTable)]
    assert table.rows[0][0] == "〔2026〕4号"


def test_practice_is_numbered_apart() -> None:
    zone = replace(full().outlook.area, synthetic=True)
    practice = replace(
        full(),
        outlook=replace(full().outlook, area=zone),
        issue=IssueNote(3, full().issue.issued_at),
    )

    assert report_of(practice, ZH).number == "练习第3期"
    assert report_of(practice, EN).number == "Practice issue 3"
    scenario = replace(practice, scenario=with_scenario().scenario)
    assert report_of(scenario, ZH).number == "练习情景第3期"


def test_a_brief_leaves_out_where_the_gap_comes_from_before_what_it_takes() -> None:
    snapshot = replace(full(), next_steps=replace(COUNTED, needed=NEEDED))

    brief = brief_in_words(report_of(snapshot, EN))

    (steps,) = [section for section in brief.sections if section.part is Topic.NEXT]
    short, needed, table = steps.blocks
    assert isinstance(short, Paragraph)
    assert isinstance(needed, Paragraph)
    assert isinstance(table, FigureTable)
    assert plain(needed.text).startswith("What it takes to bring")
