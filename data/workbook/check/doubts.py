"""Figures that do not fit: beside stored history, beside each other, beside their own growth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose

from data.workbook.book import Place
from data.workbook.check.remarks import remarks
from data.workbook.check.series import (
    Series,
    SeriesKey,
    comparable,
    decimals,
    keys_of,
    ordinal,
    series_of,
)
from data.workbook.check.suspects import Suspect, suspects
from data.workbook.reading import (
    MOST_PLACES,
    SKIP,
    Asked,
    Context,
    Option,
    Question,
    ReadFigure,
    Remark,
)
from forecasting.figures.indicator import Observation

AS_IS = "as_is"
CHANGED: Mapping[Asked, str] = {
    Asked.SCALE: "scaled",
    Asked.DECIMAL: "moved",
    Asked.KIND: "turned",
}
WHOLE = 0.8
"""The part of a column that must be wrong alike for one cause to explain it."""
MOST_ONE_BY_ONE = 3
"""When more figures of the same sheets disagree, which sheet holds is asked instead."""


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
    answered
        The answers that were used, by question id.
    remarks
        What is explained and not corrected.
    """

    figures: tuple[ReadFigure, ...]
    questions: tuple[Question, ...]
    answered: dict[str, str]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A question and what each answer makes of the figures that it is about, by position.

    An outcome holds the observations that change, None for those that are left out.
    """

    question: Question
    positions: Sequence[int]
    outcomes: Mapping[str, Mapping[int, Observation | None]]

    def answer(self, answers: Mapping[str, str]) -> str:
        """Return the answer to the question, empty where there is none that it offers."""
        answer = answers.get(self.question.id, "")
        return answer if answer in self.outcomes else ""


def doubts(figures: Sequence[ReadFigure], context: Context, answers: Mapping[str, str]) -> Doubts:
    """Compare figures with what is known and with each other.

    First every figure alone: a power of ten too large, a point that slipped, growth for level.
    Then, as the answers left them, those that the file holds twice. What remains is looked
    at for growth and levels that disagree. Figures that wait for another question are left as
    they are: the id of a question begins with its code and a colon, and only ``status`` and
    ``encoding`` leave the value and what it is of alone.
    """
    table = series_of(figures, context)
    found = _unclaimed(tuple(suspects(table, figures)), table)
    slips = [_slip(group, figures) for group in _by_cause(found, figures)]
    single = _decided(figures, slips, answers)
    idle, twice = _repeats(single)
    kept = _decided(single, twice, answers, idle)
    if kept != tuple(figures):
        table = series_of(kept, context)
    asked = (*slips, *twice)
    given = {doubt.question.id: doubt.answer(answers) for doubt in asked}
    repeated = [Remark("repeated", _places(single, idle), {"count": len(idle)}) for _ in idle[:1]]
    return Doubts(
        kept,
        tuple(doubt.question for doubt in asked),
        {id_: answer for id_, answer in given.items() if answer},
        (*repeated, *remarks(table, kept)),
    )


def _decided(
    figures: Sequence[ReadFigure],
    found: Iterable[_Doubt],
    answers: Mapping[str, str],
    idle: Iterable[int] = (),
) -> tuple[ReadFigure, ...]:
    """Return figures as the answers, else the likely ones, make them, without idle ones."""
    changed: dict[int, ReadFigure | None] = dict.fromkeys(idle)
    for doubt in found:
        answer = doubt.answer(answers)
        outcome = doubt.outcomes.get(answer or doubt.question.suggested, {})
        for position in doubt.positions:
            figure = figures[position]
            read = outcome.get(position, figure.observation)
            waiting = figure.doubts if answer else (*figure.doubts, doubt.question.id)
            changed[position] = replace(figure, observation=read, doubts=waiting) if read else None
    after = (changed.get(position, figure) for position, figure in enumerate(figures))
    return tuple(figure for figure in after if figure is not None)


def _doubt(
    code: Asked,
    subject: str,
    figures: Sequence[ReadFigure],
    positions: Sequence[int],
    outcomes: Sequence[tuple[Option, Mapping[int, Observation | None]]],
    values: Mapping[str, object],
    *,
    count: int = 0,
    suggested: str = "",
) -> _Doubt:
    """Return the question which outcome holds of figures, the first of which stands for all."""
    first = figures[positions[0]]
    read = first.observation
    skipped: dict[int, Observation | None] = dict.fromkeys(positions)
    named: dict[str, object] = {
        "area": read.area,
        "indicator": read.indicator,
        "measure": str(read.measure),
        "period": str(read.month),
    }
    question = Question(
        id=f"{code}:{subject}",
        code=code,
        places=_places(figures, positions),
        count=count or len(positions),
        found=first.found,
        values=named | dict(values),
        options=(*(option for option, _ in outcomes), Option(SKIP)),
        suggested=suggested,
    )
    by_option = {option.id: outcome for option, outcome in outcomes}
    return _Doubt(question, positions, by_option | {SKIP: skipped})


def _places(figures: Sequence[ReadFigure], positions: Sequence[int]) -> tuple[Place, ...]:
    return tuple(figures[position].place for position in positions[:MOST_PLACES])


# Figures that are no figure of their series: one question for each cause, not one for each cell


def _unclaimed(found: Sequence[Suspect], table: Mapping[SeriesKey, Series]) -> tuple[Suspect, ...]:
    """Return suspects without those slips of a point of which the file says the right value.

    Which of the two holds is asked; where the point stood in the other is but a guess.
    """
    doubtful = {suspect.position for suspect in found}
    slipped = {suspect.series for suspect in found if suspect.code is Asked.DECIMAL}
    months = {
        key: {cell.month for cell in table[key].cells if cell.position not in doubtful}
        for key in slipped
    }
    return tuple(
        suspect
        for suspect in found
        if suspect.code is not Asked.DECIMAL
        or ordinal(suspect.turned.month) not in months[suspect.series]
    )


def _by_cause(
    found: Sequence[Suspect], figures: Sequence[ReadFigure]
) -> Iterator[tuple[Suspect, ...]]:
    """Yield suspects that one cause explains: a column in the wrong unit, else a series."""
    causes: dict[tuple[str, str], list[Suspect]] = defaultdict(list)
    for suspect in found:
        causes[suspect.code, suspect.variant].append(suspect)
    columns = Counter(map(_column_of, figures)) if causes else Counter()
    for group in causes.values():
        by_series: dict[SeriesKey, list[Suspect]] = defaultdict(list)
        for suspect in group:
            by_series[suspect.series].append(suspect)
        within = {_column_of(figures[suspect.position]) for suspect in group}
        explained = len(group) >= WHOLE * sum(columns[column] for column in within)
        if len(by_series) > 1 and explained:
            yield tuple(group)
        else:
            yield from (tuple(members) for members in by_series.values())


def _column_of(figure: ReadFigure) -> tuple[str, int, bool]:
    return figure.place.sheet, figure.place.column, figure.observation.measure.is_growth


def _slip(group: Sequence[Suspect], figures: Sequence[ReadFigure]) -> _Doubt:
    """Return the question whether suspects of one cause are as written or as they would fit."""
    first = group[0]
    read, turned, code = figures[first.position].observation, first.turned, first.code
    several = len({suspect.series for suspect in group}) > 1
    values: dict[str, object] = {
        "value": read.value, "unit": read.unit, "expected": _rounded(first.expected),
    }  # fmt: skip
    if code is Asked.SCALE:
        power = abs(int(first.variant))
        values |= {"ten_thousand": int(power == 4), "hundred_million": int(power == 8)}
    if code is Asked.KIND:
        values |= {
            "measure_other": str(turned.measure),
            "unit_other": turned.unit,
            "expected_other": _rounded(first.alike),
        }
    change = CHANGED[code]
    after = {suspect.position: suspect.turned for suspect in group}
    return _doubt(
        code,
        f"{'many' if several else _subject(read)}:{first.variant}",
        figures,
        [suspect.position for suspect in group],
        (
            (Option(AS_IS, values=_written(read, len(group))), {}),
            (Option(change, values=_written(turned, len(group))), after),
        ),
        values,
        suggested=change if all(suspect.likely for suspect in group) else "",
    )


def _written(read: Observation, count: int) -> dict[str, object]:
    measure = str(read.measure)
    return {"value": read.value, "unit": read.unit, "measure": measure, "count": count}


def _subject(read: Observation) -> str:
    basis = read.basis
    parts = (
        read.area, read.indicator, read.measure, basis.price, basis.coverage, basis.currency,
    )  # fmt: skip
    return ":".join(map(str, parts))


def _rounded(value: float) -> float:
    """Return an expectation with the digits it deserves."""
    return float(f"{value:.3g}")


# Figures that the file holds more than once: repeated, or with different values


def _repeats(figures: Sequence[ReadFigure]) -> tuple[list[int], list[_Doubt]]:
    """Return positions that only repeat another figure, and the questions about the rest."""
    first: dict[int, int] = {}
    together: dict[int, list[int]] = {}
    for position, (figure, key) in enumerate(zip(figures, keys_of(figures), strict=True)):
        if not figure.doubts or comparable(figure):
            before = first.setdefault(key, position)
            if before != position:
                together.setdefault(key, [before]).append(position)
    idle: list[int] = []
    by_sheets: dict[tuple[str, ...], list[Sequence[int]]] = defaultdict(list)
    for positions in sorted(together.values()):  # by the first of each
        values = _distinct(positions, figures)
        idle += [position for position in positions if position not in values]
        if len(values) > 1:
            by_sheets[tuple(figures[position].place.sheet for position in values)].append(values)
    found: list[_Doubt] = []
    for sheets, cases in by_sheets.items():
        if len(cases) > MOST_ONE_BY_ONE:
            found.append(_which_table(sheets, cases, figures))
        else:
            found += [_which_value(positions, figures) for positions in cases]
    return idle, found


def _distinct(positions: Sequence[int], figures: Sequence[ReadFigure]) -> list[int]:
    """Return one position for each value; of values that agree once rounded, the finest."""
    kept: list[int] = []
    if len({figures[position].observation.value for position in positions}) == 1:
        return list(positions[:1])
    for position in positions:
        same = next((other for other in kept if _agree(figures[other], figures[position])), None)
        if same is None:
            kept.append(position)
        elif _fineness(figures[position]) > _fineness(figures[same]):
            kept[kept.index(same)] = position
    return kept


def _fineness(figure: ReadFigure) -> int:
    read = figure.observation
    return max(decimals(read.value), 1 if read.measure.is_growth else 0)


def _agree(one: ReadFigure, other: ReadFigure) -> bool:
    """Whether two values are one, written with as many or with fewer digits."""
    coarse, fine = sorted((one, other), key=_fineness)
    value, rounded = fine.observation.value, coarse.observation.value
    if isclose(value, rounded, rel_tol=1e-9, abs_tol=1e-9):
        return True
    if not coarse.observation.measure.is_growth and abs(rounded) * 10 ** _fineness(coarse) < 100:
        return False  # 4 may be a rounded 4.2, or another figure
    return abs(value - rounded) <= 0.5 * 10.0 ** -_fineness(coarse) + 1e-9


def _which_value(positions: Sequence[int], figures: Sequence[ReadFigure]) -> _Doubt:
    """Return the question which of several values of one figure holds."""
    read = figures[positions[0]].observation
    outcomes = []
    for position in positions:
        figure = figures[position]
        cell = f"{figure.place.sheet} {figure.place}".strip()
        values = {"value": figure.observation.value, "unit": read.unit, "cell": cell}
        option = Option("value", repr(figure.observation.value), values)
        outcomes.append((option, _without(positions, [position])))
    subject = f"{_subject(read)}:{read.month}"
    return _twice(subject, [positions], outcomes, figures)


def _which_table(
    sheets: Sequence[str], cases: Sequence[Sequence[int]], figures: Sequence[ReadFigure]
) -> _Doubt:
    """Return the one question about figures that stand in the same sheets, in the same order."""
    several = len(set(sheets)) == len(sheets)
    positions = [position for case in cases for position in case]
    outcomes = []
    for place, sheet in enumerate(sheets):
        kept = [case[place] for case in cases]
        first = figures[kept[0]].observation
        values = {
            "number": place + 1, "value": first.value, "unit": first.unit, "sheet": sheet,
        }  # fmt: skip
        code, value = ("sheet", sheet) if several else ("occurrence", str(place + 1))
        outcomes.append((Option(code, value, values), _without(positions, kept)))
    return _twice(f"tables:{sheets!r}", cases, outcomes, figures)


def _twice(
    subject: str,
    cases: Sequence[Sequence[int]],
    outcomes: Sequence[tuple[Option, Mapping[int, Observation | None]]],
    figures: Sequence[ReadFigure],
) -> _Doubt:
    positions = [position for case in cases for position in case]
    values = {
        "unit": figures[positions[0]].observation.unit,
        "values": tuple(figures[position].observation.value for position in cases[0]),
    }
    return _doubt(Asked.TWICE, subject, figures, positions, outcomes, values, count=len(cases))


def _without(positions: Sequence[int], kept: Sequence[int]) -> dict[int, Observation | None]:
    return dict.fromkeys(set(positions) - set(kept))
