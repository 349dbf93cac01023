from collections.abc import Mapping

import pytest

from forecasting.figures import spelling
from forecasting.figures.indicator import Basis, Measure, Names, Observation, PriceBasis
from forecasting.figures.period import Month
from forecasting.figures.spelling import in_language
from tests.ui.speakers import SPEAKERS
from ui.language import Speaker, catalogue
from ui.language import format as formats

TABLES: dict[str, Mapping[str, Names]] = {
    "measure": spelling.MEASURES,
    "price": spelling.PRICES,
    "coverage": spelling.COVERAGES,
    "currency": spelling.CURRENCIES,
    "status": spelling.STATUSES,
    "unit": spelling.UNITS,
    "publisher": spelling.PUBLISHERS,
}


@pytest.mark.parametrize("section", TABLES)
@pytest.mark.parametrize("say", SPEAKERS)
def test_files_and_pages_say_the_same_words(section: str, say: Speaker) -> None:
    on_pages = {
        key.removeprefix(f"{section}."): words
        for key, words in catalogue(say.language).items()
        if key.startswith(f"{section}.")
    }

    assert on_pages == {
        str(code): in_language(names, say.language) for code, names in TABLES[section].items()
    }


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_no_word_means_two_things(table: Mapping[str, Names]) -> None:
    meant = spelling.codes_by_word(table)

    for code, names in table.items():
        assert {meant[names.zh], meant[names.en], meant[str(code)]} == {code}


def test_words_of_an_earlier_release_are_still_read() -> None:
    measures = spelling.codes_by_word(spelling.MEASURES)
    coverages = spelling.codes_by_word(spelling.COVERAGES)

    assert measures["Growth since January"] == "growth_ytd"
    assert coverages["Net of refunds"] == "net_of_refunds"
    known = {str(code) for code in (*measures.values(), *coverages.values())}
    assert spelling.EARLIER.keys() <= known


def test_a_code_without_a_word_is_its_own_word() -> None:
    assert spelling.word_for(spelling.COVERAGES, "county_rule", "zh") == "county_rule"


SINGLE_QUARTERS = (Measure.GROWTH_QUARTER, Measure.LEVEL_QUARTER)
COVERED = [
    (measure, month)
    for measure in Measure
    for month in (3, 6, 9, 10, 12)
    if month != 10 or measure not in SINGLE_QUARTERS
]


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize(("measure", "month"), COVERED)
def test_periods_are_named_as_on_the_pages(say: Speaker, measure: Measure, month: int) -> None:
    figure = Observation(
        "A", "gdp", measure, Month(2026, month), 1.0, "%", Basis(PriceBasis.CURRENT)
    )

    assert spelling.period_text(figure.month, measure, say.language) == formats.period(figure, say)
