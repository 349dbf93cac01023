"""Exponential smoothing: the additive models of every series, averaged by their AICc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.models.least_squares import STEP
from forecasting.models.projection import Candidate, Projection
from forecasting.models.ragged import Ragged, future
from forecasting.models.smoothing.ets_fit import CANDIDATES, Fits, fit
from forecasting.models.smoothing.fixed_parameters import HeldEts
from forecasting.models.smoothing.reduced_form import (
    DEGREE,
    Problems,
    Projected,
    project,
    psi_weights,
    smoothing,
)

PRIOR_DEVIATION = 0.5
"""Of a parameter, as that of a uniform one: keeps what the errors do not tell within its range."""
LEAST_WEIGHT = 1e-3
"""A model with a smaller share of the largest weight is left out."""


def ets(batch: Sequence[Array], seasonal: Sequence[bool], horizon: int) -> list[Projection | None]:
    """Forecast series by exponential smoothing, the models averaged by their AICc.

    The models have additive errors; no trend, a linear or a damped one; a season of four or none.
    A missing figure has error 0, so that the states propagate undisturbed.

    Parameters
    ----------
    batch
        Each of shape ``(n,)``: log levels or log growth; NaN is missing, first and last are not.
    seasonal
        For each series whether it may have a season.
    horizon
        Quarters after the last.

    Returns
    -------
    list
        For each series its forecast, or None where it is too short for any model.

    References
    ----------
    Hyndman, R. J., Koehler, A. B., Ord, J. K., Snyder, R. D. (2008), *Forecasting with Exponential
    Smoothing*, Springer: chapter 5 (estimation), 6 (prediction), 7 (selection).
    Burnham, K. P., Anderson, D. R. (2002), *Model Selection and Multimodel Inference*, 2nd edition,
    Springer: section 4.3 (weights, and the variance of an average).
    """
    if not len(batch):
        return []
    ragged = Ragged.of(batch, horizon)
    fits = _weighty(fit(ragged, np.asarray(seasonal, dtype=bool)), len(batch))
    futures = look_ahead(ragged, fits, horizon)
    return [_averaged(series, ragged, fits, futures) for series in range(len(batch))]


@dataclass(frozen=True, slots=True, eq=False)
class Futures:
    """What fits say of the rows after the last, in the units of `Ragged`.

    Attributes
    ----------
    mean
        Shape ``(h, m)``.
    covariance
        Shape ``(m, h, h)``.
    errors
        Shape ``(n + h, m)``: standardised, NaN where there is none.
    """

    mean: Array
    covariance: Array
    errors: Array


def _weighty(fits: Fits, count: int) -> Fits:
    """Leave out what bears next to no weight."""
    least = np.full(count, np.inf)
    np.minimum.at(least, fits.series, fits.aicc)
    weight = np.exp(-0.5 * (fits.aicc - least[fits.series]))
    return fits.take(np.flatnonzero(weight >= LEAST_WEIGHT))


def look_ahead(ragged: Ragged, fits: Fits, horizon: int) -> Futures:
    """Forecast with every fit, by taking the future for a gap at the end.

    The covariance is that of the sums of future errors, and by the delta method that of the
    initial states for given smoothing parameters, and of these.
    """
    count, last = len(fits.series), ragged.last[fits.series]
    slot, place = np.nonzero(fits.form.free)
    moved = fits.parameters[:, place]
    moved[slot, np.arange(len(slot))] += STEP
    parameters = np.concatenate([fits.parameters, moved], axis=1)
    column = np.concatenate([np.arange(count), place])
    values, known = ragged.values[:, fits.series], ragged.known[:, fits.series]
    problems = Problems.of(fits.form, values, known, last + horizon)
    projected = project(problems.take(column), parameters)
    surplus = future(projected.errors, last[column], horizon)
    slopes = np.zeros((count, horizon, len(parameters)))
    slopes[place, :, slot] = (surplus[:, place] - surplus[:, count:]).T / STEP
    errors = projected.errors[:, :count] / np.sqrt(fits.variance)
    return Futures(
        mean=future(values, last, horizon) - surplus[:, :count],
        covariance=_covariance(fits, slopes, projected, last),
        errors=np.where(known, errors, np.nan),
    )


def _covariance(fits: Fits, slopes: Array, projected: Projected, last: NDArray[np.intp]) -> Array:
    """Return the joint covariance of the errors of the forecasts, shape ``(m, h, h)``."""
    horizon, count = slopes.shape[1], len(last)
    psi = psi_weights(smoothing(fits.form, fits.parameters), horizon).T
    lag = np.subtract.outer(np.arange(horizon), np.arange(horizon))
    moving = psi[:, np.maximum(lag, 0)] * (lag >= 0)
    states = np.array(
        [future(projected.responses[:, state, :count], last, horizon) for state in range(DEGREE)]
    ).T
    inverse = np.moveaxis(projected.inverse[:, :, :count], 2, 0)
    ridge = fits.variance / PRIOR_DEVIATION**2
    smoothed = np.linalg.inv(fits.curvature + ridge[:, None, None] * np.eye(4))
    total = moving @ moving.swapaxes(1, 2)
    total += states @ inverse @ states.swapaxes(1, 2)
    total += slopes @ smoothed @ slopes.swapaxes(1, 2)
    return np.asarray(total * fits.variance[:, None, None])


def _averaged(series: int, ragged: Ragged, fits: Fits, futures: Futures) -> Projection | None:
    """Average the fits of one series."""
    which = np.flatnonzero(fits.series == series)
    if not len(which):
        return None
    own = fits.take(which)
    weight = np.exp(-0.5 * (own.aicc - own.aicc.min()))
    weight /= weight.sum()
    mean = futures.mean[:, which] @ weight
    apart = futures.mean[:, which] - mean[:, None]
    covariance = np.tensordot(weight, futures.covariance[which], 1) + (apart * weight) @ apart.T
    names = list(CANDIDATES)
    order = np.argsort(-weight, kind="stable")
    unit = ragged.unit[series]
    return Projection(
        mean=ragged.first[series] + unit * mean,
        covariance=unit**2 * covariance,
        degrees_of_freedom=float(weight @ own.freedom),
        errors=futures.errors[: ragged.last[series] + 1, which[order[0]]],
        candidates=tuple(
            Candidate(names[own.model[place]], float(weight[place])) for place in order
        ),
        rule=HeldEts(own.form, own.parameters, weight),
    )
