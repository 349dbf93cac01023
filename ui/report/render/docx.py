"""A report as a brief (简报) for Word: head, body in the typography of GB/T 9704, and foot.

The head has its name, number, unit and date; the foot says whom it goes to, which is left to
fill in. Nobody is named in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import zip_longest

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section as Sheet
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph as Written

from ui.language import Language, t
from ui.report.document.blocks import (
    Block,
    Details,
    FanPicture,
    Grid,
    Lights,
    Note,
    Paragraph,
    Part,
    Report,
    Section,
    Text,
    WaterfallPicture,
    as_written,
)
from ui.report.render import docx_tables as tables
from ui.report.render import word
from ui.report.render.docx_type import BOTTOM, LEFT, PAGE, RIGHT, TOP, fonts, styles
from ui.report.render.plain_xml import allowed
from ui.report.render.png import chart_of, png_of

FOOT, HEAD = Mm(22), Mm(20)
CHART, CHART_SCALE = Mm(124), 4.0
PROPERTY = 255
"""Signs that a property of a file may have."""
MARKS = "\u2003"
LARGEST, SMALLEST = 40, 22
"""Sizes of the name at the head in points: as large as fits on one line."""

ORDER = (
    Part.NOTE,
    Part.BRIEF,
    Part.LIGHTS,
    Part.WEAKEST,
    Part.CHANGE,
    Part.ASSUMED,
    Part.TODAY,
    Part.RECORD,
    Part.FIGURES,
    Part.PRINT,
)
"""Sections of a brief: first how things stand, then what is expected and why."""
_OPEN = {Part.BRIEF, Part.ASSUMED, Part.FIGURES}
"""Sections whose details are told; of the others the first glance is enough."""
_TABLES = {Part.FIGURES, Part.TODAY}
_NOTED = {Part.BRIEF, Part.LIGHTS, Part.ASSUMED, Part.TODAY, Part.FIGURES}


def brief_of(report: Report, issued: datetime) -> bytes:
    """Return the brief of a report.

    Parameters
    ----------
    issued
        When the report was issued, which the file is dated by.
    """
    return _Brief(report).write(issued)


class _Brief:
    """Writes one brief from its head to its foot."""

    def __init__(self, report: Report) -> None:
        self.report, self.language = report, report.language
        self.chinese = self.language is Language.ZH
        self.document: Document = word.new_document(styles(self.language), fonts(self.language))
        self.count = 0

    def write(self, issued: datetime) -> bytes:
        """Return the file."""
        self._sheet(self.document.sections[0])
        self._head()
        self._lines()
        for part in ORDER:
            section = self.report.section(part)
            if section is not None:
                self._section(section)
        tables.foot(self.document, self.language)
        self._properties(issued.astimezone(UTC).replace(tzinfo=None))
        return word.written(self.document)

    def _properties(self, issued: datetime) -> None:
        properties = self.document.core_properties
        properties.title = allowed(self.report.title)[:PROPERTY]
        properties.author = properties.last_modified_by = allowed(self.report.issuer)[:PROPERTY]
        properties.comments = properties.keywords = properties.subject = ""
        properties.created = properties.modified = issued

    def _sheet(self, sheet: Sheet) -> None:
        sheet.page_width, sheet.page_height = PAGE
        sheet.top_margin, sheet.bottom_margin = TOP, BOTTOM
        sheet.left_margin, sheet.right_margin = LEFT, RIGHT
        sheet.footer_distance, sheet.header_distance = FOOT, HEAD
        sheet.different_first_page_header_footer = True
        self.document.settings.odd_and_even_pages_header_footer = True
        if self.chinese:
            word.grid(sheet, line=579, character=-848)
        marks = allowed(MARKS.join(self.report.marks))
        for header in (sheet.header, sheet.even_page_header):
            self._run(header.paragraphs[0], marks)
        right = WD_ALIGN_PARAGRAPH.RIGHT
        for footer, side in (
            (sheet.first_page_footer, right),
            (sheet.footer, right),
            (sheet.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            self._page_number(footer.paragraphs[0], side)

    def _page_number(self, paragraph: Written, side: WD_ALIGN_PARAGRAPH) -> None:
        """Number a page at its outer edge, as both sides of a sheet are printed."""
        paragraph.alignment = side
        self._run(paragraph, t("brief.page_before", self.language))
        word.field(paragraph, "PAGE")
        self._run(paragraph, t("brief.page_after", self.language))

    def _run(self, paragraph: Written, text: str, *, strong: bool = False) -> None:
        word.run(paragraph, allowed(text), strong=strong, chinese=self.chinese)

    def _text(self, text: Text, style: str) -> None:
        """Write spans as a paragraph; what is decisive is bold."""
        paragraph = self.document.add_paragraph(style=style)
        for span in text:
            shown = span.text.replace("\u200b", "")
            self._run(paragraph, shown, strong=span.strong or span.accent)

    def _head(self) -> None:
        """Write the marks, the name, the number, the unit and the date over a red line."""
        report = self.report
        if report.marks:
            marks = MARKS.join(report.marks)
            self._run(self.document.add_paragraph(style="Brief Mark"), marks)
        name = t("brief.name", self.language, area=report.area)
        paragraph = self.document.add_paragraph(style="Brief Name")
        added = word.run(paragraph, allowed(name), chinese=self.chinese)
        added.font.size = Pt(_fitting(name))
        number = self.document.add_paragraph(style="Brief Line")
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(number, report.number)
        unit = self.document.add_paragraph(style="Brief Line")
        self._run(unit, f"{report.issuer}\t{report.date}")
        word.rule(unit, colour="E60000", eighths=18)
        self._run(self.document.add_paragraph(style="Title"), report.title)

    def _lines(self) -> None:
        self._heading(t("brief.overall", self.language))
        for line in self.report.lines:
            self._text(self._itself(line), "Body Text")

    def _itself(self, text: Text) -> Text:
        """Return what opens with a word for the page as said of the brief: 本简报."""
        page = t("brief.page", self.language)
        if not text or not text[0].text.startswith(page):
            return text
        brief = t("brief.itself", self.language) + text[0].text.removeprefix(page)
        return (replace(text[0], text=brief), *text[1:])

    def _heading(self, title: str) -> None:
        self.count += 1
        ordinal = t(f"brief.ordinal.{self.count}", self.language)
        told = t("brief.heading", self.language, ordinal=ordinal, title=title)
        after_table = isinstance(next(reversed(list(self.document.iter_inner_content()))), Table)
        heading = self.document.add_paragraph(style="heading 1")
        self._run(heading, told)
        if after_table:
            heading.paragraph_format.space_before = Pt(12)

    def _section(self, section: Section) -> None:
        told = list(_told(section.blocks, section.part))
        if not told and section.part is Part.RECORD:  # too few to sum up are told one by one
            told = list(_opened(section.blocks))
        if not told:
            return
        self._heading(section.title)
        if section.note and section.part in _NOTED:
            note = self.document.add_paragraph(style="Brief Note")
            note.paragraph_format.keep_with_next = True
            self._run(note, section.note)
        for block, after in zip_longest(told, told[1:]):
            self._block(block, section)
            if isinstance(block, Paragraph) and isinstance(after, Grid):
                self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def _block(self, block: Block, section: Section) -> None:
        match block:
            case Paragraph():
                for part in _paragraphs(block.text):
                    self._text(part, "Body Text")
            case Note():
                text = self._itself(block.text) if section.part is Part.PRINT else block.text
                self._text(text, "Brief Note")
                if section.part is Part.PRINT:  # with the foot, so that no page holds a rest of it
                    written = self.document.paragraphs[-1].paragraph_format
                    written.keep_together = written.keep_with_next = True
            case Lights():
                tables.lights(self.document, block, chinese=self.chinese)
            case Grid():
                tables.grid(self.document, block, chinese=self.chinese)
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


def _told(blocks: Iterable[Block], part: Part) -> Iterator[Block]:
    """Yield what a brief tells of a section, details opened where they belong to it."""
    for block in blocks:
        if isinstance(block, Details):
            if part in _OPEN:
                yield from _told(block.blocks, part)
        elif part in _TABLES or not isinstance(block, Grid):
            yield block


def _opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield all of a section, what is one tap away on a page too."""
    for block in blocks:
        if isinstance(block, Details):
            yield from _opened(block.blocks)
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
    room = (PAGE[0] - LEFT - RIGHT) / Pt(1)
    return max(min(LARGEST, int(room / max(widths, 1.0))), SMALLEST)
