"""Which model: a small set of candidates, compared by exact likelihood and AICc."""

from __future__ import annotations

import numpy as np

from forecasting.arima.differencing import differenced, first_differences, seasonal_differences
from forecasting.arima.fit import Fit, Order, fit
from forecasting.arima.outliers import Found, clean, regressors_of
from forecasting.arima.series import LogLevels

CANDIDATES = (
    (0, 0, 0, 0),
    (1, 0, 0, 0),
    (0, 1, 0, 0),
    (1, 1, 0, 0),
    (2, 0, 0, 0),
    (0, 0, 0, 1),
    (1, 0, 0, 1),
    (0, 1, 0, 1),
    (1, 0, 1, 0),
)
"""(p, q, P, Q) of the models compared; every one has at most two ARMA parameters."""


def search(series: LogLevels) -> tuple[Fit, tuple[Found, ...]] | None:
    """Return the candidate with the least AICc and the outliers in it; None if none fits.

    D comes from the construction of the series or from the strength of its season, outliers
    from a preliminary model, d from a test on the series without them. The candidates are
    compared on that series; the chosen one is then fitted together with the outliers.
    """
    seasonal_d = 0 if series.chained else seasonal_differences(series.filled)
    taken = seasonal_d + series.chained
    cleaned = clean(series, Order(0, 1, 1, 0, seasonal_d, 1, mean=taken == 0))
    d = first_differences(differenced(cleaned.filled, 0, seasonal_d))
    mean = d + taken < 2  # a series that is differenced twice has no drift in its growth
    nothing = np.empty((len(cleaned.values), 0))
    fits = (
        fit(cleaned.values, Order(p, d, q, seasonal_p, seasonal_d, seasonal_q, mean), nothing)
        for p, q, seasonal_p, seasonal_q in CANDIDATES
    )
    converged = [fitted for fitted in fits if fitted is not None]
    if not converged:
        return None
    best = min(converged, key=lambda fitted: fitted.aicc)
    if not cleaned.found:
        return best, ()
    joint = fit(series.modelled, best.order, regressors_of(series, cleaned.found))
    return None if joint is None else (joint, cleaned.found)
