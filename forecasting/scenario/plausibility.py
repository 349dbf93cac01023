"""How plausible pins are beside what is expected without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtr, ndtri

from forecasting.arrays import Array
from forecasting.outlook.judge import Baseline
from forecasting.outlook.paths import Draw, horizon_of
from forecasting.outlook.verdict import LARGEST_LOG_GROWTH
from forecasting.scenario.conditioning import distances, shock_law
from forecasting.scenario.pins import Pin, PinnedPath, drawn_of, paths_held

FARTHEST = 37.0
"""Standard deviations beyond which nothing is told apart: the probability is zero in a double."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How far out something lies.

    Attributes
    ----------
    deviations
        As many standard deviations of a normal distribution as are as probable; signed where
        there are two sides.
    probability
        Of something at least as extreme.
    """

    deviations: float
    probability: float


@dataclass(frozen=True, slots=True)
class Plausibility:
    """How plausible the pins of one indicator are without those of others.

    Attributes
    ----------
    growth
        Of the growth of the pinned quarters together, on either side of what is expected; for a
        full-year pin that is full-year growth.
    path
        Of the whole path: of straying at least as far from what is expected, in any direction
        and quarter. Much less probable than ``growth`` where the path is unusual in its shape.
    """

    indicator: str
    growth: Likelihood
    path: Likelihood


@dataclass(frozen=True, slots=True)
class Plausible:
    """How plausible each pinned indicator is alone, and all pins together.

    Pins that are each plausible may be hardly so together, as when one of two indicators that
    move as one is to rise and the other to fall.
    """

    each: tuple[Plausibility, ...]
    together: Likelihood


def plausibility(baseline: Baseline, pins: Sequence[Pin]) -> Plausible | None:
    """Say how plausible pins are; None without any, errors as ``pinned``."""
    found = paths_held(baseline, pins)
    if not found:
        return None
    drawn = drawn_of(baseline)
    return Plausible(
        each=tuple(
            Plausibility(path.indicator, _of_growth(drawn, path), _of_paths(drawn, [path]))
            for path in found
        ),
        together=_of_paths(drawn, found),
    )


def _of_paths(drawn: Draw, paths: Sequence[PinnedPath]) -> Likelihood:
    """Return how likely paths stray so far, averaged over the members and tails drawn."""
    held = [path.held for path in paths]
    count = sum(len(one.columns) for one in held)
    probability = float(chdtrc(count, distances(drawn, held)).mean())
    return Likelihood(_deviations(probability), probability)


def _of_growth(drawn: Draw, path: PinnedPath) -> Likelihood:
    """Return how likely the pinned quarters together grow so.

    All but the shock of the last of them is taken from the paths, and that one is integrated
    over, so that far tails are told as well as near ones.
    """
    score = _score(drawn, path)
    below, above = float(ndtr(score).mean()), float(ndtr(-score).mean())
    probability = min(1.0, 2 * min(below, above))
    sign = 1.0 if above < below else -1.0
    return Likelihood(sign * _deviations(probability), probability)


def _score(drawn: Draw, path: PinnedPath) -> Array:
    """Return where the last shock of each path has to stand to meet the growth together."""
    held, entry = path.held, drawn.indicators[path.place]
    last, horizon = held.columns[-1], drawn.shocks[path.place].shape[1]
    weights = np.array(
        [path.history.weights(quarter.year)[quarter.quarter - 1] for quarter, _ in path.growth]
    )
    base = path.history.bridged[-4:][held.columns]
    total = (weights * np.exp(held.levels - base)).sum()
    mean, variance = shock_law(drawn, path.place)
    laws = [horizon_of(member, horizon) for member in entry.predictive.members]
    centre = np.array([law[0] for law in laws])[drawn.member[path.place]]
    factor = np.array([law[1] for law in laws])[drawn.member[path.place]]
    spread = drawn.spread[path.place][:, None]
    shocks = drawn.shocks[path.place].copy()
    shocks[:, last] = mean[last]
    levels = (centre + spread * np.einsum("pij,pj->pi", factor, shocks))[:, held.columns]
    growth = np.clip(levels - base, -LARGEST_LOG_GROWTH, LARGEST_LOG_GROWTH)
    rest = total - (weights * np.exp(growth))[:, :-1].sum(axis=1)
    needed = np.log(np.maximum(rest / weights[-1], np.finfo(float).tiny)) + base[-1]
    scale = spread[:, 0] * factor[:, last, last] * np.sqrt(variance[last])
    return np.asarray((needed - levels[:, -1]) / scale)


def _deviations(probability: float) -> float:
    """Return the standard deviations beyond which, on both sides, lies this probability."""
    return min(FARTHEST, float(-ndtri(max(probability, np.finfo(float).tiny) / 2)))
