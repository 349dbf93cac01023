"""Zipped workbooks, told apart by the parts they are made of: .xlsx, .xlsb and .ods."""

from __future__ import annotations

from collections.abc import Iterator

from data.workbook.open.inside import ods, xlsb, xlsx
from data.workbook.open.inside.parts import Parts
from data.workbook.open.inside.sheets import FoundSheet
from data.workbook.open.refusal import Refusal, Refused

_OTHERS = {
    "word/document.xml": (Refusal.NOT_A_TABLE, "Word"),
    "ppt/presentation.xml": (Refusal.NOT_A_TABLE, "PowerPoint"),
    "Index/Document.iwa": (Refusal.OTHER_SPREADSHEET, "Numbers"),
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def sheets_of(content: bytes) -> Iterator[FoundSheet]:
    """Read the worksheets of a zipped workbook, one at a time.

    Raises
    ------
    Refused
        If it is damaged, encrypted or no workbook, or holds what its kind must not hold.
    """
    parts = Parts(content)
    for name, (reason, found) in _OTHERS.items():
        if name in parts:
            raise Refused(reason, found=found)
    mimetype = parts.read("mimetype")
    if mimetype.startswith(_OPEN_DOCUMENT):
        if not mimetype.startswith(_OPEN_DOCUMENT + b"spreadsheet"):
            raise Refused(Refusal.NOT_A_TABLE, found="OpenDocument")
        return ods.sheets_of(content, parts)
    if xlsb.MAIN in parts and xlsx.MAIN not in parts:
        return xlsb.sheets_of(content, parts)
    if xlsx.MAIN in parts or b"spreadsheetml" in parts.read("[Content_Types].xml"):
        return xlsx.sheets_of(content, parts)
    raise Refused(Refusal.NOT_A_TABLE, found="ZIP")
