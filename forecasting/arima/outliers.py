"""Outliers found from the data up to the origin, one after the other, the largest first.

After Chen, C. and Liu, L.-M. (1993), "Joint estimation of model parameters and outlier effects
in time series", *Journal of the American Statistical Association* 88, sections 2 and 3, with a
robust scale, so that one shock does not hide the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from forecasting.arima.design import Design, batches, stacked
from forecasting.arima.differencing import differenced
from forecasting.arima.search import fit_candidates
from forecasting.arima.series import SEASON, LogLevels
from forecasting.predictive import Array, OutlierKind

CRITICAL = 5.0
"""Size in robust standard errors from which a quarter is an outlier.

Chen and Liu advise 3 to 4 with a scale that the outliers widen; against the robust scale, which
small rounding errors narrow, ordinary turns of growth reach that.
"""
MOST_PER_OBSERVATION = 0.1
MOST_ROUNDS = 3
"""Times the preliminary model is estimated, each time without the outliers found before."""
SMALLEST_SCALE = 1e-4
"""Errors of 0.01 points are rounding; nothing is an outlier against them."""
SETTLING = 1
"""The last quarters, in which a level shift cannot be told from an additive outlier yet."""
LOCAL_LEVEL = (0, 1, 0, 1)
"""(p, q, P, Q) of the preliminary model, (0,1,1)(0,D,1)."""
_D = 1


@dataclass(frozen=True, slots=True)
class Found:
    """An outlier, or a recorded change of definition, at a row of the log levels from 0."""

    row: int
    kind: OutlierKind


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """The modelled stretch of a series without its outliers.

    Attributes
    ----------
    found
        In the order of their rows.
    effects
        Shape ``(len(found),)``: on log levels.
    values, filled
        Shape ``(n,)``: with gaps and without.
    """

    found: tuple[Found, ...]
    effects: Array
    values: Array
    filled: Array


def level_effects(found: Sequence[Found], rows: int) -> Array:
    """Return what outliers do to log levels, shape ``(rows, len(found))``: a pulse or a step."""
    steps = np.arange(rows)[:, None]
    starts = np.array([outlier.row for outlier in found], dtype=int)
    pulse = np.array([outlier.kind is OutlierKind.ADDITIVE for outlier in found], dtype=bool)
    return np.where(pulse, steps == starts, steps >= starts).astype(float)


def regressors_of(series: LogLevels, found: Sequence[Found], ahead: int = 0) -> Array:
    """Return what outliers do to the modelled stretch and ``ahead`` rows after it."""
    return series.effect_of(level_effects(found, len(series.values) + ahead))


def clean(batch: Sequence[LogLevels], seasonal_ds: Sequence[int]) -> list[Cleaned]:
    """Find the outliers of every series of a batch and take their effects off.

    The preliminary model is a local level, (0,1,1)(0,D,1). With its parameters held, outliers
    are found one after the other, all effects estimated anew after each by least squares on
    the series the model whitens; then the parameters are estimated anew by exact likelihood on
    the series without them, until nothing more is found. Recorded changes of definition are
    taken off from the start.

    Parameters
    ----------
    seasonal_ds
        Seasonal differences to take of each modelled stretch.
    """
    cleaned = [
        _without(series, _recorded(series), np.zeros(len(series.breaks))) for series in batch
    ]
    active = list(range(len(batch)))
    for _ in range(MOST_ROUNDS):
        models = _preliminary(
            [batch[i] for i in active],
            [cleaned[i] for i in active],
            [seasonal_ds[i] for i in active],
        )
        found_more = []
        for place, model in zip(active, models, strict=True):
            if model is None:
                continue
            before = cleaned[place].found
            cleaned[place] = _detect(batch[place], model, before)
            if len(cleaned[place].found) > len(before):
                found_more.append(place)
        active = found_more
        if not active:
            break
    return cleaned


def _recorded(series: LogLevels) -> tuple[Found, ...]:
    rows = sorted(quarter - series.first for quarter in series.breaks)
    return tuple(Found(row, OutlierKind.DEFINITION) for row in rows if 0 < row < len(series.values))


def _without(series: LogLevels, found: tuple[Found, ...], effects: Array) -> Cleaned:
    shift = regressors_of(series, found) @ effects[: len(found)]
    return Cleaned(found, effects, series.modelled - shift, series.modelled_filled - shift)


@dataclass(frozen=True, slots=True, eq=False)
class _Preliminary:
    """The local level of one series; ``moving`` is its moving average, from lag 0."""

    seasonal_d: int
    mean: bool
    moving: Array

    def whitened(self, values: Array) -> Array:
        """Pass series, along the first axis, through the inverse of the model, from zero."""
        shifted = differenced(values, _D, self.seasonal_d)
        return np.asarray(lfilter([1.0], self.moving, shifted, axis=0))


def _preliminary(
    batch: Sequence[LogLevels], cleaned: Sequence[Cleaned], seasonal_ds: Sequence[int]
) -> list[_Preliminary | None]:
    """Estimate the local levels of a batch; None where a series is too short for one."""
    designs = [
        Design(
            entry.values,
            np.empty((len(entry.values), 0)),
            _D,
            seasonal_d,
            mean=seasonal_d + series.chained == 0,
        )
        for series, entry, seasonal_d in zip(batch, cleaned, seasonal_ds, strict=True)
    ]
    models: list[_Preliminary | None] = [None] * len(batch)
    for places in batches(designs):
        stack = stacked([designs[place] for place in places], 0)
        for fits in fit_candidates(stack, (LOCAL_LEVEL,)):
            for series, free in zip(fits.models.series, fits.free.T, strict=True):
                design = stack.designs[series]
                moving = np.convolve([1.0, -free[0]], [1.0, *[0.0] * (SEASON - 1), free[1]])
                model = _Preliminary(design.seasonal_d, design.mean, moving)
                models[places[series]] = model
    return models


def _detect(series: LogLevels, model: _Preliminary, found: tuple[Found, ...]) -> Cleaned:
    """Add outliers until no quarter stands out, the parameters held."""
    rows = len(series.values)
    possible = _possible(series, model)
    reach = model.whitened(regressors_of(series, possible)) if possible else np.empty((0, 0))
    effects, residuals = _effects(series, model, found)
    most = MOST_PER_OBSERVATION * (rows - series.lost)
    while len(found) - len(series.breaks) < most:
        taken = {outlier.row for outlier in found}
        allowed = np.array(
            [series.outliers and outlier.row not in taken for outlier in possible], dtype=bool
        )
        worst = _largest(residuals, reach, allowed)
        if worst is None:
            break
        found = tuple(sorted((*found, possible[worst]), key=lambda outlier: outlier.row))
        effects, residuals = _effects(series, model, found)
    return _without(series, found, effects)


def _possible(series: LogLevels, model: _Preliminary) -> list[Found]:
    """Return what could be an outlier: observed quarters whose effect differencing keeps."""
    first = _D + SEASON * model.seasonal_d
    return [
        Found(row + series.lost, kind)
        for row in range(first, len(series.modelled) - SETTLING)
        if np.isfinite(series.modelled[row])
        for kind in (OutlierKind.ADDITIVE, OutlierKind.LEVEL_SHIFT)
    ]


def _effects(
    series: LogLevels, model: _Preliminary, found: tuple[Found, ...]
) -> tuple[Array, Array]:
    """Return the effects by least squares on whitened series, and what is left of the data."""
    target = model.whitened(series.modelled_filled)
    columns = regressors_of(series, found)
    if model.mean:  # a mean of the differences is a slope before them
        columns = np.column_stack([columns, np.arange(len(columns), dtype=float)])
    if not columns.shape[1]:
        return np.empty(0), target
    whitened = model.whitened(columns)
    effects: Array = np.asarray(np.linalg.lstsq(whitened, target, rcond=None)[0])
    return effects[: len(found)], target - whitened @ effects


def _largest(residuals: Array, reach: Array, allowed: NDArray[np.bool_]) -> int | None:
    """Return which possible outlier is the most significant, None if none is.

    The last quarters are left out of the comparison: what happened there cannot be told yet,
    and an earlier quarter must not be bent to explain it.
    """
    scale = 1.4826 * float(np.median(np.abs(residuals)))
    if scale <= SMALLEST_SCALE or not allowed.any():
        return None
    settled = slice(0, -SETTLING)
    strength = np.sqrt((reach[settled] ** 2).sum(axis=0))
    size = np.abs(residuals[settled] @ reach[settled]) / np.maximum(strength, 1e-9) / scale
    size = np.where(allowed & (strength > 1e-9), size, 0.0)
    worst = int(size.argmax())
    return worst if size[worst] > CRITICAL else None
