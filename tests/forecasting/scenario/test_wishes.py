"""What wishes may and may not do: on the sample zone, and with a ledger of signed projects."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from forecasting.figures.period import Quarter
from forecasting.figures.seeds import Seeds
from forecasting.outlook.judge import Baseline, baseline_of, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import RULES, Lever, LeverKind
from forecasting.scenario.model import Amount, PointLever, Scenario, Turnable
from forecasting.scenario.projects import Project
from forecasting.scenario.response import response, usual_range

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
UNKNOWN_LEVEL, UNKNOWN_SHARE = 100.0, 0.5
"""Where only the zone knows: the level of an indicator, and what a lever needs."""
NOT_LIKELY, ALL_BUT_SURE = 0.30, 0.95


@pytest.fixture(scope="module")
def sample(seeds: Seeds) -> Baseline:
    (area,) = [area for area in seeds.areas if area.synthetic]
    return baseline_of(Question(area, 2026), seeds.inputs)


def lever(kind: LeverKind) -> Lever:
    """Return a lever that lacks no number."""
    assumptions = RULES[kind].assumptions
    lacking = [name for name, one in assumptions.items() if one.default is None]
    return Lever(
        kind,
        1.0,
        assumptions=tuple(
            (name, min(1.0, assumptions[name].high) * UNKNOWN_SHARE) for name in lacking
        ),
    )


def probabilities(outlook: Outlook) -> dict[str, float]:
    return {verdict.indicator_id: verdict.probability for verdict in outlook.verdicts}


SORTS: dict[str, Callable[[str], Turnable]] = {
    **{kind: lambda _, kind=kind: lever(kind) for kind in LeverKind},
    "amount": lambda indicator: Amount(indicator, 1.0),
    "points": lambda indicator: Amount(indicator, 1.0, points=True),
    "point lever": lambda indicator: PointLever("x", indicator, 1.0, size=1.0),
}


@pytest.mark.parametrize("sort", SORTS)
def test_no_single_wish_turns_unlikely_into_all_but_sure(sample: Baseline, sort: str) -> None:
    ids = [line.target.indicator for line in sample.standing]
    own = {name: UNKNOWN_LEVEL for name in ids if name not in sample.levels}
    scenario = Scenario(levels=tuple(own.items()))
    before = probabilities(outlook_of(sample))
    entries = {SORTS[sort](name) for name in ids}
    moved = 0
    for entry in entries:
        laid_out = response(sample, scenario, [entry])
        usual = usual_range(entry, {**sample.levels, **own})
        assert usual is not None
        for value in (usual.low, usual.high):
            for name, met in laid_out.met([value]).items():
                after = float(met.mean())
                moved += after != before[name]
                assert not (before[name] < NOT_LIKELY and after > ALL_BUT_SURE), (name, value)
    # What is counted only from next year on moves nothing of this one.
    assert moved or sort in (LeverKind.FIRMS_RAISED, LeverKind.LAND_SUPPLY)


def test_a_wish_that_is_certain_could_do_so(sample: Baseline) -> None:
    """The test above can fail: it is the doubt that keeps wishes from it."""
    before = probabilities(outlook_of(sample))
    turned = {
        name: probabilities(
            apply(
                sample, Scenario(amounts=(Amount(name, 10.0, points=True, certain=True),))
            ).outlook
        )[name]
        for name, probability in before.items()
        if probability < NOT_LIKELY
    }

    assert turned
    assert max(turned.values()) > ALL_BUT_SURE


# A ledger of signed projects without chances of their own.

PLANNED, SIGNED_VALUE, PROJECTS = 0.2, 0.8, 30
"""Of each project in 1e8 CNY: this year's investment, and all of it."""


def signed_ledger() -> tuple[Project, ...]:
    return tuple(
        Project(
            f"{number}",
            signed=Quarter(2021, 2),
            started=Quarter(2021, 3),
            total_investment=SIGNED_VALUE,
            completion=((2021, PLANNED),),
        )
        for number in range(PROJECTS)
    )


def published(kind: str, share: str, least: float, most: float) -> list[float]:
    with (SEEDS / "realisation_reports.csv").open(encoding="utf-8", newline="") as file:
        return sorted(
            float(row[share])
            for row in csv.DictReader(file)
            if row["kind"] == kind
            and row[share]
            and row["months_elapsed"]
            and least <= float(row["months_elapsed"]) <= most
        )


def test_thirty_signed_projects_bring_what_published_rates_make_of_them(
    baseline: Baseline,
) -> None:
    """Half a year is left: starts within seven months, of which part of the plan is completed."""
    effects = apply(baseline, Scenario(projects=signed_ledger())).effects
    brought = math.fsum(
        math.fsum(effect.amounts)
        for effect in effects
        if effect.indicator == "fixed_asset_investment"
    )
    starts = published("signed", "share_started", 0, 7)
    completed = published("key project plan", "plan_completion_share", 3, 12)
    share = brought / (PROJECTS * PLANNED)

    # No better than the middle of those who publish, no worse than the worst of them.
    assert starts[0] * completed[0] < share < median(starts) * median(completed)
    arrived = published("signed", "money_arrived_share", 0, 12)
    assert brought / (PROJECTS * SIGNED_VALUE) < median(arrived)


def test_thirty_signed_projects_come_in_a_range_and_together(baseline: Baseline) -> None:
    scenario = Scenario(projects=signed_ledger())
    whole = response(baseline, scenario, list(scenario.projects))
    place = [course.indicator for course in whole.courses].index("fixed_asset_investment")
    moved = (
        whole.growth([1.0] * PROJECTS)[place][:, -1] - whole.growth([0.0] * PROJECTS)[place][:, -1]
    )
    planned = 100 * PROJECTS * PLANNED / baseline.levels["fixed_asset_investment"]

    # Whole lists have been exceeded, but never by more than the best of those who publish.
    best = published("key project plan", "plan_completion_share", 11, 12)[-1]
    assert moved.max() < planned * best
    assert np.quantile(moved, 0.9) < planned
    # Apart they would vary by a fifth of their mean; what they share makes it more.
    assert moved.std() / moved.mean() > 0.4
    certain = replace(
        scenario, projects=tuple(replace(one, certain=True) for one in scenario.projects)
    )
    assert sum(
        sum(effect.points)
        for effect in apply(baseline, certain).effects
        if effect.indicator == "fixed_asset_investment"
    ) == pytest.approx(planned)
