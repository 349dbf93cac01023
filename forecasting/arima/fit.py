"""One SARIMAX, fitted by exact maximum likelihood; statsmodels is the model of record."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from statsmodels.tools.sm_exceptions import ConvergenceWarning, EstimationWarning, ValueWarning
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecasting.arima.series import SEASON
from forecasting.predictive import Array

MOST_ITERATIONS = 60


@dataclass(frozen=True, slots=True)
class Order:
    """(p, d, q)(P, D, Q) with season 4, and whether the differenced series has a mean.

    Of a series whose growth is modelled, D counts the differences that are left to take: none.
    """

    p: int
    d: int
    q: int
    seasonal_p: int
    seasonal_d: int
    seasonal_q: int
    mean: bool

    @property
    def regular(self) -> tuple[int, int, int]:
        """(p, d, q)."""
        return self.p, self.d, self.q

    @property
    def seasonal(self) -> tuple[int, int, int]:
        """(P, D, Q)."""
        return self.seasonal_p, self.seasonal_d, self.seasonal_q


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A model fitted to the modelled stretch of a series.

    Attributes
    ----------
    parameters
        In the order of ``names``; the variance is concentrated out.
    variance
        Maximum likelihood estimate of the one-step variance.
    observations
        Observed rows less those that differencing uses up.
    aicc
        With the variance counted as a parameter.
    """

    order: Order
    values: Array
    regressors: Array
    names: tuple[str, ...]
    parameters: Array
    variance: float
    observations: int
    aicc: float

    @property
    def free(self) -> int:
        """Estimated parameters, the variance not counted."""
        return len(self.parameters)


def fit(values: Array, order: Order, regressors: Array) -> Fit | None:
    """Fit one model; None where it has too few observations or likelihood breaks down.

    Parameters
    ----------
    values
        Shape ``(n,)``: log levels or log growth, NaN where missing.
    regressors
        Shape ``(n, k)``, k may be 0.

    Notes
    -----
    Without gaps the differenced series is fitted, which has the same likelihood as the exact
    diffuse one and is several times faster; with gaps the values are.
    """
    lost = order.d + SEASON * order.seasonal_d
    observed = int(np.isfinite(values).sum()) - lost
    model = _model(values, order, regressors, differenced=not np.isnan(values).any())
    free = len(model.param_names)
    if observed - free - 2 < 2:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", EstimationWarning)
        warnings.simplefilter("ignore", ValueWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", UserWarning)  # starting values it had to change
        try:
            if free:
                result = model.fit(disp=0, maxiter=MOST_ITERATIONS, cov_type="none")
            else:
                result = model.filter(np.empty(0), cov_type="none")
        except np.linalg.LinAlgError:
            return None
    if not np.isfinite(result.llf) or not np.isfinite(result.params).all():
        return None
    penalty = 2 * (free + 1) * observed / (observed - free - 2)
    return Fit(
        order=order,
        values=values,
        regressors=regressors,
        names=tuple(model.param_names),
        parameters=np.asarray(result.params),
        variance=float(result.scale),
        observations=observed,
        aicc=-2 * float(result.llf) + penalty,
    )


def _model(
    values: Array, order: Order, regressors: Array, *, differenced: bool, concentrated: bool = True
) -> Any:
    """Return the SARIMAX, of the differences or, exact diffuse, of the values."""
    return SARIMAX(
        values,
        exog=regressors if regressors.size else None,
        order=order.regular,
        seasonal_order=(*order.seasonal, SEASON),
        trend="c" if order.mean else "n",
        simple_differencing=differenced,
        concentrate_scale=concentrated,
        use_exact_diffuse=not differenced,
    )


def exact_model(fitted: Fit) -> Any:
    """Return the SARIMAX of the values, exact diffuse, whose last parameter is the variance."""
    return _model(
        fitted.values, fitted.order, fitted.regressors, differenced=False, concentrated=False
    )


def likelihood_model(fitted: Fit) -> Any:
    """Return the SARIMAX whose likelihood was maximised."""
    gaps = bool(np.isnan(fitted.values).any())
    return _model(fitted.values, fitted.order, fitted.regressors, differenced=not gaps)
