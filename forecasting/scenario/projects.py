"""Projects of the zone: their dates, what the trend carries of them, and the funnel of stages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from forecasting.figures.period import Quarter
from forecasting.scenario.number_limits import NotNegative, Probabilities, Ramp, Share, Year
from forecasting.scenario.reference_class import Rate, ReferenceClass


class Stage(StrEnum):
    """How far a project is: the five batches of the plan, and production before capacity."""

    INTRODUCED = "introduced"
    STARTED = "started"
    PRODUCING = "producing"
    AT_CAPACITY = "at_capacity"
    UPGRADED = "upgraded"
    GROWN = "grown"


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the zone beyond what the baseline already carries on.

    Attributes
    ----------
    id
        Keys its draws.
    total_investment
        In 1e8 CNY.
    signed, started, recorded, producing, counted
        Quarters it was or will be signed (签约), started (开工), in the investment register
        (入库), in production (投产) and among the firms counted (入统); None where unknown.
    completion
        Year and investment to be completed in it, in 1e8 CNY. It counts 1:1 from the quarter
        the project is started and recorded; where one of the dates is unknown, from the other.
    output
        Yearly output at capacity in 1e8 CNY; it counts from the quarter it is counted.
    completed
        Year and investment that was completed in it, of years that are over.
    start_planned
        Quarter in which it was to start when the year's list was made; where nothing says when it
        started or will, it starts then.
    ramp
        Share of ``output`` reached in the first, second ... quarter counted; the last goes on.
        None is that of projects elsewhere.
    tax
        Yearly tax at capacity in 1e4 CNY, along the same ramp from production on.
    retained
        Share of the tax that stays in the budget of the area.
    start_probability
        That it starts at all; None is the rate of its reference class.
    delay
        Probability of 0, 1, 2 ... quarters' delay of everything ahead; they sum to one. None is
        what is usual in its class.
    reference
        Its reference class; None is the one its stage and dates put it in.
    plan_share
        Share of the year's plan that is completed; None is that of its class.
    certain
        Whether all comes as planned, but for a start probability and a delay of its own.
    blocking
        What holds it up (堵点).
    owner
        The unit in charge.
    in_trend
        The project as the trend of published figures already carries it on (已在走势之内): it then
        adds only what differs from that, such as a date moved since. None where all of it comes
        on top.
    """

    id: str
    name: str = ""
    stage: Stage = Stage.INTRODUCED
    total_investment: NotNegative = 0.0
    signed: Quarter | None = None
    started: Quarter | None = None
    recorded: Quarter | None = None
    producing: Quarter | None = None
    counted: Quarter | None = None
    completion: tuple[tuple[Year, NotNegative], ...] = ()
    output: NotNegative = 0.0
    value_added_rate: Share = 0.186
    ramp: Ramp | None = None
    tax: float = 0.0
    retained: Share = 0.375
    industrial: bool = True
    start_probability: Share | None = None
    delay: Probabilities | None = None
    completed: tuple[tuple[Year, NotNegative], ...] = ()
    start_planned: Quarter | None = None
    reference: ReferenceClass | None = None
    plan_share: Rate | None = None
    certain: bool = False
    blocking: str = ""
    owner: str = ""
    in_trend: Project | None = None


def carried(project: Project) -> Project:
    """Return a project that is in the trend as it stands: it adds nothing until it is changed."""
    return replace(project, in_trend=as_planned(project))


def as_carried(project: Project) -> bool:
    """Return whether a project is in the trend and differs in nothing from what that carries."""
    return project.in_trend is not None and as_planned(project) == project.in_trend


def as_planned(project: Project) -> Project:
    """Return what of a project decides when what comes, without its names and its class."""
    return replace(
        project,
        name="",
        stage=Stage.INTRODUCED,
        total_investment=0.0,
        signed=None,
        completed=(),
        start_planned=None,
        reference=None,
        plan_share=None,
        certain=False,
        blocking="",
        owner="",
        in_trend=None,
    )


DATES = ("signed", "started", "recorded", "producing", "counted")


def begun(project: Project, now: Quarter) -> bool:
    """Return whether a project has started before ``now``, so that its start is in no doubt."""
    return past(project.started, now)


def past(day: Quarter | None, now: Quarter) -> bool:
    """Return whether a date lies before ``now``."""
    return day is not None and day < now


def first_invested(project: Project) -> Quarter | None:
    """Return the quarter from which investment counts: started, and in the register.

    Of a project without a date of either the other one counts: see ``unregistered``.
    """
    return max((day for day in (project.started, project.recorded) if day), default=None)


def unregistered(project: Project) -> bool:
    """Return whether investment counts from the start on for want of a date of registration.

    Statistics count it only once the project is registered, so the date should be filled in.
    """
    invests = any(amount for _, amount in project.completion)
    return invests and project.started is not None and project.recorded is None


def shifted(project: Project, quarters: int, now: Quarter) -> Project | None:
    """Return a project with all its dates ahead moved.

    Parameters
    ----------
    quarters
        Later; earlier where negative.
    now
        The first quarter that is not known yet. Dates before it stay.

    Returns
    -------
    Project or None
        None where no date is ahead, one of them would come before ``now``, or production would
        come earlier than it can be built.
    """
    ahead = {
        name: date for name in DATES if (date := getattr(project, name)) is not None and date >= now
    }
    if not ahead or min(ahead.values()) + quarters < now:
        return None
    moved = replace(project, **{name: date + quarters for name, date in ahead.items()})
    producing = ahead.get("producing")
    if producing is None or quarters >= 0:
        return moved
    possible = producing + quarters >= earliest_production(moved, project, now)
    return moved if possible else None


def earliest_production(moved: Project, planned: Project, now: Quarter) -> Quarter:
    """Return the first quarter in which a project can be in production.

    The money still to be spent takes its quarters at the fastest pace of the plan; production may
    begin in the last of them. Where the plan does not say how much or how fast, building takes
    as long as planned.

    Parameters
    ----------
    moved, planned
        The project with new dates, and as planned: their start and their pace.
    """
    begins = max(first_invested(moved) or now, now)
    unspent, pace = unspent_investment(planned, now), fastest_pace(planned, now)
    if unspent is not None and pace > 0:
        return begins + max(math.ceil(unspent / pace - 1e-9) - 1, 0)
    assert planned.producing is not None
    return begins + max(planned.producing - max(first_invested(planned) or now, now), 0)


def unspent_investment(project: Project, now: Quarter) -> float | None:
    """Return the investment that remains from the year of ``now`` on; None where unknown.

    Of the years before it counts what was completed, else what was planned.
    """
    if project.total_investment <= 0:
        return None
    spent = {**dict(project.completion), **dict(project.completed)}
    before = math.fsum(amount for year, amount in spent.items() if year < now.year)
    return max(project.total_investment - before, 0.0)


def fastest_pace(project: Project, now: Quarter) -> float:
    """Return the most that the plan completes in a quarter, in 1e8 CNY; zero without a plan."""
    first = first_invested(project) or now
    return max(
        (
            amount / (5 - first.quarter if year == first.year else 4)
            for year, amount in project.completion
            if year >= first.year
        ),
        default=0.0,
    )


STAGES = tuple(Stage)
"""In the order a project passes them."""

BATCHES = tuple(stage for stage in STAGES if stage is not Stage.PRODUCING)
"""The five batches of the plan (五个一批); production is the step before capacity."""


@dataclass(frozen=True, slots=True)
class FunnelStage:
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

    steps: tuple[FunnelStage, ...]
    by_count: Rates
    by_investment: Rates

    @property
    def batches(self) -> tuple[FunnelStage, ...]:
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
        FunnelStage(
            stage,
            standing[stage],
            math.fsum(investments[stage]),
            sum(standing[later] for later in STAGES[place:]),
            # Rounded once, so that no share of a part exceeds one.
            math.fsum(one for later in STAGES[place:] for one in investments[later]),
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
