"""What was understood of a workbook: figures, and what has to be asked or said about them.

Codes and values only; the sentences are in the message catalogues of the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.workbook.book import Place
from data.workbook.questions import Question
from forecasting.figures.indicator import Area, Catalogue, Indicator, Observation, ObservationKey
from forecasting.figures.period import Month

SAME = 1e-9
"""Two figures that differ by less, relatively, are one figure written twice."""


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
    """A cell where a figure should be and is not; words under ``refused.<code>``.

    ``label`` is the id of its indicator, where that is known, or the words of the file.
    """

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
    month
        The one that it is: a figure of a later month is an estimate or a slip of the pen, and
        periods without a year are of one in which they have begun.
    known
        Every stored figure by key, which a new one is compared with.
    remembered
        Answers given to earlier files, by shape and question id.
    """

    catalogue: Catalogue
    areas: tuple[Area, ...]
    area: str
    month: Month
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
    areas, indicators
        New ones that answers asked to add.
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
    areas: tuple[Area, ...] = ()

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that still wait for an answer."""
        return tuple(entry for entry in self.questions if entry.id not in self.answered)
