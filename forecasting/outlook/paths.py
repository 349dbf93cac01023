"""Joint sample paths of all indicators' future log levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri, ndtri
from scipy.stats import qmc

from forecasting.arrays import Array, plain_sum
from forecasting.figures.period import Quarter, quarters_between
from forecasting.models.predictive import Member, Predictive

SETS = 8
PATHS_PER_SET = 1024
DIMENSIONS = 10
"""Sobol dimensions of one indicator: eight quarters, the tail of the t, and the member."""
FEWEST_SLOTS = 64
"""Slots drawn at least; further ones come in blocks of as many, so that a catalogue may grow
without moving anyone's draws."""
QUARTER_DIMENSIONS, TAIL, MEMBER = 8, 8, 9
MOST_SPREADS = 256
"""Members whose tails are kept: of the steps of an explanation nearly all have the same."""
LARGEST_RESIDUAL = 3.0
"""A standardised residual counts for no more than this, lest one shock make the correlation."""
JITTER = 1e-12
"""Added to variances, so that a singular matrix still has a factor; far below any rounding."""


@dataclass(frozen=True, slots=True)
class Forecasted:
    """One indicator in a draw; ``slot`` is its place in the catalogue, which keys its draws."""

    slot: int
    predictive: Predictive


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Joint paths of one indicator.

    Attributes
    ----------
    levels
        Shape ``(8192, h)``: log levels; column 1 is the quarter after its own origin; rows are
        the same path in every indicator, set after set.
    member
        Shape ``(8192,)``: which member of its predictive each path was drawn from.
    """

    levels: Array
    member: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class ShockLaw:
    """How the shocks of one quarter are distributed before a path is drawn.

    Attributes
    ----------
    open_
        Places of the n indicators that have not seen the quarter.
    mean, covariance
        Shapes ``(n,)`` and ``(n, n)``: normal, given the residuals of those that have seen it.
    """

    quarter: Quarter
    open_: tuple[int, ...]
    mean: Array
    covariance: Array


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """What joint paths are made from, by indicator: shocks, and what turns them into levels.

    Attributes
    ----------
    uniforms
        Shape ``(8192, slots, DIMENSIONS)``: what all else is drawn with.
    laws
        By quarter, what the shocks were drawn from.
    shocks
        Per indicator, shape ``(8192, h)``, columns as in ``Paths.levels``.
    member
        Per indicator, as in ``Paths``.
    spread
        Per indicator, shape ``(8192,)``: what makes the normal shocks of a path those of a t.
    """

    indicators: tuple[Forecasted, ...]
    uniforms: Array
    laws: tuple[ShockLaw, ...]
    shocks: tuple[Array, ...]
    member: tuple[NDArray[np.intp], ...]
    spread: tuple[Array, ...]


def draw(
    indicators: Sequence[Forecasted], last: Quarter, seed: int, *, correlated: bool = True
) -> Draw:
    """Draw what joint paths up to a common last quarter are made of by ``paths_of``.

    Each path draws one member per indicator for all its quarters. The standard normal shocks
    of one quarter are correlated across indicators as the residuals of their models are; where
    some indicators have already seen a quarter that others have not (ragged ends), the others'
    shocks are drawn conditional on the residuals seen. Eight independently scrambled Sobol sets
    of 1,024 make the paths, so that the spread between the sets measures the Monte Carlo error.
    The draws of an indicator and quarter depend on the seed, the indicator's slot and the
    quarter alone.

    Parameters
    ----------
    indicators
        At least one. One that has seen ``last`` has no quarter to draw; its residuals still tell
        the others.
    last
        Last quarter drawn, at most eight after the earliest origin.
    """
    slots = max(FEWEST_SLOTS, *(indicator.slot + 1 for indicator in indicators))
    uniforms = uniforms_of(slots, seed)
    laws = _laws(indicators, last, correlated=correlated)
    shocks = _shocks(indicators, laws, uniforms)
    member = [_drawn_members(indicator, uniforms) for indicator in indicators]
    spread = [
        _spreads(indicator, uniforms, own)
        for indicator, own in zip(indicators, member, strict=True)
    ]
    return Draw(
        tuple(indicators), uniforms, tuple(laws), tuple(shocks), tuple(member), tuple(spread)
    )


def paths_of(drawn: Draw) -> list[Paths]:
    """Turn the shocks of each indicator into log levels, from its origin to the last quarter."""
    each = zip(drawn.indicators, drawn.shocks, drawn.member, drawn.spread, strict=True)
    return [
        Paths(_levels(indicator.predictive, shocks, member, spread), member)
        for indicator, shocks, member, spread in each
    ]


@lru_cache(maxsize=2)
def uniforms_of(slots: int, seed: int) -> Array:
    """Return uniforms, shape ``(8192, slots, DIMENSIONS)``, strictly between 0 and 1."""
    blocks = range(-(-slots // FEWEST_SLOTS))
    sets = [
        np.concatenate([_block(seed, number, block) for block in blocks], axis=1)[:, :slots]
        for number in range(SETS)
    ]
    uniforms: Array = np.clip(np.concatenate(sets), 1e-9, 1 - 1e-9)
    uniforms.flags.writeable = False  # kept between draws
    return uniforms


def _block(seed: int, number: int, block: int) -> Array:
    """Return one set's points of a block of slots, those of further blocks in an order of theirs.

    In the same order the points of two blocks would go together, whatever scrambles them.
    """
    rng = np.random.default_rng([seed, number, block])
    points = qmc.Sobol(FEWEST_SLOTS * DIMENSIONS, scramble=True, rng=rng).random(PATHS_PER_SET)
    ordered = rng.permutation(points) if block else points
    return np.asarray(ordered.reshape(-1, FEWEST_SLOTS, DIMENSIONS))


def _laws(indicators: Sequence[Forecasted], last: Quarter, *, correlated: bool) -> list[ShockLaw]:
    """Return what shocks are drawn from, quarter by quarter from the earliest origin on."""
    residuals = [dict(indicator.predictive.model.report.residuals) for indicator in indicators]
    learned = [dict(indicator.predictive.shocks) for indicator in indicators]
    correlation = shock_correlation(learned) if correlated else np.eye(len(indicators))
    origins = [indicator.predictive.origin for indicator in indicators]
    laws = []
    for quarter in quarters_between(min(origins) + 1, last):
        open_ = [i for i, origin in enumerate(origins) if origin < quarter]
        if not open_:
            continue
        seen = [i for i in range(len(origins)) if i not in open_ and quarter in residuals[i]]
        known = np.array([residuals[i][quarter] for i in seen])
        laws.append(ShockLaw(quarter, tuple(open_), *_conditional(correlation, open_, seen, known)))
    return laws


def _shocks(
    indicators: Sequence[Forecasted], laws: Sequence[ShockLaw], uniforms: Array
) -> list[Array]:
    """Return standard normal shocks per indicator, shape ``(paths, quarters to last)``."""
    shocks: list[list[Array]] = [[] for _ in indicators]
    for law in laws:
        dimension = law.quarter.ordinal % QUARTER_DIMENSIONS
        slots = [indicators[i].slot for i in law.open_]
        normals = ndtri(np.stack([uniforms[:, slot, dimension] for slot in slots], axis=1))
        factor = np.linalg.cholesky(law.covariance + JITTER * np.eye(len(slots)))
        for position, values in zip(law.open_, (law.mean + normals @ factor.T).T, strict=True):
            shocks[position].append(values)
    nothing = np.empty((len(uniforms), 0))
    return [np.stack(quarters, axis=1) if quarters else nothing for quarters in shocks]


def _conditional(
    correlation: Array, open_: list[int], seen: list[int], known: Array
) -> tuple[Array, Array]:
    """Return mean and covariance of the open shocks given the residuals seen."""
    covariance = correlation[np.ix_(open_, open_)]
    mean: Array = np.zeros(len(open_))
    if seen:
        cross = correlation[np.ix_(open_, seen)]
        weights = np.linalg.solve(correlation[np.ix_(seen, seen)], cross.T).T
        mean = np.asarray(weights @ np.clip(known, -LARGEST_RESIDUAL, LARGEST_RESIDUAL))
        covariance = covariance - weights @ cross.T
    return mean, np.asarray(covariance)


def _drawn_members(indicator: Forecasted, uniforms: Array) -> NDArray[np.intp]:
    """Return the member that each path draws."""
    bounds = np.cumsum([member.weight for member in indicator.predictive.members])
    return np.searchsorted(bounds[:-1], uniforms[:, indicator.slot, MEMBER], side="right")


def _spreads(indicator: Forecasted, uniforms: Array, drawn: NDArray[np.intp]) -> Array:
    """Return the spread of each path, by the degrees of freedom of the member it draws."""
    spread = np.empty(len(uniforms))
    for number, member in enumerate(indicator.predictive.members):
        rows = np.flatnonzero(drawn == number)
        tails = uniforms[rows, indicator.slot, TAIL]
        spread[rows] = _spread(member.degrees_of_freedom, tails.tobytes())
    return spread


def _levels(predictive: Predictive, shocks: Array, drawn: NDArray[np.intp], spread: Array) -> Array:
    """Turn an indicator's shocks into log levels, each path through the member it draws."""
    levels = np.empty(shocks.shape)
    for number, member in enumerate(predictive.members):
        rows = np.flatnonzero(drawn == number)
        mean, factor = horizon_of(member, shocks.shape[1])
        levels[rows] = mean + spread[rows, None] * (shocks[rows] @ factor.T)
    return levels


def horizon_of(member: Member, horizon: int) -> tuple[Array, Array]:
    """Return a member's mean and the factor of its scale matrix, of the first quarters."""
    covariance = member.covariance[:horizon, :horizon]
    factor = np.linalg.cholesky(covariance + JITTER * np.eye(horizon))
    return member.mean[:horizon], np.asarray(factor)


@lru_cache(maxsize=MOST_SPREADS)
def _spread(freedom: float, tails: bytes) -> Array:
    """Return what makes normal shocks those of a t, for uniforms given as bytes."""
    uniforms = np.frombuffer(tails)
    if not np.isfinite(freedom):
        return np.ones(len(uniforms))
    spread = np.sqrt(freedom / chdtri(freedom, uniforms))
    spread.flags.writeable = False  # kept between draws
    return np.asarray(spread)


def shock_correlation(residuals: Sequence[Mapping[Quarter, float]]) -> Array:
    """Estimate the correlation of shocks across indicators, shrunk towards none.

    Residuals are cut off at ``LARGEST_RESIDUAL`` and scaled to unit mean square; a quarter
    that an indicator lacks counts as zero, which shrinks pairs with little in common and keeps
    the matrix positive. The result is shrunk towards the identity by the intensity of Ledoit
    and Wolf.

    Parameters
    ----------
    residuals
        For each of n indicators, standardised one-step residuals by quarter.

    Returns
    -------
    ndarray
        Shape ``(n, n)``, positive definite, ones on the diagonal.

    References
    ----------
    Ledoit, O. and Wolf, M. (2004), "A well-conditioned estimator for large-dimensional
    covariance matrices", *Journal of Multivariate Analysis* 88, section 3.2.
    """
    n = len(residuals)
    quarters = sorted(set().union(*residuals)) if residuals else []
    if n < 2 or len(quarters) < 2:
        return np.eye(n)
    table = np.array([[series.get(quarter, 0.0) for series in residuals] for quarter in quarters])
    table = np.clip(table, -LARGEST_RESIDUAL, LARGEST_RESIDUAL)
    size = np.sqrt(np.mean(table**2, axis=0))
    table = table / np.where(size > 0, size, 1.0)
    sample = table.T @ table / len(quarters)
    np.fill_diagonal(sample, 1.0)
    intensity = _ledoit_wolf_intensity(table, sample)
    return np.asarray((1 - intensity) * sample + intensity * np.eye(n))


def _ledoit_wolf_intensity(table: Array, sample: Array) -> float:
    """Return the weight of the identity, from 0 to 1: their b^2 / d^2 with the mean known."""
    n = len(sample)
    distance = float(np.sum((sample - np.eye(n)) ** 2)) / n
    if distance <= 1e-12:
        return 1.0
    spread = plain_sum(float(np.sum((np.outer(row, row) - sample) ** 2)) / n for row in table)
    return min(1.0, spread / len(table) ** 2 / distance)
