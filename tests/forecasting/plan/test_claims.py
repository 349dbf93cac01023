"""How likely the quantities of a claim come about."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from forecasting.plan.claims import Aim, Claim, ClaimQuantity, Gap, judge_claim
from forecasting.plan.years import REACH, Levels, YearPaths, year_paths
from tests.builders import make_catalogue
from tests.forecasting.plan.cases import (
    DEVIATION,
    LEVEL,
    MEAN,
    QUESTION,
    YEAR,
    known,
    normal_engine,
)

CATALOGUE = make_catalogue("output", "trade")


@pytest.fixture(scope="module")
def ahead() -> dict[str, YearPaths]:
    return year_paths(QUESTION, known(), ("output", "trade"), normal_engine)


def quantity(
    wanted: float | None, year: int | None = YEAR, aim: Aim = Aim.LEVEL, indicator: str = "output"
) -> ClaimQuantity:
    return ClaimQuantity(indicator=indicator, aim=aim, wanted=wanted, year=year)


def year_growth(rng: np.random.Generator, item: int, size: int) -> np.ndarray:
    """Return growth of a first year in percent: the mean of four independent quarters."""
    quarters = np.exp(rng.normal(MEAN[item], DEVIATION[item], (size, 4)))
    return (quarters.mean(axis=1) - 1) * 100


def test_each_probability_and_that_of_all_together_agree_with_a_simulation(
    ahead: dict[str, YearPaths],
) -> None:
    rng = np.random.default_rng(2)
    output, trade = (year_growth(rng, item, 200_000) for item in (0, 1))
    claim = Claim(quantities=(
        quantity(110.0),
        quantity(2.0, aim=Aim.GROWTH, indicator="trade"),
    ))  # fmt: skip

    judged = judge_claim(claim, CATALOGUE, ahead, {})

    level, growth = judged.quantities
    met = LEVEL * (1 + output / 100) >= 110.0
    exceeds = trade >= 1.95  # published as 2.0
    assert level.probability == pytest.approx(met.mean(), abs=0.01)
    assert growth.probability == pytest.approx(exceeds.mean(), abs=0.01)
    assert judged.together == pytest.approx((met & exceeds).mean(), abs=0.01)


@pytest.mark.parametrize(("unknown", "places"), [(0, 1), (1, 2)])
def test_a_rank_counts_rivals_at_their_own_growth(
    ahead: dict[str, YearPaths], unknown: int, places: int
) -> None:
    rivals: dict[str, dict[str, Levels]] = {"a": {"output": {2024: 100.0, 2025: 105.0}}}
    rivals |= {f"u{k}": {} for k in range(unknown)}
    wanted = quantity(1, aim=Aim.RANK)

    (rank,) = judge_claim(Claim(quantities=(wanted,)), CATALOGUE, ahead, rivals).quantities

    growth = norm(MEAN[0], DEVIATION[0] / 2)  # of a year, up to its curvature
    line = 105.0 * 1.05
    assert rank.probability == pytest.approx(growth.sf(np.log(line / LEVEL)), abs=0.02)
    assert rank.place is not None
    assert (rank.place.best, rank.place.worst) == (2, 2 + unknown)
    assert rank.least == (rank.probability if places == 1 else 0.0)
    assert rank.rivals["a"].value == 105.0


@pytest.mark.parametrize(
    ("wanted", "lacking"),
    [
        (quantity(None), Gap.WANTED),
        (quantity(110.0, None), Gap.WANTED),
        (quantity(110.0, indicator="gone"), Gap.INDICATOR),
        (quantity(110.0, YEAR + REACH), Gap.BEYOND),
        (quantity(110.0, YEAR - 3), Gap.PAST),
        (quantity(1.0, aim=Aim.RANK), Gap.RIVALS),
    ],
)
def test_what_is_missing_is_said(
    ahead: dict[str, YearPaths], wanted: ClaimQuantity, lacking: Gap
) -> None:
    judged = judge_claim(Claim(quantities=(wanted,)), CATALOGUE, ahead, {})

    (only,) = judged.quantities
    assert only.lacking is lacking
    assert only.probability is None
    assert judged.together is None


def test_without_figures_there_is_no_probability() -> None:
    (only,) = judge_claim(Claim(quantities=(quantity(1.0),)), CATALOGUE, {}, {}).quantities

    assert only.lacking is Gap.GROWTH


def test_a_year_that_is_over_is_known(ahead: dict[str, YearPaths]) -> None:
    claim = Claim(quantities=(quantity(100.0, YEAR - 1), quantity(100.1, YEAR - 1)))

    met, missed = judge_claim(claim, CATALOGUE, ahead, {}).quantities

    assert (met.probability, missed.probability) == (1.0, 0.0)


def test_a_rank_of_a_year_that_is_over_is_among_the_figures_of_that_year(
    ahead: dict[str, YearPaths],
) -> None:
    claim = Claim(quantities=(quantity(1, YEAR - 1, aim=Aim.RANK),))
    ahead_then = {"output": {YEAR - 2: 150.0, YEAR - 1: 99.0}}
    rivals: dict[str, dict[str, Levels]] = {"a": ahead_then, "b": {"output": {YEAR - 2: 300.0}}}

    (rank,) = judge_claim(claim, CATALOGUE, ahead, rivals).quantities

    assert (rank.probability, rank.least) == (1.0, 0.0)  # 100 of the zone; of b nothing is known
    (alone,) = judge_claim(claim, CATALOGUE, ahead, {"b": rivals["b"]}).quantities
    assert (alone.probability, alone.lacking) == (None, Gap.RIVALS)


def test_the_year_of_the_question_is_known_once_it_is_over(ahead: dict[str, YearPaths]) -> None:
    over = replace(ahead["output"], levels={YEAR - 1: LEVEL, YEAR: 105.0})
    claim = Claim(quantities=(quantity(105.0), quantity(105.1), quantity(1, aim=Aim.RANK)))
    rivals: dict[str, dict[str, Levels]] = {"a": {"output": {YEAR - 1: 120.0, YEAR: 104.0}}}

    met, missed, rank = judge_claim(claim, CATALOGUE, {"output": over}, rivals).quantities

    assert (met.probability, missed.probability, rank.probability) == (1.0, 0.0, 1.0)
    assert rank.place is not None
    assert rank.place.best == 1


def test_a_year_beyond_the_forecast_is_marked(ahead: dict[str, YearPaths]) -> None:
    claim = Claim(quantities=(quantity(150.0, YEAR + 1), quantity(150.0, YEAR + 4)))

    near, far = judge_claim(claim, CATALOGUE, ahead, {}).quantities

    assert (near.carried_on, far.carried_on) == (False, True)
    assert [year for year, _ in far.fan] == list(range(YEAR, YEAR + 5))
    assert near.probability is not None
    assert far.probability is not None
    assert near.probability < far.probability
