"""Which indicators of a dial are held by pins, so that it moves nothing of them."""

from __future__ import annotations

from collections.abc import Iterable

from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Amount, Entry, Pin, PointLever


def held(entry: Entry, pins: Iterable[Pin]) -> list[str]:
    """Return the indicators that an entry would move and pins hold, once each."""
    reached: tuple[str, ...] = ()
    match entry:
        case Lever():
            reached = entry.rule.indicators
        case Amount() | PointLever():
            reached = (entry.indicator,)
    pinned = {pin.indicator for pin in pins}
    return [indicator for indicator in dict.fromkeys(reached) if indicator in pinned]
