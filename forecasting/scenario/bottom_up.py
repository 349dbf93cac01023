"""Growth of a year from below: key firms and projects, and everything else of an indicator.

What is published of the year stands as it is. Each quarter ahead is the sum of the items' levels
and the rest's, over the indicator's level of the same quarter of last year. An item may grow
otherwise than expected (lognormal, so that no level is below zero, with the mean and standard
deviation stated) and may not happen at all; items and the rest are drawn independently of each
other, by seed and name.

A sum of firms says nothing of how indicators go together. So the draws are coupled by rank: the
path on which the models let the indicator grow least takes the least draw from below, and so on
(the comonotone coupling of the two distributions, as the Schaake shuffle reorders ensembles).
Then the indicator keeps the order of its paths, and with it how it goes together with the others.

References
----------
Clark, M. et al. (2004), "The Schaake shuffle: a method for reconstructing space-time variability
in forecasted precipitation and temperature fields", *Journal of Hydrometeorology* 5, 243-262.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from forecasting.arrays import Array, plain_sum
from forecasting.errors import (
    BottomUpBeyondArea,
    BottomUpTwice,
    BottomUpUnit,
    LevelsMissing,
    ScenarioRefused,
)
from forecasting.figures.indicator import Indicator
from forecasting.figures.period import Quarter
from forecasting.figures.target import cut_of
from forecasting.outlook.judge import Baseline
from forecasting.outlook.outlook import FanPoint
from forecasting.outlook.quantiles import Quantiles
from forecasting.outlook.question import TargetLine
from forecasting.outlook.verdict import LOWEST_GROWTH, Blend, growth_paths, quantiles_of, ytd_paths
from forecasting.scenario.arithmetic import Arithmetic, YearContext, merged, project_parts
from forecasting.scenario.draws import uniforms
from forecasting.scenario.levers import in_units
from forecasting.scenario.model import FEWEST_IN_A_SUM, METHOD, BottomUp, Item, Rest, Scenario
from forecasting.scenario.pins import paths_held, pinned

SLACK = 1e-6
"""Share of the area's level by which items may exceed it: rounding of published figures."""


@dataclass(frozen=True, slots=True)
class ViewBasis:
    """What a view from below stands on.

    Attributes
    ----------
    place
        Of the indicator among the standing lines of the baseline.
    level
        Of the whole year before, in the indicator's unit.
    held
        Growth in percent of the quarters of the year that pins hold.
    """

    place: int
    level: float
    held: tuple[tuple[Quarter, float], ...]


def with_bottom_up(baseline: Baseline, scenario: Scenario) -> Baseline:
    """Return a baseline, its pins held, with the views of a scenario mixed into its paths.

    A view takes its weight's share of the paths, chosen by seed within every set of paths, and a
    path taken at one weight is taken at every larger one. Without any weight, and of indicators
    that stay unmoved or whose year is known, the baseline is what it was. So it is where last
    year's level is missing: ``without_level`` says where.

    Raises
    ------
    BottomUpUnit, BottomUpBeyondArea, BottomUpTwice, ScenarioRefused
        Where a view cannot be.
    """
    views = scenario.mixed
    bases = bases_of(baseline, scenario, views)
    blends = {}
    for view in views:
        if view.indicator in bases:
            taken = uniforms(baseline.question.seed, f"bottom_up {view.indicator}") < view.weight
            growth = growth_from_below(baseline, view, bases[view.indicator])
            blends[view.indicator] = Blend(METHOD, view.weight, growth, taken)
    return replace(baseline, blends=blends) if blends else baseline


def without_level(
    baseline: Baseline, scenario: Scenario, views: Iterable[BottomUp]
) -> list[Indicator]:
    """Return the indicators, in catalogue order, whose views lack last year's level."""
    levels = baseline.levels.keys() | dict(scenario.levels).keys()
    lacking = {view.indicator for view in views} - levels
    return [
        line.history.indicator
        for name, (_, line) in _open_lines(baseline).items()
        if name in lacking
    ]


def bases_of(
    baseline: Baseline, scenario: Scenario, views: Sequence[BottomUp]
) -> dict[str, ViewBasis]:
    """Return what views stand on, where the year is open and last year's level known.

    Raises
    ------
    BottomUpTwice, ScenarioRefused
        Where the views of a scenario cannot be.
    """
    levels = {**baseline.levels, **dict(scenario.levels)}
    held = {path.indicator: path.growth for path in paths_held(baseline, scenario.pins)}
    lines = _open_lines(baseline)
    bases: dict[str, ViewBasis] = {}
    for view in views:
        name = view.indicator
        if name in bases:
            raise ScenarioRefused("bottom_up.indicator", name, "unique")
        if name in lines and name in levels:
            place, line = lines[name]
            _refuse_twice(view, line, scenario, baseline)
            bases[name] = ViewBasis(place, levels[name], held.get(name, ()))
    return bases


def _open_lines(baseline: Baseline) -> dict[str, tuple[int, TargetLine]]:
    """Return the lines whose year is open, and their places, by indicator."""
    last = Quarter(baseline.question.year, 4)
    return {
        line.target.indicator: (place, line)
        for place, line in enumerate(baseline.standing)
        if line.history.origin < last
    }


def _refuse_twice(view: BottomUp, line: TargetLine, scenario: Scenario, baseline: Baseline) -> None:
    """Refuse a project that stands both in the table and in the view: it would count twice."""
    listed = {item.name for item in view.items}
    year = baseline.question.year
    frame = YearContext(year, Quarter(year, 1), baseline.question.seed)
    for project in scenario.projects:
        both = listed & {project.id, project.name}
        if both and view.indicator in {part.indicator for part in project_parts(project, frame)}:
            raise BottomUpTwice(name=line.history.indicator.name, project=min(both))


@lru_cache(maxsize=16)  # a slider that moves changes nothing of this
def _coupled(baseline: Baseline, view: BottomUp, basis: ViewBasis) -> Array:
    line = baseline.standing[basis.place]
    levels = baseline.paths[basis.place].levels
    model = ytd_paths(line.history, levels, baseline.question.year)
    below = _growth(view, line, basis, baseline)
    growth = np.empty_like(model)
    order = np.argsort(model[:, -1], kind="stable")
    growth[order] = below[np.argsort(below[:, -1], kind="stable")] if len(below) > 1 else below
    growth.flags.writeable = False  # kept between applications
    return growth


def growth_from_below(baseline: Baseline, view: BottomUp, basis: ViewBasis) -> Array:
    """Return growth since January on every path, coupled with the paths of the models.

    Returns
    -------
    ndarray
        Shape ``(paths, ahead)`` in percent, columns as ``ytd_paths`` returns them. The project
        table of the scenario is not in it: it is added to every path, taken or not.
    """
    return _coupled(baseline, replace(view, weight=0.0), basis)


def _growth(view: BottomUp, line: TargetLine, basis: ViewBasis, baseline: Baseline) -> Array:
    """Return growth since January as drawn, shape ``(paths or 1, ahead)``."""
    history, year = line.history, baseline.question.year
    known = history.origin.quarter if history.origin.year == year else 0
    weights = np.array(history.weights(year))
    parts = _levels(view, line, basis, baseline, known) * (weights.sum() / basis.level)
    for quarter, rate in basis.held:
        parts[:, quarter.quarter - 1] = weights[quarter.quarter - 1] * (1 + rate / 100)
    part = weights[:known].sum()
    start = part * (1 + history.ytd_at(history.origin) / 100) if known else 0.0
    ahead = start + parts[:, known:].cumsum(axis=1)
    growth = (ahead / (part + weights[known:].cumsum()) - 1) * 100
    return np.asarray(np.maximum(growth, LOWEST_GROWTH))


def _levels(
    view: BottomUp, line: TargetLine, basis: ViewBasis, baseline: Baseline, known: int
) -> Array:
    """Return the level of each quarter of the year in the indicator's unit, ``(paths or 1, 4)``.

    Of quarters whose figures are published it is what the items say, and of no use.
    """
    indicator, seed = line.history.indicator, baseline.question.seed
    factor = _factor(view, indicator)
    weights = np.array(line.history.weights(baseline.question.year))
    weights /= weights.sum()
    base = basis.level * weights
    total: Array = np.zeros((1, 4))
    listed = np.zeros(4)
    for item in view.items:
        if item.problem is not None:
            raise ScenarioRefused(f"bottom_up.item.{item.problem[0]}", item.name, item.problem[1])
        own = factor * _by_quarter(item.base, weights)
        listed += own
        total = total + _item_levels(item, own, factor, f"{view.indicator} {item.name}", seed)
    for quarters in (slice(0, 4), slice(known, 4)):
        have, there = float(listed[quarters].sum()), float(base[quarters].sum())
        if have > there * (1 + SLACK):
            first = quarters.start + 1
            year = baseline.question.year - 1
            raise BottomUpBeyondArea(
                id=indicator.id,
                name=indicator.name,
                unit=indicator.unit,
                year=year,
                first=first,
                listed=have,
                area=there,
            )
    rest = (base - listed) * (1 + view.rest.growth / 100)
    relative = _relative(view.rest.spread, view.rest.growth)
    return np.asarray(total + rest * _deviation(relative, f"rest of {view.indicator}", seed))


def listed_level(view: BottomUp, indicator: Indicator) -> float:
    """Return last year's level of all items together, in the indicator's unit."""
    return _factor(view, indicator) * math.fsum(level for item in view.items for level in item.base)


def _factor(view: BottomUp, indicator: Indicator) -> float:
    """Return how many of the indicator's units one of the view's is."""
    factor = in_units(view.unit, indicator.unit) if view.unit else 1.0
    if factor is None:
        raise BottomUpUnit(
            id=indicator.id, name=indicator.name, wanted=indicator.unit, unit=view.unit
        )
    return factor


def _item_levels(item: Item, base: Array, factor: float, key: str, seed: int) -> Array:
    """Return an item's level of each quarter on every path, shape ``(paths or 1, 4)``."""
    done = len(item.known)
    known = np.zeros(4)
    known[:done] = factor * np.array(item.known)
    rest = base * (np.arange(4) >= done)
    if item.amount is not None:
        shares = rest if rest.any() else (np.arange(4) >= done).astype(float)
        expected, relative = factor * item.amount * shares / shares.sum(), item.spread / 100
    else:
        growth = item.growth or 0.0  # not needed of a year that is known
        expected, relative = rest * (1 + growth / 100), _relative(item.spread, growth)
    happens: Array = np.ones((1, 1))
    if item.probability < 1:
        drawn = uniforms(seed, f"happens {key}")
        happens = (drawn < item.probability).astype(float)[:, None]
    return np.asarray(known + expected * happens * _deviation(relative, f"grows {key}", seed))


def _by_quarter(base: tuple[float, ...], weights: Array) -> Array:
    """Return last year's level of the four quarters."""
    return np.array(base) if len(base) == 4 else base[0] * weights


def _relative(spread: float, growth: float) -> float:
    """Return a spread of growth in points as a share of what is expected."""
    return spread / (100 + growth) if growth > LOWEST_GROWTH else 0.0


def _deviation(relative: float, key: str, seed: int) -> Array:
    """Return what multiplies the expected level, shape ``(paths or 1, 1)``.

    Lognormal with this standard deviation, scaled so that the mean is one to the last digit.
    """
    if relative == 0:
        return np.ones((1, 1))
    drawn = np.exp(math.sqrt(math.log1p(relative**2)) * ndtri(uniforms(seed, key)))
    return np.asarray(drawn / drawn.mean())[:, None]


@dataclass(frozen=True, slots=True)
class YearAnswer:
    """The chance, the quantiles and the fan of one indicator's year.

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
        Share of that level that the items had; None of fewer than ``FEWEST_IN_A_SUM`` that had any.
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
    bases = bases_of(held, scenario, views)
    added = arithmetic.added(merged(scenario.projects)) if bases else {}
    return tuple(_answers(held, views, bases, added))


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
            quantiles = quantiles_of(growth_paths(line, year, baseline.paths[place])[:, -1])
            expected, spread = quantiles.median, quantiles.deviation
            if history.origin.year < year:
                return Rest(expected, spread)
            weights = history.weights(year)
            share = plain_sum(weights[: history.origin.quarter]) / plain_sum(weights)
            known = share * history.ytd_at(history.origin)
            return Rest((expected - known) / (1 - share), spread / (1 - share))
    return None


def _answers(
    held: Baseline,
    views: tuple[BottomUp, ...],
    bases: Mapping[str, ViewBasis],
    added: Mapping[str, Array],
) -> Iterator[BottomUpAnswer]:
    for view in views:
        basis = bases.get(view.indicator)
        if basis is None:
            continue
        line = held.standing[basis.place]
        points = added.get(view.indicator, np.zeros((1, 1)))
        model = growth_paths(line, held.question.year, held.paths[basis.place])
        yield BottomUpAnswer(
            indicator=view.indicator,
            weight=view.weight,
            level=basis.level,
            listed=_listed(view, line.history.indicator, basis),
            projects=float(points[:, -1].mean()),
            below=_said(held, basis, growth_from_below(held, view, basis) + points),
            model=_said(held, basis, model + points),
        )


def _listed(view: BottomUp, indicator: Indicator, basis: ViewBasis) -> float | None:
    if sum(any(item.base) for item in view.items) < FEWEST_IN_A_SUM:
        return None
    return listed_level(view, indicator) / basis.level


def _said(held: Baseline, basis: ViewBasis, growth: Array) -> YearAnswer:
    line = held.standing[basis.place]
    growth = np.maximum(growth, LOWEST_GROWTH)
    first = max(line.history.origin + 1, Quarter(held.question.year, 1))
    return YearAnswer(
        probability=float(cut_of(line.target).met_by(growth[:, -1]).mean()),
        quantiles=quantiles_of(growth[:, -1]),
        fan=tuple(
            FanPoint(first + step, quantiles_of(column)) for step, column in enumerate(growth.T)
        ),
    )
