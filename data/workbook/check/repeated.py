"""Figures that a file holds more than once: repeated, or with different values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose

from data.workbook.check.questions import MOST_PLACES
from data.workbook.check.series import comparable, decimals, keys_of
from data.workbook.reading import SKIP, Asked, Option, Question, ReadFigure
from forecasting.figures.indicator import Basis

MOST_ONE_BY_ONE = 3
"""When more figures of the same sheets disagree, which sheet holds is asked instead."""


@dataclass(frozen=True, slots=True)
class Twice:
    """A question and the places of each answer among the figures.

    Attributes
    ----------
    kept
        By option, the positions that stay; the others of ``positions`` go.
    """

    question: Question
    positions: tuple[int, ...]
    kept: Mapping[str, tuple[int, ...]]


def repeats(figures: Sequence[ReadFigure]) -> tuple[list[int], list[Twice]]:
    """Return positions that only repeat another figure, and the questions about the rest."""
    first: dict[int, int] = {}
    together: dict[int, list[int]] = {}
    for position, (figure, key) in enumerate(zip(figures, keys_of(figures), strict=True)):
        if not figure.doubts or comparable(figure):
            before = first.setdefault(key, position)
            if before != position:
                together.setdefault(key, [before]).append(position)
    idle: list[int] = []
    different: list[list[int]] = []
    for positions in sorted(together.values()):  # by the first of each
        values = _distinct(positions, figures)
        idle += [position for position in positions if position not in values]
        if len(values) > 1:
            different.append(values)
    return idle, list(_asked(different, figures))


def _distinct(positions: Sequence[int], figures: Sequence[ReadFigure]) -> list[int]:
    """Return one position for each value; of values that agree once rounded, the finest."""
    kept: list[int] = []
    if len({figures[position].observation.value for position in positions}) == 1:
        return list(positions[:1])
    for position in positions:
        same = next((held for held in kept if _agree(figures[held], figures[position])), None)
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


def _asked(different: Sequence[Sequence[int]], figures: Sequence[ReadFigure]) -> Iterator[Twice]:
    by_sheets: dict[tuple[str, ...], list[Sequence[int]]] = defaultdict(list)
    for positions in different:
        by_sheets[tuple(figures[position].place.sheet for position in positions)].append(positions)
    for sheets, cases in by_sheets.items():
        if len(cases) > MOST_ONE_BY_ONE:
            yield _which_table(sheets, cases, figures)
        else:
            yield from (_which_value(positions, figures) for positions in cases)


def _which_value(positions: Sequence[int], figures: Sequence[ReadFigure]) -> Twice:
    read = figures[positions[0]].observation
    kept, options = {}, []
    for position in positions:
        value = figures[position].observation.value
        shown = {"value": value, "unit": read.unit, "cell": _cell(figures[position])}
        option = Option("value", repr(value), shown)
        kept[option.id] = (position,)
        options.append(option)
    subject = (read.area, read.indicator, read.measure, *_parts(read.basis), read.month)
    return _twice(":".join(map(str, subject)), [positions], kept, options, figures)


def _which_table(
    sheets: Sequence[str], cases: Sequence[Sequence[int]], figures: Sequence[ReadFigure]
) -> Twice:
    """Ask once for figures that stand in the same sheets, in the same order."""
    several = len(set(sheets)) == len(sheets)
    kept: dict[str, tuple[int, ...]] = {}
    options = []
    for place, sheet in enumerate(sheets):
        held = tuple(positions[place] for positions in cases)
        first = figures[held[0]].observation
        values = {
            "number": place + 1, "value": first.value, "unit": first.unit, "sheet": sheet,
        }  # fmt: skip
        if several:
            option = Option("sheet", sheet, values)
        else:
            option = Option("occurrence", str(place + 1), values)
        kept[option.id] = held
        options.append(option)
    return _twice(f"tables:{sheets!r}", cases, kept, options, figures)


def _twice(
    subject: str,
    cases: Sequence[Sequence[int]],
    kept: Mapping[str, tuple[int, ...]],
    options: Sequence[Option],
    figures: Sequence[ReadFigure],
) -> Twice:
    positions = tuple(position for case in cases for position in case)
    first = figures[positions[0]]
    read = first.observation
    question = Question(
        id=f"{Asked.TWICE}:{subject}",
        code=Asked.TWICE,
        places=tuple(figures[position].place for position in positions[:MOST_PLACES]),
        count=len(cases),
        found=first.found,
        values={
            "area": read.area,
            "indicator": read.indicator,
            "measure": str(read.measure),
            "period": str(read.month),
            "unit": read.unit,
            "values": tuple(figures[position].observation.value for position in cases[0]),
        },
        options=(*options, Option(SKIP)),
    )
    return Twice(question, positions, kept)


def _cell(figure: ReadFigure) -> str:
    return f"{figure.place.sheet} {figure.place}".strip()


def _parts(basis: Basis) -> tuple[str, ...]:

    return basis.price, basis.coverage, basis.currency
