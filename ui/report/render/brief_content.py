"""What a brief (简报) holds: what of a report has room on its pages, and in which order.

Word and PDF have the same page, type and lines (``brief_typography``), and so the same content. By
how much it fills the pages is estimated, for only the reader's program knows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ui.charts.palette import GLYPHS
from ui.language import Language, Speaker
from ui.report.document.blocks import (
    BETWEEN,
    Align,
    Block,
    Cards,
    Details,
    FanPicture,
    FigureTable,
    Lamp,
    Lights,
    Note,
    Paragraph,
    PlanPicture,
    Report,
    Section,
    Text,
    Topic,
    WaterfallPicture,
    as_written,
    inside_of,
    plain,
)
from ui.report.render.brief_typography import HEIGHT, TYPES, WIDTH, Type, smaller

PICTURE, SLACK = 240.0, 8.0
"""Points that a chart takes, and that stay free for what a program sets wider."""
SMALLER_SLACK = 72.0
"""The same of a brief in the smaller type, of which the estimate is short by some lines."""
LARGEST, SMALLEST = 40, 22
"""Sizes of the name at the head in points: as large as fits on one line."""
ORDER = (
    Topic.NOTE,
    Topic.BRIEF,
    Topic.LIGHTS,
    Topic.WEAKEST,
    Topic.CHANGE,
    Topic.ASSUMED,
    Topic.CLAIMS,
    Topic.RANK,
    Topic.TASKS,
    Topic.NEXT,
    Topic.REQUESTS,
    Topic.TODAY,
    Topic.RECORD,
    Topic.FIGURES,
    Topic.PRINT,
)
"""Sections of a brief: first how things stand, then what is expected and why."""
SHEETS = 2
"""Pages that a brief has; one more where it tells of the other goals of the plan."""
ALWAYS = (Topic.NOTE, Topic.LIGHTS, Topic.TODAY)
"""Sections that no brief leaves out."""
FILLING = (
    Topic.NEXT,
    Topic.CLAIMS,
    Topic.TASKS,
    Topic.REQUESTS,
    Topic.RANK,
    Topic.PRINT,
    Topic.ASSUMED,
    Topic.CHANGE,
    Topic.BRIEF,
    Topic.WEAKEST,
    Topic.RECORD,
    Topic.FIGURES,
)
"""Sections that take the room that is left, the most needed first."""
SHORTENED = (Topic.ASSUMED, Topic.CHANGE, Topic.BRIEF, Topic.CLAIMS, Topic.TASKS, Topic.RANK)
"""Sections of sentences, of which the first may stand without the last."""
_OPEN = {Topic.BRIEF, Topic.ASSUMED, Topic.FIGURES}
"""Sections whose details are told; of the others the first glance is enough."""
_TABLES = {Topic.FIGURES, Topic.NEXT, Topic.REQUESTS, Topic.TODAY}
_NOTED = {
    Topic.BRIEF,
    Topic.LIGHTS,
    Topic.ASSUMED,
    Topic.TODAY,
    Topic.FIGURES,
}

_POINT = 25.4 / 72
PAGE = HEIGHT / _POINT
FEW_COLUMNS = 5
"""Columns of a table up to which it is written as large as the indicators."""
CELL_EDGES = 1.3
"""Characters for the edges of a cell."""
_BETWEEN = 0.25
"""Characters that a program puts between Chinese and figures."""
_MEETING_SCRIPTS = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A numbered section of a brief.

    Attributes
    ----------
    note
        Empty where a brief has none.
    below
        What is written below its chart, behind the chart's own caption.
    blocks
        What it tells, without details: these are told or left out.
    """

    part: Topic
    title: str
    note: str
    below: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief in words.

    Attributes
    ----------
    name
        At its head: 某开发区经济运行研判简报.
    heading, opening
        Of the first section, and its five lines with what has to stand beside the first.
    kind
        The typography, one size down where else something would have no room that has to be in it.
    """

    report: Report
    kind: Type
    name: str
    heading: str
    opening: tuple[Text, ...]
    sections: tuple[BriefSection, ...]


def sheets_of(report: Report) -> int:
    """Return how many pages the brief of a report has."""
    return SHEETS if report.section(Topic.CLAIMS) is None else SHEETS + 1


def brief_in_words(
    report: Report, *, sheets: int | None = None, spare: float | None = None
) -> Brief:
    """Return the brief of a report.

    Parameters
    ----------
    sheets
        Pages that it may take. What leaders need most has room first; whoever wants the rest has
        it in the report.
    spare
        Points of them that stay free; None is as usual.
    """
    say = report.say
    kind = TYPES[say.language]
    sheets = sheets_of(report) if sheets is None else sheets
    choice = _Choice(report, kind, sheets, SLACK if spare is None else spare)
    chosen = choice.chosen()
    if not choice.is_whole(chosen):
        kind = smaller(kind)
        chosen = _Choice(report, kind, sheets, SMALLER_SLACK if spare is None else spare).chosen()
    overall = say(f"brief.overall{'_scenario' if report.conditional else ''}")
    told = [
        (section, chosen[section.part])
        for part in ORDER
        if (section := report.section(part)) is not None and part in chosen
    ]
    return Brief(
        report=report,
        kind=kind,
        name=name_of(report),
        heading=_heading(1, overall, say),
        opening=tuple(_of_itself(line, say) for line in _opening(report)),
        sections=tuple(
            BriefSection(
                section.part,
                _heading(number, section.title, say),
                _note_of(section),
                section.note,
                tuple(_blocks_of_itself(section.part, blocks, say)),
            )
            for number, (section, blocks) in enumerate(told, start=2)
        ),
    )


def name_of(report: Report) -> str:
    """Return the name of the brief at its head."""
    return report.say(f"brief.name{'_scenario' if report.conditional else ''}", area=report.area)


def _opening(report: Report) -> list[Text]:
    """Return the five lines, behind the first of them what has to stand beside it."""
    first, *others = report.lines
    flags = [tuple(replace(span, strong=True) for span in flag) for flag in report.flags]
    return [first, *flags, *others]


def _heading(number: int, title: str, say: Speaker) -> str:
    return say("brief.heading", ordinal=say(f"brief.ordinal.{number}"), title=title)


def _of_itself(text: Text, say: Speaker) -> Text:
    """Return what opens with a word for the page as said of the brief: 本简报."""
    page = say("brief.page")
    if not text or not text[0].text.startswith(page):
        return text
    brief = say("brief.itself") + text[0].text.removeprefix(page)
    return (replace(text[0], text=brief), *text[1:])


def _blocks_of_itself(part: Topic, blocks: Iterable[Block], say: Speaker) -> Iterator[Block]:
    """Yield blocks, those of the small print as said of the brief, and each line on its own."""
    for block in blocks:
        if part is Topic.PRINT and isinstance(block, Note):
            yield Note(_of_itself(block.text, say))
        elif isinstance(block, Paragraph):
            yield from map(Paragraph, _lines_of(block.text))
        else:
            yield block


def _lines_of(text: Text) -> Iterator[Text]:
    """Part a text that somebody wrote in several lines."""
    if len(text) == 1 and "\n" in text[0].text:
        yield from (as_written(line) for line in text[0].text.splitlines() if line.strip())
    else:
        yield text


def lights_table(block: Lights) -> FigureTable:
    """Return the indicators with the shapes and words of their lights, no column empty."""
    rows = [
        (_light_words(row.lamp), row.name, row.probability, row.expected, row.interval, row.need)
        for row in block.rows
    ]
    kept = [place for place in range(len(block.head)) if any(row[place] for row in rows)]
    return FigureTable(
        block.caption,
        tuple(block.head[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        tuple(Align.LEFT if place < 2 else Align.RIGHT for place in kept),
    )


def _light_words(lamp: Lamp | None) -> str:
    return f"{GLYPHS[lamp.light][0]} {lamp.word}" if lamp else ""


def _note_of(section: Section | None) -> str:
    """Return the note below the heading of a section, empty where a brief has none."""
    return section.note if section is not None and section.part in _NOTED else ""


class _Choice:
    """Chooses what of each section has room on the pages of a brief."""

    def __init__(self, report: Report, kind: Type, sheets: int, spare: float) -> None:
        self.report, self.say, self.kind = report, report.say, kind
        self.sheets, self.spare = sheets, spare

    def is_whole(self, chosen: dict[Topic, list[Block]]) -> bool:
        """Return whether all has room that no brief leaves out, and who does what until when."""
        section = self.report.section(Topic.NEXT)
        wanted = section is not None and any(isinstance(one, FigureTable) for one in section.blocks)
        told = any(isinstance(one, FigureTable) for one in chosen.get(Topic.NEXT, []))
        return self._fits(chosen) and told >= wanted

    def chosen(self) -> dict[Topic, list[Block]]:
        """Return the blocks of each section by an estimate of heights."""
        told = {section.part: _told(section) for section in self.report.sections}
        chosen = {part: blocks for part, blocks in told.items() if part in ALWAYS and blocks}
        for part in FILLING:
            for blocks in self._shorter_and_shorter(part, told.get(part, [])):
                if self._fits({**chosen, part: blocks}):
                    chosen[part] = blocks
                    break
        return chosen

    def _fits(self, chosen: dict[Topic, list[Block]]) -> bool:
        estimate = HeightEstimate(self.report, self.kind, self.spare)
        for part in ORDER:
            if part in chosen:
                estimate.add_section(
                    _note_of(self.report.section(part)), chosen[part], whole=part is Topic.PRINT
                )
        return estimate.pages <= self.sheets

    def _shorter_and_shorter(self, part: Topic, blocks: list[Block]) -> Iterator[list[Block]]:
        """Yield a section whole, then ever less of it where that may be, with what is missing."""
        if blocks:
            yield blocks
        if part is Topic.NEXT and blocks:  # who does what until when is said nowhere else
            steps: list[Block] = [block for block in blocks if not isinstance(block, Paragraph)]
            sentences: list[Block] = [block for block in blocks if isinstance(block, Paragraph)]
            first, *others = sentences
            for dropped in range(1, len(others) + 1):  # what it takes comes last and stays longest
                yield [first, *others[dropped:], *steps]
            yield from (steps or [first], [first])
        for kept in range(len(blocks) - 1, 0, -1):
            left = sum(isinstance(block, Paragraph) for block in blocks[kept:])
            if part in SHORTENED and left and isinstance(blocks[kept - 1], Paragraph):
                rest = Note(as_written(self.say("brief.rest", count=left)))
                yield [*blocks[:kept], rest]


class HeightEstimate:
    """Estimates how far down what a brief holds will reach, in points from the top of page one."""

    def __init__(self, report: Report, kind: Type, spare: float = SLACK) -> None:
        self._type, self._spare = kind, spare
        self._chinese = report.say.language is Language.ZH
        line, name = self._type.line / 20, name_of(report)
        marks = self._lines(BETWEEN.join(report.marks), self._type.size / 2) if report.marks else 0
        size = fitting(name)
        self._reached = (marks + 4) * line + 16 + self._lines(name, size) * size * 1.3
        self._reached += 32 * self._lines(report.title, 22) + self._heading()
        for told in _opening(report):
            self._reached += self._body(plain(told))

    @property
    def pages(self) -> int:
        """How many pages there are, with whom it goes to at the foot of the last."""
        foot = self._type.smallline / 20 + 12 + 2 * (self._type.end / 2 * 1.3 + 6)
        return math.ceil((self._reached + foot + self._spare) / PAGE)

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
        return sum(math.ceil((wide(part) + first) / width) or 1 for part in text.splitlines())

    def _heading(self) -> float:
        return (self._type.line + self._type.before) / 20 + 4  # more behind a table

    def _table(self, rows: Sequence[Sequence[str]], size: float) -> float:
        """Return the height of a table and its head; a row too wide for one line may take three."""
        width = WIDTH / _POINT / size
        tall = sum(sum(map(wide, row)) + 2 * CELL_EDGES * len(row) > width for row in rows)
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
                few = len(block.head) <= FEW_COLUMNS
                return self._table(block.rows, (self._type.cell if few else self._type.fine) / 2)
            case FanPicture():
                return PICTURE + 2 * self._type.smallline / 20
            case WaterfallPicture() | PlanPicture():
                return self._body(block.caption)
            case Cards() | Details():
                return sum(self._height(inner) for inner in inside_of(block))


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
        elif isinstance(block, Cards):
            yield from _blocks_in_brief(inside_of(block), part)
        elif isinstance(block, PlanPicture):
            continue  # its sentences and tables say it; a brief has room for one chart
        elif part in _TABLES or not isinstance(block, FigureTable):
            yield block


def _every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield all of a section, what is one tap away on a page too."""
    for block in blocks:
        if isinstance(block, Details):
            yield from _every_block(block.blocks)
        else:
            yield block


def fitting(name: str) -> int:
    """Return the size at which a name fits on one line, within bounds."""
    widths = sum(1.0 if ord(sign) > 0x2E80 else 0.5 for sign in name)
    room = WIDTH / _POINT
    return max(min(LARGEST, int(room / max(widths, 1.0))), SMALLEST)


def wide(text: str) -> float:
    """Return how wide a text is in characters of Chinese: a dash is one, a letter about half."""
    met = len(_MEETING_SCRIPTS.findall(text))
    return sum(1.0 if ord(sign) >= 0x2014 else 0.55 for sign in text) + _BETWEEN * met
