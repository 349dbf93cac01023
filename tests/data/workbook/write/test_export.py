"""Exports open cleanly, hold no formulas, and come back as what they were written from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from data.store.seed import read_seeds
from data.workbook.open.opening import open_book
from data.workbook.questions import Asked
from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading
from data.workbook.words.heads import Head
from data.workbook.write.export import (
    COLUMNS,
    history_workbook,
    observations_csv,
    observations_workbook,
    template_workbook,
)
from forecasting.figures import spelling
from forecasting.figures.indicator import Area, Basis, Measure, Observation, PriceBasis, Status
from forecasting.figures.period import Month, Quarter
from forecasting.figures.seeds import Seeds

Export = Callable[..., bytes]
EXPORTS = pytest.mark.parametrize("export", [observations_workbook, observations_csv])
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
VALUE = COLUMNS.index(Head.VALUE)


@cache
def seeds() -> Seeds:
    return read_seeds(Path(__file__).parents[4] / "seeds")


def area(name: str) -> Area:
    return next(entry for entry in seeds().areas if entry.id == name)


def reading(content: bytes, figures: Sequence[Observation] = ()) -> Reading:
    context = Context(
        catalogue=seeds().catalogue,
        areas=seeds().areas,
        area="CN",
        month=Month(2026, 12),
        known={figure.key: figure for figure in figures},
    )
    return read(open_book("导出", content), context, {})


def sheet_of(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def filled_in(content: bytes, cells: dict[tuple[int, int], object]) -> bytes:
    """Return a workbook with values put in, as a spreadsheet would; counted from 1."""
    book, file = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    for (row, column), value in cells.items():
        book.worksheets[0].cell(row, column).value = value  # type: ignore[assignment]
    book.save(file)
    return file.getvalue()


def figure(**changes: object) -> Observation:
    made_up = Observation(
        area="SAMPLE",
        indicator="gdp",
        measure=Measure.GROWTH_YTD,
        month=Month(2026, 9),
        value=7.3,
        unit="%",
        basis=seeds().catalogue["gdp"].basis,
        status=Status.FLASH,
    )
    return replace(made_up, **changes)  # type: ignore[arg-type]


@EXPORTS
@LANGUAGES
def test_an_export_comes_back_with_nothing_changed(export: Export, language: str) -> None:
    figures = seeds().observations

    back = reading(export(figures, seeds().catalogue, seeds().areas, language), figures)

    assert {entry.observation for entry in back.figures} == set(figures)
    assert len(back.figures) == len(figures)
    assert (back.questions, back.refused) == ((), ())


@EXPORTS
def test_one_changed_figure_comes_back_as_one_revision(export: Export) -> None:
    figures = list(seeds().observations)
    changed = [replace(figures[0], value=figures[0].value + 0.1), *figures[1:]]

    back = reading(export(changed, seeds().catalogue, seeds().areas), figures)

    known = {entry.key: entry for entry in figures}
    found = [entry.observation for entry in back.figures]
    assert [entry for entry in found if entry != known[entry.key]] == [changed[0]]


@EXPORTS
@LANGUAGES
def test_every_basis_status_and_form_comes_back(export: Export, language: str) -> None:
    bases = [
        Basis(price, coverage, currency)
        for price in PriceBasis
        for coverage in spelling.COVERAGES
        for currency in spelling.CURRENCIES
    ]
    figures = [
        figure(basis=basis, measure=measure, month=Month(2026, month))
        for basis in bases
        for measure in (Measure.GROWTH_YTD, Measure.GROWTH_QUARTER, Measure.GROWTH_MONTH)
        for month in (3, 10)
        if month == 3 or measure is not Measure.GROWTH_QUARTER
    ]
    figures += [
        figure(status=status, month=Month(2025, 3 * n)) for n, status in enumerate(Status, 1)
    ]

    back = reading(export(figures, seeds().catalogue, seeds().areas, language), figures)

    assert {entry.observation for entry in back.figures} == set(figures)
    assert back.open == ()


@EXPORTS
@given(value=st.floats(-99, 1e7, allow_subnormal=False).map(lambda value: value + 0.0))
@settings(max_examples=40, deadline=None)
def test_values_come_back_to_the_last_digit(export: Export, value: float) -> None:
    content = export([figure(value=value)], seeds().catalogue, seeds().areas)

    cell = sheet_cell(content)

    assert float(str(cell)) == value


def sheet_cell(content: bytes) -> object:
    if content.startswith(b"PK"):
        return sheet_of(content).cell(2, VALUE + 1).value
    return open_book("a.csv", content).sheets[0].rows[1][VALUE]


@EXPORTS
@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@SUM(A1)", '=HYPERLINK("x")', 'a,"b"\nc'])
def test_no_text_becomes_a_formula(export: Export, text: str) -> None:
    content = export([figure(publisher=text)], seeds().catalogue, seeds().areas)

    assert open_book("a", content).sheets[0].rows[1][-1] == text
    if content.startswith(b"PK"):
        cell = sheet_of(content).cell(2, len(COLUMNS))
        assert (cell.value, cell.data_type) == (text, "s")
        sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
    else:
        last = content.decode("utf-8-sig").split("内部快报,")[1].lstrip('"')
        assert not last.startswith(("=", "+", "-", "@"))


def test_a_negative_number_is_no_formula() -> None:
    content = observations_csv([figure(value=-0.00001)], seeds().catalogue, seeds().areas)

    assert ",-0.00001,%," in content.decode("utf-8-sig")


def test_a_text_export_says_its_encoding_and_heads() -> None:
    content = observations_csv([], seeds().catalogue, seeds().areas)

    assert content == (
        "\ufeff地区,指标,数据形式,期间,数值,单位,价格口径,统计口径,币种,状态,来源\r\n".encode()
    )


def test_made_up_figures_stand_on_a_sheet_that_says_so() -> None:
    real = figure(area="CN")

    mixed = observations_workbook([real, figure()], seeds().catalogue, seeds().areas)

    assert [sheet.name for sheet in open_book("a", mixed).sheets] == ["数据", "模拟数据"]


def test_rates_are_shown_without_dust_and_kept_to_the_last_digit() -> None:
    rate = figure(value=7.600000000000029)
    amount = figure(measure=Measure.LEVEL_YTD, unit="1e8 CNY", value=123.45)
    written = observations_workbook([rate, amount], seeds().catalogue, seeds().areas)

    cells = [sheet_of(written).cell(row, VALUE + 1) for row in (2, 3)]
    assert [cell.value for cell in cells] == [7.600000000000029, 123.45]
    assert [cell.number_format for cell in cells] == ["0.0##", "General"]


def test_a_workbook_keeps_its_heads_in_sight() -> None:
    sheet = sheet_of(observations_workbook([figure()], seeds().catalogue, seeds().areas))

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:K2")


def test_the_same_figures_make_the_same_bytes() -> None:
    one, other = (
        observations_workbook([figure()], seeds().catalogue, seeds().areas) for _ in range(2)
    )

    assert one == other


@pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for name in ("CN", "SAMPLE", "CN-SX-LF-HMZ") for language in ("zh", "en")],
)
def test_a_template_that_stays_empty_is_read_as_nothing(name: str, language: str) -> None:
    known = {entry.key: entry for entry in seeds().observations}

    content = template_workbook(area(name), seeds().catalogue, known, Quarter(2026, 3), language)

    back = reading(content, seeds().observations)
    assert (back.figures, back.questions, back.refused) == ((), (), ())
    assert len(open_book("a", content).sheets[0].rows) > 1


def test_a_template_shows_what_came_before() -> None:
    last = figure(month=Month(2026, 6), value=7.4)
    before = figure(month=Month(2025, 9), value=6.5)
    other = figure(area="CN", month=Month(2026, 6), value=5.0)
    known = {entry.key: entry for entry in (last, before, other)}

    content = template_workbook(area("SAMPLE"), seeds().catalogue, known, Quarter(2026, 3))

    heads, row = open_book("a", content).sheets[0].rows
    assert heads[-3:] == ("上一期 (供参考)", "上一期数值 (供参考)", "上年同期数值 (供参考)")
    assert row[:4] == ("示例开发区", "地区生产总值", "累计增速", "2026年前三季度")
    assert (row[VALUE], row[-3:]) == (None, ("2026年上半年", 7.4, 6.5))


def test_series_that_ended_are_not_asked_for() -> None:
    old = figure(month=Month(2020, 6))
    known = {entry.key: entry for entry in (old, figure(month=Month(2026, 6), indicator="gdp"))}
    ended = replace(old, indicator="fixed_asset_investment")

    content = template_workbook(
        area("SAMPLE"), seeds().catalogue, known | {ended.key: ended}, Quarter(2026, 3)
    )

    assert [row[1] for row in open_book("a", content).sheets[0].rows[1:]] == ["地区生产总值"]


@LANGUAGES
@pytest.mark.parametrize("name", ["SAMPLE", "CN-SX-LF-HMZ"])
def test_a_template_filled_in_is_read_without_a_question(name: str, language: str) -> None:
    known = {entry.key: entry for entry in seeds().observations}
    content = template_workbook(area(name), seeds().catalogue, known, Quarter(2026, 4), language)
    growth = [
        number
        for number, row in enumerate(open_book("a", content).sheets[0].rows, 1)
        if row[COLUMNS.index(Head.UNIT)] == "%"
    ]
    flash = spelling.word_for(spelling.STATUSES, Status.FLASH, language)
    status = COLUMNS.index(Head.STATUS) + 1
    cells = {(row, VALUE + 1): 7.0 for row in growth} | {(row, status): flash for row in growth}

    back = reading(filled_in(content, cells), seeds().observations)

    assert len(back.figures) == len(growth) > 3
    assert back.open == ()
    assert {
        (entry.observation.area, entry.observation.month, entry.observation.status)
        for entry in back.figures
    } == {(name, Month(2026, 12), Status.FLASH)}


@pytest.mark.parametrize("rows", [1, 10])
def test_a_status_left_empty_is_asked_once_of_all_figures(rows: int) -> None:
    known = {entry.key: entry for entry in seeds().observations}
    content = template_workbook(area("SAMPLE"), seeds().catalogue, known, Quarter(2026, 4))
    units = [row[COLUMNS.index(Head.UNIT)] for row in open_book("a", content).sheets[0].rows]
    growth = [number for number, unit in enumerate(units, 1) if unit == "%"][:rows]

    back = reading(
        filled_in(content, {(number, VALUE + 1): 7.0 for number in growth}), seeds().observations
    )

    assert [(question.code, question.count) for question in back.open] == [(Asked.STATUS, rows)]


def history_of(name: str, language: str, *, monthly: bool) -> bytes:
    wanted = [to for to in seeds().targets if to.area == name and to.year in (2019, 2026)]
    series = [(seeds().catalogue[to.indicator], to.basis) for to in wanted]
    years = range(2024, 2027)
    return history_workbook(area(name), series, years, language, monthly=monthly)


@LANGUAGES
@pytest.mark.parametrize("monthly", [False, True])
@pytest.mark.parametrize("name", ["SAMPLE", "CN-SX-LF-HMZ"])
def test_a_template_of_several_years_is_read_as_nothing_while_it_is_empty(
    name: str, language: str, monthly: bool
) -> None:
    back = reading(history_of(name, language, monthly=monthly))

    assert (back.figures, back.questions, back.refused) == ((), (), ())


@LANGUAGES
@pytest.mark.parametrize("monthly", [False, True])
def test_a_template_of_several_years_filled_in_asks_for_the_status_alone(
    language: str, monthly: bool
) -> None:
    content = history_of("CN-SX-LF-HMZ", language, monthly=monthly)
    growth = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    columns = range(growth.max_column - (10 if monthly else 3), growth.max_column + 1)
    rows = range(2, growth.max_row + 1)

    back = reading(filled_in(content, {(row, column): 7.1 for row in rows for column in columns}))

    assert len(back.figures) == 8 * 3 * (11 if monthly else 4)
    assert [question.code for question in back.open] == [Asked.STATUS]
    months = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) if monthly else (3, 6, 9, 12)
    read = {entry.observation for entry in back.figures}
    assert {one.month for one in read} == {Month(y, m) for y in range(2024, 2027) for m in months}
    assert {(one.area, one.measure) for one in read} == {("CN-SX-LF-HMZ", Measure.GROWTH_YTD)}
    assert {(one.indicator, one.basis) for one in read} == {
        (to.indicator, to.basis) for to in seeds().targets if to.area == "CN-SX-LF-HMZ"
    }
