"""What an outlook is asked for, and the targets and histories that answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import (
    Area,
    Comparator,
    IndicatorGroup,
    Inputs,
    Measure,
    Observation,
    Status,
    Target,
)
from forecasting.figures.period import Month, Period, Quarter
from forecasting.history.history import History, history_of
from forecasting.history.log_levels import LogLevels
from forecasting.models.predictive import Predictive
from forecasting.outlook.outlook import Excluded, Reason

DEFAULT_SEED = 7


@dataclass(frozen=True, slots=True)
class Question:
    """An area and a year, and what a reader may vary.

    Attributes
    ----------
    as_of
        Cut the figures after this quarter or month; None keeps all.
    threshold
        Percent that replaces the threshold of every target; None keeps the targets. An area
        without targets for the year is then held to ``>`` this threshold on every main
        indicator it has figures of.
    seed
        Of every random draw.
    correlated
        Whether shocks are correlated across indicators as their residuals are.
    outliers
        Whether outliers are looked for; without, a shock of the past stays in the forecast.
    """

    area: Area
    year: int
    as_of: Period | None = None
    threshold: float | None = None
    seed: int = DEFAULT_SEED
    correlated: bool = True
    outliers: bool = True


def figures_of(question: Question, known: Inputs) -> list[Observation]:
    """Return the figures of a question's area, up to its cut; an estimate (预计) is none.

    Raises
    ------
    AreaWithoutFigures
        If there is none.
    """
    own = [figure for figure in known.observations if figure.area == question.area.id]
    figures = figures_until_cut(own, question.year, question.as_of)
    if not figures:
        raise AreaWithoutFigures(area=question.area.id)
    return figures


def figures_until_cut(
    figures: Iterable[Observation], year: int, as_of: Period | None
) -> list[Observation]:
    """Return the figures up to "as of" and the year's end; an estimate (预计) is none."""
    last = Month(year, 12) if as_of is None else min(Month(year, 12), as_of.end)
    return [
        figure
        for figure in figures
        if figure.month <= last and figure.status is not Status.ESTIMATE
    ]


def targets_of(question: Question, known: Inputs, figures: Sequence[Observation]) -> list[Target]:
    """Return the targets of the question's area and year, in catalogue order.

    A target of the year itself stands before a standing one. A threshold in the question
    replaces that of every target. An area that has none is held to ``>`` the threshold asked
    for on every main indicator it has figures of; without a threshold it has no targets.
    """
    own = [target for target in known.targets if target.area == question.area.id]
    chosen = {target.indicator: target for target in own if target.year == 0}
    chosen |= {target.indicator: target for target in own if target.year == question.year}
    if not chosen and question.threshold is not None:
        seen = {figure.indicator for figure in figures}
        chosen = {
            indicator.id: Target(
                area=question.area.id,
                indicator=indicator.id,
                year=question.year,
                comparator=Comparator.ABOVE,
                threshold=question.threshold,
                basis=indicator.basis,
                document="",
            )
            for indicator in known.catalogue.indicators.values()
            if indicator.group is IndicatorGroup.MAIN and indicator.id in seen
        }
    ordered = sorted(chosen.values(), key=lambda target: known.catalogue[target.indicator].order)
    if question.threshold is None:
        return ordered
    return [replace(target, threshold=question.threshold) for target in ordered]


@dataclass(frozen=True, slots=True, eq=False)
class TargetLine:
    """A target with the history that answers it.

    Attributes
    ----------
    series
        What the engine sees of the history.
    predictive
        What is forecast of it; None as long as no engine was asked.
    """

    target: Target
    history: History
    series: LogLevels
    predictive: Predictive | None = None


def line_of(
    target: Target,
    question: Question,
    known: Inputs,
    figures: Sequence[Observation],
) -> TargetLine | Excluded:
    """Return a target with the history that figures form for it, or why there is none."""
    of_indicator = [figure for figure in figures if figure.indicator == target.indicator]
    on_basis = list(filter(target.is_about, of_indicator))
    latest = max(
        (figure.month.quarter for figure in on_basis if figure.month.quarter), default=None
    )
    if not on_basis:
        reason = Reason.OTHER_BASIS if of_indicator else Reason.NO_FIGURES
        return Excluded(target, reason, None, None)
    history = history_of(known.catalogue[target.indicator], on_basis)
    if history is None:
        months = any(figure.measure is Measure.GROWTH_MONTH for figure in on_basis)
        reason = Reason.MONTH_ONLY if months else Reason.NO_FIGURES
        return Excluded(target, reason, None, latest)
    needed = Quarter(question.year - 1, 4)
    if history.origin < needed:
        # Growth of single quarters after a gap makes no growth since January.
        interrupted = latest is not None and latest >= needed
        reason = Reason.QUARTER_MISSING if interrupted else Reason.STALE
        return Excluded(target, reason, history, latest)
    breaks = [change.quarter for change in known.changes if target.is_about(change)]
    series = history.log_levels(breaks, outliers=question.outliers, learner=known.learner)
    return TargetLine(target, history, series)
