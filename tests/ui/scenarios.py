"""The simulated zone of the seeds with scenarios on it: forecast once, for all tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from data.store.seed import read_seeds
from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Quarter
from forecasting.figures.seeds import Seeds
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from forecasting.scenario.apply import Applied, apply
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, PointLever, Scenario
from forecasting.scenario.projects import Project

YEAR = 2026
PROJECT = Project(
    "05",
    started=Quarter(YEAR, 4),
    completion=((YEAR, 3.0),),
    output=4.0,
    counted=Quarter(YEAR, 4),
    producing=Quarter(YEAR, 3),
    tax=1000.0,
    start_probability=0.7,
    delay=(0.8, 0.2),
)
ASSUMED = {
    LeverKind.FIRMS_RAISED: (("own_growth", 0.2),),
    LeverKind.TOP_FIRMS_OUTPUT: (("weight", 0.6),),
    LeverKind.STOPPAGE: (("weight", 0.3),),
    LeverKind.FOREIGN_CAPITAL: (("probability", 0.6),),
    LeverKind.FREIGHT_TRAINS: (("value_per_train", 0.1),),
    LeverKind.LAND_SUPPLY: (("intensity", 0.03),),
}
LEVELS = (("industrial_value_added", 80.0), ("technical_transformation_investment", 9.0))


@cache
def seeds() -> Seeds:
    return read_seeds(Path(__file__).resolve().parents[2] / "seeds")


def indicators() -> Catalogue:
    return seeds().catalogue


@cache
def baseline() -> Baseline:
    """Return the baseline of the zone, with figures to the second quarter."""
    area = next(area for area in seeds().areas if area.id == "SAMPLE")
    return baseline_of(Question(area, YEAR), seeds().inputs)


def unmeasured(*names: str) -> Baseline:
    """Return the same baseline as if no level of last year were known of some indicators."""
    levels = {name: level for name, level in baseline().levels.items() if name not in names}
    return replace(baseline(), levels=levels)


@cache
def at_rest() -> Outlook:
    return applied(Scenario()).outlook


@cache
def applied(scenario: Scenario) -> Applied:
    return apply(baseline(), scenario)


def lever(kind: LeverKind, value: float, **changed: object) -> Lever:
    """Return a lever that lacks no assumption."""
    fields = {"assumptions": ASSUMED.get(kind, ()), **changed}
    return Lever(kind, value, **fields)  # type: ignore[arg-type]  # the tests name its fields


def everything() -> Scenario:
    """Return a scenario with every kind of entry in it."""
    return Scenario(
        levels=LEVELS,
        levers=tuple(lever(kind, 2.0) for kind in LeverKind),
        amounts=(
            Amount("fixed_asset_investment", -2.0),
            Amount("gdp", 0.5, points=True),
            Amount("exports", 1.0),
        ),
        points=(PointLever("客流", "retail_sales", 2.0, 0.4, spread=0.1, ramp=(0.5, 1.0)),),
        projects=(PROJECT, Project("06")),
    )
