"""The page that is served before any script runs: its language, and who may come to which."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests import event_loop
from ui.frame.served_page import DocumentLanguage
from ui.frame.site import Site, cookie_of

TOKEN = "aSd4-JEQl9QpdijXmAO1oCHE--f4fnW1DzNuAYwNn7E"
MODIFIED = "Tue, 01 Sep 2026 00:00:00 GMT"
SERVED = '<!doctype html><html lang="en"><head><title>Streamlit</title></head></html>'


async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as Streamlit does: its own page everywhere but where something else is."""
    path, asked = scope["path"], Request(scope)
    kept = {"Cache-Control": "no-cache", "ETag": '"1"', "Last-Modified": MODIFIED}
    answer = Response(SERVED, headers=kept, media_type="text/html")
    if {"if-none-match", "if-modified-since"} & {*asked.headers}:
        answer = Response(None, 304, kept)
    if path.endswith(".js"):
        packed = "gzip" in asked.headers.get("accept-encoding", "")
        answer = Response(f"{SERVED}{packed}", media_type="text/javascript")
    elif path.endswith("/"):
        answer = Response(None, 301, {"Location": path.rstrip("/")})
    await answer(scope, receive, send)


def get(address: str, method: str = "GET", *, base: str = "", **headers: str) -> Response:
    """Return what is answered, with its body."""
    path, _, query = address.partition("?")
    sent = {"accept-encoding": "gzip"} | {key.replace("_", "-"): v for key, v in headers.items()}
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        said.append(message)

    app = DocumentLanguage(streamlit, Site.at(base))
    event_loop.run(app(scope, receive, send))
    start, *rest = said
    answer = Response(b"".join(part.get("body", b"") for part in rest), start["status"])
    answer.raw_headers = start["headers"]
    return answer


@pytest.mark.parametrize("accept", ["text/html", "*/*", ""])
@pytest.mark.parametrize("path", ["/", "/indicator", "/outlook/"])
def test_a_document_names_its_language_whatever_is_said_to_be_accepted(
    path: str, accept: str
) -> None:
    page = get(f"{path.rstrip('/') or '/index'}?lang=zh", accept=accept)

    assert b'<html lang="zh-CN"' in page.body
    assert "<title>开发区指标预判</title>".encode() in page.body
    assert int(page.headers["content-length"]) == len(page.body)
    assert page.headers["cache-control"] == "no-cache"
    assert page.body.count(b"</script></head>") == 1


@pytest.mark.parametrize(("base", "root"), [("", "/"), ("/outlook", "/outlook")])
def test_a_document_says_where_its_server_is(base: str, root: str) -> None:
    page = get(f"{base}/indicator", base=base)

    assert f'{{BACKEND_BASE_URL:location.origin+"{root}"}}'.encode() in bytes(page.body)


@pytest.mark.parametrize("asked", [{"if_none_match": '"1"'}, {"if_modified_since": MODIFIED}])
def test_who_comes_back_is_sent_the_document_with_a_policy_for_its_scripts(
    asked: dict[str, str],
) -> None:
    again, first = get("/data", **asked), get("/data")

    assert (again.status_code, again.body) == (200, first.body)
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert not {"etag", "last-modified"} & {*first.headers}


def test_what_is_no_document_is_served_as_it_is() -> None:
    for path, packed in (("/static/js/x.js", True), ("/x.js", False)):
        assert get(path).body == f"{SERVED}{packed}".encode()


@pytest.mark.parametrize("address", ["/shared", "/shared/", "/shared?lang=en", "/a/shared"])
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_the_page_behind_a_link_is_kept_and_listed_by_nobody(address: str, accept: str) -> None:
    page = get(address, accept=accept)

    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    assert "x-robots-tag" not in get("/indicator", accept=accept).headers


@pytest.mark.parametrize("base", ["", "/outlook"])
def test_who_has_not_entered_by_the_link_is_sent_to_it(base: str) -> None:
    away = get(f"{base}/shared?t={TOKEN}&lang=en", base=base)

    assert away.status_code == 303
    assert away.headers["location"] == f"{base}/s/{TOKEN}?lang=en&as=live"
    assert away.headers["cache-control"] == "no-store"


def test_who_has_entered_stays() -> None:
    base = "/outlook"
    asked = f"{base}/shared?t={TOKEN}&lang=en"
    other = cookie_of("x" * 43)

    assert get(asked, base=base, cookie=f"{cookie_of(TOKEN)}=1.ab").status_code == 200
    assert get(f"{asked}&entered=1", base=base).status_code == 200, "without cookies, for ever"
    assert get(asked, base=base, cookie=f"{other}=1.ab").status_code == 303
    assert get(f"{base}/shared", base=base).status_code == 200
    assert get(asked, "HEAD", base=base).status_code == 200


def test_a_link_that_is_no_path_leads_to_none() -> None:
    assert get("/shared?t=//evil.example/x").headers["location"].startswith("/s/%2F%2Fevil")


@pytest.mark.parametrize("address", ["/index", "/data?area=CN", f"/shared?t={TOKEN}&entered=1"])
def test_a_document_runs_and_shows_nothing_from_elsewhere(address: str) -> None:
    page = get(address)
    policy = dict(
        part.split(" ", 1) for part in page.headers["content-security-policy"].split("; ")
    )
    scripts = [part.split(b"</script>")[0] for part in bytes(page.body).split(b"<script>")[1:]]
    digests = [base64.b64encode(sha256(script).digest()).decode() for script in scripts]

    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    named = "".join(f" 'sha256-{digest}'" for digest in digests)
    assert len(digests) == 3
    assert policy["script-src"] == f"'self' blob:{named}"
    for text in ("与服务器的连接已中断", "The connection to the server is lost"):
        assert text.encode() in bytes(page.body)
    assert policy["img-src"] == "'self' data: blob:"
    assert not any("//" in part or "*" in part or "unsafe-eval" in part for part in policy.values())
