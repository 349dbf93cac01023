"""What a commit of a reading would change: every figure beside the one that is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from math import isclose
from types import MappingProxyType

from data.store.vintages import Commit, Committed, VintageKind
from data.texts import as_kept
from data.workbook.book import Place
from data.workbook.open.garbage_collector import without_collection
from data.workbook.reading import SAME, Reading
from forecasting.figures.indicator import Observation, ObservationKey


class State(StrEnum):
    """What a commit would do with a cell, the most urgent first."""

    DOUBTFUL = "doubtful"
    REFUSED = "refused"
    REVISED = "revised"
    NEW = "new"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of a file and what becomes of it.

    Attributes
    ----------
    found
        What the cell holds.
    label
        What the file calls it, where it was refused.
    figure
        None where the cell was refused; provisional where it is doubtful.
    stored
        The stored figure of the same key, if any.
    reason
        Why it was refused, as a code; empty otherwise.
    doubts
        Ids of the open questions about it.
    replaced_by
        The vintage that replaced this very figure, which a commit would put back; 0 for none.
    """

    state: State
    place: Place
    found: str
    label: str = ""
    figure: Observation | None = None
    stored: Observation | None = None
    reason: str = ""
    doubts: tuple[str, ...] = ()
    replaced_by: int = 0

    @property
    def difference(self) -> float | None:
        """By how much the stored figure changes."""
        if self.figure is None or self.stored is None:
            return None
        return self.figure.value - self.stored.value


@dataclass(frozen=True, slots=True)
class Review:
    """A reading held against the store.

    Attributes
    ----------
    base
        The vintage it was held against; a commit is refused once there is a newer one.
    lines
        The most urgent first, else in the order of the file.
    """

    reading: Reading
    base: int
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Counter[State]:
        """How many lines there are of each state."""
        return Counter(line.state for line in self.lines)

    @property
    def put_back(self) -> tuple[Line, ...]:
        """The figures that stood here before others took their place: the file may be older."""
        return tuple(line for line in self.lines if line.replaced_by)

    @property
    def written(self) -> tuple[Observation, ...]:
        """The figures that a commit would write, doubtful ones provisionally among them.

        One that the file repeats is written once: the reading asks where the values differ.
        """
        found: dict[ObservationKey, Observation] = {}
        for line in self.lines:
            if line.figure is not None and line.state is not State.UNCHANGED:
                found.setdefault(line.figure.key, line.figure)
        return tuple(found.values())

    @property
    def ready(self) -> bool:
        """Whether a commit has something to write and nothing to ask."""
        return bool(self.written) and not self.reading.open

    def draft(self, author: str, note: str, files: Mapping[str, bytes]) -> Commit:
        """Return what to commit.

        Raises
        ------
        ValueError
            If a question is still open, or nothing would change.
        """
        if not self.ready:
            raise ValueError("a review with open questions, or without changes, is not committed")
        return Commit(
            kind=VintageKind.UPLOAD,
            author=as_kept(author),
            note=as_kept(note),
            base=self.base,
            areas=self.reading.areas,
            indicators=self.reading.indicators,
            observations=self.written,
            files={as_kept(name): content for name, content in files.items()},
            answers=self._answers(),
        )

    def _answers(self) -> dict[tuple[str, str], str]:
        """Return what is remembered for the next file of the same shape."""
        reading = self.reading
        return {
            (reading.shape, question.id): reading.answered[question.id]
            for question in reading.questions
            if question.code.remembered and question.id not in reading.recalled
        }


@without_collection()
def review(
    reading: Reading,
    known: Mapping[ObservationKey, Observation],
    base: int,
    replaced: Mapping[ObservationKey, Sequence[Committed[Observation]]] = MappingProxyType({}),
) -> Review:
    """Hold every figure of a reading against the stored one.

    Parameters
    ----------
    known
        The stored figures at vintage ``base``.
    replaced
        Those that others took the place of, each with the vintage that did so.
    """
    lines = [
        Line(State.REFUSED, cell.place, cell.found, cell.label, reason=cell.code)
        for cell in reading.refused
    ]
    for entry in reading.figures:
        figure = entry.observation
        stored = known.get(figure.key)
        state = _state(figure, stored)
        former = replaced.get(figure.key, ()) if state is State.REVISED else ()
        lines.append(
            Line(
                state=State.DOUBTFUL if entry.doubts else state,
                place=entry.place,
                found=entry.found,
                figure=figure,
                stored=stored,
                doubts=entry.doubts,
                replaced_by=next((o.vintage for o in former if _same(figure, o.value)), 0),
            )
        )
    order = [line for state in State for line in lines if line.state is state]
    return Review(reading, base, tuple(order))


def _state(figure: Observation, stored: Observation | None) -> State:
    """Return whether a figure is new, revised or unchanged; its source alone revises nothing."""
    if stored is None:
        return State.NEW
    same = _same(figure, stored) and figure.status == stored.status
    return State.UNCHANGED if same else State.REVISED


def _same(one: Observation, other: Observation) -> bool:
    """Return whether two figures have one value, whatever their status."""
    same_value = isclose(one.value, other.value, rel_tol=SAME, abs_tol=SAME)
    return same_value and one.unit == other.unit


def digest_of(content: bytes) -> str:
    """Return what recognises the same file again: its SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()
