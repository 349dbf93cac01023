"""Score the engine on many series of published growth, beside the simple forecast.

    python -m benchmarks.growth_scores FOLDER [--every N] [--level WORD] [--years 2014:2025]
        by what ships: every year is forecast by what was learned from earlier years, but of
        these same series
    python -m benchmarks.growth_scores FOLDER --left-out FILE FILE FILE
        out of sample across series too: each is forecast by what was learned without its third
        of the groups, as ``python -m tools.learn_growth FOLDER --leave-out K`` wrote it for
        K = 0, 1 and 2
    python -m benchmarks.growth_scores FOLDER --last 6 [--left-out FILE FILE FILE]
        as of an area that publishes since a while only: every origin is shown no figures but
        those of its last six quarters (the simple forecast all that there are)

``FOLDER`` is described in ``benchmarks.published_growth``; ``--every`` takes every Nth series of
the nation, local ones all. The simple forecast: growth to date persists, with the rule's own past
errors at the same quarter (a t with as many degrees of freedom; at least three of them). Years,
quarters and series that it answers are scored: calm years and those of ``SHOCK_YEARS`` apart.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

from benchmarks.published_growth import (
    LEVELS,
    THRESHOLD,
    Case,
    Series,
    backtested,
    losses,
    means,
    read_series,
    with_learners,
)
from benchmarks.report import table
from forecasting.arrays import Array
from forecasting.figures.period import Month
from forecasting.models.pool import ENGINE
from forecasting.models.runtime import use_one_thread
from forecasting.record.reliability import BIN_EDGES

FEWEST_ERRORS, SMALLEST_SCALE, ROUNDING = 3, 0.05, 0.05
"""Of the simple forecast: errors, points, and half of the last published digit."""
SCORES = (0, 3, 4)
"""Of ``Means``: pinball, Brier and log score."""
RESAMPLES, SEED = 4000, 0
ORIGINS = ("Q4 of the year before", "Q1", "Q2", "Q3")
TITLES = ("", "n", "pinball", "80% holds", "width", "Brier", "log")
SHIPPED_LEARNT = (
    "Parameters of each year learned from earlier years, but of these same series: out of sample "
    "in time, not across series."
)
LEFT_OUT_LEARNT = (
    "Every series forecast by what was learned without its third of the groups, each year from "
    "earlier years: out of sample in time and across series."
)

Pair = tuple[Case, Case]
"""What the engine and the simple forecast answered."""


class Difference(NamedTuple):
    """Mean differences of pinball loss, Brier and log score, and the ends of 90% intervals.

    The intervals are of resampled series, for cases of one series depend on each other. That
    series share their years is not counted.
    """

    series: int
    mean: Array
    low: Array
    high: Array


def main() -> None:
    """Run the backtest and print its scores."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path)
    options.add_argument("--every", type=int, default=1, metavar="N")
    options.add_argument("--level", default="", metavar="WORD")
    options.add_argument("--years", default="2014:2025")
    options.add_argument("--left-out", type=Path, nargs="+", default=[], metavar="FILE")
    options.add_argument("--last", type=int, metavar="N")
    given = options.parse_args()
    use_one_thread()
    first, last = map(int, given.years.split(":"))
    series = read_series(given.folder)
    chosen = [own for own in thinned(series, given.every) if given.level in own.level]
    pairs = answered(chosen, series, range(first, last + 1), given.left_out, given.last)
    print(
        f"{len(chosen)} series, {ENGINE}. {LEFT_OUT_LEARNT if given.left_out else SHIPPED_LEARNT}"
    )
    if given.last:
        print(f"Every origin is shown the figures of its last {given.last} quarters alone.")
    for name, members in (
        ("Calm years", [pair for pair in pairs if not pair[0].shock]),
        ("2020 and 2021", [pair for pair in pairs if pair[0].shock]),
    ):
        if members:
            told = _scores(members), _differences(members), _bins(members)
            print(f"\n{name}: simple / {ENGINE}\n\n" + "\n\n".join(told))


def answered(
    chosen: Sequence[Series],
    every: Sequence[Series],
    years: range,
    left_out: Sequence[Path],
    last: int | None = None,
) -> list[Pair]:
    """Answer every case by the engine, and by the simple forecast where it says anything.

    The parameters are those of ``with_learners`` and ``backtested``.
    """
    return [
        (case, simple)
        for series, learner in with_learners(chosen, every, left_out)
        for case in backtested([own.by_quarter() for own in series], years, learner, last=last)
        if (simple := simple_forecast(case)) is not None
    ]


def thinned(series: Sequence[Series], every: int) -> list[Series]:
    """Return every Nth series of the nation, and all local ones."""
    nation = [own for own in series if own.level.startswith("nation")]
    return [*nation[::every], *(own for own in series if not own.level.startswith("nation"))]


def simple_forecast(case: Case) -> Case | None:
    """Return the answer of persistence; None where the rule was tried too few times before."""
    growth = case.series.growth

    def known(year: int) -> float | None:
        return growth.get(Month(year, case.month) if case.month else Month(year - 1, 12))

    ends = {month.year: end for month, end in growth.items() if month.month == 12}
    pairs = [(end, known(year)) for year, end in ends.items() if year < case.year]
    errors = [end - so_far for end, so_far in pairs if so_far is not None]
    now = known(case.year)
    if len(errors) < FEWEST_ERRORS or now is None:
        return None
    scale = max(math.sqrt(math.fsum(e**2 for e in errors) / len(errors)), SMALLEST_SCALE)
    low, median, high = (now + scale * stdtrit(len(errors), LEVELS)).tolist()
    above = float(stdtr(len(errors), (now - THRESHOLD - ROUNDING) / scale))
    return replace(case, quantiles=(low, median, high), probability=above)


def _cuts(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Return all cases, those of each origin and those of each level of area."""
    cuts = {"all": list(pairs)}
    for origin, name in enumerate(ORIGINS):
        cuts[name] = [pair for pair in pairs if pair[0].month == 3 * origin]
    for level in dict.fromkeys(own.series.level for own, _ in pairs):
        cuts[level] = [pair for pair in pairs if pair[0].series.level == level]
    return {name: members for name, members in cuts.items() if members}


def _scores(pairs: Sequence[Pair]) -> str:
    rows = []
    for name, members in _cuts(pairs).items():
        ours, simple = (means(cases) for cases in zip(*members, strict=True))
        each = [f"{b:.4f} / {a:.4f}" for a, b in zip(ours, simple, strict=True)]
        rows.append([name, f"{len(members):,}", *each])
    return table(TITLES, rows)


def _differences(pairs: Sequence[Pair]) -> str:
    rows = []
    for name, members in _cuts(pairs).items():
        own = difference(members)
        each = zip(own.mean, own.low, own.high, strict=True)
        told = [f"{mean:+.4f} ({low:+.4f} to {high:+.4f})" for mean, low, high in each]
        rows.append([name, f"{own.series:,}", *told])
    return table((f"{ENGINE} less simple", "series", "pinball", "Brier", "log"), rows)


def difference(pairs: Sequence[Pair]) -> Difference:
    """Return by how much the engine's losses are above those of the simple forecast."""
    ours, simple = (losses(cases)[:, SCORES] for cases in zip(*pairs, strict=True))
    names = [f"{own.series.area} {own.series.indicator}" for own, _ in pairs]
    _, which, sizes = np.unique(names, return_inverse=True, return_counts=True)
    sums = np.zeros((len(sizes), len(SCORES)))
    np.add.at(sums, which, ours - simple)
    drawn = np.random.default_rng(SEED).integers(0, len(sizes), (RESAMPLES, len(sizes)))
    again = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)[:, None]
    low, high = np.quantile(again, [0.05, 0.95], axis=0)
    return Difference(len(sizes), sums.sum(axis=0) / len(pairs), low, high)


def _bins(pairs: Sequence[Pair]) -> str:
    """Return how often came what was said: cases, then said and came in percent, by bins."""
    ends = list(pairwise(BIN_EDGES))
    titles = ("said", *(f"{100 * low:.0f}–{100 * high:.0f}%" for low, high in ends))
    rows = []
    for name, members in _cuts(pairs).items():
        said = np.array([own.probability for own, _ in members])
        came = np.array([own.outcome for own, _ in members]) > THRESHOLD
        row = [name]
        for low, high in ends:
            within = (low <= said) & ((said < high) | (high == 1))
            shares = (f"{100 * own[within].mean():.1f}" for own in (said, came) if within.any())
            row.append(f"{within.sum():,}: {', '.join(shares)}")
        rows.append(row)
    return table(titles, rows)


if __name__ == "__main__":
    main()
