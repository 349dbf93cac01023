"""Bytes to text: byte order mark, strict UTF-8, then GB18030, as files of the mainland are."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

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
