"""From figures, targets and a question to the outlook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import Catalogue, DefinitionChange, Observation, Status, Target
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.history.year_levels import year_levels
from forecasting.models.pool import Engine, predict
from forecasting.models.predictive import Predictive
from forecasting.outlook.baseline import Baseline, answer, draw
from forecasting.outlook.outlook import Excluded, Outlook
from forecasting.outlook.question import Question
from forecasting.outlook.standing import Standing, stand, targets_of


def judge(
    question: Question,
    catalogue: Catalogue,
    targets: Sequence[Target],
    observations: Sequence[Observation],
    engine: Engine = predict,
    changes: Sequence[DefinitionChange] = (),
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
    changes
        Recorded changes of definition, of any area: each is a shift of level that says nothing
        of growth.

    Raises
    ------
    AreaWithoutFigures
        If there is no figure of the area before the cut.
    """
    return answer(baseline_of(question, catalogue, targets, observations, engine, changes))


def baseline_of(
    question: Question,
    catalogue: Catalogue,
    targets: Sequence[Target],
    observations: Sequence[Observation],
    engine: Engine = predict,
    changes: Sequence[DefinitionChange] = (),
) -> Baseline:
    """Forecast what ``judge`` answers from, and keep it for scenarios; parameters as there.

    Raises
    ------
    AreaWithoutFigures
        If there is no figure of the area before the cut.
    """
    pending = prepare(question, catalogue, targets, observations, changes)
    predictives = engine(pending.series, pending.horizon) if pending.series else []
    levels = year_levels(pending.standing, figures_of(question, observations), question.year - 1)
    return draw(question, pending.lines, predictives, levels)


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
    changes: Sequence[DefinitionChange] = (),
) -> Pending:
    """Pick figures and targets of a question, as ``judge`` does."""
    last = Quarter(question.year, 4)
    figures = figures_of(question, observations)
    lines = tuple(
        stand(line, catalogue, figures, question.year)
        for line in targets_of(question, catalogue, targets, figures)
    )
    standing = [line for line in lines if not isinstance(line, Excluded)]
    horizon = max((last - line.history.origin for line in standing), default=0)
    # A line whose year is complete is fitted too: what surprised there, in quarters that others
    # have not seen yet, tells of the others.
    series = (
        tuple(log_levels_of(line, question, changes) for line in standing) if horizon > 0 else ()
    )
    return Pending(question, lines, series, horizon)


def figures_of(question: Question, observations: Sequence[Observation]) -> list[Observation]:
    """Return the figures of a question's area, up to its cut; an estimate (预计) is none.

    Raises
    ------
    AreaWithoutFigures
        If there is none.
    """
    last = Quarter(question.year, 4)
    cut_at = last if question.as_of is None else min(last, question.as_of)
    figures = [
        figure
        for figure in observations
        if figure.area == question.area.id
        and figure.month <= cut_at.end
        and figure.status is not Status.ESTIMATE
    ]
    if not figures:
        raise AreaWithoutFigures(question.area.id)
    return figures


def settle(pending: Pending, predictives: Sequence[Predictive]) -> Outlook:
    """Answer a question from the forecasts of its series, in their order."""
    return answer(draw(pending.question, pending.lines, predictives, {}))


def log_levels_of(
    line: Standing, question: Question, changes: Sequence[DefinitionChange]
) -> LogLevels:
    """Return what the engine sees of a history."""
    history, target = line.history, line.target
    positive = np.where(history.growth > -100, history.growth, np.nan)
    return LogLevels(
        first=history.quarters[0] + -SEASON,
        values=history.log_level,
        filled=history.bridged,
        growth=np.log1p(positive / 100),
        breaks=tuple(
            sorted(
                change.quarter
                for change in changes
                if (change.area, change.indicator, change.basis)
                == (target.area, target.indicator, target.basis)
            )
        ),
        outliers=question.outliers,
    )
