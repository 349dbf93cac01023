"""Text files: bytes to text by encoding, and text to rows of cells by what separates them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from data.workbook.book import Cell
from data.workbook.open import limits
from data.workbook.open.refusal import Refusal, Refused

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")
"""Those a reader may choose among, as Python names them."""

_MARKS = {
    codecs.BOM_UTF8: ("utf-8-sig", "utf-8"),
    codecs.BOM_UTF16_LE: ("utf-16", "utf-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "utf-16"),
}
_PAGE_SAYS = re.compile(
    rb"""<meta[^<>]{0,200}charset\s*=\s*["']?\s*(gb2312|gbk|gb18030|big5)\b""", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WIDE = re.compile(r"[^\x00-\x7f]")
_LOST = "\ufffd"

# A few damaged bytes leave a file readable; text of another encoding is damaged all over.
# Chance hardly makes UTF-8, and often makes GB18030.
_DAMAGE = {"utf-8": 0.2}
_USUAL_DAMAGE = 0.05
# Characters no table holds: one may have slipped in, many mean that this is no text.
_CONTROLS = 0.001


class Decoded(NamedTuple):
    """A text, the encoding it was in, and whether the file itself says so."""

    text: str
    encoding: str
    certain: bool


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """Decode a file, by the encoding a person chose if there is one.

    Raises
    ------
    Refused
        If the encoding does not fit, or the content is no text in any.
    """
    decoded = _found(content) if encoding is None else _chosen(content, encoding)
    text = decoded.text.rstrip("\x1a")
    if len(_CONTROL.findall(text)) > _CONTROLS * len(text):
        raise Refused(Refusal.BINARY)
    return decoded._replace(text=text)


def _chosen(content: bytes, encoding: str) -> Decoded:
    codec = encoding
    if encoding == "utf-8":
        codec = "utf-8-sig"
    elif encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = _utf_16(content) or "utf-16-le"
    text = content.decode(codec, errors="replace")
    if _is_damaged(text, encoding):
        raise Refused(Refusal.ENCODING, encoding=encoding.upper())
    return Decoded(text, encoding, certain=True)


def _found(content: bytes) -> Decoded:
    for mark, (codec, name) in _MARKS.items():
        if content.startswith(mark):
            text = content.decode(codec, errors="replace")
            return Decoded(text, name, certain=_LOST not in text)
    if codec := _utf_16(content):
        return Decoded(content.decode(codec, errors="replace"), "utf-16", certain=False)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", certain=True)
    except UnicodeDecodeError:
        pass
    if page := _PAGE_SAYS.search(content, 0, 4096):
        return _chosen(content, "big5" if page[1].lower() == b"big5" else "gb18030")
    for codec in ("utf-8", "gb18030"):
        text = content.decode(codec, errors="replace")
        if not _is_damaged(text, codec):
            return Decoded(text, codec, certain=False)
    raise Refused(Refusal.BINARY)


def _is_damaged(text: str, encoding: str) -> bool:
    """Whether too many of the characters beyond ASCII are lost."""
    share = text.count(_LOST) / max(1, len(_WIDE.findall(text)))
    return share > _DAMAGE.get(encoding, _USUAL_DAMAGE)


def _utf_16(content: bytes) -> str:
    """Name the byte order of UTF-16 without a mark, by the side that zeros are on.

    Digits and commas, a good part of any table, have a zero byte on one side; nothing that is
    text has it on the other.
    """
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if max(even, odd) * 20 < len(content) or min(even, odd) * 100 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


_SEPARATORS = ("\t", ",", ";", "，", "|")
"""In the order of preference where several would do as well."""

_SPACES = "  "
"""Columns that are lined up by spaces, as programs that talk write them."""
_SPACED = re.compile(r"(?<=\S)(?: {2,}|\u3000+)[ \u3000]*(?=\S)")

_SNIFFED = 200
"""Lines that are looked at for the separator."""

_SEPARATED = 2
"""Separators for each cell that is read: empty cells at the end of rows do not count."""

_EXCEL_SAYS = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
_END = "\x00end"

# ="001" keeps Excel from reading a number; an apostrophe keeps it from reading a formula.
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

Rows = tuple[tuple[Cell, ...], ...]


def rows_of(text: str, separator: str = "") -> Rows:
    """Take text apart into cells, all of them texts; an empty one is None.

    Parameters
    ----------
    separator
        The one to use; without it, the one that most lines agree on.

    Raises
    ------
    Refused
        If there is nothing in it, more cells than are read, or a text no cell can hold.
    """
    said = _EXCEL_SAYS.match(text)
    if said:
        text, separator = text[said.end() - 1 :], said[1]
    separator = separator or _separator(text)
    if separator == _SPACES:
        text, separator = _SPACED.sub("\t", text), "\t"
    if text.count(separator) + text.count("\n") > _SEPARATED * limits.CELLS:
        raise Refused(Refusal.CELLS, limit=limits.CELLS)
    rows = tuple(_cells(_parsed(text, separator)))
    while rows and not rows[-1]:
        rows = rows[:-1]
    if not rows:
        raise Refused(Refusal.EMPTY)
    return rows


def _cells(rows: Iterable[list[str]]) -> Iterator[tuple[Cell, ...]]:
    room = limits.CELLS
    for row in rows:
        cells = [_plain(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        room -= len(cells) + 1
        if room < 0:
            raise Refused(Refusal.CELLS, limit=limits.CELLS)
        yield tuple(cells)


def _plain(cell: str) -> str | None:
    if len(cell) > limits.TEXT:
        raise Refused(Refusal.LONG_TEXT, limit=limits.TEXT)
    if cell[:1] == "=" and (kept := _QUOTED_FORMULA.fullmatch(cell.strip())):
        cell = kept[1]
    elif cell[:1] == "'" and _GUARDED.match(cell):
        cell = cell[1:]
    return None if not cell or cell.isspace() else cell


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    """Yield rows, minding quotes unless one of them is never closed."""
    try:
        closed = _closes(text, separator)
    except csv.Error:  # a field beyond 131,072 characters
        closed = False
    lines = _lines(text)
    try:
        if closed:
            yield from csv.reader(lines, delimiter=separator)
        else:
            yield from csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    except csv.Error:
        raise Refused(Refusal.LONG_TEXT, limit=limits.TEXT) from None


def _closes(text: str, separator: str) -> bool:
    """Whether a line added at the end would be a row by itself."""
    if '"' not in text:
        return True
    row: list[str] = []
    for row in csv.reader(_lines(f"{text}\n{_END}"), delimiter=separator):  # noqa: B007
        pass
    return row == [_END]


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def _separator(text: str) -> str:
    """Return the separator that cuts most lines into equally many cells."""
    lines = [line for line in text[: 1 << 18].splitlines()[:_SNIFFED] if line.strip()]
    best = max(_SEPARATORS, key=lambda separator: _agreement(lines, separator))
    if not _agreement(lines, best)[0]:
        spaced = Counter(len(_SPACED.findall(line)) for line in lines)
        del spaced[0]
        if max(spaced.values(), default=0) > 1:
            return _SPACES
    return best


def _agreement(lines: list[str], separator: str) -> tuple[int, int, bool]:
    """Return how well a separator does, the better the more.

    Lines with the commonest number of it, cells without another one at an end, as where both
    stand side by side, and whether it is a tab.
    """
    try:
        rows = list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return 0, 0, False
    counts = Counter(len(row) for row in rows if len(row) > 1)
    stray = sum(cell.strip()[:1] in _SEPARATORS for row in rows for cell in row if cell.strip())
    return max(counts.values(), default=0), -stray, separator == "\t"
