"""What one unit of every entry of a scenario brings to each indicator, path by path."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.scenario.draws import uniforms
from forecasting.scenario.entries import Amount, PointLever
from forecasting.scenario.errors import AssumptionMissing
from forecasting.scenario.levers import POINTS, Lever, Route, Source, Timing
from forecasting.scenario.levers import YEAR_POINTS as YEAR_POINTS  # beside the units of parts
from forecasting.scenario.timing import profile_of

OWN_UNIT = ""
"""The unit of the indicator, whichever that is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The year that is asked for, seen from today.

    Attributes
    ----------
    now
        The first quarter that no indicator has figures of: where entries start that do not say.
    price_index, sales_rate
        Of the scenario.
    """

    year: int
    now: Quarter
    seed: int
    price_index: float = 1.0
    sales_rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """One factor of an entry's arithmetic; a negative ``power`` divides.

    ``name`` is that of an assumption, ``probability`` or ``size``; ``scale`` is a constant of
    the arithmetic, which needs no source.
    """

    name: str
    value: float
    source: Source | None
    power: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Part:
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
    later
        What comes in later years.
    """

    indicator: str
    unit: str
    table: Array
    later: float
    steps: tuple[Step, ...] = ()
    outcome: NDArray[np.intp] | None = None

    def spread(self, table: Array) -> Array:
        """Return a table like its own on every path, shape ``(paths or 1, 4)``."""
        return table if self.outcome is None else table.take(self.outcome, axis=0)

    @property
    def shares(self) -> Array:
        """The share of paths on each row of the table."""
        rows = len(self.table)
        if self.outcome is None:
            return np.full(rows, 1 / rows)
        return np.bincount(self.outcome, minlength=rows) / len(self.outcome)


def lever_parts(lever: Lever, frame: Frame) -> list[Part]:
    """Return the parts of one unit of an amount lever.

    Raises
    ------
    AssumptionMissing
        Where the arithmetic needs a number that only the zone knows.
    """
    rule = lever.rule
    profile = profile_of(lever.timing, lever.first_counted(frame.now), lever.ramp, frame.year)
    chance: tuple[Step, ...] = ()
    arrives: NDArray[np.intp] | None = None
    if "probability" in rule.assumptions:
        chance = (_step(lever, "probability", frame),)
        drawn = uniforms(frame.seed, f"lever {lever.kind} {lever.name}")
        arrives = (drawn < chance[0].value).astype(np.intp)
    parts = []
    for route in rule.routes:
        steps = _steps(lever, route, frame)
        size = math.prod(step.value**step.power for step in steps)
        full = size * profile.year
        parts.append(
            Part(
                indicator=route.indicator,
                unit=route.unit,
                table=full[None, :] if arrives is None else np.stack([0 * full, full]),
                later=size * math.prod(step.value for step in chance) * profile.later,
                steps=(*steps, *chance),
                outcome=arrives,
            )
        )
    return parts


def _steps(lever: Lever, route: Route, frame: Frame) -> tuple[Step, ...]:
    scale = () if route.scale == 1 else (Step("scale", route.scale, None),)
    factors = tuple(_step(lever, name, frame) for name in route.factors)
    return (*scale, *factors, *(_step(lever, name, frame, power=-1) for name in route.divisors))


def _step(lever: Lever, name: str, frame: Frame, power: int = 1) -> Step:
    own = name in dict(lever.assumptions)
    common = {"price_index": frame.price_index, "sales_rate": frame.sales_rate}
    value = lever.assumed(name) if own else common.get(name, lever.assumed(name))
    if value is None:
        raise AssumptionMissing(lever.kind, name)
    source = Source.JUDGEMENT if own else lever.rule.assumptions[name].source
    return Step(name, value, source, power)


def amount_parts(amount: Amount, frame: Frame) -> list[Part]:
    """Return the part of one unit of a plain amount."""
    profile = profile_of(Timing.REST_OF_YEAR, amount.start or frame.now, (1.0,), frame.year)
    unit = YEAR_POINTS if amount.points else OWN_UNIT
    return [Part(amount.indicator, unit, profile.year[None, :], profile.later)]


def point_parts(lever: PointLever, frame: Frame) -> list[Part]:
    """Return the part of one unit of a point lever."""
    profile = profile_of(Timing.LASTING, lever.start or frame.now, lever.ramp, frame.year)
    step = Step("size", lever.size, lever.source)
    table = _sizes(lever, frame.seed) * profile.year
    return [Part(lever.indicator, POINTS, table, 0.0, (step,))]


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
