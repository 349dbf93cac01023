"""Whole years ahead, on the joint paths that the outlook is drawn from.

An outlook ends with its year. Goals of several years need the years after it: the same paths go on
to the end of the next year, as far as the models forecast. From there every year of a path repeats
the growth of one of its own years, known or forecast: an assumption, and no forecast.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Array
from forecasting.figures.indicator import (
    Basis,
    Comparator,
    Indicator,
    Inputs,
    Measure,
    Observation,
    Status,
    Target,
)
from forecasting.figures.period import Month, Quarter
from forecasting.history.history import History
from forecasting.history.levels import levels_since_january
from forecasting.history.log_levels import SEASON
from forecasting.models.pool import Engine, predict
from forecasting.outlook.conditioning import condition
from forecasting.outlook.judge import prepare
from forecasting.outlook.paths import PATHS_PER_SET, SETS, draw
from forecasting.outlook.question import Question, TargetLine, figures_of, targets_of
from forecasting.outlook.verdict import LOWEST_GROWTH, ytd_paths

REACH = 10
"""Years that paths are followed: the year of the question is the first."""
FORECAST_YEARS = 2
"""Of these, years that the models forecast."""
_AT_THE_END = (Measure.LEVEL_END, Measure.RATIO)
"""Figures of the end of a month, which are no sums."""
MOST_PAST_YEARS = 5
"""Past years whose growth a path may repeat."""

Levels = Mapping[int, float]
"""Levels of whole years, in the unit of an indicator."""


@dataclass(frozen=True, slots=True, eq=False)
class YearPaths:
    """One indicator year by year: what is known, and what the joint paths bring.

    Attributes
    ----------
    first
        The year of the question, column 1.
    levels
        Of years that are over, in the unit of the indicator, where they are known; the first may
        be one of them.
    past_growth
        Of past years in percent, where it is known.
    growth
        Shape ``(8192, REACH)``: of the full year in percent, the first ``FORECAST_YEARS``
        forecast and the others carried on by ``continued``.
    """

    indicator: Indicator
    first: int
    levels: Mapping[int, float]
    past_growth: Mapping[int, float]
    growth: Array

    @property
    def last(self) -> int:
        """The last year that is over as far as levels tell: the first, else the one before."""
        return self.first if self.first in self.levels else self.first - 1

    @property
    def level(self) -> float | None:
        """The level of the last year; None where it is not known."""
        return self.levels.get(self.last)

    def ahead(self) -> Array | None:
        """Return levels on every path, shape as ``growth``; None where the last is not known.

        Growth at comparable prices keeps them at the prices of the last year.
        """
        if self.level is None:
            return None
        factors = 1 + self.growth / 100
        factors[:, : self.last - self.first + 1] = 1  # the level of a year that is over is known
        return np.asarray(self.level * np.cumprod(factors, axis=1))


def year_paths(
    question: Question, known: Inputs, indicators: Collection[str], engine: Engine = predict
) -> dict[str, YearPaths]:
    """Return the years of those of some indicators that can be forecast, by id.

    What the area's targets are of is drawn with them, so that paths of the question's year are
    those of its outlook where every indicator has a target, and go with them where some have none.

    Raises
    ------
    AreaWithoutFigures
        If there is no figure of the area.
    """
    figures = figures_of(question, known)
    targets = targets_of(question, known, figures)
    more = _untargeted(question, known, indicators, {one.indicator for one in targets})
    asked = replace(known, targets=[*known.targets, *more])
    baseline = prepare(replace(question, threshold=None), asked)
    series = [line.series for line in baseline.standing]
    if not series:
        return {}
    last = Quarter(question.year + FORECAST_YEARS - 1, 4)
    horizon = max(last - line.history.origin for line in baseline.standing)
    baseline = baseline.with_forecasts(engine(series, horizon))
    drawn = draw(baseline.forecasts, last, question.seed, correlated=question.correlated)
    paths = condition(drawn, baseline.months)
    shape = (SETS * PATHS_PER_SET, REACH - FORECAST_YEARS)
    uniforms = np.random.default_rng([question.seed, REACH]).random(shape)
    return {
        line.target.indicator: _years_of(line, question, figures, own.levels, uniforms)
        for line, own in zip(baseline.standing, paths, strict=True)
        if line.target.indicator in indicators
    }


def _untargeted(
    question: Question, known: Inputs, indicators: Collection[str], targeted: Collection[str]
) -> list[Target]:
    """Return lines for indicators without a target, which have no threshold of their own."""
    return [
        Target(
            question.area.id, id, question.year, Comparator.ABOVE, 0.0, known.catalogue[id].basis,
            "", counts=False,
        )
        for id in indicators
        if id in known.catalogue and id not in targeted
    ]  # fmt: skip


def _years_of(
    line: TargetLine,
    question: Question,
    figures: Sequence[Observation],
    levels: Array,
    uniforms: Array,
) -> YearPaths:
    history, year = line.history, question.year
    this_year, next_year = _forecast_years(history, levels, year)
    past = _past_growth(history, year)
    recent = [past[one] for one in sorted(past)[-MOST_PAST_YEARS:]]
    growth = continued(np.stack([this_year, next_year], axis=1), recent, uniforms)
    return YearPaths(
        indicator=history.indicator,
        first=year,
        levels=levels_by_year(line.target.indicator, question.area.id, line.target.basis, figures),
        past_growth=past,
        growth=growth,
    )


def _forecast_years(history: History, levels: Array, year: int) -> tuple[Array, Array]:
    """Return growth of the year and of the next on every path, in percent.

    The weights of the next year's quarters are the shares of this year's on the path.
    """
    known = history.origin - Quarter(year - 1, 4)
    if known == SEASON:
        this_year = np.full(SETS * PATHS_PER_SET, history.ytd_at(Quarter(year, 4)))
    else:
        this_year = ytd_paths(history, levels[:, : SEASON - known], year)[:, -1]
    seen = np.broadcast_to(history.bridged[-SEASON - known :], (len(levels), SEASON + known))
    course = np.concatenate([seen, levels], axis=1)
    before, now, then = (course[:, k : k + SEASON] for k in (0, SEASON, 2 * SEASON))
    weights = np.array(history.weights(year)) * np.exp(now - before)
    parts = weights / weights.sum(axis=1, keepdims=True) * np.exp(then - now)
    next_year = (parts.sum(axis=1) - 1) * 100
    return np.maximum(this_year, LOWEST_GROWTH), np.maximum(next_year, LOWEST_GROWTH)


def continued(forecast: Array, past: Sequence[float], uniforms: Array) -> Array:
    """Return the growth of forecast years and of the years after them, in percent.

    Every year after them repeats one of the path's own years, past or forecast, drawn with its
    uniform. Indicators share the uniforms, so that their years go together.

    Parameters
    ----------
    forecast
        Shape ``(paths, n)``.
    past
        Growth of past years, the same for all paths.
    uniforms
        Shape ``(paths, later years)``, from 0 to 1.
    """
    before = np.broadcast_to(np.array(past, float), (len(forecast), len(past)))
    years = np.concatenate([before, forecast], axis=1)[:, ::-1]
    drawn = (uniforms * years.shape[1]).astype(np.intp)
    return np.concatenate([forecast, np.take_along_axis(years, drawn, axis=1)], axis=1)


def _past_growth(history: History, year: int) -> dict[int, float]:
    ends = [quarter for quarter in history.quarters if quarter.quarter == SEASON]
    growth = {quarter.year: history.ytd_at(quarter) for quarter in ends if quarter.year < year}
    return {one: rate for one, rate in growth.items() if np.isfinite(rate)}


def levels_by_year(
    indicator: str, area: str, basis: Basis, figures: Sequence[Observation]
) -> dict[int, float]:
    """Return the levels of whole years of an area's indicator that are known and above zero.

    Of a stock, such as a number of firms, and of a ratio it is the figure at the end of the year.
    """
    target = Target(area, indicator, 0, Comparator.ABOVE, 0.0, basis, "")
    own = [
        one
        for one in figures
        if (one.area, one.indicator) == (area, indicator) and one.status is not Status.ESTIMATE
    ]
    known = {figure.key: figure for figure in own}
    levels: dict[int, float] = {}
    for year in sorted({figure.month.year for figure in own}):
        end = Month(year, 12)
        ends = [known.get((area, indicator, measure, basis, end)) for measure in _AT_THE_END]
        found = [*levels_since_january(known, target, end), *(one.value for one in ends if one)]
        level = next((one for one in found if one > 0), None)
        if level is not None:
            levels[year] = level
    return levels
