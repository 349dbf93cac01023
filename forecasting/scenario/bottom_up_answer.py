"""What a view from below says of a year, beside what the models say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array
from forecasting.figures.indicator import Indicator
from forecasting.figures.period import Quarter
from forecasting.figures.target import cut_of
from forecasting.issues.disclosure import FEWEST_TOLD
from forecasting.outlook.judge import Baseline
from forecasting.outlook.outlook import FanPoint, Quantiles
from forecasting.outlook.verdict import LOWEST_GROWTH, growth_paths, quantiles_of
from forecasting.scenario.arithmetic import Arithmetic, merged
from forecasting.scenario.bottom_up import (
    Ground,
    grounds_of,
    growth_from_below,
    listed_level,
    without_level,
)
from forecasting.scenario.errors import LevelsMissing
from forecasting.scenario.items import BottomUp, Rest
from forecasting.scenario.pins import pinned
from forecasting.scenario.scenario import Scenario

_WIDTH = 2 * 1.2815515655446004
"""Standard deviations between the ends of a normal distribution's 80% interval."""


@dataclass(frozen=True, slots=True)
class YearAnswer:
    """What is said of one indicator's year.

    Attributes
    ----------
    probability
        That full-year growth, as first published, meets the target.
    quantiles
        Of full-year growth in percent, at ``QUANTILE_LEVELS``.
    fan
        Of growth since January, one point for each quarter ahead.
    """

    probability: float
    quantiles: Quantiles
    fan: tuple[FanPoint, ...]


@dataclass(frozen=True, slots=True)
class BottomUpAnswer:
    """A view from below beside the models, both with the pins and the project table.

    Levers, amounts and points are in neither. Nothing in it tells of a single firm: only sums do.

    Attributes
    ----------
    weight
        Share of the paths that take their growth from below.
    level
        Of the whole year before, in the indicator's unit.
    listed
        Share of that level that the items had; None of fewer than ``FEWEST_TOLD`` that had any.
    projects
        Percentage points that the project table is expected to add to full-year growth.
    """

    indicator: str
    weight: float
    level: float
    listed: float | None
    projects: float
    below: YearAnswer
    model: YearAnswer


def bottom_up_answers(
    baseline: Baseline, scenario: Scenario, *, partly: bool = False
) -> tuple[BottomUpAnswer, ...]:
    """Return what each view of a scenario says, whatever its weight.

    There is none of a year that is known, and none of a view that says nothing.

    Parameters
    ----------
    baseline
        Without the scenario.
    partly
        Whether to leave out what lacks last year's level instead of refusing it.

    Raises
    ------
    LevelsMissing
        Where last year's level of an indicator is not known.
    OutlookError
        As ``apply`` raises them.
    """
    arithmetic = Arithmetic(baseline, scenario)
    views = tuple(view for view in scenario.bottom_up if not view.says_nothing)
    lacking = without_level(baseline, scenario, views)
    if lacking and not partly:
        raise LevelsMissing(lacking, arithmetic.year - 1)
    held = pinned(baseline, scenario.pins)
    grounds = grounds_of(held, scenario, views)
    added = arithmetic.added(merged(scenario.projects)) if grounds else {}
    return tuple(_answers(held, views, grounds, added))


def rest_as_modelled(baseline: Baseline, indicator: str) -> Rest | None:
    """Return growth and spread of all open quarters that bring the year where the models do.

    Returns
    -------
    Rest or None
        In percent, and in points, on the same quarters of last year: with it a view that lists
        nothing says what the models say. None where the year is known, or nothing stands for it.
    """
    year = baseline.question.year
    for place, line in enumerate(baseline.standing):
        history = line.history
        if line.target.indicator == indicator and history.origin < Quarter(year, 4):
            told = quantiles_of(growth_paths(line, year, baseline.paths[place])[:, -1])
            expected, spread = told[3], (told[5] - told[1]) / _WIDTH
            if history.origin.year < year:
                return Rest(expected, spread)
            weights = history.weights(year)
            share = sum(weights[: history.origin.quarter]) / sum(weights)
            known = share * history.ytd_at(history.origin)
            return Rest((expected - known) / (1 - share), spread / (1 - share))
    return None


def _answers(
    held: Baseline,
    views: tuple[BottomUp, ...],
    grounds: Mapping[str, Ground],
    added: Mapping[str, Array],
) -> Iterator[BottomUpAnswer]:
    for view in views:
        ground = grounds.get(view.indicator)
        if ground is None:
            continue
        line = held.standing[ground.place]
        points = added.get(view.indicator, np.zeros((1, 1)))
        model = growth_paths(line, held.question.year, held.paths[ground.place])
        yield BottomUpAnswer(
            indicator=view.indicator,
            weight=view.weight,
            level=ground.level,
            listed=_listed(view, line.history.indicator, ground),
            projects=float(points[:, -1].mean()),
            below=_said(held, ground, growth_from_below(held, view, ground) + points),
            model=_said(held, ground, model + points),
        )


def _listed(view: BottomUp, indicator: Indicator, ground: Ground) -> float | None:
    if sum(any(item.base) for item in view.items) < FEWEST_TOLD:
        return None
    return listed_level(view, indicator) / ground.level


def _said(held: Baseline, ground: Ground, growth: Array) -> YearAnswer:
    line = held.standing[ground.place]
    growth = np.maximum(growth, LOWEST_GROWTH)
    first = max(line.history.origin + 1, Quarter(held.question.year, 1))
    return YearAnswer(
        probability=float(cut_of(line.target).met_by(growth[:, -1]).mean()),
        quantiles=quantiles_of(growth[:, -1]),
        fan=tuple(
            FanPoint(first + step, quantiles_of(column)) for step, column in enumerate(growth.T)
        ),
    )
