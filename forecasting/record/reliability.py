"""Reliability: of what was called so likely, how much came."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist, fmean

from forecasting.outlook.lights import LIGHT_BOUNDS

FEWEST_ANSWERS = 20
"""Under so many cases no reliability is shown: its intervals would span nearly everything."""
BIN_EDGES = (0.0, 0.1, *LIGHT_BOUNDS, 1.0)
"""Bins of probability: they end where a light changes, and where it is next to impossible."""

_Z95 = NormalDist().inv_cdf(0.975)


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
