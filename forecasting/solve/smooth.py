r"""A smooth stand-in for the all-clear probability, and the least effort against it.

The all-clear is a joint chance constraint on sampled paths: a step function of the levers, flat
where no path is clear. In its place stands

.. math:: P_h(x) = \frac1n \sum_k \prod_c \sigma\bigl(m_{kc}(x) / (h s_c)\bigr),

the probability that every margin :math:`m_{kc}` stays positive once logistic noise of :math:`h`
times its own spread :math:`s_c` is added to it. It has a gradient everywhere, also where the
probability itself is zero. Margins are linear in the levers, or steeper where a lever is a loss
and so concave; where the paths have a log-concave density and levers move all paths alike,
:math:`\log P_h` is concave (Prékopa, 1973): a convolution of log-concave densities, integrated
over an orthant that moves with them. The least effort is then a convex problem, and its
solutions for all wanted levels are the maxima of

.. math:: \log P_h(x) - \lambda \cdot \text{effort}(x)

over the multiplier :math:`\lambda`, each found by L-BFGS-B within the bounds (Byrd and others,
1995), with every lever split into what it is turned up and down so that effort is linear.
Mixtures, heavy tails and drawn sizes are only nearly log-concave; what is found here is
therefore a start for ``polish``, not an answer.

References
----------
Prékopa, A. (1973), "On logarithmic concave measures and functions", *Acta Scientiarum
Mathematicarum* 34, 335–343. Prékopa, A. (1995), *Stochastic Programming*, chapter 10.
Byrd, R., Lu, P., Nocedal, J. and Zhu, C. (1995), "A limited memory algorithm for bound
constrained optimization", *SIAM Journal on Scientific Computing* 16, 1190–1208.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit, softmax

from forecasting.arrays import Array
from forecasting.outlook.paths import PATHS_PER_SET
from forecasting.solve.exact import Margins

WIDTHS = (1.0, 0.3, 0.1)
"""Widths of the noise, in spreads of each margin: from one that sees far to one that sees true."""
SOME = slice(0, PATHS_PER_SET)
"""Paths the start is found on: one of the eight sets, which is balanced in itself."""
LARGEST, SMALLEST = math.log(1e5), math.log(1e-4)
"""Logarithms of multipliers at which effort is all, and nothing."""
FIRST, NEXT, HALVINGS = 10.0, 1.0, 5
"""How far from the last multiplier the next is sought at first, and later, in logarithms; and
how often that is halved."""
LEAST_SPREAD = 1e-6
"""Percentage points: what a margin without spread, as of a pin, is taken to have."""


MOST_ITERATIONS, TOLERANCE = 60, 1e-7
"""Of one run of L-BFGS-B: what it finds is a start for the exact search, not an answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """Where levers stand and may end.

    Attributes
    ----------
    start, low, high, cost
        Shape ``(levers,)``; the cost is effort per unit.
    """

    start: Array
    low: Array
    high: Array
    cost: Array


class Smooth:
    """The stand-in on some of the paths."""

    def __init__(self, margins: Margins, box: Box):
        self._margins = margins.thinned(SOME)
        self._box = box
        start = self._margins.at(box.start)
        self._spread = np.maximum(start.std(axis=1), LEAST_SPREAD)
        # What is turned is counted in parts of the way there is, up first and then down.
        self._way = np.concatenate([box.high - box.start, box.start - box.low])
        self._cost = np.tile(box.cost, 2) * self._way
        self._useful = self._directions()

    def least(self, log_wanted: float) -> Array:
        """Return levers of least effort that bring ``log P_h`` to a level, or as near as may be.

        Narrowing widths follow each other, each from the solution of the one before.
        """
        turn, multiplier, step = np.zeros(len(self._way)), 0.0, FIRST
        for width in WIDTHS:
            turn, multiplier = self._on_frontier(turn, multiplier, step, width, log_wanted)
            step = NEXT
        return self._levers(turn)

    def best(self) -> Array:
        """Return levers that make the probability as large as it becomes."""
        turn = np.zeros(len(self._way))
        for width in WIDTHS:
            turn = self._peak(turn, width, 0.0)
        return self._levers(turn)

    def _on_frontier(
        self, turn: Array, multiplier: float, step: float, width: float, log_wanted: float
    ) -> tuple[Array, float]:
        """Return the turn on the frontier of effort and probability that reaches a level.

        The logarithm of its multiplier is found by steps from another that double, then halve.
        """

        def peak(turn: Array, multiplier: float) -> tuple[Array, bool]:
            turn = self._peak(turn, width, math.exp(multiplier))
            return turn, -self._loss(turn, width, 0.0)[0] >= log_wanted

        turn, reached = peak(turn, multiplier)
        first, reaching = reached, turn
        while reached is first and SMALLEST < multiplier < LARGEST:
            multiplier += step if reached else -step
            step *= 2
            turn, reached = peak(turn, multiplier)
            reaching = turn if reached else reaching
        step /= 2  # the last one, between whose ends the level lies
        for _ in range(HALVINGS):
            step /= 2
            multiplier += step if reached else -step
            turn, reached = peak(turn, multiplier)
            reaching = turn if reached else reaching
        return reaching, multiplier

    def _peak(self, turn: Array, width: float, multiplier: float) -> Array:
        """Return the maximum of ``log P_h`` less effort times a multiplier."""
        found = minimize(
            self._loss,
            turn,
            args=(width, multiplier),
            jac=True,
            method="L-BFGS-B",
            bounds=[(0.0, 1.0 if useful else 0.0) for useful in self._useful],
            options={"maxiter": MOST_ITERATIONS, "ftol": TOLERANCE},
        )
        return np.asarray(np.clip(found.x, 0.0, 1.0))

    def _loss(self, turn: Array, width: float, multiplier: float) -> tuple[float, Array]:
        """Return effort times a multiplier less ``log P_h``, and its gradient."""
        scale = (width * self._spread)[:, None]
        levers = self._levers(turn)
        scaled = self._margins.at(levers) / scale
        logs = log_expit(scaled).sum(axis=0)
        peak = logs.max()
        value = peak + math.log(np.exp(logs - peak).mean())
        pull = softmax(logs) * expit(-scaled) / scale
        per_unit = np.array([self._gradient(pull, lever) for lever in range(len(self._box.start))])
        each = [*zip(self._margins.sides, levers, strict=True)]
        up = [sides.above if value >= 0 else sides.below for sides, value in each]
        down = [sides.below if value <= 0 else sides.above for sides, value in each]
        gradient = np.concatenate([per_unit * up, -per_unit * down]) * self._way
        loss = multiplier * float(self._cost @ turn) - value
        return loss, np.asarray(multiplier * self._cost - gradient)

    def _gradient(self, pull: Array, lever: int) -> float:
        slopes = self._margins.slopes[lever].items()
        return float(sum((pull[row] * slope).sum() for row, slope in slopes))

    def _levers(self, turn: Array) -> Array:
        up, down = np.split(turn * self._way, 2)
        return np.asarray(self._box.start + up - down)

    def _directions(self) -> Sequence[bool]:
        """Return which ways help any target."""
        helps = [self._margins.helps(lever) for lever in range(len(self._box.start))]
        return [up for _, up in helps] + [down for down, _ in helps]
