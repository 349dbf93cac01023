"""A run judges every area once, whoever judges it and whatever is killed on the way."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from select import PIPE_BUF
from typing import Any

import distributed
from sqlalchemy import select

from data.fleet.driver import BATCHES_OF_A_WORKER, FleetReport, run_fleet
from data.fleet.inputs import FleetInputs, areas_to_judge, run_of
from data.fleet.workers import OpenWorkers, Workers, cluster, judge, processes
from data.settings import ROOT
from data.store import schema
from data.store.people import COMMAND_LINE
from data.store.seed import learner_of
from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import Status
from forecasting.figures.learner import Learner
from forecasting.figures.period import Month, Quarter
from forecasting.issues.json import read_snapshot
from tests.data.fleet.conftest import AREAS

NOW = datetime(2026, 7, 25, 1, 2, 3, tzinfo=UTC)
OF_A_ZONE = "SYN-zone-0001"
KNOWN_YEAR = 2025
"""Every figure of it is published: an area is judged without a forecast, in hundredths."""


def run(
    store: Store, open_workers: OpenWorkers, year: int = KNOWN_YEAR, areas: Sequence[str] = (),
    *, now: datetime = NOW, origins: int = 0, learner: Learner | None = None, **options: Any,
) -> FleetReport:  # fmt: skip
    of = run_of(store, year, now, origins=origins)
    inputs = FleetInputs(store, of, learner)
    return run_fleet(inputs, areas_to_judge(store, of, areas), open_workers, **options)


HERE = partial(processes, 1)


def rows(store: Store) -> list[str]:
    """Return all that is stored of every area and run."""
    with store._engine.connect() as connection:
        return sorted(
            repr(tuple(row))
            for table in (schema.fleet_result, schema.fleet_backtest)
            for row in connection.execute(select(table))
        )


def test_a_run_that_is_finished_stands(nation: Store) -> None:
    first = run(nation, HERE)
    stored = rows(nation)
    second = run(nation, HERE)

    assert (first.asked, first.stored, first.left, first.failed) == (AREAS, AREAS, 0, [])
    assert (second.stood, second.stored) == (AREAS, 0)
    assert len(stored) == AREAS
    assert rows(nation) == stored
    for area in nation.areas(1):
        found = nation.fleet.find(area.id, KNOWN_YEAR, Quarter(2025, 4))
        snapshot = read_snapshot(found.document)
        assert (snapshot.outlook.area, snapshot.provenance.unpublished) == (area, False)
        assert snapshot.outlook.area.synthetic


def test_an_area_is_judged_again_once_its_published_figures_are_others(nation: Store) -> None:
    run(nation, HERE)
    figure = next(
        one for one in nation.observations(nation.latest_vintage(), OF_A_ZONE)
        if one.month == Month(2025, 12)
    )  # fmt: skip
    said = [read_snapshot(nation.fleet.find(OF_A_ZONE, 2025, Quarter(2025, 4)).document)]

    def commit(**changed: Any) -> FleetReport:
        revised = replace(figure, **changed)
        vintage = nation.commit(Commit(VintageKind.UPLOAD, "analyst", observations=(revised,)))
        return run(nation, HERE, now=NOW + timedelta(days=vintage))

    flash = commit(month=Month(2025, 11), value=55.5, status=Status.FLASH)
    revised = commit(value=figure.value + 1)
    nation.withdraw(nation.latest_vintage(), "analyst")
    withdrawn = run(nation, HERE, now=NOW + timedelta(days=99))

    assert (flash.stood, flash.stored) == (AREAS, 0)
    assert (revised.stood, revised.stored) == (AREAS - 1, 1)
    assert (withdrawn.stood, withdrawn.stored) == (AREAS - 1, 1)
    said.append(read_snapshot(nation.fleet.find(OF_A_ZONE, 2025, Quarter(2025, 4)).document))
    assert said[0].brief == said[1].brief
    assert said[1].provenance.vintage == nation.latest_vintage()


def test_an_area_without_targets_or_figures_is_told_with_the_reason(nation: Store) -> None:
    gone = nation.targets(nation.latest_vintage(), OF_A_ZONE)
    nation.commit(Commit(VintageKind.EDIT, "analyst", removed=gone))

    report = run(nation, HERE, areas=[OF_A_ZONE, "SYN"])

    assert [(one.area, one.code) for one in report.failed] == [(OF_A_ZONE, "no_targets")]
    assert (report.stored, report.left) == (1, 0)
    assert run(nation, HERE).asked == AREAS - 1


class Recorded(Executor):
    """Judges at once, and remembers how many batches were ever under way."""

    def __init__(self, report: list[int]) -> None:
        self.under_way, self.most = 0, report

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        self.under_way += 1
        self.most.append(self.under_way)
        return future


def test_only_so_many_batches_are_under_way(nation: Store, monkeypatch: Any) -> None:
    most: list[int] = []
    executor = Recorded(most)

    @contextmanager
    def workers() -> Iterator[Workers]:
        yield Workers(executor, 1)

    def told(report: FleetReport) -> None:
        executor.under_way = 0

    run(nation, workers, told=told)

    assert max(most) == BATCHES_OF_A_WORKER
    assert len(most) > 2 * BATCHES_OF_A_WORKER


def test_what_another_driver_stored_first_is_not_counted_twice(nation: Store) -> None:
    class Slow(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            run(nation, HERE)  # the other driver, while this one judges
            future: Future[Any] = Future()
            future.set_result(fn(*args, **kwargs))
            return future

    @contextmanager
    def slow() -> Iterator[Workers]:
        yield Workers(Slow(), 1)

    report = run(nation, slow)

    assert (report.stored, report.stood, report.left) == (0, AREAS, 0)
    assert len(rows(nation)) == AREAS


def test_the_newest_quarter_by_name_is_the_run_without_one(nation: Store) -> None:
    newest = nation.newest_quarter(nation.latest_vintage())
    assert newest is not None
    without = run_of(nation, 2026, NOW)

    assert run_of(nation, 2026, NOW, as_of=newest) == without
    assert run_of(nation, 2026, NOW, as_of=newest + 1) == without
    assert run_of(nation, 2026, NOW, as_of=Quarter(2024, 4)).as_of == Quarter(2024, 4)


def test_without_workers_nothing_is_lost_and_the_rest_is_left(nation: Store) -> None:
    class Lost(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            raise BrokenProcessPool("a process\nwas killed")

    @contextmanager
    def workers() -> Iterator[Workers]:
        yield Workers(Lost(), 2)

    report = run(nation, workers)

    assert (report.left, report.lost) == (AREAS, "BrokenProcessPool: a process was killed")
    assert rows(nation) == []


def test_a_cluster_that_is_gone_leaves_what_it_has_judged(nation: Store) -> None:
    opened: list[None] = []

    class Lost(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            if opened:
                raise BrokenProcessPool("the scheduler is gone")
            opened.append(None)
            future: Future[Any] = Future()
            future.set_result(fn(*args, **kwargs))
            return future

    @contextmanager
    def workers() -> Iterator[Workers]:
        if opened:
            raise OSError("nothing answers")
        yield Workers(Lost(), 1)

    report = run(nation, workers)

    assert (report.stored, report.left) == (5, AREAS - 5)
    assert (len(rows(nation)), report.lost) == (5, "OSError: nothing answers")


def test_earlier_years_that_a_run_of_an_earlier_quarter_judged_stand(nation: Store) -> None:
    def judge(as_of: Quarter | None) -> FleetReport:
        of = run_of(nation, KNOWN_YEAR, NOW, as_of, origins=1)
        areas = areas_to_judge(nation, of, [OF_A_ZONE])
        return run_fleet(FleetInputs(nation, of, None), areas, HERE)

    reports = [judge(Quarter(2025, 2)), judge(None), judge(None)]

    assert [(one.stored, one.stood) for one in reports] == [(1, 0), (1, 0), (0, 1)]


def test_a_worker_that_is_killed_costs_no_area(open_nation: Callable[[], Store]) -> None:
    nation, another = open_nation(), open_nation()
    pools: list[ProcessPoolExecutor] = []

    @contextmanager
    def workers() -> Iterator[Workers]:
        with processes(2) as opened:
            assert isinstance(opened.executor, ProcessPoolExecutor)
            pools.append(opened.executor)
            yield opened

    def told(report: FleetReport) -> None:
        if len(pools) == 1:
            for worker in list(pools[0]._processes.values()):
                with suppress(ProcessLookupError):
                    os.kill(worker.pid or 0, signal.SIGKILL)

    report = run(nation, workers, told=told)
    run(another, HERE)

    assert (report.stored, report.left, report.lost) == (AREAS, 0, "")
    assert len(pools) > 1
    assert rows(nation) == rows(another)


def test_an_answer_of_a_process_is_never_cut_off_in_the_pipe_that_all_share(
    nation: Store,
) -> None:
    of = run_of(nation, KNOWN_YEAR, NOW)
    areas = areas_to_judge(nation, of, [OF_A_ZONE])
    (batch,) = FleetInputs(nation, of, None).batches(areas, print)

    with processes(2) as workers:
        judged = workers.begin(batch)
        sent = pickle.dumps(judged.result())
        answers = workers.answers(judged)

    assert answers == judge(batch)
    assert len(sent) < PIPE_BUF < len(pickle.dumps(answers))


def test_a_driver_that_is_killed_is_gone_on_from_where_it_was(
    open_nation: Callable[[], Store],
) -> None:
    nation, another = open_nation(), open_nation()
    command = [sys.executable, "-m", "data", "fleet", "--year", str(KNOWN_YEAR), "--workers", "2"]
    environ = os.environ | {"DATABASE_URL": nation.database_url}
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as driver:
        assert driver.stderr is not None
        driver.stderr.readline()
        driver.kill()
        driver.communicate(timeout=60)  # its workers, which hold the pipe as well, end with it
    done = rows(nation)
    begun = nation.fleet.begun(run_of(nation, KNOWN_YEAR, NOW))

    report = run(nation, HERE, learner=learner_of(ROOT / "seeds"), author=COMMAND_LINE)

    assert 0 < len(done) < AREAS
    assert (report.stood, report.stored) == (len(done), AREAS - len(done))
    assert set(done) <= set(rows(nation))
    run(another, HERE, now=begun, learner=learner_of(ROOT / "seeds"), author=COMMAND_LINE)
    assert rows(nation) == rows(another)


def test_the_same_bytes_come_from_every_executor(open_nation: Callable[[], Store]) -> None:
    def judged_by(workers: OpenWorkers) -> list[str]:
        store = open_nation()
        run(store, workers, year=2026, areas=[OF_A_ZONE, "SYN"])
        return rows(store)

    here = judged_by(HERE)

    assert len(here) == 2
    assert judged_by(partial(processes, 2)) == here
    with distributed.LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as local:
        assert judged_by(partial(cluster, local.scheduler_address)) == here
