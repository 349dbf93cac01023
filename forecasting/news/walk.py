"""The way from one outlook to another: one change at a time, on the same random draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from forecasting.figures.indicator import (
    Inputs,
    Observation,
    ObservationKey,
)
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.fixed_parameters import forecast_with_fixed_parameters
from forecasting.models.pool import FittedPool
from forecasting.models.predictive import Predictive
from forecasting.news.terms import Answers, Term
from forecasting.outlook.judge import Pending, figures_of, log_levels_of, prepare, settle
from forecasting.outlook.outlook import Excluded, Outlook
from forecasting.outlook.question import Question
from forecasting.outlook.standing import Standing, stand

Fitting = Callable[[Sequence[LogLevels], int], list[FittedPool]]
"""``pool.fit``, or something that keeps what it once answered."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """An indicator on the way: its target and history, and what is forecast of it."""

    standing: Standing
    series: LogLevels
    predictive: Predictive


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One end of the way.

    Attributes
    ----------
    figures
        Of the question's area up to its cut, by key.
    lines, fitted
        By indicator, in catalogue order.
    outlook
        As ``judge`` gives it.
    """

    inputs: Inputs
    figures: Mapping[ObservationKey, Observation]
    lines: Mapping[str, Line]
    fitted: Mapping[str, FittedPool]
    outlook: Outlook

    @classmethod
    def of(cls, question: Question, inputs: Inputs, fitting: Fitting) -> Judged:
        """Judge a vintage, and keep what was estimated."""
        pending = prepare(question, inputs)
        standing = pending.standing
        series = pending.series or [
            log_levels_of(line, question, inputs.changes) for line in standing
        ]
        fitted = fitting(series, pending.horizon or SEASON) if series else []
        predictives = [entry.predictive for entry in fitted]
        ids = [line.target.indicator for line in standing]
        lines = map(Line, standing, series, predictives)
        figures = figures_of(question, inputs.observations)
        return cls(
            inputs=inputs,
            figures={figure.key: figure for figure in figures},
            lines=dict(zip(ids, lines, strict=True)),
            fitted=dict(zip(ids, fitted, strict=True)),
            outlook=settle(pending, predictives if pending.series else []),
        )


class Known:
    """What is known of one indicator on the way, with its models held."""

    def __init__(self, question: Question, start: Judged, indicator: str):
        self._question, self._catalogue = question, start.inputs.catalogue
        self._fitted = start.fitted[indicator]
        self.target = start.lines[indicator].standing.target
        self.changes = start.inputs.changes
        self._figures = _own(start, indicator)

    def learn(self, figures: Mapping[ObservationKey, Observation | None]) -> None:
        """Take new figures and new values of old ones in; None withdraws one."""
        whole = {**self._figures, **figures}
        self._figures = {key: figure for key, figure in whole.items() if figure is not None}

    def catch_up(self, end: Judged) -> None:
        """Know all that is known in the end."""
        self.changes = end.inputs.changes
        self._figures = _own(end, self.target.indicator)

    def standing(self) -> Standing | None:
        """Return the target with the history that the figures form; None where it has none."""
        found = stand(
            self.target, self._catalogue, list(self._figures.values()), self._question.year
        )
        return None if isinstance(found, Excluded) else found

    def series_of(self, standing: Standing) -> LogLevels:
        """Return what the engine sees of a history."""
        return log_levels_of(standing, self._question, self.changes)

    def line(self) -> Line | None:
        """Return what is forecast with the models held; None where no history is left."""
        standing = self.standing()
        if standing is None:
            return None
        series = self.series_of(standing)
        ahead = Quarter(self._question.year, 4) - series.origin
        return Line(
            standing, series, forecast_with_fixed_parameters(self._fitted, series, max(ahead, 1))
        )


def _own(judged: Judged, indicator: str) -> dict[ObservationKey, Observation]:
    return {key: figure for key, figure in judged.figures.items() if figure.indicator == indicator}


class Walk:
    """Steps from an outlook on, each of which becomes a term.

    Attributes
    ----------
    lines
        By indicator, as they stand now.
    outlook
        As it stands now.
    terms
        The steps so far.
    """

    def __init__(self, question: Question, start: Judged):
        self._question = question
        self.lines = dict(start.lines)
        self.outlook = start.outlook
        self.terms: list[Term] = []

    def step(self, term: Term, changed: Mapping[str, Line | None]) -> None:
        """Put lines in the place of those of some indicators; None takes one away."""
        before = Answers.of(self.outlook)
        if changed:
            self.lines = {
                indicator: line
                for indicator, line in {**self.lines, **changed}.items()
                if line is not None
            }
            self.outlook = self._settled()
        self.terms.append(replace(term, before=before, after=Answers.of(self.outlook)))

    def _settled(self) -> Outlook:
        """Answer the question as the lines stand."""
        lines = sorted(self.lines.values(), key=lambda line: line.standing.history.indicator.order)
        pending = Pending(self._question, tuple(line.standing for line in lines), (), 0)
        return settle(pending, [line.predictive for line in lines])
