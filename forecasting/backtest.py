"""Backtest: what would have been said of past years, quarter by quarter."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from forecasting.errors import AreaWithoutFigures
from forecasting.history import history_of
from forecasting.indicator import Catalogue, Observation, Target
from forecasting.judgement import judge
from forecasting.outlook import Verdict
from forecasting.period import Quarter
from forecasting.question import Question
from forecasting.target import published


@dataclass(frozen=True, slots=True)
class Case:
    """One indicator, year and origin: what was said, and what came.

    Attributes
    ----------
    origin_quarter
        Last quarter known of the year, 0 to 3; 0 means the fourth quarter of the year before.
    outcome
        The year's published growth in percent, None while it is unknown.
    met
        Whether the outcome meets the target, None while it is unknown.
    """

    year: int
    origin_quarter: int
    verdict: Verdict
    outcome: float | None
    met: bool | None


def backtest(
    question: Question,
    years: Sequence[int],
    catalogue: Catalogue,
    targets: Sequence[Target],
    observations: Sequence[Observation],
) -> Iterator[Case]:
    """Judge every year from its four origins, each with the figures up to that origin alone.

    ``question`` gives area, threshold and seed; its year and "as of" are replaced. Figures are
    today's cut at the origin, so later revisions are included. Only verdicts that stand on the
    origin itself are cases: an indicator whose figures end earlier has none.
    """
    for year in years:
        for origin_quarter in range(4):
            origin = Quarter(year - 1, 4) + origin_quarter
            asked = replace(question, year=year, as_of=origin)
            try:
                outlook = judge(asked, catalogue, targets, observations)
            except AreaWithoutFigures:
                continue
            for verdict in outlook.verdicts:
                if verdict.history.origin == origin:
                    yield _case(year, origin_quarter, verdict, observations)


def _case(
    year: int, origin_quarter: int, verdict: Verdict, observations: Sequence[Observation]
) -> Case:
    """Put a verdict beside the growth that the year ended with."""
    target = verdict.target
    figures = [
        figure
        for figure in observations
        if (figure.area, figure.indicator, figure.basis)
        == (target.area, target.indicator, target.basis)
    ]
    history = history_of(verdict.history.indicator, figures)
    growth = history.ytd_at(Quarter(year, 4)) if history else math.nan
    if not math.isfinite(growth):
        return Case(year, origin_quarter, verdict, None, None)
    outcome = published(growth)
    return Case(year, origin_quarter, verdict, outcome, verdict.cut.met_by(outcome))
