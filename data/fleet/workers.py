"""Workers of a run: this process, processes of this machine, or a Dask cluster."""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from threading import Thread
from typing import Any

from forecasting.fleet.batch import FleetAnswer, FleetBatch, judge_batch
from forecasting.models.runtime import keep_freed_memory, use_one_thread


@dataclass(frozen=True, slots=True)
class Workers:
    """An executor, and how many batches it judges at the same time.

    Attributes
    ----------
    folder
        Where processes of this machine leave their answers. All share one pipe to this process:
        of an answer that is cut off in it, by whoever kills a worker, this process would wait
        for the rest for ever. The name of a file is written into it whole or not at all.
    """

    executor: Executor
    count: int
    folder: Path | None = None

    def begin(self, batch: FleetBatch) -> Future[list[FleetAnswer] | Path]:
        """Have a batch judged."""
        if self.folder is None:
            return self.executor.submit(judge, batch)
        return self.executor.submit(_judge_into, self.folder, batch)

    def answers(self, judged: Future[list[FleetAnswer] | Path]) -> list[FleetAnswer]:
        """Return the answers of a batch, once; raise whatever ended its worker."""
        result = judged.result()
        if not isinstance(result, Path):
            return result
        answers: list[FleetAnswer] = pickle.loads(result.read_bytes())
        result.unlink()
        return answers


REACHING = 10
"""Seconds that a cluster has to answer."""
OpenWorkers = Callable[[], AbstractContextManager[Workers]]
"""Opens workers; called again where some were lost."""


def judge(batch: FleetBatch) -> list[FleetAnswer]:
    """Judge a batch in a worker."""
    _make_ready()
    return judge_batch(batch)


def _judge_into(folder: Path, batch: FleetBatch) -> Path:
    """Judge a batch in a process of this machine; return the file of its answers."""
    answers = judge(batch)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(answers, file)
    return Path(file.name)


@cache
def _make_ready() -> None:
    """Set a process up for computing, once."""
    use_one_thread()
    keep_freed_memory()


def end_with_driver() -> None:
    """End this process once the one that started it is gone: a pool would wait for ever."""
    driver = multiprocessing.parent_process()
    assert driver is not None

    def watch() -> None:
        driver.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


@contextmanager
def processes(count: int) -> Iterator[Workers]:
    """Open processes of this machine; a single worker is this process itself."""
    with ExitStack() as ended:
        if count == 1:
            workers = Workers(ThreadPoolExecutor(1), count)
        else:
            folder = ended.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
            # A fork would copy this process with its threads and open connections.
            context = multiprocessing.get_context("spawn")
            pool = ProcessPoolExecutor(count, context, initializer=end_with_driver)
            workers = Workers(pool, count, Path(folder))
        ended.callback(workers.executor.shutdown, cancel_futures=True)
        yield workers


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Open the workers of a Dask cluster; they need this program, of the same release.

    Raises
    ------
    ImportError
        If ``distributed`` is not installed: it is not needed otherwise.
    OSError
        If nothing answers at the address, or it is none, or no worker is there.
    """
    from distributed import Client

    # Its logger tells of lost connections with tracebacks; what they lead to is told by the run.
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    try:
        client: Any = Client(address, timeout=REACHING)  # type: ignore[no-untyped-call]
    except ValueError as error:  # the address is none
        raise OSError(str(error)) from None
    with client:
        client.wait_for_workers(1, timeout=REACHING)
        yield Workers(client.get_executor(), sum(client.nthreads().values()))
