"""What a program sets for numerical work: one thread, and memory that is kept when freed."""

from __future__ import annotations

import numpy as np
import scipy.linalg  # noqa: F401  # has a library of its own; only what is loaded can be limited
from threadpoolctl import ThreadpoolController

BLOCK = 30 * 2**20
"""Bytes; the C library of Linux learns nothing from blocks of more than 32 MiB."""


def use_one_thread() -> None:
    """Keep linear algebra to one thread; a program calls this once, before it computes.

    Matrices here are a few rows wide: threads only wait for each other on them, which made a fit
    ten times slower on two cores. The limit is one of the whole process: set and lifted around
    single computations, those that run at the same time would lift it for one another.
    """
    ThreadpoolController().limit(limits=1, user_api="blas")


def keep_freed_memory() -> None:
    """Let the process keep what it frees, instead of handing it back to the system each time.

    A batch is a few thousand arrays of up to a few megabytes, one after the other. The allocator
    of Linux at first hands everything of that size back when it is freed and has it cleared anew,
    which took a fifth of the time of a first fit. It stops, and keeps up to twice as much, once
    it has seen a large block freed (mallopt(3), ``M_MMAP_THRESHOLD``); this one is never touched,
    so that it costs nothing. Elsewhere nothing changes.
    """
    np.empty(BLOCK, dtype=np.uint8)
