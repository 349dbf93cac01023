"""Tables as .xlsx: sheets that Excel and WPS open without a word, and never a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Cell = str | float | None

# The same figures make the same bytes: a file does not tell when it was made.
_CREATED = datetime(2000, 1, 1)
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
_HEAD = {"bold": True, "bottom": 1, "bg_color": "#EDEFF2"}
_FILLED_IN = {"bg_color": "#FFF8DC", "border": 1, "border_color": "#C9C2A5"}
_REFERENCE = {"font_color": "#6B7280"}
_PERCENT = {"num_format": "0.0%"}
_WRAPPED = {"text_wrap": True}
_NARROWEST, _WIDEST = 8, 48


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written.

    Attributes
    ----------
    choices
        Texts to choose from, by the column they are for.
    to_fill_in
        Columns whose cells wait for a value and are shown so.
    reference
        Columns that are only looked at.
    percent
        Columns whose numbers are shares, shown as percentages.
    wrapped
        Whether long texts go over several lines.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    to_fill_in: frozenset[int] = frozenset()
    reference: frozenset[int] = frozenset()
    percent: frozenset[int] = frozenset()
    wrapped: bool = False


def workbook_of(tables: Sequence[Table]) -> bytes:
    """Write each table as a sheet of a workbook; equal tables make equal bytes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        for table in tables:
            _write(book, book.add_worksheet(table.name, _Exact), table)
    return file.getvalue()


class _Exact(Worksheet):  # type: ignore[misc]
    """A sheet whose numbers come back as the same numbers: 16 digits are one too few."""

    def _xml_number_element(
        self, number: float, attributes: Sequence[tuple[str, object]] = ()
    ) -> None:
        said = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{said}><v>{float(number)!r}</v></c>")


def _write(book: Workbook, sheet: Worksheet, table: Table) -> None:
    head = book.add_format(_FONT | _HEAD)
    looks = [_look(table, column) for column in range(len(table.heads))]
    formats = {str(look): book.add_format(look) for look in looks}
    styles = [formats[str(look)] for look in looks]
    for column, text in enumerate(table.heads):
        sheet.write_string(0, column, text, head)
        sheet.set_column(column, column, _width(table, column))
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            if cell is None:
                sheet.write_blank(number, column, None, styles[column])
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell, styles[column])
            else:
                sheet.write_number(number, column, cell, styles[column])
    bottom = max(1, len(table.rows))
    for column, texts in table.choices.items():
        sheet.data_validation(
            1, column, bottom, column, {"validate": "list", "source": list(texts)}
        )
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, bottom, len(table.heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _look(table: Table, column: int) -> dict[str, object]:
    """Return the format of the cells of a column."""
    look: dict[str, object] = dict(_FONT)
    if column in table.to_fill_in:
        look |= _FILLED_IN
    elif column in table.reference:
        look |= _REFERENCE
    if column in table.percent:
        look |= _PERCENT
    return look | _WRAPPED if table.wrapped else look


def _width(table: Table, column: int) -> int:
    """Return the width in half characters that shows the longest cell; Chinese takes two."""
    cells = [table.heads[column], *(row[column] for row in table.rows)]
    longest = max(
        sum(2 if ord(letter) > 0x2E7F else 1 for letter in str(cell))
        for cell in cells
        if cell is not None
    )
    return min(max(longest + 3, _NARROWEST), _WIDEST)
