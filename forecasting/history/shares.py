"""Quarterly shares of a year: the weights that turn cumulative growth into single quarters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from forecasting.arrays import plain_sum

Shares = tuple[float, float, float, float]

EQUAL_SHARES: Shares = (0.25, 0.25, 0.25, 0.25)
RECENT_YEARS = 5
FAR_FROM_MEDIAN = 0.04
"""A share this far from its recent median is taken for a partial revision, not a season.

National fixed-asset levels of 2018 to 2020, whose year ends were revised without the earlier
quarters, miss their medians by 0.045 to 0.12; no other year of the published figures misses by
more than 0.04. A series whose shares have always swung more is allowed its own swing.
"""
USUAL_SWINGS = 4.0


class ShareSource(StrEnum):
    """Where the shares of a year come from, best first."""

    LEVELS = "levels"
    MEDIAN = "median"
    CHAINED = "chained"
    NEAREST = "nearest"
    USUAL = "usual"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class YearShares:
    """Shares of Q1 to Q4 in a year's level, which sum to one, and where they come from."""

    values: Shares
    source: ShareSource


def sound_shares(levels: Mapping[int, Shares]) -> dict[int, YearShares]:
    """Return the shares of every year whose four quarterly levels are published.

    A year in which a share lies far from the median of up to ``RECENT_YEARS`` years before
    takes those medians instead, because year ends are sometimes revised without the earlier
    quarters. Only earlier years are looked at, so a later figure never changes them.

    Parameters
    ----------
    levels
        By year, the levels of Q1 to Q4, all above zero.
    """
    raw = {year: _normalised(quarters) for year, quarters in sorted(levels.items())}
    sound: dict[int, YearShares] = {}
    for year, shares in raw.items():
        recent = [raw[earlier] for earlier in raw if earlier < year][-RECENT_YEARS:]
        usual = _medians(recent) if len(recent) == RECENT_YEARS else shares
        if _far(shares, usual, recent):
            sound[year] = YearShares(usual, ShareSource.MEDIAN)
        else:
            sound[year] = YearShares(shares, ShareSource.LEVELS)
    return sound


def level_shares(levels: Mapping[int, Shares]) -> dict[int, YearShares]:
    """Return every year's shares as they are, for a series that is nothing but its levels."""
    return {
        year: YearShares(_normalised(quarters), ShareSource.LEVELS)
        for year, quarters in levels.items()
    }


def shares_for(
    year: int,
    published: Mapping[int, YearShares],
    chained: Shares | None,
    usual: Shares | None,
) -> YearShares:
    """Return the best shares there are for a year.

    Parameters
    ----------
    published
        From ``sound_shares``.
    chained
        The year's comparable levels of Q1 to Q4, None unless all four are known.
    usual
        The catalogue's usual shares, None where unknown.
    """
    if year in published:
        return published[year]
    if chained is not None:
        return YearShares(_normalised(chained), ShareSource.CHAINED)
    if published:
        nearest = min(published, key=lambda known: (abs(known - year), known))
        return YearShares(published[nearest].values, ShareSource.NEAREST)
    if usual is not None:
        return YearShares(usual, ShareSource.USUAL)
    return YearShares(EQUAL_SHARES, ShareSource.EQUAL)


def _far(shares: Shares, usual: Shares, recent: list[Shares]) -> bool:
    for quarter, (share, typical) in enumerate(zip(shares, usual, strict=True)):
        swings = [abs(year[quarter] - typical) for year in recent]
        allowed = max(FAR_FROM_MEDIAN, USUAL_SWINGS * median(swings or [0.0]))
        if abs(share - typical) > allowed:
            return True
    return False


def _medians(years: list[Shares]) -> Shares:
    first, second, third, fourth = (median(quarter) for quarter in zip(*years, strict=True))
    return _normalised((first, second, third, fourth))


def _normalised(quarters: Shares) -> Shares:
    total = plain_sum(quarters)
    first, second, third, fourth = quarters
    return first / total, second / total, third / total, fourth / total
