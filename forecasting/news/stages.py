"""What differs between two vintages, told in a fixed order."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

import numpy as np

from forecasting.figures.indicator import Measure, Observation, ObservationKey, Target
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import SEASON
from forecasting.models.predictive import Predictive
from forecasting.news.terms import Amended, Surprise, Term, TermKind
from forecasting.news.walk import Fitting, Judged, Known, Walk
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question, TargetLine

Figures = tuple[Amended[Observation], ...]
WIDTH_80 = 2.5631031310892007
"""Of the 80% interval of a normal distribution, in standard deviations."""


class Stages:
    """The stages between two vintages; each method is one, to be called in their order.

    Attributes
    ----------
    walk
        As far as it has come.
    """

    def __init__(self, question: Question, old: Judged, new: Judged):
        self.walk = Walk(question, old)
        self._old, self._new = old, new
        # One that is now held against figures on another basis is another history altogether.
        self._known = {
            indicator: Known(question, old, indicator)
            for indicator, line in old.lines.items()
            if indicator in new.lines and line.target.basis == new.lines[indicator].target.basis
        }
        self._figures = {
            indicator: _differing(old, new, known.target)
            for indicator, known in self._known.items()
        }

    def revisions(self) -> None:
        """Tell figures that were known and are another now, or withdrawn."""
        for indicator, figures in self._figures.items():
            revised = tuple(entry for entry in figures if entry.old is not None)
            if revised:
                self._learn(TermKind.REVISION, indicator, revised)

    def definitions(self) -> None:
        """Tell changes of definition that are recorded now, or no longer."""
        old = {change.key: change for change in self._old.inputs.changes}
        new = {change.key: change for change in self._new.inputs.changes}
        amended_keys = sorted(old.keys() ^ new.keys(), key=lambda key: key[-1])
        for indicator, known in self._known.items():
            series = (known.target.area, indicator, known.target.basis)
            amended = tuple(
                Amended(old.get(key), new.get(key)) for key in amended_keys if key[:-1] == series
            )
            if amended:
                known.changes = self._new.inputs.changes
                term = Term(TermKind.DEFINITION, indicator, definitions=amended)
                self._step(term, indicator, known.forecast())

    def new_figures(self) -> None:
        """Tell figures that are new, by quarter and then in catalogue order."""
        places = {indicator: place for place, indicator in enumerate(self._known)}
        groups = {
            (quarter, places[indicator]): (indicator, group)
            for indicator, figures in self._figures.items()
            for quarter, group in self._by_quarter(indicator, figures)
        }
        for _, (indicator, group) in sorted(groups.items()):
            self._learn(TermKind.FIGURE, indicator, group)

    def _by_quarter(self, indicator: str, figures: Figures) -> list[tuple[Quarter, Figures]]:
        """Return new figures by quarter; those that fill in the past are told together."""
        origin = self._old.lines[indicator].history.origin
        fresh = [entry for entry in figures if entry.old is None]
        past = tuple(entry for entry in fresh if _quarter(entry) <= origin)
        coming = [entry for entry in fresh if _quarter(entry) > origin]
        groups = [(quarter, tuple(group)) for quarter, group in groupby(coming, _quarter)]
        return [(_quarter(past[-1]), past), *groups] if past else groups

    def _learn(self, kind: TermKind, indicator: str, figures: Figures) -> None:
        """Take figures in, the models held."""
        known, quarter = self._known[indicator], _quarter(figures[-1])
        known.learn({_either(entry).key: entry.new for entry in figures})
        line, surprise = known.forecast(), None
        if kind is TermKind.FIGURE and line is not None:
            surprise = _surprise(self.walk.outlook, line, quarter)
        self._step(Term(kind, indicator, quarter, figures, surprise=surprise), indicator, line)

    def _step(self, term: Term, indicator: str, line: TargetLine | None) -> None:
        """Go on with another line; without one, as when all figures are withdrawn, stay."""
        self.walk.step(term, {} if line is None else {indicator: line})

    def estimation(self, fitting: Fitting) -> None:
        """Tell what the models become on the new figures."""
        changed = {
            indicator: line
            for indicator, line in self._estimated(fitting).items()
            if self._figures[indicator]
            or not _same(self.walk.lines[indicator].predictive, line.predictive)
        }
        if changed:
            self.walk.step(Term(TermKind.ESTIMATION), changed)

    def _estimated(self, fitting: Fitting) -> Mapping[str, TargetLine]:
        """Return the lines of the new figures, still read as the old catalogue reads them."""
        lines, other = {}, []
        for indicator, known in self._known.items():
            new = self._new.lines[indicator]
            known.catch_up(self._new)
            line = known.line()
            assert line is not None  # the new figures form a history on the same basis
            lines[indicator] = replace(line, predictive=new.predictive)
            if line.series.content() != new.series.content():
                other.append(indicator)
        again = fitting([lines[indicator].series for indicator in other], SEASON) if other else []
        for indicator, fitted in zip(other, again, strict=True):
            lines[indicator] = replace(lines[indicator], predictive=fitted.predictive)
        return lines

    def targets(self) -> None:
        """Tell targets that ask for something else now."""
        for indicator, new in self._new.lines.items():
            if indicator not in self._old.lines:
                continue
            target = Amended(self._old.lines[indicator].target, new.target)
            if _asked(target.old) == _asked(target.new):
                continue
            line, now = new, self.walk.lines[indicator]
            if indicator in self._known:
                line = replace(now, target=new.target)
            self._step(Term(TermKind.TARGET, indicator, target=target), indicator, line)

    def indicators(self, *, estimated: bool) -> None:
        """Tell indicators that go, what the catalogue says otherwise, and those that come."""
        old, new = self._old.lines, self._new.lines
        for indicator in [name for name in old if name not in new]:
            gone = Amended(old[indicator].target, None)
            self.walk.step(Term(TermKind.INDICATORS, indicator, target=gone), {indicator: None})
        other = {
            indicator: new[indicator]
            if estimated
            else replace(new[indicator], predictive=line.predictive)
            for indicator, line in self.walk.lines.items()
            if _read_as(line) != _read_as(new[indicator])
        }
        if other:
            self.walk.step(Term(TermKind.INDICATORS), other)
        for indicator in [name for name in new if name not in old]:
            line = new[indicator]
            come = Amended(None, line.target)
            self.walk.step(Term(TermKind.INDICATORS, indicator, target=come), {indicator: line})


def _differing(old: Judged, new: Judged, target: Target) -> Figures:
    """Return the figures that answer a target and are not the same, by quarter."""
    measures = list(Measure)
    known = {
        key: Amended(old.figures.get(key), new.figures.get(key))
        for key in old.figures.keys() | new.figures.keys()
        if _answers(key, target)
    }
    differing = [entry for entry in known.values() if _value(entry.old) != _value(entry.new)]
    place = {entry: measures.index(_either(entry).measure) for entry in differing}
    return tuple(sorted(differing, key=lambda entry: (_quarter(entry), place[entry])))


def _answers(key: ObservationKey, target: Target) -> bool:
    """Return whether a figure is one that histories are made of."""
    _, indicator, measure, basis, month = key
    usable = month.quarter is not None and measure is not Measure.GROWTH_MONTH
    return usable and (indicator, basis) == (target.indicator, target.basis)


def _value(figure: Observation | None) -> float | None:
    return None if figure is None else figure.value


def _either(entry: Amended[Observation]) -> Observation:
    figure = entry.new or entry.old
    assert figure is not None
    return figure


def _quarter(entry: Amended[Observation]) -> Quarter:
    quarter = _either(entry).month.quarter
    assert quarter is not None
    return quarter


def _surprise(expecting: Outlook, line: TargetLine, quarter: Quarter) -> Surprise | None:
    """Return a figure beside what an outlook expected of its quarter."""
    actual = line.history.ytd_at(quarter)
    for verdict in expecting.verdicts:
        for point in verdict.fan if verdict.indicator_id == line.target.indicator else ():
            if point.quarter == quarter and math.isfinite(actual):
                expected = point.quantiles
                return Surprise(expected.median, (expected.q90 - expected.q10) / WIDTH_80, actual)
    return None


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
    """Return what a target asks for; where it is written down asks nothing."""
    assert target is not None
    return target.comparator, target.threshold, target.tolerance, target.basis, target.counts


def _read_as(line: TargetLine) -> tuple[object, ...]:
    """Return what of a catalogue's entry moves numbers: its shares, and its place in the draws."""
    indicator = line.history.indicator
    return indicator.order, indicator.quarterly_shares
