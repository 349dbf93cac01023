"""Sheets come out of the process that reads them as they went in."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.workbook.book import Rectangle, Sheet
from data.workbook.open import process
from data.workbook.open.inside.calamine import _plain
from data.workbook.open.inside.sheets import FoundSheet

CELLS = (
    st.none()
    | st.booleans()
    | st.dates()
    | st.text(max_size=5)
    | st.floats(allow_infinity=False, allow_nan=False)
)


def arrived(sheet: FoundSheet) -> Sheet:
    return process._sheet(process._ANSWER.decode(sheet.line()))


def sheet_of(rows: list[list[str | float | bool | date | None]]) -> FoundSheet:
    sheet = FoundSheet("表", hidden=True)
    sheet.rows = [list(map(_plain, row)) for row in rows]
    return sheet


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_cells_arrive_as_they_were_sent(rows: list[list[str | float | bool | date | None]]) -> None:
    sheet = arrived(sheet_of(rows))

    assert sheet == Sheet("表", tuple(map(tuple, rows)), hidden=True)
    assert [[type(cell) for cell in row] for row in sheet.rows] == [
        [type(cell) for cell in row] for row in rows
    ]


def test_what_is_beyond_all_bounds_is_no_number() -> None:
    rows = arrived(sheet_of([[1.0, float("inf")], [float("nan")]])).rows

    assert rows == ((1.0, "inf"), ("nan",))


def test_places_arrive_counted_from_one() -> None:
    sheet = sheet_of([["", 0.1], [0.2]])
    sheet.merge([(0, 0, 1, 0)])
    sheet.percent = [(0, 0), (0, 1), (1, 0), (1, 1), (199_999, 1_999)]

    assert arrived(sheet).merged == (Rectangle(1, 1, 2, 1),)
    assert arrived(sheet).percent == {(1, 2), (2, 1)}
