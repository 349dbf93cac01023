"""No file harms the server, and each is refused with a sentence that says what to do."""

from __future__ import annotations

import ctypes
import logging
import os
import resource
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from data.workbook.open import process
from data.workbook.open.limits import MEGABYTE, Limits
from data.workbook.open.opening import WorkbookRefused, open_book
from data.workbook.open.process import taken_apart
from data.workbook.open.refusal import MEANINGS, Refusal, Refused
from tests.data.workbook.open.hostile import HOSTILE, busy_spans, endless_hashing, zipped
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.frame.errors import told
from ui.language.markdown import literal

ROOT = Path(__file__).parents[4]
STARTED = """
import json, os
found = {
    "environment": dict(os.environ), "directory": os.getcwd(), "files": os.listdir("."),
    "descriptors": [number for number in range(64) if os.path.exists(f"/dev/fd/{number}")],
}
print(json.dumps({"refused": "damaged", "values": found}))
"""
KEEP_USER = """
import sys
sys.path[:0] = sys.argv[1:3]
from data.workbook.open.inside import confinement
confinement._become_nobody = lambda: None
"""
ATTEMPTS = """
import sys
sys.path[:0] = sys.argv[1:3]
import os, socket, subprocess
from data.workbook.open.inside import zipped
from data.workbook.open.refusal import MEANINGS, Refusal, Refused

ATTEMPTS = {{
    "read": lambda: open({path!r}).read(),
    "write": lambda: open({path!r}, "w"),
    "empty": lambda: os.truncate({path!r}, 0),
    "remove": lambda: os.unlink({path!r}),
    "list": lambda: os.listdir({root!r}),
    "connect": lambda: socket.socket(),
    "start": lambda: os.fork() or os._exit(0),
    "signal": lambda: os.kill({server}, 0),
}}

def attempted(content):
    succeeded = []
    for name, attempt in ATTEMPTS.items():
        try:
            attempt()
        except OSError:
            continue
        succeeded.append(name)
    values = {{"succeeded": succeeded, "tried": len(ATTEMPTS), "user": os.geteuid()}}
    raise Refused(Refusal.DAMAGED, **values)

zipped.sheets_of = attempted
"""
MEMORY = Refusal.MEMORY
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def peak() -> int:
    """Return the most memory that this process has held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    make, reasons = HOSTILE[name]
    content = make()
    before = peak()

    with pytest.raises(WorkbookRefused) as caught:
        open_book(name, content)

    assert caught.value.refusal in reasons
    assert peak() - before < 160 * MEGABYTE
    assert caplog.get_records("call") == []
    for say in SPEAKERS:
        unread, why = told(caught.value, say)
        assert literal(name) in unread
        assert "{" not in why


@pytest.mark.parametrize("reason", Refusal)
def test_every_reason_has_its_sentences(reason: Refusal) -> None:
    values = {"limit": 1, "rows": 1, "columns": 1, "count": 1}
    texts = {"cell": "A1", "sheet": "S", "found": "PDF", "encoding": "BIG5"}

    for file in ("", "a.xls"):
        refused = WorkbookRefused(file, reason, **values, **texts)
        assert len(told(refused, ZH)) == len(told(refused, EN)) == 2
        assert MEANINGS[reason] in str(refused)  # what a command says


@pytest.mark.parametrize(
    ("make", "may_use", "reason"),
    [
        (busy_spans, Limits(processor=1), Refusal.TIME),
        (busy_spans, Limits(wall=0.5), Refusal.TIME),
        (lambda: b"<table><td>" + b"x" * (40 * MEGABYTE), Limits(memory=60 * MEGABYTE), MEMORY),
        (lambda: b"<table><td>1", Limits(output=10), MEMORY),
    ],
)
def test_a_process_that_takes_too_much_is_ended(
    make: Callable[[], bytes], may_use: Limits, reason: Refusal
) -> None:
    content = make()

    with pytest.raises(Refused) as caught:
        taken_apart(content, "markup", may_use)

    assert caught.value.reason is reason


def test_a_file_that_wants_its_password_hashed_without_end_is_put_aside() -> None:
    with pytest.raises(Refused) as caught:
        taken_apart(b"secret\0" + endless_hashing(), "encrypted", Limits(processor=1))

    assert caught.value.reason is Refusal.TIME


def test_a_defect_of_the_reader_is_logged_and_explained(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "data.workbook.open.process._COMMAND", (sys.executable, "-c", "raise SystemExit(1)")
    )

    with caplog.at_level(logging.ERROR), pytest.raises(WorkbookRefused) as caught:
        open_book("a.xlsx", zipped(ONE_CELL))

    assert caught.value.refusal is Refusal.DAMAGED
    assert len(caplog.records) == 1


@pytest.mark.parametrize("words", ["'x' * 5_000_000", "'{}\\n' * 5_000_000"])
def test_a_process_that_says_too_much_is_ended(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command = (sys.executable, "-c", f"print({words})")
    monkeypatch.setattr("data.workbook.open.process._COMMAND", command)

    with pytest.raises(Refused) as caught:
        taken_apart(b"", "zipped", Limits(output=1000))

    assert caught.value.reason is Refusal.MEMORY


def test_the_process_starts_with_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:secret@host/database")
    monkeypatch.setattr(
        "data.workbook.open.process._COMMAND", (sys.executable, "-I", "-S", "-c", STARTED)
    )

    with open(__file__) as server:
        os.set_inheritable(server.fileno(), True)
        with pytest.raises(Refused) as caught:
            taken_apart(b"", "zipped")

    found = caught.value.values
    assert "secret" not in str(found["environment"])
    assert found["files"] == []
    assert not str(ROOT).startswith(found["directory"])
    assert found["descriptors"] == [0, 1, 2]
    assert not os.path.exists(found["directory"])


@pytest.mark.parametrize("user", ["nobody", "the server's"])
def test_a_reading_reaches_no_file_no_network_and_no_process(
    user: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Try what a file might that took over the library that reads it."""
    as_root = os.geteuid() == 0
    if user != "nobody" and ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) < 1:
        pytest.skip("this kernel has no Landlock")
    if user == "nobody" and not as_root:
        pytest.skip("only root can become nobody")
    kept = tmp_path / "database.sqlite"
    kept.write_text("figures")
    kept.chmod(0o666)
    tmp_path.chmod(0o777)
    attempts = "" if user == "nobody" else KEEP_USER
    attempts += ATTEMPTS.format(path=str(kept), root=str(ROOT), server=os.getpid())
    *python, start, project, library = process._COMMAND
    monkeypatch.setattr(
        "data.workbook.open.process._COMMAND", (*python, attempts + start, project, library)
    )

    with pytest.raises(Refused) as caught:
        taken_apart(b"", "zipped")

    # The number of processes of root is not limited, but a new one can do no more.
    expected = ["start"] if as_root and user != "nobody" else []
    assert caught.value.values == {
        "tried": 8, "succeeded": expected, "user": 65534 if user == "nobody" else os.geteuid(),
    }  # fmt: skip
    assert kept.read_text() == "figures"


def test_readings_wait_their_turn_and_all_end() -> None:
    content, opened = zipped(ONE_CELL), []

    def read() -> None:
        opened.append(open_book("a.xlsx", content).sheets[0].rows)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert opened == [((1.0,),)] * 6
