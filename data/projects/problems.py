"""What a reading of the table of projects did not read, left out or doubts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What is wrong, or was left out; its sentence is under ``projects.problem.<value>``."""

    # Of the file or a sheet
    NO_TABLE = "no_table"  # no sheet has a head with names of projects
    NO_LEDGER = "no_ledger"  # names of projects and nothing that a project has, as of research
    SINGLE_PROJECT = "single_project"  # a sheet about one project, heads and values in pairs
    HIDDEN_SHEET = "hidden_sheet"  # a sheet that the spreadsheet does not show
    UNREAD_SHEET = "unread_sheet"  # a sheet without such a head
    TOO_MANY_ROWS = "too_many_rows"  # more rows than any zone has projects; the rest is not read
    # Of a column
    UNKNOWN_COLUMN = "unknown_column"  # a head that names nothing a project has
    SO_FAR_COLUMN = "so_far_column"  # investment completed so far, of no one year
    REPEATED_COLUMN = "repeated_column"  # another column of the same
    UNIT_MISSING = "unit_missing"  # amounts of money without a unit anywhere
    UNIT_OTHER = "unit_other"  # a unit that is none of money in CNY
    YEAR_MISSING = "year_missing"  # investment of a year that nothing names
    YEAR_OF_TITLE = "year_of_title"  # the year was taken from the title
    TAKEN_FOR_TOTAL = "taken_for_total"  # 投资额 where no column is of the total
    # Of a row
    TOTAL_ROW = "total_row"
    SECTION_ROW = "section_row"  # 一、签约项目
    NOTE_ROW = "note_row"
    ENDED_ROW = "ended_row"  # given up: 终止, 解约
    EXAMPLE_ROW = "example_row"
    REPEATED_HEAD = "repeated_head"
    NO_NAME = "no_name"  # a row with values and neither name nor id
    DUPLICATE_NAME = "duplicate_name"
    DUPLICATE_ID = "duplicate_id"  # the later project got another
    # Of a cell, which then keeps its usual value
    AMOUNT = "amount"
    RANGE = "range"
    SHARE = "share"
    SHARE_UNCLEAR = "share_unclear"  # 0.7 below a head with %
    QUARTER = "quarter"
    QUARTER_UNCLEAR = "quarter_unclear"  # the number 2026.1: January or October
    STAGE = "stage"
    REFERENCE = "reference"
    FLAG = "flag"
    DELAY = "delay"
    RAMP = "ramp"
    MERGED = "merged"  # one number for several projects

    @property
    def mends(self) -> bool:
        """Whether somebody should mend the file; else something was left out on purpose."""
        return self not in _LEFT_OUT

    @property
    def doubts(self) -> bool:
        """Whether it was read all the same, and somebody should look whether it is meant so."""
        return self in (Code.DUPLICATE_NAME, Code.DUPLICATE_ID, Code.TAKEN_FOR_TOTAL)


_LEFT_OUT = frozenset(
    {
        Code.HIDDEN_SHEET, Code.UNREAD_SHEET, Code.UNKNOWN_COLUMN, Code.SO_FAR_COLUMN,
        Code.YEAR_OF_TITLE, Code.TOTAL_ROW, Code.SECTION_ROW, Code.NOTE_ROW, Code.EXAMPLE_ROW,
        Code.REPEATED_HEAD, Code.ENDED_ROW,
    }
)  # fmt: skip


class Unread(Exception):
    """Raised where a cell is not what its column holds."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ProjectProblem:
    """Something that was not read, left out or is in doubt.

    Attributes
    ----------
    sheet
        Its name, empty where the file has no sheets.
    row, column
        Counted from 1 as the spreadsheet does; 0 where it is about a whole column, row, sheet
        or file.
    head
        Head of the column as it stands in the file.
    found
        What stands there.
    other
        What it collides with, or was taken instead.
    """

    code: Code
    sheet: str = ""
    row: int = 0
    column: int = 0
    head: str = ""
    found: str = ""
    other: str = ""
