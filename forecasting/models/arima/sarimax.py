"""The hand-off: the leading candidate as statsmodels writes it.

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
from forecasting.models.arima.leading import Leading
from forecasting.models.arima.polynomials import SLOTS, natural_parameters
from forecasting.models.arima.search import BOUND, slots_of

MOST_ITERATIONS = 50

Candidate = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """The leading candidate as statsmodels names it, the variance left out."""

    names: tuple[str, ...]
    values: Array
    standard_errors: Array


def model_of(design: Design, candidate: Candidate) -> Any:
    """Return the SARIMAX of a design, of its differences or, with gaps, exact diffuse."""
    p, q, seasonal_p, seasonal_q = candidate
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


def record(design: Design, leading: Leading) -> Recorded:
    """Return the parameters in statsmodels' order, its intercept as the mean that it stands for."""
    candidate = leading.candidate
    natural, slope = _natural(candidate, leading.free)
    regressors = leading.coefficients[: len(leading.coefficients) - design.mean]
    mean = leading.coefficients[len(regressors) :]
    errors = np.sqrt(np.diag(leading.coefficient_covariance))
    order = [*range(len(regressors), len(leading.coefficients)), *range(len(regressors))]
    spread = np.sqrt(np.diag(slope @ leading.free_covariance @ slope.T))
    return Recorded(
        names=names_of(design, candidate),
        values=np.concatenate([mean, regressors, natural]),
        standard_errors=np.concatenate([errors[order], spread]),
    )


def names_of(design: Design, candidate: Candidate) -> tuple[str, ...]:
    """Return the parameters as statsmodels names them, but the mean, which it has no name for."""
    p, q, seasonal_p, seasonal_q = candidate
    return (
        *["mean"] * design.mean,
        *(f"x{number + 1}" for number in range(design.regressors.shape[1])),
        *(f"ar.L{lag + 1}" for lag in range(p)),
        *(f"ma.L{lag + 1}" for lag in range(q)),
        *[f"ar.S.L{SEASON}"] * seasonal_p,
        *[f"ma.S.L{SEASON}"] * seasonal_q,
    )


def refitted(design: Design, candidate: Candidate, free: Array) -> Array:
    """Let statsmodels fit alone, from where the batch stopped; return the free parameters.

    Ours are kept where its search breaks down or ends no higher, or outside the region in which
    a model is stationary and invertible; and where quarters are missing, whose diffuse filter
    it does not search reliably.
    """
    if len(design.gaps):
        return free
    model = model_of(design, candidate)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the result is judged by its likelihood
        start = np.array(model.start_params, dtype=float)
        start[len(start) - len(free) :] = _natural(candidate, free)[0]
        before = model.loglike(start)
        try:
            result = model.fit(start, disp=0, maxiter=MOST_ITERATIONS, cov_type="none")
        except np.linalg.LinAlgError:
            return free
    found = _free(candidate, np.asarray(result.params)[len(start) - len(free) :])
    better = result.llf > before and bool((np.abs(found) <= BOUND).all())
    return found if better else free


def _spread(candidate: Candidate, free: Array) -> Array:
    """Put the free parameters of a candidate into their slots."""
    spread = np.zeros(len(SLOTS))
    spread[slots_of(candidate)] = free
    return spread


def _natural(candidate: Candidate, free: Array) -> tuple[Array, Array]:
    """Return the coefficients of a candidate and how they move with the free parameters."""
    step = 1e-6
    own = slots_of(candidate)
    moved = np.repeat(_spread(candidate, free)[:, None], 1 + len(own), axis=1)
    moved[own, range(1, 1 + len(own))] += step
    natural = natural_parameters(moved)[own]
    return natural[:, 0], (natural[:, 1:] - natural[:, :1]) / step


def _free(candidate: Candidate, natural: Array) -> Array:
    """Return the free parameters whose coefficients these are."""
    own = slots_of(candidate)
    spread = np.zeros(len(SLOTS))
    spread[own] = natural
    for first, sign in ((0, 1.0), (2, -1.0)):
        second = sign * spread[first + 1]
        spread[first : first + 2] = sign * spread[first] / max(1 - second, 1e-9), second
    return spread[own]
