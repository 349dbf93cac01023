"""A scenario: everything a reader changes, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.scenario.entries import Amount, PointLever, Project
from forecasting.scenario.levers import Lever
from forecasting.scenario.pins import Pin


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

    @property
    def empty(self) -> bool:
        """Whether nothing is changed."""
        return not (self.levers or self.amounts or self.points or self.projects or self.pins)
