"""From what is known to the outlook: forecasts, joint paths, verdicts, and all together.

A baseline keeps what an outlook was drawn from, so that scenarios need no refit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from forecasting.arrays import Array
from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.history.levels import year_levels
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.pool import ENGINE, Engine, predict
from forecasting.models.predictive import Predictive
from forecasting.outlook.conditioning import HeldLevels, condition
from forecasting.outlook.lights import Light, light_of
from forecasting.outlook.outlook import AllClear, Excluded, Outlook, Verdict, WeakestLink
from forecasting.outlook.paths import SETS, Draw, Forecasted, Paths, draw
from forecasting.outlook.question import (
    Question,
    TargetLine,
    figures_of,
    line_of,
    targets_of,
)
from forecasting.outlook.verdict import Blend, Met, forecast_verdict, published_verdict


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
    return outlook_of(baseline_of(question, known, engine))


def baseline_of(question: Question, known: Inputs, engine: Engine = predict) -> Baseline:
    """Return the forecasts that ``judge`` answers from, kept for scenarios; the rest as there."""
    baseline = prepare(question, known)
    series = baseline.series
    return baseline.with_forecasts(engine(series, baseline.horizon) if series else []).drawn()


def prepare(question: Question, known: Inputs) -> Baseline:
    """Return the baseline before its series are forecast, so that many can be in one batch."""
    figures = figures_of(question, known)
    lines = tuple(
        line_of(target, question, known, figures) for target in targets_of(question, known, figures)
    )
    baseline = Baseline(question, lines)
    targets = [line.target for line in baseline.standing]
    return replace(baseline, levels=year_levels(targets, figures, question.year - 1))


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """What stands before any scenario (基准): the forecasts and their joint paths.

    Attributes
    ----------
    lines
        The targets in catalogue order, with what answers them.
    levels
        By indicator id, the level of the whole year before in the indicator's unit at current
        prices, where its four quarters are known; amounts are measured against it.
    paths
        Joint paths of each standing line, in their order; none where every year is complete.
    blends
        By indicator id, what an analyst mixes into the paths; nothing before any scenario.
    opens
        The first quarter in which anything can still be done on the day that is asked; None
        where nobody says, so that it is the first one without figures.
    untouched
        The verdicts of lines that nothing is added to, by their places among the standing ones,
        with the paths that meet them: made once, however many scenarios ask for them.
    """

    question: Question
    lines: tuple[TargetLine | Excluded, ...]
    levels: Mapping[str, float] = field(default_factory=dict)
    paths: tuple[Paths, ...] = ()
    blends: Mapping[str, Blend] = field(default_factory=dict)
    opens: Quarter | None = None
    untouched: dict[int, tuple[Verdict, Met]] = field(init=False, repr=False, default_factory=dict)

    @property
    def standing(self) -> list[TargetLine]:
        """The lines that get a verdict."""
        return [line for line in self.lines if not isinstance(line, Excluded)]

    @property
    def horizon(self) -> int:
        """Quarters to forecast."""
        last = Quarter(self.question.year, 4)
        return max((last - line.history.origin for line in self.standing), default=0)

    @property
    def series(self) -> tuple[LogLevels, ...]:
        """What an engine has to forecast; none where every year is complete.

        A line whose year is complete is among them: its errors in quarters that others have not
        seen yet say something of those.
        """
        return tuple(line.series for line in self.standing) if self.horizon > 0 else ()

    @property
    def forecasts(self) -> list[Forecasted]:
        """What joint paths are drawn from, in the order of the standing lines."""
        return [
            Forecasted(line.history.indicator.order, line.predictive)
            for line in self.standing
            if line.predictive is not None
        ]

    def with_forecasts(self, predictives: Sequence[Predictive]) -> Baseline:
        """Return it with the forecasts of its series; ``drawn`` draws joint paths from them."""
        forecast = iter(predictives)
        lines = tuple(
            line if isinstance(line, Excluded) else replace(line, predictive=next(forecast, None))
            for line in self.lines
        )
        return replace(self, lines=lines)

    def drawn(self) -> Baseline:
        """Return it with joint paths drawn from the forecasts that its lines hold."""
        if not self.forecasts:
            return self
        return replace(self, paths=tuple(condition(self.draw(), self.months)))

    def draw(self) -> Draw:
        """Draw what paths are made from, before anything is known of open quarters."""
        question = self.question
        last = Quarter(question.year, 4)
        return draw(self.forecasts, last, question.seed, correlated=question.correlated)

    @property
    def months(self) -> list[HeldLevels]:
        """What months tell of open quarters: the level at the growth of the part, up to noise."""
        return [
            HeldLevels(
                place,
                np.zeros(1, np.intp),
                line.history.bridged[[-SEASON]] + math.log1p(partial.growth / 100),
                np.array([partial.deviation]),
            )
            for place, line in enumerate(self.standing)
            if (partial := line.history.partial) is not None
            and line.history.origin < Quarter(self.question.year, 4)
        ]


def outlook_of(baseline: Baseline, added: Mapping[str, Array] | None = None) -> Outlook:
    """Return the outlook that the joint paths of a baseline give.

    Parameters
    ----------
    added
        By indicator id, percentage points added to growth since January; one column for each
        quarter of the year after the indicator's origin, one row for each path or one for all.
        Without any the outlook is that of the baseline to the last bit.
    """
    question = baseline.question
    verdicts, met = _verdicts(baseline, added or {})
    together = all_clear(verdicts, met)
    return Outlook(
        area=question.area,
        year=question.year,
        as_of=question.as_of,
        seed=question.seed,
        engine=ENGINE,
        verdicts=verdicts,
        excluded=tuple(line for line in baseline.lines if isinstance(line, Excluded)),
        all_clear=together,
        light=_light_of_all(together, baseline.lines, verdicts, question),
    )


def outlooks_of(baselines: Sequence[Baseline], engine: Engine = predict) -> Iterator[Outlook]:
    """Forecast the series of many prepared baselines in one batch, and yield the outlook of each.

    Each is the same as ``judge`` returns alone, to the last bit.
    """
    batch = [series for baseline in baselines for series in baseline.series]
    horizon = max((baseline.horizon for baseline in baselines), default=0)
    predictives = iter(engine(batch, horizon) if batch else ())
    for baseline in baselines:
        forecast = baseline.with_forecasts([next(predictives) for _ in baseline.series])
        yield outlook_of(forecast.drawn())


def _verdicts(
    baseline: Baseline, added: Mapping[str, Array]
) -> tuple[tuple[Verdict, ...], list[Met]]:
    """Return the verdicts and, for each, which of the joint paths meet its target."""
    answers = []
    for place, line in enumerate(baseline.standing):
        points = added.get(line.target.indicator)
        if points is not None:
            answers.append(_verdict(baseline, place, line, points))
            continue
        if place not in baseline.untouched:
            baseline.untouched[place] = _verdict(baseline, place, line)
        answers.append(baseline.untouched[place])
    return tuple(verdict for verdict, _ in answers), [met for _, met in answers]


def _verdict(
    baseline: Baseline, place: int, line: TargetLine, points: Array | None = None
) -> tuple[Verdict, Met]:
    question = baseline.question
    if line.history.origin >= Quarter(question.year, 4):
        return published_verdict(line, question)
    blend = baseline.blends.get(line.target.indicator)
    return forecast_verdict(line, question, baseline.paths[place], points, blend)


def _light_of_all(
    together: AllClear | None,
    lines: Sequence[TargetLine | Excluded],
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


def all_clear(verdicts: Sequence[Verdict], met: Sequence[Met]) -> AllClear | None:
    """Return the all-clear of the verdicts that count; None when none does.

    Parameters
    ----------
    met
        Per verdict, over the same joint paths. The single probabilities are the shares of
        these paths, so the all-clear lies within the Frechet bounds exactly.
    """
    counted = [
        (verdict, paths) for verdict, paths in zip(verdicts, met, strict=True) if verdict.counts
    ]
    if not counted:
        return None
    table = np.stack([paths for _, paths in counted])
    together = table.all(axis=0)
    by_set = together.reshape(SETS, -1).mean(axis=1)
    complete = all(verdict.complete for verdict, _ in counted)
    return AllClear(
        probability=float(together.mean()),
        error=float(by_set.std(ddof=1) / math.sqrt(SETS)),
        independent=math.prod(verdict.probability for verdict, _ in counted),
        weakest=None if complete else _weakest([verdict for verdict, _ in counted], table),
    )


def _weakest(verdicts: Sequence[Verdict], table: Met) -> WeakestLink:
    """Return the verdict whose certain clearing raises the all-clear most.

    Ties, also when no single clearing raises it at all, go to the lowest own probability, and
    where these are equal too, as when all are zero, to the median farthest from its cut.
    """
    failures = (~table).sum(axis=0)
    raised = [float(((failures - ~paths) == 0).mean()) for paths in table]
    weakest = min(
        range(len(verdicts)),
        key=lambda i: (-raised[i], verdicts[i].probability, -_distance(verdicts[i])),
    )
    return WeakestLink(verdicts[weakest].indicator_id, raised[weakest])


def _distance(verdict: Verdict) -> float:
    """Return how far the median lies outside the cut, in widths of the 80% interval."""
    low, median, high = verdict.quantiles.q10, verdict.quantiles.median, verdict.quantiles.q90
    outside = max(verdict.cut.lower - median, median - verdict.cut.upper, 0.0)
    return outside / max(high - low, 1e-9)
