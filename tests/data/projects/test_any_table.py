"""Whatever stands in a sheet, every row is read or told, and nothing else happens."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from data.projects.fields import Field
from data.projects.read import read_projects
from data.workbook.book import Book, Rectangle, Sheet
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario, write_scenario

SAID = """
合计 示例 一、签约项目 注：无 序号 名称 在建 70% 七成 0季60%;1季40% 2026年7月 3亿元 -5 X 是
单位：万元
"""
WORDS = st.sampled_from(SAID.split())
CELLS = (
    st.none()
    | WORDS
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates()
    | st.text(max_size=6)
)
HEAD = st.lists(
    st.sampled_from([field.head.zh.format(year=2026) for field in Field]) | CELLS, max_size=6
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    titles = draw(st.lists(st.lists(CELLS, max_size=3), max_size=2))
    rows = draw(st.lists(st.lists(CELLS, max_size=8), max_size=8))
    head = len(titles) + 1
    corners = st.integers(1, 6)
    merged = draw(st.lists(st.tuples(corners, corners, st.integers(0, 2), st.integers(0, 2))))
    return Sheet(
        name=draw(st.sampled_from(["台账", "2026年", ""])),
        rows=tuple(map(tuple, [*titles, ["项目名称", *draw(HEAD), "阶段"], *rows])),
        merged=tuple(
            Rectangle(top, left, top + down, left + right)
            for top, left, down, right in merged
            # The head itself is not hidden below other cells.
            if top + down < head or top > head or (top == head and not right)
        ),
        percent=draw(st.frozensets(st.tuples(corners, corners))),
    )


@given(sheet=sheets(), year=st.none() | st.just(2026), unit=st.sampled_from(["", "1e4 CNY"]))
@settings(max_examples=100, deadline=None)
def test_every_row_is_read_or_told(sheet: Sheet, year: int | None, unit: str) -> None:
    found = read_projects(Book("", (sheet,)), year=year, unit=unit)

    read = {row.place.row for row in found.rows}
    told = {problem.row for problem in found.problems}
    # The head takes three rows at most.
    below = [(number, row) for number, row in enumerate(sheet.rows, 1) if number > _top(sheet) + 2]
    spoken = {number for number, row in below if row and isinstance(row[0], str) and row[0].strip()}
    assert spoken <= read | told


def _top(sheet: Sheet) -> int:
    return next(number for number, row in enumerate(sheet.rows, 1) if "项目名称" in row)


@given(sheet=sheets())
@settings(max_examples=60, deadline=None)
def test_what_is_read_is_a_scenario(sheet: Sheet) -> None:
    scenario = Scenario(projects=read_projects(Book("", (sheet,))).projects)

    assert read_scenario(write_scenario(scenario), ()) == scenario
