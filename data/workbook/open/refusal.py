"""Why a file is not read: codes that the page turns into sentences. Standard library only."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """What is wrong with a file; its sentence is under ``error.workbook_<value>``."""

    DAMAGED = "damaged"  # cut short or broken
    EMPTY = "empty"  # nothing in it
    SIZE = "size"  # more bytes than may be uploaded
    INFLATES = "inflates"  # a small archive of a huge text
    CELLS = "cells"  # more cells than are read
    FAR_CELL = "far_cell"  # a cell far away from any table
    MERGED = "merged"  # more merged cells than any table has
    LONG_TEXT = "long_text"  # a text no cell can hold
    MEMORY = "memory"  # more memory than a reading may take
    TIME = "time"  # longer than a reading may take
    PASSWORD = "password"  # a password opens it, and none was given
    WRONG_PASSWORD = "wrong_password"  # another password opens it
    ENCRYPTED = "encrypted"  # encrypted in a way that is not read
    MACROS = "macros"  # holds programs
    EXTERNAL_LINKS = "external_links"  # takes values from other files
    UNSAVED = "unsaved"  # formulas whose results were never saved
    ENTITIES = "entities"  # XML that defines entities of its own
    OTHER_SPREADSHEET = "other_spreadsheet"  # a spreadsheet of another format
    NOT_A_TABLE = "not_a_table"  # a known kind of file that holds no table
    BINARY = "binary"  # neither a workbook nor text
    ENCODING = "encoding"  # text that the encoding does not fit


class Refused(Exception):
    """Raised where a file is looked into, beside the reason and what its sentence needs."""

    def __init__(self, reason: Refusal, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values
