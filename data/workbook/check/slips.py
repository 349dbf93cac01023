"""Single figures that cannot be right: wrong by a power of ten, or growth and level mixed up.

Each is asked about, once for all that one cause explains: as written, or as it would fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from data.workbook.check.doubts import Doubt, subject_of
from data.workbook.check.series import (
    Cell,
    Series,
    SeriesKey,
    decimals,
    jump_between,
    rounding_of,
    same_sign,
)
from data.workbook.check.thresholds import (
    CLOSE,
    FAR,
    FEWEST_FRACTIONS,
    LEVELS_AND_PRICES,
    POINT_STEPS,
    SLACK,
    SLIGHT,
    STEADY,
    UNIT_STEPS,
    WHOLE,
)
from data.workbook.questions import Answers, Asked, Option
from data.workbook.reading import ReadFigure
from forecasting.figures.indicator import Observation, PriceBasis

AS_IS = "as_is"
CHANGED: Mapping[Asked, str] = {
    Asked.SCALE: "scaled",
    Asked.DECIMAL: "moved",
    Asked.KIND: "turned",
}


class _Slip(NamedTuple):
    """What went wrong with a figure.

    Attributes
    ----------
    variant
        With the code, what went wrong: slips of one variant may have one cause.
    expected
        What history leads to expect in place of the figure.
    power
        Of ten, by which the figure is divided to fit.
    likely
        Whether the change is the likely answer.
    alike
        What was expected of the other form, where the figure may be of that.
    by_levels
        Whether the levels of the month and of a year before, not history, tell what to expect.
    """

    code: Asked
    variant: str
    expected: float
    power: int = 0
    likely: bool = True
    alike: float = 0.0
    by_levels: bool = False


class _Suspect(NamedTuple):
    """A figure that slipped, by position, and what it would be."""

    position: int
    series: SeriesKey
    slip: _Slip
    turned: Observation


def slips(
    table: Mapping[SeriesKey, Series], figures: Sequence[ReadFigure], answers: Answers
) -> list[Doubt]:
    """Return the questions about figures that slipped."""
    suspects = list(_suspects(table, figures))
    return [_asked(group, figures, answers) for group in _by_cause(suspects, figures)]


def _by_cause(
    suspects: Sequence[_Suspect], figures: Sequence[ReadFigure]
) -> Iterator[list[_Suspect]]:
    """Yield suspects that one cause explains: a column in the wrong unit, else a series."""
    causes: dict[tuple[str, str], dict[SeriesKey, list[_Suspect]]] = {}
    for suspect in suspects:
        by_series = causes.setdefault((suspect.slip.code, suspect.slip.variant), {})
        by_series.setdefault(suspect.series, []).append(suspect)
    columns = Counter(map(_column_of, figures)) if causes else Counter()
    for by_series in causes.values():
        group = [suspect for members in by_series.values() for suspect in members]
        within = {_column_of(figures[suspect.position]) for suspect in group}
        explained = len(group) >= WHOLE * sum(columns[column] for column in within)
        yield from [group] if explained else by_series.values()


def _column_of(figure: ReadFigure) -> tuple[str, int, bool]:
    return figure.place.sheet, figure.place.column, figure.observation.measure.is_growth


def _asked(group: Sequence[_Suspect], figures: Sequence[ReadFigure], answers: Answers) -> Doubt:
    """Ask whether suspects of one cause are as written or as they would fit."""
    _, series, slip, turned = group[0]
    read = figures[group[0].position].observation
    several = any(suspect.series != series for suspect in group)
    values: dict[str, object] = {
        "value": read.value, "unit": read.unit, "expected": _rounded(slip.expected),
    }  # fmt: skip
    if slip.code is Asked.SCALE:
        power = abs(int(slip.variant))
        values |= {"ten_thousand": int(power == 4), "hundred_million": int(power == 8)}
    if slip.code is Asked.DECIMAL:
        values["by_levels"] = int(all(suspect.slip.by_levels for suspect in group))
    if slip.code is Asked.KIND:
        values |= {
            "measure_other": str(turned.measure),
            "unit_other": turned.unit,
            "expected_other": _rounded(slip.alike),
        }
    change = Option(CHANGED[slip.code], values=_written(turned, len(group)))
    return Doubt.ask(
        answers,
        slip.code,
        f"{'many' if several else subject_of(read)}:{slip.variant}",
        figures,
        [suspect.position for suspect in group],
        (
            (Option(AS_IS, values=_written(read, len(group))), {}),
            (change, {suspect.position: suspect.turned for suspect in group}),
        ),
        values,
        suggested=change.code if all(suspect.slip.likely for suspect in group) else "",
    )


def _written(read: Observation, count: int) -> dict[str, object]:
    measure = str(read.measure)
    return {"value": read.value, "unit": read.unit, "measure": measure, "count": count}


def _rounded(value: float) -> float:
    """Return an expectation with the digits it deserves."""
    return float(f"{value:.3g}")


# Which figures slipped


def _suspects(
    table: Mapping[SeriesKey, Series], figures: Sequence[ReadFigure]
) -> Iterator[_Suspect]:
    """Yield every figure that slipped, series by series.

    A slip of a decimal point is left out where the file holds the right value as well: which of
    the two holds is asked then, and where the point stood in the other is but a guess.
    """
    fractions = dict(_fractions(table)) | dict(_columns_of_fractions(table, figures))
    for series in table.values():
        slip_of = _slip_of_growth if series.key.measure.is_growth else _slip_of_level
        slips = {
            cell.position: slip
            for cell in series.changed
            if (slip := fractions.get(cell.position) or slip_of(series, cell))
        }
        sound = {cell.month for cell in series.cells if cell.position not in slips}
        for cell in series.cells:
            slip = slips.get(cell.position)
            if slip and not (slip.code is Asked.DECIMAL and cell.month in sound):
                read = figures[cell.position].observation
                turned = replace(read, value=_divided(cell.value, slip.power))
                if slip.code is Asked.KIND and (other := series.partner):
                    turned = replace(turned, measure=other.key.measure, unit=other.unit or "%")
                yield _Suspect(cell.position, series.key, slip, turned)


def _slip_of_level(series: Series, cell: Cell) -> _Slip | None:
    """Compare a level with those stored, else with the others of the file."""
    value, partner = cell.value, series.partner
    if not value:
        return None
    known = series.level_at(cell.month)
    if known is None:
        usual = series.usual_at(cell.month)
        return _slip_of_unit(value, usual) if usual else None
    expected, same_month = known
    jump = jump_between(value, expected)
    usual_step, farthest = series.yearly or (0.0, 0.25)
    if abs(jump) <= max(2 * farthest, CLOSE) and same_sign(value, expected):
        return None
    if partner and (growth := partner.growth_at(cell.month)) is not None and decimals(value) <= 2:
        near = min(max(2.0, 3 * partner.moves[0]), STEADY)
        if abs(value - growth) <= near and abs(abs(jump) - round(abs(jump) / 4) * 4) > 0.1:
            return _Slip(Asked.KIND, "growth", expected, alike=growth)
    if slip := _slip_of_unit(value, expected):
        return slip
    if not same_month or series.yearly is None or not same_sign(value, expected):
        return None
    for power in (step * sign for step in POINT_STEPS for sign in (1, -1)):
        if abs(jump - power - usual_step) <= max(farthest, 0.1) < abs(power) / 4:
            return _Slip(Asked.DECIMAL, str(power), expected, power)
    return None


def _slip_of_unit(value: float, expected: float) -> _Slip | None:
    jump = jump_between(value, expected)
    if abs(jump) < UNIT_STEPS[0] - 2 * SLACK:  # the smallest step is the first
        return None
    for power in (step * sign for step in UNIT_STEPS for sign in (1, -1)):
        if abs(jump - power) <= SLACK:
            likely = abs(jump - power) <= CLOSE
            return _Slip(Asked.SCALE, str(power), expected, power, likely)
    return None


def _slip_of_growth(series: Series, cell: Cell) -> _Slip | None:
    """Compare a growth rate with those around it, else with what levels give."""
    return _slip_by_history(series, cell) or _slip_by_levels(series, cell)


def _slip_by_history(series: Series, cell: Cell) -> _Slip | None:
    """Compare a growth rate with those around it, and with the level it may be instead."""
    value, expected, partner = cell.value, series.growth_at(cell.month), series.partner
    usual, largest = series.moves
    away = abs(value - expected) if expected is not None else abs(value)
    if abs(value) >= 1 and away <= max(FAR, 1.2 * largest):
        return None
    if partner and away > max(30.0, 5 * usual) and (kind := _as_level(cell, partner, expected)):
        return kind
    if expected is None or not value or usual > STEADY:
        return None
    written = decimals(value)
    kept = max((decimals(stored) for stored in series.known.values()), default=1)
    kept = min(max(kept, 1), 2)
    near = max(2.0, 3 * usual)
    for step in POINT_STEPS[:2]:
        for power in (step, -step):
            moved = _divided(value, power)
            off = abs(moved - expected)
            fits = off <= near and off < away / 3 and decimals(moved) <= kept
            if fits and (power > 0 or (written > kept and abs(value) < 1)):
                return _Slip(Asked.DECIMAL, str(power), expected, power)
    return None


def _slip_by_levels(series: Series, cell: Cell) -> _Slip | None:
    """Compare a growth rate with that of the levels of its month and of a year before.

    Levels alone do not say that growth is wrong: prices and revised bases part the two. They do
    where growth agrees with them as soon as its point is moved: -13 beside levels that fell by 1.3.
    """
    value, partner = cell.value, series.partner
    if partner is None or not value:
        return None
    level, before = partner.newest.get(cell.month), partner.newest.get(cell.month - 12)
    if level is None or before is None or before <= 0:
        return None
    implied = (level / before - 1) * 100
    away = abs(value - implied)
    at_prices = series.key.basis.price is PriceBasis.CURRENT
    near = SLIGHT if at_prices else LEVELS_AND_PRICES
    near += rounding_of(value, level, before)
    for power in (1, -1):
        moved = _divided(value, power)
        off = abs(moved - implied)
        if power > 0:
            wrong = away > FAR and decimals(moved) <= 1
        else:
            wrong = abs(value) < 1 and decimals(value) > 1
        if wrong and off <= near and off < away / 3 and same_sign(value, implied):
            return _Slip(Asked.DECIMAL, str(power), implied, power, by_levels=True)
    return None


def _as_level(cell: Cell, partner: Series, expected: float | None) -> _Slip | None:
    """Return that a growth rate is the level of its month, in one unit or another."""
    level = partner.newest.get(cell.month) or partner.newest.get(cell.month - 12)
    if not level or not cell.value or not same_sign(cell.value, level):
        return None
    jump = jump_between(cell.value, level)
    for power in (0, *UNIT_STEPS[:2]):
        if abs(jump - power) <= 0.1:
            return _Slip(Asked.KIND, f"level{power or ''}", expected or 0.0, power, alike=level)
    return None


def _fractions(table: Mapping[SeriesKey, Series]) -> Iterator[tuple[int, _Slip]]:
    """Yield growth rates without history that look like fractions: 0.073 for 7.3%."""
    fresh = [
        cell
        for series in table.values()
        if series.key.measure.is_growth and not series.known
        for cell in series.cells
    ]
    if not _like_fractions([cell.value for cell in fresh], 3):
        return
    usual = median(cell.value for cell in fresh) * 100
    for cell in fresh:
        yield cell.position, _Slip(Asked.DECIMAL, "-2", usual, -2)


def _columns_of_fractions(
    table: Mapping[SeriesKey, Series], figures: Sequence[ReadFigure]
) -> Iterator[tuple[int, _Slip]]:
    """Yield all growth rates of a column of fractions of which history tells one at least.

    Whoever writes 0.074 for 7.4% writes -0.021 below it for -2.1%, though that might be either.
    """
    columns: dict[tuple[str, int, bool], list[tuple[Series, Cell]]] = {}
    for series in table.values():
        if series.key.measure.is_growth:
            for cell in series.cells:
                columns.setdefault(_column_of(figures[cell.position]), []).append((series, cell))
    for column in columns.values():
        if not _like_fractions([cell.value for _, cell in column], 1):
            continue
        slips = (_slip_of_growth(series, cell) for series, cell in column if series.known)
        if any(slip and slip.code is Asked.DECIMAL and slip.power == -2 for slip in slips):
            for series, cell in column:
                expected = series.growth_at(cell.month)
                usual = 100 * cell.value if expected is None else expected
                yield cell.position, _Slip(Asked.DECIMAL, "-2", usual, -2)


def _like_fractions(values: Sequence[float], most: float) -> bool:
    sizes = [abs(value) for value in values]
    if len(sizes) < FEWEST_FRACTIONS or max(sizes) > most or median(sizes) > 0.5:
        return False
    return sum(decimals(size) >= 3 for size in sizes) * 2 >= len(sizes)


def _divided(value: float, power: int) -> float:
    moved = value / 10**power if power > 0 else value * 10**-power
    return float(f"{moved:.12g}")
