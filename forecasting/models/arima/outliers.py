"""Outliers found from the data up to the origin, one after the other, the largest first.

After Chen, C. and Liu, L.-M. (1993), "Joint estimation of model parameters and outlier effects
in time series", *Journal of the American Statistical Association* 88, sections 2 and 3, with a
robust scale, so that one shock does not hide the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from forecasting.arrays import Array, Mask
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.arima.design import Design, batches, stack_designs
from forecasting.models.arima.differencing import difference
from forecasting.models.arima.search import fit_conditionally, fit_exactly
from forecasting.models.predictive import OutlierKind

FEWEST_FOR_OUTLIERS = 16
"""Under so many figures nothing is usual enough for anything to be unusual."""

CRITICAL_SIZE = 5.0
"""Size in robust standard errors from which a quarter is an outlier.

Chen and Liu advise 3 to 4 with a scale that the outliers widen; against the robust scale, which
small rounding errors narrow, ordinary turns of growth reach that.
"""
MOST_OUTLIERS_PER_FIGURE = 0.1
MOST_ROUNDS = 3
"""Times the preliminary model is estimated, each time without the outliers found before."""
LARGEST_MOVING_AVERAGE = 0.8
"""Largest moving average of it: nearer to 1, one shock is spread over all errors after it and
hides among them."""
ITERATIONS = 6
"""Of its estimation by exact likelihood: it only has to be about right."""
SMALLEST_SCALE = 1e-4
"""Errors of 0.01 points are rounding; nothing is an outlier against them."""
UNSETTLED = 1
"""The last quarters, in which a level shift still looks like an additive outlier."""
SMALLEST_PART = 1e-8
"""Effects that others explain but for this part count as the same."""
LOCAL_LEVEL = (0, 1, 0, 1)
"""(p, q, P, Q) of the preliminary model, (0,1,1)(0,D,1)."""
_D = 1


@dataclass(frozen=True, slots=True)
class OutlierAt:
    """An outlier, or a recorded change of definition, at a row of the log levels from 0."""

    row: int
    kind: OutlierKind


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """The modelled stretch of a series without its outliers.

    Attributes
    ----------
    outliers
        In the order of their rows.
    effects
        Shape ``(len(outliers),)``: on log levels.
    values, filled
        Shape ``(n,)``: with gaps and without.
    """

    outliers: tuple[OutlierAt, ...]
    effects: Array
    values: Array
    filled: Array

    @property
    def first(self) -> int:
        """The first row that is known."""
        return int(np.flatnonzero(np.isfinite(self.values))[0])


def level_effects(outliers: Sequence[OutlierAt], rows: int) -> Array:
    """Return what outliers do to log levels, shape ``(rows, len(outliers))``: a pulse or a step."""
    steps = np.arange(rows)[:, None]
    starts = np.array([outlier.row for outlier in outliers], dtype=int)
    pulse = np.array([outlier.kind is OutlierKind.ADDITIVE for outlier in outliers], dtype=bool)
    return np.where(pulse, steps == starts, steps >= starts).astype(float)


def regressors_of(series: LogLevels, outliers: Sequence[OutlierAt], ahead: int = 0) -> Array:
    """Return what outliers do to the modelled stretch and ``ahead`` rows after it."""
    return series.effect_of(level_effects(outliers, len(series.values) + ahead))


def clean(batch: Sequence[LogLevels], seasonal_ds: Sequence[int]) -> list[Cleaned]:
    """Find the outliers of every series of a batch and take their effects off.

    The preliminary model is a local level, (0,1,1)(0,D,1). With its parameters held, outliers
    are found one after the other, all effects estimated anew after each by least squares on
    the series the model whitens; then the parameters are estimated anew by exact
    likelihood on the series without them, until nothing more is found. Recorded changes of
    definition are taken off from the start.

    Parameters
    ----------
    seasonal_ds
        Seasonal differences to take of each modelled stretch.
    """
    cleaned = [
        _without(series, recorded_changes(series), np.zeros(len(series.breaks))) for series in batch
    ]
    active = [place for place, series in enumerate(batch) if series.outliers or series.breaks]
    for _ in range(MOST_ROUNDS if active else 0):
        models = _preliminary(
            [batch[i] for i in active],
            [cleaned[i] for i in active],
            [seasonal_ds[i] for i in active],
        )
        found_more = []
        for place, model in zip(active, models, strict=True):
            if model is None:
                continue
            before = cleaned[place].outliers
            cleaned[place] = _detect(batch[place], model, before)
            if len(cleaned[place].outliers) > len(before):
                found_more.append(place)
        active = found_more
        if not active:
            break
    return cleaned


def recorded_changes(series: LogLevels) -> tuple[OutlierAt, ...]:
    """Return the recorded changes of definition within a series."""
    rows = sorted(quarter - series.first for quarter in series.breaks)
    inside = [row for row in rows if 0 < row < len(series.values)]
    return tuple(OutlierAt(row, OutlierKind.DEFINITION) for row in inside)


def _without(series: LogLevels, outliers: tuple[OutlierAt, ...], effects: Array) -> Cleaned:
    shift = regressors_of(series, outliers) @ effects[: len(outliers)]
    return Cleaned(outliers, effects, series.modelled - shift, series.modelled_filled - shift)


@dataclass(frozen=True, slots=True, eq=False)
class _Preliminary:
    """The local level of one series; ``moving`` is its moving average, from lag 0."""

    seasonal_d: int
    mean: bool
    moving: Array

    def whitened(self, values: Array) -> Array:
        """Pass series, along the first axis, through the inverse of the model, from zero."""
        shifted = difference(values, _D, self.seasonal_d)
        return np.asarray(lfilter([1.0], self.moving, shifted, axis=0))


def _preliminary(
    batch: Sequence[LogLevels], cleaned: Sequence[Cleaned], seasonal_ds: Sequence[int]
) -> list[_Preliminary | None]:
    """Estimate the local levels of a batch; None where a series is too short for one."""
    designs = [
        Design(
            entry.values[:-UNSETTLED],  # one wild last quarter would bend every parameter
            np.empty((len(entry.values) - UNSETTLED, 0)),
            _D,
            seasonal_d,
            mean=seasonal_d + series.chained == 0,
        )
        for series, entry, seasonal_d in zip(batch, cleaned, seasonal_ds, strict=True)
    ]
    models: list[_Preliminary | None] = [None] * len(batch)
    for places in batches(designs):
        stack = stack_designs([designs[place] for place in places], 0)
        for group in fit_conditionally(stack, (LOCAL_LEVEL,)):
            fits = fit_exactly(stack, group, ITERATIONS, LARGEST_MOVING_AVERAGE)
            for series, free in zip(fits.models.series, fits.free.T, strict=True):
                design = stack.designs[series]
                moving = np.convolve([1.0, -free[0]], [1.0, *[0.0] * (SEASON - 1), free[1]])
                model = _Preliminary(design.seasonal_d, design.mean, moving)
                models[places[series]] = model
    return models


def _detect(series: LogLevels, model: _Preliminary, outliers: tuple[OutlierAt, ...]) -> Cleaned:
    """Add outliers until no quarter stands out, the parameters held."""
    evidence = _Evidence.of(series, model, outliers)
    possible = series.outliers and series.figures >= FEWEST_FOR_OUTLIERS
    most = MOST_OUTLIERS_PER_FIGURE * series.figures if possible else 0
    while sum(known.kind is not OutlierKind.DEFINITION for known in outliers) < most:
        worst = evidence.largest(outliers)
        if worst is None:
            break
        outliers = tuple(sorted((*outliers, worst), key=lambda outlier: outlier.row))
    return _without(series, outliers, evidence.effects(outliers)[0])


@dataclass(frozen=True, slots=True, eq=False)
class _Evidence:
    """A series and what outliers do to it, whitened and cleared of everything else.

    What missing quarters may have been, and a slope where the model has a mean, are taken out of
    data and outliers alike (Frisch and Waugh 1933): a bridged quarter is no evidence. The last
    quarters are left out: what happened there is not clear yet, and an earlier quarter must
    not be bent to explain it.

    Attributes
    ----------
    data
        Shape ``(n,)``.
    known
        Shape ``(n,)``: rows of quarters that are observed.
    possible
        What an outlier is or may be.
    reach
        Shape ``(n, len(possible))``: what each does.
    """

    data: Array
    known: Mask
    possible: tuple[OutlierAt, ...]
    reach: Array

    @classmethod
    def of(
        cls, series: LogLevels, model: _Preliminary, outliers: tuple[OutlierAt, ...]
    ) -> _Evidence:
        """Whiten and clear."""
        first, lost = _D + SEASON * model.seasonal_d, series.lost
        observed = np.isfinite(series.modelled)
        rows = np.flatnonzero(observed)[:-UNSETTLED]
        end = int(rows[-1]) + 1
        if any(known.row - lost >= end for known in outliers):
            end = len(observed)  # a change recorded in the last quarter needs it
        taken = {known.row for known in outliers}
        kinds = (OutlierKind.ADDITIVE, OutlierKind.LEVEL_SHIFT)
        # Where growth is known, a lower level looks like slower growth for a year.
        steps_end = len(observed) - (SEASON if series.chained else UNSETTLED)
        fresh = [
            OutlierAt(int(row) + lost, kind)
            for row in rows[rows >= first]
            for kind in kinds
            if row + lost not in taken and (kind is OutlierKind.ADDITIVE or row < steps_end)
        ]
        possible = (*outliers, *fresh)
        gaps = np.flatnonzero(~observed[:end])
        others = np.eye(len(observed))[:, gaps]
        if model.mean:  # a mean of the differences is a slope before them
            others = np.column_stack([others, np.arange(len(observed), dtype=float)])
        settled = slice(0, end - first)
        basis = _basis(model.whitened(others)[settled])
        data = model.whitened(series.modelled_filled)[settled]
        reach = model.whitened(regressors_of(series, possible))[settled]
        clear = reach - basis @ (basis.T @ reach)
        # What others explain altogether, as a change of definition within a gap, has no effect.
        cleared, whole = (np.sqrt((part**2).sum(axis=0)) for part in (clear, reach))
        clear[:, cleared < SMALLEST_PART * whole] = 0.0
        return cls(data - basis @ (basis.T @ data), observed[first:end], possible, clear)

    def effects(self, outliers: tuple[OutlierAt, ...]) -> tuple[Array, Array]:
        """Return the outliers' effects by least squares, and what they leave of the data."""
        if not outliers:
            return np.empty(0), self.data
        reach = self.reach[:, [self.possible.index(known) for known in outliers]]
        solved = np.linalg.lstsq(reach, self.data, rcond=SMALLEST_PART)
        effects: Array = np.asarray(solved[0])
        return effects, self.data - reach @ effects

    def largest(self, outliers: tuple[OutlierAt, ...]) -> OutlierAt | None:
        """Return the most significant outlier that is not among those, None if none is."""
        residuals = self.effects(outliers)[1]
        scale = 1.4826 * float(np.median(np.abs(residuals[self.known])))
        taken = {known.row for known in outliers}
        allowed = np.array([outlier.row not in taken for outlier in self.possible], dtype=bool)
        if scale <= SMALLEST_SCALE or not allowed.any():
            return None
        strength = np.sqrt((self.reach**2).sum(axis=0))
        size = np.abs(residuals @ self.reach)
        size = np.where(allowed & (strength > 1e-6), size / np.maximum(strength, 1e-6), 0.0)
        worst = int(size.argmax())
        return self.possible[worst] if size[worst] > CRITICAL_SIZE * scale else None


def _basis(columns: Array) -> Array:
    """Return an orthonormal basis of what columns span."""
    if not columns.shape[1]:
        return columns
    vectors, sizes, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(vectors[:, sizes > 1e-9 * max(float(sizes.max()), 1e-300)])
