"""Why an outlook moved between two vintages (预判为何变化).

The change is split in a fixed order: revisions of figures that were known; recorded changes of
definition; new figures, by the month they run to and then in catalogue order; estimation; targets;
indicators that come or go. Up to the estimation all parameters stay as they were estimated before.
After Bańbura, M. and Modugno, M. (2014), "Maximum likelihood estimation of factor models on
datasets with arbitrary pattern of missing data", *Journal of Applied Econometrics* 29, who split
the revision of a mean so. Probabilities are not linear in the figures: their terms depend on the
order, which is why it is fixed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from forecasting.arrays import plain_sum
from forecasting.figures.indicator import Inputs, Measure, Observation, ObservationKey, Target
from forecasting.figures.period import Month, Quarter
from forecasting.history.history import History, months_of
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.history.months import quarter_of
from forecasting.models.fixed_parameters import forecast_with_fixed_parameters
from forecasting.models.pool import FittedPool, fit
from forecasting.models.predictive import Predictive
from forecasting.news.news import Amended, News, Prospects, Surprise, Term, TermKind
from forecasting.outlook.judge import Baseline, outlook_of, prepare
from forecasting.outlook.outlook import Excluded, Outlook
from forecasting.outlook.quantiles import Quantiles
from forecasting.outlook.question import Question, TargetLine, figures_of, line_of

Fitting = Callable[[Sequence[LogLevels], int], list[FittedPool]]
"""``pool.fit``, or something that keeps what it once returned."""
Figures = tuple[Amended[Observation], ...]


def explain(
    question: Question,
    before: Inputs,
    after: Inputs,
    fitting: Fitting = fit,
    *,
    estimate: bool = True,
) -> News:
    """Split the change of an outlook between two vintages into terms that sum to it.

    Draws depend on the seed, the indicator's place and the quarter alone, so that what does not
    change does not move.

    Parameters
    ----------
    before, after
        The two vintages; either may be the older one.
    fitting
        Called with the series of either vintage, exactly as ``judge`` calls its engine.
    estimate
        Whether the models are estimated anew on the new figures. Without, the new outlook is
        that of the models with fixed parameters, not that of ``judge``.

    Returns
    -------
    News
        From ``judge`` of the one vintage to ``judge`` of the other.

    Raises
    ------
    AreaWithoutFigures
        If there is no figure of the area at either vintage.
    """
    old = _Vintage.judged(question, before, fitting)
    new = _Vintage.judged(question, after, fitting)
    steps = _Steps(question, old, new)
    # The order of the causes: what comes first is given all that it does alone.
    steps.revisions()
    steps.definitions()
    steps.new_figures()
    if estimate:
        steps.estimation(fitting)
    steps.targets()
    steps.indicators(estimated=estimate)
    last = new.outlook if estimate else steps.outlook
    return News(question, old.outlook, last, tuple(steps.terms))


@dataclass(frozen=True, slots=True, eq=False)
class _Vintage:
    """One of both vintages, judged.

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
    def judged(cls, question: Question, inputs: Inputs, fitting: Fitting) -> _Vintage:
        """Judge a vintage, and keep what was estimated."""
        baseline = prepare(question, inputs)
        series = [line.series for line in baseline.standing]
        fitted = fitting(series, baseline.horizon or SEASON) if series else []
        forecast = baseline.with_forecasts([pool.predictive for pool in fitted])
        lines = {line.target.indicator: line for line in forecast.standing}
        return cls(
            inputs=inputs,
            figures={figure.key: figure for figure in figures_of(question, inputs)},
            lines=lines,
            fitted=dict(zip(lines, fitted, strict=True)),
            outlook=outlook_of(forecast.drawn() if baseline.horizon else baseline),
        )

    def of(self, indicator: str) -> dict[ObservationKey, Observation]:
        """Return the figures of an indicator."""
        return {
            key: figure for key, figure in self.figures.items() if figure.indicator == indicator
        }


class _FixedModel:
    """The models of one indicator, with the parameters of the old vintage, as figures come in."""

    def __init__(self, question: Question, start: _Vintage, indicator: str):
        self._question, self._catalogue = question, start.inputs.catalogue
        self._fitted = start.fitted[indicator]
        self.target = start.lines[indicator].target
        self.changes, self._learner = start.inputs.changes, start.inputs.learner
        self.figures = start.of(indicator)

    def learn(self, figures: Mapping[ObservationKey, Observation | None]) -> None:
        """Take new figures and new values of old ones in; None withdraws one."""
        whole = {**self.figures, **figures}
        self.figures = {key: figure for key, figure in whole.items() if figure is not None}

    def line(self) -> TargetLine | None:
        """Return the target with the history that the figures form; None where it has none."""
        known = Inputs(self._catalogue, (), (), self.changes, self._learner)
        line = line_of(self.target, self._question, known, list(self.figures.values()))
        return None if isinstance(line, Excluded) else line

    def forecast(self) -> TargetLine | None:
        """Return the same with its forecast; None where no history is left."""
        line = self.line()
        if line is None:
            return None
        ahead = Quarter(self._question.year, 4) - line.series.origin
        return replace(
            line,
            predictive=forecast_with_fixed_parameters(self._fitted, line.series, max(ahead, 1)),
        )


class _Steps:
    """The steps from one vintage to another; each method takes one kind, in their order.

    Attributes
    ----------
    lines
        By indicator, as they stand now.
    outlook
        As it stands now.
    terms
        The steps so far.
    """

    def __init__(self, question: Question, old: _Vintage, new: _Vintage):
        self._question, self._old, self._new = question, old, new
        self.lines = dict(old.lines)
        self.outlook = old.outlook
        self.terms: list[Term] = []
        # One that is now judged by figures on another basis is another history altogether.
        self._models = {
            indicator: _FixedModel(question, old, indicator)
            for indicator, line in old.lines.items()
            if indicator in new.lines and line.target.basis == new.lines[indicator].target.basis
        }
        self._figures = {
            indicator: _differing(old, new, indicator, model.target)
            for indicator, model in self._models.items()
        }

    def revisions(self) -> None:
        """Add terms of figures that were known and are another now, or withdrawn."""
        for indicator, figures in self._figures.items():
            revised = tuple(amended for amended in figures if amended.old is not None)
            if revised:
                self._learn(TermKind.REVISION, indicator, revised)

    def definitions(self) -> None:
        """Add terms of changes of definition that are recorded now, or no longer."""
        old = {change.key: change for change in self._old.inputs.changes}
        new = {change.key: change for change in self._new.inputs.changes}
        amended_keys = sorted(old.keys() ^ new.keys(), key=lambda key: key[-1])
        every = [Amended(old.get(key), new.get(key)) for key in amended_keys]
        for indicator, model in self._models.items():
            amended = tuple(change for change in every if model.target.is_about(change.either))
            if amended:
                model.changes = self._new.inputs.changes
                term = Term(TermKind.DEFINITION, indicator, definitions=amended)
                self._step(term, indicator, model.forecast())

    def new_figures(self) -> None:
        """Add terms of figures that are new, by quarter or month and then in catalogue order."""
        places = {indicator: place for place, indicator in enumerate(self._models)}
        groups = {
            (month, places[indicator]): (indicator, group)
            for indicator, figures in self._figures.items()
            for month, group in self._by_month(indicator, figures)
        }
        for _, (indicator, group) in sorted(groups.items()):
            self._learn(TermKind.FIGURE, indicator, group)

    def _by_month(self, indicator: str, figures: Figures) -> list[tuple[Month, Figures]]:
        """Return new figures by the month they run to; those that fill in the past are one term."""
        latest = self._old.lines[indicator].history.latest
        fresh = [amended for amended in figures if amended.old is None]
        past = tuple(amended for amended in fresh if _month(amended) <= latest)
        coming = [amended for amended in fresh if _month(amended) > latest]
        groups = [(month, tuple(group)) for month, group in groupby(coming, _month)]
        return [(_month(past[-1]), past), *groups] if past else groups

    def _learn(self, kind: TermKind, indicator: str, figures: Figures) -> None:
        """Add the term of figures that a model takes in with fixed parameters.

        A quarter that no part of it as it was known could have led to is the term of a revision,
        with the figure of that part: earlier months were revised, and nobody has said so.
        """
        model, month = self._models[indicator], _month(figures[-1])
        model.learn({amended.either.key: amended.new for amended in figures})
        line, surprise = model.forecast(), None
        if kind is TermKind.FIGURE and line is not None:
            surprise = _surprise(self.outlook, line, month)
            if (part := self._contradicted(line, month)) is not None:
                kind, figures = TermKind.REVISION, (Amended(part, part), *figures)
        period = month.quarter or month
        self._step(Term(kind, indicator, period, figures, surprise=surprise), indicator, line)

    def _contradicted(self, line: TargetLine, month: Month) -> Observation | None:
        """Return the last figure of a part that the quarter ending with a month contradicts."""
        known = self.lines[line.target.indicator].history.partial
        if known is None or quarter_of(known.month) != month.quarter:
            return None
        figures = list(self._models[line.target.indicator].figures.values())
        if not months_of(line.history, figures).contradicts(known.month):
            return None
        growth = (Measure.GROWTH_YTD, Measure.LEVEL_YTD, Measure.LEVEL_MONTH)
        own = [f for f in figures if f.month == known.month and f.measure in growth]
        return min(own, key=lambda figure: growth.index(figure.measure))

    def _step(self, term: Term, indicator: str, line: TargetLine | None) -> None:
        """Replace the line of an indicator; keep it where all its figures are withdrawn."""
        self._replace_lines(term, {} if line is None else {indicator: line})

    def _replace_lines(self, term: Term, changed: Mapping[str, TargetLine | None]) -> None:
        """Put lines in the place of those of some indicators; None takes one away."""
        before = Prospects.of(self.outlook)
        if changed:
            self.lines = {
                indicator: line
                for indicator, line in {**self.lines, **changed}.items()
                if line is not None
            }
            ordered = sorted(self.lines.values(), key=lambda line: line.history.indicator.order)
            self.outlook = outlook_of(Baseline(self._question, tuple(ordered)).drawn())
        self.terms.append(replace(term, before=before, after=Prospects.of(self.outlook)))

    def estimation(self, fitting: Fitting) -> None:
        """Add the term of the models, estimated on the new figures."""
        changed = {
            indicator: line
            for indicator, line in self._estimated(fitting).items()
            if self._figures[indicator]
            or not _same(self.lines[indicator].predictive, line.predictive)
        }
        if changed:
            self._replace_lines(Term(TermKind.ESTIMATION), changed)

    def _estimated(self, fitting: Fitting) -> Mapping[str, TargetLine]:
        """Return the lines of the new figures, still read as the old catalogue reads them."""
        lines, other = {}, []
        for indicator, model in self._models.items():
            new = self._new.lines[indicator]
            model.changes, model.figures = self._new.inputs.changes, self._new.of(indicator)
            line = model.line()
            assert line is not None  # the new figures form a history on the same basis
            lines[indicator] = replace(line, predictive=new.predictive)
            if line.series.content() != new.series.content():
                other.append(indicator)
        again = fitting([lines[indicator].series for indicator in other], SEASON) if other else []
        for indicator, fitted in zip(other, again, strict=True):
            lines[indicator] = replace(lines[indicator], predictive=fitted.predictive)
        return lines

    def targets(self) -> None:
        """Add terms of targets that ask for something else now."""
        for indicator, new in self._new.lines.items():
            if indicator not in self._old.lines:
                continue
            target = Amended(self._old.lines[indicator].target, new.target)
            if _asked(target.old) == _asked(target.new):
                continue
            line, now = new, self.lines[indicator]
            if indicator in self._models:
                line = replace(now, target=new.target)
            self._step(Term(TermKind.TARGET, indicator, target=target), indicator, line)

    def indicators(self, *, estimated: bool) -> None:
        """Add terms of indicators that go, that the catalogue reads otherwise, and that come."""
        old, new = self._old.lines, self._new.lines
        for indicator in [name for name in old if name not in new]:
            gone = Amended(old[indicator].target, None)
            self._replace_lines(
                Term(TermKind.INDICATORS, indicator, target=gone), {indicator: None}
            )
        other = {
            indicator: new[indicator]
            if estimated
            else replace(new[indicator], predictive=line.predictive)
            for indicator, line in self.lines.items()
            if _read_as(line) != _read_as(new[indicator])
        }
        if other:
            self._replace_lines(Term(TermKind.INDICATORS), other)
        for indicator in [name for name in new if name not in old]:
            line = new[indicator]
            come = Amended(None, line.target)
            self._step(Term(TermKind.INDICATORS, indicator, target=come), indicator, line)


def _differing(old: _Vintage, new: _Vintage, indicator: str, target: Target) -> Figures:
    """Return the figures that answer a target and are not the same, by month."""
    histories = [vintage.lines[indicator].history for vintage in (old, new)]
    months = any(history.partial for history in histories)
    derived = any(history.derived for history in histories)
    sums = derived or histories[0].shares != histories[1].shares
    every = [
        Amended(old.figures.get(key), new.figures.get(key))
        for key in old.figures.keys() | new.figures.keys()
    ]
    differing = [
        amended
        for amended in every
        if target.is_about(amended.either)
        and _forms_history(amended.either, months=months, derived=derived, sums=sums)
        and not (amended.old and amended.new and amended.old.value == amended.new.value)
    ]
    order = list(Measure).index
    return tuple(sorted(differing, key=lambda one: (_month(one), order(one.either.measure))))


def _forms_history(figure: Observation, *, months: bool, derived: bool, sums: bool) -> bool:
    """Return whether a forecast reads a figure.

    Months between the ends of quarters count where some of an open quarter is known, and levels of
    them where growth is ``derived`` from levels; levels of single months where ``sums`` of them
    tell growth or the shares of quarters.
    """
    if figure.measure is Measure.LEVEL_MONTH:
        return sums
    if figure.month.quarter is not None:
        return figure.measure.forms_series
    if figure.measure is Measure.LEVEL_YTD:
        return months and derived
    return months and figure.measure is Measure.GROWTH_YTD


def _month(amended: Amended[Observation]) -> Month:
    return amended.either.month


def _surprise(expecting: Outlook, line: TargetLine, month: Month) -> Surprise | None:
    """Return a figure and what an outlook expected of it."""
    actual = line.history.ytd_to(month.quarter or month)
    for verdict in expecting.verdicts:
        for point in verdict.fan if verdict.indicator_id == line.target.indicator else ():
            if point.quarter == quarter_of(month) and math.isfinite(actual):
                expected = point.quantiles
                if month.quarter is None:
                    return _surprise_of_part(expected, line.history, actual)
                return Surprise(expected.median, expected.deviation, actual)
    return None


def _surprise_of_part(expected: Quantiles, history: History, actual: float) -> Surprise:
    """Return the surprise of a month: its part was expected to grow as the whole quarter.

    The part may miss the quarter besides, by what parts usually do.
    """
    assert history.partial is not None  # the month is that of the open quarter
    quarter = quarter_of(history.partial.month)
    weights = history.weights(quarter.year)
    before = plain_sum(weights[: quarter.quarter - 1])
    part = weights[quarter.quarter - 1] * history.partial.part
    so_far = history.ytd_at(history.origin) if before else 0.0
    known, whole = before / (before + part), before / plain_sum(weights[: quarter.quarter])
    single = (expected.median - whole * so_far) / (1 - whole)
    spread = math.hypot(expected.deviation / (1 - whole), 100 * history.partial.deviation)
    return Surprise(known * so_far + (1 - known) * single, (1 - known) * spread, actual)


def _same(one: Predictive | None, other: Predictive | None) -> bool:
    """Return whether two forecasts are the same to the last digit."""
    assert one is not None  # every line of a walk is forecast
    assert other is not None
    return (
        len(one.members) == len(other.members)
        and one.shocks == other.shocks
        and one.model.report.residuals == other.model.report.residuals
        and all(
            (own.weight, own.degrees_of_freedom) == (its.weight, its.degrees_of_freedom)
            and np.array_equal(own.mean, its.mean)
            and np.array_equal(own.covariance, its.covariance)
            for own, its in zip(one.members, other.members, strict=True)
        )
    )


def _asked(target: Target | None) -> tuple[object, ...]:
    """Return what a target demands; its source document is no part of that."""
    assert target is not None
    return target.comparator, target.threshold, target.tolerance, target.basis, target.counts


def _read_as(line: TargetLine) -> tuple[object, ...]:
    """Return what changes numbers of an indicator: its place in the draws, and its shares."""
    indicator = line.history.indicator
    return indicator.order, indicator.quarterly_shares
