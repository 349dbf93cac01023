"""Memory that is freed and needed again at once."""

from __future__ import annotations

import numpy as np

BLOCK = 30 * 2**20
"""Bytes; the C library of Linux learns nothing from blocks of more than 32 MiB."""


def keep_freed_memory() -> None:
    """Let the process keep what it frees, instead of handing it back to the system each time.

    A batch is a few thousand arrays of up to a few megabytes, one after the other. The allocator
    of Linux at first hands everything of that size back when it is freed and has it cleared anew,
    which took a fifth of the time of a first fit. It stops, and keeps up to twice as much, once
    it has seen a large block freed (mallopt(3), ``M_MMAP_THRESHOLD``); this one is never touched,
    so that it costs nothing. Elsewhere nothing changes.
    """
    np.empty(BLOCK, dtype=np.uint8)
