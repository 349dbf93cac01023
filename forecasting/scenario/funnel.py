"""Projects by how far they are, as a funnel: introduced, started, at capacity, upgraded, grown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from forecasting.scenario.entries import Project, Stage

STAGES = tuple(Stage)
"""In the order a project passes them."""

BATCHES = tuple(stage for stage in STAGES if stage is not Stage.PRODUCING)
"""The five batches of the plan (五个一批); production is the step before capacity."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the funnel.

    Attributes
    ----------
    standing, standing_investment
        Projects that are at this stage now, and their total investment in 1e8 CNY.
    reached, reached_investment
        Projects that are at this stage or further on, having passed it, and the same.
    """

    stage: Stage
    standing: int
    standing_investment: float
    reached: int
    reached_investment: float


@dataclass(frozen=True, slots=True)
class Rates:
    """What share of the projects that reached one stage has reached the next, 0 to 1.

    Each counts a project by the stage it is at now, whenever it got there; it is no forecast.
    None where nothing has reached the stage that is divided by.

    Attributes
    ----------
    start
        Start rate (开工率): started or further on, among all that were introduced (签约引进).
    production
        Production rate (投产率): producing or further on, among those started or further on.
    capacity
        Capacity rate (达效率): at capacity or further on, among those producing or further on.
        Not the share of the designed output that is reached, which is called so as well.
    """

    start: float | None
    production: float | None
    capacity: float | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The projects of a zone by stage.

    Attributes
    ----------
    steps
        One for each of ``STAGES``, in that order.
    by_count
        Rates of numbers of projects, as plans and reports give them.
    by_investment
        The same rates of total investment.
    """

    steps: tuple[Step, ...]
    by_count: Rates
    by_investment: Rates

    @property
    def batches(self) -> tuple[Step, ...]:
        """The steps of the five batches alone, in order."""
        return tuple(step for step in self.steps if step.stage in BATCHES)


def funnel(projects: Iterable[Project]) -> Funnel:
    """Return how many projects, and how much of their investment, reached each stage.

    Every project counts as introduced: the first step is all of them. Probabilities and dates
    play no part, only the stage that each project is said to be at.
    """
    standing = dict.fromkeys(STAGES, 0)
    investments: dict[Stage, list[float]] = {stage: [] for stage in STAGES}
    for project in projects:
        standing[project.stage] += 1
        investments[project.stage].append(project.total_investment)
    steps = tuple(
        Step(
            stage,
            standing[stage],
            fsum(investments[stage]),
            sum(standing[later] for later in STAGES[place:]),
            # Rounded once, so that no share of a part exceeds one.
            fsum(one for later in STAGES[place:] for one in investments[later]),
        )
        for place, stage in enumerate(STAGES)
    )
    return Funnel(
        steps,
        _rates({step.stage: step.reached for step in steps}),
        _rates({step.stage: step.reached_investment for step in steps}),
    )


def _rates(reached: dict[Stage, int] | dict[Stage, float]) -> Rates:
    return Rates(
        _ratio(reached[Stage.STARTED], reached[Stage.INTRODUCED]),
        _ratio(reached[Stage.PRODUCING], reached[Stage.STARTED]),
        _ratio(reached[Stage.AT_CAPACITY], reached[Stage.PRODUCING]),
    )


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
