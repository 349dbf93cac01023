"""nginx as ``deploy/`` sets it up, before processes of the app on a PostgreSQL."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from data.store.store import Store
from tests.postgres import running_server
from tests.server import ROOT, Server
from tests.ui.links.visits import issue_example

SECRET = "s" * 32
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


class _From(HTTPAdapter):
    """Asks from one of the addresses of this machine."""

    def __init__(self, source: str) -> None:
        self._source = source
        super().__init__()

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        super().init_poolmanager(*given, source_address=(self._source, 0), **named)


@dataclass(frozen=True)
class Site:
    """nginx before processes of the app and one of links, which share a database."""

    port: int
    processes: tuple[Server, ...]
    links: Server
    log: Path
    token: str
    database: str

    @contextmanager
    def session(self, cookie: str) -> Iterator[ClientConnection]:
        """Open a session of the app."""
        trusting = ssl.create_default_context(cafile=self.log.parent / "tls/certificate.pem")
        # This client reads and writes in two threads. Where the reader meets a ticket of TLS 1.3,
        # Python's ssl may take the handshake for unfinished, and what is written waits for ever.
        trusting.maximum_version = ssl.TLSVersion.TLSv1_2
        with connect(
            f"wss://zone.example:{self.port}/_stcore/stream",
            sock=socket.create_connection(("127.0.0.1", self.port)),
            ssl=trusting,
            origin=f"https://zone.example:{self.port}",  # type: ignore[arg-type]
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={**PEOPLE, "Cookie": f"{COOKIE}={cookie}"},
            open_timeout=60,
            close_timeout=0.5,  # a page in the middle of its run does not answer
        ) as session:
            yield session

    def ask(
        self, path: str, headers: Mapping[str, str] = PEOPLE, *, source: str = "127.0.0.1",
        **named: str,
    ) -> requests.Response:  # fmt: skip
        """Ask for a path as a browser does, whose cookie is named, from an address."""
        cookie = {"Cookie": f"{COOKIE}={named['cookie']}"} if "cookie" in named else {}
        with requests.Session() as browser:
            browser.mount("https://", _From(source))
            return browser.get(
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


def configured(folder: Path, port: int, processes: Sequence[Server], links: Server) -> None:
    """Write the site for this machine: its ports, its certificate, its people."""
    text = (DEPLOY / "nginx.conf").read_text()
    plain, secure = free_port(), port
    one, other = (f"    server 127.0.0.1:{port} max_fails=0;\n" for port in (8501, 8502))
    spare, last = (f"    server 127.0.0.1:{port} max_fails=0 backup;\n" for port in (8501, 8502))
    places = [process.address.rpartition("/")[2] for process in processes]
    changes = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "    listen [::]:80;\n": "",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "    listen [::]:443 ssl;\n": "",
        "/etc/zone-outlook": str(folder),
        "/var/log/nginx": str(folder),
        one: "".join(f"    server {place} max_fails=0;\n" for place in places),
        other: "",
        "127.0.0.1:8500": links.address.rpartition("/")[2],
        spare: "".join(f"    server {place} max_fails=0 backup;\n" for place in places),
        last: "",
    }
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    (folder / "site.conf").write_text(text)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    (folder / "people").write_text("planner:{PLAIN}plan\n")
    (folder / "proxy-secret.conf").write_text(f'proxy_set_header X-Sign-In-Secret "{SECRET}";\n')
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


@contextmanager
def serving(folder: Path, processes: int) -> Iterator[Site]:
    """Serve from so many processes, and one of links, behind nginx on a PostgreSQL of their own."""
    with ExitStack() as stack:
        database = stack.enter_context(running_server()).create()
        environ = {
            "DATABASE_URL": database,
            "ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING": "yes",
            "STREAMLIT_SERVER_ALLOWED_HOSTS": "zone.example",
            "STREAMLIT_SERVER_COOKIE_SECRET": "0" * 64,
        }
        names = (*(f"process-{number}" for number in range(processes)), "nginx", "links")
        folders = {name: folder / name for name in names}
        for one in folders.values():
            one.mkdir()
        servers = [
            Server(folders[f"process-{number}"], environ=environ, for_an_office=True)
            for number in range(processes)
        ]
        environ.pop("ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING")  # links are for all as it is
        links = Server(folders["links"], environ=environ, links_alone=True)
        for server in (*servers, links):
            server.start()
            stack.callback(server.kill, signal.SIGTERM)
        store = Store.open(database)
        number = issue_example(store, unpublished=False)
        _, token = store.shares.create(number, label="test", now=datetime.now(UTC))
        store.close()
        port = free_port()
        configured(folders["nginx"], port, servers, links)
        stack.enter_context(nginx(folders["nginx"], port))
        log = folders["nginx"] / "zone-outlook.log"
        yield Site(port, tuple(servers), links, log, "".join(token), database)
