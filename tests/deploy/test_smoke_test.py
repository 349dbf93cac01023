"""``deploy/smoke_test.py`` tells a page that is drawn from one that only began."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.settings import ROOT

ADDRESS = "http://127.0.0.1:1"
STYLE = "<style>i { border-radius: 50% }</style>"


def markdown(body: str) -> ForwardMsg:
    told = ForwardMsg()
    told.delta.new_element.markdown.body = body
    return told


def title(body: str) -> ForwardMsg:
    told = ForwardMsg()
    told.delta.new_element.heading.tag = "h1"
    told.delta.new_element.heading.body = body
    return told


def smoke_test(told: list[ForwardMsg], monkeypatch: pytest.MonkeyPatch) -> str:
    """Run it on a process that is ready, and tells these things of its page."""
    ended = ForwardMsg()
    ended.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    messages = iter([*told, ended])

    class Session:
        def send(self, asked: bytes) -> None:
            pass

        def recv(self, **_: Any) -> bytes:
            return next(messages).SerializeToString()

    @contextmanager
    def connect(*_: Any, **__: Any) -> Iterator[Session]:
        yield Session()

    monkeypatch.setattr(httpx, "get", lambda *_, **__: httpx.Response(200, text="ready"))
    monkeypatch.setattr("websockets.sync.client.connect", connect)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    main = runpy.run_path(str(ROOT / "deploy/smoke_test.py"))["main"]
    return str(main(ADDRESS))


def test_a_page_with_its_title_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [markdown(STYLE), title("尚无数据")]  # which says no probability

    assert smoke_test(told, monkeypatch) == f"{ADDRESS} serves the overview"


def test_a_page_without_a_title_is_not_for_its_style(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [markdown(STYLE), markdown("The database cannot be reached.")]

    with pytest.raises(SystemExit, match="has no title"):
        smoke_test(told, monkeypatch)
