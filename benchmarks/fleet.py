"""What a fleet costs, and what it survives: ``python -m benchmarks.fleet``.

    python -m benchmarks.fleet [--nation FILE] [--areas 40] [--origins 8] [--rounds 2] [--kills]

On a synthetic nation of 2,500 areas, made at the start unless ``--nation`` names the SQLite file of
one (``tools.make_synthetic_nation``), which stays as it is. A sample of its areas, every so many of
the 2,500, is judged in one process, in two, and by a Dask scheduler with two workers, in turn
within each round, so that other work on the machine hits all alike. Workers are warm: none of the
times has their start in it. Printed are areas a second, the ratio to one process within the same
round, and what the driver and the largest worker held in memory, in the halves of the run.

With ``--kills`` a worker, the scheduler and the driver are killed in the middle of runs, which are
then begun again; every area must be there once, with the bytes of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import select

from data.fleet.driver import FleetReport, run_fleet
from data.fleet.inputs import FleetInputs, areas_to_judge, run_of
from data.fleet.workers import Workers, cluster, end_with_driver, processes
from data.settings import ROOT
from data.store import schema
from data.store.people import COMMAND_LINE
from data.store.seed import learner_of
from data.store.store import Store
from tests.deploy.test_deploy import free_port
from tools.make_synthetic_nation import fill

YEAR = 2026
NOW = datetime(2026, 7, 25, tzinfo=UTC)
Pids = list[int]


@dataclass(slots=True)
class Measured:
    """One run over the sample.

    Attributes
    ----------
    seconds
        From the first area on.
    driver, worker
        Megabytes that the driver, and the largest worker, held after each batch.
    digests
        Of the documents, by area.
    """

    seconds: float = 0.0
    driver: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--nation", type=Path)
    parser.add_argument("--areas", type=int, default=40)
    parser.add_argument("--origins", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--kills", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nation = options.nation or _made(folder / "nation.sqlite3")
        sample = _sample(nation, options.areas)
        if options.kills:
            _kill(nation, sample, folder)
        else:
            _compare(nation, sample, options.origins, options.rounds, folder)


def _made(file: Path) -> Path:
    began = time.monotonic()
    *_, last = fill(f"sqlite:///{file}")
    seconds = time.monotonic() - began
    print(
        f"nation: {last.figures:,} figures, {last.figures / seconds:,.0f} a second, "
        f"{file.stat().st_size / 1e6:,.0f} MB",
        flush=True,
    )
    return file


def _sample(nation: Path, count: int) -> list[str]:
    with closing(Store.open(f"sqlite:///{nation}")) as store:
        areas = store.areas(store.latest_vintage())
    return [area.id for area in areas[:: len(areas) // count]][:count]


# Speed and memory


def _compare(nation: Path, sample: Sequence[str], origins: int, rounds: int, folder: Path) -> None:
    """Judge the sample by each kind of workers in turn, and print how they compare."""
    measured: dict[str, list[Measured]] = {kind: [] for kind in KINDS}
    for _ in range(rounds):
        for kind, runs in measured.items():
            # Each in a driver of its own, which has nothing of the runs before in memory.
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, context, initializer=end_with_driver) as driver:
                run = driver.submit(_measure, kind, nation, sample, origins, folder).result()
            runs.append(run)
            print(f"{kind}: {len(sample) / run.seconds:.3f} areas a second", flush=True)
    (one, *_) = KINDS
    print(f"\n{len(sample)} areas, {origins} origins, {rounds} rounds")
    for kind, runs in measured.items():
        pace = len(sample) / median(run.seconds for run in runs)
        ratios = sorted(
            alone.seconds / run.seconds for alone, run in zip(measured[one], runs, strict=True)
        )
        print(
            f"{kind}: {pace:.3f} areas a second, {median(ratios):.2f} of {one} "
            f"({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )
        for name, held in (("driver", runs[-1].driver), ("largest worker", runs[-1].worker)):
            middle = len(held) // 2
            print(
                f"  {name}: at most {max(held[:middle]):.0f} MB in the first half, "
                f"{max(held[middle:]):.0f} MB in the second"
            )
    digests = [run.digests for runs in measured.values() for run in runs]
    print(f"the same bytes in all runs: {all(one == digests[0] for one in digests)}")


def _measure(
    kind: str, nation: Path, sample: Sequence[str], origins: int, folder: Path
) -> Measured:
    """Judge the sample once, on a copy of the nation."""
    measured = Measured()
    with KINDS[kind]() as (workers, pids), _copy_of(nation, folder) as store:
        _warm_up(workers, store, sample)

        def told(report: FleetReport) -> None:
            measured.driver.append(_resident(os.getpid()))
            measured.worker.append(max(map(_resident, pids())))

        run = run_of(store, YEAR, NOW, origins=origins)
        inputs = FleetInputs(store, run, learner_of(ROOT / "seeds"))
        began = time.monotonic()
        report = run_fleet(
            inputs, areas_to_judge(store, run, sample), lambda: nullcontext(workers), told
        )
        measured.seconds = time.monotonic() - began
        assert report.stored == len(sample), report
        measured.digests = _digests(store)
    return measured


def _warm_up(workers: Workers, store: Store, sample: Sequence[str]) -> None:
    """Have every worker judge once, in a run that is not stored."""
    run = run_of(store, YEAR - 1, NOW)
    inputs = FleetInputs(store, run, learner_of(ROOT / "seeds"))
    (batch, *_) = inputs.batches(areas_to_judge(store, run, sample[:1]), lambda area: None)
    wait([workers.begin(batch) for _ in range(4 * workers.count)])


@contextmanager
def _in_processes(count: int) -> Iterator[tuple[Workers, Callable[[], Pids]]]:
    with processes(count) as workers:
        pool = workers.executor
        if isinstance(pool, ProcessPoolExecutor):
            yield workers, lambda: list(pool._processes)
        else:
            yield workers, lambda: [os.getpid()]


@contextmanager
def _on_dask() -> Iterator[tuple[Workers, Callable[[], Pids]]]:
    with _Dask() as dask, cluster(dask.address) as workers:
        yield workers, lambda: [worker.pid for worker in dask.workers]


Kind = Callable[[], AbstractContextManager[tuple[Workers, Callable[[], Pids]]]]
KINDS: dict[str, Kind] = {
    "one process": lambda: _in_processes(1),
    "two processes": lambda: _in_processes(2),
    "Dask, two workers": _on_dask,
}


class _Dask:
    """A scheduler and two workers, as processes of their own."""

    def __init__(self) -> None:
        self._port = free_port()
        self.address = f"tcp://127.0.0.1:{self._port}"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(self._port))
        self.workers = [
            self._start("worker", self.address, "--nthreads", "1", "--no-nanny") for _ in range(2)
        ]

    def __enter__(self) -> _Dask:
        from distributed import Client

        with Client(self.address, timeout=60) as client:
            client.wait_for_workers(2)
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def _copy_of(nation: Path, folder: Path) -> Iterator[Store]:
    file = folder / f"copy-{time.monotonic_ns()}.sqlite3"
    shutil.copy(nation, file)
    with closing(Store.open(f"sqlite:///{file}")) as store:
        yield store
    file.unlink()


def _digests(store: Store) -> dict[str, str]:
    """Return the digests of the documents by area; an area that is there twice is a failure."""
    column = schema.fleet_result.c
    with store._engine.connect() as connection:
        rows = connection.execute(select(column.area, column.sha256)).all()
    digests = dict(map(tuple, rows))
    assert len(digests) == len(rows)
    return digests


def _resident(pid: int) -> float:
    """Return what a process holds in memory, in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


# Kills


def _kill(nation: Path, sample: Sequence[str], folder: Path) -> None:
    """Kill each part in the middle of a run, run again, and compare with an undisturbed run."""

    def driver(command: subprocess.Popen[str], dask: _Dask | None) -> None:
        command.kill()

    def worker_process(command: subprocess.Popen[str], dask: _Dask | None) -> None:
        children = Path(f"/proc/{command.pid}/task/{command.pid}/children").read_text().split()
        os.kill(int(children[-1]), signal.SIGKILL)

    def dask_worker(command: subprocess.Popen[str], dask: _Dask | None) -> None:
        assert dask is not None
        dask.workers[0].kill()

    def scheduler(command: subprocess.Popen[str], dask: _Dask | None) -> None:
        assert dask is not None
        dask.scheduler.kill()

    for name, kill, on_dask in (
        ("driver, in this process", driver, False),
        ("driver of two processes", driver, False),
        ("one of two processes", worker_process, False),
        ("driver of a Dask cluster", driver, True),
        ("one of two Dask workers", dask_worker, True),
        ("Dask scheduler", scheduler, True),
    ):
        count = 1 if "this process" in name else 2
        with _copy_of(nation, folder) as store:
            codes, before = [], 0
            while not codes or codes[-1] not in (0, 4):
                with ExitStack() as stack:
                    dask = stack.enter_context(_Dask()) if on_dask else None
                    where = ["--scheduler", dask.address] if dask else ["--workers", str(count)]
                    command = stack.enter_context(_command(store, where, sample))
                    assert command.stderr is not None
                    command.stderr.readline()
                    if not codes:
                        kill(command, dask)
                    command.communicate(timeout=3600)  # all that holds its pipe ends with it
                    codes.append(command.returncode)
                    before = before or len(_digests(store))
            whole = _digests(store) == _undisturbed(nation, sample, store, folder)
            print(
                f"{name} killed: {before} areas stored when that run ended, then all "
                f"{len(_digests(store))} once each; exit codes {codes}; the bytes of an "
                f"undisturbed run: {whole}",
                flush=True,
            )


def _command(store: Store, where: Sequence[str], sample: Sequence[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "data", "fleet", "--year", str(YEAR), *where]
    return subprocess.Popen(
        [*command, "--areas", *sample], cwd=ROOT, text=True,
        env=os.environ | {"DATABASE_URL": store.database_url},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def _undisturbed(
    nation: Path, sample: Sequence[str], disturbed: Store, folder: Path
) -> dict[str, str]:
    """Return the digests of a run that began at the same moment, and was left alone."""
    begun = disturbed.fleet.begun(run_of(disturbed, YEAR, NOW))
    assert begun is not None
    with _copy_of(nation, folder) as store:
        run = run_of(store, YEAR, begun)
        inputs = FleetInputs(store, run, learner_of(ROOT / "seeds"))
        areas = areas_to_judge(store, run, sample)
        run_fleet(inputs, areas, lambda: processes(2), author=COMMAND_LINE)
        return _digests(store)


if __name__ == "__main__":
    main()
