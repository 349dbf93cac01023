"""Track record: how past years would have been judged, compared with two simple forecasts.

A probability is worth what it gains on a forecast that costs nothing. There are two of them, each
from the figures before the origin alone: growth since January persists, and the year meets its
target as often as earlier years did. All three are scored on the same cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forecasting.record.backtest import BacktestCase
from forecasting.record.reliability import FEWEST_ANSWERS, Bin, reliability
from forecasting.record.scores import SHOCK_YEARS, BrierScores, brier_score
from forecasting.record.simple_forecasts import (
    historical_frequency,
    persistence_probability,
)


@dataclass(frozen=True, slots=True)
class ComparedCase:
    """A case with the probabilities of the two simple forecasts.

    Attributes
    ----------
    simple
        That of ``persistence_probability``.
    frequency
        That of ``historical_frequency``.
    """

    case: BacktestCase
    simple: float
    frequency: float


@dataclass(frozen=True, slots=True)
class ScoredYears:
    """The cases of some years whose outcome is known, one at least.

    ``bins`` is empty under ``FEWEST_ANSWERS``.
    """

    answers: tuple[ComparedCase, ...]
    scores: BrierScores
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a track record page draws.

    Attributes
    ----------
    answers
        Every case, those without an outcome included, by indicator, year and origin.
    every
        All with an outcome; None without any.
    calm, shock
        Those outside ``SHOCK_YEARS`` and within; None without any.
    """

    answers: tuple[ComparedCase, ...]
    every: ScoredYears | None
    calm: ScoredYears | None
    shock: ScoredYears | None


def record_of(cases: Iterable[BacktestCase]) -> Record:
    """Return every case with the two simple forecasts, and the scores of those with an outcome."""
    ordered = sorted(
        cases,
        key=lambda c: (c.verdict.history.indicator.order, c.year, c.origin_quarter),
    )
    answers = tuple(
        ComparedCase(c, persistence_probability(c), historical_frequency(c)) for c in ordered
    )
    known = [answer for answer in answers if answer.case.met is not None]
    return Record(
        answers=answers,
        every=_period(known),
        calm=_period([a for a in known if a.case.year not in SHOCK_YEARS]),
        shock=_period([a for a in known if a.case.year in SHOCK_YEARS]),
    )


def _period(answers: Sequence[ComparedCase]) -> ScoredYears | None:
    if not answers:
        return None
    issued = [answer.case.verdict.probability for answer in answers]
    outcomes = [bool(answer.case.met) for answer in answers]
    forecasts = (
        issued,
        [answer.simple for answer in answers],
        [answer.frequency for answer in answers],
    )
    means = [float(brier_score(forecast, outcomes).mean()) for forecast in forecasts]
    enough = len(answers) >= FEWEST_ANSWERS
    return ScoredYears(
        answers=tuple(answers),
        scores=BrierScores(len(answers), *means),
        bins=reliability(issued, outcomes) if enough else (),
    )
