"""A scenario: everything a reader changes, as one frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from forecasting.scenario.entries import Amount, PointLever, Project
from forecasting.scenario.items import BottomUp
from forecasting.scenario.levers import Lever
from forecasting.scenario.pins import Pin
from forecasting.scenario.risks import Risk

Entry = Lever | Amount | PointLever | Project


@dataclass(frozen=True, slots=True)
class Scenario:
    """A set of changes to a baseline (情景); an empty one is the baseline.

    Attributes
    ----------
    levels
        By indicator, the level of the whole year before in the indicator's unit, where no
        figure says it; one given here stands before a figure.
    unmoved
        Indicators that no entry moves, such as those whose level nobody can give.
    bottom_up
        At most one view of each indicator.
    price_index, sales_rate
        Producer prices over last year's, and revenue over output: of every project, and of
        every lever that says no other. Value added is at comparable prices.
    """

    name: str = ""
    note: str = ""
    levels: tuple[tuple[str, float], ...] = ()
    unmoved: tuple[str, ...] = ()
    levers: tuple[Lever, ...] = ()
    amounts: tuple[Amount, ...] = ()
    points: tuple[PointLever, ...] = ()
    projects: tuple[Project, ...] = ()
    pins: tuple[Pin, ...] = ()
    bottom_up: tuple[BottomUp, ...] = ()
    risks: tuple[Risk, ...] = ()
    price_index: float = 1.0
    sales_rate: float = 1.0

    @property
    def common(self) -> dict[str, float]:
        """What it assumes of every project, and of every lever that says no other, by name."""
        return {"price_index": self.price_index, "sales_rate": self.sales_rate}

    @property
    def entries(self) -> Iterator[Entry]:
        """Everything that adds to growth, in the order it is added."""
        yield from self.levers
        yield from self.amounts
        yield from self.points
        yield from self.projects

    def holding(self, entries: Iterable[Entry]) -> Scenario:
        """Return the same scenario with these entries and no others."""
        given = tuple(entries)
        return replace(
            self,
            levers=tuple(entry for entry in given if isinstance(entry, Lever)),
            amounts=tuple(entry for entry in given if isinstance(entry, Amount)),
            points=tuple(entry for entry in given if isinstance(entry, PointLever)),
            projects=tuple(entry for entry in given if isinstance(entry, Project)),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing is changed: risks and views without weight move no probability."""
        mixed = any(view.weight > 0 for view in self.bottom_up)
        return not (list(self.entries) or self.pins or mixed)

    @property
    def silent(self) -> bool:
        """Whether there is nothing to tell beside the outlook."""
        return self.empty and not self.bottom_up and not self.risks
