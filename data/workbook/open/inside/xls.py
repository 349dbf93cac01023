"""What calamine does not tell of an .xls: percentages, links, passwords; and its compound file.

Record numbers are those of [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from data.workbook.open.inside.sheets import (
    BUILT_IN_PERCENT,
    FoundSheet,
    calamine_sheets,
    is_percent,
)
from data.workbook.open.refusal import Refusal, Refused

_BEGIN, _END, _SHEET, _PASSWORD, _LINK = 0x809, 0x0A, 0x85, 0x2F, 0x1AE
_FORMAT, _CELL_FORMAT = 0x41E, 0xE0
_FORMULA, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS = 0x06, 0x203, 0x27E, 0xBD
_UNICODE_BIFF = 0x600
_OWN_SHEETS, _ADD_IN = 0x401, 0x3A01
_MACRO_KINDS = (1, 6)

Record = tuple[int, int, int]
"""Number, offset and length."""


def sheets_of(content: bytes) -> Iterator[FoundSheet]:
    """Read the worksheets of an .xls, one at a time, with what calamine does not tell.

    Raises
    ------
    Refused
        If any part of it is.
    """
    marks = XlsMarks(check(content))
    for number, sheet in enumerate(calamine_sheets(content)):
        marks.mark(sheet, number)
        yield sheet


class XlsMarks:
    """What the records of a workbook stream say beside values, by the order of the sheets.

    Raises
    ------
    Refused
        If the workbook is encrypted, holds macro sheets, takes values from other files or
        its records are cut short.
    """

    def __init__(self, compound: Compound) -> None:
        name = "Workbook" if "Workbook" in compound.names else "Book"
        self._content = compound.stream(name)
        self._percents: set[int] = set()
        self._formats = 0
        self._percent_codes = set(BUILT_IN_PERCENT)
        self._starts: list[int] = []
        try:
            self._read_globals()
        except (struct.error, IndexError):
            raise Refused(Refusal.DAMAGED) from None

    def mark(self, sheet: FoundSheet, number: int) -> None:
        """Mark the percentages of the worksheet of this ordinal."""
        try:
            for record in self._records_of(self._starts[number]):
                self._mark(sheet, *record)
        except (struct.error, IndexError):
            raise Refused(Refusal.DAMAGED) from None

    def _read_globals(self) -> None:
        version = struct.unpack_from("<H", self._content, 4)[0]
        cell_formats: list[int] = []
        for record, at, length in self._records_of(0):
            if record == _PASSWORD:
                raise Refused(Refusal.ENCRYPTED)
            if record == _SHEET:
                self._note_sheet(at)
            elif record == _LINK:
                self._check_link(at, length)
            elif record == _FORMAT:
                self._note_format(at, length, unicode=version == _UNICODE_BIFF)
            elif record == _CELL_FORMAT:
                cell_formats.append(struct.unpack_from("<H", self._content, at + 2)[0])
        self._percents = {
            index for index, code in enumerate(cell_formats) if code in self._percent_codes
        }

    def _records_of(self, start: int) -> Iterator[Record]:
        """Yield the records of one substream, without those of charts within it."""
        depth, at = 0, start
        while at + 4 <= len(self._content):
            record, length = struct.unpack_from("<HH", self._content, at)
            depth += (record == _BEGIN) - (record == _END)
            if depth <= 0:
                return
            if depth == 1:
                yield record, at + 4, length
            at += 4 + length

    def _note_sheet(self, at: int) -> None:
        start, _, kind = struct.unpack_from("<IBB", self._content, at)
        if kind in _MACRO_KINDS:
            raise Refused(Refusal.MACROS)
        if kind == 0:
            self._starts.append(start)

    def _check_link(self, at: int, length: int) -> None:
        kind = struct.unpack_from("<HH", self._content, at)[1]
        if length != 4 or kind not in (_OWN_SHEETS, _ADD_IN):
            raise Refused(Refusal.EXTERNAL_LINKS)

    def _note_format(self, at: int, length: int, *, unicode: bool) -> None:
        identity = struct.unpack_from("<H", self._content, at)[0]
        text = self._content[at + 3 : at + length]
        if unicode:
            wide = self._content[at + 4] & 1
            text = self._content[at + 5 : at + length]
            code = text.decode("utf-16-le" if wide else "latin-1", errors="replace")
        else:
            code = text.decode("latin-1")
        if is_percent(code):
            self._percent_codes.add(identity)
        else:
            self._percent_codes.discard(identity)

    def _mark(self, sheet: FoundSheet, record: int, at: int, length: int) -> None:
        if record in (_NUMBER, _SHORT_NUMBER, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", self._content, at)
            if style in self._percents:
                sheet.percent.append((row, column))
        elif record == _SHORT_NUMBERS:
            row, first = struct.unpack_from("<HH", self._content, at)
            for step in range((length - 6) // 6):
                style = struct.unpack_from("<H", self._content, at + 4 + 6 * step)[0]
                if style in self._percents:
                    sheet.percent.append((row, first + step))


def check(content: bytes) -> Compound:
    """Look into a compound file before anything else does.

    Raises
    ------
    Refused
        If it is encrypted, holds macros, or is no workbook.
    """
    compound = Compound(content)
    names = {name.upper() for name in compound.names}
    if names & {"ENCRYPTEDPACKAGE", "ENCRYPTIONINFO"}:
        raise Refused(Refusal.ENCRYPTED)
    if names & {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}:
        raise Refused(Refusal.MACROS)
    if not compound.names & {"Workbook", "Book"}:
        word = "WORDDOCUMENT" in names
        slides = "POWERPOINT DOCUMENT" in names
        found = "Word" if word else "PowerPoint" if slides else "OLE"
        raise Refused(Refusal.NOT_A_TABLE, found=found)
    return compound


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
