"""Questions that come up while a file is read, each asked once, and the answers they were given.

Codes and values only; the sentences are in the message catalogues of the pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from data.workbook.book import Place

MOST_PLACES = 10
"""Cells that a question or a remark names."""
MOST_OPTIONAL = 120
"""Labels without an indicator that are offered to be named."""
ALIKE = 11
"""Of 16 bytes of a shape: files that share so many are of one layout, two labels in three."""
SKIP = "skip"
"""The option that leaves the figures of a question out; every question has it."""


class Asked(StrEnum):
    """What a question is about; its words are under ``question.<code>``.

    The first group is about how files of this shape are laid out, and its answers are
    remembered for the next one. The second is about this file, the third about figures.
    """

    INDICATOR = "indicator"  # which indicator a label names
    AREA = "area"  # which area a label names, or the whole file
    SHEETS = "sheets"  # which area sheets are of that name none, in a book of several
    PLACES = "places"  # whether the places that are no areas yet become some
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
    ZERO = "zero"  # whether levels of 0 in columns with blanks are figures or none
    TWICE = "twice"  # two different values for one figure

    @property
    def remembered(self) -> bool:
        """Whether the answer is worth remembering for the next file of the same shape."""
        return self in (
            Asked.INDICATOR, Asked.AREA, Asked.SHEETS, Asked.PLACES, Asked.MEASURE, Asked.UNIT,
            Asked.INDEX, Asked.BASIS, Asked.TWICE,
        )  # fmt: skip


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
    row, column
        What the row and the column of the first cell are headed by; empty where nothing is.
    """

    id: str
    code: Asked
    places: tuple[Place, ...]
    count: int
    found: str
    values: Mapping[str, object]
    options: tuple[Option, ...]
    suggested: str = ""
    row: str = ""
    column: str = ""


class OpenQuestion:
    """One question that came up, with what was answered and how many figures depend on it.

    Attributes
    ----------
    always
        It is asked even where it decides no figure.
    optional
        Its figures are left out until somebody answers it.
    """

    def __init__(
        self,
        code: Asked,
        subject: str,
        found: str,
        options: Sequence[Option],
        suggested: str,
        values: Mapping[str, object],
    ):
        self.id = f"{code}:{subject}" if subject else str(code)
        self.code = code
        self.found = found
        self.options = (*options, Option(SKIP))
        self.suggested = suggested
        self.values = dict(values)
        self.places: list[Place] = []
        self.count = 0
        self.answer: str | None = None
        self.always = self.optional = False
        self._choice: tuple[str, Sequence[Option], Option] | None = None

    @property
    def choice(self) -> Option:
        """The option answered, until there is one the suggested or the first."""
        chosen, last = self.answer or self.suggested, self._choice
        if last is None or last[0] != chosen or last[1] is not self.options:  # once for all figures
            found = (option for option in self.options if option.id == chosen)
            last = self._choice = chosen, self.options, next(found, self.options[0])
        return last[2]

    @property
    def open(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.answer is None

    @property
    def waits(self) -> bool:
        """Whether it is one of the questions of a reading."""
        return bool(self.count or self.always) and not (self.optional and self.open)

    def decides(self, place: Place) -> None:
        """Count one more figure that the answer decides."""
        self.count += 1
        if len(self.places) < MOST_PLACES:
            self.places.append(place)

    def question(self) -> Question:
        """Return it as a page shows it."""
        return Question(
            self.id, self.code, tuple(self.places), self.count, self.found,
            self.values, self.options, self.suggested,
        )  # fmt: skip


def _of_layout(remembered: Mapping[tuple[str, str], str], shape: str) -> dict[str, str]:
    """Return by question the answer to the file that is most like one of this shape."""
    alike = {other: _shared(shape, other) for other, _ in remembered}
    near = [(alike[other], id_, answer) for (other, id_), answer in remembered.items()
            if other == shape or alike[other] >= ALIKE]  # fmt: skip
    return {id_: answer for _, id_, answer in sorted(near)}


def _shared(one: str, other: str) -> int:
    """Return how many bytes two shapes share."""
    return sum(one[at : at + 2] == other[at : at + 2] for at in range(0, len(one), 2))


class Answers:
    """The answers to all questions of one reading.

    Answers that were given count before remembered ones; an answer that is no option is none.

    Parameters
    ----------
    likely
        By question, the option that is suggested where the asker has no better one.
    """

    def __init__(
        self,
        given: Mapping[str, str],
        remembered: Mapping[tuple[str, str], str],
        shape: str,
        likely: Mapping[str, str],
    ):
        self._given, self._likely = given, likely
        self._kept = _of_layout(remembered, shape)
        self._asked: dict[str, OpenQuestion] = {}
        self.recalled: set[str] = set()

    def given(self, code: Asked, subject: str) -> str:
        """Return the id of the answer to a question, now or for an earlier file, else empty."""
        id_ = f"{code}:{subject}"
        return self._given.get(id_) or self._kept.get(id_, "")

    def asked(self, code: Asked, subject: str) -> OpenQuestion | None:
        """Return the question with this code and subject where it came up before."""
        return self._asked.get(f"{code}:{subject}")

    def ask(
        self,
        code: Asked,
        subject: str = "",
        *,
        found: str = "",
        options: Sequence[Option] = (),
        suggested: str = "",
        values: Mapping[str, object] | None = None,
        optional: bool = False,
    ) -> OpenQuestion:
        """Return the question with this code and subject, asked now or before."""
        question = OpenQuestion(code, subject, found, options, suggested, values or {})
        if question.id in self._asked:
            return self._asked[question.id]
        question.suggested = suggested or self._likely.get(question.id, "")
        ids = {option.id for option in question.options}
        if (given := self._given.get(question.id)) in ids:
            question.answer = given
        elif code.remembered:
            kept = self._kept.get(question.id)
            if kept in ids:
                question.answer = kept
                self.recalled.add(question.id)
        question.optional = optional
        self._asked[question.id] = question
        return question

    def questions(self) -> tuple[Question, ...]:
        """Return every question that figures came to, in the order they came up."""
        return tuple(question.question() for question in self._asked.values() if question.waits)

    def optional(self) -> tuple[Question, ...]:
        """Return the questions that nobody has to answer and nobody has."""
        found = [
            entry for entry in self._asked.values()
            if entry.optional and entry.open and entry.count
        ]  # fmt: skip
        return tuple(entry.question() for entry in found[:MOST_OPTIONAL])

    def used(self) -> dict[str, str]:
        """Return the answers that were used, by question id."""
        return {
            id_: question.answer
            for id_, question in self._asked.items()
            if question.answer is not None and question.waits
        }
