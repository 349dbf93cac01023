"""Wishes on the zone of made-up figures, and the best that a grid finds."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np

from forecasting.figures.indicator import Comparator
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.response import response
from forecasting.solve.wish import Allowed, Wish

FIXED = "fixed_asset_investment"
ASSUMED = {
    LeverKind.TOP_FIRMS_OUTPUT: (("weight", 0.6),),
    LeverKind.STOPPAGE: (("weight", 0.2),),
    LeverKind.FOREIGN_CAPITAL: (("probability", 0.5),),
    LeverKind.FREIGHT_TRAINS: (("value_per_train", 0.1),),
}
ELSEWHERE = {
    LeverKind.NEW_STARTS: 1.0,
    LeverKind.TECHNICAL_TRANSFORMATION: 0.3,
    LeverKind.PROJECT_OUTPUT: 5.0,
    LeverKind.TAX: 500.0,
    LeverKind.FOREIGN_CAPITAL: 200.0,
    LeverKind.FREIGHT_TRAINS: 10.0,
}
"""Where levers stand that are not solved for, so that the all-clear is within reach."""
KINDS = (
    *ELSEWHERE,
    LeverKind.PRODUCER_PRICES,
    LeverKind.STOPPAGE,
    LeverKind.TOP_FIRMS_OUTPUT,
)
PLANT = Project(
    "plant",
    started=Quarter(2021, 4),
    producing=Quarter(2021, 4),
    counted=Quarter(2021, 4),
    completion=((2021, 3.0),),
    output=40.0,
    tax=1500.0,
    start_probability=0.9,
    delay=(0.5, 0.5),
    certain=True,
)


def lever(kind: LeverKind, value: float = 0.0) -> Lever:
    """Return a lever of which all comes: what is searched here does not hang on that."""
    return Lever(kind, value, assumptions=ASSUMED.get(kind, ()), certain=True)


def allow(kind: LeverKind, high: float, step: float, value: float = 0.0, **more: float) -> Allowed:
    return Allowed(lever(kind, value), more.pop("low", 0.0), high, step, **more)


def retargeted(baseline: Baseline, indicator: str, **changes: object) -> Baseline:
    lines = tuple(
        replace(line, target=replace(line.target, **changes))  # type: ignore[arg-type]
        if line.target.indicator == indicator
        else line
        for line in baseline.lines
    )
    return replace(baseline, lines=lines)


def two_sided(baseline: Baseline) -> Baseline:
    """Return a baseline in which a lever can do too much."""
    about = retargeted(baseline, FIXED, comparator=Comparator.ABOUT, threshold=9.0, tolerance=1.5)
    return retargeted(about, "tax_revenue", comparator=Comparator.BELOW, threshold=9.0)


@dataclass(frozen=True)
class Gridded:
    """A wish on three levers, and the least effort of any grid point that fulfils it.

    Attributes
    ----------
    most, nearest
        The largest probability of a grid point, and the least effort of one that is within a
        thousandth of it.
    """

    scenario: Scenario
    wish: Wish
    least: float
    one_step: float
    most: float
    nearest: float


def random_case(baseline: Baseline, seed: int, cells: int = 9, *, certain: bool = True) -> Gridded:
    """Draw three levers with bounds, weights and a wish between what is and what can be."""
    random = np.random.default_rng(seed)
    kinds = [KINDS[place] for place in random.choice(len(KINDS), 3, replace=False)]
    allowed = []
    for kind in kinds:
        rule = lever(kind).rule
        width = (rule.high - rule.low) * float(random.uniform(0.1, 0.4))
        low = max(rule.low, -width / 2)
        step = width / cells
        start = 2 * step if kind is LeverKind.STOPPAGE else 0.0
        weight = float(random.uniform(0.5, 2.0))
        entry = replace(lever(kind, start), certain=certain)
        allowed.append(Allowed(entry, low, low + width, step, weight))
    fixed = [lever(kind, ELSEWHERE.get(kind, 0.0)) for kind in KINDS if kind not in kinds]
    scenario = Scenario(levers=(*fixed, *(one.entry for one in allowed)))  # type: ignore[arg-type]
    laid_out = response(baseline, scenario, [one.entry for one in allowed])
    points = list(itertools.product(*(one.choices() for one in allowed)))
    clear = np.array([laid_out.all_clear(point) for point in points])
    efforts = np.array([effort(allowed, point) for point in points])
    now = laid_out.all_clear([one.entry.value for one in allowed])
    wanted = now + float(random.uniform(0.1, 0.95)) * (float(clear.max()) - now)
    return Gridded(
        scenario=scenario,
        wish=Wish(wanted, tuple(allowed)),
        least=float(efforts[clear >= wanted].min()),
        one_step=max(one.weight * one.step / span(one) for one in allowed),
        most=float(clear.max()),
        nearest=float(efforts[clear >= clear.max() - 0.001].min()),
    )


def effort(allowed: list[Allowed], point: tuple[float, ...]) -> float:
    """Return weight times change in parts of the usual range, summed."""
    return sum(
        one.weight * abs(value - one.entry.value) / span(one)
        for one, value in zip(allowed, point, strict=True)
    )


def span(one: Allowed) -> float:
    assert isinstance(one.entry, Lever)
    return one.entry.rule.high - one.entry.rule.low


def project(id: str, random: np.random.Generator) -> Project:
    """Draw a project that begins this quarter after next, or next year."""
    day = (Quarter(2021, 4), Quarter(2022, 1))[int(random.integers(2))]
    return replace(
        PLANT,
        id=id,
        started=day,
        producing=day,
        counted=day,
        completion=((2021, float(random.uniform(1, 4))),),
        output=float(random.uniform(5, 60)),
        tax=float(random.uniform(100, 3000)),
    )
