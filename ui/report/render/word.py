"""A report as a brief (简报) for Word: head, body in the typography of GB/T 9704, and foot.

Page, styles and foot are those of ``brief-zh.docx`` and ``brief-en.docx``, which
``brief_templates`` makes. The head has the brief's name, number, unit and date; the
foot says whom it goes to, which is left to fill in. Nobody is named in it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
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
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as Written
from docx.text.run import Run

from ui.charts.palette import GLYPHS, palette
from ui.language import Language
from ui.report.document.blocks import (
    BETWEEN,
    Align,
    Block,
    Details,
    FanPicture,
    FigureTable,
    Lamp,
    Lights,
    Note,
    Paragraph,
    Report,
    Section,
    Text,
    Topic,
    WaterfallPicture,
    as_written,
    plain,
)
from ui.report.render.brief_typography import TYPES
from ui.report.render.plain_xml import allowed
from ui.report.render.png import chart_of, png_of

WIDTH, HEIGHT = 156.0, 225.0
"""Millimetres of a page that are written on."""
CHART, CHART_SCALE = Mm(124), 4.0
PICTURE, SLACK = 240.0, 8.0
"""Points that a chart takes, and that stay free for what another program sets wider."""
PROPERTY = 255
"""Signs that a property of a file may have."""
LARGEST, SMALLEST = 40, 22
"""Sizes of the name at the head in points: as large as fits on one line."""

ORDER = (
    Topic.NOTE,
    Topic.BRIEF,
    Topic.LIGHTS,
    Topic.WEAKEST,
    Topic.CHANGE,
    Topic.ASSUMED,
    Topic.NEXT,
    Topic.TODAY,
    Topic.RECORD,
    Topic.FIGURES,
    Topic.PRINT,
)
"""Sections of a brief: first how things stand, then what is expected and why."""
SHEETS = 2
"""Pages that a brief has."""
ALWAYS = (Topic.NOTE, Topic.LIGHTS, Topic.TODAY, Topic.PRINT)
"""Sections that no brief leaves out."""
FILLING = (
    Topic.NEXT,
    Topic.ASSUMED,
    Topic.CHANGE,
    Topic.BRIEF,
    Topic.WEAKEST,
    Topic.RECORD,
    Topic.FIGURES,
)
"""Sections that take the room that is left, the most needed first."""
SHORTENED = (Topic.ASSUMED, Topic.CHANGE, Topic.BRIEF)
"""Sections of sentences, of which the first may stand without the last."""
_OPEN = {Topic.BRIEF, Topic.ASSUMED, Topic.FIGURES}
"""Sections whose details are told; of the others the first glance is enough."""
_TABLES = {Topic.FIGURES, Topic.NEXT, Topic.TODAY}
_NOTED = {
    Topic.BRIEF,
    Topic.LIGHTS,
    Topic.ASSUMED,
    Topic.TODAY,
    Topic.FIGURES,
}
_SIDES = {Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT, Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}
FEWEST, LONG, FIGURES = 2.5, 16.0, 8.0
"""Characters that a column has room for at least, from which on a cell takes two lines, and up to
which it is a figure, which no line may part."""
_BETWEEN = 0.25
"""Characters that a program puts between Chinese and figures."""
_POINT = 25.4 / 72
PAGE = HEIGHT / _POINT
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


def brief_of(report: Report, issued: datetime, *, sheets: int = SHEETS) -> bytes:
    """Return the brief of a report.

    Parameters
    ----------
    issued
        When the report was issued, which the file is dated by.
    sheets
        Pages that it may take. What leaders need most has room first.
    """
    return _Brief(report, sheets).write(issued)


class _Brief:
    """Writes one brief from its head to its foot."""

    def __init__(self, report: Report, sheets: int) -> None:
        self.report, self.say, self.sheets = report, report.say, sheets
        self.chinese = self.say.language is Language.ZH
        template = Path(__file__).parent / f"brief-{self.say.language}.docx"
        self.document: Document = docx.Document(str(template))
        self.count = 0

    def write(self, issued: datetime) -> bytes:
        """Return the file."""
        body = self.document.element.body
        foot = list(body)[:-1]  # of the template; the page's own properties come last
        for element in foot:
            body.remove(element)
        self._head()
        self._lines()
        chosen = self._chosen()
        for section in (self.report.section(part) for part in ORDER):
            if section is not None and section.part in chosen:
                self._section(section, chosen[section.part])
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
        name = _name(report)
        paragraph = self.document.add_paragraph(style="Brief Name")
        added = _add_run(paragraph, allowed(name), chinese=self.chinese)
        added.font.size = Pt(_fitting(name))
        self._run(self.document.add_paragraph(style="Brief Number"), report.number)
        unit = self.document.add_paragraph(style="Brief Line")
        self._run(unit, f"{report.issuer}\t{report.date}")
        self._run(self.document.add_paragraph(style="Title"), report.title)

    def _lines(self) -> None:
        self._heading(self.say(f"brief.overall{'_scenario' if self.report.conditional else ''}"))
        for line in _opening(self.report):
            self._text(self._itself(line), "Body Text")

    def _itself(self, text: Text) -> Text:
        """Return what opens with a word for the page as said of the brief: 本简报."""
        page = self.say("brief.page")
        if not text or not text[0].text.startswith(page):
            return text
        brief = self.say("brief.itself") + text[0].text.removeprefix(page)
        return (replace(text[0], text=brief), *text[1:])

    def _heading(self, title: str) -> None:
        self.count += 1
        ordinal = self.say(f"brief.ordinal.{self.count}")
        told = self.say("brief.heading", ordinal=ordinal, title=title)
        after_table = isinstance(next(reversed(list(self.document.iter_inner_content()))), Table)
        heading = self.document.add_paragraph(style="heading 1")
        self._run(heading, told)
        if after_table:
            heading.paragraph_format.space_before = Pt(12)

    def _chosen(self) -> dict[Topic, list[Block]]:
        """Return what of each section has room on the pages of a brief, by an estimate of heights.

        Whoever wants the rest has it in the report.
        """
        told = {section.part: _told(section) for section in self.report.sections}
        chosen = {part: blocks for part, blocks in told.items() if part in ALWAYS and blocks}
        for part in FILLING:
            for blocks in self._shorter_and_shorter(part, told.get(part, [])):
                if self._fits({**chosen, part: blocks}):
                    chosen[part] = blocks
                    break
        return chosen

    def _fits(self, chosen: dict[Topic, list[Block]]) -> bool:
        estimate = HeightEstimate(self.report)
        for part in ORDER:
            if part in chosen:
                estimate.add_section(self._noted(part), chosen[part], whole=part is Topic.PRINT)
        return estimate.pages <= self.sheets

    def _shorter_and_shorter(self, part: Topic, blocks: list[Block]) -> Iterator[list[Block]]:
        """Yield a section whole, then ever less of it where that may be, with what is missing."""
        if blocks:
            yield blocks
        if part is Topic.NEXT and blocks:  # who does what until when is said nowhere else
            steps: list[Block] = [block for block in blocks if not isinstance(block, Paragraph)]
            yield from ([*blocks[:1], *steps], steps or blocks[:1], blocks[:1])
        for kept in range(len(blocks) - 1, 0, -1):
            left = sum(isinstance(block, Paragraph) for block in blocks[kept:])
            if part in SHORTENED and left and isinstance(blocks[kept - 1], Paragraph):
                rest = Note(as_written(self.say("brief.rest", count=left)))
                yield [*blocks[:kept], rest]

    def _noted(self, part: Topic) -> str:
        """Return the note below the heading of a section, empty where a brief has none."""
        section = self.report.section(part)
        return section.note if section is not None and part in _NOTED else ""

    def _section(self, section: Section, told: Sequence[Block]) -> None:
        self._heading(section.title)
        if note := self._noted(section.part):
            written = self.document.add_paragraph(style="Brief Note")
            written.paragraph_format.keep_with_next = True
            self._run(written, note)
        for block, after in zip_longest(told, told[1:]):
            self._block(block, section)
            if isinstance(block, Paragraph) and isinstance(after, FigureTable):
                self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def _block(self, block: Block, section: Section) -> None:
        match block:
            case Paragraph():
                for part in _paragraphs(block.text):
                    self._text(part, "Body Text")
            case Note():
                text = self._itself(block.text) if section.part is Topic.PRINT else block.text
                self._text(text, "Brief Note")
                if section.part is Topic.PRINT:  # with the foot, so that no page holds a rest of it
                    written = self.document.paragraphs[-1].paragraph_format
                    written.keep_together = written.keep_with_next = True
            case Lights():
                _add_lights(self.document, block, chinese=self.chinese)
            case FigureTable():
                _add_grid(self.document, block, chinese=self.chinese)
            case FanPicture():
                self._fan(block, section)
            case WaterfallPicture():  # the causes that follow are its steps, and these their ends
                self._text(as_written(block.caption), "Body Text")

    def _fan(self, fan: FanPicture, section: Section) -> None:
        """Put a chart in, with what those hear who cannot see it, and its caption."""
        chart = chart_of(fan)
        paragraph = self.document.add_paragraph(style="Brief Picture")
        picture = paragraph.add_run().add_picture(
            BytesIO(png_of(chart.svg, CHART_SCALE)), width=CHART
        )
        described = picture._inline.docPr
        described.set("descr", allowed(chart.alt))
        described.set("title", allowed(chart.title))
        for told in (fan.caption, section.note):
            below = self.document.add_paragraph(style="caption")
            self._run(below, told)
            below.paragraph_format.keep_with_next = told is fan.caption


def _name(report: Report) -> str:
    """Return the name of the brief at its head."""
    return report.say(f"brief.name{'_scenario' if report.conditional else ''}", area=report.area)


def _opening(report: Report) -> list[Text]:
    """Return the five lines, behind the first of them what has to stand beside it."""
    first, *others = report.lines
    flags = [tuple(replace(span, strong=True) for span in flag) for flag in report.flags]
    return [first, *flags, *others]


class HeightEstimate:
    """Estimates how far down what a brief holds will reach, in points from the top of page one."""

    def __init__(self, report: Report) -> None:
        self._type = TYPES[report.say.language]
        self._chinese = report.say.language is Language.ZH
        line, name = self._type.line / 20, _name(report)
        marks = self._lines(BETWEEN.join(report.marks), self._type.size / 2) if report.marks else 0
        size = _fitting(name)
        self._reached = (marks + 4) * line + 16 + self._lines(name, size) * size * 1.3
        self._reached += 32 * self._lines(report.title, 22) + self._heading()
        for told in _opening(report):
            self._reached += self._body(plain(told))

    @property
    def pages(self) -> int:
        """How many pages there are, with whom it goes to at the foot of the last."""
        foot = self._type.smallline / 20 + 12 + 2 * (self._type.end / 2 * 1.3 + 6)
        return math.ceil((self._reached + foot + SLACK) / PAGE)

    def add_section(self, note: str, blocks: Sequence[Block], *, whole: bool) -> None:
        """Add a section; its heading stays with what follows, and so does all of it if ``whole``.

        What does not fit on the rest of a page and may not be parted goes to the next one.
        """
        head = self._heading() + (self._note(note) if note else 0.0)
        for number, block in enumerate(blocks):
            height = self._height(block)
            kept = head if number == 0 else 0.0
            if whole or not isinstance(block, Paragraph | Note):
                self._keep(kept + height)
            else:
                self._keep(kept + self._type.line / 20)
                self._reached += height - self._type.line / 20

    def _keep(self, height: float) -> None:
        left = PAGE - self._reached % PAGE
        self._reached += height + (left if height > left else 0.0)

    def _body(self, text: str) -> float:
        lines = self._lines(text, self._type.size / 2)
        return lines * self._type.line / 20 + self._type.after / 20

    def _note(self, text: str) -> float:
        return self._lines(text, self._type.small / 2) * self._type.smallline / 20 + 6

    def _lines(self, text: str, size: float) -> int:
        width = WIDTH / _POINT / size - 0.5
        first = 2.0 if self._chinese else 0.0
        return sum(math.ceil((_length(part) + first) / width) or 1 for part in text.splitlines())

    def _heading(self) -> float:
        return (self._type.line + self._type.before) / 20 + 4  # more behind a table

    def _table(self, rows: Sequence[Sequence[str]], size: float) -> float:
        """Return the height of a table and its head; a row too wide for one line may take three."""
        width = WIDTH / _POINT / size
        tall = sum(sum(map(_length, row)) + 2 * _SLACK * len(row) > width for row in rows)
        return (len(rows) + 2 * tall + 2) * (size * 1.35 + 3.5)

    def _height(self, block: Block) -> float:
        match block:
            case Paragraph():
                return self._body(plain(block.text))
            case Note():
                return self._note(plain(block.text))
            case Lights():
                cells = [
                    ("● " * bool(row.lamp), row.name, row.probability, row.expected, row.interval)
                    for row in block.rows
                ]
                return self._table(cells, self._type.cell / 2)
            case FigureTable():
                return self._table(block.rows, self._type.fine / 2)
            case FanPicture():
                return PICTURE + 2 * self._type.smallline / 20
            case WaterfallPicture():
                return self._body(block.caption)
            case Details():
                return sum(self._height(inner) for inner in block.blocks)


def _told(section: Section) -> list[Block]:
    """Return what a brief tells of a section."""
    told = list(_blocks_in_brief(section.blocks, section.part))
    if not told and section.part is Topic.RECORD:  # too few to sum up are told one by one
        told = list(_every_block(section.blocks))
    # Of how an issue was made a brief says what it is, not by which version and with which digest.
    return told[:1] if section.part is Topic.PRINT else told


def _blocks_in_brief(blocks: Iterable[Block], part: Topic) -> Iterator[Block]:
    """Yield what a brief tells of a section, details opened where they belong to it."""
    for block in blocks:
        if isinstance(block, Details):
            if part in _OPEN:
                yield from _blocks_in_brief(block.blocks, part)
        elif part in _TABLES or not isinstance(block, FigureTable):
            yield block


def _every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield all of a section, what is one tap away on a page too."""
    for block in blocks:
        if isinstance(block, Details):
            yield from _every_block(block.blocks)
        else:
            yield block


def _paragraphs(text: Text) -> Iterator[Text]:
    """Part a text that somebody wrote in several lines."""
    if len(text) == 1 and "\n" in text[0].text:
        for line in text[0].text.splitlines():
            if line.strip():
                yield as_written(line)
    else:
        yield text


def _fitting(name: str) -> int:
    """Return the size at which a name fits on one line, within bounds."""
    widths = sum(1.0 if ord(sign) > 0x2E80 else 0.5 for sign in name)
    room = Mm(WIDTH) / Pt(1)
    return max(min(LARGEST, int(room / max(widths, 1.0))), SMALLEST)


def _add_lights(document: Document, block: Lights, *, chinese: bool) -> None:
    """Add the indicators with their lights, without columns that hold nothing."""
    rows = [
        (_light_words(row.lamp), row.name, row.probability, row.expected, row.interval, row.need)
        for row in block.rows
    ]
    kept = [place for place in range(len(block.head)) if any(row[place] for row in rows)]
    shown = FigureTable(
        block.caption,
        tuple(block.head[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        tuple(Align.LEFT if place < 2 else Align.RIGHT for place in kept),
    )
    table = _add_grid(document, shown, chinese=chinese, style="Brief Cell")
    for cell, row in zip(table.columns[0].cells[1:], block.rows, strict=True):
        if row.lamp is not None:
            _colour(cell, row.lamp)


def _add_grid(
    document: Document, block: FigureTable, *, chinese: bool, style: str = "Brief Fine Cell"
) -> Table:
    """Add a table of figures, columns as wide as what they hold; a short one stays on one page."""
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
    whole = [max(map(_length, cells)) <= FIGURES for cells in columns]
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


def _light_words(lamp: Lamp | None) -> str:
    return f"{GLYPHS[lamp.light][0]} {lamp.word}" if lamp else ""


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
