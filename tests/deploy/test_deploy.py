"""What ``deploy/`` holds does what it says, with Debian's nginx and two processes of the app."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from data.store.store import Store
from tests.postgres import running_server
from tests.server import ROOT, Server
from tests.ui.links.visits import issue_example

DEPLOY = ROOT / "deploy"
PEOPLE = {"Authorization": f"Basic {base64.b64encode(b'planner:plan').decode()}"}
COOKIE = "outlook_process"
MAIN = """
daemon off;
error_log {folder}/error.log;
pid {folder}/nginx.pid;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Site:
    """nginx before two processes of the app, which share a database."""

    port: int
    processes: tuple[Server, Server]
    log: Path
    token: str

    def ask(
        self, path: str, headers: Mapping[str, str] = PEOPLE, **named: str
    ) -> requests.Response:
        """Ask for a path as a browser does, whose cookie is named."""
        cookie = {"Cookie": f"{COOKIE}={named['cookie']}"} if "cookie" in named else {}
        return requests.get(
            f"https://127.0.0.1:{self.port}{path}",
            headers={"Host": f"zone.example:{self.port}", **headers, **cookie},
            verify=str(self.log.parent / "tls/certificate.pem"),
            timeout=20,
        )

    def asked(self, count: int) -> list[str]:
        """Return which process each of the last requests was passed to."""
        time.sleep(0.3)  # nginx writes a line when the answer is sent
        lines = self.log.read_text().splitlines()[-count:]
        return [line.split()[-2].rpartition(", ")[2] for line in lines]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def configured(folder: Path, port: int, processes: tuple[Server, Server]) -> None:
    """Write the site for this machine: its ports, its certificate, its people."""
    text = (DEPLOY / "nginx.conf").read_text()
    plain, secure = free_port(), port
    changes = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "    listen [::]:80;\n": "",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "    listen [::]:443 ssl;\n": "",
        "/etc/zone-outlook": str(folder),
        "/var/log/nginx": str(folder),
        "127.0.0.1:8501": processes[0].address.rpartition("/")[2],
        "127.0.0.1:8502": processes[1].address.rpartition("/")[2],
    }
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    (folder / "site.conf").write_text(text)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    (folder / "people").write_text("planner:{PLAIN}plan\n")
    (folder / "tls").mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=zone.example",
         "-addext", "subjectAltName=DNS:zone.example,IP:127.0.0.1",
         "-keyout", folder / "tls/key.pem", "-out", folder / "tls/certificate.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[None]:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "the tests need nginx; `make test` installs it"
    command = [program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    if os.geteuid() == 0:
        command += ["-g", "user root;"]
    with subprocess.Popen(command) as process:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        try:
            yield
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with ExitStack() as stack:
        database = stack.enter_context(running_server()).create()
        environ = {
            "DATABASE_URL": database,
            "ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING": "yes",
            "STREAMLIT_SERVER_ALLOWED_HOSTS": "zone.example",
            "STREAMLIT_SERVER_COOKIE_SECRET": "0" * 64,
        }
        folders = [tmp_path_factory.mktemp(name) for name in ("first", "second", "nginx")]
        first, second = (
            Server(folder, environ=environ, for_an_office=True) for folder in folders[:2]
        )
        for server in (first, second):
            server.start()
            stack.callback(server.kill, signal.SIGTERM)
        store = Store.open(database)
        number = issue_example(store, unpublished=False)
        _, token = store.shares.create(number, label="test", now=datetime.now(UTC))
        store.close()
        port = free_port()
        configured(folders[2], port, (first, second))
        stack.enter_context(nginx(folders[2], port))
        log = folders[2] / "zone-outlook.log"
        yield Site(port, (first, second), log, "".join(token))


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

    trusting = ssl.create_default_context(cafile=site.log.parent / "tls/certificate.pem")
    with connect(
        f"wss://zone.example:{site.port}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", site.port)),
        ssl=trusting,
        origin=f"https://zone.example:{site.port}",  # type: ignore[arg-type]
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={**PEOPLE, "Cookie": f"{COOKIE}={cookie}"},
    ) as session:
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
    assert not any(site.token in process.log.read_text() for process in site.processes)


def test_every_line_of_the_app_is_json_and_has_the_number_of_the_request(site: Site) -> None:
    number = site.ask(f"/s/{site.token}", {}).headers["X-Request-ID"]

    logs = (process.log.read_text() for process in site.processes)
    lines = [json.loads(line) for log in logs for line in log.splitlines()]
    (found,) = [line for line in lines if line.get("request") == number]
    assert (found["method"], found["path"], found["status"]) == ("GET", "/s/{token}", 200)
    assert found["peer"] == "proxy"
    assert number in site.log.read_text()


def test_readers_go_on_at_the_other_process_when_one_is_killed(site: Site) -> None:
    cookies = [site.ask("/").cookies[COOKIE] for _ in range(8)]
    first, _ = site.processes
    first.kill(signal.SIGKILL)
    try:
        for cookie in cookies:
            assert site.ask("/", cookie=cookie).status_code == 200
            assert site.ask(f"/s/{site.token}", {}, cookie=cookie).status_code == 200
    finally:
        first.start()


def test_a_flood_on_links_is_held_back_and_the_app_still_answers(site: Site) -> None:
    codes = Counter(site.ask("/s/unknown", {}).status_code for _ in range(60))

    assert codes[429] > 10
    assert site.ask("/").status_code == 200


def test_a_backup_is_made_and_those_older_than_said_go(tmp_path: Path) -> None:
    database, backups = tmp_path / "outlook.sqlite3", tmp_path / "backups"
    backups.mkdir()
    old, kept, other = (
        backups / name for name in ("zone-outlook-a.sqlite3", "zone-outlook-b.sqlite3", "mine.sql")
    )
    for file, days in ((old, 40), (kept, 3), (other, 400)):
        file.write_bytes(b"")
        then = time.time() - days * 86400
        os.utime(file, (then, then))
    environ = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}", "BACKUPS": str(backups), "KEPT_DAYS": "35",
    }  # fmt: skip

    refused = subprocess.run([DEPLOY / "backup"], env=environ, capture_output=True, text=True)
    assert refused.returncode != 0
    assert old.exists()

    Server(tmp_path).make_store()
    subprocess.run([DEPLOY / "backup"], env=environ, check=True)

    made = [file for file in backups.iterdir() if file not in (kept, other)]
    assert not old.exists()
    assert [oct(file.stat().st_mode & 0o777) for file in made] == ["0o600"]
    with sqlite3.connect(made[0]) as backup:
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
        (tmp_path / name).mkdir()
        (tmp_path / name / "serve.py").write_text("")
        (tmp_path / name / "Makefile").write_text("install:\n\ttrue\n")
    link = tmp_path / "current"
    link.symlink_to(tmp_path / "old")
    served = HTTPServer(("127.0.0.1", 0), Healthy)
    Thread(target=served.serve_forever, daemon=True).start()
    ports = (served.server_port, served.server_port if answers else free_port(), 1)
    asked = tmp_path / "asked"
    system = tmp_path / "systemctl"
    units = "\\n".join(f"zone-outlook@{port}.service loaded active" for port in ports[:2])
    system.write_text(
        f'#!/bin/sh\necho "$@ $(readlink {link})" >> {asked}\n'
        f'[ "$1" = list-units ] && printf "{units}\\n"; true\n'
    )
    system.chmod(0o755)
    environ = os.environ | {
        "ZONE_OUTLOOK": str(link), "SYSTEMCTL": str(system), "TRIES": "1",
    }  # fmt: skip

    done = subprocess.run(
        [DEPLOY / "upgrade", tmp_path / "new"], env=environ, capture_output=True, text=True
    )

    served.shutdown()
    served.server_close()
    steps = asked.read_text().splitlines()
    assert steps[0] == f"start zone-outlook-backup.service {tmp_path / 'old'}"
    assert [step.split()[0] for step in steps] == ["start", "list-units", "restart", "restart"]
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
    for name in ("backup", "upgrade"):
        assert os.access(DEPLOY / name, os.X_OK)
