"""Rows that are no projects: totals, sections, notes, examples, heads that come again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data.projects import cells
from data.projects.layout import Layout
from data.projects.problems import Code
from data.projects.table import Row
from data.projects.words import Field
from data.workbook.book import Cell
from data.workbook.words.text import compact

_TOTAL = re.compile(r"(?:合计|总计|共计|小计|累计|总数|TOTAL|SUBTOTAL)(?:\(.*\)|:.*|[0-9]+个.*)?")
_SECTION = re.compile(
    r"[一二三四五六七八九十]+[、.].+|\([一二三四五六七八九十]+\).+|第[一二三四五六七八九十]+[类批部].*"
)
_SECTION_NUMBER = re.compile(r"\(?[一二三四五六七八九十]+\)?[、.]?")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表|填报|制表|审核|审签|联系|负责|分管|单位负责|NOTE|PREPARED|SOURCE)"
    r"[^:]{0,8}:.*|注[0-9]*[.、].*"
)
_EXAMPLE = re.compile(r"(?:示例|样例|例|EXAMPLE)(?:项目)?(?:[:(].*|[0-9]*)")
_FORMS: Mapping[Code, re.Pattern[str]] = {
    Code.TOTAL_ROW: _TOTAL,
    Code.EXAMPLE_ROW: _EXAMPLE,
    Code.NOTE_ROW: _NOTE,
    Code.SECTION_ROW: _SECTION,
}
"""They begin differently: no text is of two."""


def kind_of(label: str) -> Code | None:
    """Return what a text says that its row is; None where that may be a project."""
    squeezed = compact(label)
    return next((code for code, form in _FORMS.items() if form.fullmatch(squeezed)), None)


def left_out(row: Row, layout: Layout) -> Code | None:
    """Return why a row is no project; None where it is one, or empty.

    A row with an id is a project whatever it is called.
    """
    filled = row.filled()
    identity, name = row.label(Field.ID), row.label(Field.NAME)
    labels = list(filter(None, [identity] if identity else [*row.numbered(), name]))
    kinds = set(map(kind_of, labels))
    for code in (Code.TOTAL_ROW, Code.EXAMPLE_ROW):
        if code in kinds:
            return code
    first = next(iter(labels), cells.text(filled[0]) if filled else "")
    if len(filled) <= 2 and kind_of(first) is Code.NOTE_ROW:
        return Code.NOTE_ROW
    if not identity and (Code.SECTION_ROW in kinds or _numbers_section(row)):
        return Code.SECTION_ROW
    if name and _is_head(row, layout):
        return Code.REPEATED_HEAD
    if filled and not identity and not any(map(str.isalnum, name)):
        return Code.NO_NAME
    return None


def _numbers_section(row: Row) -> bool:
    """Return whether its running number is that of a section, where projects have 1, 2, 3."""
    numbers = map(compact, row.numbered())
    return row.table.counted and any(map(_SECTION_NUMBER.fullmatch, numbers))


def _is_head(row: Row, layout: Layout) -> bool:
    """Return whether a row says the head once more, as at the top of a printed page."""
    heads = [layout.sheet.rows[number] for number in range(layout.top, layout.bottom + 1)]
    said = _said(layout.sheet.rows[row.number])
    return any(said == _said(head) for head in heads)


def _said(row: Sequence[Cell]) -> list[str]:
    return [text for cell in row if (text := compact(cells.text(cell)))]
