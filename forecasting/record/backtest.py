"""Backtest: past years judged by quarter or by month, from the figures known then."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import Basis, Catalogue, Inputs, Observation, Target
from forecasting.figures.period import Month, Period, Quarter
from forecasting.figures.target import published
from forecasting.history.history import History, history_of
from forecasting.history.log_levels import FEWEST_FOR_MODELS
from forecasting.models.pool import Engine, predict
from forecasting.outlook.judge import Baseline, outlooks_of, prepare
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.outlook.question import Question

MOST_YEARS = 12
"""Years that a track record reaches back, at most."""
Outcomes = dict[tuple[str, Basis], History | None]
"""The whole history of an area's figures, by indicator and basis."""
ORIGIN_QUARTERS = range(4)
"""Quarters of the year that are known at each origin; 0 is the end of the year before."""


@dataclass(frozen=True, slots=True)
class BacktestCase:
    """One indicator, year and origin: the verdict, and the outcome.

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

    @property
    def month(self) -> int:
        """Last month known of the year, 1 to 11; 0 is the end of the year before."""
        latest = self.verdict.history.latest
        return latest.month if latest.year == self.year else 0


def backtest(
    question: Question,
    years: Sequence[int],
    known: Inputs,
    engine: Engine = predict,
    *,
    by_month: bool = False,
) -> Iterator[BacktestCase]:
    """Judge every year from its origins, each with the figures up to that origin alone.

    Origins are the four quarters from the end of the year before on, or the twelve months.

    ``question`` gives area, threshold and seed; its year and "as of" are replaced. Figures are
    today's cut at the origin, so later revisions are included. Only verdicts that stand on the
    origin itself are cases: an indicator whose figures end earlier has none. ``engine`` is
    called once a year; months of one quarter share its forecasts.
    """
    outcomes: Outcomes = {}
    for year in years:
        pending = prepare_origins(
            question, [(year, origin) for origin in origins(year, by_month=by_month)], known
        )
        for outlook in outlooks_of(pending, engine):
            yield from cases_of(outlook, known, outcomes)


def prepare_origins(
    question: Question, asked: Iterable[tuple[int, Period]], known: Inputs
) -> list[Baseline]:
    """Return the baselines of years at origins, before their series are forecast.

    An origin before the first figure has none.
    """
    pending = []
    for year, origin in asked:
        with suppress(AreaWithoutFigures):
            pending.append(prepare(replace(question, year=year, as_of=origin), known))
    return pending


def cases_of(outlook: Outlook, known: Inputs, outcomes: Outcomes) -> Iterator[BacktestCase]:
    """Yield the cases of an outlook from an origin: verdicts that stand on the origin itself.

    ``outcomes`` keeps the histories that outcomes are read from; they are of ``known``.
    """
    for verdict in outlook.verdicts:
        if outlook.as_of is not None and verdict.history.latest == outlook.as_of.end:
            target = verdict.target
            key = target.indicator, target.basis
            if key not in outcomes:
                outcomes[key] = _outcomes(target, known)
            yield _case(outlook.year, verdict, outcomes[key])


def origins(year: int, *, by_month: bool = False) -> list[Period]:
    """Return the quarters, or quarters and months between them, from which a year is judged."""
    if not by_month:
        return [Quarter(year - 1, 4) + known for known in ORIGIN_QUARTERS]
    months = [Month(year, month) for month in range(1, 12)]
    return [Quarter(year - 1, 4), *(month.quarter or month for month in months)]


def years_to_judge(
    area: str, catalogue: Catalogue, observations: Sequence[Observation]
) -> tuple[int, ...]:
    """Return the years that a track record can judge, the oldest first.

    The first is the one before which some indicator has ``FEWEST_FOR_MODELS`` figures of growth
    since January, so that a model can be fitted; the last is the last complete one. At most the
    last ``MOST_YEARS`` are returned.
    """
    histories = _histories(area, catalogue, observations)
    first = min(filter(None, map(_first_year, histories)), default=0)
    last = max((_last_complete(history) for history in histories), default=0)
    return tuple(range(max(first, last - MOST_YEARS + 1), last + 1)) if first else ()


def _histories(
    area: str, catalogue: Catalogue, observations: Sequence[Observation]
) -> list[History]:
    series: dict[tuple[str, Basis], list[Observation]] = {}
    for figure in observations:
        if figure.area == area:
            series.setdefault((figure.indicator, figure.basis), []).append(figure)
    drawn = [history_of(catalogue[name], figures) for (name, _), figures in series.items()]
    return [history for history in drawn if history is not None]


def _first_year(history: History) -> int:
    """Return the first year with enough figures before it; 0 where there is none."""
    known = [q for q in history.quarters if math.isfinite(history.ytd_at(q))]
    return known[FEWEST_FOR_MODELS - 1].year + 1 if len(known) >= FEWEST_FOR_MODELS else 0


def _last_complete(history: History) -> int:
    ends = [q.year for q in history.quarters if q.quarter == 4]
    return max((year for year in ends if math.isfinite(_whole_year(history, year))), default=0)


def _whole_year(history: History, year: int) -> float:
    """Return a year's published growth in percent; NaN where it is none, or an internal flash."""
    last = Quarter(year, 4)
    return math.nan if last in history.unpublished else history.ytd_at(last)


def _outcomes(target: Target, known: Inputs) -> History | None:
    """Return the whole history that a target's outcomes are read from."""
    own = list(filter(target.is_about, known.observations))
    return history_of(known.catalogue[target.indicator], own)


def _case(year: int, verdict: Verdict, history: History | None) -> BacktestCase:
    """Return a verdict with the growth that the year ended with."""
    origin_quarter = verdict.history.origin.quarter % 4
    growth = _whole_year(history, year) if history else math.nan
    if not math.isfinite(growth):
        return BacktestCase(year, origin_quarter, verdict, None, None)
    outcome = published(growth)
    return BacktestCase(year, origin_quarter, verdict, outcome, verdict.cut.met_by(outcome))
