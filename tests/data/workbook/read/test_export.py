"""What we export is read back without a question, to the last digit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.workbook.book import Book, Cell, Sheet
from data.workbook.read.interpret import read
from data.workbook.reading import Context
from data.workbook.words import heads
from data.workbook.words.heads import Head
from forecasting.figures import spelling
from forecasting.figures.indicator import (
    Basis,
    Catalogue,
    Measure,
    Names,
    Observation,
    PriceBasis,
    Status,
)
from forecasting.figures.period import Month
from forecasting.figures.spelling import word_for
from tests.data.workbook.tables import AREAS, CATALOGUE

ROW = (
    Head.AREA, Head.INDICATOR, Head.MEASURE, Head.PRICE, Head.COVERAGE, Head.CURRENCY,
    Head.PERIOD, Head.VALUE, Head.UNIT, Head.STATUS, Head.PUBLISHER,
)  # fmt: skip


def row(figure: Observation, language: str, catalogue: Catalogue = CATALOGUE) -> tuple[Cell, ...]:
    area = next(area for area in AREAS if area.id == figure.area)
    cells: dict[Head, Cell] = {
        Head.AREA: spelling.in_language(area.name, language),
        Head.INDICATOR: spelling.in_language(catalogue[figure.indicator].name, language),
        Head.MEASURE: word_for(spelling.MEASURES, figure.measure, language),
        Head.PRICE: word_for(spelling.PRICES, figure.basis.price, language),
        Head.COVERAGE: word_for(spelling.COVERAGES, figure.basis.coverage, language),
        Head.CURRENCY: word_for(spelling.CURRENCIES, figure.basis.currency, language) or None,
        Head.PERIOD: spelling.period_text(figure.month, figure.measure, language),
        Head.VALUE: figure.value,
        Head.UNIT: spelling.unit_word(figure.unit, language),
        Head.STATUS: word_for(spelling.STATUSES, figure.status, language),
        Head.PUBLISHER: word_for(spelling.PUBLISHERS, figure.publisher, language) or None,
    }
    return tuple(cells[head] for head in ROW)


def exported(figures: list[Observation], language: str, catalogue: Catalogue = CATALOGUE) -> Book:
    head = tuple(spelling.in_language(heads.HEADS[one], language) for one in ROW)
    rows = (row(figure, language, catalogue) for figure in figures)
    return Book("", (Sheet("data", (head, *rows)),))


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    indicator = draw(st.sampled_from(list(CATALOGUE.indicators.values())))
    measure = draw(st.sampled_from(list(Measure)))
    months = [3, 6, 9, 12] if "quarter" in measure else range(1, 13)
    return Observation(
        area=draw(st.sampled_from(AREAS)).id,
        indicator=indicator.id,
        measure=measure,
        month=Month(draw(st.integers(2000, 2030)), draw(st.sampled_from(list(months)))),
        value=draw(st.floats(-1e9, 1e9).map(lambda value: float(f"{value:.10g}") + 0.0)),
        unit="%" if measure.is_growth else indicator.unit,
        basis=Basis(
            draw(st.sampled_from(list(PriceBasis))),
            draw(st.sampled_from([*spelling.COVERAGES, "legal_entity"])),
            indicator.basis.currency,
        ),
        status=draw(st.sampled_from(list(Status))),
        publisher=draw(st.sampled_from([*spelling.PUBLISHERS, "临汾市统计局", ""])),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@settings(max_examples=150, deadline=None)
@given(st.lists(observations(), min_size=1, max_size=12, unique_by=lambda entry: entry.key))
def test_an_export_is_read_back_as_it_was(language: str, figures: list[Observation]) -> None:
    known = {figure.key: figure for figure in figures}
    found = read(
        exported(figures, language), Context(CATALOGUE, AREAS, "ZONE", Month(2030, 12), known), {}
    )

    assert [(entry.code, entry.found) for entry in found.open] == []
    assert found.refused == ()
    assert [entry.observation for entry in found.figures] == figures


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("unit", ["1e4 CNY/mu", "t/1e4 CNY", "m2", "1e4 units", "重量箱"])
def test_an_indicator_that_was_added_comes_back_in_its_unit(language: str, unit: str) -> None:
    added = replace(
        CATALOGUE["gdp"], id="x1", name=Names("亩均某项", "Some yield"), aliases=(), unit=unit
    )
    catalogue = Catalogue.of([*CATALOGUE.indicators.values(), added])
    figure = Observation(
        "ZONE", "x1", Measure.LEVEL_YTD, Month(2026, 6), 5.0, unit, added.basis, publisher="",
    )  # fmt: skip
    context = Context(catalogue, AREAS, "ZONE", Month(2030, 12), {figure.key: figure})

    found = read(exported([figure], language, catalogue), context, {})

    assert found.refused == ()
    assert [entry.observation for entry in found.figures] == [figure]
