"""A candidate in the terms of statsmodels: its parameters by name, and a fit of it alone.

The batch finds the parameters; where it did not converge, ``SARIMAX`` fits alone. That both give a
model the same likelihood is for the tests to show, not for a reader to wait for.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON
from forecasting.models.arima.design import Design
from forecasting.models.arima.likelihood import SLOTS, natural_parameters
from forecasting.models.arima.search import BOUND, Order, slots_of
from forecasting.models.predictive import Parameter

MOST_ITERATIONS = 50


@dataclass(frozen=True, slots=True, eq=False)
class EstimatedCandidate:
    """A candidate with everything that was estimated of it.

    Attributes
    ----------
    order
        (p, q, P, Q).
    free, free_covariance
        Its parameters, and their covariance.
    coefficients, coefficient_covariance
        Of its regressors and, last, its mean.
    """

    order: Order
    free: Array
    free_covariance: Array
    coefficients: Array
    coefficient_covariance: Array

    def parameters(self, design: Design) -> tuple[Parameter, ...]:
        """Return the parameters in statsmodels' order, the mean in the place of its intercept."""
        natural, slope = _natural(self.order, self.free)
        first = len(self.coefficients) - design.mean  # the mean, if there is one
        order = [*range(first, len(self.coefficients)), *range(first)]
        errors = np.sqrt(np.diag(self.coefficient_covariance))
        spread = np.sqrt(np.diag(slope @ self.free_covariance @ slope.T))
        values = np.concatenate([self.coefficients[order], natural])
        deviations = np.concatenate([errors[order], spread])
        names = names_of(design, self.order)
        return tuple(map(Parameter, names, values.tolist(), deviations.tolist()))


def model_of(design: Design, order: Order) -> Any:
    """Return the SARIMAX of a design, of its differences or, with gaps, exact diffuse."""
    p, q, seasonal_p, seasonal_q = order
    regressors = design.regressors[: len(design.values)]
    gaps = len(design.gaps) > 0
    # Concentrating the scale, the exact diffuse filter would leave every observation before the
    # last gap of the first year out of it.
    model = SARIMAX(
        design.values,
        exog=regressors if regressors.size else None,
        order=(p, design.d, q),
        seasonal_order=(seasonal_p, design.seasonal_d, seasonal_q, SEASON),
        trend="c" if design.mean else "n",
        simple_differencing=not gaps,
        use_exact_diffuse=gaps,
        concentrate_scale=not gaps,
    )
    model.ssm.tolerance = 0.0  # the filter of a series of small variance must not settle early
    return model


def names_of(design: Design, order: Order) -> tuple[str, ...]:
    """Return the parameters as statsmodels names them, but the mean, which it has no name for."""
    p, q, seasonal_p, seasonal_q = order
    return (
        *["mean"] * design.mean,
        *(f"x{number + 1}" for number in range(design.regressors.shape[1])),
        *(f"ar.L{lag + 1}" for lag in range(p)),
        *(f"ma.L{lag + 1}" for lag in range(q)),
        *[f"ar.S.L{SEASON}"] * seasonal_p,
        *[f"ma.S.L{SEASON}"] * seasonal_q,
    )


def refit(design: Design, order: Order, free: Array) -> Array:
    """Let statsmodels fit alone, from where the batch stopped; return the free parameters.

    Ours are kept where its search breaks down or ends no higher, or outside the region in which
    a model is stationary and invertible; and where quarters are missing, whose diffuse filter
    it does not search reliably.
    """
    if len(design.gaps):
        return free
    model = model_of(design, order)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the result is judged by its likelihood
        start = np.array(model.start_params, dtype=float)
        start[len(start) - len(free) :] = _natural(order, free)[0]
        before = model.loglike(start)
        try:
            result = model.fit(start, disp=0, maxiter=MOST_ITERATIONS, cov_type="none")
        except np.linalg.LinAlgError:
            return free
    refined = _free(order, np.asarray(result.params)[len(start) - len(free) :])
    better = result.llf > before and bool((np.abs(refined) <= BOUND).all())
    return refined if better else free


def _spread(order: Order, free: Array) -> Array:
    """Put the free parameters of a candidate into their slots."""
    spread = np.zeros(len(SLOTS))
    spread[slots_of(order)] = free
    return spread


def _natural(order: Order, free: Array) -> tuple[Array, Array]:
    """Return the coefficients of a candidate and how they move with the free parameters."""
    step = 1e-6
    own = slots_of(order)
    moved = np.repeat(_spread(order, free)[:, None], 1 + len(own), axis=1)
    moved[own, range(1, 1 + len(own))] += step
    natural = natural_parameters(moved)[own]
    return natural[:, 0], (natural[:, 1:] - natural[:, :1]) / step


def _free(order: Order, natural: Array) -> Array:
    """Return the free parameters whose coefficients these are."""
    own = slots_of(order)
    spread = np.zeros(len(SLOTS))
    spread[own] = natural
    for first, sign in ((0, 1.0), (2, -1.0)):
        second = sign * spread[first + 1]
        spread[first : first + 2] = sign * spread[first] / max(1 - second, 1e-9), second
    return spread[own]
