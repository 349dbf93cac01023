"""The .zip that the page of figures gives: all tables that an outlook of an area is drawn from.

It is the one archive that is taken apart in this process: its tables alone, up to a size. Workbooks
of today are archives too, which ``data`` takes apart in a process that can harm nothing.
"""

from __future__ import annotations

import io
import zipfile
import zlib

LARGEST_ARCHIVE = 500_000_000
"""Bytes that the tables of an archive may have unpacked: what claims more is none of ours."""
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How archives begin, workbooks of today among them, and workbooks of 2003."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""How the page packs, and most programs; what other methods raise on damage is not known."""


def is_packed(content: bytes) -> bool:
    """Return whether a file is an archive or a workbook, and so no table."""
    return content.startswith(_PACKED)


def tables_in(content: bytes) -> dict[str, bytes]:
    """Return the tables of an archive by name; of a workbook, and of what is damaged, none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            tables = [one for one in opened.infolist() if one.filename.endswith(".csv")]
            if sum(one.file_size for one in tables) > LARGEST_ARCHIVE:
                return {}
            if not {one.compress_type for one in tables} <= _METHODS:
                return {}
            return {one.filename: opened.read(one) for one in tables}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError):
        return {}  # ValueError is of names that are no text, and of places before the file
