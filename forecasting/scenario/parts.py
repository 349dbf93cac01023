"""What one unit of every entry of a scenario brings to each indicator, path by path."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from forecasting.errors import AssumptionMissing
from forecasting.period import Quarter
from forecasting.predictive import Array
from forecasting.scenario.draws import uniforms
from forecasting.scenario.entries import Amount, PointLever
from forecasting.scenario.levers import POINTS, Lever, Route, Source, Timing
from forecasting.scenario.timing import profile_of

YEAR_POINTS = "year_points"
"""Unit of what is given in percentage points of full-year growth."""
OWN_UNIT = ""
"""The unit of the indicator, whichever that is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The year that is asked for, seen from today.

    Attributes
    ----------
    now
        The first quarter that no indicator has figures of: where entries start that do not say.
    """

    year: int
    now: Quarter
    seed: int


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
        Of ``rows``: one of levels, ``OWN_UNIT``, ``POINTS`` on the growth of single quarters,
        or ``YEAR_POINTS``.
    rows
        Shape ``(paths or 1, 4)``: by quarter of the year.
    later
        What comes in later years.
    """

    indicator: str
    unit: str
    rows: Array
    later: float
    steps: tuple[Step, ...] = ()


def lever_parts(lever: Lever, frame: Frame) -> list[Part]:
    """Return the parts of one unit of an amount lever.

    Raises
    ------
    AssumptionMissing
        Where the arithmetic needs a number that only the zone knows.
    """
    rule = lever.rule
    start = lever.start or frame.now
    first = start + (rule.lag if lever.lag is None else lever.lag)
    if rule.next_year:
        first = max(first, Quarter(start.year + 1, 1))
    profile = profile_of(lever.timing, first, lever.ramp, frame.year)
    arrives, chance = np.ones((1, 1)), ()  # type: Array, tuple[Step, ...]
    if "probability" in rule.assumptions:
        step = _step(lever, "probability")
        drawn = uniforms(frame.seed, f"lever {lever.kind} {lever.name}")
        arrives, chance = (drawn < step.value)[:, None].astype(float), (step,)
    parts = []
    for route in rule.routes:
        steps = _steps(lever, route)
        size = math.prod(step.value**step.power for step in steps)
        expected = size * math.prod(step.value for step in chance)
        parts.append(
            Part(
                indicator=route.indicator,
                unit=route.unit,
                rows=arrives * (size * profile.year),
                later=expected * profile.later,
                steps=(*steps, *chance),
            )
        )
    return parts


def _steps(lever: Lever, route: Route) -> tuple[Step, ...]:
    scale = () if route.scale == 1 else (Step("scale", route.scale, None),)
    factors = tuple(_step(lever, name) for name in route.factors)
    return (*scale, *factors, *(_step(lever, name, power=-1) for name in route.divisors))


def _step(lever: Lever, name: str, power: int = 1) -> Step:
    value = lever.assumed(name)
    if value is None:
        raise AssumptionMissing(lever.kind, name)
    own = name in dict(lever.assumptions)
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
    rows = _sizes(lever, frame.seed) * profile.year
    return [Part(lever.indicator, POINTS, rows, 0.0, (step,))]


def _sizes(lever: PointLever, seed: int) -> Array:
    """Return the size on each path, shape ``(paths, 1)``, or one for all without a spread.

    Scaled so that their mean is the size to the last digit, not within a Monte Carlo error.
    """
    if lever.spread == 0 or lever.size == 0:
        return np.full((1, 1), lever.size)
    deviation = math.sqrt(math.log1p((lever.spread / lever.size) ** 2))
    drawn = np.exp(deviation * ndtri(uniforms(seed, f"point {lever.name} {lever.indicator}")))
    return np.asarray(lever.size * drawn / drawn.mean())[:, None]
