"""Compound files (OLE), in which .xls and encrypted workbooks come: names and streams."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from data.workbook.open.refusal import Refusal, Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST_SECTOR = 0xFFFFFFFA
"""Sector numbers from here on mean the end of a chain, or none."""
_HEADER_SECTORS = 109
_ROOT, _STREAM = 5, 2


class Compound:
    """The directory of a compound file.

    Attributes
    ----------
    names
        Every storage and stream, in no order.

    Raises
    ------
    Refused
        If the tables of the file lead out of it or round in circles.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._read()
        except struct.error:
            raise Refused(Refusal.DAMAGED) from None

    def _read(self) -> None:
        shift, small_shift = struct.unpack_from("<HH", self._content, 30)
        directory, _, cutoff, small = struct.unpack_from("<IIII", self._content, 48)
        if shift not in (9, 12) or small_shift != 6:
            raise Refused(Refusal.DAMAGED)
        self._size = 1 << shift
        self._cutoff = cutoff
        self._next = self._allocation()
        entries = self._chain(directory)
        self._streams: dict[str, tuple[int, int]] = {}
        self._small = (0, 0)
        names = []
        for at in range(0, len(entries) - 127, 128):
            name, kind, start, size = self._entry(entries, at)
            names.append(name)
            if kind == _ROOT:
                self._small = (start, size)
            elif kind == _STREAM:
                self._streams.setdefault(name, (start, size))
        self.names = frozenset(names)
        self._small_next = _numbers(self._chain(small)) if small < _LAST_SECTOR else ()

    def stream(self, name: str) -> bytes:
        """Return the content of a stream."""
        start, size = self._streams[name]
        if size >= self._cutoff:
            return self._chain(start)[:size]
        whole = self._chain(self._small[0])
        return b"".join(
            whole[sector * 64 : sector * 64 + 64] for sector in _walk(start, self._small_next)
        )[:size]

    def _entry(self, entries: bytes, at: int) -> tuple[str, int, int, int]:
        raw, length, kind = struct.unpack_from("<64sHB", entries, at)
        start, size = struct.unpack_from("<II", entries, at + 116)
        name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        return name, kind, start, size

    def _allocation(self) -> Sequence[int]:
        """Return, for each sector, the one that follows it."""
        following, count = struct.unpack_from("<II", self._content, 68)
        tables = list(struct.unpack_from(f"<{_HEADER_SECTORS}I", self._content, 76))
        most = len(self._content) // self._size
        for _ in range(min(count, most)):
            *more, following = _numbers(self._sector(following))
            tables += more
        return [
            number
            for table in tables[: most + _HEADER_SECTORS]
            if table < _LAST_SECTOR
            for number in _numbers(self._sector(table))
        ]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise Refused(Refusal.DAMAGED)
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _walk(start, self._next))


def _numbers(content: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _walk(start: int, following: Sequence[int]) -> list[int]:
    """Follow a chain to its end; one longer than its table goes round in circles."""
    chain: list[int] = []
    while start < _LAST_SECTOR:
        if start >= len(following) or len(chain) > len(following):
            raise Refused(Refusal.DAMAGED)
        chain.append(start)
        start = following[start]
    return chain
