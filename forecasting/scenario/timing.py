"""When an amount is counted: shares of it in the quarters of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array
from forecasting.figures.period import Quarter, quarters_between
from forecasting.scenario.levers import Timing


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Shares of a yearly amount by quarter.

    Attributes
    ----------
    year
        Shape ``(4,)``: in the quarters of the year asked for.
    later
        In years after it; zero for what goes on without end.
    """

    year: Array
    later: float


def profile_of(timing: Timing, first: Quarter, ramp: Sequence[float], year: int) -> Profile:
    """Lay a yearly amount out over quarters.

    Parameters
    ----------
    first
        The first quarter that it is counted in.
    ramp
        Share in the first, second ... quarter of what goes on; the last one goes on.
    """
    shares = {}
    match timing:
        case Timing.ONCE:
            shares = {first: 1.0}
        case Timing.REST_OF_YEAR:
            rest = quarters_between(first, Quarter(first.year, 4))
            shares = dict.fromkeys(rest, 1 / len(rest))
        case Timing.LASTING | Timing.QUARTERLY:
            part = 1.0 if timing is Timing.LASTING else 0.25
            for quarter in quarters_between(first, Quarter(year, 4)):
                shares[quarter] = part * ramp[min(quarter - first, len(ramp) - 1)]
    quarters = [Quarter(year, number) for number in (1, 2, 3, 4)]
    return Profile(
        year=np.array([shares.get(quarter, 0.0) for quarter in quarters]),
        later=sum(share for quarter, share in shares.items() if quarter.year > year),
    )
