"""Workers of a run: this process, processes of this machine, or a Dask cluster."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Thread
from typing import Any

from forecasting.fleet.batch import FleetAnswer, FleetBatch, judge_batch
from forecasting.models.runtime import keep_freed_memory, use_one_thread


@dataclass(frozen=True, slots=True)
class Workers:
    """An executor, and how many batches it judges at the same time."""

    executor: Executor
    count: int


REACHING = 10
"""Seconds that a cluster has to answer."""
OpenWorkers = Callable[[], AbstractContextManager[Workers]]
"""Opens workers; called again where some were lost."""


def judge(batch: FleetBatch) -> list[FleetAnswer]:
    """Judge a batch in a worker."""
    _make_ready()
    return judge_batch(batch)


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
    if count == 1:
        executor: Executor = ThreadPoolExecutor(1)
    else:
        # A fork would copy this process with its threads and open connections.
        context = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(count, context, initializer=end_with_driver)
    try:
        yield Workers(executor, count)
    finally:
        executor.shutdown(cancel_futures=True)


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
