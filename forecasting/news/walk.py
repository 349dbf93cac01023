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
from forecasting.news.terms import Answers, Term
from forecasting.outlook.judge import Baseline, outlook_of, prepare
from forecasting.outlook.outlook import Excluded, Outlook
from forecasting.outlook.question import Question, TargetLine, figures_of, line_of

Fitting = Callable[[Sequence[LogLevels], int], list[FittedPool]]
"""``pool.fit``, or something that keeps what it once answered."""


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
    lines: Mapping[str, TargetLine]
    fitted: Mapping[str, FittedPool]
    outlook: Outlook

    @classmethod
    def of(cls, question: Question, inputs: Inputs, fitting: Fitting) -> Judged:
        """Judge a vintage, and keep what was estimated."""
        baseline = prepare(question, inputs)
        standing = baseline.standing
        series = [line.series for line in standing]
        fitted = fitting(series, baseline.horizon or SEASON) if series else []
        predictives = [entry.predictive for entry in fitted]
        lines = [
            replace(line, predictive=predictive)
            for line, predictive in zip(standing, predictives, strict=True)
        ]
        ids = [line.target.indicator for line in lines]
        return cls(
            inputs=inputs,
            figures={figure.key: figure for figure in figures_of(question, inputs)},
            lines=dict(zip(ids, lines, strict=True)),
            fitted=dict(zip(ids, fitted, strict=True)),
            outlook=outlook_of(baseline.with_forecasts(predictives if baseline.horizon else [])),
        )


class Known:
    """What is known of one indicator on the way, with its models held."""

    def __init__(self, question: Question, start: Judged, indicator: str):
        self._question, self._catalogue = question, start.inputs.catalogue
        self._fitted = start.fitted[indicator]
        self.target = start.lines[indicator].target
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

    def line(self) -> TargetLine | None:
        """Return the target with the history that the figures form; None where it has none."""
        known = Inputs(self._catalogue, (), (), self.changes)
        line = line_of(self.target, self._question, known, list(self._figures.values()))
        return None if isinstance(line, Excluded) else line

    def forecast(self) -> TargetLine | None:
        """Return the same with what the models, held, forecast; None where no history is left."""
        line = self.line()
        if line is None:
            return None
        ahead = Quarter(self._question.year, 4) - line.series.origin
        return replace(
            line,
            predictive=forecast_with_fixed_parameters(self._fitted, line.series, max(ahead, 1)),
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

    def step(self, term: Term, changed: Mapping[str, TargetLine | None]) -> None:
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
        lines = sorted(self.lines.values(), key=lambda line: line.history.indicator.order)
        return outlook_of(Baseline(self._question, tuple(lines)).drawn())
