"""Programs keep linear algebra to one thread as long as they run, and memory that was freed."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from data.store.seed import ensure_seeded
from data.store.store import Store

ROOT = Path(__file__).resolve().parents[3]
COMMAND = """
from forecasting.__main__ import main
figures = "seeds/observations/china.csv"
main(["outlook", "--area", "CN", "--year", "2025", figures])
"""
SERVER = """
import asyncio, serve
async def start():
    async with serve.lifespan(serve.app):
        pass
asyncio.run(start())
"""
COUNT = """
from threadpoolctl import threadpool_info
import scipy.linalg
print("threads", sorted({one["num_threads"] for one in threadpool_info()}))
"""


@pytest.mark.parametrize("program", [COMMAND, SERVER], ids=["command", "server"])
def test_a_program_keeps_linear_algebra_to_one_thread(program: str, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/store.db"
    with closing(Store.open(database)) as store:
        ensure_seeded(store, ROOT / "seeds")
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "2", "DATABASE_URL": database}

    found = subprocess.run(
        [sys.executable, "-c", program + COUNT],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert found.stdout.splitlines()[-1] == "threads [1]"


FAULTS = """
import resource
import numpy as np
from forecasting.models.runtime import keep_freed_memory
keep_freed_memory()
def work():
    arrays = [np.ones(2**17) for _ in range(40)]  # a mebibyte each
work()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    work()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""
A_TENTH_OF_ALL_PAGES = 10 * 40 * 256 // 10


@pytest.mark.skipif(sys.platform != "linux", reason="of the allocator of Linux")
def test_memory_that_was_freed_is_used_again_without_asking_the_system() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAULTS], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < A_TENTH_OF_ALL_PAGES
