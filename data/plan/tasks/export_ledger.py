"""The ledger of tasks as .xlsx, and an empty one to be filled in; ``read`` reads either back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.plan.tasks.fields import FIELDS, GUIDE, QUARTER_NUMBERS, STATUSES, TASKS, Links, TaskField
from data.plan.tasks.notation import BETWEEN, write_evidence, write_node
from data.workbook.write.excel import Cell, SheetTable, workbook_of
from forecasting.figures.indicator import Names
from forecasting.figures.spelling import in_language
from forecasting.plan.tasks import Ledger, Task

_GUIDE_HEADS = (Names("栏目", "Column"), Names("填写说明", "What goes in it"))


def export_tasks(ledger: Ledger, links: Links, language: str = "zh") -> bytes:
    """Return the tasks as .xlsx, one a row, and a second sheet that explains each column."""
    rows = [_row(task, links, language) for task in ledger.tasks]
    return _workbook(rows, links, language)


def tasks_template(links: Links, language: str = "zh") -> bytes:
    """Return an .xlsx to be filled in: numbered rows, as many as the plan counts key works."""
    heads = _columns()
    number = heads.index((TaskField.NUMBER, 0))
    rows: list[list[Cell]] = []
    for count in range(1, links.outline.discussion.works + 1):
        row: list[Cell] = [None] * len(heads)
        row[number] = float(count)
        rows.append(row)
    return _workbook(rows, links, language, to_fill_in=frozenset(range(len(heads))))


def _columns() -> list[tuple[TaskField, int]]:
    return [
        (field, quarter)
        for field in TaskField
        for quarter in (QUARTER_NUMBERS if field is TaskField.NODES else (0,))
    ]


def _workbook(
    rows: Sequence[Sequence[Cell]],
    links: Links,
    language: str,
    *,
    to_fill_in: frozenset[int] = frozenset(),
) -> bytes:
    columns = _columns()
    heads = [
        in_language(FIELDS[field].head, language).format(quarter=quarter)
        for field, quarter in columns
    ]
    places = {column: place for place, column in enumerate(columns)}
    outline = links.outline
    choices = {
        places[TaskField.LINES, 0]: [in_language(one.name, language) for one in outline.lines],
        places[TaskField.DRIVES, 0]: [in_language(one.name, language) for one in outline.drives],
        places[TaskField.STATED, 0]: [
            in_language(names, language) for names, _ in STATUSES.values()
        ],
    }
    table = SheetTable(
        in_language(TASKS, language), heads, rows, choices=choices, to_fill_in=to_fill_in,
        percent=frozenset({places[TaskField.SHARE, 0]}), wrapped=True,
    )  # fmt: skip
    guide = SheetTable(
        in_language(GUIDE, language),
        [in_language(names, language) for names in _GUIDE_HEADS],
        [
            [head, in_language(FIELDS[field].guide, language)]
            for head, (field, _) in zip(heads, columns, strict=True)
        ],
        wrapped=True,
    )
    return workbook_of([table, guide])


def _row(task: Task, links: Links, language: str) -> list[Cell]:
    nodes = {node.quarter: write_node(node, language) for node in task.nodes}
    outline = links.outline
    lines = {one.id: in_language(one.name, language) for one in outline.lines}
    drives = {one.id: in_language(one.name, language) for one in outline.drives}

    def listed(ids: Sequence[str], names: Mapping[str, str]) -> str:
        return BETWEEN.join(names.get(id, id) for id in ids)

    first = 0 if language == "zh" else 1
    own: dict[str, Cell] = {
        TaskField.LINES: listed(task.lines, lines),
        TaskField.DRIVES: listed(task.drives, drives),
        TaskField.INDICATORS: listed(task.indicators, _called(links.indicators, first)),
        TaskField.LEVERS: listed(task.levers, _called(links.levers, first)),
        TaskField.WORKS: BETWEEN.join(map(str, task.works)),
        TaskField.LINKS: BETWEEN.join(map(str, task.links)),
        TaskField.OTHERS: BETWEEN.join(task.others),
        TaskField.PROJECTS: BETWEEN.join(task.projects),
        TaskField.EVIDENCE: write_evidence(task.evidence, language),
        TaskField.DUE: task.due.text,
        TaskField.SHARE: task.share,
        TaskField.FINISHED: task.finished.isoformat() if task.finished else None,
        TaskField.STATED: in_language(STATUSES[task.stated][0], language) if task.stated else None,
    }
    cells: list[Cell] = [
        nodes.get(quarter) if field is TaskField.NODES
        else own[field] if field in own
        else getattr(task, field)
        for field, quarter in _columns()
    ]  # fmt: skip
    return [None if cell == "" else cell for cell in cells]


def _called(names: Mapping[str, tuple[str, ...]], place: int) -> dict[str, str]:
    return {id: own[min(place, len(own) - 1)] for id, own in names.items()}
