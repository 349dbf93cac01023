"""The night of the timer in docs/operating.md, killed and run again, in one process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from data import clock
from data.alerts import check
from tests.data.alerts.receivers import web_server
from tests.data.commands.conftest import Told, run, told
from tests.timer_night import AREA, LABEL, Office, end_of

__all__ = ["run", "told"]

KILLS = 5
"""``python -m tests.timer_night`` kills ten times, and processes instead of calls."""


class Killed(BaseException):
    """Ends a command at once; nothing catches it."""


@dataclass
class KillAt:
    """Counts the moments before and after each commit to a store, and ends what runs at one."""

    passed: int = 0
    _at: int = 0
    _committed: bool = False

    def moment(self, at: int) -> None:
        """End whatever runs at a moment, counted from now on."""
        self.passed, self._at, self._committed = 0, at, False

    def never(self) -> None:
        """Count alone, from now on."""
        self.moment(0)

    def commit(self, *_: object) -> None:
        """Count what comes before a commit."""
        self._count()
        self._committed = True

    def execute(self, *_: object) -> None:
        """Count what comes after a commit."""
        if self._committed:
            self._committed = False
            self._count()

    def _count(self) -> None:
        self.passed += 1
        if self.passed == self._at:
            raise Killed


@pytest.fixture
def kill_at() -> Iterator[KillAt]:
    found = KillAt()
    heard = (("before_cursor_execute", found.execute), ("commit", found.commit))
    for name, listener in heard:
        event.listen(Engine, name, listener)
    yield found
    for name, listener in heard:
        event.remove(Engine, name, listener)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock run on where a delivery that was cut off is waited for."""
    passed = timedelta()

    class Running(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + passed

    def sleep(seconds: float) -> None:
        nonlocal passed
        passed += timedelta(seconds=seconds)

    monkeypatch.setattr(clock, "datetime", Running)
    monkeypatch.setattr("data.commands.alerts.deliver", partial(check.deliver, sleep=sleep))


def night(office: Office, told: Told) -> None:
    """Run the commands of the night, each of which may find its work done."""

    def done(*command: object) -> Any:
        code, answer = told(office.database_url, *command)
        assert code in (0, 4), answer
        return answer

    for file in sorted(office.inbox.glob("*.csv")):
        done("import", file, "--area", AREA, "--answers", office.inbox / "answers.json",
             "--author", "timer")  # fmt: skip
    number = done("issue", "--area", AREA, "--issuer", "timer", "--author", "timer")["issue"][
        "number"
    ]
    done("link", "make", number, "--label", LABEL, "--author", "timer",
         "--address-file", office.outbox / f"address-{number}")  # fmt: skip
    done("alerts", "check")


@pytest.mark.slow
def test_a_night_that_is_killed_and_run_again_ends_as_one_that_nobody_disturbed(
    told: Told, kill_at: KillAt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    random, ends = Random(1), []  # kills at imports, the issue, the link and the alert
    for disturbed in (False, True):
        with web_server() as hook:
            office = Office(tmp_path / str(disturbed))
            office.open(hook.url, ".csv")
            for name, value in office.environment.items():
                monkeypatch.setenv(name, value)
            told(office.database_url, "alerts", "line", "--area", AREA, "--at", 50)
            told(office.database_url, "alerts", "check")
            hook.posts.clear()
            for _ in range(KILLS if disturbed else 0):
                kill_at.moment(random.randint(3, 7))  # of twenty, and fewer each time
                with pytest.raises(Killed):
                    night(office, told)
            kill_at.never()
            night(office, told)
            ends.append(end_of(office, hook.documents))

    assert ends[0]["told"]
    assert [name for _, name in ends[0]["files"][-3:]] == ["7.csv", "8.csv", "9.csv"]
    assert len(ends[0]["issues"]) == 2  # one came with the sample zone
    assert ends[1] == ends[0]
