"""How many threads the linear algebra libraries may use."""

from __future__ import annotations

import numpy  # noqa: F401  # brings a library of its own, and only what is loaded can be limited
import scipy.linalg  # noqa: F401  # so does this
from threadpoolctl import ThreadpoolController


def use_one_thread() -> None:
    """Keep linear algebra to one thread; a program says so once, before it computes.

    Matrices here are a few rows wide: threads only wait for each other on them, which made a fit
    ten times slower on two cores. The limit is one of the whole process: set and lifted around
    single computations, those that run beside each other would lift it for one another.
    """
    ThreadpoolController().limit(limits=1, user_api="blas")
