"""Exponential smoothing: the additive models of every series, fitted at once, averaged by AICc.

An additive innovations model in states has a reduced form without them,
``delta(L) y = theta(L) e``, whose polynomials have the degree of the number of initial states
that can be distinguished (1 for a level, 1 for a trend, 3 for a season of four). Initial states
only change the first so many rows of the right-hand side. So, whatever they are, the errors are the
filtered series less a combination of the filter's impulse response and its first shifts, and the
best of them are found by linear regression (variable projection).

References
----------
Hyndman, R. J., Koehler, A. B., Ord, J. K., Snyder, R. D. (2008), *Forecasting with Exponential
Smoothing*, Springer: chapter 5 for the likelihood, 6 for prediction, 7 for selection, 11 for
reduced forms.
Golub, G. H., Pereyra, V. (1973), "The differentiation of pseudo-inverses and nonlinear least
squares problems whose variables separate", *SIAM Journal on Numerical Analysis* 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from forecasting.arrays import Array, Indices, Mask
from forecasting.history.log_levels import SEASON
from forecasting.models.least_squares import PRIOR_DEVIATION, STEP, aicc, best_start, least_squares
from forecasting.models.predictive import Candidate, ModelForecast, ModelReport
from forecasting.models.unequal_lengths import (
    FEWEST_FREE,
    LEAST_DEVIATION,
    LEAST_SMOOTHING,
    Ragged,
    future,
)

CANDIDATES = {
    "ETS(A,N,N)": (False, False, False),
    "ETS(A,A,N)": (True, False, False),
    "ETS(A,Ad,N)": (True, True, False),
    "ETS(A,N,A)": (False, False, True),
    "ETS(A,A,A)": (True, False, True),
    "ETS(A,Ad,A)": (True, True, True),
}
"""Trend, damped, season of each model."""
STARTS = np.array(list(product((0.01, 0.1, 0.4, 0.8), (0.005, 0.1, 0.5), (0.005, 0.3), (0.9,))))
"""Where the search may start, as shares of the ranges of alpha, beta, gamma and phi."""
EDGE = 1.0
"""Largest size of a parameter; see `smoothing_parameters`."""
MOST_ITERATIONS = 15
"""By then who still searches does so in a flat valley: of 72 series' models, one in a hundred could
gain more than 0.1 of log likelihood by going on."""
LEAST_WEIGHT = 1e-3
"""A model with a smaller share of the largest weight is left out."""
DEGREE = SEASON + 1
"""The most initial states that can be distinguished: level, trend and three seasons."""
LEAST_PHI, MOST_PHI = 0.8, 0.98
_SINGULAR = 1e-11
"""A state whose squared response falls by more than this is known from the states before it."""


def ets(
    batch: Sequence[Array], seasonal: Sequence[bool], horizon: int
) -> list[ModelForecast | None]:
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
    Burnham, K. P., Anderson, D. R. (2002), *Model Selection and Multimodel Inference*, 2nd edition,
    Springer: section 4.3 (weights, and the variance of an average).
    """
    if not len(batch):
        return []
    ragged = Ragged.of(batch, horizon)
    fits = _without_light_models(fit(ragged, np.asarray(seasonal, dtype=bool)), len(batch))
    means, covariances = forecast_fits(ragged, fits, horizon)
    return [_averaged(series, ragged, fits, means, covariances) for series in range(len(batch))]


def _without_light_models(fits: EtsFits, count: int) -> EtsFits:
    """Leave out what bears next to no weight."""
    least = np.full(count, np.inf)
    np.minimum.at(least, fits.series, fits.aicc)
    weight = np.exp(-0.5 * (fits.aicc - least[fits.series]))
    return fits.take(np.flatnonzero(weight >= LEAST_WEIGHT))


def forecast_fits(ragged: Ragged, fits: EtsFits, horizon: int) -> tuple[Array, Array]:
    """Forecast with every fit, by taking the future for a gap at the end.

    The covariance is that of the sums of future errors, and by the delta method that of the
    initial states for given smoothing parameters, and of these.

    Returns
    -------
    mean, covariance
        Shapes ``(h, m)`` and ``(m, h, h)``: of the rows after the last, in the units of `Ragged`.
    """
    count, last = len(fits.series), ragged.last[fits.series]
    slot, place = np.nonzero(fits.form.free)
    moved = fits.parameters[:, place]
    moved[slot, np.arange(len(slot))] += STEP
    parameters = np.concatenate([fits.parameters, moved], axis=1)
    column = np.concatenate([np.arange(count), place])
    values, known = ragged.values[:, fits.series], ragged.known[:, fits.series]
    problems = EtsProblems.of(fits.form, values, known, last + horizon)
    errors, responses, inverse = errors_and_states(problems.take(column), parameters)
    surplus = future(errors, last[column], horizon)
    slopes = np.zeros((count, horizon, len(parameters)))
    slopes[place, :, slot] = (surplus[:, place] - surplus[:, count:]).T / STEP
    mean = future(values, last, horizon) - surplus[:, :count]
    return mean, _covariance(fits, slopes, responses[..., :count], inverse[..., :count], last)


def _covariance(
    fits: EtsFits, slopes: Array, responses: Array, inverse: Array, last: Indices
) -> Array:
    """Return the joint covariance of the errors of the forecasts, shape ``(m, h, h)``."""
    horizon = slopes.shape[1]
    psi = psi_weights(smoothing_parameters(fits.form, fits.parameters), horizon).T
    lag = np.subtract.outer(np.arange(horizon), np.arange(horizon))
    moving = psi[:, np.maximum(lag, 0)] * (lag >= 0)
    states = np.array([future(responses[:, row], last, horizon) for row in range(DEGREE)]).T
    ridge = fits.variance / PRIOR_DEVIATION**2
    smoothed = np.linalg.inv(fits.curvature + ridge[:, None, None] * np.eye(4))
    total = moving @ moving.swapaxes(1, 2)
    total += states @ np.moveaxis(inverse, 2, 0) @ states.swapaxes(1, 2)
    total += slopes @ smoothed @ slopes.swapaxes(1, 2)
    return np.asarray(total * fits.variance[:, None, None])


def _averaged(
    series: int, ragged: Ragged, fits: EtsFits, means: Array, covariances: Array
) -> ModelForecast | None:
    """Average the fits of one series."""
    which = np.flatnonzero(fits.series == series)
    if not len(which):
        return None
    own = fits.take(which)
    weight = np.exp(-0.5 * (own.aicc - own.aicc.min()))
    weight /= weight.sum()
    mean = means[:, which] @ weight
    apart = means[:, which] - mean[:, None]
    covariance = np.tensordot(weight, covariances[which], 1) + (apart * weight) @ apart.T
    names, unit = list(CANDIDATES), ragged.unit[series]
    candidates = [
        Candidate(names[own.model[place]], float(weight[place]))
        for place in np.argsort(-weight, kind="stable")
    ]
    return ModelForecast(
        mean=ragged.first[series] + unit * mean,
        covariance=unit**2 * covariance,
        degrees_of_freedom=float(weight @ own.freedom),
        report=ModelReport.of("ets", int(ragged.figures[series]), *candidates),
        fixed=FixedEts(own.form, own.parameters, weight),
    )


@dataclass(frozen=True, slots=True, eq=False)
class FixedEts:
    """The smoothing parameters of averaged models held fixed; initial states are found anew.

    A state is no parameter: it is where the figures show a series to stand.

    Attributes
    ----------
    form
        Of the models.
    parameters
        Shape ``(4, m)``: as in ``smoothing_parameters``.
    weight
        Shape ``(m,)``.
    """

    form: EtsForm
    parameters: Array
    weight: Array

    def mean(self, values: Array, moved: int, horizon: int) -> Array:
        """Forecast other values; see ``FixedModel``."""
        del moved  # seasons are states
        ragged = Ragged.of([values], horizon)
        column = np.zeros(len(self.weight), dtype=np.intp)
        own, known, last = ragged.values[:, column], ragged.known[:, column], ragged.last[column]
        problems = EtsProblems.of(self.form, own, known, last + horizon)
        surplus = future(errors_and_states(problems, self.parameters)[0], last, horizon)
        mean = (future(own, last, horizon) - surplus) @ self.weight
        return np.asarray(ragged.first[0] + ragged.unit[0] * mean)


@dataclass(frozen=True, slots=True, eq=False)
class EtsFits:
    """Fitted models, each column a model of a series, in the units of `Ragged`.

    Attributes
    ----------
    model, series
        Shape ``(m,)``: which of the candidates, of which series.
    form
        Of the models.
    parameters
        Shape ``(4, m)``.
    curvature
        Shape ``(m, 4, 4)``.
    total
        Shape ``(m,)``: sum of squared errors.
    figures, size
        Shape ``(m,)``: figures observed; parameters as AICc counts them, which are smoothing
        parameters, initial states with all four seasons, and the variance.
    """

    model: Indices
    series: Indices
    form: EtsForm
    parameters: Array
    curvature: Array
    total: Array
    figures: Indices
    size: Indices

    @property
    def freedom(self) -> Array:
        """Degrees of freedom of the errors."""
        return (self.figures - self.size).astype(float)

    @property
    def variance(self) -> Array:
        """Of the one-step errors."""
        return np.maximum(self.total / self.freedom, LEAST_DEVIATION**2)

    @property
    def aicc(self) -> Array:
        """Up to a constant of each series."""
        mean = np.maximum(self.total / self.figures, LEAST_DEVIATION**2)
        return aicc(mean, self.figures, self.size)

    def take(self, which: Indices) -> EtsFits:
        """Return the named fits."""
        return EtsFits(
            self.model[which],
            self.series[which],
            self.form.take(which),
            self.parameters[:, which],
            self.curvature[which],
            self.total[which],
            self.figures[which],
            self.size[which],
        )


def fit(ragged: Ragged, seasonal: Mask) -> EtsFits:
    """Fit every model that a series is long enough for.

    A season needs each quarter of the year twice, besides the degrees of freedom.

    Parameters
    ----------
    ragged
        The series.
    seasonal
        Shape ``(m,)``: whether a series may have a season.
    """
    trend, damped, season = np.array(list(CANDIDATES.values())).T
    size = 2 + 2 * trend + damped + (1 + SEASON) * season + 1
    allowed = ragged.figures - size[:, None] - 1 >= FEWEST_FREE
    allowed &= ~season[:, None] | (seasonal & ragged.every_quarter)
    model, series = np.nonzero(allowed)
    form = EtsForm(trend[model], damped[model], season[model])
    observed = slice(int(ragged.last.max()) + 1)
    problems = EtsProblems.of(
        form, ragged.values[observed, series], ragged.known[observed, series], ragged.last[series]
    )

    def errors(which: Indices, parameters: Array) -> Array:
        return residuals(problems.take(which), parameters)

    start = best_start(errors, 2 * STARTS - 1, form.free)
    solution = least_squares(errors, start, form.free, EDGE, MOST_ITERATIONS)
    return EtsFits(
        model=model,
        series=series,
        form=form,
        parameters=solution.parameters,
        curvature=solution.curvature,
        total=solution.total,
        figures=ragged.figures[series],
        size=size[model],
    )


@dataclass(frozen=True, slots=True, eq=False)
class EtsForm:
    """Which components models have; every field of shape ``(m,)``."""

    trend: Mask
    damped: Mask
    season: Mask

    @property
    def states(self) -> Indices:
        """Initial states that can be distinguished, the degree of the polynomials."""
        return np.where(self.season, SEASON, 1) + self.trend

    @property
    def free(self) -> Mask:
        """Which of alpha, beta, gamma and phi a model has, shape ``(4, m)``."""
        return np.array([np.ones_like(self.trend), self.trend, self.season, self.damped])

    def take(self, which: Indices) -> EtsForm:
        """Return the named models."""
        return EtsForm(self.trend[which], self.damped[which], self.season[which])


@dataclass(frozen=True, slots=True, eq=False)
class EtsProblems:
    """Models of series, each column a model of a series.

    Attributes
    ----------
    form
        Of the models.
    differenced
        Shape ``(n, m)``: each series with every gap bridged, differenced at lag 4 for a model
        with season and at lag 1 for one without.
    known
        Shape ``(n, m)``: 1 where a figure is observed and 0 elsewhere.
    gaps
        Shape ``(n, m)``: rows whose error is 0, so that the states propagate undisturbed.
    """

    form: EtsForm
    differenced: Array
    known: Array
    gaps: Mask

    @classmethod
    def of(cls, form: EtsForm, values: Array, known: Mask, last: Indices) -> EtsProblems:
        """Return the problems for bridged series of which row ``last`` is the last of interest."""
        differenced = np.zeros_like(values)
        for lag, having in ((1, ~form.season), (SEASON, form.season)):
            differenced[lag:, having] = values[lag:, having] - values[:-lag, having]
        gaps = ~known & (np.arange(len(values))[:, None] <= last)
        return cls(form, differenced, known.astype(float), gaps)

    def take(self, which: Indices) -> EtsProblems:
        """Return the named problems."""
        return EtsProblems(
            self.form.take(which),
            np.take(self.differenced, which, axis=1),
            np.take(self.known, which, axis=1),
            np.take(self.gaps, which, axis=1),
        )


def smoothing_parameters(form: EtsForm, parameters: Array) -> Array:
    """Return alpha, beta, gamma and phi, shape ``(4, m)``, of parameters between -1 and 1.

    The map is linear, for errors are nearly linear in the smoothing parameters and half of all
    optima lie on an edge, which a curved map only approaches. beta is a share of alpha and gamma
    of 1 - alpha, so that all stay in the usual region; a trend that is not damped has phi 1.
    """
    share = 0.5 + 0.5 * parameters
    alpha, beta, gamma = LEAST_SMOOTHING + (1 - 2 * LEAST_SMOOTHING) * share[:3]
    phi = np.where(form.damped, LEAST_PHI + (MOST_PHI - LEAST_PHI) * share[3], 1.0)
    return np.array([alpha, form.trend * beta * alpha, form.season * gamma * (1 - alpha), phi])


def psi_weights(smoothed: Array, length: int) -> Array:
    """Return what an error does to the row of it and the rows after, shape ``(length, m)``."""
    alpha, beta, gamma, phi = smoothed
    psi = np.empty((length, len(alpha)))
    psi[0] = 1.0
    damped = np.cumsum(np.cumprod(np.broadcast_to(phi, psi[1:].shape), axis=0), axis=0)
    np.add(beta * damped, alpha, out=psi[1:])
    psi[SEASON::SEASON] += gamma
    return psi


def residuals(problems: EtsProblems, parameters: Array) -> Array:
    """Return the errors with the best initial states, shape ``(n, m)``, 0 where unknown."""
    system = _responses(problems, parameters)
    system *= problems.known[:, None]
    triangle, _ = _eliminate(system, problems.form.states)
    return _without_states(system, triangle)


def errors_and_states(problems: EtsProblems, parameters: Array) -> tuple[Array, Array, Array]:
    """Return the errors with the best initial states, and what is known of these.

    Returns
    -------
    errors
        Shape ``(n, m)``; in a gap, by how much the bridged value exceeds its forecast.
    responses
        Shape ``(n, 5, m)``: what a unit of each state does to the errors, with sign reversed.
    inverse
        Shape ``(5, 5, m)``: of the normal matrix of the states, zeros for states not had.
    """
    system = _responses(problems, parameters)
    known = system * problems.known[:, None]
    triangle, pivots = _eliminate(known, problems.form.states)
    return _without_states(system, triangle), system[:, :DEGREE], _inverse(triangle, pivots)


def _responses(problems: EtsProblems, parameters: Array) -> Array:
    """Return responses to five initial states, and the filtered series; ``(n, 6, m)``."""
    form = problems.form
    smoothed = smoothing_parameters(form, parameters)
    damping = np.where(form.trend, smoothed[3], 0.0)
    moving = _moving_average(form, smoothed, damping)
    driven = problems.differenced.copy()
    driven[1:] -= damping * problems.differenced[:-1]
    filtered = _filter(moving, driven)
    rows = len(driven)
    system = np.empty((rows, DEGREE + 1, len(damping)))
    for shift in range(DEGREE):
        system[:, shift] = filtered[DEGREE - shift : DEGREE - shift + rows, 1]
    system[:, DEGREE] = filtered[DEGREE:, 0]
    if problems.gaps.any():
        _propagate(system, problems, damping)
    return system


def _moving_average(form: EtsForm, smoothed: Array, damping: Array) -> Array:
    """Return ``theta`` at lags 5 to 1, shape ``(5, m)``: ``delta(L) psi(L)``."""
    psi = psi_weights(smoothed, DEGREE + 1)
    once = psi - _lagged(form, psi)
    return np.asarray((once[1:] - damping * once[:-1])[::-1, None])


def _lagged(form: EtsForm, rows: Array) -> Array:
    """Return rows a year ago for a model with season, else the rows before; 0 at first."""
    lagged = np.zeros_like(rows)
    lagged[1:] = rows[:-1] * ~form.season
    lagged[SEASON:] += rows[:-SEASON] * form.season
    return lagged


def _filter(moving: Array, driven: Array) -> Array:
    """Divide a series and a unit impulse by ``theta(L)``; ``(5 + n, 2, m)``, five rows of 0."""
    rows, count = driven.shape
    filtered = np.zeros((DEGREE + rows, 2, count))
    filtered[DEGREE:, 0] = driven
    filtered[DEGREE, 1] = 1.0
    products, past = np.empty((DEGREE, 2, count)), np.empty((2, count))
    for row in range(rows):
        now = filtered[DEGREE + row]
        np.multiply(moving, filtered[row : row + DEGREE], out=products)
        np.add.reduce(products, axis=0, out=past)
        np.subtract(now, past, out=now)
    return filtered


def _propagate(system: Array, problems: EtsProblems, damping: Array) -> None:
    """Put into every gap the value that makes its error 0; the gap keeps the change, reversed."""
    having = np.flatnonzero(problems.gaps.any(axis=0))
    gaps, form = problems.gaps[:, having], problems.form.take(having)
    impulse = system[:, 0, having]
    pulse = impulse - _lagged(form, impulse)
    pulse[1:] -= damping[having] * pulse[:-1]
    changed = system[:, :, having]
    for row in np.flatnonzero(gaps.any(axis=1)):
        hit = np.flatnonzero(gaps[row])
        changed[row + 1 :, :, hit] -= (
            changed[row, :, hit].T * pulse[1 : len(pulse) - row, None, hit]
        )
    system[:, :, having] = changed


def _eliminate(system: Array, states: Indices) -> tuple[Array, Array]:
    """Return the normal equations with unit triangle, ``(5, 6, m)``, and the inverse pivots."""
    triangle = np.zeros((DEGREE, DEGREE + 1, system.shape[2]))
    for row in range(DEGREE):
        np.einsum("nm,ncm->cm", system[:, row], system[:, row:], out=triangle[row, row:])
    diagonal = np.array([triangle[row, row] for row in range(DEGREE)])
    inverse = np.zeros_like(diagonal)
    had = (np.arange(DEGREE)[:, None] < states) & (diagonal > 0)
    for row in range(DEGREE):
        pivot = triangle[row, row]
        usable = had[row] & (pivot > _SINGULAR * diagonal[row])
        np.divide(1.0, pivot, out=inverse[row], where=usable)
        rest = triangle[row, row + 1 :]
        scaled = rest * inverse[row]
        triangle[row + 1 :, row + 1 :] -= rest[:-1, None] * scaled
        triangle[row, row + 1 :] = scaled
    return triangle, inverse


def _without_states(system: Array, triangle: Array) -> Array:
    """Take the best combination of the responses away from the series."""
    weights = -_back_substitute(triangle, triangle[:, DEGREE:])
    weights = np.concatenate([weights[:, 0], np.ones_like(weights[:1, 0])])
    return np.asarray(np.einsum("cm,ncm->nm", weights, system))


def _back_substitute(triangle: Array, right: Array) -> Array:
    """Solve the unit triangle for right-hand sides of shape ``(5, r, m)``."""
    solution = right.copy()
    for row in range(DEGREE - 2, -1, -1):
        for column in range(row + 1, DEGREE):
            solution[row] -= triangle[row, column] * solution[column]
    return solution


def _inverse(triangle: Array, pivots: Array) -> Array:
    """Return the inverse of the normal matrix, shape ``(5, 5, m)``."""
    count = triangle.shape[2]
    unit = _back_substitute(triangle, np.repeat(np.eye(DEGREE)[:, :, None], count, axis=2))
    return np.asarray(np.einsum("ikm,km,jkm->ijm", unit, pivots, unit))
