"""The driver of a run: hands batches to workers, and stores what comes back at once.

However it ends, what was stored stays, and the same run goes on from there. Only as many batches
are under way as keep the workers busy, so that memory does not grow with the number of areas.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from data.fleet.inputs import FleetInputs
from data.fleet.workers import OpenWorkers, Workers
from forecasting.figures.indicator import Area
from forecasting.fleet.batch import FleetAnswer
from forecasting.fleet.results import FleetFailure, FleetResult

BATCHES_OF_A_WORKER = 2
"""Under way for each: the one that it judges, and the next."""


@dataclass(slots=True)
class FleetReport:
    """How far a run is.

    Attributes
    ----------
    asked
        How many areas it is about.
    stood
        How many of them had their result before it stored one.
    stored
        How many results it has stored.
    failed
        Why others have none.
    lost
        What became of workers, where it could not go on without them; then areas are left.
    """

    asked: int
    stood: int = 0
    stored: int = 0
    failed: list[FleetFailure] = field(default_factory=list)
    lost: str = ""

    @property
    def left(self) -> int:
        """How many areas were not judged."""
        return self.asked - self.stood - self.stored - len(self.failed)


def run_fleet(
    inputs: FleetInputs,
    areas: Sequence[Area],
    open_workers: OpenWorkers,
    told: Callable[[FleetReport], None] = lambda report: None,
    author: str = "",
) -> FleetReport:
    """Judge areas, and store the results as they come.

    Where a worker is lost with what it was judging, the run goes on with new ones, for as long as
    the last ones have stored anything.

    Parameters
    ----------
    told
        Called with how far the run is, after every batch.

    Raises
    ------
    RoleNeeded
        If who acts may not issue.
    OSError
        If there are no workers to begin with.
    """
    report = FleetReport(len(areas))
    finished: set[str] = set()
    while True:
        before = len(finished)
        left = [area for area in areas if area.id not in finished]
        with ExitStack() as opened:
            try:
                workers = opened.enter_context(open_workers())
            except OSError as error:
                if not report.lost:
                    raise
                report.lost = _line(error)  # what is stored stays
                return report
            report.lost = _go_on(inputs, left, workers, report, finished, told, author)
        if not report.lost or len(finished) == before:
            return report


def _go_on(
    inputs: FleetInputs,
    areas: Sequence[Area],
    workers: Workers,
    report: FleetReport,
    finished: set[str],
    told: Callable[[FleetReport], None],
    author: str,
) -> str:
    """Judge areas until all are finished or a worker is lost; return what became of it."""

    def stands(area: Area) -> None:
        report.stood += 1
        finished.add(area.id)

    pending: set[Future[list[FleetAnswer] | Path]] = set()
    batches = inputs.batches(areas, stands)
    lost = ""
    while True:
        while not lost and len(pending) < BATCHES_OF_A_WORKER * workers.count:
            batch = next(batches, None)
            if batch is None:
                break
            try:
                pending.add(workers.begin(batch))
            except Exception as error:  # of the executor: each has its own
                lost = _line(error)
        if not pending:
            return lost
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            try:
                answers = workers.answers(future)
            except Exception as error:  # as above: whatever an area raises is its answer
                lost = _line(error)
                continue
            results = [answer for answer in answers if isinstance(answer, FleetResult)]
            new = inputs.store.fleet.keep(inputs.run, results, author)
            report.stored += new
            report.stood += len(results) - new  # another driver was first
            report.failed += [answer for answer in answers if isinstance(answer, FleetFailure)]
            finished |= {answer.area for answer in answers}
        told(report)


def _line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
