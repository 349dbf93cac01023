"""How much of a plan comes, and when: reference classes of projects and amounts, with their rates.

Nothing planned counts as done (Kahneman and Tversky, 1979; Flyvbjerg, 2006): a project starts late
or never, completes part of its yearly plan and may miss the statistics of the year. The rates are
those of projects of its class elsewhere, until the zone's own ledger has outcomes to weigh in.
``seeds/realisation_rates.csv`` lists the same rates with what each rests on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.scenario.draws import correlated_uniforms, uniforms, zone_shocks
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, PointLever, Scenario, Turnable
from forecasting.scenario.projects import Project, Stage, begun, past
from forecasting.scenario.reference_class import (
    CERTAIN,
    PRIOR,
    Quantity,
    Rate,
    RateKey,
    RealisationRates,
    ReferenceClass,
)

LARGE_INVESTMENT = 10.0
"""1e8 CNY, above which a signed project is half as likely to start within a year: a judgement."""
LARGE_STARTS = 0.5

_SIGNED, _PLANNED = ReferenceClass.SIGNED, ReferenceClass.PLANNED_START

RAMP = (0.25, 0.45, 0.60, 0.70, 0.75)
"""Share of output by design in the first, second ... quarter; the last goes on."""
_RAMP_MEASURED = 3
"""The quarter of the ramp, counted from zero, that the rate of output is of."""
PRODUCTION_SLIP = (0.40, 0.22, 0.15, 0.065, 0.065)
"""Probability that production comes 0, 1 ... 4 quarters after its start says; the rest later."""
START_SLIP = (0.50, 0.20, 0.12, 0.05, 0.05)
"""The same of a start: how those within two, and within four, quarters divide into quarters."""
NEVER = 8
"""Quarters of delay that stand for a year after next, and for never."""
OWN_WEIGHT = 20
"""Known outcomes of the zone that weigh as much as the rates of elsewhere."""
LEAST_SHARE = 0.001
"""Where less of what is typed comes than that, nothing does, be it a gain or a loss."""
MOST_OF_PLAN = 2.0
"""What completed more than that of its plan had another plan, and weighs as much as this."""


def rates_of(scenario: Scenario, now: Quarter) -> RealisationRates:
    """Return the rates of a scenario: typed ones, then those its ledger has outcomes of.

    With ``n`` outcomes of a rate, their mean weighs ``n / (n + OWN_WEIGHT)`` and the prior the
    rest; the range narrows to the square root of the prior's weight around the new mean, as the
    posterior of a normal mean with a prior worth ``OWN_WEIGHT`` cases does, or further where it
    would leave what a share can be.
    """
    outcomes: dict[RateKey, list[float]] = {}
    for outcome in known_outcomes(scenario.projects, now):
        outcomes.setdefault((outcome.reference, outcome.quantity), []).append(outcome.came)
    own = {key: _weighed(PRIOR[key][0], came) for key, came in outcomes.items()}
    own |= {(one.reference, one.quantity): one.rate for one in scenario.rates}
    return RealisationRates(tuple(own.items()), scenario.zone_factor)


def _weighed(prior: Rate, came: list[float]) -> Rate:
    """Return a rate with the outcomes of the zone weighed in."""
    weight = len(came) / (len(came) + OWN_WEIGHT)
    mean = fmean(min(share, MOST_OF_PLAN) for share in came)
    expected = weight * mean + (1 - weight) * prior.expected
    below, above = prior.expected - prior.low, prior.high - prior.expected
    narrowed = min(math.sqrt(1 - weight), expected / below)
    if prior.high <= 1:
        narrowed = min(narrowed, (1 - expected) / above)
    return Rate(expected, expected - narrowed * below, expected + narrowed * above)


@dataclass(frozen=True, slots=True)
class KnownOutcome:
    """What a project of the zone was to do, and what came.

    Attributes
    ----------
    planned
        1 of something that happens or not; an investment in 1e8 CNY otherwise.
    came
        Share of what was planned.
    """

    project: str
    reference: ReferenceClass
    quantity: Quantity
    planned: float
    came: float


def known_outcomes(projects: Iterable[Project], now: Quarter) -> tuple[KnownOutcome, ...]:
    """Return what is known of a ledger's plans before ``now``.

    A start is known to have come or not two and four quarters after the signature, or after the
    planned start where the ledger says it; a yearly plan once its year is over and what was
    completed is said; entry in the statistics once the year of the start, or of production, is
    over. A date that nobody filled in is no outcome.
    """
    return tuple(outcome for project in projects for outcome in _known(project, now))


def _known(project: Project, now: Quarter) -> Iterable[KnownOutcome]:
    since = project.start_planned or project.signed
    reference = _PLANNED if project.start_planned else _SIGNED
    started_unknown = project.started is None and is_begun(project, now)
    for quantity, quarters in ((Quantity.START_2Q, 2), (Quantity.START_4Q, 4)):
        if since is not None and since + quarters <= now and not started_unknown:
            started = past(project.started, since + quarters)
            yield KnownOutcome(project.id, reference, quantity, 1.0, float(started))
    planned = dict(project.completion)
    for year, completed in project.completed:
        if year < now.year and planned.get(year, 0.0) > 0:
            building = _class_when_built(project, year)
            share = completed / planned[year]
            yield KnownOutcome(project.id, building, Quantity.PLAN_SHARE, planned[year], share)
    steps = ((project.started, project.recorded), (project.producing, project.counted))
    for step, entry in steps:
        if step is not None and entry is not None and step.year < now.year:
            entered = float(entry.year <= step.year)
            yield KnownOutcome(project.id, ReferenceClass.STARTED, Quantity.ENTERS, 1.0, entered)


def _class_when_built(project: Project, year: int) -> ReferenceClass:
    """Return the class that the plan of a year belonged to."""
    if project.stage is Stage.UPGRADED:
        return ReferenceClass.TECHNICAL
    if project.producing is not None and project.producing.year == year:
        return ReferenceClass.COMPLETING
    if project.started is not None and project.started.year == year:
        return ReferenceClass.STARTED
    return ReferenceClass.UNDER_CONSTRUCTION


def reference_class(project: Project, now: Quarter) -> ReferenceClass:
    """Return the class of a project: the one it names, else by its stage and its dates."""
    if project.reference is not None:
        return ReferenceClass(project.reference)
    if project.stage is Stage.UPGRADED:
        return ReferenceClass.TECHNICAL
    if not is_begun(project, now):
        listed = project.start_planned is not None or past(project.recorded, now)
        return _PLANNED if listed else _SIGNED
    if is_producing(project, now):
        return ReferenceClass.IN_PRODUCTION
    if project.producing is not None and project.producing.year == now.year:
        return ReferenceClass.COMPLETING
    if project.started is not None and project.started.year == now.year:
        return ReferenceClass.STARTED
    return ReferenceClass.UNDER_CONSTRUCTION


def is_begun(project: Project, now: Quarter) -> bool:
    """Return whether the start of a project is in no doubt: by its date, else by its stage."""
    if project.started is None:
        return project.stage is not Stage.INTRODUCED
    return begun(project, now)


def on_top(project: Project, now: Quarter) -> bool:
    """Return whether a project that has begun is counted on top of the trend."""
    return is_begun(project, now) and project.in_trend is None


def is_producing(project: Project, now: Quarter) -> bool:
    """Return whether a project is in production, by its date or its stage."""
    running = (Stage.PRODUCING, Stage.AT_CAPACITY, Stage.GROWN)
    return past(project.producing, now) or project.stage in running


def in_register(project: Project, now: Quarter) -> bool:
    """Return whether investment of a project is in the statistics already.

    Without a date of registration one that started in an earlier year is taken to be.
    """
    if project.recorded is not None:
        return past(project.recorded, now)
    return project.started is not None and project.started.year < now.year


_SHARE_OF: Mapping[ReferenceClass, ReferenceClass] = {
    _SIGNED: ReferenceClass.STARTED,
    _PLANNED: ReferenceClass.STARTED,
    ReferenceClass.IN_PRODUCTION: ReferenceClass.COMPLETING,
}
"""Classes whose share of a yearly plan is that of another."""


def share_class(project: Project, now: Quarter) -> ReferenceClass:
    """Return the class whose share of a yearly plan a project completes once it has started."""
    reference = reference_class(project, now)
    return _SHARE_OF.get(reference, reference)


def start_class(project: Project, now: Quarter) -> ReferenceClass:
    """Return the class at whose rates a project starts."""
    return _SIGNED if reference_class(project, now) is _SIGNED else _PLANNED


def dated(project: Project, now: Quarter, opens: Quarter) -> Project:
    """Return a project with a start, where nothing says when: as planned, or when it still can.

    One that has begun started before now. Without a planned start, one that is signed later starts
    then, and one that is registered needs none. A certain one comes as its own dates say, and
    without any not at all.

    Parameters
    ----------
    now
        The first quarter without figures, which may be over by the day that is asked.
    opens
        The first quarter in which anything can still start.
    """
    planned, registered = project.start_planned, project.recorded is not None
    if project.certain or project.started is not None:
        return project
    if is_begun(project, now):
        return project if registered else replace(project, started=now + -1)
    if registered and planned is None:
        return project
    return replace(project, started=max(planned or project.signed or opens, opens))


def plan_share(project: Project, rates: RealisationRates, now: Quarter) -> Rate:
    """Return the share of its yearly plan that a project completes once it has started."""
    if project.certain:
        return CERTAIN
    if project.plan_share is not None:
        return project.plan_share
    return rates.rate(share_class(project, now), Quantity.PLAN_SHARE)


@dataclass(frozen=True, slots=True)
class StartRates:
    """Shares of projects that start within two and four quarters of the plan, and at all."""

    within_2q: Rate
    within_4q: Rate
    ever: Rate


def start_rates(project: Project, rates: RealisationRates, now: Quarter) -> StartRates:
    """Return the rates at which projects like this one start.

    Large signed ones start half as often within a year. Of those signed, or planned to start, a
    year ago or more that have not, only what usually starts later is left.
    """
    reference = start_class(project, now)
    within_2q, within_4q, ever = (
        rates.rate(reference, quantity)
        for quantity in (Quantity.START_2Q, Quantity.START_4Q, Quantity.START_EVER)
    )
    if reference is _SIGNED and project.total_investment > LARGE_INVESTMENT:
        within_2q, within_4q = within_2q.times(LARGE_STARTS), within_4q.times(LARGE_STARTS)
    # One that is moved by the zone's own outcomes, or by hand, takes the others along.
    within_4q = max(within_4q, within_2q, key=lambda rate: rate.expected)
    ever = max(ever, within_4q, key=lambda rate: rate.expected)
    since = project.signed if reference is _SIGNED else project.start_planned
    if since is not None and since + 4 <= now and 0 < within_4q.expected < 1:
        left = (ever.expected - within_4q.expected) / (1 - within_4q.expected)
        share = left / ever.expected
        within_2q, within_4q, ever = (one.times(share) for one in (within_2q, within_4q, ever))
    return StartRates(within_2q, within_4q, ever)


def start_probability(project: Project, rates: RealisationRates, now: Quarter) -> float:
    """Return the expected probability that a project starts at all."""
    if is_begun(project, now):
        return 1.0
    if project.start_probability is not None:
        return project.start_probability
    return 1.0 if project.certain else start_rates(project, rates, now).ever.expected


@dataclass(frozen=True, slots=True, eq=False)
class DrawnRealisation:
    """What comes of a project on each path; arrays have the shape ``(paths,)``.

    Attributes
    ----------
    start_delay
        Quarters that everything ahead comes later; ``NEVER`` where it does not start.
    production_delay
        The same of production and all after it, the delay of the start included.
    entered
        Whether it enters the statistics of the year; None where it is in already.
    plan_share
        Share of the year's investment that is completed; None is all of it.
    output_share
        Output as a share of what the ramp says; None is all of it.
    """

    start_delay: NDArray[np.intp]
    production_delay: NDArray[np.intp]
    entered: NDArray[np.bool_] | None
    plan_share: Array | None
    output_share: Array | None


def drawn_realisation(
    project: Project, rates: RealisationRates, now: Quarter, seed: int
) -> DrawnRealisation:
    """Draw what comes of a project; a certain one comes as its own numbers say."""
    start = _start_delay(project, rates, now, seed)
    if project.certain:
        return DrawnRealisation(start, start, None, None, None)
    production = start
    if project.delay is None and not is_producing(project, now):
        late = correlated_uniforms(seed, f"production {project.id}", rates.zone_factor)
        slip = np.searchsorted(np.cumsum(PRODUCTION_SLIP), 1 - late, side="right")
        production = np.minimum(start + np.where(slip < len(PRODUCTION_SLIP), slip, NEVER), NEVER)
    return DrawnRealisation(
        start,
        production,
        _entered(project, rates, seed),
        drawn_share(plan_share(project, rates, now), f"project {project.id}", rates, seed),
        None if project.ramp is not None else _output_share(project, rates, seed),
    )


def drawn_share(rate: Rate, key: str, rates: RealisationRates, seed: int) -> Array | None:
    """Draw a share on each path, correlated with others by the zone factor; None is all of it."""
    if rate == CERTAIN:
        return None
    drawn = rate.at(correlated_uniforms(seed, f"share {key}", rates.zone_factor))
    # Their mean is the rate to the last digit, not within a Monte Carlo error.
    return drawn * (rate.expected / drawn.mean()) if rate.expected else np.zeros_like(drawn)


_LEVER_KEYS: Mapping[LeverKind, RateKey] = {
    LeverKind.SIGNED_INVESTMENT: (_SIGNED, Quantity.SIGNED_SHARE),
    LeverKind.NEW_STARTS: (_PLANNED, Quantity.TYPED_SHARE),
    LeverKind.TECHNICAL_TRANSFORMATION: (ReferenceClass.TECHNICAL, Quantity.TYPED_SHARE),
    LeverKind.PROJECT_OUTPUT: (ReferenceClass.IN_PRODUCTION, Quantity.OUTPUT_SHARE),
    # Its probability says whether it comes at all.
    LeverKind.FOREIGN_CAPITAL: (ReferenceClass.CONDITION, Quantity.TYPED_SHARE),
    LeverKind.STOPPAGE: (ReferenceClass.CONDITION, Quantity.TYPED_SHARE),
    LeverKind.PRODUCER_PRICES: (ReferenceClass.CONDITION, Quantity.TYPED_SHARE),
}
_ELSE_KEY: RateKey = (ReferenceClass.AMOUNT, Quantity.TYPED_SHARE)
COUNTED_ALREADY = (Quantity.SIGNED_SHARE, Quantity.OUTPUT_SHARE)
"""Rates whose usual mean is in the arithmetic of the lever: they add what differs from it."""


def rate_key(entry: Turnable) -> RateKey:
    """Return the class and quantity that an amount or a lever goes by."""
    return _LEVER_KEYS.get(entry.kind, _ELSE_KEY) if isinstance(entry, Lever) else _ELSE_KEY


def realised(entry: Turnable, rates: RealisationRates) -> Rate:
    """Return the share of the value of an amount or a lever that comes."""
    if entry.certain:
        return CERTAIN
    if entry.realised is not None:
        return entry.realised
    key = rate_key(entry)
    rate = rates.rate(*key)
    return rate.times(1 / PRIOR[key][0].expected) if key[1] in COUNTED_ALREADY else rate


def loss_multiple(entry: Turnable, rates: RealisationRates) -> float:
    """Return how many times a loss counts of what as large a gain does.

    What is hoped for comes in part. A loss that somebody types has been decided or has happened,
    so that all of it is expected, in proportion as uncertain. A share of the entry's own and what
    happens to a zone hold either way, and so does a conversion of the lever's arithmetic.
    """
    reference, quantity = rate_key(entry)
    hoped_for = quantity is Quantity.TYPED_SHARE and reference is not ReferenceClass.CONDITION
    expected = realised(entry, rates).expected
    own = entry.certain or entry.realised is not None
    if not hoped_for or own or expected < LEAST_SHARE:
        return 1.0
    return 1 / expected


def drawn_value_share(entry: Turnable, rates: RealisationRates, seed: int) -> Array | None:
    """Draw the share of an amount or a lever that comes; None is all of it.

    It hangs on what the entry is, not on its value: the same draw holds for plus and minus, but
    for its ``loss_multiple``.
    """
    what = entry.kind if isinstance(entry, Lever) else entry.indicator
    sort = {Lever: "lever", Amount: "amount", PointLever: "point"}[type(entry)]
    return drawn_share(realised(entry, rates), f"{sort} {what} {entry.name}", rates, seed)


def _output_share(project: Project, rates: RealisationRates, seed: int) -> Array | None:
    rate = rates.rate(ReferenceClass.IN_PRODUCTION, Quantity.OUTPUT_SHARE)
    return drawn_share(rate.times(1 / RAMP[_RAMP_MEASURED]), f"output {project.id}", rates, seed)


def _entered(project: Project, rates: RealisationRates, seed: int) -> NDArray[np.bool_]:
    rate = rates.rate(ReferenceClass.STARTED, Quantity.ENTERS)
    return np.asarray(uniforms(seed, f"enters {project.id}") < rate.at(ndtr(zone_shocks(seed))))


def _start_delay(
    project: Project, rates: RealisationRates, now: Quarter, seed: int
) -> NDArray[np.intp]:
    """Return the delay of everything ahead in quarters, shape ``(paths,)``."""
    begun = is_begun(project, now)
    if project.certain or project.delay is not None or begun:
        delays = project.delay or (1.0,)  # of what has begun production alone may slip
    elif project.start_probability is not None:
        delays = _start_slip(start_rates(project, rates, now))
    else:
        return _class_start_delay(project, rates, now, seed)
    bounds = np.cumsum(delays)[:-1] / math.fsum(delays)
    drawn = uniforms(seed, f"delay {project.id}")
    delay = np.minimum(np.searchsorted(bounds, drawn, side="right"), NEVER - 1)
    chance = start_probability(project, rates, now)
    if not begun:
        starts = uniforms(seed, f"start {project.id}") < _given_chance(project, chance, rates, seed)
        delay = np.where(starts, delay, NEVER)
    return delay


def _given_chance(
    project: Project, chance: float, rates: RealisationRates, seed: int
) -> Array | float:
    """Return the chance on each path, given the zone factor (Vasicek, 2002)."""
    shared = rates.zone_factor
    if project.certain or shared == 0 or not 0 < chance < 1:
        return chance
    if shared == 1:
        return np.asarray(ndtr(zone_shocks(seed)) >= 1 - chance, dtype=float)
    own = math.sqrt(1 - shared)
    return np.asarray(ndtr((ndtri(chance) + math.sqrt(shared) * zone_shocks(seed)) / own))


def _class_start_delay(
    project: Project, rates: RealisationRates, now: Quarter, seed: int
) -> NDArray[np.intp]:
    """Return the delay of a start at the rates of its class, which a good year raises for all."""
    zone = np.asarray(ndtr(zone_shocks(seed)))
    of = start_rates(project, rates, now)
    half, year, ever = (rate.at(zone) for rate in (of.within_2q, of.within_4q, of.ever))
    year = np.maximum(half, year)
    ever = np.maximum(year, ever)
    bounds = _start_bounds(half, year, ever)
    return np.asarray((uniforms(seed, f"start {project.id}") >= bounds).sum(axis=0))


def _start_bounds(half: Array | float, year: Array | float, ever: Array | float) -> Array:
    """Return the shares that start with a delay of at most 0, 1 ... ``NEVER - 1`` quarters."""
    first, second, third, fourth, _ = START_SLIP
    at_once = half * first / (first + second)
    by_third = half + (year - half) * third / (third + fourth)
    later = [year + (ever - year) * share for share in (0.25, 0.5, 0.75, 1.0)]
    return np.stack([at_once, half, by_third, year, *later])


def _start_slip(of: StartRates) -> tuple[float, ...]:
    """Return the probability of each delay of what starts, at the pace of its class."""
    rates = (of.within_2q.expected, of.within_4q.expected, of.ever.expected)
    slip = np.diff(_start_bounds(*rates), prepend=0.0)
    return tuple(map(float, slip)) if slip.any() else (1.0,)
