"""What calamine does not tell of an .xlsx: percentages, and formulas never computed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape

from data.workbook.inside.formats import BUILT_IN_PERCENT, is_percent
from data.workbook.inside.found import FoundSheet, Position
from data.workbook.inside.zipped import Parts, check_cells, position

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
        self._percents: dict[str, list[Position]] = {}
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
        sheet.percent.update(self._percents.get(sheet.name, ()))
        sheet.unsaved.update(self._unsaved.get(sheet.name, ()))

    def _note(self, name: str, part: bytes, styles: list[bytes]) -> None:
        root = _ROOT.search(part, 0, 4096)
        prefix = root[1] if root else b""
        if styles:
            shown = rb'(?=[^<>]*\ss="(?:%s)")' % b"|".join(styles)
            self._percents[name] = [place for place, _ in _cells(part, prefix, shown)]
        if b"<%bf" % prefix in part:
            self._unsaved[name] = [
                place
                for place, content in _cells(part, prefix, _NO_TEXT, rb"[^<>]*>\s*<%bf\b" % prefix)
                if not _VALUE.search(content)
            ]


def _cells(
    part: bytes, prefix: bytes, ahead: bytes, then: bytes = b""
) -> Iterator[tuple[Position, bytes]]:
    """Yield the place and content of each cell whose tag looks so ahead."""
    tag = rb'<%bc\s%b[^<>]*?\br="([A-Z]{1,7}[1-9][0-9]{0,8})"' % (prefix, ahead)
    close = b"</%bc>" % prefix
    for match in re.finditer(tag + then, part):
        start = part.find(b">", match.end(1))
        end = start if part[start - 1 : start] == b"/" else part.find(close, start)
        yield position(match[1]), part[start + 1 : max(start, end)]


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
