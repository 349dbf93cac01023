"""Which single figures cannot be what they seem: wrong by a power of ten, or of another form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from data.workbook.check.series import (
    Cell,
    Series,
    SeriesKey,
    beside,
    changed_cells,
    decimals,
    jump_between,
    same_sign,
)
from data.workbook.reading import Asked, ReadFigure
from forecasting.figures.indicator import Observation

UNIT_STEPS = (4, 8, 12)
"""Powers of ten between units that tables mix up: 元, 万元, 亿元, 万亿元."""
POINT_STEPS = (1, 2, 3)
"""Places that a decimal point slips by; two also where a fraction stands for percent."""
SLACK = 0.8
"""How far from a power of ten a jump may be, as a power of ten itself: about six times."""
CLOSE = 0.3
"""How near it must be for the change to be the likely answer: about twice."""
FAR = 8.0
"""Percentage points from which growth is far from what is expected, whatever came before."""
STEADY = 5.0
"""The usual change of growth in points up to which a series tells a slip from a jump."""
FEWEST_FRACTIONS = 3
"""Of fewer figures nobody can tell whether they are fractions."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure in doubt.

    Attributes
    ----------
    variant
        With the code, what went wrong: figures of one variant may have one cause.
    expected
        What history leads to expect in its place.
    turned
        The figure once it is changed.
    likely
        Whether the change is the likely answer.
    alike
        What was expected of the other form, where the figure may be of that.
    """

    position: int
    code: Asked
    variant: str
    series: SeriesKey
    expected: float
    turned: Observation
    likely: bool
    alike: float = 0.0


def suspects(table: Mapping[SeriesKey, Series], figures: Sequence[ReadFigure]) -> Iterator[Suspect]:
    """Yield every figure in doubt, series by series."""
    fractions = dict(_fractions(table))
    for series in table.values():
        other = beside(series.key)
        partner = table.get(other) if other else None
        find = _growth if series.measure.is_growth else _level
        for cell in changed_cells(series):
            found = fractions.get(cell.position) or find(series, partner, cell)
            if found is not None:
                read = figures[cell.position].observation
                yield _suspect(series, partner, cell, found, read)


@dataclass(frozen=True, slots=True)
class _Finding:
    code: Asked
    variant: str
    expected: float
    power: int = 0
    likely: bool = True
    alike: float = 0.0


def _suspect(
    series: Series, partner: Series | None, cell: Cell, found: _Finding, read: Observation
) -> Suspect:
    turned = replace(read, value=_divided(cell.value, found.power))
    if found.code is Asked.KIND and partner:
        turned = replace(turned, measure=partner.measure, unit=partner.unit or "%")
    return Suspect(
        cell.position, found.code, found.variant, series.key, found.expected, turned,
        found.likely, found.alike,
    )  # fmt: skip


def _level(series: Series, partner: Series | None, cell: Cell) -> _Finding | None:
    """Compare a level with those stored, else with the others of the file."""
    value = cell.value
    if not value:
        return None
    known = series.level_at(cell.month)
    if known is None:
        usual = series.usual_at(cell.month)
        return _unit_slip(value, usual, UNIT_STEPS) if usual else None
    expected, same_month = known
    jump = jump_between(value, expected)
    usual_step, farthest = series.yearly or (0.0, 0.25)
    if abs(jump) <= max(2 * farthest, CLOSE) and same_sign(value, expected):
        return None
    if partner and (growth := partner.growth_at(cell.month)) is not None and decimals(value) <= 2:
        near = min(max(2.0, 3 * partner.moves[0]), STEADY)
        if abs(value - growth) <= near and abs(abs(jump) - round(abs(jump) / 4) * 4) > 0.1:
            return _Finding(Asked.KIND, "growth", expected, alike=growth)
    if slip := _unit_slip(value, expected, UNIT_STEPS):
        return slip
    if not same_month or series.yearly is None or not same_sign(value, expected):
        return None
    for power in (step * sign for step in POINT_STEPS for sign in (1, -1)):
        if abs(jump - power - usual_step) <= max(farthest, 0.1) < abs(power) / 4:
            return _Finding(Asked.DECIMAL, str(power), expected, power)
    return None


def _unit_slip(value: float, expected: float, steps: Sequence[int]) -> _Finding | None:
    jump = jump_between(value, expected)
    if abs(jump) < steps[0] - 2 * SLACK:  # the smallest step is the first
        return None
    for power in (step * sign for step in steps for sign in (1, -1)):
        if abs(jump - power) <= SLACK:
            likely = abs(jump - power) <= CLOSE
            return _Finding(Asked.SCALE, str(power), expected, power, likely)
    return None


def _growth(series: Series, partner: Series | None, cell: Cell) -> _Finding | None:
    """Compare a growth rate with those around it, and with the level it may be instead."""
    value, expected = cell.value, series.growth_at(cell.month)
    usual, largest = series.moves
    away = abs(value - expected) if expected is not None else abs(value)
    if abs(value) >= 1 and away <= max(FAR, 1.2 * largest):
        return None
    if partner and away > max(30.0, 5 * usual) and (kind := _as_level(cell, partner, expected)):
        return kind
    if expected is None or not value or usual > STEADY:
        return None
    written = decimals(value)
    kept = max((decimals(held) for held in series.known.values()), default=1)
    kept = min(max(kept, 1), 2)
    near = max(2.0, 3 * usual)
    for step in POINT_STEPS[:2]:
        for power in (step, -step):
            moved = _divided(value, power)
            off = abs(moved - expected)
            fits = off <= near and off < away / 3 and decimals(moved) <= kept
            if fits and (power > 0 or (written > kept and abs(value) < 1)):
                return _Finding(Asked.DECIMAL, str(power), expected, power)
    return None


def _as_level(cell: Cell, partner: Series, expected: float | None) -> _Finding | None:
    """Return the finding that a growth rate is the level of its month, in one unit or another."""
    level = partner.newest.get(cell.month) or partner.newest.get(cell.month - 12)
    if not level or not cell.value or not same_sign(cell.value, level):
        return None
    jump = jump_between(cell.value, level)
    for power in (0, *UNIT_STEPS[:2]):
        if abs(jump - power) <= 0.1:
            return _Finding(Asked.KIND, f"level{power or ''}", expected or 0.0, power, alike=level)
    return None


def _fractions(table: Mapping[SeriesKey, Series]) -> Iterator[tuple[int, _Finding]]:
    """Yield growth rates without history that look like fractions: 0.073 for 7.3%."""
    fresh = [
        cell
        for series in table.values()
        if series.measure.is_growth and not series.known
        for cell in series.cells
    ]
    sizes = [abs(cell.value) for cell in fresh]
    if len(sizes) < FEWEST_FRACTIONS or max(sizes) > 3 or median(sizes) > 0.5:
        return
    if sum(decimals(size) >= 3 for size in sizes) * 2 < len(sizes):
        return
    usual = median(cell.value for cell in fresh) * 100
    for cell in fresh:
        yield cell.position, _Finding(Asked.DECIMAL, "-2", usual, -2)


def _divided(value: float, power: int) -> float:
    moved = value / 10**power if power > 0 else value * 10**-power
    return float(f"{moved:.12g}")
