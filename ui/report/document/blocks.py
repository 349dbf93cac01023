"""What a report consists of: sections, their blocks, and texts with marked phrases.

Every text is in the language chosen and every figure as it is shown; whoever lays it out adds no
word and no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forecasting.outlook.lights import Light
from ui.charts.fan_content import Fan
from ui.charts.gap_bars_content import GapBars
from ui.charts.schedule_content import Schedule
from ui.charts.waterfall_content import Waterfall
from ui.charts.year_fan_content import YearFan
from ui.language import Speaker
from ui.language.markdown import unescaped
from ui.outlook.sentences import BREAK

BETWEEN = "\u2003"
"""Between marks, and between number and date."""


@dataclass(frozen=True, slots=True)
class FullYear:
    """The full year's distribution on its side, beside a fan.

    Attributes
    ----------
    values, density
        Shape ``(n,)``: growth in percent, ascending, and the density there, its peak at 1.
    cuts
        Ends of the growth rates that meet the target, in percent; infinite where open.
    met, missed
        Share and word of either part, each of two lines: 约50%, 超过7%.
    """

    values: tuple[float, ...]
    density: tuple[float, ...]
    cuts: tuple[float, float]
    met: tuple[str, str]
    missed: tuple[str, str]


@dataclass(frozen=True, slots=True)
class FanPicture:
    """The fan of one indicator with what is written around it.

    Attributes
    ----------
    title, caption, alt
        Its name, one line below, and what those hear who cannot see it.
    line
        What the target line is called.
    full_year
        None in a small picture.
    """

    fan: Fan
    title: str
    caption: str
    alt: str
    line: str
    full_year: FullYear | None = None


@dataclass(frozen=True, slots=True)
class WaterfallPicture:
    """Why the chance of all moved: from one end to the other by steps that sum exactly."""

    waterfall: Waterfall
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class PlanPicture:
    """A chart of the plan: a quantity year by year, gaps to national rank, or tasks.

    ``told`` is what those hear of it who cannot see it, besides the sentence of every bar.
    """

    chart: YearFan | GapBars | Schedule
    title: str
    caption: str
    told: str = ""

    @property
    def alt(self) -> str:
        """What those hear who cannot see it."""
        groups = () if isinstance(self.chart, YearFan) else self.chart.groups
        return " ".join(
            filter(None, (self.told, *(bar.told for one in groups for bar in one.bars)))
        )


Picture = FanPicture | WaterfallPicture | PlanPicture


@dataclass(frozen=True, slots=True)
class Around:
    """What a chart says of itself where it stands alone: no page is there to say it.

    Attributes
    ----------
    title, below
        What it shows; of what area and year, in which unit.
    marks
        What must stand on it: 情景, 内部资料, 含未公布快报, 模拟数据.
    issue
        Number and date of the issue that it is from.
    """

    title: str
    below: str
    marks: tuple[str, ...]
    issue: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; ``accent`` marks the decisive phrases, ``strong`` a fact."""

    text: str
    strong: bool = False
    accent: bool = False


Text = tuple[Span, ...]


class Align(StrEnum):
    """How a column of a table stands: words at the left, figures at the right."""

    LEFT = "left"
    RIGHT = "right"


class Topic(StrEnum):
    """What a section is about; renderers choose and place sections by it."""

    NOTE = "note"
    LIGHTS = "lights"
    WEAKEST = "weakest"
    CHANGE = "change"
    FIGURES = "figures"
    NEXT = "next"
    CLAIMS = "claims"
    RANK = "rank"
    TASKS = "tasks"
    REQUESTS = "requests"
    TODAY = "today"
    ASSUMED = "assumed"
    BRIEF = "brief"
    RECORD = "record"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light and its word, which always stand together."""

    light: Light
    word: str


@dataclass(frozen=True, slots=True)
class Big:
    """The number of the page.

    Attributes
    ----------
    figure
        As leaders read it: 约四成, or 3/6 once the year is known.
    lamp
        None in a reference area, and of a known year that is not published whole.
    below
        What the number is of: 100次中约38次 with what is met then.
    dots
        How many of one hundred dots are filled; None once the year is known.
    alt
        The dots in words.
    label
        Whether it is of the baseline or of a scenario, where there are both.
    """

    figure: str
    lamp: Lamp | None
    below: Text
    dots: int | None
    alt: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or several."""

    text: Text


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type."""

    text: Text


@dataclass(frozen=True, slots=True)
class LightRow:
    """One indicator as leaders read it; cells that do not apply are empty.

    Attributes
    ----------
    lamp
        None in a reference area, and where the year's figure is known but not published.
    probability
        In steps of 5%: 约50%; of a known year whether it is published, where some is not.
    expected
        Expected growth of the full year, or what it was.
    interval
        Of four in five.
    need
        What the rest of the year must average, rounded to the safe side.
    """

    lamp: Lamp | None
    name: str
    probability: str
    expected: str
    interval: str
    need: str


@dataclass(frozen=True, slots=True)
class Lights:
    """The indicators that count, the least probable first.

    Attributes
    ----------
    head
        Titles of light, name, probability, expected growth, interval and need.
    """

    caption: str
    head: tuple[str, str, str, str, str, str]
    rows: tuple[LightRow, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of exact figures; the first cell of a row is its title.

    Attributes
    ----------
    wordy
        Whether its cells hold words: on a phone each of its rows is a list.
    more
        Rows that it would have and does not show.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...]
    wordy: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class Details:
    """What one tap opens; on paper it is open."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """Groups of blocks, which stand beside each other where there is room."""

    cards: tuple[tuple[Block, ...], ...]


Block = Paragraph | Note | Lights | FigureTable | Picture | Cards | Details


def inside_of(block: Cards | Details) -> tuple[Block, ...]:
    """Return the blocks that another holds, in their order."""
    if isinstance(block, Details):
        return block.blocks
    return tuple(inside for card in block.cards for inside in card)


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the report."""

    part: Topic
    title: str
    note: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The document that page, HTML, PDF and 简报 show.

    Attributes
    ----------
    title
        Of the document: 示例开发区2026年全年预判.
    area, year
        What it is of; the area's name is unmarked.
    marks
        What must stand on every page: 情景, 模拟数据, 内部资料, 含未公布快报.
    number
        Of the issue, as it is written: 第12号.
    issuer, date
        Who issued it and on which day, as written; the issuer may be empty.
    sentence
        The first of the five lines, which is also the heading; a zero-width space marks where
        it may break.
    flags
        What stands right beside the sentence: growth that was never seen before.
    big
        None where nothing can be judged, and where "all" is out of reach already. Of a report under
        a scenario that of the baseline, None where it may not be shown.
    scenario_big
        The same under the scenario, which never has a light.
    lines
        The five lines, ``sentence`` the first of them. Shorter where a line has nothing to say, one
        more where something is assumed.
    conditional
        Whether it is of a scenario.
    internal
        Whether it holds figures that are not published, so that no preview may show one.
    preview
        What a chat may show of the link; without a figure where ``internal``.
    """

    say: Speaker
    title: str
    area: str
    year: int
    marks: tuple[str, ...]
    number: str
    issuer: str
    date: str
    sentence: Text
    flags: tuple[Text, ...]
    big: Big | None
    scenario_big: Big | None
    lines: tuple[Text, ...]
    sections: tuple[Section, ...]
    conditional: bool
    internal: bool
    preview: str

    def section(self, part: Topic) -> Section | None:
        """Return the section about ``part``; None where the report has none."""
        return next((section for section in self.sections if section.part is part), None)


def plain(text: Text) -> str:
    """Return the bare words, without marks and without places to break."""
    return "".join(span.text for span in text).replace("\u200b", "")


_MARKS = re.compile(r":primary\[(?P<accent>.*?)(?<!\\)\]|\*\*(?P<strong>.*?)\*\*")


def marked(sentence: str) -> Text:
    """Return a sentence of Markdown with its decisive phrases as spans, without escapes.

    ``|`` is where it may break.
    """
    spans: list[Span] = []
    end = 0
    for found in _MARKS.finditer(sentence):
        spans.append(Span(sentence[end : found.start()]))
        accent, strong = found["accent"], found["strong"]
        spans.append(Span(accent or strong, strong=strong is not None, accent=accent is not None))
        end = found.end()
    spans.append(Span(sentence[end:]))
    return tuple(
        Span(unescaped(span.text.replace("|", BREAK)), span.strong, span.accent)
        for span in spans
        if span.text
    )


def as_written(text: str) -> Text:
    """Return words of somebody, which hold no marks, as they are."""
    return (Span(text),) if text else ()


def joined(parts: Iterable[str], say: Speaker) -> str:
    """Put sentences behind each other."""
    return say("format.between_sentences").join(part for part in parts if part)


def listed(phrases: Sequence[str], say: Speaker) -> str:
    """Join phrases as a sentence lists them: a, b and c."""
    if len(phrases) < 2:
        return "".join(phrases)
    head = say("format.comma").join(phrases[:-1])
    return say("scenario_list.two", head=head, last=phrases[-1])
