"""How much may be uploaded at once: by a session, from an address, and in all.

Streamlit keeps every upload in memory until its session ends, and limits each file alone: twenty
files of one person would take 400 MB. What is uploaded is counted here before its first byte is
read, together with what is on its way; the page frees a file as soon as it is under review.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.workbook.open.limits import FILE_MEGABYTES, MEGABYTE
from ui.frame.site import Site

LARGEST = (FILE_MEGABYTES + 1) * MEGABYTE
"""Bytes of a request with one file."""
OF_SESSION = 2 * LARGEST
OF_ADDRESS = 4 * LARGEST
IN_ALL = 10 * LARGEST
SLOWEST = 120.0
"""Seconds that a file may take to arrive."""


class UploadQuota:
    """ASGI middleware that answers 413 to an upload for which there is no room.

    Parameters
    ----------
    held
        Returns the bytes that are held, by session.
    """

    def __init__(
        self, app: ASGIApp, site: Site, held: Callable[[], Mapping[str, int]] | None = None
    ) -> None:
        self._app, self._below = app, f"{site.base}/_stcore/upload_file/"
        self._held = held or held_by_session
        self._coming: Counter[str] = Counter()
        self._addresses: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; only uploads are counted."""
        is_upload = scope["type"] == "http" and scope["path"].startswith(self._below)
        if not is_upload or scope["method"] not in ("PUT", "POST"):
            await self._app(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length", "")
        if not said.isdecimal():
            await PlainTextResponse("Length required", 411)(scope, receive, send)
            return
        session = scope["path"].removeprefix(self._below).partition("/")[0]
        address = scope.get("account") or (scope["client"][0] if scope.get("client") else "")
        size = int(said)
        if not self._has_room(session, address, size):
            await PlainTextResponse("File too large", 413)(scope, receive, send)
            return
        self._addresses[session] = address
        self._coming[session] += size
        try:
            await self._app(scope, _in_time(receive), send)
        finally:
            self._coming[session] -= size

    def _has_room(self, session: str, address: str, size: int) -> bool:
        held = Counter(self._held())
        self._coming = +self._coming
        held.update(self._coming)
        self._addresses = {one: self._addresses[one] for one in held if one in self._addresses}
        from_there = sum(held[one] for one, its in self._addresses.items() if its == address)
        return (
            size <= LARGEST
            and held[session] + size <= OF_SESSION
            and from_there + size <= OF_ADDRESS
            and held.total() + size <= IN_ALL
        )


def held_by_session() -> dict[str, int]:
    """Return how many bytes of uploads Streamlit holds, by session."""
    manager = get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    files = {session: list(kept.values()) for session, kept in list(manager.file_storage.items())}
    return {session: sum(len(file.data) for file in kept) for session, kept in files.items()}


def free(file: UploadedFile) -> None:
    """Let Streamlit forget a file of this session, which it would keep until the session ends."""
    context = get_script_run_ctx()
    manager = context and context.uploaded_file_mgr
    if context and isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(context.session_id, file.file_id)


def _in_time(receive: Receive) -> Receive:
    """Give what arrives in time; one who sends a byte now and then is taken to have left."""
    end = asyncio.get_running_loop().time() + SLOWEST

    async def receive_in_time() -> Message:
        try:
            async with asyncio.timeout_at(end):
                return await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}

    return receive_in_time
