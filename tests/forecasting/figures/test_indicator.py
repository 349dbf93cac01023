from __future__ import annotations

from dataclasses import replace

import pytest

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
from forecasting.figures.period import Month

FIGURE = Observation(
    area="CN",
    indicator="gdp",
    measure=Measure.GROWTH_YTD,
    month=Month(2026, 6),
    value=5.0,
    unit="%",
    basis=Basis(PriceBasis.COMPARABLE, "standard", "CNY"),
)


def entry(name: str) -> Indicator:
    return Indicator(
        id=name,
        name=Names("地区生产总值", "Gross domestic product"),
        short=Names("生产总值", "GDP"),
        aliases=(),
        unit="1e8 CNY",
        measures=(Measure.GROWTH_YTD,),
        basis=FIGURE.basis,
        group=IndicatorGroup.MAIN,
        direction=Direction.UP,
    )


@pytest.mark.parametrize(
    ("measure", "is_growth"),
    [
        (Measure.GROWTH_YTD, True),
        (Measure.GROWTH_QUARTER, True),
        (Measure.GROWTH_MONTH, True),
        (Measure.LEVEL_YTD, False),
        (Measure.LEVEL_QUARTER, False),
    ],
)
def test_growth_measures_are_told_from_levels(measure: Measure, is_growth: bool) -> None:
    assert measure.is_growth is is_growth


def test_a_later_value_status_or_publisher_revises_the_same_figure() -> None:
    later = replace(FIGURE, value=4.9, status=Status.FLASH, publisher="another")
    assert later.key == FIGURE.key


@pytest.mark.parametrize(
    "other",
    [
        replace(FIGURE, area="CN-SX"),
        replace(FIGURE, indicator="tax_revenue"),
        replace(FIGURE, measure=Measure.GROWTH_QUARTER),
        replace(FIGURE, month=Month(2026, 5)),
        replace(FIGURE, basis=replace(FIGURE.basis, price=PriceBasis.CURRENT)),
        replace(FIGURE, basis=replace(FIGURE.basis, coverage="province_rule")),
        replace(FIGURE, basis=replace(FIGURE.basis, currency="USD")),
    ],
)
def test_figures_that_measure_something_else_have_other_keys(other: Observation) -> None:
    assert other.key != FIGURE.key


def test_a_catalogue_knows_its_indicators_in_order() -> None:
    catalogue = Catalogue.of([entry("b"), entry("a")])

    assert list(catalogue.indicators) == ["b", "a"]
    assert "a" in catalogue
    assert "c" not in catalogue
    assert catalogue["a"].id == "a"
