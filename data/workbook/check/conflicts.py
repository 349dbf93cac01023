"""Figures that the file holds more than once: repeated, or with different values.

How different values are asked about: by series, where they stand in sheets apart, else one by one;
or, from ``MOST_ONE_BY_ONE`` on, as one question which sheet holds. Which sheet holds is remembered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import isclose

from data.workbook.check.doubts import Doubt, Outcome, subject_of
from data.workbook.check.series import Series, SeriesKey, decimals
from data.workbook.check.thresholds import MOST_ONE_BY_ONE
from data.workbook.questions import Answers, Asked, Option
from data.workbook.reading import ReadFigure

Case = Sequence[int]
"""The positions of different values of one figure."""


def conflicts(
    table: Mapping[SeriesKey, Series], figures: Sequence[ReadFigure], answers: Answers
) -> tuple[list[int], list[Doubt]]:
    """Return the positions that only repeat another figure, and the questions about the rest."""
    repeated: list[int] = []
    by_sheets: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for positions in sorted(_held_twice(table)):  # by the first of each
        values = _distinct(positions, figures)
        repeated += [position for position in positions if position not in values]
        if len(values) > 1:
            by_sheets[tuple(figures[position].place.sheet for position in values)].append(values)
    doubts: list[Doubt] = []
    for sheets, cases in by_sheets.items():
        if len(cases) > MOST_ONE_BY_ONE:
            doubts.append(_which_table(sheets, cases, figures, answers))
        else:
            for of_series in _by_series(cases, figures):
                if len(set(sheets)) == len(sheets):
                    doubts.append(_which_sheet(sheets, of_series, figures, answers))
                else:
                    doubts += [_which_value(case, figures, answers) for case in of_series]
    return repeated, doubts


def _by_series(cases: Sequence[Case], figures: Sequence[ReadFigure]) -> list[list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        found[subject_of(figures[case[0]].observation)].append(case)
    return [*found.values()]


def _held_twice(table: Mapping[SeriesKey, Series]) -> list[list[int]]:
    """Return the positions of every figure that stands in more than one cell."""
    together = []
    for series in table.values():
        if len({cell.month for cell in series.cells}) == len(series.cells):
            continue
        by_month: dict[int, list[int]] = defaultdict(list)
        for cell in series.cells:
            by_month[cell.month].append(cell.position)
        together += [positions for positions in by_month.values() if len(positions) > 1]
    return together


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


def _which_value(case: Case, figures: Sequence[ReadFigure], answers: Answers) -> Doubt:
    """Ask which of several values of one figure holds."""
    read = figures[case[0]].observation
    outcomes = []
    for position in case:
        figure = figures[position]
        cell = f"{figure.place.sheet} {figure.place}".strip()
        values = {"value": figure.observation.value, "unit": read.unit, "cell": cell}
        option = Option("value", repr(figure.observation.value), values)
        outcomes.append((option, _without(case, [position])))
    return _which(f"{subject_of(read)}:{read.month}", [case], outcomes, figures, answers)


def _which_sheet(
    sheets: Sequence[str], cases: Sequence[Case], figures: Sequence[ReadFigure], answers: Answers
) -> Doubt:
    """Ask whose figures of one series hold, which next month's file need not ask again."""
    positions = [position for case in cases for position in case]
    outcomes = []
    for place, sheet in enumerate(sheets):
        figure = figures[cases[0][place]]
        read = figure.observation
        values = {"value": read.value, "unit": read.unit, "cell": f"{sheet} {figure.place}".strip()}
        kept = [case[place] for case in cases]
        outcomes.append((Option("value", sheet, values), _without(positions, kept)))
    subject = f"{subject_of(figures[positions[0]].observation)}:{sheets!r}"
    return _which(subject, cases, outcomes, figures, answers)


def _which_table(
    sheets: Sequence[str], cases: Sequence[Case], figures: Sequence[ReadFigure], answers: Answers
) -> Doubt:
    """Ask once about figures that stand in the same sheets, in the same order."""
    several = len(set(sheets)) == len(sheets)
    positions = [position for case in cases for position in case]
    outcomes = []
    for place, sheet in enumerate(sheets):
        kept = [case[place] for case in cases]
        first = figures[kept[0]].observation
        columns = {figures[position].place.letters for position in kept}
        values = {
            "number": place + 1, "value": first.value, "unit": first.unit, "sheet": sheet,
            "column": columns.pop() if len(columns) == 1 else "",
        }  # fmt: skip
        code, value = ("sheet", sheet) if several else ("occurrence", str(place + 1))
        outcomes.append((Option(code, value, values), _without(positions, kept)))
    return _which(f"tables:{sheets!r}", cases, outcomes, figures, answers)


def _which(
    subject: str,
    cases: Sequence[Case],
    outcomes: Sequence[tuple[Option, Outcome]],
    figures: Sequence[ReadFigure],
    answers: Answers,
) -> Doubt:
    positions = [position for case in cases for position in case]
    values = {
        "unit": figures[positions[0]].observation.unit,
        "values": tuple(figures[position].observation.value for position in cases[0]),
    }
    return Doubt.ask(
        answers, Asked.TWICE, subject, figures, positions, outcomes, values, count=len(cases)
    )


def _without(positions: Sequence[int], kept: Sequence[int]) -> Outcome:
    return dict.fromkeys(set(positions) - set(kept))
