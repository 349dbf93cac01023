"""Draws of a scenario: one stream for each project and lever, beside those of the paths."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

import numpy as np

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
