"""From entries of a scenario to percentage points of growth: one arithmetic for all who ask.

What ``apply`` adds to the paths and what ``response`` lays out by dial come from here,
so that a slider, a solver and a scenario say the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from forecasting.arrays import Array, plain_sum
from forecasting.errors import AssumptionMissing, LevelsMissing, UnitsDiffer
from forecasting.figures.indicator import Direction, Indicator
from forecasting.figures.period import Quarter, quarters_between
from forecasting.outlook.judge import Baseline
from forecasting.scenario.draws import uniforms
from forecasting.scenario.levers import POINTS, Factor, Lever, Route, Source, Timing, in_units
from forecasting.scenario.levers import YEAR_POINTS as YEAR_POINTS
from forecasting.scenario.model import Amount, Entry, PointLever, Scenario
from forecasting.scenario.pins import paths_held
from forecasting.scenario.projects import Project, as_planned, first_invested, past
from forecasting.scenario.realisation import (
    NEVER,
    RAMP,
    dated,
    drawn_realisation,
    drawn_value_share,
    in_register,
    is_begun,
    loss_multiple,
    plan_share,
    rate_key,
    rates_of,
    realised,
    share_class,
    start_class,
    start_probability,
)
from forecasting.scenario.reference_class import Quantity, RealisationRates


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
        later=plain_sum(share for quarter, share in shares.items() if quarter.year > year),
    )


OWN_UNIT = ""
"""The unit of the indicator, whichever that is."""


@dataclass(frozen=True, slots=True)
class YearContext:
    """The year that is asked for, seen from today.

    Attributes
    ----------
    now
        The first quarter that no indicator has figures of.
    opens
        Where entries start that do not say; None is ``now``.
    price_index, sales_rate, rates
        Of the scenario.
    """

    year: int
    now: Quarter
    seed: int
    price_index: float = 1.0
    sales_rate: float = 1.0
    rates: RealisationRates = field(default_factory=RealisationRates)
    opens: Quarter | None = None

    @property
    def start(self) -> Quarter:
        """The quarter in which entries start that do not say."""
        return self.opens or self.now


class Sides(NamedTuple):
    """How many units one unit of a value counts as, below zero and above it."""

    below: float = 1.0
    above: float = 1.0

    def times(self, value: float) -> float:
        """Return how many units one unit counts as on the side of a value."""
        return self.below if value < 0 else self.above

    def counted(self, value: float) -> float:
        """Return how many units a value counts as."""
        return value * self.times(value)


BOTH_ALIKE = Sides()


@dataclass(frozen=True, slots=True, eq=False)
class Contribution:
    """What one unit of an entry brings to one indicator.

    Attributes
    ----------
    unit
        Of ``table``: one of levels, ``OWN_UNIT``, ``POINTS`` on the growth of single quarters,
        or ``YEAR_POINTS``.
    table
        Shape ``(outcomes, 4)``: by quarter of the year.
    outcome
        Shape ``(paths,)``: the row of each path; None where each path has its own row, or all
        the only one.
    realised
        Shape ``(paths,)``: the share of its row that comes on each path; None is all of it.
    later
        What is expected in later years.
    """

    indicator: str
    unit: str
    table: Array
    later: float
    factors: tuple[Factor, ...] = ()
    outcome: NDArray[np.intp] | None = None
    realised: Array | None = None

    def spread(self, table: Array) -> Array:
        """Return a table like its own on every path, shape ``(paths or 1, 4)``."""
        return on_paths(table, self.outcome, self.realised)

    @property
    def weights(self) -> Array:
        """The weight of each row of the table in its mean over all paths: they may sum to less."""
        rows, realised = len(self.table), self.realised
        if self.outcome is None:
            if realised is None:
                return np.full(rows, 1 / rows)
            return realised / rows if rows > 1 else np.array([realised.mean()])
        return np.bincount(self.outcome, realised, rows) / len(self.outcome)

    @property
    def comes(self) -> bool:
        """Whether it is expected to bring anything."""
        return bool((self.weights @ self.table).any())


def on_paths(table: Array, outcome: NDArray[np.intp] | None, realised: Array | None) -> Array:
    """Return the row of each path, as far as it comes, shape ``(paths or 1, ...)``."""
    rows = table if outcome is None else table.take(outcome, axis=0)
    if realised is None:
        return rows
    return rows * (realised if rows.ndim == 1 else realised[:, None])


def lever_parts(lever: Lever, frame: YearContext) -> list[Contribution]:
    """Return the parts of one unit of an amount lever.

    Raises
    ------
    AssumptionMissing
        Where the arithmetic needs a number that only the zone knows.
    """
    rule = lever.rule
    profile = profile_of(lever.timing, lever.first_counted(frame.start), lever.ramp, frame.year)
    chance: tuple[Factor, ...] = ()
    arrives: NDArray[np.intp] | None = None
    if "probability" in rule.assumptions:
        chance = (_factor(lever, "probability", frame),)
        drawn = uniforms(frame.seed, f"lever {lever.kind} {lever.name}")
        arrives = (drawn < chance[0].value).astype(np.intp)
    share = drawn_value_share(lever, frame.rates, frame.seed)
    comes = _realised(lever, frame)
    parts = []
    for route in rule.routes:
        factors = _factors(lever, route, frame)
        size = math.prod(factor.multiplier for factor in factors)
        full = size * profile.year
        parts.append(
            Contribution(
                indicator=route.indicator,
                unit=route.unit,
                table=full[None, :] if arrives is None else np.stack([0 * full, full]),
                later=size
                * math.prod(factor.value for factor in (*chance, *comes))
                * profile.later,
                factors=(*factors, *chance, *comes),
                outcome=arrives,
                realised=share,
            )
        )
    return parts


def _realised(entry: Lever | Amount | PointLever, frame: YearContext) -> tuple[Factor, ...]:
    """Return the factor of what is expected to come; none where that is all."""
    expected = realised(entry, frame.rates).expected
    own = entry.certain or entry.realised is not None
    source = Source.JUDGEMENT if own else frame.rates.source(*rate_key(entry))
    return () if expected == 1 else (Factor("realised", expected, False, source),)


def _factors(lever: Lever, route: Route, frame: YearContext) -> tuple[Factor, ...]:
    scale = () if route.scale == 1 else (Factor("scale", route.scale, False, None),)
    factors = tuple(_factor(lever, name, frame) for name in route.factors)
    return (
        *scale,
        *factors,
        *(_factor(lever, name, frame, divides=True) for name in route.divisors),
    )


def _factor(lever: Lever, name: str, frame: YearContext, *, divides: bool = False) -> Factor:
    own = name in dict(lever.assumptions)
    common = {"price_index": frame.price_index, "sales_rate": frame.sales_rate}
    value = lever.assumed(name) if own else common.get(name, lever.assumed(name))
    if value is None:
        raise AssumptionMissing(lever=lever.kind, assumption=name)
    source = Source.JUDGEMENT if own else lever.rule.assumptions[name].source
    return Factor(name, value, divides, source)


def amount_parts(amount: Amount, frame: YearContext) -> list[Contribution]:
    """Return the part of one unit of a plain amount."""
    profile = profile_of(Timing.REST_OF_YEAR, amount.start or frame.start, (1.0,), frame.year)
    unit = YEAR_POINTS if amount.points else OWN_UNIT
    comes = _realised(amount, frame)
    later = profile.later * math.prod(factor.value for factor in comes)
    share = drawn_value_share(amount, frame.rates, frame.seed)
    table = profile.year[None, :]
    return [Contribution(amount.indicator, unit, table, later, comes, realised=share)]


def point_parts(lever: PointLever, frame: YearContext) -> list[Contribution]:
    """Return the part of one unit of a point lever."""
    profile = profile_of(Timing.LASTING, lever.start or frame.start, lever.ramp, frame.year)
    size = Factor("size", lever.size, False, lever.source)
    table = _sizes(lever, frame.seed) * profile.year
    factors = (size, *_realised(lever, frame))
    share = drawn_value_share(lever, frame.rates, frame.seed)
    return [Contribution(lever.indicator, POINTS, table, 0.0, factors, realised=share)]


def _sizes(lever: PointLever, seed: int) -> Array:
    """Return the size on each path, shape ``(paths, 1)``, or one for all without a spread.

    Scaled so that their mean is the size to the last digit, not within a Monte Carlo error.
    """
    if lever.spread == 0 or lever.size == 0:
        return np.full((1, 1), lever.size)
    ratio = math.log(lever.spread) - math.log(abs(lever.size))  # its square may be no double
    deviation = math.sqrt(np.logaddexp(0.0, 2 * ratio))
    drawn = np.exp(deviation * ndtri(uniforms(seed, f"point {lever.name} {lever.indicator}")))
    return np.asarray(lever.size * drawn / drawn.mean())[:, None]


_MONEY, _TAX, _FIXED = "1e8 CNY", "1e4 CNY", "fixed_asset_investment"


@dataclass(frozen=True, slots=True)
class _Flow:
    """What a project brings to one indicator, quarter by quarter as planned, times its factors.

    Attributes
    ----------
    first
        From which quarter; what is past of it is not delayed.
    produces
        Whether it comes of production; of investment otherwise.
    by_register
        Whether it counts only once statistics have taken the project in.
    """

    indicator: str
    unit: str
    first: Quarter | None
    amount: Callable[[Quarter], float]
    factors: tuple[Factor, ...] = ()
    produces: bool = False
    by_register: bool = False


def project_parts(project: Project, frame: YearContext) -> list[Contribution]:
    """Return the parts of a project; its start and its delay are drawn once for all of them.

    What has begun by now is in no doubt: only dates ahead can be late or never come. Of a
    project in the trend the parts are what differs from what the trend carries.
    """
    trend = project.in_trend
    if trend is None:
        return [part for part in _planned_parts(project, frame) if part.comes]
    # The trend carries a plan of the same class, drawn with the same numbers: what differs in
    # nothing brings nothing on any path.
    carried = replace(
        trend,
        stage=project.stage,
        signed=project.signed,
        start_planned=project.start_planned,
        total_investment=project.total_investment,
        reference=project.reference,
        plan_share=project.plan_share,
        certain=project.certain,
    )
    if as_planned(carried) == as_planned(project):
        return []
    own, other = (
        {part.indicator: part for part in _planned_parts(one, frame)} for one in (project, carried)
    )
    parts = [_difference(own.get(name), other.get(name)) for name in {**own, **other}]
    return [part for part in parts if part.comes]


def _difference(part: Contribution | None, carried: Contribution | None) -> Contribution:
    """Return what a part brings beyond another on each path; below zero what falls away."""
    one = part or carried
    assert one is not None
    table: Array = np.zeros((1, 4))
    if part is not None:
        table = table + part.spread(part.table)
    if carried is not None:
        table = table - carried.spread(carried.table)
    return replace(one, table=table, outcome=None, realised=None)


def _planned_parts(project: Project, frame: YearContext) -> list[Contribution]:
    """Return the parts of a project as if all of it came on top of the trend."""
    rates, now = frame.rates, frame.now
    project = dated(project, now, frame.start)
    drawn = drawn_realisation(project, rates, now, frame.seed)
    starts: tuple[Factor, ...] = ()
    if not is_begun(project, now):
        key = (start_class(project, now), Quantity.START_EVER)
        own = project.certain or project.start_probability is not None
        source = Source.JUDGEMENT if own else rates.source(*key)
        chance = start_probability(project, rates, now)
        starts = (Factor("start_probability", chance, False, source),)
    completed: tuple[Factor, ...] = ()
    share = plan_share(project, rates, now).expected
    if share != 1:
        key = (share_class(project, now), Quantity.PLAN_SHARE)
        source = Source.JUDGEMENT if project.plan_share is not None else rates.source(*key)
        completed = (Factor("realised", share, False, source),)
    parts = []
    for flow in _flows(project, frame):
        factors = (*flow.factors, *starts, *(() if flow.produces else completed))
        table = np.stack([*_by_delay(flow, frame), np.zeros(4)])
        running = past(flow.first, frame.now)  # its production can slip no more
        outcome = drawn.production_delay if flow.produces and not running else drawn.start_delay
        counted = running if flow.produces else in_register(project, frame.now)
        if flow.by_register and drawn.entered is not None and not counted:
            outcome = np.where(drawn.entered, outcome, NEVER)
        realised = drawn.output_share if flow.produces else drawn.plan_share
        part = Contribution(flow.indicator, flow.unit, table, 0.0, factors, outcome, realised)
        parts.append(part)
    return parts


def _judged(name: str, value: float, *, divides: bool = False) -> Factor:
    return Factor(name, value, divides, Source.JUDGEMENT)


def _by_delay(flow: _Flow, frame: YearContext) -> list[Array]:
    """Return the amounts of the year's four quarters for each delay of ``NEVER`` quarters."""
    quarters = [Quarter(frame.year, number) for number in (1, 2, 3, 4)]
    late = 0 if past(flow.first, frame.now) else -1
    size = math.prod(factor.multiplier for factor in flow.factors)
    return [
        size * np.array([flow.amount(quarter + late * delay) for quarter in quarters])
        for delay in range(NEVER)
    ]


def _flows(project: Project, frame: YearContext) -> list[_Flow]:
    """Return everything a project brings."""
    invested, counted, producing = first_invested(project), project.counted, project.producing
    investment = partial(_investment, project, invested)
    output = partial(_running, project, project.output, counted)
    tax = partial(_running, project, project.tax, producing)
    rate = _judged("value_added_rate", project.value_added_rate)
    retained = _judged("retained", project.retained)
    sold = _common("sales_rate", frame.sales_rate)
    real = _common("price_index", frame.price_index, divides=True)
    flows = [
        _Flow(_FIXED, _MONEY, invested, investment, by_register=True),
        _Flow("tax_revenue", _TAX, producing, tax, produces=True),
        _Flow("general_public_budget_revenue", _TAX, producing, tax, (retained,), produces=True),
    ]
    if project.industrial:
        flows += [
            _Flow("industrial_investment", _MONEY, invested, investment, by_register=True),
            *(
                _Flow(indicator, _MONEY, counted, output, factors, produces=True, by_register=True)
                for indicator, factors in (
                    ("industrial_output", ()),
                    ("industrial_operating_revenue", sold),
                    ("industrial_value_added", (rate, *real)),
                )
            ),
        ]
    return flows


def _common(name: str, value: float, *, divides: bool = False) -> tuple[Factor, ...]:
    """Return a factor that the scenario has for all projects; none where it is one."""
    return () if value == 1 else (_judged(name, value, divides=divides),)


def _running(project: Project, yearly: float, first: Quarter | None, quarter: Quarter) -> float:
    """Return what a quarter brings of a yearly amount at capacity."""
    return yearly / 4 * _ramp(project, first, quarter)


def _ramp(project: Project, first: Quarter | None, quarter: Quarter) -> float:
    """Return the share of capacity reached in a quarter."""
    if first is None or quarter < first:
        return 0.0
    ramp = project.ramp or ((1.0,) if project.certain else RAMP)
    return ramp[min(quarter - first, len(ramp) - 1)]


def _investment(project: Project, invested: Quarter | None, quarter: Quarter) -> float:
    """Return the investment of a quarter: the year's, evenly over its quarters once counted."""
    if invested is None or quarter < invested:
        return 0.0
    first = max(Quarter(quarter.year, 1), invested)
    return dict(project.completion).get(quarter.year, 0.0) / (5 - first.quarter)


def now_of(baseline: Baseline) -> Quarter:
    """Return the first quarter that no indicator with an open year has figures of."""
    year = baseline.question.year
    origins = [line.history.origin for line in baseline.standing]
    latest = max((origin for origin in origins if origin < Quarter(year, 4)), default=None)
    return Quarter(year, 1) if latest is None else max(latest + 1, Quarter(year, 1))


def opening_of(baseline: Baseline) -> Quarter:
    """Return the first quarter in which anything can still be done.

    It has no figures, and is not over by the day that is asked; at the end of the year it stays
    the last one, whose figures are still to come.
    """
    now = now_of(baseline)
    if baseline.opens is None:
        return now
    return max(now, min(baseline.opens, Quarter(baseline.question.year, 4)))


def unit_of(entry: Entry) -> Entry:
    """Return an entry of value 1; a project is one already."""
    return entry if isinstance(entry, Project) else replace(entry, value=1.0)


def value_of(entry: Entry) -> float:
    """Return how many units an entry is; a project is one."""
    return 1.0 if isinstance(entry, Project) else entry.value


def worth(entry: Entry, value: float) -> Entry:
    """Return an entry with a value; a project has none, and is there."""
    return entry if isinstance(entry, Project) else replace(entry, value=value)


def merged(entries: Iterable[Entry]) -> dict[Entry, float]:
    """Return the entries of one unit and how many of each: opposites cancel to the last bit."""
    values: dict[Entry, list[float]] = {}
    for entry in entries:
        values.setdefault(unit_of(entry), []).append(value_of(entry))
    return {entry: total for entry, each in values.items() if (total := math.fsum(each)) != 0}


class Arithmetic:
    """What measures the entries of a scenario against the indicators of a baseline.

    Parameters
    ----------
    rates
        Where projects are left out of the scenario whose outcomes count all the same; None is
        those of the scenario.

    Attributes
    ----------
    year
        The year that is asked for.
    frame
        The same, seen from today.
    lines
        By indicator, what stands for it; only where quarters of the year are open.
    """

    def __init__(
        self, baseline: Baseline, scenario: Scenario, rates: RealisationRates | None = None
    ):
        self._levels: Mapping[str, float] = {**baseline.levels, **dict(scenario.levels)}
        self.year = year = baseline.question.year
        self.lines = {
            line.target.indicator: line
            for line in baseline.standing
            if line.history.origin < Quarter(year, 4)
        }
        self._reached = self.lines.keys() - set(scenario.unmoved)
        self.frame = YearContext(
            year, now_of(baseline), baseline.question.seed,
            scenario.price_index, scenario.sales_rate,
            rates or rates_of(scenario, now_of(baseline)),
            opening_of(baseline),
        )  # fmt: skip
        self._views_lacking = {view.indicator for view in scenario.mixed} - self._levels.keys()
        self._quarters = [Quarter(year, number) for number in (1, 2, 3, 4)]
        self._held = {
            path.indicator: frozenset(quarter for quarter, _ in path.growth)
            for path in paths_held(baseline, scenario.pins)
        }

    def added(self, totals: Mapping[Entry, float]) -> dict[str, Array]:
        """Return what entries add to growth since January, by indicator.

        Parameters
        ----------
        totals
            Entries of one unit, and how many of each.

        Returns
        -------
        dict
            Percentage points, shape ``(paths or 1, quarters ahead)``.
        """
        sums: dict[str, Array] = {}
        for entry, total in totals.items():
            counted = self.sides(entry).counted(total)
            for part in self.parts_of(entry):
                points = counted * self.points(part)
                if points.any():
                    before = sums.get(part.indicator, 0.0)
                    sums[part.indicator] = before + part.spread(points)
        return {name: self.since_january(name, points) for name, points in sums.items()}

    def sides(self, entry: Entry) -> Sides:
        """Return how many units one unit of an entry counts as, as a gain and as a loss.

        A loss is what moves an indicator in the direction that is not good.
        """
        if isinstance(entry, Project):
            return BOTH_ALIKE
        multiple, upwards = loss_multiple(entry, self.frame.rates), True
        if isinstance(entry, Amount | PointLever) and entry.indicator in self.lines:
            upwards = self.lines[entry.indicator].history.indicator.direction is Direction.UP
        if isinstance(entry, PointLever) and entry.size < 0:
            upwards = not upwards
        if isinstance(entry, Lever):  # as firms that shrink, which a rise has more of
            route = entry.rule.routes[0]
            factors = (entry.assumed(name) or 1.0 for name in route.factors)
            upwards = math.prod(factors, start=route.scale) > 0
        return Sides(below=multiple) if upwards else Sides(above=multiple)

    def require_levels(self, entries: Iterable[Entry]) -> None:
        """Raise ``LevelsMissing`` if ``lacking`` returns any indicator."""
        lacking = self.lacking(entries)
        if lacking:
            raise LevelsMissing(lacking, self.year - 1)

    def lacking(self, entries: Iterable[Entry]) -> tuple[Indicator, ...]:
        """Return the indicators whose level of last year is needed and unknown.

        Entries that are not at rest need one, and so do the views that take paths.
        """
        turned = (unit_of(entry) for entry in entries if value_of(entry) != 0)
        lacking = {one.id for one in self.without_level(turned)} | self._views_lacking
        return tuple(self.lines[name].history.indicator for name in self.lines if name in lacking)

    def without_level(self, entries: Iterable[Entry]) -> list[Indicator]:
        """Return the indicators, in catalogue order, that entries move by amounts in vain."""
        missing = {
            part.indicator
            for entry in entries
            for part in self.parts_of(entry)
            if part.unit not in (POINTS, YEAR_POINTS)
            and self.level(part) is None
            and (part.table * self.open(part.indicator)).any()
        }
        return [line.history.indicator for name, line in self.lines.items() if name in missing]

    def parts_of(self, entry: Entry) -> list[Contribution]:
        """Return the parts of an entry of one unit that reach indicators whose year is open.

        Raises
        ------
        AssumptionMissing
            Where the arithmetic needs a number that only the zone knows.
        """
        return [part for part in _parts(entry, self.frame) if part.indicator in self._reached]

    def points(self, part: Contribution) -> Array:
        """Return a part's table as percentage points of full-year growth, shape as the table.

        Without a level it moves nothing: ``require_levels`` says so.

        Raises
        ------
        UnitsDiffer
            Where the amount does not convert into the indicator's unit.
        """
        rows = part.table * self.open(part.indicator)
        if part.unit == YEAR_POINTS:
            return rows
        if part.unit == POINTS:
            weights = self.lines[part.indicator].history.weights(self.year)
            return np.asarray(rows * np.array(weights))
        level = self.level(part)
        if level is None:
            return np.zeros(rows.shape)
        return np.asarray(100 * self.factor(part) / level * rows)

    def ahead(self, indicator: str) -> NDArray[np.bool_]:
        """Return which quarters of the year are not known yet, shape ``(4,)``."""
        origin = self.lines[indicator].history.origin
        return np.array([quarter > origin for quarter in self._quarters])

    def open(self, indicator: str) -> NDArray[np.bool_]:
        """Return which quarters of the year can move: neither known nor held by a pin."""
        held = self._held.get(indicator, frozenset())
        free = np.array([quarter not in held for quarter in self._quarters])
        return np.asarray(self.ahead(indicator) & free)

    def level(self, part: Contribution) -> float | None:
        """Return last year's level that a part is measured against; None without or for points."""
        return None if part.unit in (POINTS, YEAR_POINTS) else self._levels.get(part.indicator)

    def unit(self, part: Contribution) -> str:
        """Return what a part is told in: its indicator's unit, or that of its points."""
        return part.unit if part.unit in (POINTS, YEAR_POINTS) else self._own_unit(part)

    def factor(self, part: Contribution) -> float:
        """Return how many of the indicator's units one of the part's is."""
        if part.unit in (POINTS, YEAR_POINTS, OWN_UNIT):
            return 1.0
        factor = in_units(part.unit, self._own_unit(part))
        if factor is None:
            moved = self.lines[part.indicator].history.indicator
            raise UnitsDiffer(id=moved.id, name=moved.name, wanted=moved.unit, unit=part.unit)
        return factor

    def since_january(self, indicator: str, points: Array) -> Array:
        """Return points of quarters on cumulative growth, one column for each quarter ahead."""
        weights = np.cumsum(self.lines[indicator].history.weights(self.year))
        return np.asarray((points.cumsum(axis=1) / weights)[:, self.ahead(indicator)])

    def _own_unit(self, part: Contribution) -> str:
        return self.lines[part.indicator].history.indicator.unit


@lru_cache(maxsize=256)  # a slider that moves changes values, and nothing of this
def _parts(entry: Entry, frame: YearContext) -> list[Contribution]:
    """Return the parts of one unit of an entry."""
    match entry:
        case Lever():
            return lever_parts(entry, frame)
        case Amount():
            return amount_parts(entry, frame)
        case PointLever():
            return point_parts(entry, frame)
        case Project():
            return project_parts(entry, frame)
