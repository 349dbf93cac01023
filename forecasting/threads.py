"""How many threads the linear algebra library may use."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Keep linear algebra to one thread while the context is open.

    Matrices here are a few rows wide: threads only wait for each other on them, which made a fit
    ten times slower on two cores.
    """
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limited


@lru_cache(maxsize=1)  # looking for the libraries takes longer than most that is done with them
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
