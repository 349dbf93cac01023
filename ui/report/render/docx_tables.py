"""Tables of a brief: the lights, exact figures, and the foot with whom it goes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, RGBColor
from docx.table import Table, _Cell

from ui.charts.palette import GLYPHS, palette
from ui.language import Language, t
from ui.report.document.blocks import Align, Grid, Lamp, Lights
from ui.report.render import word
from ui.report.render.docx_type import TYPES
from ui.report.render.plain_xml import allowed

WIDTH = 156.0
"""Millimetres that a table may take."""
_SIDES = {Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT, Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}
FEWEST, LONG, FIGURES = 2.5, 16.0, 8.0
"""Characters that a column has room for at least, from which on a cell takes two lines, and up to
which it is a figure, which no line may part."""
_BETWEEN = 0.25
"""Characters that a program puts between Chinese and figures."""
_POINT = 25.4 / 72
_SLACK = 1.3
"""Characters for the edges of a cell."""
SHORT = 14
"""Rows up to which a table is not parted."""
_MEETING_SCRIPTS = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])"
)
_MEETING = (Align.RIGHT, Align.LEFT)
_APART, _ROOM_APART = 3.0, 1.0
"""Millimetres, and characters for them, between figures at the right and words at the left."""
_THICK, _THIN = 12, 4
"""Eighths of a point."""


def lights(document: Document, block: Lights, *, chinese: bool) -> None:
    """Add the indicators with their lights, without columns that hold nothing."""
    rows = [
        (_said(row.lamp), row.name, row.probability, row.expected, row.interval, row.need)
        for row in block.rows
    ]
    kept = [place for place in range(len(block.head)) if any(row[place] for row in rows)]
    shown = Grid(
        block.caption,
        tuple(block.head[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        tuple(Align.LEFT if place < 2 else Align.RIGHT for place in kept),
    )
    table = grid(document, shown, chinese=chinese, style="Brief Cell")
    for cell, row in zip(table.columns[0].cells[1:], block.rows, strict=True):
        if row.lamp is not None:
            _colour(cell, row.lamp)


def grid(
    document: Document, block: Grid, *, chinese: bool, style: str = "Brief Fine Cell"
) -> Table:
    """Add a table of figures, columns as wide as what they hold; a short one stays on one page."""
    table: Table = document.add_table(rows=len(block.rows) + 1, cols=len(block.head))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    apart = [place for place, pair in enumerate(pairwise(block.align), 1) if pair == _MEETING]
    for line, row in enumerate((block.head, *block.rows)):
        for column, shown in enumerate(row):
            cell = table.cell(line, column)
            _write(cell, shown, block.align[column], style, chinese, strong=line == 0)
            written = cell.paragraphs[0].paragraph_format
            written.keep_with_next = line < len(block.rows) <= SHORT
            if column in apart:
                written.left_indent = Mm(_APART)
    table.rows[0]._tr.get_or_add_trPr().append(word.element("tblHeader"))
    columns = list(zip(*block.rows, strict=True))
    wanted = [_room(title, cells) for title, cells in zip(block.head, columns, strict=True)]
    for column in apart:
        wanted[column] += _ROOM_APART
    whole = [max(map(_length, cells)) <= FIGURES for cells in columns]
    kind = TYPES[Language.ZH if chinese else Language.EN]
    size = kind.cell if style == "Brief Cell" else kind.fine
    _widths(table, _shared(wanted, whole, WIDTH / (size / 2 * _POINT)))
    _ruled(table)
    word.set_table_property(table, word.element("tblCaption", val=allowed(block.caption)))
    return table


def foot(document: Document, language: Language) -> None:
    """Add the foot: whom it goes to and how many are printed, both left to fill in."""
    chinese = language is Language.ZH
    gap = document.add_paragraph(style="Brief Note")
    gap.paragraph_format.keep_with_next = True
    table = document.add_table(rows=2, cols=1)
    _write(table.cell(0, 0), t("brief.distribution", language), Align.LEFT, "Brief End", chinese)
    _write(table.cell(1, 0), t("brief.copies", language), Align.RIGHT, "Brief End", chinese)
    _widths(table, [WIDTH])
    _ruled(table)
    word.at_page_bottom(table)


def _write(
    cell: _Cell, text: str, align: Align, style: str, chinese: bool, *, strong: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.alignment = _SIDES[align]
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    word.run(paragraph, allowed(text), strong=strong, chinese=chinese)


def _said(lamp: Lamp | None) -> str:
    return f"{GLYPHS[lamp.light][0]} {lamp.word}" if lamp else ""


def _colour(cell: _Cell, lamp: Lamp) -> None:
    """Give the shape of a light its colour; the word beside it stays black."""
    shape, colour = GLYPHS[lamp.light]
    paragraph = cell.paragraphs[0]
    words = paragraph.runs[0]
    words.text = words.text.removeprefix(shape)
    drawn = word.run(paragraph, shape, chinese=True)
    drawn.font.color.rgb = RGBColor.from_string(palette(dark=False)[colour].removeprefix("#"))
    words._r.addprevious(drawn._r)


def _room(head: str, cells: Sequence[str]) -> float:
    """Return how much a column asks for, in characters; its head may take two lines."""
    longest = max(_length(cell) for cell in cells)
    parts = head.split() if head.isascii() else [head if len(head) < 5 else head[:3]]
    longest = max(longest, *(_length(part) for part in parts), FEWEST)
    return min(longest, LONG) + _SLACK


def _length(text: str) -> float:
    """Return how wide a text is in characters of Chinese: a dash is one, a letter about half."""
    met = len(_MEETING_SCRIPTS.findall(text))
    return sum(1.0 if ord(sign) >= 0x2014 else 0.55 for sign in text) + _BETWEEN * met


def _shared(wanted: Sequence[float], whole: Sequence[bool], room: float) -> list[float]:
    """Return widths of columns: where room is short, words give way and figures do not."""
    fixed = sum(one for one, kept in zip(wanted, whole, strict=True) if kept)
    words, least = sum(wanted) - fixed, 2 * FEWEST * whole.count(False)
    if sum(wanted) <= room or room - fixed < least:
        return list(wanted)
    share = (room - fixed) / words
    return [one if kept else one * share for one, kept in zip(wanted, whole, strict=True)]


def _widths(table: Table, wanted: Sequence[float]) -> None:
    """Share the width of the page out."""
    table.autofit = False
    unit = WIDTH / sum(wanted)
    for column, share in zip(table.columns, wanted, strict=True):
        column.width = Mm(share * unit)
        for cell in column.cells:
            cell.width = Mm(share * unit)


def _ruled(table: Table) -> None:
    """Keep rows whole; draw lines above and below, thin ones between rows, none at the sides."""
    borders = word.element("tblBorders")
    for side, weight in (("top", _THICK), ("bottom", _THICK), ("insideH", _THIN)):
        borders.append(word.element(side, val="single", sz=weight, space=0, color="auto"))
    word.set_table_property(table, borders)
    margins = word.element("tblCellMar")
    for side in ("left", "right"):
        margins.append(word.element(side, w=50, type="dxa"))
    word.set_table_property(table, margins)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(word.element("cantSplit"))
