"""Tables that the app exports for people come back as the figures that they were made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.store.seed import read_seeds
from data.workbook.write.export import observations_csv
from forecasting.errors import TableRefused
from forecasting.figures.exported_table import in_codes, is_exported
from forecasting.figures.indicator import Basis, Measure, Names, Observation, PriceBasis, Status
from forecasting.figures.period import Month
from forecasting.figures.tables import read_observations
from tests.golden.commands import ROOT

SEEDS = read_seeds(ROOT / "seeds")
CATALOGUE, AREAS = SEEDS.catalogue, SEEDS.areas
GDP = next(
    one for one in SEEDS.observations if (one.area, one.indicator) == ("SAMPLE", "gdp")
)  # fmt: skip
ODD = tuple(
    replace(GDP, **changes)
    for changes in (
        {"measure": Measure.GROWTH_MONTH, "month": Month(2031, 2), "value": -1 / 3},
        {"measure": Measure.GROWTH_YTD, "month": Month(2031, 2), "status": Status.FLASH},
        {"measure": Measure.LEVEL_END, "month": Month(2031, 11), "unit": "1e8 CNY", "value": 1e-9},
        {"measure": Measure.LEVEL_QUARTER, "month": Month(2031, 9), "unit": "1e8 CNY"},
        {"measure": Measure.RATIO, "month": Month(2031, 12), "unit": "%", "publisher": "=1+1"},
        {"month": Month(2031, 6), "basis": Basis(PriceBasis.CONSTANT, "county_rule", "USD"),
         "status": Status.ESTIMATE, "publisher": "'-某局,“一科”\n二行"},
    )
)  # fmt: skip


def csv_of(figures: tuple[Observation, ...], language: str = "zh") -> str:
    return observations_csv(figures, CATALOGUE, AREAS, language).decode("utf-8-sig")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_comes_back(language: str) -> None:
    figures = (*SEEDS.observations, *ODD)

    text = csv_of(figures, language)
    assert is_exported(text)
    assert not is_exported(in_codes(text, CATALOGUE, AREAS))
    found = read_observations(in_codes(text, CATALOGUE, AREAS), "figures.csv", CATALOGUE)

    assert found == figures


@pytest.mark.parametrize(
    ("told", "typed", "problem"),
    [
        ("地区生产总值", "粮食产量", "row 2, indicator: found '粮食产量'"),
        ("累计增速", "同比", "row 2, measure: found '同比'"),
        ("已公布", "公布了", "row 2, status: found '公布了'"),
        (",%,", ",万元,", "row 2, unit: found '万元'"),
    ],
)
def test_a_word_without_a_meaning_is_refused_where_it_stands(
    told: str, typed: str, problem: str
) -> None:
    text = csv_of((replace(GDP, measure=Measure.GROWTH_YTD, unit="%"),)).replace(told, typed, 1)

    with pytest.raises(TableRefused, match=f"figures.csv, {problem}"):
        read_observations(in_codes(text, CATALOGUE, AREAS), "figures.csv", CATALOGUE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"',
        "地区,指标\n",
        "area,indicator,measure,period,value\nSAMPLE,gdp,growth_ytd,2026Q1,5\n",
    ],
)
def test_any_other_table_stays_as_it_is(text: str) -> None:
    assert in_codes(text, CATALOGUE, AREAS) == text


def test_a_name_that_two_areas_have_stays_a_name() -> None:
    twin = replace(AREAS[-1], id="TWIN", name=next(a for a in AREAS if a.id == GDP.area).name)

    coded = in_codes(csv_of((GDP,)), CATALOGUE, (*AREAS, twin))

    assert [one.area for one in read_observations(coded, "figures.csv", CATALOGUE)] == [
        twin.name.zh
    ]


def test_an_alias_of_an_indicator_is_its_name() -> None:
    """The nation calls its product otherwise than areas do."""
    national = replace(CATALOGUE["gdp"], name=Names("国内生产总值", "GDP"))
    text = csv_of((GDP,)).replace(CATALOGUE["gdp"].name.zh, national.name.zh)

    (found,) = read_observations(in_codes(text, CATALOGUE, AREAS), "figures.csv", CATALOGUE)

    assert found == GDP
