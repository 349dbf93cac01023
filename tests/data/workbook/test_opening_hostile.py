"""No file harms the server, and each is refused with a sentence that says what to do."""

from __future__ import annotations

import logging
import resource
import sys
import threading
from collections.abc import Callable

import pytest

from data.errors import WorkbookRefused
from data.workbook.limits import MEGABYTE, Limits
from data.workbook.opening import open_book
from data.workbook.opening_process import taken_apart
from data.workbook.refusal import Refusal, Refused
from tests.data.workbook.hostile import HOSTILE, busy_spans, zipped
from ui.messages import Language
from ui.messages.errors import told
from ui.messages.markdown import literal

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
    for language in Language:
        unread, why = told(caught.value, language)
        assert literal(name) in unread
        assert "{" not in why


@pytest.mark.parametrize("reason", Refusal)
def test_every_reason_has_its_sentences(reason: Refusal) -> None:
    values = {"limit": 1, "rows": 1, "columns": 1, "count": 1}
    texts = {"cell": "A1", "sheet": "S", "found": "PDF", "encoding": "BIG5"}

    for file in ("", "a.xls"):
        refused = WorkbookRefused(file, reason, **values, **texts)
        assert len(told(refused, Language.ZH)) == len(told(refused, Language.EN)) == 2


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


def test_a_defect_of_the_reader_is_logged_and_explained(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "data.workbook.opening_process._COMMAND", (sys.executable, "-c", "raise SystemExit(1)")
    )

    with caplog.at_level(logging.ERROR), pytest.raises(WorkbookRefused) as caught:
        open_book("a.xlsx", zipped(ONE_CELL))

    assert caught.value.refusal is Refusal.DAMAGED
    assert len(caplog.records) == 1


@pytest.mark.parametrize("words", ["'x' * 5_000_000", "'{}\\n' * 5_000_000"])
def test_a_process_that_says_too_much_is_ended(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command = (sys.executable, "-c", f"print({words})")
    monkeypatch.setattr("data.workbook.opening_process._COMMAND", command)

    with pytest.raises(Refused) as caught:
        taken_apart(b"", "zipped", Limits(output=1000))

    assert caught.value.reason is Refusal.MEMORY


def test_the_process_knows_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:secret@host/database")
    probe = "import os, json; print(json.dumps({'refused': 'damaged', 'values': dict(os.environ)}))"
    monkeypatch.setattr("data.workbook.opening_process._COMMAND", (sys.executable, "-c", probe))

    with pytest.raises(Refused) as caught:
        taken_apart(b"", "zipped")

    assert "secret" not in str(caught.value.values)


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
