"""Replay past years month by month on many series of published growth, and score each month.

    python -m benchmarks.month_replay FOLDER [--years 2014:2025] [--every 8] [--learn]

FOLDER holds ``figures.csv`` (area, indicator, measure, period, value) and ``series.csv`` (area,
indicator, measure, frequency, level, volatile), growth since January by month. Every series is
backtested by month, eight unrelated ones at a time under names of the catalogue, so that the
correlation across indicators is that of strangers. Prints by month known: pinball loss at 10, 50
and 90% in units of the median yearly change of full-year growth, coverage of the 80% interval,
Brier and log score of "exceeds 7", of years outside 2020 and 2021 and within, on the cases that
are answered at every month from February to November.

``--learn`` prints instead by how much parts of quarters missed their quarters: what
``USUAL_MISS`` of ``forecasting.history.partial`` was set to.
"""

from __future__ import annotations

import argparse
import csv
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.stats import t as student

from benchmarks.scores import coverage, log_score
from data.store.seed import read_seeds
from forecasting.figures.indicator import Inputs, Measure, Observation
from forecasting.figures.period import Month
from forecasting.history.history import history_of, months_of
from forecasting.history.partial import LEAST_CHANGE, quarter_of
from forecasting.models.runtime import use_one_thread
from forecasting.outlook.question import Question
from forecasting.record.backtest import backtest
from forecasting.record.record import SHOCK_YEARS
from forecasting.record.scores import brier_score

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
AREA, THRESHOLD, CLIP = "CN", 7.0, 0.01
NAMES = (
    "gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales",
    "general_public_budget_revenue", "tax_revenue", "exports_usd", "resident_income",
)  # fmt: skip
LEVELS = np.array([0.1, 0.5, 0.9])
FREEDOM = 4.0
"""Degrees of freedom of the t whose scale ``--learn`` prints."""


@dataclass(frozen=True, slots=True)
class Case:
    """One answer: a series, a year and the last month known of it."""

    series: int
    year: int
    month: int
    quantiles: tuple[float, float, float]
    probability: float
    outcome: float
    unit: float


def main() -> None:
    """Run the replay and print its scores."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--years", default="2014:2025")
    options.add_argument("--every", type=int, default=8, help="take every Nth series")
    options.add_argument("--learn", action="store_true")
    given = options.parse_args()
    use_one_thread()
    series = read_series(given.folder)
    if given.learn:
        learn(series)
        return
    first, last = map(int, given.years.split(":"))
    chosen = series[:: given.every]
    cases = [
        case
        for start in range(0, len(chosen), len(NAMES))
        for case in replayed(chosen[start : start + len(NAMES)], start, range(first, last + 1))
    ]
    print(f"{len(chosen)} series")
    whole = complete(cases)
    for when in ("calm", "shock"):
        for month in range(12):
            members = [
                case
                for case in whole
                if case.month == month and (case.year in SHOCK_YEARS) == (when == "shock")
            ]
            if members:
                print_scores(f"{when} month {month:2}", members)


def read_series(folder: Path) -> list[dict[Month, float]]:
    """Return growth since January of every monthly series that is not volatile."""
    with (folder / "series.csv").open(encoding="utf-8") as lines:
        wanted = {
            (row["area"], row["indicator"]): {}
            for row in csv.DictReader(lines)
            if row["measure"] == Measure.GROWTH_YTD
            and row["frequency"] == "monthly"
            and row["volatile"] == "0"
        }
    series: dict[tuple[str, str], dict[Month, float]] = wanted
    with (folder / "figures.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            own = series.get((row["area"], row["indicator"]))
            if row["measure"] == Measure.GROWTH_YTD and own is not None:
                own[Month.parse(row["period"])] = round(float(row["value"]), 1)
    return [figures for figures in series.values() if figures]


def observations(growth: dict[Month, float], name: str) -> list[Observation]:
    """Return a series as published figures of an indicator of the catalogue."""
    indicator = CATALOGUE[name]
    return [
        Observation(AREA, name, Measure.GROWTH_YTD, month, value, "%", indicator.basis)
        for month, value in sorted(growth.items())
    ]


def replayed(group: Sequence[dict[Month, float]], start: int, years: range) -> Iterator[Case]:
    """Backtest eight series by month."""
    figures = [
        figure
        for name, growth in zip(NAMES, group, strict=False)
        for figure in observations(growth, name)
    ]
    # without the seed's targets, a threshold holds for every indicator that has figures
    inputs = Inputs(CATALOGUE, (), figures)
    question = Question(replace(NATION, reference=True), years[0], threshold=THRESHOLD)
    units = [unit_of(growth) for growth in group]
    for case in backtest(question, years, inputs, by_month=True):
        place = NAMES.index(case.verdict.indicator_id)
        quantiles = case.verdict.quantiles
        if case.outcome is not None:
            yield Case(
                start + place,
                case.year,
                case.month,
                (quantiles.q10, quantiles.median, quantiles.q90),
                case.verdict.probability,
                case.outcome,
                units[place],
            )


def unit_of(growth: dict[Month, float]) -> float:
    """Return the median yearly change of full-year growth, half a point at least."""
    ends = {month.year: value for month, value in growth.items() if month.month == 12}
    changes = [abs(end - ends[year - 1]) for year, end in ends.items() if year - 1 in ends]
    return max(statistics.median(changes), 0.5) if changes else 1.0


def complete(cases: Sequence[Case]) -> list[Case]:
    """Return the cases of series and years that are answered at every month from February on."""
    months: dict[tuple[int, int], set[int]] = defaultdict(set)
    for case in cases:
        months[case.series, case.year].add(case.month)
    return [case for case in cases if {0, *range(2, 12)} <= months[case.series, case.year]]


def print_scores(name: str, cases: Sequence[Case]) -> None:
    """Print mean scores."""
    said = np.array([case.quantiles for case in cases])
    outcome, unit = (np.array([getattr(c, key) for c in cases]) for key in ("outcome", "unit"))
    miss = outcome[:, None] - said
    pinball = np.maximum(LEVELS * miss, (LEVELS - 1) * miss).mean(axis=1) / unit
    probability = [case.probability for case in cases]
    met = [case.outcome > THRESHOLD for case in cases]
    print(
        f"{name}  n {len(cases):5}  pinball {pinball.mean():.3f}  "
        f"80% holds {coverage(said[:, 0], said[:, 2], outcome):.3f}  "
        f"Brier {brier_score(probability, met).mean():.4f}  "
        f"log {log_score(probability, met, clip=CLIP).mean():.3f}"
    )


def learn(series: Sequence[dict[Month, float]]) -> None:
    """Print by month the scale of what parts missed, in median changes of quarterly growth."""
    misses: dict[int, list[float]] = defaultdict(list)
    for growth in series:
        figures = observations(growth, NAMES[0])
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


_READ = read_seeds(SEEDS)
CATALOGUE = _READ.catalogue
NATION = next(area for area in _READ.areas if area.id == AREA)

if __name__ == "__main__":
    main()
