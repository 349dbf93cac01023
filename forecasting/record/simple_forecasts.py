"""Simple forecasts that a record is compared with: persistence, and how often years met it."""

from __future__ import annotations

import math
from statistics import fmean

from forecasting.figures.period import Quarter
from forecasting.figures.target import published
from forecasting.history.history import History
from forecasting.record.backtest import BacktestCase


def persistence_probability(case: BacktestCase) -> float:
    """Return the probability of the simple forecast.

    Growth since January persists to the year's end, with the errors that this rule made in all
    earlier years, equally weighted. At the fourth quarter of the year before, last year's
    growth persists.
    """
    history, year, quarter = case.verdict.history, case.year, case.origin_quarter
    known = _known(history, year, quarter)
    errors = [
        history.ytd_at(Quarter(past, 4)) - _known(history, past, quarter)
        for past in range(history.quarters[0].year, year)
    ]
    futures = [known + error for error in errors if math.isfinite(error)] or [known]
    return fmean(case.verdict.cut.met_by(published(future)) for future in futures)


def historical_frequency(case: BacktestCase) -> float:
    """Return the share of earlier complete years that met the target, after Laplace.

    It is ``(met + 1) / (years + 2)``, so that a few years that all met it are no certainty and
    no earlier year at all means one half.

    References
    ----------
    Laplace, P.-S. (1814), *Essai philosophique sur les probabilités*: the rule of succession.
    """
    history = case.verdict.history
    ends = [history.ytd_at(Quarter(y, 4)) for y in range(history.quarters[0].year, case.year)]
    met = [case.verdict.cut.met_by(published(end)) for end in ends if math.isfinite(end)]
    return (sum(met) + 1) / (len(met) + 2)


def _known(history: History, year: int, quarter: int) -> float:
    """Return the growth that persists: since January, or last year's before any is known."""
    return history.ytd_at(Quarter(year - 1, 4) + quarter)
