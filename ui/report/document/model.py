"""A report: the language chosen, every text in words, every figure as it is shown.

Renderers lay it out and add no word and no number of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from forecasting.outlook.outlook import Light
from ui.language import Language
from ui.report.document.pictures import Fan, Waterfall


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


class Part(StrEnum):
    """What a section is about; renderers choose and place sections by it."""

    NOTE = "note"
    LIGHTS = "lights"
    WEAKEST = "weakest"
    CHANGE = "change"
    FIGURES = "figures"
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
    """

    figure: str
    lamp: Lamp | None
    below: Text
    dots: int | None
    alt: str


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
class Grid:
    """A table of exact figures; the first cell of a row is its title."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """What one tap opens; on paper it is open."""

    summary: str
    blocks: tuple[Block, ...]


Block = Paragraph | Note | Lights | Grid | Fan | Waterfall | Details


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the report."""

    part: Part
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
        What must stand on every page: 模拟数据, 内部资料, 含未公布快报.
    number
        Of the issue, as it is written: 第12号.
    issuer, date
        Who issued it and on which day, as written; the issuer may be empty.
    sentence
        The first of the five lines, which is also the heading; a zero-width space marks where
        it may break.
    big
        None where nothing can be judged, and where "all" is out of reach already.
    lines
        The five lines, ``sentence`` the first of them. Shorter where a line has nothing to say.
    internal
        Whether it holds figures that are not published, so that no preview may show one.
    preview
        What a chat may show of the link; without a figure where ``internal``.
    """

    language: Language
    title: str
    area: str
    year: int
    marks: tuple[str, ...]
    number: str
    issuer: str
    date: str
    sentence: Text
    big: Big | None
    lines: tuple[Text, ...]
    sections: tuple[Section, ...]
    internal: bool
    preview: str

    def section(self, part: Part) -> Section | None:
        """Return the section about ``part``; None where the report has none."""
        return next((section for section in self.sections if section.part is part), None)


def plain(text: Text) -> str:
    """Return the bare words, without marks and without places to break."""
    return "".join(span.text for span in text).replace("\u200b", "")
