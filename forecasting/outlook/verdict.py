"""From the paths of one indicator to its verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.figures.target import cut_of, published
from forecasting.history.history import History
from forecasting.history.log_levels import SEASON
from forecasting.outlook.lights import light_of
from forecasting.outlook.outlook import FanPoint, MemberVerdict, Verdict
from forecasting.outlook.pace import pace_of
from forecasting.outlook.paths import PATHS_PER_SET, SETS, Paths
from forecasting.outlook.quantiles import QUANTILE_LEVELS, Quantiles
from forecasting.outlook.question import Question, TargetLine

FEWEST_PATHS = 100
"""A member drawn on fewer paths gets no verdict of its own."""
LARGEST_LOG_GROWTH = 12.0
"""Simulated growth is cut off beyond a factor of 160,000: only numbers overflow there."""
LOWEST_GROWTH = -100.0
"""No amount taken away leaves less than nothing."""

Met = NDArray[np.bool_]
"""Whether each joint path meets a verdict's target, shape ``(paths,)``."""


@dataclass(frozen=True, slots=True, eq=False)
class Blend:
    """Growth since January that stands instead of that of the models on a share of the paths.

    Attributes
    ----------
    method
        What it is called among the members of a verdict.
    weight
        Share of the paths.
    growth
        Shape ``(paths, ahead)`` in percent, columns as ``ytd_paths`` returns them;
        every path has one, also where it is not taken.
    taken
        Shape ``(paths,)``: the paths that take it.
    """

    method: str
    weight: float
    growth: Array
    taken: NDArray[np.bool_]

    def into(self, growth: Array) -> Array:
        """Return the growth of the models with the paths that are taken replaced."""
        return np.where(self.taken[:, None], self.growth, growth)


def published_verdict(line: TargetLine, question: Question) -> tuple[Verdict, Met]:
    """Return the verdict of a year whose last quarter is known; it is complete once published."""
    cut = cut_of(line.target)
    last = Quarter(question.year, 4)
    growth = published(line.history.ytd_at(last))
    met = cut.met_by(growth)
    complete = last not in line.history.unpublished
    light = None if question.area.reference else light_of(float(met), complete=complete)
    verdict = Verdict(
        target=line.target,
        cut=cut,
        history=line.history,
        complete=complete,
        probability=float(met),
        quantiles=Quantiles(*(growth,) * 7),
        light=light,
    )
    return verdict, np.full(SETS * PATHS_PER_SET, met)


def forecast_verdict(
    line: TargetLine,
    question: Question,
    paths: Paths,
    added: Array | None = None,
    blend: Blend | None = None,
) -> tuple[Verdict, Met]:
    """Return the verdict of a year from the paths of its remaining quarters.

    ``added`` are percentage points on growth since January, as wide as ``ytd_paths`` returns;
    they come on top of ``blend``.
    """
    cut, predictive = cut_of(line.target), line.predictive
    assert predictive is not None  # paths are drawn from it
    first = max(line.history.origin + 1, Quarter(question.year, 1))
    growth = growth_paths(line, question.year, paths, blend)
    if added is not None:
        growth = np.maximum(growth + added, LOWEST_GROWTH)
    met = cut.met_by(growth[:, -1])
    probability = float(met.mean())
    light = None if question.area.reference else light_of(probability, complete=False)
    verdict = Verdict(
        target=line.target,
        cut=cut,
        history=line.history,
        complete=False,
        probability=probability,
        quantiles=quantiles_of(growth[:, -1]),
        fan=tuple(
            FanPoint(first + step, quantiles_of(column)) for step, column in enumerate(growth.T)
        ),
        pace=pace_of(line.history, cut, question.year),
        light=light,
        model=predictive.model.report,
        members=_member_verdicts(line, paths, growth[:, -1], met, blend),
    )
    return verdict, met


def _member_verdicts(
    line: TargetLine, paths: Paths, growth: Array, met: Met, blend: Blend | None
) -> tuple[MemberVerdict, ...]:
    """Return the verdict of each member, from the paths that were drawn from it."""
    assert line.predictive is not None  # paths are drawn from it
    own = np.ones(len(growth), bool) if blend is None else ~blend.taken
    share = 1.0 if blend is None else 1 - blend.weight
    verdicts = []
    for number, member in enumerate(line.predictive.members):
        rows = own & (paths.member == number)
        report, weight = member.report, share * member.weight
        if line.history.partial is not None:  # months tell for some members and against others
            weight = share * float((paths.member == number).mean())
        verdicts.append(
            MemberVerdict(report.method, weight, report.candidates, *_of_paths(growth, met, rows))
        )
    if blend is not None:
        of_blend = _of_paths(growth, met, blend.taken)
        verdicts.append(MemberVerdict(blend.method, blend.weight, (), *of_blend))
    return tuple(verdicts)


def _of_paths(growth: Array, met: Met, rows: Met) -> tuple[float | None, Quantiles | None]:
    """Return probability and quantiles of some paths, where there are enough of them."""
    if int(rows.sum()) < FEWEST_PATHS:
        return None, None
    return float(met[rows].mean()), quantiles_of(growth[rows])


def growth_paths(line: TargetLine, year: int, paths: Paths, blend: Blend | None = None) -> Array:
    """Return growth since January on every path, before a scenario adds anything.

    Shape as ``ytd_paths`` returns it.
    """
    growth = ytd_paths(line.history, paths.levels, year)
    return growth if blend is None else blend.into(growth)


def ytd_paths(history: History, levels: Array, year: int) -> Array:
    """Return simulated growth since January in percent.

    Parameters
    ----------
    levels
        Shape ``(paths, h)`` of log levels; column 1 is the quarter after the origin and the
        last column is the fourth quarter of ``year``.

    Returns
    -------
    ndarray
        One column for each quarter of ``year`` after the origin. Quarters already known enter
        through the cumulative growth published last, not through their levels.
    """
    ahead = levels.shape[1]
    base = np.concatenate(
        [np.broadcast_to(history.bridged[-SEASON:], (len(levels), SEASON)), levels], axis=1
    )[:, :ahead]
    log_growth = np.clip(levels - base, -LARGEST_LOG_GROWTH, LARGEST_LOG_GROWTH)
    known = history.origin.quarter if history.origin.year == year else 0
    remaining = SEASON - known
    weights = np.array(history.weights(year))
    part = weights[:known].sum()
    start = part * (1 + history.ytd_at(history.origin) / 100) if known else 0.0
    parts = weights[known:] * np.exp(log_growth[:, ahead - remaining :])
    return np.asarray(
        ((start + parts.cumsum(axis=1)) / (part + weights[known:].cumsum()) - 1) * 100
    )


def quantiles_of(values: Array) -> Quantiles:
    """Return the quantiles of paths at ``QUANTILE_LEVELS``."""
    ordered = np.sort(values)
    rows = [round(level * (len(ordered) - 1)) for level in QUANTILE_LEVELS]
    return Quantiles(*(float(ordered[row]) for row in rows))
