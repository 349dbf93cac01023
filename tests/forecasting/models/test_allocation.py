import subprocess
import sys

import pytest

FAULTS = """
import resource
import numpy as np
from forecasting.models.allocation import keep_freed_memory
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
