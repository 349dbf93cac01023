"""A report as a brief (简报) for Word: head, body in the typography of GB/T 9704, and foot.

Page, styles and foot are those of ``brief-zh.docx`` and ``brief-en.docx``, which
``brief_templates`` makes. The head has the brief's name, number, unit and date; the
foot says whom it goes to, which is left to fill in. Nobody is named in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as Written
from docx.text.run import Run

from ui.charts.palette import GLYPHS, palette
from ui.language import Language
from ui.report.document.blocks import (
    BETWEEN,
    Align,
    Block,
    FanPicture,
    FigureTable,
    Lamp,
    Lights,
    Note,
    Paragraph,
    Report,
    Text,
    Topic,
    WaterfallPicture,
    as_written,
)
from ui.report.render.brief_content import (
    CELL_EDGES,
    FEW_COLUMNS,
    Brief,
    BriefSection,
    brief_in_words,
    fitting,
    lights_table,
    wide,
)
from ui.report.render.brief_typography import TYPES, WIDTH, Type
from ui.report.render.plain_xml import allowed
from ui.report.render.png import chart_of, png_of

CHART, CHART_SCALE = Mm(124), 4.0
PROPERTY = 255
"""Signs that a property of a file may have."""
_SIDES = {Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT, Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}
FEWEST, LONG, FIGURES = 2.5, 16.0, 8.0
"""Characters that a column has room for at least, from which on a cell takes two lines, and up to
which it is a figure, which no line may part."""
_POINT = 25.4 / 72
SHORT = 14
"""Rows up to which a table is not parted."""
_MEETING = (Align.RIGHT, Align.LEFT)
_APART, _ROOM_APART = 3.0, 1.0
"""Millimetres, and characters for them, between figures at the right and words at the left."""


def brief_of(report: Report, issued: datetime, *, sheets: int | None = None) -> bytes:
    """Return the brief of a report.

    Parameters
    ----------
    issued
        When the report was issued, which the file is dated by.
    sheets
        Pages that it may take. What leaders need most has room first.
    """
    return _Writer(brief_in_words(report, sheets=sheets)).write(issued)


class _Writer:
    """Writes one brief from its head to its foot."""

    def __init__(self, brief: Brief) -> None:
        self.brief, self.report, self.say = brief, brief.report, brief.report.say
        self.chinese = self.say.language is Language.ZH
        template = Path(__file__).parent / f"brief-{self.say.language}.docx"
        self.document: Document = docx.Document(str(template))
        if brief.kind != TYPES[self.say.language]:
            self._resize(brief.kind)

    def _resize(self, kind: Type) -> None:
        """Set the body and its headings in another size than the template has."""
        for name in ("Body Text", "Heading 1"):
            style = cast(ParagraphStyle, self.document.styles[name])
            style.font.size = Pt(kind.size / 2)
            style.paragraph_format.line_spacing = Pt(kind.line / 20)
            if kind.indent:
                style.paragraph_format.first_line_indent = Pt(kind.indent / 20)
            else:
                style.paragraph_format.space_after = Pt(kind.after / 20)

    def write(self, issued: datetime) -> bytes:
        """Return the file."""
        body = self.document.element.body
        foot = list(body)[:-1]  # of the template; the page's own properties come last
        for element in foot:
            body.remove(element)
        self._head()
        self._lines()
        for section in self.brief.sections:
            self._section(section)
        for element in foot:
            body.insert(len(body) - 1, element)
        self._properties(issued.astimezone(UTC).replace(tzinfo=None))
        return _file_of(self.document)

    def _properties(self, issued: datetime) -> None:
        properties = self.document.core_properties
        properties.title = allowed(self.report.title)[:PROPERTY]
        properties.author = properties.last_modified_by = allowed(self.report.issuer)[:PROPERTY]
        properties.comments = properties.keywords = properties.subject = ""
        properties.created = properties.modified = issued

    def _run(self, paragraph: Written, text: str, *, strong: bool = False) -> None:
        _add_run(paragraph, allowed(text), strong=strong, chinese=self.chinese)

    def _text(self, text: Text, style: str) -> None:
        """Write spans as a paragraph; what is decisive is bold."""
        paragraph = self.document.add_paragraph(style=style)
        for span in text:
            shown = span.text.replace("\u200b", "")
            self._run(paragraph, shown, strong=span.strong or span.accent)

    def _head(self) -> None:
        """Write the marks, the name, the number, the unit and the date over a red line."""
        report = self.report
        marks = BETWEEN.join(report.marks)
        (sheet,) = self.document.sections
        for header in (sheet.header, sheet.even_page_header):
            self._run(header.paragraphs[0], marks)
        if marks:
            self._run(self.document.add_paragraph(style="Brief Mark"), marks)
        name = self.brief.name
        paragraph = self.document.add_paragraph(style="Brief Name")
        added = _add_run(paragraph, allowed(name), chinese=self.chinese)
        added.font.size = Pt(fitting(name))
        self._run(self.document.add_paragraph(style="Brief Number"), report.number)
        unit = self.document.add_paragraph(style="Brief Line")
        self._run(unit, f"{report.issuer}\t{report.date}")
        self._run(self.document.add_paragraph(style="Title"), report.title)

    def _lines(self) -> None:
        self._heading(self.brief.heading)
        for line in self.brief.opening:
            self._text(line, "Body Text")

    def _heading(self, title: str) -> None:
        after_table = isinstance(next(reversed(list(self.document.iter_inner_content()))), Table)
        heading = self.document.add_paragraph(style="heading 1")
        self._run(heading, title)
        if after_table:
            heading.paragraph_format.space_before = Pt(12)

    def _section(self, section: BriefSection) -> None:
        self._heading(section.title)
        if section.note:
            written = self.document.add_paragraph(style="Brief Note")
            written.paragraph_format.keep_with_next = True
            self._run(written, section.note)
        for block, after in zip_longest(section.blocks, section.blocks[1:]):
            self._block(block, section)
            if isinstance(block, Paragraph) and isinstance(after, FigureTable):
                self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def _block(self, block: Block, section: BriefSection) -> None:
        match block:
            case Paragraph():
                self._text(block.text, "Body Text")
            case Note():
                self._text(block.text, "Brief Note")
                if section.part is Topic.PRINT:  # with the foot, so that no page holds a rest of it
                    written = self.document.paragraphs[-1].paragraph_format
                    written.keep_together = written.keep_with_next = True
            case Lights():
                _add_lights(self.document, block, chinese=self.chinese)
            case FigureTable():
                few = len(block.head) <= FEW_COLUMNS
                _add_grid(self.document, block, chinese=self.chinese, few=few)
            case FanPicture():
                self._fan(block, section)
            case WaterfallPicture():  # the causes that follow are its steps, and these their ends
                self._text(as_written(block.caption), "Body Text")

    def _fan(self, fan: FanPicture, section: BriefSection) -> None:
        """Put a chart in, with what those hear who cannot see it, and its caption."""
        chart = chart_of(fan)
        paragraph = self.document.add_paragraph(style="Brief Picture")
        picture = paragraph.add_run().add_picture(
            BytesIO(png_of(chart.svg, CHART_SCALE)), width=CHART
        )
        described = picture._inline.docPr
        described.set("descr", allowed(chart.alt))
        described.set("title", allowed(chart.title))
        for told in (fan.caption, section.below):
            below = self.document.add_paragraph(style="caption")
            self._run(below, told)
            below.paragraph_format.keep_with_next = told is fan.caption


def _add_lights(document: Document, block: Lights, *, chinese: bool) -> None:
    """Add the indicators with their lights."""
    shown = lights_table(block)
    table = _add_grid(document, shown, chinese=chinese, few=True)
    for cell, row in zip(table.columns[0].cells[1:], block.rows, strict=True):
        if row.lamp is not None:
            _colour(cell, row.lamp)


def _add_grid(document: Document, block: FigureTable, *, chinese: bool, few: bool) -> Table:
    """Add a table of figures, columns as wide as what they hold; a short one stays on one page."""
    style = "Brief Cell" if few else "Brief Fine Cell"
    table: Table = document.add_table(
        rows=len(block.rows) + 1, cols=len(block.head), style="Brief Table"
    )
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
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader"))
    columns = list(zip(*block.rows, strict=True))
    wanted = [_room(title, cells) for title, cells in zip(block.head, columns, strict=True)]
    for column in apart:
        wanted[column] += _ROOM_APART
    whole = [max(map(wide, cells)) <= FIGURES for cells in columns]
    size = cast(Pt, document.styles[style].font.size).pt
    _widths(table, _shared(wanted, whole, WIDTH / (size * _POINT)))
    table._tbl.tblPr.append(_element("tblCaption", val=allowed(block.caption)))
    return table


def _write(
    cell: _Cell, text: str, align: Align, style: str, chinese: bool, *, strong: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.alignment = _SIDES[align]
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _add_run(paragraph, allowed(text), strong=strong, chinese=chinese)


def _colour(cell: _Cell, lamp: Lamp) -> None:
    """Give the shape of a light its colour; the word beside it stays black."""
    shape, colour = GLYPHS[lamp.light]
    paragraph = cell.paragraphs[0]
    words = paragraph.runs[0]
    words.text = words.text.removeprefix(shape)
    drawn = _add_run(paragraph, shape, chinese=True)
    drawn.font.color.rgb = RGBColor.from_string(palette(dark=False)[colour].removeprefix("#"))
    words._r.addprevious(drawn._r)


def _room(head: str, cells: Sequence[str]) -> float:
    """Return how much a column asks for, in characters; its head may take two lines."""
    longest = max(wide(cell) for cell in cells)
    parts = head.split() if head.isascii() else [head if len(head) < 5 else head[:3]]
    longest = max(longest, *(wide(part) for part in parts), FEWEST)
    return min(longest, LONG) + CELL_EDGES


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


def _element(name: str, **values: str | int) -> BaseOxmlElement:
    """Return an element of WordprocessingML with its attributes."""
    made = cast(BaseOxmlElement, OxmlElement(f"w:{name}"))
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def _add_run(paragraph: Written, text: str, *, strong: bool = False, chinese: bool = True) -> Run:
    """Add a run; in Chinese, quotation marks and dashes are as wide as its characters."""
    added = paragraph.add_run(text)
    added.bold = True if strong else None
    if chinese:
        added._r.get_or_add_rPr().insert(0, _element("rFonts", hint="eastAsia"))
    return added


def _file_of(document: Document) -> bytes:
    """Return the file; its parts carry no time of writing."""
    made, fixed = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as parts, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in parts.namelist():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            target.writestr(entry, parts.read(name), ZIP_DEFLATED)
    return fixed.getvalue()
