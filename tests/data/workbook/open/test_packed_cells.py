"""Cells come out of the process that reads them as they went in."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.workbook.open.packed_cells import pack, pack_places, unpack, unpack_places

CELLS = (
    st.none()
    | st.booleans()
    | st.dates()
    | st.text(max_size=5)
    | st.floats(allow_infinity=False, allow_nan=False)
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_cells_arrive_as_they_were_sent(rows: list[list[str | float | bool | date | None]]) -> None:
    arrived = unpack(json.loads(json.dumps(pack(rows))))

    assert arrived == tuple(map(tuple, rows))
    assert [[type(cell) for cell in row] for row in arrived] == [
        [type(cell) for cell in row] for row in rows
    ]


def test_what_is_beyond_all_bounds_is_no_number() -> None:
    assert unpack(pack([[1.0, float("inf"), float("nan")]])) == ((1.0, "inf", "nan"),)


def test_places_arrive_as_they_were_sent() -> None:
    places = [(0, 0), (199_999, 1_999)]

    assert list(unpack_places(pack_places(iter(places)))) == places
