"""Each request has a number, which its answer, its lines in the log and its error page tell."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests import event_loop
from ui.frame.logs import JsonLines, _add_request
from ui.frame.request_log import CURRENT, RequestLog, path_template
from ui.frame.site import Site

NUMBER = "0123456789abcdef" * 2
TOKEN = "Zk3v0b1n-Q_tW5y7uR9xE2cV4mB6aS8dF1gH3jK5lP0"
_LOGGER = logging.getLogger(__name__)


async def answer(request: Request) -> Response:
    _LOGGER.warning("something is odd")
    kind = request.query_params.get("as")
    if kind == "defect":
        raise ValueError("a defect")
    if kind == "left":
        raise ClientDisconnect
    return PlainTextResponse(f"{CURRENT.get()} {request.headers['x-request-id']}")


APP = Starlette(
    routes=[Route("/{any:path}", answer)], middleware=[Middleware(RequestLog, site=Site())]
)


def ask(path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers and text of an answer."""
    path, _, query = path.partition("?")
    sent: list[dict[str, Any]] = []
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        "client": ("127.0.0.1", 5),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    event_loop.run(APP(scope, receive, send))
    start = next((one for one in sent if one["type"] == "http.response.start"), None)
    if start is None:
        return 0, {}, ""
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    text = b"".join(one.get("body", b"") for one in sent).decode()
    return start["status"], found, text


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Return the lines of the log as they are written, one object each."""
    found: list[dict[str, Any]] = []
    caplog.set_level(logging.INFO)

    def take(record: logging.LogRecord) -> bool:
        _add_request(record)
        found.append(json.loads(JsonLines().format(record)))
        return True

    caplog.handler.addFilter(take)
    return found


def test_an_answer_and_all_lines_about_it_tell_one_number(lines: list[dict[str, Any]]) -> None:
    status, headers, text = ask(f"/s/{TOKEN}?lang=zh", x_forwarded_for="192.0.2.7")

    number = headers["x-request-id"]
    assert status == 200
    assert text == f"{number} {number}"
    warning, request = lines
    assert warning["message"] == "something is odd"
    assert warning["request"] == request["request"] == number
    told = {key: request[key] for key in ("method", "path", "status", "peer")}
    assert told == {"method": "GET", "path": "/s/{token}", "status": 200, "peer": "proxy"}
    assert request["milliseconds"] >= 0
    assert not any(hidden in str(lines) for hidden in (TOKEN, "192.0.2.7", "lang"))
    assert ask("/")[1]["x-request-id"] != number


def test_the_number_of_a_proxy_is_kept_and_no_other_text(lines: list[dict[str, Any]]) -> None:
    assert ask("/", x_request_id=NUMBER)[1]["x-request-id"] == NUMBER
    assert ask("/", x_request_id='"} forged')[1]["x-request-id"] != '"} forged'
    assert lines[1]["peer"] == "this machine"


def test_a_defect_is_answered_with_the_number_under_which_its_trace_is(
    lines: list[dict[str, Any]],
) -> None:
    status, headers, text = ask("/?as=defect&lang=en")

    assert status == 500
    assert headers["x-request-id"] in text
    (trace,) = [line for line in lines if "exception" in line]
    assert "ValueError: a defect" in trace["exception"]
    assert trace["request"] == headers["x-request-id"]
    assert lines[-1]["status"] == 500


def test_who_leaves_is_no_defect(lines: list[dict[str, Any]]) -> None:
    ask("/?as=left")

    assert lines[-1]["status"] == 499
    assert not any(line["level"] == "ERROR" for line in lines)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "/"),
        ("/outlook/indicator", "/indicator"),
        (f"/outlook/s/{TOKEN}", "/s/{token}"),
        ("/_stcore/upload_file/a-b/c-d", "/_stcore/upload_file/{session}/{file}"),
        ("/media/0a1b.png", "/media/{file}"),
        ("/_stcore/health", "/_stcore/health"),
        (f"/{TOKEN}", "/{other}"),
        ("/a/b/c/d", "/{other}"),
        ("/张三", "/{other}"),
    ],
)
def test_an_address_is_logged_by_its_kind(path: str, kind: str) -> None:
    assert path_template(path, Site("/outlook")) == kind
