"""From figures, targets and a question to the outlook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import DefinitionChange, Inputs, Observation, Status
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.history.year_levels import year_levels
from forecasting.models.pool import Engine, predict
from forecasting.models.predictive import Predictive
from forecasting.outlook.baseline import Baseline, answer, draw
from forecasting.outlook.outlook import Excluded, Outlook
from forecasting.outlook.question import Question
from forecasting.outlook.standing import Standing, stand, targets_of


def judge(question: Question, known: Inputs, engine: Engine = predict) -> Outlook:
    """Return the outlook of an area and a year from what is known at a vintage.

    Parameters
    ----------
    known
        Of any area and year; what is of the question is picked. Figures are cut at its "as of"
        and at the end of its year: nothing after the cut has any influence.
    engine
        Called once with every series, unless all are complete; a threshold changes none.

    Raises
    ------
    AreaWithoutFigures
        If there is no figure of the area before the cut.
    """
    return answer(baseline_of(question, known, engine))


def baseline_of(question: Question, known: Inputs, engine: Engine = predict) -> Baseline:
    """Return the forecasts that ``judge`` answers from, kept for scenarios; parameters as there.

    Raises
    ------
    AreaWithoutFigures
        If there is no figure of the area before the cut.
    """
    pending = prepare(question, known)
    predictives = engine(pending.series, pending.horizon) if pending.series else []
    figures = figures_of(question, known.observations)
    levels = year_levels(pending.standing, figures, question.year - 1)
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


def prepare(question: Question, known: Inputs) -> Pending:
    """Pick figures and targets of a question, as ``judge`` does."""
    last = Quarter(question.year, 4)
    figures = figures_of(question, known.observations)
    lines = tuple(
        stand(line, known.catalogue, figures, question.year)
        for line in targets_of(question, known.catalogue, known.targets, figures)
    )
    standing = [line for line in lines if not isinstance(line, Excluded)]
    horizon = max((last - line.history.origin for line in standing), default=0)
    # A line whose year is complete is fitted too: what surprised there, in quarters that others
    # have not seen yet, tells of the others.
    series = (
        tuple(log_levels_of(line, question, known.changes) for line in standing)
        if horizon > 0
        else ()
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
