"""Replay past years month by month on many series of published growth, and score each month.

    python -m benchmarks.month_replay FOLDER [--years 2014:2025] [--every 8]
        [--left-out FILE FILE FILE] [--learn] [--before YEAR]

``FOLDER`` and ``--left-out`` are those of ``benchmarks.growth_scores``. Prints the scores by month
known, of calm years and of ``SHOCK_YEARS``, on the cases that are answered at every month from
February to November.

``--learn`` prints instead by how much parts of quarters missed their quarters: what
``USUAL_MISS`` of ``forecasting.history.months`` was set to. With ``--before 2014`` it is learned
from the figures before that year alone, and the replay uses what these teach.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.stats import t as student

from benchmarks.published_growth import (
    CATALOGUE,
    NAMES,
    Case,
    Series,
    backtested,
    means,
    read_series,
    with_learners,
)
from forecasting.history.history import history_of, months_of
from forecasting.history.months import LEAST_CHANGE, USUAL_MISS
from forecasting.models.runtime import use_one_thread
from forecasting.record.scores import SHOCK_YEARS

FREEDOM = 4.0
"""Degrees of freedom of the t whose scale ``--learn`` prints."""
LAST_YEAR = 2026
WIDER = 1.07
"""How much wider than that scale ``USUAL_MISS`` is, on average."""


def main() -> None:
    """Run the replay and print its scores."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--years", default="2014:2025")
    options.add_argument("--every", type=int, default=8, help="take every Nth series")
    options.add_argument("--left-out", type=Path, nargs="+", default=[], metavar="FILE")
    options.add_argument("--learn", action="store_true")
    options.add_argument("--before", type=int, default=LAST_YEAR + 1, metavar="YEAR")
    given = options.parse_args()
    use_one_thread()
    every = read_series(given.folder)
    series = [own for own in every if own.monthly]
    if given.learn:
        for month, missed in misses(series, given.before).items():
            rms = np.std(missed)
            print(
                f"month {month:2}  n {len(missed):5}  scale {scale_of(missed):.2f}  rms {rms:.2f}"
            )
        return
    if given.before <= LAST_YEAR:
        earlier = misses(series, given.before)
        USUAL_MISS.update({month: WIDER * scale_of(missed) for month, missed in earlier.items()})
    first, last = map(int, given.years.split(":"))
    chosen = series[:: given.every]
    whole = complete(
        [
            case
            for part, learner in with_learners(chosen, every, given.left_out)
            for case in backtested(part, range(first, last + 1), learner, by_month=True)
        ]
    )
    print(f"{len(chosen)} series")
    for when in ("calm", "shock"):
        for month in range(12):
            members = [c for c in whole if c.month == month and c.shock == (when == "shock")]
            if members:
                print_scores(f"{when} month {month:2}", members)


def complete(cases: Sequence[Case]) -> list[Case]:
    """Return the cases of series and years that are answered at every month from February on."""
    months: dict[tuple[Series, int], set[int]] = defaultdict(set)
    for case in cases:
        months[case.series, case.year].add(case.month)
    return [case for case in cases if {0, *range(2, 12)} <= months[case.series, case.year]]


def print_scores(name: str, cases: Sequence[Case]) -> None:
    """Print mean scores."""
    mean = means(cases)
    print(
        f"{name}  n {len(cases):5}  pinball {mean.pinball:.3f}  80% holds {mean.holds:.3f}  "
        f"Brier {mean.brier:.4f}  log {mean.log:.3f}"
    )


def misses(series: Sequence[Series], before: int) -> dict[int, list[float]]:
    """Return by month what parts of quarters missed, in median changes of quarterly growth."""
    found: dict[int, list[float]] = defaultdict(list)
    for own in series:
        figures = own.observations(NAMES[0])
        history = history_of(CATALOGUE[NAMES[0]], figures)
        if history is None:
            continue
        months = months_of(history, figures)
        logs = np.log1p(np.maximum(history.growth, -99) / 100)
        unit = max(float(np.nanmedian(np.abs(np.diff(logs)))), LEAST_CHANGE)
        for month in months.ytd:
            miss = months.miss(month)
            if np.isfinite(miss) and month.year not in SHOCK_YEARS and month.year < before:
                found[month.month].append(miss / unit)
    return dict(sorted(found.items()))


def scale_of(missed: Sequence[float]) -> float:
    """Return the scale of a t around nothing."""
    return float(student.fit(missed, fdf=FREEDOM, floc=0.0)[2])


if __name__ == "__main__":
    main()
