"""All together: the probability that every verdict is met, and its weakest link."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from forecasting.outlook.outlook import AllClear, Verdict, WeakestLink
from forecasting.outlook.paths import SETS

Met = NDArray[np.bool_]
"""Whether each joint path meets a verdict's target, shape ``(paths,)``."""


def all_clear(verdicts: Sequence[Verdict], met: Sequence[Met]) -> AllClear | None:
    """Return the all-clear of the verdicts that count; None when none does.

    Parameters
    ----------
    met
        Per verdict, over the same joint paths. The single probabilities are the shares of
        these paths, so the all-clear lies within the Frechet bounds exactly.
    """
    counted = [
        (verdict, paths) for verdict, paths in zip(verdicts, met, strict=True) if verdict.counts
    ]
    if not counted:
        return None
    table = np.stack([paths for _, paths in counted])
    together = table.all(axis=0)
    by_set = together.reshape(SETS, -1).mean(axis=1)
    complete = all(verdict.complete for verdict, _ in counted)
    return AllClear(
        probability=float(together.mean()),
        error=float(by_set.std(ddof=1) / math.sqrt(SETS)),
        independent=math.prod(verdict.probability for verdict, _ in counted),
        weakest=None if complete else _weakest([verdict for verdict, _ in counted], table),
    )


def _weakest(verdicts: Sequence[Verdict], table: Met) -> WeakestLink:
    """Return the verdict whose certain clearing raises the all-clear most.

    Ties, also when no single clearing raises it at all, go to the lowest own probability, and
    where these are equal too, as when all are zero, to the median farthest from its cut.
    """
    failures = (~table).sum(axis=0)
    raised = [float(((failures - ~paths) == 0).mean()) for paths in table]
    weakest = min(
        range(len(verdicts)),
        key=lambda i: (-raised[i], verdicts[i].probability, -_distance(verdicts[i])),
    )
    return WeakestLink(verdicts[weakest].indicator_id, raised[weakest])


def _distance(verdict: Verdict) -> float:
    """Return how far the median lies outside the cut, in widths of the 80% interval."""
    low, median, high = verdict.quantiles.q10, verdict.quantiles.median, verdict.quantiles.q90
    outside = max(verdict.cut.lower - median, median - verdict.cut.upper, 0.0)
    return outside / max(high - low, 1e-9)
