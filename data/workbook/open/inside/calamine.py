"""What calamine reads of a workbook: values, names and which sheets are hidden."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import cast

from python_calamine import (
    CalamineSheet,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from data.workbook.open import limits
from data.workbook.open.inside.sheets import Cell, FoundSheet, cell_name, too_many_cells
from data.workbook.open.refusal import Refusal, Refused

_PLAIN = {str, float}
_PROGRAMS = (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba)


def calamine_sheets(content: bytes) -> Iterator[FoundSheet]:
    """Read the worksheets of a workbook, one at a time.

    Raises
    ------
    Refused
        If it is damaged or encrypted, or holds macro sheets or a cell far out.
    """
    try:
        book = load_workbook(io.BytesIO(content))
        for entry in book.sheets_metadata:
            if entry.typ in _PROGRAMS:
                raise Refused(Refusal.MACROS)
            if entry.typ is SheetTypeEnum.WorkSheet:
                sheet = FoundSheet(entry.name, hidden=entry.visible != SheetVisibleEnum.Visible)
                _fill(sheet, book.get_sheet_by_name(entry.name))
                yield sheet
    except (Refused, MemoryError):
        raise
    except PasswordError:
        raise Refused(Refusal.ENCRYPTED) from None
    except Exception:  # its own, or of the system where a part ends too early
        raise Refused(Refusal.DAMAGED) from None
    except BaseException as error:  # a panic of calamine is no Exception, and has no public name
        if type(error).__name__ == "PanicException":
            raise Refused(Refusal.DAMAGED) from None
        raise


def _fill(sheet: FoundSheet, source: CalamineSheet) -> None:
    """Copy the cells, from row and column 0 of the sheet."""
    left = (source.start or (0, 0))[1]
    bottom, right = source.end or (0, 0)
    if bottom >= limits.ROWS or right >= limits.COLUMNS:
        raise far_cell(bottom, right)
    padding: list[Cell] = [None] * left
    room = limits.CELLS
    # Rows come from the first of the sheet on, columns from the first that is filled.
    for row in source.iter_rows():
        plain = set(map(type, row)) <= _PLAIN
        found = cast(list[Cell], row) if plain else [_plain(cell) for cell in row]
        cells = padding + [None if cell == "" else cell for cell in found]
        while cells and cells[-1] is None:
            cells.pop()
        sheet.rows.append(cells)
        room -= len(cells)
        if room < 0:
            raise too_many_cells()
    sheet.merge([(*first, *last) for first, last in source.merged_cell_ranges or ()])


def _plain(cell: object) -> Cell:
    """Return what a cell holds; the time of a day does not matter."""
    if isinstance(cell, date):  # or a datetime
        return cell.toordinal()
    if cell is None or isinstance(cell, (str, bool)):
        return cell
    return float(cell) if isinstance(cell, (int, float)) else str(cell)


def far_cell(row: int, column: int) -> Refused:
    """Return the refusal of a sheet with a cell beyond those that are read."""
    return Refused(
        Refusal.FAR_CELL,
        cell=cell_name(row, column),
        rows=limits.ROWS,
        columns=limits.COLUMNS,
    )


def check_texts(sheet: FoundSheet) -> None:
    """Refuse a sheet with a text that no cell of a spreadsheet can hold.

    Raises
    ------
    Refused
        If there is one.
    """
    texts = (cell for row in sheet.rows for cell in row if isinstance(cell, str))
    if any(len(text) > limits.TEXT for text in texts):
        raise Refused(Refusal.LONG_TEXT, limit=limits.TEXT)
