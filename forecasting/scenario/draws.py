"""Draws of a scenario, one for each joint path: of single entries, and of what they share."""

from __future__ import annotations

import math
from functools import lru_cache
from hashlib import sha256

import numpy as np
from scipy.special import ndtri

from forecasting.arrays import Array
from forecasting.outlook.paths import PATHS_PER_SET, SETS

KEPT = 512
"""Streams kept between applications: a slider that moves draws nothing anew."""


@lru_cache(maxsize=KEPT)
def uniforms(seed: int, key: str) -> Array:
    """Return uniforms between 0 and 1, shape ``(8192,)``, one for each joint path.

    Stratified within each set of paths (McKay, Beckman and Conover, 1979), so that the share of
    paths under any value is that value to one in a thousand. They depend on the seed and the
    key alone: adding a project moves nothing of another.
    """
    word = int.from_bytes(sha256(key.encode()).digest()[:8])
    random = np.random.default_rng([seed, word])
    strata = np.concatenate([random.permutation(PATHS_PER_SET) for _ in range(SETS)])
    drawn = (strata + random.random(len(strata))) / PATHS_PER_SET
    drawn.flags.writeable = False  # kept between applications
    return np.asarray(drawn)


def zone_shocks(seed: int) -> Array:
    """Return normal scores of how well a zone does on each path, shape ``(8192,)``."""
    return np.asarray(ndtri(uniforms(seed, "zone")))


@lru_cache(maxsize=KEPT)
def correlated_uniforms(seed: int, key: str, shared: float) -> Array:
    """Return uniforms, shape ``(paths,)``, whose normal scores correlate by ``shared``.

    High is good for the zone. Within each set of paths they are ranks, so that quantiles are met.
    """
    own = ndtri(uniforms(seed, key))
    scores = math.sqrt(shared) * zone_shocks(seed) + math.sqrt(1 - shared) * own
    ranks = scores.reshape(SETS, -1).argsort(axis=1).argsort(axis=1)
    drawn = np.asarray(((ranks + 0.5) / ranks.shape[1]).ravel())
    drawn.flags.writeable = False
    return drawn
