"""Joint paths given log levels that some indicators take, exactly or up to noise.

A pin holds a level exactly. Months of an open quarter tell its level up to a noise, which is drawn
for every path; it has the tail of the path, so that what is known with it stays a multivariate t.

Given the members and tails it was drawn with, a path is a linear function of normal shocks, so
holding it is linear too. The conditional draw is made from the draw there is: every shock moves
by its regression on what is held, times what the drawn path misses that by (Matheron's rule, as
in Hoffman and Ribak 1991). A path that happens to meet what is held stays where it was, and the
draws stay those of the seed, so that holding a slightly other level moves a path slightly.

A path's member and the tail of its t are drawn given what its own indicator is held to, with the
same uniforms as without: a far level is told less by a narrow member and by a path without a
tail. With one indicator held the paths are draws of the exact conditional distribution; with
several, member and tail of each do not learn from the others.

A member of ``f`` degrees of freedom spreads normal shocks by ``sqrt(f / w)``, where ``w`` is
chi-squared. What is held is, given ``w``, normal; the distribution of ``w`` and the weight of the
member follow by Bayes' theorem, on a grid of ``log w``. For shocks of mean zero this is the closed
form of the conditional multivariate t (Ding 2016): ``w`` times one plus the squared distance over
``f`` is chi-squared with as many more degrees of freedom as levels are held. Residuals that others
have seen shift the mean; then there is no closed form.

References
----------
Ding, P. (2016), "On the conditional distribution of the multivariate t distribution", *The American
Statistician* 70, 293-295.
Hoffman, Y. and Ribak, E. (1991), "Constrained realizations of Gaussian fields: a simple
algorithm", *Astrophysical Journal* 380, L5-L8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri, logsumexp, ndtri

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import SEASON
from forecasting.models.predictive import Member
from forecasting.outlook.paths import (
    MEMBER,
    PATHS_PER_SET,
    QUARTER_DIMENSIONS,
    SETS,
    TAIL,
    Draw,
    Paths,
    horizon_of,
    paths_of,
)

GRID_POINTS = 1025
"""Values of ``log w``; between them the distribution is interpolated."""
OUTSIDE = 1e-10
"""Probability beyond either end of the grid."""


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """One member given what is held.

    Attributes
    ----------
    log_likelihood
        Of the member, its tail averaged out.
    spread, below
        Rising values of the spread and the probability of no more than each; None for a Gaussian
        member, whose spread is one.
    """

    log_likelihood: float
    spread: Array | None
    below: Array | None


def drawn_given(
    members: Sequence[Member],
    offsets: Sequence[Array],
    shifts: Sequence[Array],
    covariances: Sequence[Array],
    uniforms: Array,
) -> tuple[NDArray[np.intp], Array]:
    """Draw each path's member and spread given what its indicator is held to.

    Parameters
    ----------
    offsets
        Per member, shape ``(c,)``: the held log levels over its means.
    shifts, covariances
        Per member, shapes ``(c,)`` and ``(c, c)``: mean and covariance of what its shocks add
        there at a spread of one.
    uniforms
        Shape ``(paths, DIMENSIONS)``: those of the indicator.

    Returns
    -------
    member, spread
        Shape ``(paths,)`` each.
    """
    given = [_given(*each) for each in zip(members, offsets, shifts, covariances, strict=True)]
    logs = np.array([one.log_likelihood for one in given])
    weights = np.array([member.weight for member in members]) * np.exp(logs - logs.max())
    bounds = np.cumsum(weights / weights.sum())
    drawn = np.searchsorted(bounds[:-1], uniforms[:, MEMBER], side="right")
    spread = np.ones(len(uniforms))
    for number, one in enumerate(given):
        rows = np.flatnonzero(drawn == number)
        if one.spread is not None and one.below is not None:
            spread[rows] = np.interp(uniforms[rows, TAIL], one.below, one.spread)
    return drawn, spread


def _given(member: Member, offset: Array, shift: Array, covariance: Array) -> _Given:
    """Condition one member, and its tail where it has one."""
    factor = np.linalg.cholesky(covariance)
    far, near = np.linalg.solve(factor, np.stack([offset, shift], axis=1)).T
    volume = float(np.log(np.diag(factor)).sum())
    freedom, held = member.degrees_of_freedom, len(offset)
    if not np.isfinite(freedom):
        return _Given(-0.5 * float(((far - near) ** 2).sum()) - volume, None, None)
    log_w = _grid(freedom, held, float((far**2).sum()))
    spread = np.sqrt(freedom / np.exp(log_w))
    prior = 0.5 * freedom * log_w - 0.5 * np.exp(log_w)
    misses = far / spread[:, None] - near
    likelihood = -held * np.log(spread) - 0.5 * (misses**2).sum(axis=1) - volume
    both = prior + likelihood
    mass = np.exp(both - both.max())
    steps = (mass[1:] + mass[:-1]) / 2
    below = np.concatenate([[0.0], steps[::-1].cumsum()]) / steps.sum()
    return _Given(float(logsumexp(both) - logsumexp(prior)), spread[::-1], below)


def _grid(freedom: float, held: int, distance: float) -> Array:
    """Return values of ``log w`` that hold all but nothing of it, held or not."""
    low, high = chdtri(freedom, 1 - OUTSIDE), chdtri(freedom + held, OUTSIDE)
    return np.linspace(np.log(low / (1 + distance / freedom)), np.log(high), GRID_POINTS)


@dataclass(frozen=True, slots=True, eq=False)
class HeldLevels:
    """The log levels that one indicator is held to.

    Attributes
    ----------
    place
        Of the indicator in the draw.
    columns
        Shape ``(c,)``: columns of its paths; one may stand twice if one of both is noisy.
    levels
        Shape ``(c,)``: log levels there.
    noise
        Shape ``(c,)``: the scale by which they may be off, zero for what is exact; None where
        all are. Only the first column of an indicator may be noisy.
    """

    place: int
    columns: NDArray[np.intp]
    levels: Array
    noise: Array | None = None

    @property
    def variance(self) -> Array:
        """Square of the noise, shape ``(c,)``."""
        return np.zeros(len(self.columns)) if self.noise is None else self.noise**2

    @property
    def exact(self) -> NDArray[np.bool_]:
        """Which levels are met on every path, shape ``(c,)``."""
        return np.asarray(self.variance == 0)


def merged(held: Sequence[HeldLevels]) -> list[HeldLevels]:
    """Return one entry for each indicator, in the order of their places."""
    together = []
    for place in sorted({one.place for one in held}):
        own = [one for one in held if one.place == place]
        if len(own) == 1:
            together += own
            continue
        columns, levels = (
            np.concatenate([getattr(one, name) for one in own]) for name in ("columns", "levels")
        )
        noise = np.sqrt(np.concatenate([one.variance for one in own]))
        together.append(HeldLevels(place, columns, levels, noise))
    return together


def condition(drawn: Draw, held: Sequence[HeldLevels]) -> list[Paths]:
    """Return the joint paths given what is held, at most one entry for each indicator."""
    paths = paths_of(given(drawn, held))
    for one in held:  # met but for rounding already
        paths[one.place].levels[:, one.columns[one.exact]] = one.levels[one.exact]
    return paths


def given(drawn: Draw, held: Sequence[HeldLevels]) -> Draw:
    """Return the draw given what is held, at most one entry for each indicator."""
    if not held:
        return drawn
    member, spread = list(drawn.member), list(drawn.spread)
    for one in held:
        member[one.place], spread[one.place] = _latent(drawn, one)
    drawn = replace(drawn, member=tuple(member), spread=tuple(spread))
    drawn = replace(drawn, shocks=_apart_from_noise(drawn, held))
    return replace(drawn, shocks=_moved(drawn, held))


def distances(drawn: Draw, held: Sequence[HeldLevels]) -> Array:
    """Return how far off what is held lies, for the member and tail that each path drew.

    Returns
    -------
    ndarray
        Shape ``(8192,)``: squared Mahalanobis distances. Of levels drawn from that member and
        tail they are chi-squared, with as many degrees of freedom as levels are held.
    """
    missed = _missed_by_means(drawn, held)
    return np.asarray((np.hstack(missed) * _solved(drawn, held, missed)).sum(axis=1))


def law_given(drawn: Draw, held: Sequence[HeldLevels], place: int) -> tuple[Array, Array]:
    """Return mean and variance of one indicator's shocks given what is held.

    Shape ``(8192, h)`` each, for the member and tail that each path drew.
    """
    mean, variance = shock_law(drawn, place)
    shape = drawn.shocks[place].shape
    if not held:
        return np.broadcast_to(mean, shape), np.broadcast_to(variance, shape)
    cross = np.concatenate(
        [
            np.einsum(
                "pch,hk->pck",
                _loadings(drawn, one)[drawn.member[one.place]],
                _together(drawn, one.place, place),
            )
            for one in held
        ],
        axis=1,
    )
    solved = _solved(drawn, held, _missed_by_means(drawn, held))
    gains = np.stack([_solved(drawn, held, [cross[:, :, k]]) for k in range(shape[1])], axis=2)
    known = np.einsum("pck,pck->pk", cross, gains)
    return mean + np.einsum("pck,pc->pk", cross, solved), np.maximum(variance - known, 0.0)


def _missed_by_means(drawn: Draw, held: Sequence[HeldLevels]) -> list[Array]:
    """Return what the held levels lie above what is expected, per entry."""
    means = [shock_law(drawn, one.place)[0] for one in held]
    return [_missed(drawn, one, mean) for one, mean in zip(held, means, strict=True)]


def shock_law(drawn: Draw, place: int) -> tuple[Array, Array]:
    """Return mean and variance of one indicator's shocks, by quarter from its origin on."""
    own = [(law, law.open_.index(place)) for law in drawn.laws if place in law.open_]
    mean = np.array([law.mean[row] for law, row in own])
    return mean, np.array([law.covariance[row, row] for law, row in own])


def _latent(drawn: Draw, held: HeldLevels) -> tuple[NDArray[np.intp], Array]:
    """Draw member and spread of each path given what its own indicator is held to."""
    entry = drawn.indicators[held.place]
    shift, variance = shock_law(drawn, held.place)
    offsets, shifts, covariances = [], [], []
    for member in entry.predictive.members:
        mean, factor = horizon_of(member, len(shift))
        rows = factor[held.columns]
        offsets.append(held.levels - mean[held.columns])
        shifts.append(rows @ shift)
        covariances.append((rows * variance) @ rows.T + np.diag(held.variance))
    own = drawn.uniforms[:, entry.slot]
    return drawn_given(entry.predictive.members, offsets, shifts, covariances, own)


def _moved(drawn: Draw, held: Sequence[HeldLevels]) -> tuple[Array, ...]:
    """Return the shocks of every indicator, moved to where the held levels are met."""
    missed = [_missed(drawn, one, drawn.shocks[one.place]) - _noise(drawn, one) for one in held]
    solved = _solved(drawn, held, missed)
    shocks = list(drawn.shocks)
    start = 0
    for one in held:
        end = start + len(one.columns)
        pull = np.einsum(
            "pch,pc->ph", _loadings(drawn, one)[drawn.member[one.place]], solved[:, start:end]
        )
        for place in range(len(shocks)):
            shocks[place] = shocks[place] + pull @ _together(drawn, one.place, place)
        start = end
    return tuple(shocks)


def _noise(drawn: Draw, held: HeldLevels) -> Array:
    """Return how far off the held levels are on each path, in units of the spread.

    Drawn with a dimension of the indicator that no quarter of a year ahead uses.
    """
    if held.noise is None:
        return np.zeros(len(held.columns))
    unused = _after_a_year(drawn, held).ordinal % QUARTER_DIMENSIONS
    slot = drawn.indicators[held.place].slot
    return np.asarray(ndtri(drawn.uniforms[:, slot, unused])[:, None] * held.noise)


def _after_a_year(drawn: Draw, held: HeldLevels) -> Quarter:
    return drawn.indicators[held.place].predictive.origin + 1 + SEASON


def _apart_from_noise(drawn: Draw, held: Sequence[HeldLevels]) -> tuple[Array, ...]:
    """Return the shocks of every indicator, where paths go on beyond a year apart from the noise.

    The quarter after a year is drawn with the numbers of the noise. There each path takes the
    shocks of another of its set, those of all indicators together.
    """
    order = np.random.default_rng(0).permutation(PATHS_PER_SET)
    rows = (np.arange(SETS)[:, None] * PATHS_PER_SET + order).ravel()
    shocks = list(drawn.shocks)
    for quarter in {_after_a_year(drawn, one) for one in held if one.noise is not None}:
        for place, entry in enumerate(drawn.indicators):
            column = quarter - entry.predictive.origin - 1
            if 0 <= column < shocks[place].shape[1]:
                shocks[place] = shocks[place].copy()
                shocks[place][:, column] = shocks[place][rows, column]
    return tuple(shocks)


def _missed(drawn: Draw, held: HeldLevels, shocks: Array) -> Array:
    """Return what the held levels lie above those of given shocks, in units of the spread."""
    member = drawn.member[held.place]
    expected = np.array(
        [one.mean[held.columns] for one in drawn.indicators[held.place].predictive.members]
    )
    offset = held.levels - expected[member]
    shocks = np.broadcast_to(shocks, drawn.shocks[held.place].shape)
    reached = np.einsum("pch,ph->pc", _loadings(drawn, held)[member], shocks)
    return np.asarray(offset / drawn.spread[held.place][:, None] - reached)


def _solved(drawn: Draw, held: Sequence[HeldLevels], missed: Sequence[Array]) -> Array:
    """Return what is missed over the covariance of what is held, path by path."""
    first, kind = _kinds([drawn.member[one.place] for one in held])
    loadings = [_loadings(drawn, one) for one in held]
    covariance = np.block(
        [
            [
                (left[:, None] @ _together(drawn, one.place, other.place) @ right.swapaxes(1, 2))[
                    drawn.member[one.place][first], drawn.member[other.place][first]
                ]
                for other, right in zip(held, loadings, strict=True)
            ]
            for one, left in zip(held, loadings, strict=True)
        ]
    )
    covariance = covariance + np.diag(np.concatenate([one.variance for one in held]))
    inverse = np.linalg.inv(covariance)[kind]
    return np.asarray(np.einsum("pcd,pd->pc", inverse, np.hstack(missed)))


def _kinds(members: Sequence[NDArray[np.intp]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return a path of each combination of members there is, and which of these every path has.

    Paths of the same members have the same covariance.
    """
    first, kind = np.zeros(1, np.intp), np.zeros(len(members[0]), np.intp)
    for member in members:
        codes = kind * (member.max() + 1) + member
        _, first, kind = np.unique(codes, return_index=True, return_inverse=True)
    return first, kind


def _loadings(drawn: Draw, held: HeldLevels) -> Array:
    """Return what shocks add to the held levels at a spread of one, shape ``(members, c, h)``."""
    horizon = drawn.shocks[held.place].shape[1]
    members = drawn.indicators[held.place].predictive.members
    return np.array([horizon_of(member, horizon)[1][held.columns] for member in members])


def _together(drawn: Draw, one: int, other: int) -> Array:
    """Return the covariance of two indicators' shocks: one row and column for each quarter."""
    covariance = np.zeros((drawn.shocks[one].shape[1], drawn.shocks[other].shape[1]))
    for law in drawn.laws:
        if one in law.open_ and other in law.open_:
            row = law.quarter - drawn.indicators[one].predictive.origin - 1
            column = law.quarter - drawn.indicators[other].predictive.origin - 1
            covariance[row, column] = law.covariance[law.open_.index(one), law.open_.index(other)]
    return covariance
