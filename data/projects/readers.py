"""How a cell of each column is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.projects import cells, lists
from data.projects.columns import Read
from data.projects.heads import PERCENT, unit_of
from data.projects.words import DATED, MONEY, SHARES, Field
from data.workbook.book import Cell
from forecasting.scenario.fields import LARGEST

Reader = Callable[[Cell, Read, bool], object]


def _label(cell: Cell, column: Read, shown_percent: bool) -> str | None:
    return cells.text(cell) or None


def _remark(cell: Cell, column: Read, shown_percent: bool) -> str | None:
    return None if cells.says_nothing(cell) else cells.text(cell)


def _money(cell: Cell, column: Read, shown_percent: bool) -> float | None:
    value = cells.amount(cell, column.unit, unit_of(column.field))
    # Tax may be paid back; nothing else is below zero.
    return cells.within(value, -LARGEST if column.field is Field.TAX else 0.0)


def _share(cell: Cell, column: Read, shown_percent: bool) -> float | None:
    return cells.share(cell, shown_percent=shown_percent, head_percent=column.unit == PERCENT)


def _quarter(cell: Cell, column: Read, shown_percent: bool) -> object:
    return cells.quarter(cell)


def _delay(cell: Cell, column: Read, shown_percent: bool) -> object:
    return lists.delay(cell, head_quarters="季" in column.text)


READERS: Mapping[Field, Reader] = {
    Field.ID: _label,
    Field.NAME: _label,
    Field.OWNER: _remark,
    Field.BLOCKING: _remark,
    Field.STAGE: lambda cell, column, shown: cells.stage(cell),
    Field.INDUSTRIAL: lambda cell, column, shown: cells.flag(cell),
    Field.RAMP: lambda cell, column, shown: lists.ramp(cell),
    Field.DELAY: _delay,
    **dict.fromkeys(MONEY, _money),
    **dict.fromkeys(SHARES, _share),
    **dict.fromkeys(DATED, _quarter),
}
"""By field: a cell, its column, and whether the spreadsheet shows it as a percentage."""
