"""The section on earlier issues."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from forecasting.issues.snapshot import Apart, ChangeSinceIssue, PastIssue, Snapshot, Unexplained
from tests.ui.report.snapshots import CHANGE, RECORD, full, with_scenario
from tests.ui.speakers import EN, ZH
from ui.language import Speaker
from ui.report.document import past_issues, why_it_moved
from ui.report.document.blocks import Block, Details, FigureTable, Note, Paragraph, plain
from ui.report.render.excel import figures_of


def rows(snapshot: Snapshot, say: Speaker) -> tuple[tuple[str, ...], ...]:
    (grid,) = [block for block in blocks(snapshot, say) if isinstance(block, FigureTable)]
    return tuple(tuple(map(str, row)) for row in grid.rows)


def blocks(snapshot: Snapshot, say: Speaker) -> list[Block]:
    section = past_issues.section(snapshot, say)
    assert section is not None
    found: list[Block] = []
    for block in section.blocks:
        found += block.blocks if isinstance(block, Details) else [block]
    return found


def texts(snapshot: Snapshot, kind: type[Paragraph] | type[Note]) -> list[str]:
    return [plain(one.text) for one in blocks(snapshot, ZH) if isinstance(one, kind)]


def with_first(**changed: object) -> Snapshot:
    first: PastIssue = replace(RECORD[0], **changed)  # type: ignore[arg-type]
    return replace(full(), record=(first, *RECORD[1:]))


def test_an_internal_number_is_not_listed() -> None:
    told = with_first(internal=True, p_all=None)

    assert rows(told, ZH)[0][3] == "内部，未列"
    assert rows(told, EN)[0][3] == "internal, not shown"


@pytest.mark.parametrize(
    ("apart", "zh", "en"),
    [
        (Apart.SCENARIO, "按情景", "with a scenario"),
        (Apart.LINE, "另设对照线", "another comparison line"),
        (Apart.KNOWN, "出具时已知", "known when issued"),
    ],
)
def test_what_a_number_was_conditional_on_stands_beside_it(apart: Apart, zh: str, en: str) -> None:
    told = with_first(apart=apart)

    assert rows(told, ZH)[0][3].endswith(f"（{zh}）")
    assert rows(told, EN)[0][3].endswith(f" ({en})")


def test_a_document_that_cannot_be_read_has_what_its_record_tells() -> None:
    told = with_first(apart=Apart.UNREADABLE)

    assert rows(told, ZH)[0][3:] == (rows(full(), ZH)[0][3], "存档不能读取")
    assert rows(told, EN)[0][4] == "cannot be read"


def test_only_issues_that_answer_one_question_are_averaged() -> None:
    every = replace(full(), record=RECORD)
    others = tuple(
        replace(past, number=past.number + 20, apart=apart, outcome=False)
        for past in RECORD
        for apart in Apart
    )
    more = replace(every, record=(*others, *RECORD))

    assert texts(more, Paragraph) == texts(every, Paragraph) != []
    assert (len(texts(every, Note)), len(texts(more, Note))) == (0, 1)


@pytest.mark.parametrize("why", [Unexplained.ENGINE, Unexplained.OTHERWISE])
def test_a_change_without_causes_is_two_issued_numbers_and_the_reason(why: Unexplained) -> None:
    told = replace(CHANGE, terms=(), unexplained=why)
    bare = why_it_moved.change_section(replace(full(), change=told), ZH)
    applied = why_it_moved.change_section(replace(with_scenario(), change=told), EN)

    assert bare is not None
    assert applied is not None
    reason = {Unexplained.ENGINE: "测算方法不同", Unexplained.OTHERWISE: "与上期出具的数字不一致"}
    numbers, because = bare.blocks
    assert isinstance(numbers, Paragraph)
    assert isinstance(because, Paragraph)
    assert plain(numbers.text) == "上期45%，本期38%。"
    assert reason[why] in plain(because.text)
    assert bare.note == "与第11期相比"
    without = applied.blocks[0]
    assert isinstance(without, Paragraph)
    assert plain(without.text) == "Without the scenario: 45% before, 38% now."


def test_a_scenario_and_its_own_last_issue_are_two_numbers_without_causes() -> None:
    change = ChangeSinceIssue(3, 0.45, 0.62, (), Unexplained.SCENARIO)
    section = why_it_moved.change_section(replace(with_scenario(), change=change), ZH)

    assert section is not None
    assert section.note == "与情景第3期相比"
    assert [plain(block.text) for block in section.blocks if isinstance(block, Paragraph)] == [
        "同一情景，上期45%，本期62%。",
        "两期之间假定和数据都可能有变化，差额不逐项分解。",
    ]


def test_issues_of_scenarios_are_listed_by_numbers_of_their_own() -> None:
    scenario = replace(RECORD[0], number=1, apart=Apart.SCENARIO)
    lost = replace(RECORD[0], number=0, apart=Apart.UNREADABLE)

    section = past_issues.section(replace(full(), record=(scenario, lost, RECORD[1])), ZH)

    assert section is not None
    (details,) = [block for block in section.blocks if isinstance(block, Details)]
    (table,) = details.blocks
    assert isinstance(table, FigureTable)
    assert [row[0] for row in table.rows] == ["情景第1期", "—", "第8期"]


def test_the_line_on_what_moved_says_that_the_method_is_another() -> None:
    told = replace(CHANGE, terms=(), unexplained=Unexplained.ENGINE)
    otherwise = replace(told, unexplained=Unexplained.OTHERWISE)

    def line(told: ChangeSinceIssue, say: Speaker) -> str:
        return why_it_moved.in_a_line(replace(full(), change=told), say)

    assert line(told, ZH).endswith("下降，两期测算方法不同。")
    assert line(told, EN).endswith(", computed by different methods.")
    assert line(otherwise, ZH).endswith("下降。")


def test_a_workbook_says_why_a_change_has_no_causes() -> None:
    told = replace(full(), change=replace(CHANGE, terms=(), unexplained=Unexplained.ENGINE))
    book = load_workbook(BytesIO(figures_of(told, ZH)))

    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]

    assert any("测算方法不同" in cell for cell in cells)


def test_a_workbook_tells_of_earlier_issues_what_the_page_tells() -> None:
    told = replace(
        full(),
        record=(
            replace(RECORD[0], internal=True, p_all=None),
            replace(RECORD[1], apart=Apart.SCENARIO),
            replace(RECORD[2], apart=Apart.UNREADABLE),
        ),
    )
    book = load_workbook(BytesIO(figures_of(told, ZH)))
    cells = [
        tuple(str(cell.value) for cell in row if cell.value is not None)
        for sheet in book
        for row in sheet
    ]

    assert any("第11期" in row[0] and "内部，未列" in row for row in cells if row)
    assert any("（按情景）" in row[0] and "0.72" in row for row in cells if row)
    assert any("存档不能读取" in row for row in cells)
