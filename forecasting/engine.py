"""The engine: a batch of log-level histories in, one predictive distribution each out.

Everything above this seam knows only ``Predictive``; another engine replaces this module
without touching anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from threadpoolctl import threadpool_limits

from forecasting.arima.forecast import member_of
from forecasting.arima.search import search
from forecasting.arima.series import LogLevels
from forecasting.naive import naive_member
from forecasting.predictive import Predictive

Engine = Callable[[Sequence[LogLevels], int], list[Predictive]]
"""What stands at the seam: ``predict``, or something that keeps what it once answered."""
ENGINE = "sarima-1"
"""Named on every outlook; a change of any forecast changes it."""
FEWEST_FIGURES = 12
"""Under so many published figures the naive member speaks alone."""


def predict(batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
    """Forecast every series of a batch on its own.

    Parameters
    ----------
    batch
        Series of any length and start, each up to its own origin.
    horizon
        Quarters after each origin.

    Returns
    -------
    list of Predictive
        In the order of the batch; row 1 of every member is the quarter after its origin.
    """
    # Matrices here are a few rows wide: threads of the linear algebra library only wait for
    # each other on them, which made a fit ten times slower on two cores.
    with threadpool_limits(limits=1, user_api="blas"):
        return [_predict(series, horizon) for series in batch]


def _predict(series: LogLevels, horizon: int) -> Predictive:
    chosen = search(series) if series.figures >= FEWEST_FIGURES else None
    member = (
        naive_member(series, horizon) if chosen is None else member_of(series, *chosen, horizon)
    )
    return Predictive(series.origin, (member,))
