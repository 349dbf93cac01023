"""The look into a zipped workbook before anything reads it: sizes as they are, not as declared."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from data.workbook.open import limits
from data.workbook.open.inside.found import far_cell
from data.workbook.open.refusal import Refusal, Refused

_STEP = limits.MEGABYTE
_ENCRYPTED = 1
_XML = (".xml", ".rels", ".vml")

# Names and content types: a renamed part still has to declare what it is.
_MACROS = re.compile(rb"vbaProject|macroEnabled|macrosheet|dialogsheet", re.IGNORECASE)
_LINKS = re.compile(rb"externalLink", re.IGNORECASE)
_FAR = re.compile(rb' r="(?:([A-Z]{3,7})([1-9][0-9]{0,8})|([A-Z]{1,2})([1-9][0-9]{5,8}))"')
_LONG_TEXT = re.compile(rb">[^<]{%d}" % (4 * limits.TEXT))

_OTHERS = {
    "xl/workbook.bin": (Refusal.OTHER_SPREADSHEET, ".xlsb"),
    "word/document.xml": (Refusal.NOT_A_TABLE, "Word"),
    "ppt/presentation.xml": (Refusal.NOT_A_TABLE, "PowerPoint"),
    "Index/Document.iwa": (Refusal.OTHER_SPREADSHEET, "Numbers"),
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


class Parts:
    """The parts of a zipped workbook, checked one by one as they are read.

    Raises
    ------
    Refused
        If the archive is damaged, encrypted or no workbook, or holds macros or links.
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
        self._check_kind()

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

    def _check_kind(self) -> None:
        for name, (reason, found) in _OTHERS.items():
            if name in self._entries:
                raise Refused(reason, found=found)
        mimetype = self.read("mimetype")
        if mimetype.startswith(_OPEN_DOCUMENT):
            sheets = mimetype.startswith(_OPEN_DOCUMENT + b"spreadsheet")
            reason = Refusal.OTHER_SPREADSHEET if sheets else Refusal.NOT_A_TABLE
            raise Refused(reason, found="OpenDocument")
        if "xl/workbook.xml" not in self._entries and not self._declares_workbook():
            raise Refused(Refusal.NOT_A_TABLE, found="ZIP")
        declared = self.read("[Content_Types].xml") + "\n".join(self._entries).encode()
        if _MACROS.search(declared):
            raise Refused(Refusal.MACROS)
        if _LINKS.search(declared):
            raise Refused(Refusal.EXTERNAL_LINKS)

    def _declares_workbook(self) -> bool:
        return b"spreadsheetml" in self.read("[Content_Types].xml")


def check_cells(part: bytes) -> None:
    """Refuse a worksheet with a filled cell far out, a text no cell can hold, endless merging.

    Raises
    ------
    Refused
        If there is one.
    """
    if _LONG_TEXT.search(part):
        raise Refused(Refusal.LONG_TEXT, limit=limits.TEXT)
    if part.count(b"mergeCell ") > limits.MERGED:
        raise Refused(Refusal.MERGED, limit=limits.MERGED)
    for match in _FAR.finditer(part):
        row, column = int(match[2] or match[4]) - 1, column_number(match[1] or match[3])
        if (row >= limits.ROWS or column >= limits.COLUMNS) and _is_filled(part, match.end()):
            raise far_cell(row, column)


def column_number(letters: bytes) -> int:
    """Return the number of a column such as ``AB``, from 0."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def _is_filled(part: bytes, at: int) -> bool:
    """Whether the element whose start tag is at ``at`` holds anything: styles alone do no harm."""
    end = part.find(b">", at)
    return part[end - 1 : end] != b"/" and part[end + 1 : end + 3] != b"</"
