"""Bars under titles: what the pictures of gaps and of tasks have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Bar = TypeVar("Bar")


@dataclass(frozen=True, slots=True)
class BarGroup(Generic[Bar]):
    """A title, and the bars below it; ``text`` stands at the right of the title in files."""

    name: str
    bars: tuple[Bar, ...]
    text: str = ""


def count_of(groups: Sequence[BarGroup[Bar]]) -> int:
    """Return how many bars some groups have."""
    return sum(len(one.bars) for one in groups)


def first_bars(groups: Sequence[BarGroup[Bar]], most: int) -> tuple[BarGroup[Bar], ...]:
    """Return the first bars of some groups."""
    left = iter(range(most))
    return kept_bars(groups, lambda _: next(left, None) is not None)


def kept_bars(
    groups: Sequence[BarGroup[Bar]], keep: Callable[[Bar], bool]
) -> tuple[BarGroup[Bar], ...]:
    """Return the groups with the bars that are kept, without those of which none is."""
    return tuple(
        replace(one, bars=bars)
        for one in groups
        if (bars := tuple(bar for bar in one.bars if keep(bar)))
    )


def parted(groups: Sequence[BarGroup[Bar]], most: int) -> Iterator[tuple[BarGroup[Bar], ...]]:
    """Yield the bars in parts as even as can be, of ``most`` at the most; a group may be parted."""
    every = [(one, bar) for one in groups for bar in one.bars]
    parts = -(-len(every) // most)
    each = -(-len(every) // parts) if parts else 1
    for first in range(0, len(every), each):
        kept = every[first : first + each]
        yield tuple(
            replace(one, bars=bars)
            for one in groups
            if (bars := tuple(bar for own, bar in kept if own is one))
        )
