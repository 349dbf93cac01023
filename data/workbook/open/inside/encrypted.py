"""Workbooks that a password opens (.xlsx, .xlsb, .xls), as msoffcrypto decrypts them.

What is decrypted is read, and refused, as a file without a password is. The file says how often
its password is hashed: the limits of the process end one that asks for too much.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.dom.minidom import parseString

from msoffcrypto.exceptions import FileFormatError, InvalidKeyError
from msoffcrypto.format import ooxml, xls97
from msoffcrypto.method.rc4 import DocumentRC4

from data.workbook.open.inside import xls, zipped
from data.workbook.open.inside.sheets import FoundSheet
from data.workbook.open.refusal import Refusal, Refused

_USUAL = "VelvetSweatshop"
"""The password by which Excel locks a workbook against changes, and opens it unasked."""

# What these import once they are used is imported now: later there is no file to read.
parseString("<a/>")
DocumentRC4.verifypw("", bytes(16), bytes(16), bytes(16))


def sheets_of(content: bytes) -> Iterator[FoundSheet]:
    """Read the worksheets of an encrypted workbook, before which its password and a zero stand.

    Raises
    ------
    Refused
        If the password is missing or wrong, or what it opens is refused.
    """
    given, _, sealed = content.partition(b"\0")
    try:
        opened = _decrypted(sealed, given.decode() or _USUAL)
    except InvalidKeyError:
        raise Refused(Refusal.WRONG_PASSWORD if given else Refusal.PASSWORD) from None
    except MemoryError:
        raise
    except Exception:  # whatever comes of a method that is not known, or of a broken file
        raise Refused(Refusal.ENCRYPTED) from None
    return zipped.sheets_of(opened) if opened.startswith(b"PK") else xls.sheets_of(opened)


def _decrypted(sealed: bytes, password: str) -> bytes:
    opened = io.BytesIO()
    try:
        book = ooxml.OOXMLFile(io.BytesIO(sealed))
    except FileFormatError:
        # It would write to a file, of which none is within reach.
        xls97.tempfile.TemporaryFile = io.BytesIO
        old = xls97.Xls97File(io.BytesIO(sealed))
        old.load_key(password=password)
        old.decrypt(opened)
    else:
        book.load_key(password=password, verify_password=True)
        book.decrypt(opened)
    return opened.getvalue()
