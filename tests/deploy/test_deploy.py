"""What ``deploy/`` holds does what it says, with Debian's nginx and two processes of the app."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import requests
from sqlalchemy import inspect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection

from data.__main__ import _parser
from data.commands.command import ExitCode
from data.store.schema import newest_revision
from data.store.store import Store
from tests.deploy.behind_nginx import COOKIE, DEPLOY, Site, free_port, serving
from tests.deploy.soak import KINDS
from tests.server import ROOT, Server


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("site"), processes=2) as site:
        yield site


def test_who_is_asked_for_a_name_and_who_is_not(site: Site) -> None:
    assert site.ask("/", {}).status_code == 401
    assert site.ask("/_stcore/health", {}).status_code == 401
    assert site.ask("/_stcore/metrics").status_code == 404
    assert site.ask("/ready").status_code == 404
    assert requests.get(f"{site.processes[0].address}/ready", timeout=20).text == "ready"
    assert site.ask("/").status_code == 200
    assert site.ask(f"/s/{site.token}", {}).status_code == 200
    assert site.ask("/s/unknown", {}).status_code == 404


def test_a_browser_stays_with_its_process_and_browsers_are_spread(site: Site) -> None:
    answers = [site.ask("/") for _ in range(12)]
    cookies = [answer.cookies[COOKIE] for answer in answers]
    first = site.asked(12)
    for cookie in cookies:
        for _ in range(2):
            assert site.ask("/_stcore/health", cookie=cookie).cookies[COOKIE] == cookie

    again = site.asked(24)

    assert again == [process for process in first for _ in range(2)]
    assert min(Counter(first).values()) >= 1
    assert len(Counter(first)) == 2


def test_pages_run_over_the_websocket_and_are_sent_compressed(site: Site) -> None:
    page = site.ask("/")
    cookie = page.cookies[COOKIE]
    script = page.text.partition('src="./')[2].partition('"')[0]
    assert site.ask(f"/{script}", cookie=cookie).headers["Content-Encoding"] in ("gzip", "br")

    with site.session(cookie) as session:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        session.send(asked.SerializeToString())
        assert session.recv(timeout=30)


def test_no_log_holds_what_opens_a_link(site: Site) -> None:
    site.ask(f"/s/{site.token}", {})
    site.ask(f"/shared?t={site.token}&lang=zh")

    logged = site.log.read_text()

    assert "/s/..." in logged
    assert "/shared?..." in logged
    assert site.token not in logged
    assert not any(
        site.token in process.log.read_text() for process in (*site.processes, site.links)
    )


def test_every_line_of_the_app_is_json_and_has_the_number_of_the_request(site: Site) -> None:
    number = site.ask(f"/s/{site.token}", {}).headers["X-Request-ID"]

    end, named = time.monotonic() + 10, []  # a line follows its answer
    while not named and time.monotonic() < end:
        time.sleep(0.05)
        logs = [process.log.read_text() for process in (*site.processes, site.links)]
        whole = [line for log in logs for line in log[: log.rfind("\n") + 1].splitlines()]
        lines = [json.loads(line) for line in whole]
        named = [line for line in lines if line.get("request") == number]
    (found,) = named
    assert (found["method"], found["path"], found["status"]) == ("GET", "/s/{token}", 200)
    assert found["peer"] == "proxy"
    assert not any("WebSocket" in line["message"] for line in lines)
    assert number in site.log.read_text()


def test_links_have_a_process_of_their_own_and_the_others_stand_in_for_it(site: Site) -> None:
    own = site.links.address.rpartition("/")[2]
    shown = site.ask(f"/s/{site.token}", {}).text
    assert site.asked(1) == [own]
    for path in ("", "_stcore/health", "_stcore/stream", "issues"):
        assert requests.get(f"{site.links.address}/{path}", timeout=20).status_code == 404

    site.links.kill(signal.SIGKILL)
    answers = [site.ask(f"/s/{site.token}", {}) for _ in range(4)]
    stood_in = site.asked(4)
    site.links.start(fresh=False)

    assert [answer.status_code for answer in answers] == [200] * 4
    assert {answer.text for answer in answers} == {shown}
    assert own not in stood_in
    site.ask(f"/s/{site.token}", {})
    assert site.asked(1) == [own]


def test_a_flood_on_links_is_held_back_and_the_app_still_answers(site: Site) -> None:
    flooding = "127.0.0.2"
    codes = Counter(site.ask("/s/unknown", {}, source=flooding).status_code for _ in range(60))

    assert codes[429] > 10
    assert site.ask("/", source=flooding).status_code == 200
    assert site.ask(f"/s/{site.token}", {}).status_code == 200


@pytest.mark.slow
def test_nothing_is_lost_or_mistaken_while_many_work_and_processes_are_killed(
    soaked: dict[str, Any],
) -> None:
    """A short form of ``make soak``."""
    assert soaked["wrong"] == []
    counts = soaked["counts"]
    assert all(counts.get(kind, 0) >= 2 for kind in KINDS), counts
    assert soaked["would_be_lost"] == 1
    assert soaked["would_differ"] > soaked["answers"]


NEXT_RELEASE = """
import sqlalchemy as sa
from alembic import op

revision = "9001_read_by_{before}"
down_revision = "{head}"


def upgrade():
    op.add_column("vintage", sa.Column("seal", sa.Text()))
    op.create_table("task", sa.Column("id", sa.Integer(), primary_key=True))
"""


def next_release(folder: Path) -> Path:
    """Make a release whose tables those of this one may read."""
    for part in ("data", "forecasting", "ui", "seeds", ".streamlit"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("app.py", "serve.py", "pyproject.toml"):
        shutil.copy(ROOT / part, folder / part)
    head = newest_revision()
    migration = NEXT_RELEASE.format(head=head, before=head[:4])
    (folder / "data/store/migrations/versions/9001_next.py").write_text(migration)
    return folder


class Reader(Thread):
    """Somebody with the app and a link open, whose browser connects again when it is cut off."""

    def __init__(self, site: Site, over: Event) -> None:
        super().__init__(daemon=True)
        self._site, self._over = site, over
        self._cookie = site.ask("/").cookies[COOKIE]
        self.refused: list[str] = []
        self.answered = self.connected = 0

    def run(self) -> None:
        """Read until it is over."""
        while not self._over.is_set():
            try:
                with self._site.session(self._cookie) as session:
                    self.connected += 1
                    self._read(session)
            except (OSError, WebSocketException):
                self._over.wait(0.2)

    def _read(self, session: ClientConnection) -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        session.send(asked.SerializeToString())
        session.recv(timeout=20)
        while not self._over.is_set():
            with suppress(TimeoutError):
                while session.recv(timeout=0.5):
                    pass
            answer = self._site.ask(f"/s/{self._site.token}", {}, cookie=self._cookie)
            if answer.status_code not in (200, 429):  # all come from one address
                self.refused.append(f"{answer.status_code} {answer.text[:200]}")
            self.answered += 1


def go_on(readers: list[Reader], answers: int = 2) -> None:
    """Wait until every reader has got further answers on a connection that lasts."""
    counted = [reader.answered for reader in readers]
    end = time.monotonic() + 60
    while any(
        reader.answered < count + answers for reader, count in zip(readers, counted, strict=True)
    ):
        assert time.monotonic() < end, [reader.refused for reader in readers]
        time.sleep(0.1)


def test_ten_readers_go_on_while_a_process_is_killed_and_the_next_release_migrates(
    site: Site, tmp_path: Path
) -> None:
    over = Event()
    readers = [Reader(site, over) for _ in range(10)]
    first, second = site.processes
    before = requests.get(f"{second.address}/s/{site.token}", timeout=20).text
    for reader in readers:
        reader.start()
    try:
        go_on(readers)
        first.kill(signal.SIGKILL)
        go_on(readers)
        first.start(next_release(tmp_path / "next"), fresh=False)
        go_on(readers)
        for process in site.processes:
            assert requests.get(f"{process.address}/ready", timeout=20).text == "ready"
            shown = requests.get(f"{process.address}/s/{site.token}", timeout=20)
            assert (shown.status_code, shown.text) == (200, before)
    finally:
        over.set()
        for reader in readers:
            reader.join(30)

    assert [reader.refused for reader in readers] == [[]] * 10
    assert all(1 <= reader.connected <= 4 for reader in readers)
    with closing(Store.open(site.database)) as store, store._engine.connect() as connection:
        assert inspect(connection).has_table("task")


@pytest.mark.parametrize(("days", "said"), [(40, {}), (10, {"KEPT_DAYS": "7"})])
def test_a_backup_is_made_and_those_older_than_said_go(
    tmp_path: Path, days: int, said: dict[str, str]
) -> None:
    database, backups = tmp_path / "outlook.sqlite3", tmp_path / "backups"
    backups.mkdir()
    old, kept, other = (
        backups / name for name in ("zone-outlook-a.sqlite3", "zone-outlook-b.sqlite3", "mine.sql")
    )
    cut_off = backups / "zone-outlook-a.sqlite3.x1.part-wal"
    for file, age in ((old, days), (kept, 3), (other, 400), (cut_off, 2)):
        file.write_bytes(b"")
        then = time.time() - age * 86400
        os.utime(file, (then, then))
    environ = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "BACKUPS": str(backups)} | said

    refused = subprocess.run([DEPLOY / "backup"], env=environ, capture_output=True, text=True)
    assert refused.returncode != 0
    assert old.exists()

    Server(tmp_path).make_store()
    subprocess.run([DEPLOY / "backup"], env=environ, check=True)

    made = [file for file in backups.iterdir() if file not in (kept, other)]
    assert not old.exists()
    assert [oct(file.stat().st_mode & 0o777) for file in made] == ["0o600"]
    with closing(sqlite3.connect(made[0])) as backup:
        assert backup.execute("SELECT count(*) FROM vintage").fetchone() == (1,)


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("answers", [True, False])
def test_an_upgrade_goes_on_only_while_each_process_answers(tmp_path: Path, answers: bool) -> None:
    for name in ("old", "new"):
        (tmp_path / name / "deploy").mkdir(parents=True)
        (tmp_path / name / "deploy/zone-outlook@.service").write_text(f"of the {name} release")
        (tmp_path / name / "serve.py").write_text("")
        (tmp_path / name / "Makefile").write_text("install:\n\ttrue\n")
    link = tmp_path / "current"
    link.symlink_to(tmp_path / "old")
    served = HTTPServer(("127.0.0.1", 0), Healthy)
    Thread(target=served.serve_forever, daemon=True).start()
    ports = (served.server_port, served.server_port if answers else free_port(), 1)
    asked = tmp_path / "asked"
    unit = tmp_path / "root/etc/systemd/system/zone-outlook@.service"
    unit.parent.mkdir(parents=True)
    unit.write_text("of the old release")
    system = tmp_path / "systemctl"
    units = "\\n".join(f"zone-outlook@{port}.service loaded active" for port in ports[:2])
    system.write_text(
        f'#!/bin/sh\necho "$@ $(readlink {link})" "$(cat {unit})" >> {asked}\n'
        f'[ "$1" = list-units ] && printf "{units}\\n"; true\n'
    )
    system.chmod(0o755)
    environ = os.environ | {
        "ZONE_OUTLOOK": str(link), "SYSTEMCTL": str(system), "TRIES": "1",
        "DESTDIR": str(tmp_path / "root"),
    }  # fmt: skip

    done = subprocess.run(
        [DEPLOY / "upgrade", tmp_path / "new"], env=environ, capture_output=True, text=True
    )

    served.shutdown()
    served.server_close()
    steps = asked.read_text().splitlines()
    before, after = (f"{tmp_path / name} of the {name} release" for name in ("old", "new"))
    assert steps == [
        f"start zone-outlook-backup.service {before}",
        f"daemon-reload {after}",
        f"list-units --plain --no-legend zone-outlook@* {after}",
        f"restart zone-outlook@{ports[0]}.service {after}",
        f"restart zone-outlook@{ports[1]}.service {after}",
    ]
    assert link.resolve() == tmp_path / "new"
    if answers:
        assert f"before: {tmp_path / 'old'}" in done.stdout
    else:
        assert done.returncode == 1
        assert f"Back: {DEPLOY / 'upgrade'} {tmp_path / 'old'}" in done.stderr


def test_units_start_what_is_there() -> None:
    unit = (DEPLOY / "zone-outlook@.service").read_text()
    backup = (DEPLOY / "zone-outlook-backup.service").read_text()

    assert "/python serve.py --server.address 127.0.0.1 --server.port %i" in unit
    assert (ROOT / "serve.py").is_file()
    assert "ExecStart=/opt/zone-outlook/deploy/backup" in backup
    alerts = (DEPLOY / "zone-outlook-alerts.service").read_text()
    (command,) = re.findall(r"^ExecStart=\S+/python -m data (.+)$", alerts, re.MULTILINE)
    assert _parser("").parse_args(command.split()).command
    ends = re.findall(r"^SuccessExitStatus=(.+)$", alerts, re.MULTILINE)
    assert ends == [f"{ExitCode.UNCHANGED:d} {ExitCode.UNFINISHED:d}"]
    for name in ("backup", "place-units", "rollback", "upgrade"):
        assert os.access(DEPLOY / name, os.X_OK)
