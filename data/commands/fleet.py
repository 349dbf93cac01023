"""Many areas judged at once: the outlook of each, stored as a snapshot of its own."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from data import clock
from data.commands.command import (
    THE_STORE,
    Answer,
    CommandRefused,
    ExitCode,
    Listed,
    add_author,
    add_command,
    opened_store,
    settings,
)
from data.fleet.driver import FleetReport, run_fleet
from data.fleet.inputs import FleetInputs, areas_to_judge, run_of
from data.fleet.workers import Workers, cluster, processes
from data.store.seed import learner_of
from forecasting.cli.options import checked, to_quarter, to_year
from forecasting.fleet.results import FleetRun


def add_to(listed: Listed) -> None:
    """Add the command."""
    fleet = add_command(
        listed, "fleet", _fleet, "judge many areas, and store the outlook of each as a snapshot",
        "Judge all areas that have targets of a year, from published figures alone, and store the "
        "outlook of each as a snapshot, apart from what the office issues. A run that was cut off "
        "goes on where it stopped, and an area of which nothing has changed is not judged again. "
        f"{THE_STORE}",
    )  # fmt: skip
    fleet.add_argument("--year", type=to_year, required=True)
    fleet.add_argument("--areas", nargs="+", default=(), metavar="AREA", help="these alone")
    fleet.add_argument(
        "--as-of", type=to_quarter, metavar="QUARTER",
        help="cut the figures after this quarter (all without it)",
    )  # fmt: skip
    count = checked(int, lambda number: number > 0, "a positive number")
    fleet.add_argument(
        "--origins", type=count, default=0, metavar="N",
        help="judge the last N quarters of earlier years as well, and store the scores",
    )  # fmt: skip
    where = fleet.add_mutually_exclusive_group()
    where.add_argument(
        "--workers", type=count, default=1, metavar="N",
        help="processes of this machine (1: the command itself judges)",
    )  # fmt: skip
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help="of a Dask cluster, such as tcp://10.0.0.5:8786"
    )
    add_author(fleet)


def _fleet(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        run = run_of(store, options.year, clock.now(), options.as_of, options.origins)
        areas = areas_to_judge(store, run, options.areas)
        if not areas:
            raise CommandRefused(f"no area has targets of {run.year}")
        inputs = FleetInputs(store, run, learner_of(settings().seeds_folder))
        try:
            report = run_fleet(inputs, areas, _workers(options), _Progress().tell, options.author)
        except ImportError:
            raise CommandRefused("a cluster needs what requirements-cluster.txt lists") from None
    return _answer(run, report)


def _workers(options: argparse.Namespace) -> Callable[[], AbstractContextManager[Workers]]:
    if options.scheduler is not None:
        return partial(cluster, options.scheduler)
    return partial(processes, options.workers)


class _Progress:
    """Tells on standard error how far a run is and how long the rest will take."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def tell(self, report: FleetReport) -> None:
        judged = report.stored + len(report.failed)
        took = time.monotonic() - self._began
        line = f"{report.asked - report.left} of {report.asked} areas, {len(report.failed)} failed"
        if judged:
            minutes = report.left * took / judged / 60
            line += f", {judged / took:.2f} a second, {minutes:.0f} minutes left"
        print(line, file=sys.stderr, flush=True)


def _answer(run: FleetRun, report: FleetReport) -> Answer:
    code = ExitCode.UNFINISHED if report.failed or report.left else ExitCode.DONE
    if report.stood == report.asked:
        code = ExitCode.UNCHANGED
    document = {
        "year": run.year,
        "quarter": str(run.quarter),
        "vintage": run.vintage,
        "engine": run.engine,
        "issued_at": run.issued_at.isoformat(),
        "areas": report.asked,
        "stored": report.stored,
        "stood": report.stood,
        "failed": [
            {"area": one.area, "code": one.code, "reason": one.reason} for one in report.failed
        ],
        "left": report.left,
        "lost": report.lost or None,
    }
    lines = [
        f"{run.year} as of {run.quarter}, data vintage {run.vintage}: {report.stored} areas "
        f"stored, {report.stood} stood already",
        *(f"{one.area}: {one.reason}" for one in report.failed),
    ]
    if report.left:
        lines.append(f"{report.left} areas are left: {report.lost}; run the same command again")
    return Answer("\n".join(lines), document, code)
