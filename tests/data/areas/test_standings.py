"""Places of areas in one indicator; every figure is made up."""

from __future__ import annotations

from data.areas.standings import standings
from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Measure,
    Names,
    Observation,
    PriceBasis,
    Status,
)
from forecasting.figures.period import Month

AREAS = {id: Area(id, Names(id, id), AreaKind.PROVINCE) for id in ("A", "B", "C", "D")}


def growth(area: str, month: str, value: float) -> Observation:
    return Observation(
        area, "gdp", Measure.GROWTH_YTD, Month.parse(month), value, "%",
        Basis(PriceBasis.COMPARABLE, "standard", "CNY"), Status.PUBLISHED,
    )  # fmt: skip


def test_equal_figures_share_a_place_and_the_one_before_is_of_the_same_area() -> None:
    found = [
        growth("D", "2026-12", 9.9),
        growth("A", "2026-09", 5.0), growth("B", "2026-09", 6.0), growth("C", "2026-09", 5.0),
        growth("A", "2026-06", 4.5), growth("B", "2026-03", 7.0), growth("A", "2026-03", 1.0),
    ]  # fmt: skip

    places = standings(found, Month.parse("2026-09"), AREAS)

    assert [(one.number, one.area.id, one.growth, one.change) for one in places] == [
        (1, "B", 6.0, -1.0), (2, "A", 5.0, 0.5), (2, "C", 5.0, None),
    ]  # fmt: skip
