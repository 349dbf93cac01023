"""Compare the engine with other packages on published growth: the same series, years and origins.

    python -m benchmarks.growth_compare FOLDER [--every 24] [--left-out FILE FILE FILE]
        [--only METHOD METHOD ...]

``FOLDER`` and ``--left-out`` are those of ``benchmarks.growth_scores``; of all series every Nth is
taken. Packages are those of ``benchmarks.methods``, with their defaults and a season of four. They
are shown growth of single quarters in percent up to the origin, gaps bridged, and say four
quarters. Full-year growth is their sum weighted by last year's shares, so its mean follows from
theirs. Its variance follows from how theirs grow with the horizon: by the squares of the weights
with which past shocks go on, taken to be positive, as of any linear model. A package that gave up
takes the simple forecast's answer, and the table counts it. ``GLOBAL`` learns for each year from
all series of the folder, those it is asked for included, up to the end of the year before.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.special import ndtr, ndtri

from benchmarks.exchange import Answer, History
from benchmarks.growth_scores import ROUNDING, Pair, answered
from benchmarks.methods import GLOBAL, METHODS, Method, run
from benchmarks.published_growth import (
    CATALOGUE,
    LEVELS,
    NAMES,
    THRESHOLD,
    Case,
    Series,
    means,
    read_series,
)
from benchmarks.report import table
from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.history.history import history_of
from forecasting.history.log_levels import SEASON, bridged
from forecasting.models.pool import ENGINE
from forecasting.models.runtime import use_one_thread
from forecasting.outlook.quantiles import WIDTH_80

OWN = ("ours", "naive2", "seasonal-naive")
"""How methods begin that are no packages of others: what they say of levels is not asked here."""
TITLES = ("method", "pinball", "80% holds", "width", "Brier", "log", "ms a case", "gave up on")
SMALLEST_SCALE = 0.03
"""Points: rounding alone causes as much."""


def main() -> None:
    """Run every package on what the engine was shown, and print the scores of all."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path)
    options.add_argument("--every", type=int, default=24, metavar="N")
    options.add_argument("--years", default="2014:2025")
    options.add_argument("--left-out", type=Path, nargs="+", default=[], metavar="FILE")
    packages = [method for method in METHODS if not method.id.startswith(OWN)]
    choices = [method.id for method in (*packages, GLOBAL)]
    options.add_argument("--only", nargs="+", choices=choices, default=choices)
    given = options.parse_args()
    use_one_thread()
    first, last = map(int, given.years.split(":"))
    series = read_series(given.folder)
    years = range(first, last + 1)
    started = time.process_time()
    pairs = answered(series[:: given.every], series, years, given.left_out)
    spent = time.process_time() - started
    said = {
        "growth persists": ([simple for _, simple in pairs], 0.0, 0),
        ENGINE: ([own for own, _ in pairs], 1000 * spent / len(pairs), 0),
    }
    asked = histories(pairs)
    for method in packages:
        if method.id in given.only:
            said[method.label] = _said(method, asked, asked, pairs)
    if GLOBAL.id in given.only:
        keyed = {
            f"{case.year}/asked/{place}": history
            for (place, history), (case, _) in zip(asked.items(), pairs, strict=True)
        }
        said[GLOBAL.label] = _said(GLOBAL, taught(series, years) | keyed, keyed, pairs)
    for name, shock in (("Calm years", False), ("2020 and 2021", True)):
        places = [place for place, (own, _) in enumerate(pairs) if own.shock == shock]
        if places:
            rows = [
                [label, *_numbers([cases[place] for place in places]), f"{each:.0f}", str(failed)]
                for label, (cases, each, failed) in said.items()
            ]
            print(f"{name}, n {len(places):,}\n\n{table(TITLES, rows)}\n")


def _said(
    method: Method,
    shown: Mapping[str, History],
    asked: Iterable[str],
    pairs: Sequence[Pair],
) -> tuple[list[Case], float, int]:
    """Return what a method answers, its milliseconds a case, and how often it gave up."""
    answers = run(method, shown, SEASON).answers
    made = [answers[key] for key in asked]
    cases = [full_year(pair, answer) for pair, answer in zip(pairs, made, strict=True)]
    each = sum(answer.milliseconds for answer in made) / len(made)
    return cases, each, sum(answer.failed for answer in made)


def taught(series: Sequence[Series], years: Iterable[int]) -> dict[str, History]:
    """Return the growth of single quarters that was known of every series before each year."""
    shown: dict[str, History] = {}
    for place, own in enumerate(series):
        history = history_of(CATALOGUE[NAMES[0]], own.by_quarter().observations(NAMES[0]))
        if history is None:
            continue
        growth = history.growth[np.isfinite(history.growth).argmax() :]
        ended = history.quarters[-1] + 1
        for year in years:
            known = growth[: max(0, len(growth) - max(0, ended - Quarter(year, 1)))]
            if len(known):
                shown[f"{year}/taught/{place}"] = bridged(known).tolist()
    return shown


def histories(pairs: Sequence[Pair]) -> dict[str, History]:
    """Return the growth of single quarters that each case was answered from."""
    shown = {}
    for place, (case, _) in enumerate(pairs):
        growth = case.history.growth
        shown[str(place)] = bridged(growth[np.isfinite(growth).argmax() :]).tolist()
    return shown


def full_year(pair: Pair, answer: Answer) -> Case:
    """Return what a package's answer means for full-year growth."""
    case, simple = pair
    if answer.failed:
        return simple
    known = case.month // 3
    shares = np.array(case.history.weights(case.year))
    so_far = case.history.latest_ytd * shares[:known].sum() if known else 0.0
    rows = np.array(answer.rows)[: SEASON - known]
    mean = so_far + shares[known:] @ rows[:, 0]
    scale = max(_scale(shares[known:], (rows[:, 2] - rows[:, 1]) / WIDTH_80), SMALLEST_SCALE)
    low, median, high = (mean + scale * ndtri(LEVELS)).tolist()
    above = float(ndtr((mean - THRESHOLD - ROUNDING) / scale))
    return replace(case, quantiles=(low, median, high), probability=above)


def _scale(weights: Array, scales: Array) -> float:
    """Return the standard deviation of weighted quarters from that of each horizon."""
    onward = np.sqrt(np.maximum(np.diff(scales**2, prepend=0.0), 0.0))
    reach = [weights[step:] @ onward[: len(weights) - step] for step in range(len(weights))]
    return float(np.sqrt(np.sum(np.square(reach))))


def _numbers(cases: Sequence[Case]) -> list[str]:
    return [f"{score:.3f}" for score in means(cases)]


if __name__ == "__main__":
    main()
