"""Which target stands on which history, or why it stands on none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forecasting.figures.indicator import Catalogue, Comparator, Group, Measure, Observation, Target
from forecasting.figures.period import Quarter
from forecasting.history.history import History, history_of
from forecasting.outlook.outlook import Excluded, Reason
from forecasting.outlook.question import Question


def targets_of(
    question: Question,
    catalogue: Catalogue,
    targets: Sequence[Target],
    figures: Sequence[Observation],
) -> list[Target]:
    """Return the targets of the question's area and year, in catalogue order.

    A target of the year itself stands before a standing one. A threshold in the question
    replaces that of every target. An area that has none is held to ``>`` the threshold asked
    for on every main indicator it has figures of; without a threshold it has no targets.
    """
    own = [target for target in targets if target.area == question.area.id]
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
            for indicator in catalogue.indicators.values()
            if indicator.group is Group.MAIN and indicator.id in seen
        }
    ordered = sorted(chosen.values(), key=lambda target: catalogue[target.indicator].order)
    if question.threshold is None:
        return ordered
    return [replace(target, threshold=question.threshold) for target in ordered]


@dataclass(frozen=True, slots=True)
class Standing:
    """A target with the history that answers it."""

    target: Target
    history: History


def stand(
    target: Target, catalogue: Catalogue, figures: Sequence[Observation], year: int
) -> Standing | Excluded:
    """Find the history that answers a target, or say why there is none."""
    of_indicator = [figure for figure in figures if figure.indicator == target.indicator]
    on_basis = [figure for figure in of_indicator if figure.basis == target.basis]
    latest = max(
        (figure.month.quarter for figure in on_basis if figure.month.quarter), default=None
    )
    if not on_basis:
        reason = Reason.OTHER_BASIS if of_indicator else Reason.NO_FIGURES
        return Excluded(target, reason, None, None)
    history = history_of(catalogue[target.indicator], on_basis)
    if history is None:
        months = any(figure.measure is Measure.GROWTH_MONTH for figure in on_basis)
        reason = Reason.MONTH_ONLY if months else Reason.NO_FIGURES
        return Excluded(target, reason, None, latest)
    if history.origin < Quarter(year - 1, 4):
        return Excluded(target, Reason.STALE, history, latest)
    return Standing(target, history)
