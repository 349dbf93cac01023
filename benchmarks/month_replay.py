"""Replay past years month by month on many series of published growth, and score each month.

    python -m benchmarks.month_replay FOLDER [--years 2014:2025] [--every 8] [--learn]

FOLDER is described in ``benchmarks.published_growth``. Prints the scores by month known, of calm
years and of ``SHOCK_YEARS``, on the cases that are answered at every month from February to
November. The learned member knows each year what earlier years taught, of these same series.

``--learn`` prints instead by how much parts of quarters missed their quarters: what
``USUAL_MISS`` of ``forecasting.history.partial`` was set to.
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
)
from forecasting.history.history import history_of, months_of
from forecasting.history.partial import LEAST_CHANGE, quarter_of
from forecasting.models.runtime import use_one_thread
from forecasting.record.record import SHOCK_YEARS

FREEDOM = 4.0
"""Degrees of freedom of the t whose scale ``--learn`` prints."""


def main() -> None:
    """Run the replay and print its scores."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--years", default="2014:2025")
    options.add_argument("--every", type=int, default=8, help="take every Nth series")
    options.add_argument("--learn", action="store_true")
    given = options.parse_args()
    use_one_thread()
    series = [own for own in read_series(given.folder) if own.monthly]
    if given.learn:
        learn(series)
        return
    first, last = map(int, given.years.split(":"))
    chosen = series[:: given.every]
    whole = complete(list(backtested(chosen, range(first, last + 1), by_month=True)))
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


def learn(series: Sequence[Series]) -> None:
    """Print by month the scale of what parts missed, in median changes of quarterly growth."""
    misses: dict[int, list[float]] = defaultdict(list)
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
            if np.isfinite(miss) and month.year not in SHOCK_YEARS:
                misses[quarter_of(month).end.month - 3 + (month.month - 1) % 3 + 1].append(
                    miss / unit
                )
    for month, values in sorted(misses.items()):
        scale = student.fit(values, fdf=FREEDOM, floc=0.0)[2]
        print(f"month {month:2}  n {len(values):5}  scale {scale:.2f}  rms {np.std(values):.2f}")


if __name__ == "__main__":
    main()
