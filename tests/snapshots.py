"""An issue of the simulated zone with everything in it that a snapshot can hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from forecasting.figures.indicator import Area, Inputs, Names, Observation, Status, Target
from forecasting.figures.learner import Learner, read_learner
from forecasting.figures.period import Month, Quarter
from forecasting.figures.seeds import LEARNED, Seeds, parse_seeds
from forecasting.issues.snapshot import (
    ChangeSinceIssue,
    IssueNote,
    PastIssue,
    Snapshot,
    Unexplained,
)
from forecasting.issues.take import Material, take
from forecasting.news.causes_in_order import explain
from forecasting.news.news import News
from forecasting.outlook.judge import Baseline, baseline_of, outlook_of
from forecasting.outlook.question import Question
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, BottomUp, Item, Pin, PointLever, Rest, Scenario
from forecasting.scenario.projects import Project

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
YEAR, NOW = 2026, Quarter(2026, 2)
ASKED = (
    "gdp", "fixed_asset_investment", "technical_transformation_investment", "retail_sales",
    "tax_revenue", "foreign_capital", "industrial_electricity",
)  # fmt: skip


def all_certain(scenario: Scenario) -> Scenario:
    """Return a scenario in which all of every entry comes as planned, and comes in time."""
    return scenario.holding(replace(entry, certain=True) for entry in scenario.entries)


@cache
def seeds() -> Seeds:
    paths = [*SEEDS.glob("*.csv"), *SEEDS.glob("observations/*.csv")]
    return parse_seeds({str(path.relative_to(SEEDS)): path.read_bytes() for path in paths})


@cache
def learner() -> Learner:
    return read_learner((SEEDS / LEARNED).read_bytes())


def areas() -> tuple[Area, ...]:
    """Return the areas, the simulated zone right below the nation."""
    return tuple(
        replace(area, parent="CN") if area.id == "SAMPLE" else area for area in seeds().areas
    )


def zone() -> Area:
    return next(area for area in areas() if area.id == "SAMPLE")


def figures() -> list[Observation]:
    """Return figures of which one is a flash, and tax ends too early to be judged."""
    return [
        replace(figure, status=Status.FLASH)
        if (figure.area, figure.indicator, figure.month) == ("SAMPLE", "gdp", NOW.end)
        else figure
        for figure in seeds().observations
        if (figure.area, figure.indicator) != ("SAMPLE", "tax_revenue")
        or figure.month < Month(2024, 12)
    ]


def targets() -> list[Target]:
    """Return targets, one of them of an indicator without figures."""
    own = [
        target
        for target in seeds().targets
        if (target.area, target.year) == ("SAMPLE", YEAR) and target.indicator in ASKED
    ]
    exports = seeds().catalogue["exports"]
    return [*own, replace(own[0], indicator="exports", basis=exports.basis)]


@cache
def baseline() -> Baseline:
    return baseline_of(
        Question(zone(), YEAR), Inputs(seeds().catalogue, targets(), figures(), learner=learner())
    )


@cache
def news() -> News:
    """Return what led here from the figures of the first quarter and a lower target."""
    lower = [
        replace(target, threshold=6.5) if target.indicator == "retail_sales" else target
        for target in targets()
    ]
    earlier = [figure for figure in figures() if figure.month < NOW.end]
    catalogue = seeds().catalogue
    before = Inputs(catalogue, lower, earlier, learner=learner())
    after = Inputs(catalogue, targets(), figures(), learner=learner())
    return explain(Question(zone(), YEAR), before, after)


def scenario() -> Scenario:
    """Return a scenario with an entry of every kind, of which everything comes and may be told."""
    mixed = Scenario(
        name="下半年抓项目",
        note="按9月调度会口径",
        levels=(("technical_transformation_investment", 9.0),),
        levers=(
            Lever(LeverKind.SIGNED_INVESTMENT, 10.0),
            Lever(LeverKind.TECHNICAL_TRANSFORMATION, 1.0, start=Quarter(YEAR, 4)),
        ),
        amounts=(Amount("gdp", 0.5, points=True), Amount("fixed_asset_investment", 2.0)),
        points=(PointLever("客流", "retail_sales", 2.0, 0.4, spread=0.1, ramp=(0.5, 1.0)),),
        projects=tuple(
            Project(
                name,
                started=Quarter(YEAR, 3),
                recorded=Quarter(YEAR, 3),
                completion=((YEAR, amount),),
                start_probability=0.8,
            )
            for name, amount in (("甲", 0.8), ("乙", 0.6), ("丙", 0.4))
        ),
        pins=(Pin("industrial_electricity", 6.0, Quarter(YEAR, 3)),),
        bottom_up=(
            BottomUp(
                "foreign_capital",
                Rest(5.0, 10.0),
                tuple(Item(name, (20.0,), growth=8.0) for name in ("甲企业", "乙企业", "丙企业")),
                0.3,
            ),
        ),
    )
    return all_certain(mixed)


def material() -> Material:
    return Material(
        areas=areas(),
        catalogue=seeds().catalogue,
        observations=figures(),
        vintage=3,
        app_version="0.6.0",
        today=date(2026, 8, 1),
        area_version=Names("扩区后", "After the enlargement"),
    )


def sample_issue(
    *, applied: bool = True, moved: bool = True, of: Scenario | None = None
) -> Snapshot:
    """Return an issue, with the scenario, or another, and what moved it since the issue before.

    Of a scenario that is two numbers, of the issue before as it was and of this one.
    """
    taken = take(
        IssueNote(2, "2026-08-01T01:30:00+00:00", "示例开发区经济运行局", "内部研究，模拟数据"),
        outlook_of(baseline()),
        material(),
        applied=apply(baseline(), of or scenario()) if applied else None,
        with_note=True,
        news=(1, news()) if moved else None,
        record=(PastIssue(1, "2025-08-01T01:30:00+00:00", 2025, 0.4, False),),
    )
    together = taken.outlook.all_clear
    if not (applied and moved) or together is None:
        return taken
    change = ChangeSinceIssue(1, 0.4, together.probability, (), Unexplained.SCENARIO)
    return replace(taken, change=change)


def same(one: object, other: object) -> bool:
    """Return whether two values are equal throughout, arrays and missing numbers included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if is_dataclass(one):
        return all(
            same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)
        )
    return one == other or (one != one and other != other)
