from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.errors import EXPECTED, Problem, TableRefused
from forecasting.figures.indicator import (
    Basis,
    Catalogue,
    Direction,
    Indicator,
    IndicatorGroup,
    Measure,
    Names,
    Observation,
    PriceBasis,
    Status,
)
from forecasting.figures.period import Month, Quarter
from forecasting.figures.tables import (
    parse_number,
    read_changes,
    read_observations,
    read_quarterly_levels,
)

GDP = Indicator(
    id="gdp",
    name=Names("地区生产总值", "Gross domestic product"),
    short=Names("生产总值", "GDP"),
    aliases=(),
    unit="1e8 CNY",
    measures=(Measure.GROWTH_YTD, Measure.LEVEL_YTD),
    basis=Basis(PriceBasis.COMPARABLE, "standard", "CNY"),
    group=IndicatorGroup.MAIN,
    direction=Direction.UP,
)
CATALOGUE = Catalogue.of([GDP])
AREAS = ("CN", "SAMPLE")
COLUMNS = (
    "area", "indicator", "measure", "period", "value", "unit", "publisher", "status",
    "price_basis", "coverage_basis", "currency",
)  # fmt: skip
GOOD = {"area": "CN", "indicator": "gdp", "measure": "growth_ytd", "period": "2026Q2"} | {
    "value": "5.0", "unit": "%", "publisher": "x", "status": "published",
    "price_basis": "", "coverage_basis": "", "currency": "",
}  # fmt: skip


def table(rows: Sequence[dict[str, str]], columns: Sequence[str] = COLUMNS) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(text: str) -> tuple[Observation, ...]:
    return read_observations(text, "figures.csv", CATALOGUE, AREAS)


def problems_of(text: str) -> list[Problem]:
    with pytest.raises(TableRefused) as refused:
        read(text)
    return list(refused.value.problems)


def test_a_full_row_is_read_as_it_stands() -> None:
    row = GOOD | {
        "measure": "level_ytd",
        "period": "2026-05",
        "value": "-1.5e2",
        "unit": "1e8 CNY",
        "status": "flash",
        "price_basis": "current",
        "coverage_basis": "province_rule",
        "currency": "USD",
    }

    assert read(table([row])) == (
        Observation(
            area="CN",
            indicator="gdp",
            measure=Measure.LEVEL_YTD,
            month=Month(2026, 5),
            value=-150.0,
            unit="1e8 CNY",
            basis=Basis(PriceBasis.CURRENT, "province_rule", "USD"),
            status=Status.FLASH,
            publisher="x",
        ),
    )


def test_columns_that_are_absent_fall_back_on_the_catalogue() -> None:
    needed = ("area", "indicator", "measure", "period", "value")
    rows = [GOOD, GOOD | {"measure": "level_ytd"}]

    growth, level = read(table(rows, needed))

    assert (growth.unit, level.unit) == ("%", "1e8 CNY")
    assert growth.basis == level.basis == GDP.basis
    assert growth.status is Status.PUBLISHED
    assert growth.publisher == ""


def test_columns_that_are_not_known_are_left_alone() -> None:
    assert read(table([GOOD | {"note": "later"}], (*COLUMNS, "note"))) == read(table([GOOD]))


def test_blank_lines_and_blanks_around_cells_are_no_matter() -> None:
    assert read("area , indicator,measure,period,value\n\n,,,,\n CN,gdp , growth_ytd,2026Q2, 5\n")


def test_any_area_may_appear_where_none_are_given() -> None:
    row = GOOD | {"area": "elsewhere"}
    assert read_observations(table([row]), "figures.csv", CATALOGUE)[0].area == "elsewhere"


@pytest.mark.parametrize(
    ("column", "found", "expected"),
    [
        ("area", "CN-XX", "area"),
        ("area", "", "text"),
        ("indicator", "gpd", "indicator"),
        ("indicator", "", "text"),
        ("measure", "growth", "choice"),
        ("measure", "", "choice"),
        ("period", "2026Q5", "period"),
        ("period", "2026年上半年", "period"),
        ("period", "", "period"),
        ("value", "—", "number"),
        ("value", "", "number"),
        ("value", "nan", "number"),
        ("value", "-inf", "number"),
        ("value", "1e999", "number"),
        ("value", "1_000", "number"),
        ("value", "1,000", "number"),
        ("value", "5.0%", "number"),
        ("value", "５.０", "number"),
        ("unit", "1e8 CNY", "unit"),
        ("status", "secret", "choice"),
        ("price_basis", "nominal", "choice"),
    ],
)
def test_a_wrong_cell_is_named_by_file_row_and_column(
    column: str, found: str, expected: str
) -> None:
    text = table([GOOD | {"period": "2026Q1"}, GOOD | {column: found}])

    assert problems_of(text) == [Problem("figures.csv", 3, column, found, expected)]


def test_a_level_in_percent_is_refused() -> None:
    text = table([GOOD | {"measure": "level_ytd"}])
    assert problems_of(text) == [Problem("figures.csv", 2, "unit", "%", "unit")]


def test_a_figure_given_twice_is_refused_where_it_comes_again() -> None:
    text = table([GOOD, GOOD | {"value": "5.1", "period": "2026-06"}])
    assert problems_of(text) == [Problem("figures.csv", 3, "period", "2026-06", "unique")]


def test_figures_that_differ_in_basis_alone_are_two_figures() -> None:
    assert len(read(table([GOOD, GOOD | {"coverage_basis": "province_rule"}]))) == 2


@pytest.mark.parametrize("lost", ["area", "indicator", "measure", "period", "value"])
def test_a_missing_column_refuses_the_table_at_its_header(lost: str) -> None:
    columns = [column for column in COLUMNS if column != lost]
    assert problems_of(table([GOOD], columns)) == [
        Problem("figures.csv", 1, "header", ",".join(columns), "header")
    ]


def test_a_column_named_twice_refuses_the_table_at_its_header() -> None:
    header = "area,indicator,measure,period,value,value"
    assert problems_of(header + "\n") == [Problem("figures.csv", 1, "header", header, "header")]


@pytest.mark.parametrize("row", ["CN,gdp,growth_ytd,2026Q2", "CN,gdp,growth_ytd,2026Q2,5,0"])
def test_a_row_that_is_too_short_or_too_long_is_refused_whole(row: str) -> None:
    text = f"area,indicator,measure,period,value\n\n{row}\n"
    assert problems_of(text) == [Problem("figures.csv", 3, "row", row, "cells")]


@pytest.mark.parametrize("publisher", ['"left open', '"closed" too early'])
def test_a_quote_that_is_not_closed_at_the_end_of_its_cell_swallows_no_rows(
    publisher: str,
) -> None:
    row = "CN,gdp,growth_ytd,{},5.0,{}\n"
    text = "area,indicator,measure,period,value,publisher\n"
    text += row.format("2025Q4", "x") + row.format("2026Q1", publisher) + row.format("2026Q2", "x")

    (problem,) = problems_of(text)

    assert (problem.row, problem.column, problem.expected) == (3, "row", "csv")


def test_every_problem_is_listed_in_the_order_of_the_rows() -> None:
    rows = [GOOD | {"value": "x", "measure": "y"}, GOOD, GOOD | {"area": "z"}]
    assert [(p.row, p.column) for p in problems_of(table(rows))] == [
        (2, "measure"),
        (2, "value"),
        (4, "area"),
    ]


def test_a_problem_reads_as_one_line() -> None:
    with pytest.raises(TableRefused) as refused:
        read(table([GOOD | {"value": "x"}, GOOD | {"value": "y"}]))

    assert str(refused.value) == (
        "figures.csv, row 2, value: found 'x', expected a number, such as 3.1 (and 1 more)"
    )
    assert refused.value.values == {"count": 2}


good_rows = st.lists(
    st.fixed_dictionaries(
        {
            "area": st.sampled_from(AREAS),
            "indicator": st.just("gdp"),
            "measure": st.sampled_from([measure.value for measure in Measure]),
            "period": st.builds("{}Q{}".format, st.integers(2000, 2026), st.integers(1, 4)),
            "value": st.floats(-1e6, 1e6).map(repr),
            "publisher": st.sampled_from(["", "国家统计局", 'a "quoted", name', "two\nlines"]),
        }
    ),
    max_size=20,
    unique_by=lambda row: (row["area"], row["measure"], row["period"]),
)


@given(good_rows, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_of_columns_matters(
    rows: list[dict[str, str]], order: random.Random
) -> None:
    columns = ["area", "indicator", "measure", "period", "value", "publisher"]
    shuffled_columns = order.sample(columns, len(columns))
    shuffled_rows = order.sample(rows, len(rows))

    assert set(read(table(shuffled_rows, shuffled_columns))) == set(read(table(rows, columns)))


@given(good_rows)
def test_sound_rows_are_all_read_with_the_values_written(rows: list[dict[str, str]]) -> None:
    figures = read(table(rows, ["publisher", "value", "period", "measure", "indicator", "area"]))
    assert [figure.value for figure in figures] == [float(row["value"]) for row in rows]


cells = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["CN", "gdp", "growth_ytd", "2026Q2", "5.0", "%", '"', "\r", "\n", "١", "1e9"]),
)
headers = st.sampled_from(
    ["area,indicator,measure,period,value", ",".join(COLUMNS), "id,t,y", "\ufeffid,y,t", ""]
)


@given(headers, st.lists(st.lists(cells, max_size=12).map(",".join), max_size=6))
def test_any_text_is_read_or_refused_and_raises_nothing_else(header: str, rows: list[str]) -> None:
    text = "\n".join([header, *rows])
    for reader in (read, lambda text: read_quarterly_levels(text, "levels.csv")):
        try:
            reader(text)
        except TableRefused as refused:
            for problem in refused.problems:
                assert problem.expected in EXPECTED
                assert 1 <= problem.row <= text.count("\n") + text.count("\r") + 2


@given(st.text())
def test_a_text_is_a_number_only_if_plain_digits_spell_a_finite_one(text: str) -> None:
    value = parse_number(text)
    if value is not None:
        assert text.isascii()
        assert value == float(text)


@pytest.mark.parametrize(
    ("text", "value"), [("3.", 3.0), (".5", 0.5), ("-3.1", -3.1), ("1e3", 1e3)]
)
def test_numbers_may_be_written_in_the_usual_ways(text: str, value: float) -> None:
    assert parse_number(text) == value


def test_quarterly_levels_are_kept_by_name_and_number() -> None:
    text = "id,t,y\nb,2,1.5\na,1,3\nb,1,2\n"
    assert read_quarterly_levels(text, "levels.csv") == {"b": {2: 1.5, 1: 2.0}, "a": {1: 3.0}}


@pytest.mark.parametrize(
    ("row", "column", "found", "expected"),
    [
        (",1,2", "id", "", "text"),
        ("a,1.5,2", "t", "1.5", "quarter_id"),
        ("a,one,2", "t", "one", "quarter_id"),
        ("a,1,0", "y", "0", "positive"),
        ("a,1,none", "y", "none", "positive"),
        ("a,2,2", "t", "2", "unique"),
    ],
)
def test_a_level_that_cannot_be_used_is_refused(
    row: str, column: str, found: str, expected: str
) -> None:
    with pytest.raises(TableRefused) as refused:
        read_quarterly_levels(f"id,t,y\na,2,1\n{row}\n", "levels.csv")

    assert refused.value.problems == (Problem("levels.csv", 3, column, found, expected),)


@pytest.mark.parametrize("period", ["2025-01", "2025-02", "2025-03", "2025Q1"])
def test_a_change_of_definition_may_begin_in_any_month(period: str) -> None:
    columns = ("area", "indicator", "period", "document")
    row = {"area": "CN", "indicator": "gdp", "period": period, "document": "notice"}

    (change,) = read_changes(table([row], columns), "changes.csv", CATALOGUE)

    assert change.quarter == Quarter(2025, 1)
