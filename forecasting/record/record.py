"""Track record: how past years would have been judged, compared with two simple forecasts.

A probability is worth what it gains on a forecast that costs nothing. There are two of them, each
from the figures before the origin alone: growth since January persists, and the year meets its
target as often as earlier years did. All three are scored on the same cases.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist, fmean

from forecasting.outlook.lights import LIGHT_BOUNDS
from forecasting.record.backtest import BacktestCase
from forecasting.record.scores import brier_score
from forecasting.record.simple_forecasts import (
    historical_frequency,
    persistence_probability,
)

SHOCK_YEARS = (2020, 2021)
"""Scored apart: no forecast made before them could know, and two years would drown the rest."""
FEWEST_ANSWERS = 20
"""Under so many cases no reliability is shown: its intervals would span nearly everything."""
BIN_EDGES = (0.0, 0.1, *LIGHT_BOUNDS, 1.0)
"""Bins of probability: they end where a light changes, and where it is next to impossible."""

_Z95 = NormalDist().inv_cdf(0.975)


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
class BrierScores:
    """Mean Brier scores of three forecasts on the same cases.

    Attributes
    ----------
    count
        How many cases.
    issued, simple, frequency
        Of the probabilities issued, of persistence and of the historical frequency.
    """

    count: int
    issued: float
    simple: float
    frequency: float

    @property
    def on_simple(self) -> float | None:
        """Skill against persistence."""
        return skill(self.issued, self.simple)

    @property
    def on_frequency(self) -> float | None:
        """Skill against the historical frequency."""
        return skill(self.issued, self.frequency)


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of similar probability: the mean of it, and how often the target was met.

    Attributes
    ----------
    low, high
        The probabilities it holds, ``low`` included; ``high`` only where it is 1.
    count, met
        Cases, and those of them whose target was met.
    mean
        Mean probability issued.
    lower, upper
        Wilson's 95% interval of the frequency.
    """

    low: float
    high: float
    count: int
    met: int
    mean: float
    lower: float
    upper: float

    @property
    def observed(self) -> float:
        """Share of the cases whose target was met."""
        return self.met / self.count


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


def skill(score: float, reference: float) -> float | None:
    """Return the gain on a reference, ``1 - score / reference``; None where that is perfect.

    References
    ----------
    Murphy, A. H. (1988), "Skill scores based on the mean square error and their relationships
    to the correlation coefficient", *Monthly Weather Review* 116, 2417-2424.
    """
    return 1 - score / reference if reference > 0 else None


def wilson_interval(met: int, count: int) -> tuple[float, float]:
    """Return the 95% score interval of a share: all p within 1.96 of its standard error at p.

    Parameters
    ----------
    met, count
        Events that came, of at least one.

    References
    ----------
    Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical
    inference", *Journal of the American Statistical Association* 22, 209-212.
    """
    share, z2 = met / count, _Z95**2
    centre = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = math.sqrt(share * (1 - share) / count + z2 / (4 * count**2)) / (1 + z2 / count)
    half *= _Z95
    return max(centre - half, 0.0), min(centre + half, 1.0)


def reliability(probabilities: Sequence[float], outcomes: Sequence[bool]) -> tuple[Bin, ...]:
    """Return the bins that hold any case, from the least to the most likely.

    References
    ----------
    Murphy, A. H. and Winkler, R. L. (1977), "Reliability of subjective probability forecasts of
    precipitation and temperature", *Applied Statistics* 26, 41-47.
    """
    pairs = list(zip(probabilities, outcomes, strict=True))
    bins = []
    for low, high in pairwise(BIN_EDGES):
        within = [(p, met) for p, met in pairs if low <= p < high or p == high == 1.0]
        if within:
            met = sum(came for _, came in within)
            ends = wilson_interval(met, len(within))
            bins.append(Bin(low, high, len(within), met, fmean(p for p, _ in within), *ends))
    return tuple(bins)


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
