"""Every additive exponential smoothing model of every series, fitted in one batch."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON
from forecasting.models.least_squares import least_squares
from forecasting.models.ragged import LEAST_DEVIATION, Ragged
from forecasting.models.smoothing.reduced_form import Form, Problems, residuals

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
"""Largest size of a parameter; see `reduced_form.smoothing`."""
MOST_ITERATIONS = 15
"""By then who still searches does so in a flat valley: of 72 series' models, one in a hundred could
gain more than 0.1 of log likelihood by going on."""
FEWEST_FREE = 2
"""Least ``n - k - 1``, below which AICc means nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
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

    model: NDArray[np.intp]
    series: NDArray[np.intp]
    form: Form
    parameters: Array
    curvature: Array
    total: Array
    figures: NDArray[np.intp]
    size: NDArray[np.intp]

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
        size, figures = self.size, self.figures
        penalty = 2 * size * figures / (figures - size - 1)
        return np.asarray(figures * np.log(mean) + penalty)

    def take(self, which: NDArray[np.intp]) -> Fits:
        """Return the named fits."""
        return Fits(
            self.model[which],
            self.series[which],
            self.form.take(which),
            self.parameters[:, which],
            self.curvature[which],
            self.total[which],
            self.figures[which],
            self.size[which],
        )


def fit(ragged: Ragged, seasonal: NDArray[np.bool_]) -> Fits:
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
    form = Form(trend[model], damped[model], season[model])
    observed = slice(int(ragged.last.max()) + 1)
    problems = Problems.of(
        form, ragged.values[observed, series], ragged.known[observed, series], ragged.last[series]
    )

    def errors(which: NDArray[np.intp], parameters: Array) -> Array:
        return residuals(problems.take(which), parameters)

    start = _starts(problems)
    solution = least_squares(errors, start, form.free, EDGE, MOST_ITERATIONS)
    return Fits(
        model=model,
        series=series,
        form=form,
        parameters=solution.parameters,
        curvature=solution.curvature,
        total=solution.total,
        figures=ragged.figures[series],
        size=size[model],
    )


def _starts(problems: Problems) -> Array:
    """Return the best of several starts of each problem, shape ``(4, m)``."""
    free = problems.form.free
    same = STARTS[0] == STARTS  # starts that differ in nothing a model has are tried once
    start, which = np.nonzero((same[:, :, None] | free).all(axis=1))
    places = 2 * STARTS[start].T - 1
    errors = residuals(problems.take(which), places)
    total = np.full((len(STARTS), free.shape[1]), np.inf)
    total[start, which] = np.add.reduce(errors * errors, axis=0)
    return np.asarray(2 * STARTS[np.argmin(total, axis=0)].T - 1)
