from collections.abc import Mapping

import pytest

from data.workbook.words import heads_and_codes
from data.workbook.words.heads_and_codes import Head, head_of, in_language
from forecasting.figures.indicator import Basis, Measure, Names, Observation, PriceBasis
from forecasting.figures.period import Month
from tests.ui.speakers import SPEAKERS
from ui.language import Speaker, catalogue
from ui.language import format as formats

TABLES: dict[str, Mapping[str, Names]] = {
    "measure": heads_and_codes.MEASURES,
    "price": heads_and_codes.PRICES,
    "coverage": heads_and_codes.COVERAGES,
    "currency": heads_and_codes.CURRENCIES,
    "status": heads_and_codes.STATUSES,
    "unit": heads_and_codes.UNITS,
    "publisher": heads_and_codes.PUBLISHERS,
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


@pytest.mark.parametrize("say", SPEAKERS)
def test_column_heads_are_those_of_the_pages(say: Speaker) -> None:
    heads = {
        head: in_language(names, say.language) for head, names in heads_and_codes.HEADS.items()
    }
    words = catalogue(say.language)

    assert heads.pop(Head.AREA) == words["control.area"]
    assert heads == {head: words[f"column.{head}"] for head in heads}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_no_word_means_two_things(table: Mapping[str, Names]) -> None:
    meant = heads_and_codes.codes_by_word(table)

    for code, names in table.items():
        assert {meant[names.zh], meant[names.en], meant[str(code)]} == {code}


def test_words_of_an_earlier_release_are_still_read() -> None:
    measures = heads_and_codes.codes_by_word(heads_and_codes.MEASURES)
    coverages = heads_and_codes.codes_by_word(heads_and_codes.COVERAGES)

    assert measures["Growth since January"] == "growth_ytd"
    assert coverages["Net of refunds"] == "net_of_refunds"
    known = {str(code) for code in (*measures.values(), *coverages.values())}
    assert heads_and_codes.EARLIER.keys() <= known


def test_a_code_without_a_word_is_its_own_word() -> None:
    assert heads_and_codes.word_for(heads_and_codes.COVERAGES, "county_rule", "zh") == "county_rule"


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

    assert heads_and_codes.period_text(figure.month, measure, say.language) == formats.period(
        figure, say
    )


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("指标名称", Head.INDICATOR),
        ("计量单位", Head.UNIT),
        ("AREA", Head.AREA),
        ("税收", None),
    ],
)
def test_a_whole_head_names_its_column(text: str, head: Head | None) -> None:
    assert head_of(text) is head
