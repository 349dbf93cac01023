"""Score the backtest of the nation's published figures beside the simple forecast.

    python -m benchmarks.backtest_scores

The simple forecast is the one every planner carries in the head: growth since January
persists to the year's end, with the errors that this rule made in all earlier years, equally
weighted. Prints, outside the shock years 2020 and 2021 and within, Brier and log score of
"exceeds the line", with the difference and its 90% interval from resampled pairs of indicator
and year, whose four origins depend on each other; and coverage and width of the 80% interval of
full-year growth by origin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.scores import log_score
from data.store.seed import read_seeds
from forecasting.outlook.question import Question
from forecasting.record.backtest import BacktestCase, backtest
from forecasting.record.scores import SHOCK_YEARS, brier_score
from forecasting.record.simple_forecasts import persistence_probability

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
AREA = "CN"
INDICATORS = ("gdp", "industrial_value_added", "fixed_asset_investment")
YEARS = range(2014, 2026)
CLIP = 0.01
RESAMPLES, SEED = 4000, 7


def main() -> None:
    """Run the backtest and print its scores."""
    seeds = read_seeds(SEEDS)
    area = next(area for area in seeds.areas if area.id == AREA)
    question = Question(area, YEARS[0])
    every = backtest(question, YEARS, seeds.inputs)
    cases = [case for case in every if case.verdict.indicator_id in INDICATORS]
    groups: dict[str, list[BacktestCase]] = defaultdict(list)
    for case in cases:
        groups["shock" if case.year in SHOCK_YEARS else "normal"].append(case)
    for when, members in sorted(groups.items()):
        _print_scores(f"engine {when}", [(c.verdict.probability, bool(c.met)) for c in members])
        _print_scores(
            f"simple {when}", [(persistence_probability(c), bool(c.met)) for c in members]
        )
        _print_difference(when, members)
    for quarter in range(4):
        _print_coverage(quarter, [c for c in groups["normal"] if c.origin_quarter == quarter])


def _print_scores(name: str, pairs: Sequence[tuple[float, bool]]) -> None:
    probabilities, outcomes = zip(*pairs, strict=True)
    brier = brier_score(probabilities, outcomes).mean()
    log = log_score(probabilities, outcomes, clip=CLIP).mean()
    print(f"{name:16} brier {brier:.4f}  log {log:.4f}  n {len(pairs)}")


def _print_difference(when: str, cases: Sequence[BacktestCase]) -> None:
    """Print engine less simple forecast, resampling indicator-years."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, case in enumerate(cases):
        groups[case.verdict.indicator_id, case.year].append(place)
    met = [bool(case.met) for case in cases]
    ours, simple = (
        [c.verdict.probability for c in cases],
        [persistence_probability(c) for c in cases],
    )
    members = [np.array(places) for places in groups.values()]
    rng = np.random.default_rng(SEED)
    for name, score in (("brier", brier_score), ("log", partial(log_score, clip=CLIP))):
        gain = score(ours, met) - score(simple, met)
        draws = rng.integers(0, len(members), (RESAMPLES, len(members)))
        means = [gain[np.concatenate([members[i] for i in draw])].mean() for draw in draws]
        low, high = np.quantile(means, [0.05, 0.95])
        print(f"difference {when:6} {name:5} {gain.mean():+.4f}  90% {low:+.4f} to {high:+.4f}")


def _print_coverage(quarter: int, cases: Sequence[BacktestCase]) -> None:
    bands = [(c.verdict.quantiles.q10, c.outcome, c.verdict.quantiles.q90) for c in cases]
    held = sum(low <= outcome <= high for low, outcome, high in bands if outcome is not None)
    width = sum(high - low for low, _, high in bands) / len(bands)
    print(
        f"origin {quarter} normal  80% holds {held} of {len(bands)}, mean width {width:.2f} points"
    )


if __name__ == "__main__":
    main()
