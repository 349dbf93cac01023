"""What became of an issue: its targets, as they were then, held against the year's figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from forecasting.history import history_of
from forecasting.indicator import Observation
from forecasting.outlook import Outlook, Verdict
from forecasting.period import Quarter
from forecasting.scoring import brier_score
from forecasting.target import published


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the verdicts of an issue that count.

    Attributes
    ----------
    met
        By indicator whose full-year figure is published: whether the target of then was met.
    asked
        How many verdicts count.
    score
        Mean Brier score of the probabilities of those in ``met``; None where there are none.
    """

    met: Mapping[str, bool]
    asked: int
    score: float | None

    @property
    def together(self) -> bool | None:
        """Whether all were met; None until the last figure is published, and of no verdict."""
        if not self.asked or len(self.met) < self.asked:
            return None
        return all(self.met.values())


def outcome_of(issued: Outlook, observations: Sequence[Observation]) -> Outcome:
    """Return what became of an issue, as far as figures tell.

    Parameters
    ----------
    issued
        The outlook that was issued; its targets and bases are those of then.
    observations
        Every figure of its area that is known by now. A year's figure that was revised since
        counts as revised.
    """
    met = {
        verdict.indicator_id: came
        for verdict in issued.counted
        if (came := _met(verdict, issued.year, observations)) is not None
    }
    said = [verdict for verdict in issued.counted if verdict.indicator_id in met]
    scores = brier_score(
        [verdict.probability for verdict in said], [met[v.indicator_id] for v in said]
    )
    return Outcome(met, len(issued.counted), fmean(scores) if said else None)


def _met(verdict: Verdict, year: int, observations: Sequence[Observation]) -> bool | None:
    target, last = verdict.target, Quarter(year, 4)
    figures = [
        figure
        for figure in observations
        if (figure.area, figure.indicator, figure.basis)
        == (target.area, target.indicator, target.basis)
    ]
    history = history_of(verdict.history.indicator, figures)
    if history is None or last in history.unpublished:
        return None
    growth = history.ytd_at(last)
    return verdict.cut.met_by(published(growth)) if math.isfinite(growth) else None
