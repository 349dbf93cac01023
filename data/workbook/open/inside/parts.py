"""The parts of a zipped workbook, each checked as it is read, and what links them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

from data.workbook.open import limits
from data.workbook.open.refusal import Refusal, Refused

_STEP = limits.MEGABYTE
_ENCRYPTED = 1
_XML = (".xml", ".rels", ".vml")
_TAG = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Parts:
    """The parts of a zipped workbook, checked one by one as they are read.

    Raises
    ------
    Refused
        If the archive is damaged or encrypted.
    """

    def __init__(self, content: bytes) -> None:
        self._left = limits.INFLATED_MEGABYTES * limits.MEGABYTE
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise Refused(Refusal.DAMAGED) from None
        self._entries = {entry.filename: entry for entry in self._archive.infolist()}
        if len(self._archive.infolist()) > limits.PARTS:
            raise Refused(Refusal.INFLATES, limit=limits.INFLATED_MEGABYTES)
        if any(entry.flag_bits & _ENCRYPTED for entry in self._entries.values()):
            raise Refused(Refusal.ENCRYPTED)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> Iterator[str]:
        """Yield the name of every part."""
        yield from self._entries

    def read(self, name: str) -> bytes:
        """Inflate one part within the limits; an absent one is empty.

        Raises
        ------
        Refused
            If it is damaged, grows too far, or defines entities.
        """
        entry = self._entries.get(name)
        if entry is None:
            return b""
        most = min(self._left, self._most(entry))
        content = self._inflate(entry, most)
        if len(content) > most:
            raise Refused(Refusal.INFLATES, limit=limits.INFLATED_MEGABYTES)
        self._left -= len(content)
        if name.endswith(_XML) and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
            raise Refused(Refusal.ENTITIES)
        return content

    def _most(self, entry: zipfile.ZipInfo) -> int:
        return max(
            entry.compress_size * limits.INFLATION,
            limits.INFLATION_FROM_MEGABYTES * limits.MEGABYTE,
        )

    def _inflate(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        """Inflate up to just beyond ``most`` bytes, whatever the archive declares."""
        pieces, size = [], 0
        try:
            with self._archive.open(entry) as part:
                while size <= most and (piece := part.read(_STEP)):
                    pieces.append(piece)
                    size += len(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
            raise Refused(Refusal.DAMAGED) from None
        return b"".join(pieces)


def attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes in a start tag."""
    return {
        name.decode(): unescape((double or single).decode(errors="replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def targets(relationships: bytes) -> dict[str, str]:
    """Return by their ids the parts that a workbook is made of."""
    found = {}
    for tag in _TAG.findall(relationships):
        link = attributes(tag)
        target = posixpath.join("/xl", link.get("Target", "").replace("\\", "/"))
        found[link.get("Id", "")] = posixpath.normpath(target).lstrip("/")
    return found
