"""Why a file is not read: codes that the page turns into sentences. Standard library only."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """What is wrong with a file; its sentence is under ``error.workbook_<value>``."""

    DAMAGED = "damaged"
    EMPTY = "empty"
    SIZE = "size"
    INFLATES = "inflates"
    CELLS = "cells"
    FAR_CELL = "far_cell"
    MERGED = "merged"
    LONG_TEXT = "long_text"
    MEMORY = "memory"
    TIME = "time"
    PASSWORD = "password"
    WRONG_PASSWORD = "wrong_password"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"
    UNSAVED = "unsaved"
    ENTITIES = "entities"
    OTHER_SPREADSHEET = "other_spreadsheet"
    NOT_A_TABLE = "not_a_table"
    BINARY = "binary"
    ENCODING = "encoding"


MEANINGS = {
    Refusal.DAMAGED: "it is cut short or broken",
    Refusal.EMPTY: "there is nothing in it",
    Refusal.SIZE: "it has more bytes than may be read",
    Refusal.INFLATES: "it is a small archive of a huge text",
    Refusal.CELLS: "it has more cells than are read",
    Refusal.FAR_CELL: "a cell is far away from any table",
    Refusal.MERGED: "it has more merged cells than any table has",
    Refusal.LONG_TEXT: "it has a text that no cell can hold",
    Refusal.MEMORY: "it takes more memory than a reading may",
    Refusal.TIME: "it takes longer than a reading may",
    Refusal.PASSWORD: "a password opens it, and none was given",
    Refusal.WRONG_PASSWORD: "another password opens it",
    Refusal.ENCRYPTED: "it is encrypted in a way that is not read",
    Refusal.MACROS: "it holds programs",
    Refusal.EXTERNAL_LINKS: "it takes values from other files",
    Refusal.UNSAVED: "the results of its formulas were never saved",
    Refusal.ENTITIES: "it defines XML entities of its own",
    Refusal.OTHER_SPREADSHEET: "it is a spreadsheet of another format",
    Refusal.NOT_A_TABLE: "it is of a kind that holds no table",
    Refusal.BINARY: "it is neither a workbook nor text",
    Refusal.ENCODING: "it is text that the encoding does not fit",
}
"""What each says to whoever has no page before them."""


class Refused(Exception):
    """Raised where a file is looked into, beside the reason and what its sentence needs."""

    def __init__(self, reason: Refusal, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values
