"""A distribution from outside the models, from which some of the joint paths take their growth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array


@dataclass(frozen=True, slots=True, eq=False)
class Blend:
    """Growth since January that stands instead of that of the models on a share of the paths.

    Attributes
    ----------
    method
        What it is called among the members of a verdict.
    weight
        Share of the paths.
    growth
        Shape ``(paths, ahead)`` in percent, columns as ``verdicts.ytd_paths`` returns them;
        every path has one, also where it is not taken.
    taken
        Shape ``(paths,)``: the paths that take it.
    """

    method: str
    weight: float
    growth: Array
    taken: NDArray[np.bool_]

    def into(self, growth: Array) -> Array:
        """Return the growth of the models with the paths that are taken replaced."""
        return np.where(self.taken[:, None], self.growth, growth)
