"""Tables as .xlsx: sheets that Excel and WPS open without a word, and never a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Cell = str | float | None

# The same figures make the same bytes: a file does not tell when it was made.
_CREATED = datetime(2000, 1, 1)
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
_HEAD = {"bold": True, "bottom": 1, "bg_color": "#EDEFF2"}
_FILLED_IN = {"bg_color": "#FFF8DC", "border": 1, "border_color": "#C9C2A5"}
_REFERENCE = {"font_color": "#6B7280"}
_PERCENT = "0.0%"
_APART = {"indent": 1}
"""The indent of a text to the right of a number, which would touch it otherwise."""
_WRAPPED = {"text_wrap": True}
_NARROWEST, _WIDEST = 8, 48
_LONG = 32
"""Half characters from which on texts of a column go over several lines."""
_NUMBER = 9
"""Half characters that a number takes as it is shown."""
_PAGE = 100
"""Half characters that fit beside each other on a page."""
_MARGIN = 0.4
"""Inches around a printed page."""


TENTHS, THOUSANDTHS = "0.0", "0.0##"
"""Growth and points as they are told; and as they are kept, without the dust of a division."""


@dataclass(frozen=True, slots=True)
class SheetTable:
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
    formats
        How numbers are shown, by column: one format, or one for each row. What is stored stays.
    wrapped
        Whether long texts go over several lines.
    unprinted, heading
        Columns at the end that paper does without, and what stands above each page.
    second
        Column that a second page beside the first begins with; None where one is wide enough.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    to_fill_in: frozenset[int] = frozenset()
    reference: frozenset[int] = frozenset()
    percent: frozenset[int] = frozenset()
    formats: Mapping[int, str | Sequence[str]] = field(default_factory=dict)
    wrapped: bool = False
    unprinted: int = 0
    heading: str = ""
    second: int | None = None


def workbook_of(tables: Sequence[SheetTable]) -> bytes:
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
        written = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{written}><v>{float(number)!r}</v></c>")


def _write(book: Workbook, sheet: Worksheet, table: SheetTable) -> None:
    head = book.add_format(_FONT | _HEAD | _WRAPPED)
    styles: dict[tuple[int, str], Format] = {}
    longest = [_longest(table, column) for column in range(len(table.heads))]
    for column, text in enumerate(table.heads):
        sheet.write_string(0, column, text, head)
        sheet.set_column(column, column, _width(table, column, longest[column]))
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            shown = "" if isinstance(cell, str) else _shown(table, number - 1, column)
            if (column, shown) not in styles:
                look = _look(table, column, longest[column], shown)
                styles[column, shown] = book.add_format(look)
            style = styles[column, shown]
            if cell is None:
                sheet.write_blank(number, column, None, style)
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell, style)
            else:
                sheet.write_number(number, column, cell, style)
    bottom = max(1, len(table.rows))
    for column, texts in table.choices.items():
        sheet.data_validation(
            1, column, bottom, column, {"validate": "list", "source": list(texts)}
        )
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, bottom, len(table.heads) - 1)
    widths = [_width(table, column, wide) for column, wide in enumerate(longest)]
    _lay_out(sheet, table, widths)


def _lay_out(sheet: Worksheet, table: SheetTable, widths: Sequence[int]) -> None:
    """Lay a sheet out on paper: as wide as the page, or two of them, its heads on each."""
    last = len(table.heads) - 1 - table.unprinted
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(_MARGIN, _MARGIN, 2 * _MARGIN, 2 * _MARGIN)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&A  &P / &N")
    if table.heading:
        sheet.set_header(f"&R{table.heading.replace('&', '&&')}")
    if table.unprinted:
        sheet.print_area(0, 0, max(1, len(table.rows)), last)
    if table.second is None:
        sheet.fit_to_pages(1, 0)
        return
    # A sheet that is fitted to pages has no breaks of its own, so that it is scaled instead.
    wide = max(sum(widths[: table.second]), widths[0] + sum(widths[table.second : last + 1]))
    sheet.set_print_scale(max(min(100, 100 * _PAGE // wide), 10))
    sheet.repeat_columns(0)
    sheet.set_v_pagebreaks([table.second])


def _shown(table: SheetTable, row: int, column: int) -> str:
    """Return how the number of a cell is shown."""
    if column in table.percent:
        return _PERCENT
    shown = table.formats.get(column, "General")
    return shown if isinstance(shown, str) else shown[row]


def _look(table: SheetTable, column: int, longest: int, shown: str) -> dict[str, object]:
    """Return the format of the cells of a column; ``shown`` is that of a number, or empty."""
    look: dict[str, object] = dict(_FONT)
    if column in table.to_fill_in:
        look |= _FILLED_IN
    elif column in table.reference:
        look |= _REFERENCE
    if shown:
        look["num_format"] = shown
    elif column - 1 in {*table.percent, *table.formats}:
        look |= _APART
    wrapped = table.wrapped or longest > _LONG
    return look | _WRAPPED if wrapped else look


def _width(table: SheetTable, column: int, longest: int) -> int:
    """Return the width in half characters; a head that is longer than all goes over lines."""
    widest = _WIDEST if table.wrapped else _LONG
    head = _taken(table.heads[column])
    words = max((_taken(word) for word in table.heads[column].split() if word.isascii()), default=0)
    least = max(longest, min(head, max(words, head // 4 + 2))) + 2
    return min(max(least, _NARROWEST), widest)


def _longest(table: SheetTable, column: int) -> int:
    """Return how wide the widest cell of a column is; a number is as it is shown."""
    shown = column in table.percent or column in table.formats
    return max(
        (
            min(_taken(str(cell)), _NUMBER) if shown and not isinstance(cell, str)
            else _taken(str(cell))
            for row in table.rows
            if (cell := row[column]) is not None
        ),
        default=0,
    )  # fmt: skip


def _taken(text: str) -> int:
    """Return the half characters that a text takes; Chinese takes two for each sign."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
