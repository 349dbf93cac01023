"""What became of an issue: its targets, as they were then, compared with the year's figures.

The probabilities are of growth as first published (``outlook.Verdict``), so they are compared with
that. Growth may be chained from levels or from single quarters: so what was first published is
computed from everything known at one time after the other, not taken from single figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean

from forecasting.figures.indicator import Observation
from forecasting.figures.period import Quarter
from forecasting.figures.target import published
from forecasting.history.history import History, history_of
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.record.scores import brier_score


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the verdicts of an issue that count.

    Attributes
    ----------
    met
        By indicator whose full-year figure is published: whether the target of then was met, by
        that figure as it was first published.
    now
        The same by the figures of now.
    asked
        How many verdicts count.
    known
        Those whose full-year figure was known when they were issued: they judged nothing.
    errors
        By indicator in ``met`` and not in ``known``: the Brier score of its probability.
    """

    met: Mapping[str, bool]
    now: Mapping[str, bool]
    asked: int
    known: frozenset[str]
    errors: Mapping[str, float]

    @property
    def together(self) -> bool | None:
        """Whether all were met; None until the last figure is published, and of no verdict."""
        return self._all(self.met)

    @property
    def together_now(self) -> bool | None:
        """The same by the figures of now."""
        return self._all(self.now)

    @property
    def hindsight(self) -> bool:
        """Whether every answer was known when it was issued."""
        return self.asked > 0 and len(self.known) == self.asked

    @property
    def score(self) -> float | None:
        """Mean of ``errors``; None where there are none."""
        return fmean(self.errors.values()) if self.errors else None

    def _all(self, met: Mapping[str, bool]) -> bool | None:
        if not self.asked or len(met) < self.asked:
            return None
        return all(met.values())


def outcome_of(
    issued: Outlook,
    then: Sequence[Observation],
    views: Iterable[Sequence[Observation]],
    now: Sequence[Observation],
) -> Outcome:
    """Return what became of an issue, as far as figures tell.

    Parameters
    ----------
    issued
        The outlook that was issued; its targets and bases are those of then.
    then
        Every figure of its area that was known when it was issued, also what it left out.
    views
        Every figure of its area known at one time after the other, the earliest first; asked
        for no longer than it takes to know all answers.
    now
        Every figure of its area that is known by now.
    """
    counted, year = issued.counted, issued.year
    known = frozenset(
        verdict.indicator_id
        for verdict in counted
        if verdict.complete or _whole_year(verdict, year, then) is not None
    )
    met: dict[str, bool] = {}
    for view in chain(views, (now,)):
        met = _met([one for one in counted if one.indicator_id not in met], year, view) | met
        if len(met) == len(counted):
            break
    judged = [one for one in counted if one.indicator_id in met.keys() - known]
    scores = brier_score(
        [verdict.probability for verdict in judged], [met[v.indicator_id] for v in judged]
    )
    errors = {one.indicator_id: float(score) for one, score in zip(judged, scores, strict=True)}
    return Outcome(met, _met(counted, year, now), len(counted), known, errors)


def _met(verdicts: Sequence[Verdict], year: int, figures: Sequence[Observation]) -> dict[str, bool]:
    """Return whether targets were met, of those whose full-year figure is published."""
    last = Quarter(year, 4)
    return {
        verdict.indicator_id: verdict.cut.met_by(published(history.ytd_at(last)))
        for verdict in verdicts
        if (history := _whole_year(verdict, year, figures)) is not None
        and last not in history.unpublished
    }


def _whole_year(verdict: Verdict, year: int, figures: Sequence[Observation]) -> History | None:
    """Return the history that figures form; None where the full year's growth is not in it."""
    own = list(filter(verdict.target.is_about, figures))
    history = history_of(verdict.history.indicator, own)
    return history if history and math.isfinite(history.ytd_at(Quarter(year, 4))) else None
