"""The member and the tail that a path has, given what its indicator is held to.

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
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri, logsumexp

from forecasting.arrays import Array
from forecasting.models.predictive import Member
from forecasting.outlook.paths import MEMBER, TAIL

POINTS = 1025
"""Of the grid; between them the distribution is interpolated."""
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
    return np.linspace(np.log(low / (1 + distance / freedom)), np.log(high), POINTS)
