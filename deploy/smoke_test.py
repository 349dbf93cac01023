"""Tell whether a process serves the overview: ``.venv/bin/python deploy/smoke_test.py ADDRESS``.

Waits until the process is ready, then opens the overview as a browser does and waits for its whole
page. Where people sign in, what they see without is opened instead. Ends with 1 and one line that
says what is wrong.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

STARTING = 120.0
DRAWING = 120.0


def main(address: str) -> str:
    """Return what was found in order; raise SystemExit for what was not."""
    _wait_until_ready(address)
    page = httpx.get(f"{address}/", trust_env=False)
    if page.status_code not in (200, 401):
        raise SystemExit(f"{address}/ answers {page.status_code}")
    try:
        said = list(_titles_of_overview(address))
    except InvalidStatus as refused:
        if refused.response.status_code != 403:
            raise
        return f"{address} serves the sign-in page: see by a browser whether people get in"
    if not said:
        raise SystemExit(f"the overview of {address} has no title")
    return f"{address} serves the overview"


def _wait_until_ready(address: str) -> None:
    answer, end = "nothing", time.monotonic() + STARTING
    while answer != "ready":
        if time.monotonic() > end:
            raise SystemExit(f"{address}/ready answers {answer}")
        with suppress(httpx.HTTPError):
            answer = httpx.get(f"{address}/ready", trust_env=False).text
        time.sleep(0.2)


def _titles_of_overview(address: str) -> Iterator[str]:
    """Yield the titles of the page, until its script has ended; one that fails has none."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=address,  # type: ignore[arg-type]
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        proxy=None,
    ) as session:
        session.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(session.recv(timeout=DRAWING, decode=False))
            kind = told.WhichOneof("type")
            if kind == "script_finished" and told.script_finished == (
                ForwardMsg.FINISHED_SUCCESSFULLY
            ):
                return
            if kind == "delta" and told.delta.WhichOneof("type") == "new_element":
                element = told.delta.new_element
                if element.WhichOneof("type") == "exception":
                    raise SystemExit(f"the overview fails: {element.exception.message}")
                if element.WhichOneof("type") == "heading" and element.heading.tag == "h1":
                    yield element.heading.body


if __name__ == "__main__":
    print(main(sys.argv[1].rstrip("/")))
