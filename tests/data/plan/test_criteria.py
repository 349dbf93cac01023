"""The criteria that come with the program, as they were published."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from data.plan.criteria import FOLDER, CriteriaBook, measured, read_book
from data.store.seed import read_seeds
from forecasting.errors import CriteriaRefused
from forecasting.figures.indicator import Catalogue, Names
from forecasting.plan.criteria import ClassKind, Scope, data_year

INDICATORS = frozenset(read_seeds(FOLDER.parent).catalogue.indicators)


@pytest.fixture(scope="module")
def book() -> CriteriaBook:
    return read_book(FOLDER, INDICATORS)


def test_every_version_says_what_is_public_of_it_and_no_more(book: CriteriaBook) -> None:
    weights = {
        name: [one.weight for one in version.classes if one.kind is ClassKind.SCORED]
        for name, version in book.versions.items()
    }
    assert weights == {
        "mofcom_2021": [30, 30, 15, 15, 10],
        "mofcom_2016": [None] * 5,
        "high_tech_2014": [20, 20, 25, 10, 25],
    }
    assert book.versions["mofcom_2016"].count == 53
    assert len(list(book.versions["high_tech_2014"].items)) == 25
    counts = [one.count for one in book.versions["mofcom_2021"].classes]
    assert counts == [7, None, 6, 5, 4, None, None]
    for version in book.versions.values():
        assert all(item.weight is None for item in version.items)


def test_every_item_and_figure_names_its_source(book: CriteriaBook) -> None:
    for version in book.versions.values():
        for source in version.sources.values():
            assert source.title
            assert source.url.startswith("http")
        assert {item.source for item in version.items} <= set(version.sources)
    assert all(one.source.title and one.source.url for one in book.yardsticks)


def test_means_are_those_of_the_notes(book: CriteriaBook) -> None:
    means = {
        (one.item, one.year): round(one.mean, 2)
        for one in book.yardsticks
        if one.scope is Scope.ALL and not one.break_
    }
    assert means["gdp", 2023] == pytest.approx(646.3, abs=0.05)
    assert means["trade_total", 2024] == pytest.approx(461.2, abs=0.05)
    assert means["foreign_capital", 2024] == pytest.approx(11_724, abs=1)
    outside = {one.item: one.mean for one in book.yardsticks if one.scope is not Scope.ALL}
    assert outside["gdp"] == pytest.approx(356, abs=1)


def test_foreign_capital_with_reinvestment_is_a_definition_of_its_own(book: CriteriaBook) -> None:
    marked = {one.year for one in book.yardsticks if one.break_ == "with_reinvestment"}

    assert marked == {2019}


def test_an_edition_assesses_the_figures_of_the_year_before(book: CriteriaBook) -> None:
    newest = next(iter(book.versions.values()))

    assert newest.id == "mofcom_2021"
    assert (newest.first_edition, data_year(newest.first_edition)) == (2022, 2021)


def test_an_unknown_item_is_refused_with_its_file(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "criteria")
    (folder / "mofcom_2021.toml").unlink()

    with pytest.raises(CriteriaRefused) as refused:
        read_book(folder, INDICATORS)

    assert refused.value.values["file"] == "yardsticks.csv"
    assert refused.value.values["key"] == "2.item"


@pytest.mark.parametrize(
    ("name", "unit", "found"),
    [
        ("高新技术企业数", "firms", "高新技术企业数"),
        ("高新技术企业数量", "items", "高新技术企业数量"),
        ("高新技术企业数", "1e4 CNY", ""),
        ("科技型中小企业数", "firms", ""),
    ],
)
def test_an_indicator_of_its_name_and_unit_measures_an_item(
    book: CriteriaBook, name: str, unit: str, found: str
) -> None:
    seeded = read_seeds(FOLDER.parent).catalogue
    own = replace(seeded["freight_trains"], id=name, name=Names(name, name), unit=unit,
                  short=Names(name, name), aliases=())  # fmt: skip
    catalogue = Catalogue.of([*seeded.indicators.values(), own])

    version = measured(book.versions["mofcom_2021"], catalogue)

    items = {item.id: item.indicator for item in version.items}
    assert items["high_tech_firms"] == found
    assert items["trade_total"] == "trade_total"


def test_a_ratio_that_is_published_stands_before_the_one_that_is_computed(
    book: CriteriaBook,
) -> None:
    seeded = read_seeds(FOLDER.parent).catalogue
    name = "园区GDP与所在城市GDP比例"
    own = replace(seeded["freight_trains"], id="share", name=Names(name, name), unit="%",
                  short=Names(name, name), aliases=())  # fmt: skip

    computed, published = (
        next(item for item in measured(version, catalogue).items if item.zh == name)
        for version in (book.versions["high_tech_2014"],)
        for catalogue in (seeded, Catalogue.of([*seeded.indicators.values(), own]))
    )

    assert computed.quantity == "gdp/city"
    assert published.quantity == "share"


def test_an_indicator_that_a_store_has_removed_measures_nothing(book: CriteriaBook) -> None:
    version = measured(book.versions["mofcom_2021"], Catalogue())

    assert {item.indicator for item in version.items} == {""}
