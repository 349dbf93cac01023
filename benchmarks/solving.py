"""How good solving is, and what it costs: ``python -m benchmarks.solving``.

On the sample zone, in whose open year twelve indicators stand. Levers, bounds, weights and wishes
are drawn; assumptions and levels that the zone's figures lack are invented. Printed are, against
the best point of the whole grid, by how many steps solutions of three levers cost more; by how
much their probability differs on other seeds; and the processor time of eight levers, without
and with projects.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from data.store.seed import read_seeds
from forecasting.figures.indicator import Comparator, Inputs
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.question import DEFAULT_SEED, Question
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import RULES, Lever, LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.response import response
from forecasting.solve.solution import solve
from forecasting.solve.wish import Allowed, Movable, Wish, usual_lever

_SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_AREA, _YEAR = "SAMPLE", 2026
_CASES, _CELLS, _OTHERS = 40, 12, 12
_LEVELS = (("industrial_value_added", 70.0), ("technical_transformation_investment", 8.0))
_ASSUMED = {
    LeverKind.TOP_FIRMS_OUTPUT: (("weight", 0.6),),
    LeverKind.FOREIGN_CAPITAL: (("probability", 0.5),),
    LeverKind.FREIGHT_TRAINS: (("value_per_train", 0.05),),
}
_KINDS = (
    LeverKind.SIGNED_INVESTMENT,
    LeverKind.NEW_STARTS,
    LeverKind.TECHNICAL_TRANSFORMATION,
    LeverKind.PROJECT_OUTPUT,
    LeverKind.PRODUCER_PRICES,
    LeverKind.TAX,
    *_ASSUMED,
)
_EMPTY = Scenario(levels=_LEVELS)


def main() -> None:
    """Print everything."""
    base = _baseline(DEFAULT_SEED)
    for name, one in (("one-sided", base), ("two-sided", _two_sided(base))):
        excess = [_excess(one, seed) for seed in range(_CASES)]
        print(
            f"{name} targets: {len(excess)} cases of three levers, "
            f"{sum(steps < 1e-6 for steps in excess)} as cheap as the best grid point, "
            f"at most {max(excess):.2f} steps dearer"
        )
    _print_other_seeds(base)
    levers = tuple(usual_lever(_lever(kind)) for kind in _KINDS[:8])
    for projects in (0, 1, 3, 10):
        _print_time(base, levers, [_project(number) for number in range(projects)])


def _excess(base: Baseline, seed: int) -> float:
    """Return by how many steps of its dearest lever a solution costs more than the grid's best."""
    random = np.random.default_rng(seed)
    allowed = [_drawn(kind, random) for kind in random.choice(np.array(_KINDS), 3, replace=False)]
    points = list(itertools.product(*(one.choices() for one in allowed)))
    laid_out = response(base, _EMPTY, [one.entry for one in allowed])
    clear = np.array([laid_out.all_clear(point) for point in points])
    per_unit = np.array([one.weight / _width(one) for one in allowed])
    efforts = np.abs(np.array(points)) @ per_unit
    least, most = laid_out.all_clear([0.0] * 3), float(clear.max())
    wanted = least + float(random.uniform(0.1, 0.95)) * (most - least)
    if not wanted > least:
        return 0.0  # nothing drawn helps
    found = solve(base, _EMPTY, Wish(wanted, tuple(allowed))).setting
    step = max(rate * one.step for rate, one in zip(per_unit, allowed, strict=True))
    return (found.effort - float(efforts[clear >= wanted].min())) / step


def _print_other_seeds(base: Baseline) -> None:
    others = [_baseline(seed) for seed in range(DEFAULT_SEED + 1, DEFAULT_SEED + 1 + _OTHERS)]
    levers = tuple(usual_lever(_lever(kind)) for kind in _KINDS)
    for wanted in (0.2, 0.4, 0.6):
        setting = solve(base, _EMPTY, Wish(wanted, levers)).setting
        again = [apply(other, setting.scenario).outlook.all_clear for other in others]
        off = np.array([one.probability for one in again if one]) - setting.probability
        print(
            f"wanted {wanted}: stated {setting.probability:.4f} (error {setting.error:.4f}), on "
            f"{_OTHERS} other seeds {off.mean():+.4f} on average, deviation {off.std(ddof=1):.4f}"
        )


def _print_time(base: Baseline, levers: Sequence[Allowed], projects: Sequence[Project]) -> None:
    scenario = replace(_EMPTY, projects=tuple(projects))
    moves = tuple(Movable(project) for project in projects)
    seconds = []
    for wanted in (0.3, 0.4, 0.5):
        begun = time.process_time()
        solve(base, scenario, Wish(wanted, tuple(levers), moves))
        seconds.append(time.process_time() - begun)
    each = ", ".join(f"{one:.2f}" for one in seconds)
    print(f"{len(levers)} levers and {len(projects)} projects: {each} s of one processor")


def _drawn(kind: LeverKind, random: np.random.Generator) -> Allowed:
    rule = RULES[LeverKind(kind)]
    width = (rule.high - rule.low) * float(random.uniform(0.05, 0.3))
    low = max(float(rule.low), -width / 2)
    weight = float(random.uniform(0.5, 2.0))
    return Allowed(_lever(kind), low, low + width, width / _CELLS, weight)


def _width(one: Allowed) -> float:
    assert isinstance(one.entry, Lever)
    return one.entry.rule.high - one.entry.rule.low


def _lever(kind: LeverKind) -> Lever:
    return Lever(LeverKind(kind), 0.0, assumptions=_ASSUMED.get(LeverKind(kind), ()))


def _project(number: int) -> Project:
    day = Quarter(_YEAR, 4) if number % 2 else Quarter(_YEAR + 1, 1)
    return Project(
        id=f"project {number}",
        started=day,
        producing=day,
        counted=day,
        completion=((_YEAR, 0.5),),
        output=4.0 + number,
        tax=100.0,
        start_probability=0.8,
        delay=(0.5, 0.3, 0.2),
    )


def _two_sided(base: Baseline) -> Baseline:
    """Return a baseline where investment and tax can grow too much."""
    lines = []
    for line in base.lines:
        if line.target.indicator == "fixed_asset_investment":
            about = {"comparator": Comparator.ABOUT, "threshold": 9.0, "tolerance": 2.0}
            line = replace(line, target=replace(line.target, **about))  # type: ignore[arg-type]
        if line.target.indicator == "tax_revenue":
            below = replace(line.target, comparator=Comparator.BELOW, threshold=12.0)
            line = replace(line, target=below)
        lines.append(line)
    return replace(base, lines=tuple(lines))


def _baseline(seed: int) -> Baseline:
    seeds = read_seeds(_SEEDS)
    (area,) = [area for area in seeds.areas if area.id == _AREA]
    figures = [figure for figure in seeds.observations if figure.area == _AREA]
    question = Question(area, _YEAR, seed=seed)
    return baseline_of(question, Inputs(seeds.catalogue, seeds.targets, figures))


if __name__ == "__main__":
    main()
