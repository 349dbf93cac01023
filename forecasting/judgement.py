"""From figures, targets and a question to the outlook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from forecasting.allclear import Met, all_clear
from forecasting.arima.series import SEASON, LogLevels
from forecasting.engine import ENGINE, Engine, predict
from forecasting.errors import AreaWithoutFigures
from forecasting.history import History
from forecasting.indicator import Catalogue, Observation, Target
from forecasting.outlook import (
    QUANTILE_LEVELS,
    AllClear,
    Excluded,
    FanPoint,
    Light,
    Outlook,
    Quantiles,
    Verdict,
    light_of,
)
from forecasting.pace import pace_of
from forecasting.paths import PATHS_PER_SET, SETS, Forecasted, draw_paths
from forecasting.period import Quarter
from forecasting.predictive import Array, Predictive
from forecasting.question import Question
from forecasting.standing import Standing, stand, targets_of
from forecasting.target import GUARD, Cut, cut_of, published

LARGEST_LOG_GROWTH = 12.0
"""Simulated growth is cut off beyond a factor of 160,000: only numbers overflow there."""


def judge(
    question: Question,
    catalogue: Catalogue,
    targets: Sequence[Target],
    observations: Sequence[Observation],
    engine: Engine = predict,
) -> Outlook:
    """Answer each and all: the outlook of an area and a year.

    Parameters
    ----------
    targets
        Of any area and year; those of the question are picked.
    observations
        Of any area; those of the question are picked, and cut at its "as of" and at the end
        of its year. Nothing after the cut has any influence.
    engine
        Called once with every series, unless all are complete; a threshold changes none.

    Raises
    ------
    AreaWithoutFigures
        If there is no figure of the area before the cut.
    """
    cut_at = Quarter(question.year, 4)
    if question.as_of is not None:
        cut_at = min(cut_at, question.as_of)
    figures = [
        figure
        for figure in observations
        if figure.area == question.area.id and figure.month <= cut_at.end
    ]
    if not figures:
        raise AreaWithoutFigures(question.area.id)
    lines = [
        stand(line, catalogue, figures, question.year)
        for line in targets_of(question, catalogue, targets, figures)
    ]
    standing = [line for line in lines if not isinstance(line, Excluded)]
    verdicts, met = _verdicts(standing, question, engine)
    together = all_clear(verdicts, met)
    return Outlook(
        area=question.area,
        year=question.year,
        as_of=question.as_of,
        seed=question.seed,
        engine=ENGINE,
        verdicts=verdicts,
        excluded=tuple(line for line in lines if isinstance(line, Excluded)),
        all_clear=together,
        light=_light_of_all(together, lines, verdicts, question),
    )


def _light_of_all(
    together: AllClear | None,
    lines: Sequence[Standing | Excluded],
    verdicts: Sequence[Verdict],
    question: Question,
) -> Light | None:
    """Return the light of the all-clear; a reference area has none.

    "All" is only met or missed once every target that counts has its published figure.
    """
    if together is None or question.area.reference:
        return None
    unanswered = any(isinstance(line, Excluded) and line.target.counts for line in lines)
    complete = not unanswered and all(v.complete for v in verdicts if v.counts)
    return light_of(together.probability, complete=complete)


def _verdicts(
    standing: Sequence[Standing], question: Question, engine: Engine
) -> tuple[tuple[Verdict, ...], list[Met]]:
    """Return the verdicts and, for each, which of the joint paths meet its target."""
    last = Quarter(question.year, 4)
    open_ = [line.history.origin < last for line in standing]
    drawn = iter(_draw(standing, question, engine) if any(open_) else ())
    answers = [
        _forecast_verdict(line, question, *next(drawn))
        if is_open
        else _published_verdict(line, question)
        for line, is_open in zip(standing, open_, strict=True)
    ]
    return tuple(verdict for verdict, _ in answers), [met for _, met in answers]


def _draw(
    standing: Sequence[Standing], question: Question, engine: Engine
) -> Iterator[tuple[Predictive, Array]]:
    """Yield predictive and paths of every line whose year is open.

    A line whose year is complete is fitted too: what surprised there, in quarters that others
    have not seen yet, tells of the others.
    """
    last = Quarter(question.year, 4)
    horizon = max(last - line.history.origin for line in standing)
    predictives = engine([_log_levels(line.history) for line in standing], horizon)
    forecasted = [
        Forecasted(line.history.indicator.order, predictive)
        for line, predictive in zip(standing, predictives, strict=True)
    ]
    paths = draw_paths(forecasted, last, question.seed, correlated=question.correlated)
    for predictive, levels in zip(predictives, paths, strict=True):
        if predictive.origin < last:
            yield predictive, levels


def _log_levels(history: History) -> LogLevels:
    """Return what the engine sees of a history."""
    positive = np.where(history.growth > -100, history.growth, np.nan)
    return LogLevels(
        first=history.quarters[0] + -SEASON,
        values=history.log_level,
        filled=history.bridged,
        growth=np.log1p(positive / 100),
    )


def _published_verdict(line: Standing, question: Question) -> tuple[Verdict, Met]:
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


def _forecast_verdict(
    line: Standing, question: Question, predictive: Predictive, levels: Array
) -> tuple[Verdict, Met]:
    """Answer a year from the paths of its remaining quarters."""
    cut = cut_of(line.target)
    first = max(line.history.origin + 1, Quarter(question.year, 1))
    growth = _ytd_paths(line.history, levels, question.year)
    met = _meets(cut, growth[:, -1])
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
        model=predictive.leading.report,
    )
    return verdict, met


def _ytd_paths(history: History, levels: Array, year: int) -> Array:
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


def _meets(cut: Cut, growth: Array) -> Met:
    """Apply ``Cut.met_by`` to simulated growth, where standing on an end has no probability."""
    return np.asarray((growth >= cut.lower - GUARD) & (growth <= cut.upper + GUARD))


def _quantiles(values: Array) -> Quantiles:
    """Return the quantiles at ``QUANTILE_LEVELS``."""
    ordered = np.sort(values)
    rows = [round(level * (len(ordered) - 1)) for level in QUANTILE_LEVELS]
    a, b, c, d, e, f, g = (float(ordered[row]) for row in rows)
    return a, b, c, d, e, f, g
