"""A doubt: a question about figures, and what each answer makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from data.workbook.book import Place
from data.workbook.questions import MOST_PLACES, SKIP, Answers, Asked, OpenQuestion, Option
from data.workbook.reading import ReadFigure
from forecasting.figures.indicator import Observation

Outcome = Mapping[int, Observation | None]
"""The observations that an answer changes, by position; None for those that are left out."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about the figures at some positions of a file, and its outcomes by option."""

    question: OpenQuestion
    positions: Sequence[int]
    outcomes: Mapping[str, Outcome]

    @classmethod
    def ask(
        cls,
        answers: Answers,
        code: Asked,
        subject: str,
        figures: Sequence[ReadFigure],
        positions: Sequence[int],
        outcomes: Sequence[tuple[Option, Outcome]],
        values: Mapping[str, object],
        *,
        count: int = 0,
        suggested: str = "",
    ) -> Self:
        """Ask which outcome holds of figures, the first of which stands for all."""
        first = figures[positions[0]]
        read = first.observation
        named = {
            "area": read.area,
            "indicator": read.indicator,
            "measure": str(read.measure),
            "period": str(read.month),
        }
        question = answers.ask(
            code, subject, found=first.found, options=[option for option, _ in outcomes],
            suggested=suggested, values=named | dict(values),
        )  # fmt: skip
        question.places = list(places_of(figures, positions))
        question.count = count or len(positions)
        by_option = {option.id: outcome for option, outcome in outcomes}
        return cls(question, positions, by_option | {SKIP: dict.fromkeys(positions)})


def settled(
    figures: Sequence[ReadFigure], doubts: Iterable[Doubt], repeated: Iterable[int] = ()
) -> tuple[ReadFigure, ...]:
    """Return figures as the answers, else the likely ones, make them, without repeated ones."""
    changed: dict[int, ReadFigure | None] = dict.fromkeys(repeated)
    for doubt in doubts:
        question = doubt.question
        outcome = doubt.outcomes.get(question.answer or question.suggested, {})
        for position in doubt.positions:
            figure = figures[position]
            read = outcome.get(position, figure.observation)
            waiting = (*figure.doubts, question.id) if question.open else figure.doubts
            changed[position] = replace(figure, observation=read, doubts=waiting) if read else None
    after = (changed.get(position, figure) for position, figure in enumerate(figures))
    return tuple(figure for figure in after if figure is not None)


def places_of(figures: Sequence[ReadFigure], positions: Sequence[int]) -> tuple[Place, ...]:
    """Return the cells that a question or a remark names."""
    return tuple(figures[position].place for position in positions[:MOST_PLACES])


def subject_of(read: Observation) -> str:
    """Return what the id of a question says of a series."""
    basis = read.basis
    parts = (
        read.area, read.indicator, read.measure, basis.price, basis.coverage, basis.currency,
    )  # fmt: skip
    return ":".join(map(str, parts))
