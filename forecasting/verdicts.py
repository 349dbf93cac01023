"""From the paths of one indicator to its verdict."""

from __future__ import annotations

import numpy as np

from forecasting.allclear import Met
from forecasting.arima.series import SEASON
from forecasting.history import History
from forecasting.outlook import (
    QUANTILE_LEVELS,
    FanPoint,
    MemberAnswer,
    Quantiles,
    Verdict,
    light_of,
)
from forecasting.pace import pace_of
from forecasting.paths import PATHS_PER_SET, SETS, Paths
from forecasting.period import Quarter
from forecasting.predictive import Array, Predictive
from forecasting.question import Question
from forecasting.standing import Standing
from forecasting.target import GUARD, Cut, cut_of, published

FEWEST_PATHS = 100
"""Under so many paths nothing is said of what a member says."""
LARGEST_LOG_GROWTH = 12.0
"""Simulated growth is cut off beyond a factor of 160,000: only numbers overflow there."""
LOWEST_GROWTH = -100.0
"""No amount taken away leaves less than nothing."""


def published_verdict(line: Standing, question: Question) -> tuple[Verdict, Met]:
    """Answer a year whose last quarter is known; it is complete once that is published."""
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
        quantiles=(growth,) * 7,
        fan=(),
        pace=None,
        light=light,
        model=None,
    )
    return verdict, np.full(SETS * PATHS_PER_SET, met)


def forecast_verdict(
    line: Standing,
    question: Question,
    predictive: Predictive,
    paths: Paths,
    added: Array | None = None,
) -> tuple[Verdict, Met]:
    """Answer a year from the paths of its remaining quarters.

    ``added`` are percentage points on growth since January, as wide as ``ytd_paths`` returns.
    """
    cut = cut_of(line.target)
    first = max(line.history.origin + 1, Quarter(question.year, 1))
    growth = ytd_paths(line.history, paths.levels, question.year)
    if added is not None:
        growth = np.maximum(growth + added, LOWEST_GROWTH)
    met = meets(cut, growth[:, -1])
    probability = float(met.mean())
    light = None if question.area.reference else light_of(probability, complete=False)
    verdict = Verdict(
        target=line.target,
        cut=cut,
        history=line.history,
        complete=False,
        probability=probability,
        quantiles=_quantiles(growth[:, -1]),
        fan=tuple(
            FanPoint(first + step, _quantiles(column)) for step, column in enumerate(growth.T)
        ),
        pace=pace_of(line.history, cut, question.year),
        light=light,
        model=predictive.model.report,
        members=_member_answers(predictive, paths, growth[:, -1], met),
    )
    return verdict, met


def _member_answers(
    predictive: Predictive, paths: Paths, growth: Array, met: Met
) -> tuple[MemberAnswer, ...]:
    """Return what each member says of the year, from the paths that were drawn from it."""
    answers = []
    for number, member in enumerate(predictive.members):
        own = paths.member == number
        enough = int(own.sum()) >= FEWEST_PATHS
        answers.append(
            MemberAnswer(
                method=member.report.method,
                weight=member.weight,
                candidates=member.report.candidates,
                probability=float(met[own].mean()) if enough else None,
                quantiles=_quantiles(growth[own]) if enough else None,
            )
        )
    return tuple(answers)


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


def meets(cut: Cut, growth: Array) -> Met:
    """Apply ``Cut.met_by`` to simulated growth, where standing on an end has no probability."""
    return np.asarray((growth >= cut.lower - GUARD) & (growth <= cut.upper + GUARD))


def _quantiles(values: Array) -> Quantiles:
    """Return the quantiles at ``QUANTILE_LEVELS``."""
    ordered = np.sort(values)
    rows = [round(level * (len(ordered) - 1)) for level in QUANTILE_LEVELS]
    a, b, c, d, e, f, g = (float(ordered[row]) for row in rows)
    return a, b, c, d, e, f, g
