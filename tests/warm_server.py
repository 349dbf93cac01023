"""Servers that begin as copies of a process that has imported what they need.

A server of the app imports for three seconds before it listens, and the tests start some fifty.
What is copied are libraries, ``data`` and ``forecasting``; ``ui``, which tells Streamlit's runtime
of its components, and ``serve.py`` are imported anew by each copy. ``tests/test_serving.py`` and
``tests/deploy`` start the commands that people type.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_DIE_WITH_PARENT = 1
"""``PR_SET_PDEATHSIG`` of prctl(2)."""


@dataclass(frozen=True)
class Copy:
    """A copy of the warm process, whose child it is and not ours."""

    pid: int
    _ended: int
    """A file descriptor that is readable once it has ended."""

    def poll(self) -> int | None:
        """Return 0 once it has ended."""
        return 0 if select.select([self._ended], [], [], 0)[0] else None

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it has ended."""
        if not select.select([self._ended], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("streamlit", timeout or 0)

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal, in vain where it has ended."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._ended, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def run_streamlit(arguments: Sequence[str], environ: Mapping[str, str], log: Path) -> Copy:
    """Run ``streamlit`` with arguments in a process that writes to a log."""
    warm = _warm_process()
    assert warm.stdin
    assert warm.stdout
    asked = {"arguments": arguments, "environ": dict(environ), "log": str(log)}
    warm.stdin.write(json.dumps(asked) + "\n")
    warm.stdin.flush()
    pid = int(warm.stdout.readline())
    return Copy(pid, os.pidfd_open(pid))


@lru_cache(1)
def _warm_process() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.warm_server"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    atexit.register(process.communicate)  # it ends with what it reads
    return process


def _copy_on_demand() -> None:
    """Become what each line asks for in a copy; end once nobody can ask any more."""
    _import_libraries()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries those that end
    for line in sys.stdin:
        if not (pid := os.fork()):
            asked = json.loads(line)
            break
        print(pid, flush=True)
    else:
        return
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)  # also where the tests are killed
    os.environ.clear()
    os.environ |= asked["environ"]
    time.tzset()
    with open(os.devnull) as nothing, open(asked["log"], "a") as log:
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    sys.argv = ["streamlit", *asked["arguments"]]
    importlib.import_module("streamlit.web.cli").main(prog_name="streamlit")


def _import_libraries() -> None:
    importlib.import_module("streamlit.web.cli")
    importlib.import_module("ui.overview.first_visit").settle()
    for name in [name for name in sys.modules if name.partition(".")[0] == "ui"]:
        del sys.modules[name]


if __name__ == "__main__":
    _copy_on_demand()
