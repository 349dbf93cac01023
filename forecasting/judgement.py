"""From figures, targets and a question to the outlook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    MemberAnswer,
    Outlook,
    Quantiles,
    Verdict,
    light_of,
)
from forecasting.pace import pace_of
from forecasting.paths import PATHS_PER_SET, SETS, Forecasted, Paths, draw_paths
from forecasting.period import Quarter
from forecasting.predictive import Array, Predictive
from forecasting.question import Question
from forecasting.standing import Standing, stand, targets_of
from forecasting.target import GUARD, Cut, cut_of, published

FEWEST_PATHS = 100
"""Under so many paths nothing is said of what a member says."""
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
    pending = prepare(question, catalogue, targets, observations)
    return settle(pending, engine(pending.series, pending.horizon) if pending.series else [])


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """A question before its series are forecast, so that many can be in one batch.

    Attributes
    ----------
    lines
        The targets, with what stands for them.
    series
        What the engine has to forecast; none where every year is complete.
    horizon
        Quarters to forecast.
    """

    question: Question
    lines: tuple[Standing | Excluded, ...]
    series: tuple[LogLevels, ...]
    horizon: int

    @property
    def standing(self) -> list[Standing]:
        """The lines that get a verdict."""
        return [line for line in self.lines if not isinstance(line, Excluded)]


def prepare(
    question: Question,
    catalogue: Catalogue,
    targets: Sequence[Target],
    observations: Sequence[Observation],
) -> Pending:
    """Pick figures and targets of a question, as ``judge`` does."""
    last = Quarter(question.year, 4)
    cut_at = last if question.as_of is None else min(last, question.as_of)
    figures = [
        figure
        for figure in observations
        if figure.area == question.area.id and figure.month <= cut_at.end
    ]
    if not figures:
        raise AreaWithoutFigures(question.area.id)
    lines = tuple(
        stand(line, catalogue, figures, question.year)
        for line in targets_of(question, catalogue, targets, figures)
    )
    histories = [line.history for line in lines if not isinstance(line, Excluded)]
    horizon = max((last - history.origin for history in histories), default=0)
    # A line whose year is complete is fitted too: what surprised there, in quarters that others
    # have not seen yet, tells of the others.
    series = tuple(_log_levels(history, question) for history in histories) if horizon > 0 else ()
    return Pending(question, lines, series, horizon)


def settle(pending: Pending, predictives: Sequence[Predictive]) -> Outlook:
    """Answer a question from the forecasts of its series, in their order."""
    question, standing = pending.question, pending.standing
    verdicts, met = _verdicts(standing, question, predictives)
    together = all_clear(verdicts, met)
    return Outlook(
        area=question.area,
        year=question.year,
        as_of=question.as_of,
        seed=question.seed,
        engine=ENGINE,
        verdicts=verdicts,
        excluded=tuple(line for line in pending.lines if isinstance(line, Excluded)),
        all_clear=together,
        light=_light_of_all(together, pending.lines, verdicts, question),
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
    standing: Sequence[Standing], question: Question, predictives: Sequence[Predictive]
) -> tuple[tuple[Verdict, ...], list[Met]]:
    """Return the verdicts and, for each, which of the joint paths meet its target."""
    last = Quarter(question.year, 4)
    forecasted = [
        Forecasted(line.history.indicator.order, predictive)
        for line, predictive in zip(standing, predictives, strict=bool(predictives))
    ]
    drawn = draw_paths(forecasted, last, question.seed, correlated=question.correlated)
    answers = []
    for place, line in enumerate(standing):
        if line.history.origin < last:
            answers.append(_forecast_verdict(line, question, predictives[place], drawn[place]))
        else:
            answers.append(_published_verdict(line, question))
    return tuple(verdict for verdict, _ in answers), [met for _, met in answers]


def _log_levels(history: History, question: Question) -> LogLevels:
    """Return what the engine sees of a history."""
    positive = np.where(history.growth > -100, history.growth, np.nan)
    return LogLevels(
        first=history.quarters[0] + -SEASON,
        values=history.log_level,
        filled=history.bridged,
        growth=np.log1p(positive / 100),
        outliers=question.outliers,
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
    line: Standing, question: Question, predictive: Predictive, paths: Paths
) -> tuple[Verdict, Met]:
    """Answer a year from the paths of its remaining quarters."""
    cut = cut_of(line.target)
    first = max(line.history.origin + 1, Quarter(question.year, 1))
    growth = _ytd_paths(line.history, paths.levels, question.year)
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
