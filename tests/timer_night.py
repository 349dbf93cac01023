"""A night of the timer in docs/operating.md, killed and run again: ``python -m tests.timer_night``.

Three workbooks are imported with their answers, the outlook is issued, a link is made, and alerts
are sent to a web server of this machine. However often it is killed, the end is that of a night
that nobody disturbed, with everything once. The tests run it in one process (``test_timer_night``).
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from data.commands.command import view_of
from data.store.seed import ensure_ready
from data.store.store import Store
from data.views import BaselineKey
from data.workbook.write.csv_text import csv_of
from data.workbook.write.excel import Cell, SheetTable, workbook_of
from forecasting.issues.json import read_snapshot
from tests.data.alerts.receivers import web_server

ROOT = Path(__file__).resolve().parents[1]
AREA, YEAR, SEED = "SAMPLE", 2026, 20261201
LABEL = "night"
ANSWERS = {"status": "status:published"}
GROWTH = {7: 6.4, 8: 5.1, 9: 4.2}
"""Of investment since January, in percent; each month revises the one before by a tenth."""


@dataclass(frozen=True)
class Office:
    """Where a night takes its files from, and where it leaves what came of it."""

    folder: Path

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.folder}/outlook.sqlite3"

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def outbox(self) -> Path:
        return self.folder / "outbox"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url,
            "ALERT_CHANNELS_FILE": str(self.folder / "channels.toml"),
            "AREA": AREA,
            "INBOX": str(self.inbox),
            "OUTBOX": str(self.outbox),
        }

    def open(self, hook: str, kind: str = ".xlsx") -> None:
        """Make the files, the channel and the store, as they are on the eve."""
        self.inbox.mkdir(parents=True)
        self.outbox.mkdir()
        (self.inbox / "answers.json").write_text(json.dumps(ANSWERS))
        (self.folder / "channels.toml").write_text(
            f'[[channel]]\nkind = "webhook"\nname = "program"\nurl = "{hook}"\n'
        )
        for month, growth in GROWTH.items():
            rows: list[list[Cell]] = [[f"2026年1-{month}月", growth]]
            if month - 1 in GROWTH:
                rows.append([f"2026年1-{month - 1}月", GROWTH[month - 1] + 0.1])
            table = SheetTable(name="投资", heads=["期间", "固定资产投资同比增长（%）"], rows=rows)
            content = workbook_of([table]) if kind == ".xlsx" else csv_of([table.heads, *rows])
            (self.inbox / f"{month}{kind}").write_bytes(content)
        with closing(Store.open(self.database_url)) as store:
            ensure_ready(store, ROOT / "seeds")


def end_of(office: Office, posts: list[Any]) -> dict[str, Any]:
    """Return what came of a night, without days, numbers of messages and secrets.

    Raises
    ------
    AssertionError
        If the address that was kept does not open the one open link.
    """
    with closing(Store.open(office.database_url)) as store:
        newest = store.latest_vintage()
        issues = store.issues.listed(AREA)
        (link,) = store.shares.listed(issues[0].number)
        address = (office.outbox / f"address-{issues[0].number}").read_text().strip()
        opened = store.shares.of_token(address.removeprefix("/s/"))
        assert opened is not None
        assert opened.id == link.id
        outlook = BaselineKey(view_of(store), AREA, YEAR).outlook
        issued = read_snapshot(store.issues.find(issues[0].number).document)
        assert issued.outlook.all_clear == outlook.all_clear
        return {
            "vintages": [(one.author, one.kind) for one in store.vintages()],
            "files": [(one.vintage, one.name) for one in store.file_records()],
            "figures": store.observations(newest, AREA),
            "issues": [(one.number, one.issuer, one.vintage) for one in issues],
            "chance": store.issues.track(AREA)[-1].p_all,
            "links": [(one.id, one.label, one.revoked_at) for one in store.shares.listed()],
            "alerts": sorted(repr(one.alert.alert) for one in store.alerts.log(99)),
            "told": sorted({post["id"]: repr(post["alert"]) for post in posts}.values()),
        }


def script() -> str:
    """Return the night as docs/operating.md has it."""
    text = (ROOT / "docs" / "operating.md").read_text("utf-8")
    section = text.partition("\n## A night of the timer\n")[2].partition("\n## ")[0]
    (found,) = re.findall(r"^```sh\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    return str(found)


def _run(office: Office, seconds: float | None) -> int | None:
    """Run the night, killed with all it has begun after some seconds; return its exit code."""
    begun = subprocess.Popen(
        ["bash", "-c", script()], cwd=ROOT, env=os.environ | office.environment,
        stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        return begun.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(begun.pid, signal.SIGKILL)
        begun.wait()
        return None


def main(kills: int = 10, seed: int = SEED) -> int:
    """Run a night undisturbed, and another that is killed; return 1 if they end differently."""
    random, ends, length = Random(seed), [], 0.0
    for disturbed in (False, True):
        with tempfile.TemporaryDirectory() as folder, web_server() as hook:
            office = Office(Path(folder))
            office.open(hook.url)
            for command in (["line", "--area", AREA, "--at", "50"], ["check"]):
                subprocess.run(
                    [sys.executable, "-m", "data", "alerts", *command], cwd=ROOT, check=False,
                    env=os.environ | office.environment, stdout=subprocess.DEVNULL,
                )  # fmt: skip
            hook.posts.clear()
            begun = time.monotonic()
            for _ in range(kills if disturbed else 0):
                seconds = random.uniform(0, length)
                code = _run(office, seconds)
                print(f"killed after {seconds:.1f} s" if code is None else f"ended with {code}")
            while (code := _run(office, None)) != 0:
                print(f"ended with {code}, to be run again")
                time.sleep(10)
            length = time.monotonic() - begun
            ends.append(end_of(office, hook.documents))
    undisturbed, killed = ends
    for name, value in undisturbed.items():
        print(f"{name}: {'same' if killed[name] == value else f'{value} is {killed[name]}'}")
    return 0 if undisturbed == killed else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
