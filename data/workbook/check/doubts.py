"""Figures that do not fit: beside stored history, beside each other, beside their own growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.workbook.check.questions import asked_of, settled
from data.workbook.check.remarks import remarks
from data.workbook.check.repeated import Twice, repeats
from data.workbook.check.series import Series, SeriesKey, ordinal, series_of
from data.workbook.check.suspects import Suspect, suspects
from data.workbook.reading import SKIP, Asked, Context, Question, ReadFigure, Remark


@dataclass(frozen=True, slots=True)
class Doubts:
    """What became of the figures of a file once they were compared.

    Attributes
    ----------
    figures
        Scaled, moved, turned or left out as the answers say; those of an unanswered question
        carry its id. Of a figure that the file repeats with the same value one stays.
    questions
        All of them, answered or not.
    remarks
        What is explained and not corrected.
    """

    figures: tuple[ReadFigure, ...]
    questions: tuple[Question, ...]
    remarks: tuple[Remark, ...]


def doubts(figures: Sequence[ReadFigure], context: Context, answers: Mapping[str, str]) -> Doubts:
    """Compare figures with what is known and with each other.

    First every figure alone: a power of ten too large, a point that slipped, growth for level.
    Then, as the answers left them, those that the file holds twice. What remains is looked
    at for growth and levels that disagree. Figures that wait for another question are left as
    they are: the id of a question begins with its code and a colon, and only ``status`` and
    ``encoding`` leave the value and what it is of alone.
    """
    table = series_of(figures, context)
    single, asked = _each_alone(figures, table, answers)
    kept, asked_twice, repeated = _once_each(single, answers)
    if kept != tuple(figures):
        table = series_of(kept, context)
    return Doubts(kept, (*asked, *asked_twice), (*repeated, *remarks(table, kept)))


def _each_alone(
    figures: Sequence[ReadFigure],
    table: Mapping[SeriesKey, Series],
    answers: Mapping[str, str],
) -> tuple[tuple[ReadFigure, ...], list[Question]]:
    """Ask about figures that cannot be what they seem, and do as the answers say."""
    changed: dict[int, ReadFigure | None] = {}
    questions: list[Question] = []
    found = _unclaimed(tuple(suspects(table, figures)), table)
    for question, group in asked_of(found, figures):
        questions.append(question)
        answer = _answer(question, answers)
        outcome = settled(group, question, answer)
        for suspect in group:
            figure = figures[suspect.position]
            read = outcome.get(suspect.position, figure.observation)
            open_ids = figure.doubts if answer else (*figure.doubts, question.id)
            changed[suspect.position] = (
                replace(figure, observation=read, doubts=open_ids) if read else None
            )
    return _with(figures, changed), questions


def _unclaimed(found: Sequence[Suspect], table: Mapping[SeriesKey, Series]) -> tuple[Suspect, ...]:
    """Return suspects without those slips of a point of which the file says the right value.

    Which of the two holds is asked; where the point stood in the other is but a guess.
    """
    doubtful = {suspect.position for suspect in found}
    slipped = {suspect.series for suspect in found if suspect.code is Asked.DECIMAL}
    said = {
        key: {cell.month for cell in table[key].cells if cell.position not in doubtful}
        for key in slipped
    }
    return tuple(
        suspect
        for suspect in found
        if suspect.code is not Asked.DECIMAL
        or ordinal(suspect.turned.month) not in said[suspect.series]
    )


def _once_each(
    figures: Sequence[ReadFigure], answers: Mapping[str, str]
) -> tuple[tuple[ReadFigure, ...], list[Question], list[Remark]]:
    """Ask about figures with several values, and leave out those that are said again."""
    idle, twice = repeats(figures)
    changed: dict[int, ReadFigure | None] = dict.fromkeys(idle)
    for case in twice:
        changed |= _chosen(case, figures, _answer(case.question, answers))
    said = []
    if idle:
        places = tuple(figures[position].place for position in idle[:10])
        said.append(Remark("repeated", places, {"count": len(idle)}))
    return _with(figures, changed), [case.question for case in twice], said


def _chosen(
    case: Twice, figures: Sequence[ReadFigure], answer: str | None
) -> dict[int, ReadFigure | None]:
    """Return what becomes of the figures that a question about two values is about."""
    if answer is None:
        return {
            position: replace(
                figures[position], doubts=(*figures[position].doubts, case.question.id)
            )
            for position in case.positions
        }
    kept = () if answer == SKIP else case.kept[answer]
    return {position: None for position in case.positions if position not in kept}


def _answer(question: Question, answers: Mapping[str, str]) -> str | None:
    """Return the answer to a question, None where there is none that it offers."""
    answer = answers.get(question.id)
    return answer if answer in {option.id for option in question.options} else None


def _with(
    figures: Sequence[ReadFigure], changed: Mapping[int, ReadFigure | None]
) -> tuple[ReadFigure, ...]:
    """Return figures with some changed or, for None, left out."""
    after = (changed.get(position, figure) for position, figure in enumerate(figures))
    return tuple(figure for figure in after if figure is not None)
