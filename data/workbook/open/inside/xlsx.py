"""What calamine does not tell of an .xlsx: percentages, and formulas never computed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from data.workbook.open.inside.formats import BUILT_IN_PERCENT, is_percent
from data.workbook.open.inside.found import FoundSheet, Position
from data.workbook.open.inside.zipped import Parts, check_cells, column_number

_MAIN = "xl/workbook.xml"
_TAG = re.compile(
    rb"<(?:\w+:)?(sheet|Relationship|numFmt|cellXfs|xf)\b([^<>]*)>|</(?:\w+:)?cellXfs>"
)
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ROOT = re.compile(rb"<(\w+:|)worksheet\b")
# A formula whose result is a text has one, be it empty.
_NO_TEXT = rb'(?![^<>]*\bt="str")'
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)<")


class Marks:
    """What the parts of a workbook say beside values, by the name of the sheet.

    Reading it checks every part of the archive.
    """

    def __init__(self, parts: Parts) -> None:
        self._percents: dict[str, list[tuple[bytes, bytes]]] = {}
        self._unsaved: dict[str, list[Position]] = {}
        paths = _paths(parts)
        styles = _percent_styles(parts.read("xl/styles.xml"))
        for path in parts.names():
            part = parts.read(path)
            if path.startswith("xl/") and path.endswith(".xml"):
                check_cells(part)
            for name in paths.get(path, ()):
                self._note(name, part, styles)

    def mark(self, sheet: FoundSheet) -> None:
        """Mark the percentages and unsaved formulas of a sheet."""
        column = cache(column_number)
        sheet.percent.extend(
            (int(row) - 1, column(letters)) for letters, row in self._percents.get(sheet.name, ())
        )
        sheet.unsaved.extend(self._unsaved.get(sheet.name, ()))

    def _note(self, name: str, part: bytes, styles: list[bytes]) -> None:
        root = _ROOT.search(part, 0, 4096)
        prefix = root[1] if root else b""
        if styles:
            shown = rb'(?=[^<>]*\ss="(?:%s)")' % b"|".join(styles)
            self._percents[name] = re.findall(_cell(prefix, shown), part)
        if b"<%bf" % prefix in part:
            self._unsaved[name] = list(_unsaved(part, prefix))


def _cell(prefix: bytes, ahead: bytes) -> bytes:
    """Return a pattern of the start tags that look so ahead; its groups are column and row."""
    return rb'<%bc\s%b[^<>]*?\br="([A-Z]{1,7})([1-9][0-9]{0,8})"' % (prefix, ahead)


def _unsaved(part: bytes, prefix: bytes) -> Iterator[Position]:
    """Yield the places of formulas without a result."""
    begins = _cell(prefix, _NO_TEXT) + rb"[^<>]*>\s*<%bf\b" % prefix
    close = b"</%bc>" % prefix
    for match in re.finditer(begins, part):
        if not _VALUE.search(part, match.end(), max(match.end(), part.find(close, match.end()))):
            yield int(match[2]) - 1, column_number(match[1])


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape((double or single).decode(errors="replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def _paths(parts: Parts) -> dict[str, list[str]]:
    """Return the names of the sheets by the part they are in."""
    targets = {}
    for tag, attributes in _TAG.findall(parts.read("xl/_rels/workbook.xml.rels")):
        if tag == b"Relationship":
            link = _attributes(attributes)
            target = posixpath.join("/xl", link.get("Target", "").replace("\\", "/"))
            targets[link.get("Id", "")] = posixpath.normpath(target).lstrip("/")
    paths: dict[str, list[str]] = {}
    for tag, attributes in _TAG.findall(parts.read(_MAIN)):
        if tag == b"sheet":
            sheet = _attributes(attributes)
            identity = next((value for key, value in sheet.items() if key.endswith(":id")), "")
            paths.setdefault(targets.get(identity, ""), []).append(sheet.get("name", ""))
    return paths


def _percent_styles(styles: bytes) -> list[bytes]:
    """Return the numbers of the cell styles that show percentages."""
    percents = set(BUILT_IN_PERCENT)
    found, number, inside = [], 0, False
    for match in _TAG.finditer(styles):
        attributes = _attributes(match[2] or b"")
        if match[1] == b"numFmt":
            identity = _identity(attributes)
            change = percents.add if is_percent(attributes.get("formatCode", "")) else None
            (change or percents.discard)(identity)
        elif match[1] == b"xf" and inside:
            if _identity(attributes) in percents:
                found.append(b"%d" % number)
            number += 1
        elif match[1] in (b"cellXfs", None):
            inside = match[1] == b"cellXfs"
    return found


def _identity(attributes: dict[str, str]) -> int:
    text = attributes.get("numFmtId", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
