"""What many people at once cost each: ``python -m benchmarks.load [--users 10 50 100]``.

Each user has a session of their own, opens a page of the menu, reads for two seconds and opens the
next. ``--processes 1`` serves from one process on SQLite, more from as many behind nginx on
PostgreSQL, and one for links. Readers of a link ask beside them, with no users alone. Printed are
the times from asking for a page until its script has ended, those of the link, what failed, and how
much the processes grew for each session. The client runs on the same machine: leave it a core.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import ssl
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from data.store.store import Store
from tests.deploy.behind_nginx import COOKIE, PEOPLE, configured, free_port, nginx
from tests.postgres import running_server
from tests.server import Server
from tests.ui.links.visits import issue_example

THINKING = 2.0
WAITING = 60.0
PAGES = ("overview", "indicator", "scenario", "data")
VIEW = "area=SAMPLE&lang=zh"
OPEN = {"ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING": "yes"}


@dataclass(frozen=True)
class Site:
    """Where the app is asked, and by which processes it is served."""

    place: str
    host: str
    processes: Sequence[Server]
    trusting: ssl.SSLContext | None = None
    token: str = ""

    @property
    def megabytes(self) -> float:
        """What all processes hold in memory."""
        pages = (
            Path(f"/proc/{process.process_id}/statm").read_text().split()[1]
            for process in self.processes
        )
        return sum(map(int, pages)) * 4096 / 1e6


@dataclass
class Measured:
    """What was measured of one number of users."""

    pages: list[float] = field(default_factory=list)
    links: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)


class User:
    """A session, as a browser holds it."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._pages: dict[str, str] = {}

    async def open(self, page: str) -> str:
        """Open a page and wait until its script has ended; return what was wrong, if anything."""
        asked = BackMsg()
        asked.rerun_script.query_string = VIEW
        asked.rerun_script.page_script_hash = self._pages.get(page, "")
        await self._connection.send(asked.SerializeToString())
        fault = ""
        while True:
            told = ForwardMsg.FromString(await self._connection.recv(decode=False))
            kind = told.WhichOneof("type")
            if kind == "navigation":
                self._pages = {
                    one.url_pathname or PAGES[0]: one.page_script_hash
                    for one in told.navigation.app_pages
                }
            elif kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
                fault = "exception on a page"
            elif kind == "script_finished":
                if told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                ended = told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                return fault if ended else "script did not end"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, nargs="+", default=[10, 50, 100])
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--readers", type=int, default=5, help="of a link")
    parser.add_argument("--seconds", type=float, default=60.0)
    chosen = parser.parse_args(arguments)
    for users in chosen.users:
        with serving(chosen.processes) as site:
            print_measured(users, chosen, site)


def print_measured(users: int, chosen: argparse.Namespace, site: Site) -> None:
    """Let users work, once warm, and print what was measured of them."""
    asyncio.run(working(len(PAGES), 0, len(PAGES) * THINKING, site))
    before = site.megabytes
    measured = asyncio.run(working(users, chosen.readers, chosen.seconds, site))
    grown = (site.megabytes - before) / max(users, 1)
    faults = ", ".join(f"{count} {fault}" for fault, count in measured.faults.items()) or "none"
    print(
        f"{users} users, {chosen.processes} processes: pages {told(measured.pages)}; "
        f"link with {chosen.readers} readers {told(measured.links)}; errors: {faults}; "
        f"{grown:.1f} MB a session",
        flush=True,
    )


def told(times: Sequence[float]) -> str:
    """Say how long most took."""
    if len(times) < 2:
        return "never"
    cuts = quantiles(times, n=100)
    return f"{len(times)} times, p50 {1000 * cuts[49]:.0f} ms, p95 {1000 * cuts[94]:.0f} ms"


async def working(users: int, readers: int, seconds: float, site: Site) -> Measured:
    """Let users and readers come one after the other within the thinking time, and work."""
    measured = Measured()
    end = time.monotonic() + seconds
    draw = random.Random(7)
    await asyncio.gather(
        *(work(draw.random() * THINKING, number, end, site, measured) for number in range(users)),
        *(read(draw.random() * THINKING, end, site, measured) for _ in range(readers)),
    )
    return measured


async def work(wait: float, number: int, end: float, site: Site, measured: Measured) -> None:
    """Open page after page until the end."""
    await asyncio.sleep(wait)
    secure = "s" if site.trusting else ""
    try:
        async with connect(
            f"ws{secure}://{site.host}/_stcore/stream",
            host=site.place.partition(":")[0],
            port=int(site.place.partition(":")[2]),
            ssl=site.trusting,
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={**PEOPLE, "Cookie": f"{COOKIE}={random.randbytes(16).hex()}"},
            max_size=None,
            proxy=None,
        ) as connection:
            user = User(connection)
            for turn in range(number, 1_000_000):
                if time.monotonic() > end:
                    return
                began = time.monotonic()
                async with asyncio.timeout(WAITING):
                    fault = await user.open(PAGES[turn % len(PAGES)] if turn > number else PAGES[0])
                measured.pages.append(time.monotonic() - began)
                measured.faults.update([fault] if fault else [])
                await asyncio.sleep(THINKING * random.uniform(0.5, 1.5))
    except Exception as error:
        measured.faults[f"{type(error).__name__}: {error}"[:120]] += 1


async def read(wait: float, end: float, site: Site, measured: Measured) -> None:
    """Ask for a link again and again until the end."""
    await asyncio.sleep(wait)
    scheme = "https" if site.trusting else "http"
    verify: Any = site.trusting or False
    async with httpx.AsyncClient(verify=verify, timeout=WAITING, trust_env=False) as client:
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                answer = await client.get(
                    f"{scheme}://{site.place}/s/{site.token}", headers={"Host": site.host}
                )
                measured.links.append(time.monotonic() - began)
                if answer.status_code != 200:
                    measured.faults[f"link answered {answer.status_code}"] += 1
            except httpx.HTTPError as error:
                measured.faults[f"link {type(error).__name__}"] += 1
            await asyncio.sleep(THINKING)


@contextmanager
def serving(processes: int) -> Iterator[Site]:
    """Serve from one process, or from several behind nginx, as ``make serve`` does."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = f"sqlite:///{folder}/outlook.sqlite3"
        if processes > 1:
            database = stack.enter_context(running_server()).create()
        environ = OPEN | {
            "DATABASE_URL": database,
            "STREAMLIT_SERVER_ALLOWED_HOSTS": "zone.example" if processes > 1 else "",
            "STREAMLIT_SERVER_COOKIE_SECRET": "0" * 64,
        }
        servers = []
        for number in range(processes):
            (folder / str(number)).mkdir()
            server = Server(folder / str(number), environ=environ, for_an_office=True)
            server.start()
            stack.callback(server.kill, signal.SIGTERM)
            servers.append(server)
        token = make_link(database)
        place = servers[0].address.rpartition("/")[2]
        if processes == 1:
            yield Site(place, place, servers, token=token)
            return
        port = free_port()
        (folder / "links").mkdir()
        links = Server(folder / "links", environ=environ, links_alone=True)
        links.start()
        stack.callback(links.kill, signal.SIGTERM)
        with suppress(PermissionError):  # as CPUWeight does in deploy/links-alone.conf
            os.setpriority(os.PRIO_PROCESS, links.process_id, -10)
        configured(folder, port, servers, links)
        without_limits(folder / "site.conf")
        stack.enter_context(nginx(folder, port))
        trusting = ssl.create_default_context(cafile=folder / "tls/certificate.pem")
        yield Site(f"127.0.0.1:{port}", f"zone.example:{port}", servers, trusting, token)


def make_link(database: str) -> str:
    """Return the token of a link to an issue of published figures."""
    with closing(Store.open(database)) as store:
        number = issue_example(store, unpublished=False)
        _, token = store.shares.create(number, label="load", now=datetime.now(UTC))
    return "".join(token)


def without_limits(site: Path) -> None:
    """Take the limits for one address from a site of nginx: here all come from one."""
    lines = site.read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.strip().startswith(("limit_req ", "limit_conn "))]
    site.write_text("".join(kept))


if __name__ == "__main__":
    main()
