"""What was learned from other series: the parameters of networks, by year."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import sha256

import numpy as np

from forecasting.arrays import Array

MOST_DEVIATIONS = 4.0
"""Features are cut off there, in standard deviations of those learned from."""
LOG_SCALES = (-5.0, 4.0)
"""Of errors, in units: a network says nothing beyond."""


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """What was learned from the years before one year.

    Attributes
    ----------
    centre, scale
        Shape ``(d,)``: of the features.
    hidden, hidden_bias
        Shapes ``(k, d + 4, h)`` and ``(k, 1, h)``, of k networks.
    out, direct, bias
        Shapes ``(k, h, 8)``, ``(k, d + 4, 8)`` and ``(k, 1, 8)``: four locations and four
        logarithms of scales, of growth since January at the end of each quarter.
    reversion
        Shape ``(2,)``: what the pool with this member missed by, in standard deviations: of
        usual growth, and for each step that growth is faster (``models.learned.fast_growth``).
    spread
        Shape ``(4,)``: what the pool's deviations are multiplied by, by quarters known.
    correlation
        Shape ``(4, 4, 4)``: of the errors at the ends of quarters, by quarters known.
    """

    centre: Array
    scale: Array
    hidden: Array
    hidden_bias: Array
    out: Array
    direct: Array
    bias: Array
    correlation: Array
    reversion: Array
    spread: Array

    def ends(self, features: Array, known: int) -> tuple[Array, Array]:
        """Return locations and scales at the ends of all quarters, shapes ``(4,)``, in units."""
        place = np.clip((features - self.centre) / self.scale, -MOST_DEVIATIONS, MOST_DEVIATIONS)
        inputs = np.concatenate([place, np.eye(4)[known]])
        hidden = np.tanh(inputs @ self.hidden + self.hidden_bias[:, 0])
        said = (
            np.einsum("kh,kho->ko", hidden, self.out) + inputs @ self.direct + self.bias[:, 0]
        ).mean(axis=0)
        return said[:4], np.exp(np.clip(said[4:], *LOG_SCALES))


@dataclass(frozen=True, slots=True, eq=False)
class Learner:
    """What was learned from other series, by the first year that it may forecast.

    Attributes
    ----------
    digest
        Of the file it was read from.
    """

    years: Mapping[int, Parameters]
    digest: str

    def before(self, year: int) -> Parameters | None:
        """Return what was learned from the years before a year; None before the first."""
        known = [first for first in self.years if first <= year]
        return self.years[max(known)] if known else None


def read_learner(content: bytes) -> Learner:
    """Read what ``tools/learn_growth.py`` wrote."""
    years = {
        int(year): Parameters(**{f.name: np.array(numbers[f.name]) for f in fields(Parameters)})
        for year, numbers in json.loads(content)["years"].items()
    }
    return Learner(years, sha256(content).hexdigest())
