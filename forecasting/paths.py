"""Joint sample paths of all indicators' future log levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri, ndtri
from scipy.stats import qmc

from forecasting.correlation import LARGEST_RESIDUAL, shock_correlation
from forecasting.period import Quarter, quarters_between
from forecasting.predictive import Array, Member, Predictive
from forecasting.threads import one_thread

SETS = 8
PATHS_PER_SET = 1024
DIMENSIONS = 10
"""Sobol dimensions of one indicator: eight quarters, the tail of the t, and the member."""
FEWEST_SLOTS = 64
"""Slots drawn at least, so that a catalogue may grow without moving anyone's draws."""
_TAIL, _MEMBER = 8, 9
MOST_SPREADS = 256
"""Members whose tails are kept: of the steps of an explanation nearly all have the same."""
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


def draw_paths(
    indicators: Sequence[Forecasted], last: Quarter, seed: int, *, correlated: bool = True
) -> list[Paths]:
    """Draw joint paths of log levels up to a common last quarter.

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
        One that has seen ``last`` has no quarter to draw; its residuals still tell the others.
    last
        Last quarter drawn, at most eight after the earliest origin.

    Returns
    -------
    list of Paths
        Per indicator, with h the quarters from its origin to ``last``.
    """
    if not indicators:
        return []
    slots = max(FEWEST_SLOTS, *(entry.slot + 1 for entry in indicators))
    uniforms = _sobol(slots, seed)
    residuals = [dict(entry.predictive.model.report.residuals) for entry in indicators]
    learned = [dict(entry.predictive.shocks) for entry in indicators]
    correlation = shock_correlation(learned) if correlated else np.eye(len(indicators))
    with one_thread():
        shocks = _shocks(indicators, residuals, correlation, uniforms, last)
        return [
            _levels(entry, uniforms, shocks[position], last)
            for position, entry in enumerate(indicators)
        ]


@lru_cache(maxsize=2)
def _sobol(slots: int, seed: int) -> Array:
    """Return uniforms, shape ``(8192, slots, DIMENSIONS)``, strictly between 0 and 1."""
    sets = [
        qmc.Sobol(
            slots * DIMENSIONS, scramble=True, rng=np.random.default_rng([seed, number])
        ).random(PATHS_PER_SET)
        for number in range(SETS)
    ]
    uniforms = np.clip(np.concatenate(sets), 1e-9, 1 - 1e-9).reshape(-1, slots, DIMENSIONS)
    uniforms.flags.writeable = False  # kept between draws
    return uniforms


def _shocks(
    indicators: Sequence[Forecasted],
    residuals: Sequence[Mapping[Quarter, float]],
    correlation: Array,
    uniforms: Array,
    last: Quarter,
) -> list[Array]:
    """Return standard normal shocks per indicator, shape ``(paths, quarters to last)``."""
    origins = [entry.predictive.origin for entry in indicators]
    shocks: list[list[Array]] = [[] for _ in indicators]
    for quarter in quarters_between(min(origins) + 1, last):
        open_ = [i for i, origin in enumerate(origins) if origin < quarter]
        if not open_:
            continue
        seen = [i for i in range(len(origins)) if i not in open_ and quarter in residuals[i]]
        known = np.array([residuals[i][quarter] for i in seen])
        normals = ndtri(
            np.stack([uniforms[:, indicators[i].slot, quarter.ordinal % 8] for i in open_], axis=1)
        )
        mean, factor = _conditional(correlation, open_, seen, known)
        for position, values in zip(open_, (mean + normals @ factor.T).T, strict=True):
            shocks[position].append(values)
    nothing = np.empty((len(uniforms), 0))
    return [np.stack(quarters, axis=1) if quarters else nothing for quarters in shocks]


def _conditional(
    correlation: Array, open_: list[int], seen: list[int], known: Array
) -> tuple[Array, Array]:
    """Return mean and Cholesky factor of the open shocks given the residuals seen."""
    covariance = correlation[np.ix_(open_, open_)]
    mean: Array = np.zeros(len(open_))
    if seen:
        cross = correlation[np.ix_(open_, seen)]
        weights = np.linalg.solve(correlation[np.ix_(seen, seen)], cross.T).T
        mean = np.asarray(weights @ np.clip(known, -LARGEST_RESIDUAL, LARGEST_RESIDUAL))
        covariance = covariance - weights @ cross.T
    return mean, np.asarray(np.linalg.cholesky(covariance + JITTER * np.eye(len(open_))))


def _levels(entry: Forecasted, uniforms: Array, shocks: Array, last: Quarter) -> Paths:
    """Turn an indicator's shocks into log levels, each path through the member it draws."""
    members = entry.predictive.members
    bounds = np.cumsum([member.weight for member in members])
    drawn = np.searchsorted(bounds[:-1], uniforms[:, entry.slot, _MEMBER], side="right")
    horizon = max(0, last - entry.predictive.origin)
    levels = np.empty((len(uniforms), horizon))
    for number, member in enumerate(members):
        rows = np.flatnonzero(drawn == number)
        tails = uniforms[rows, entry.slot, _TAIL]
        levels[rows] = _member_levels(member, shocks[rows], tails, horizon)
    return Paths(levels, drawn)


def _member_levels(member: Member, shocks: Array, tails: Array, horizon: int) -> Array:
    """Return a member's log levels of ``horizon`` quarters for its standard normal shocks."""
    mean = member.mean[:horizon]
    covariance = member.covariance[:horizon, :horizon]
    factor = np.linalg.cholesky(covariance + JITTER * np.eye(horizon))
    spread = _spread(member.degrees_of_freedom, tails.tobytes())
    return np.asarray(mean + spread[:, None] * (shocks @ factor.T))


@lru_cache(maxsize=MOST_SPREADS)
def _spread(freedom: float, tails: bytes) -> Array:
    """Return what makes normal shocks those of a t, for uniforms given as bytes."""
    uniforms = np.frombuffer(tails)
    if not np.isfinite(freedom):
        return np.ones(len(uniforms))
    spread = np.sqrt(freedom / chdtri(freedom, uniforms))
    spread.flags.writeable = False  # kept between draws
    return np.asarray(spread)
