"""What was understood of a workbook: figures, and what has to be asked or said about them.

Codes and values only; the sentences are in the message catalogues of the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.workbook.book import Place
from forecasting.figures.indicator import Area, Catalogue, Indicator, Observation, ObservationKey


class Asked(StrEnum):
    """What a question is about; its words are under ``question.<code>``.

    The first group is about how files of this shape are laid out, and its answers are
    remembered for the next one. The second is about this file, the third about figures.
    """

    INDICATOR = "indicator"  # which indicator a label names
    AREA = "area"  # which area a label names, or the whole file
    MEASURE = "measure"  # cumulative or single, growth or level
    UNIT = "unit"  # unit of a level without one
    INDEX = "index"  # whether numbers near 100 are indices with last year = 100
    BASIS = "basis"  # price and coverage basis, currency: the usual ones, or others

    YEAR = "year"  # the year of periods that name none
    STATUS = "status"  # published, internal flash or estimate
    ENCODING = "encoding"  # which encoding shows the text as it should be

    SCALE = "scale"  # about 10^4 or 10^8 times what history leads to expect
    DECIMAL = "decimal"  # far from history, but not once a decimal point is moved
    KIND = "kind"  # a growth that looks like a level, or the other way round
    TWICE = "twice"  # two different values for one figure

    @property
    def remembered(self) -> bool:
        """Whether the answer is worth remembering for the next file of the same shape."""
        return self in (
            Asked.INDICATOR, Asked.AREA, Asked.MEASURE, Asked.UNIT, Asked.INDEX, Asked.BASIS,
        )  # fmt: skip


MOST_PLACES = 10
"""Cells that a question or a remark names."""

SKIP = "skip"
"""The option that leaves the figures of a question out; every question has it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; its words are under ``option.<code>``, filled with ``values``.

    Attributes
    ----------
    code
        The kind of answer: an area, a sheet, or ``SKIP``.
    value
        Which one of its kind: the id of an area, the name of a sheet; empty where there is one.
    """

    code: str
    value: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, code: str, value: str) -> Option:
        """Return an option whose words name nothing but its value."""
        return cls(code, value, {code: value})

    @property
    def id(self) -> str:
        """What an answer is kept as: the same in every reading, another for any other option.

        A sheet called skip is ``sheet:skip``, so that no name in a file stands for our own words.
        """
        return f"{self.code}:{self.value}" if self.value else self.code


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can tell.

    Attributes
    ----------
    id
        The same in every reading of files that raise the same question: it holds the code and
        the label or figure that it is about, never a place.
    places
        The cells it is about, at most ten of them.
    count
        How many figures its answer decides.
    found
        What the cells hold.
    values
        What the sentence is filled with: what was found beside what is expected.
    options
        What may be answered, ``SKIP`` last.
    suggested
        The option that is most likely right, empty where none is.
    """

    id: str
    code: Asked
    places: tuple[Place, ...]
    count: int
    found: str
    values: Mapping[str, object]
    options: tuple[Option, ...]
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know and need not answer; words under ``remark.<code>``."""

    code: str
    places: tuple[Place, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """One figure as read, with the cell it came from.

    Attributes
    ----------
    found
        What the cell holds, as a person sees it.
    doubts
        Ids of the unanswered questions about it; while there are any, ``observation`` holds
        the suggested or first answer of each and is not to be committed.
    """

    observation: Observation
    place: Place
    found: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell where a figure should be and is not; words under ``refused.<code>``."""

    code: str
    place: Place
    found: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading leans on.

    Attributes
    ----------
    areas, catalogue
        Those that are known.
    area
        Id of the area that figures belong to where the file names none.
    year
        The one that is on: the first that is offered for periods without a year.
    known
        Every stored figure by key, which a new one is compared with.
    remembered
        Answers given to earlier files, by shape and question id.
    """

    catalogue: Catalogue
    areas: tuple[Area, ...]
    area: str
    year: int
    known: Mapping[ObservationKey, Observation] = field(default_factory=dict)
    remembered: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of a file.

    Attributes
    ----------
    figures
        In the order of their cells, sheet by sheet; those of skipped labels are left out.
    questions
        Every question of the file, also those whose answers were given or remembered.
    answered
        The answers that this reading used, by question id.
    recalled
        Ids of the questions that were answered from memory, which a page says.
    remarks, refused
        What is said of the rest.
    indicators
        New indicators that answers asked to add.
    shape
        What files of the same layout share: a digest of their labels without periods and
        numbers.
    optional
        Questions about labels that were left out: nobody has to answer them, but a label may
        be mapped or added so. An answered one is among ``questions``.
    """

    figures: tuple[ReadFigure, ...]
    questions: tuple[Question, ...]
    answered: Mapping[str, str]
    recalled: frozenset[str]
    remarks: tuple[Remark, ...]
    refused: tuple[RefusedCell, ...]
    indicators: tuple[Indicator, ...]
    shape: str
    optional: tuple[Question, ...] = ()

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that still wait for an answer."""
        return tuple(entry for entry in self.questions if entry.id not in self.answered)
