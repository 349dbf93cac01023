"""Amounts and points that are given as they are, and the projects of the zone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Source


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount on one indicator, evenly over the quarters left from its start on.

    Attributes
    ----------
    value
        In the indicator's unit; in percentage points of full-year growth (拉动点) where
        ``points`` says so, which needs no level of last year.
    start
        None is the first quarter that is not known yet.
    """

    indicator: str
    value: float
    name: str = ""
    points: bool = False
    start: Quarter | None = None


@dataclass(frozen=True, slots=True)
class PointLever:
    """A dial that moves the growth of single quarters, where no amount exists.

    Attributes
    ----------
    value
        How many units it is turned by, either way.
    size
        Percentage points that one unit adds to the growth of a quarter at the full ramp.
    spread
        Standard deviation of ``size``: its standard error where it is estimated. The size is
        drawn lognormal with this mean and spread, so that it never changes its sign, and the
        same way for plus and minus.
    ramp
        Share of the size in the first, second ... quarter; the last one goes on.
    """

    name: str
    indicator: str
    value: float
    size: float
    spread: float = 0.0
    start: Quarter | None = None
    ramp: tuple[float, ...] = (1.0,)
    source: Source = Source.JUDGEMENT


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
    ramp
        Share of ``output`` reached in the first, second ... quarter counted; the last goes on.
    tax
        Yearly tax at capacity in 1e4 CNY, along the same ramp from production on.
    retained
        Share of the tax that stays in the budget of the area.
    start_probability
        That it starts at all.
    delay
        Probability of 0, 1, 2 ... quarters' delay of everything ahead; they sum to one.
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
    total_investment: float = 0.0
    signed: Quarter | None = None
    started: Quarter | None = None
    recorded: Quarter | None = None
    producing: Quarter | None = None
    counted: Quarter | None = None
    completion: tuple[tuple[int, float], ...] = ()
    output: float = 0.0
    value_added_rate: float = 0.186
    ramp: tuple[float, ...] = (1.0,)
    tax: float = 0.0
    retained: float = 0.375
    industrial: bool = True
    start_probability: float = 1.0
    delay: tuple[float, ...] = (1.0,)
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
    """Return what of a project decides what it brings, and nothing that only names it."""
    return replace(
        project,
        name="",
        stage=Stage.INTRODUCED,
        total_investment=0.0,
        signed=None,
        blocking="",
        owner="",
        in_trend=None,
    )
