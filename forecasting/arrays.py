"""Arrays of numpy by what they hold, and the sum that every Python makes alike."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Indices = NDArray[np.intp]


def plain_sum(values: Iterable[float]) -> float:
    """Add floats one after the other, as ``sum`` does up to Python 3.11.

    From 3.12 on ``sum`` makes good what rounding loses. That moves a last digit, and with it
    now and then a path, so the same figures would say 94.15% on one Python and 94.17% on another.
    """
    total = 0.0
    for value in values:
        total += value
    return total
