"""How long methods take for the same work, measured in turn and several times over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.exchange import History
from benchmarks.methods import Method, Run
from benchmarks.series import Series

SERIES, LENGTH, ORIGINS, BACKTEST_HORIZON = 12, 40, 13, 4
REPEATS = 5
FORECAST, BACKTEST = "forecast", "backtest"

Runner = Callable[[Method, Mapping[str, History], int], Run]


@dataclass(frozen=True)
class Comparison:
    """Our method and a peer's on the same work, and how many times faster ours is to be."""

    work: str
    ours: str
    peer: str
    target: str


COMPARISONS = (
    Comparison(FORECAST, "ours-search", "statsforecast-arima", "20"),
    Comparison(FORECAST, "ours-search", "r-arima", "12"),
    Comparison(FORECAST, "ours-search", "pmdarima-arima", "80"),
    Comparison(FORECAST, "ours-arima", "statsforecast-arima", "none"),
    Comparison(FORECAST, "ours-pool", "statsforecast-mean", "10, aim 25"),
    Comparison(BACKTEST, "ours-pool", "statsforecast-mean", "30"),
)


@dataclass(frozen=True)
class Timing:
    """One process: processor time for all of the work, and the import before it."""

    milliseconds: float
    import_seconds: float


Timings = dict[str, dict[str, list[Timing]]]
"""By work, then by the id of the method: one for each repeat."""


def works(series: Iterable[Series], horizon: int) -> dict[str, tuple[dict[str, History], int]]:
    """Return the histories and the horizon of each work.

    Parameters
    ----------
    series
        The first ``SERIES`` that are ``LENGTH`` long are used, cut to that length.
    horizon
        Of the single forecast.
    """
    long = [one for one in series if len(one.train) >= LENGTH][:SERIES]
    histories: dict[str, History] = {one.id: one.train[-LENGTH:].tolist() for one in long}
    origins: dict[str, History] = {
        f"{id}:{length}": history[:length]
        for id, history in histories.items()
        for length in range(LENGTH - ORIGINS + 1, LENGTH + 1)
    }
    return {FORECAST: (histories, horizon), BACKTEST: (origins, BACKTEST_HORIZON)}


def measure(
    series: Iterable[Series], methods: Sequence[Method], horizon: int, run: Runner
) -> Timings:
    """Time every method on the work that it is compared on, one after the other in each repeat."""
    timings: Timings = {}
    for work, (histories, quarters) in works(series, horizon).items():
        compared = {
            id for each in COMPARISONS if each.work == work for id in (each.ours, each.peer)
        }
        taking_part = [method for method in methods if method.id in compared]
        spent = timings[work] = {method.id: [] for method in taking_part}
        for repeat in range(REPEATS):
            print(f"speed of {work}, repeat {repeat + 1} of {REPEATS}", file=sys.stderr)
            for method in taking_part:
                done = run(method, histories, quarters)
                total = sum(answer.milliseconds for answer in done.answers.values())
                spent[method.id].append(Timing(total, done.import_seconds))
    return timings


def typical(timings: Sequence[Timing]) -> float:
    """Return the median of the processor times, in milliseconds."""
    return median(timing.milliseconds for timing in timings)


def ratios(ours: Sequence[Timing], peer: Sequence[Timing]) -> tuple[float, float, float]:
    """Return how many times faster ours is: by the medians, and in the worst and best repeat."""
    each = [b.milliseconds / a.milliseconds for a, b in zip(ours, peer, strict=True)]
    return typical(peer) / typical(ours), min(each), max(each)
