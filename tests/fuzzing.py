"""Requests that nobody would send, to a running server: ``python -m tests.fuzzing [COUNT [SEED]]``.

None may be answered by an error of the server or a trace of the program, and whatever is answered
carries the headers that keep a browser to the app. Pages are run with addresses of the same kind
over websockets; none may end in a defect.
"""

from __future__ import annotations

import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.server import serving
from ui.frame.navigation import names

SEED = 20261130
PER_RUN = 100
"""Requests for each page that is run, which takes as long as many of them."""
PATIENCE = 2.0
"""Seconds to wait for an answer; a server waits for the rest of what is cut short."""
_PLACES = (
    *(
        "",
        "",
        "",
        *names(),
        "s/token",
        "s/",
        "shared",
        "media/a.png",
        "component/a/b",
        "static/js/a.js",
    ),
    *("_stcore/health", "_stcore/metrics", "_stcore/host-config", "_stcore/stream"),
    *("_stcore/upload_file/a/b", "_stcore/bidi-components/a/b", "_stcore/agent/interact"),
    *("_stcore/agent/openapi.json", "auth/login", "auth/logout", "oauth2callback", "nowhere"),
)
_PARAMETERS = (
    *("lang", "area", "year", "indicator", "as_of", "at", "t", "as", "entered", "scenario", "by"),
    *("vintage", "compare", "review", "part", "theme", "embed", "embed_options", "families"),
)
_VALUES = (
    *("", "zh", "en", "CN", "SAMPLE", "2026", "-1", "0", "99999999999999999999", "1e309", "nan"),
    *("../../etc/passwd", "<script>alert(1)</script>", "![a](//e.io/a)", "=1+1", "' or 1=1 --"),
    *(
        "\0",
        "\r\nSet-Cookie: a=b",
        "\u202e",
        "\ud7ff",
        "𠮷" * 50,
        "a" * 3000,
        "{}",
        "[]",
        "%",
        "%zz",
    ),
    *("2026Q4", "2026-13", "0000Q0", "pdf", "live", "xlsx", "null", "true", "()", "{0.__class__}"),
)
_METHODS = ("GET",) * 30 + ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW")
_HEADERS = (
    *("Accept-Language", "Cookie", "Range", "If-None-Match", "Content-Type", "X-Xsrftoken"),
    *("X-Forwarded-For", "Forwarded", "Origin", "Referer", "Accept", "Accept-Encoding", "Upgrade"),
    *("Sec-Fetch-Site", "Sec-Fetch-Dest", "Authorization", "User-Agent", "Expect", "Purpose"),
)
_TRACES = (
    b"Traceback (most recent call last)",
    b'File "/',
    b"sqlalchemy",
    b"Internal Server Error",
)


def request_of(random: Random, host: str) -> bytes:
    """Return the bytes of a request that is mostly well formed."""
    path = random.choice(_PLACES)
    if random.random() < 0.4:
        part = random.choice(_VALUES)
        path = f"{path}/{part if random.random() < 0.3 else quote(part, safe='')}"
    query = "&".join(
        f"{random.choice(_PARAMETERS)}={quote(random.choice(_VALUES), safe='')}"
        for _ in range(random.randrange(5))
    )
    body = random.choice((b"", b"passphrase=%FF%00", b"{}", random.randbytes(200), b"a" * 9000))
    lines = [f"{random.choice(_METHODS)} /{path}{'?' + query if query else ''} HTTP/1.1"]
    lines += [f"Host: {host if random.random() < 0.95 else random.choice(_VALUES)}"]
    lines += [
        f"{name}: {random.choice(_VALUES)}"
        for name in random.sample(_HEADERS, random.choice((0, 0, 0, 1, 2)))
    ]
    lines += [f"Content-Length: {len(body)}"] if body else []
    lines += ["Connection: close", "", ""]
    sent = "\r\n".join(lines).encode("utf-8", "replace") + body
    if random.random() < 0.02:  # not well formed at all
        place = random.randrange(len(sent))
        sent = sent[:place] + random.randbytes(8) + sent[place:]
    return sent


def answer_to(address: str, sent: bytes) -> bytes:
    """Return what a server answers; nothing where it closes the connection."""
    place = urlsplit(address)
    got = b""
    with (
        suppress(ConnectionError, TimeoutError),
        socket.create_connection(
            (place.hostname or "", place.port or 0), timeout=PATIENCE
        ) as connection,
    ):
        connection.sendall(sent)
        while part := connection.recv(65536):
            got += part
    return got


def faults_of(server: str, count: int, seed: int = SEED) -> list[str]:
    """Return the requests and runs that a server does not bear."""
    random = Random(seed)
    found = []
    for _ in range(count):
        sent = request_of(random, urlsplit(server).netloc)
        head, _, body = answer_to(server, sent).partition(b"\r\n\r\n")
        status = head.partition(b"\r\n")[0]
        refused_before = b"Invalid HTTP request" in body or status == b""
        bare = not refused_before and b"content-security-policy:" not in head.lower()
        if b" 500 " in status or bare or any(trace in head + body for trace in _TRACES):
            found.append(f"{status!r}: {sent[:300]!r}")
    return found + [
        f"page {page}?{query}"
        for page, query in _runs(random, count // PER_RUN)
        if _ends_in_a_defect(server, page, query)
    ]


def _runs(random: Random, count: int) -> Iterator[tuple[str, str]]:
    for _ in range(count):
        pairs = [(random.choice(_PARAMETERS), random.choice(_VALUES)) for _ in range(4)]
        yield random.choice(names()), "&".join(f"{name}={quote(told)}" for name, told in pairs)


def _ends_in_a_defect(server: str, page: str, query: str) -> bool:
    asked = BackMsg()
    asked.rerun_script.query_string, asked.rerun_script.page_name = query, page
    place = urlsplit(server)
    with connect(
        f"ws://{place.netloc}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
    ) as connection:
        connection.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(bytes(connection.recv(timeout=120)))
            if told.delta.new_element.WhichOneof("type") == "exception":
                return True
            if told.WhichOneof("type") == "script_finished":
                return False


def main(count: int = 10_000, seed: int = SEED) -> int:
    """Send requests to a server of its own; return 1 if there was a fault."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        found = faults_of(server, count, seed)
        log = (Path(folder) / "log").read_text()
    print(*found, f"{count} requests, {len(found)} faults", sep="\n")
    if "Traceback" in log:
        print(log[log.index("Traceback") - 2000 :][:6000])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
