from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.errors import EXPECTED, TableRefused
from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Catalogue,
    Comparator,
    Direction,
    Indicator,
    IndicatorGroup,
    Measure,
    Names,
    PriceBasis,
    Target,
)
from forecasting.figures.tables import read_areas, read_indicators, read_targets

Problems = list[tuple[int, str, str, str]]

INDICATOR = {
    "id": "tax_revenue", "name_zh": "税收收入", "name_en": "Tax revenue", "short_zh": "税收",
    "short_en": "Tax", "aliases": "各项税收|tax", "unit": "1e8 CNY",
    "measures": "growth_ytd|level_ytd", "price_basis": "current", "coverage_basis": "standard",
    "currency": "CNY", "group": "main", "direction": "up",
    "quarterly_shares": "0.3|0.3|0.2|0.2", "release_day": "5",
}  # fmt: skip
AREA = {
    "id": "CN", "name_zh": "全国", "name_en": "China", "kind": "nation", "parent": "",
    "reference": "yes", "synthetic": "no", "home": "no",
}  # fmt: skip
TARGET = {
    "area": "CN", "indicator": "tax_revenue", "year": "2026", "comparator": ">",
    "threshold": "7.0", "tolerance": "", "price_basis": "", "coverage_basis": "",
    "currency": "", "document": "plan", "counts": "yes",
}  # fmt: skip


def table(*rows: dict[str, str]) -> str:
    return "\n".join(",".join(cells) for cells in (rows[0], *(row.values() for row in rows)))


def catalogue() -> Catalogue:
    return read_indicators(table(INDICATOR), "indicators.csv")


def targets(text: str, file: str) -> tuple[Target, ...]:
    return read_targets(text, file, catalogue(), ["CN"])


def problems_of(read: Callable[[str, str], object], *rows: dict[str, str]) -> Problems:
    with pytest.raises(TableRefused) as refused:
        read(table(*rows), "file.csv")
    assert {problem.file for problem in refused.value.problems} == {"file.csv"}
    assert {problem.expected for problem in refused.value.problems} <= set(EXPECTED)
    return [(p.row, p.column, p.found, p.expected) for p in refused.value.problems]


def test_an_indicator_is_read_with_all_its_columns() -> None:
    assert catalogue()["tax_revenue"] == Indicator(
        id="tax_revenue",
        name=Names("税收收入", "Tax revenue"),
        short=Names("税收", "Tax"),
        aliases=("各项税收", "tax"),
        unit="1e8 CNY",
        measures=(Measure.GROWTH_YTD, Measure.LEVEL_YTD),
        basis=Basis(PriceBasis.CURRENT, "standard", "CNY"),
        group=IndicatorGroup.MAIN,
        direction=Direction.UP,
        quarterly_shares=(0.3, 0.3, 0.2, 0.2),
        release_day=5,
        order=0,
    )


def test_what_is_not_known_of_an_indicator_may_be_left_empty() -> None:
    bare = INDICATOR | {"aliases": "", "currency": "", "quarterly_shares": "", "release_day": ""}

    entry = read_indicators(table(bare), "indicators.csv")["tax_revenue"]

    assert entry.aliases == ()
    assert entry.basis.currency == ""
    assert entry.quarterly_shares is None
    assert entry.release_day == 0


def test_the_order_of_the_catalogue_is_the_order_of_its_rows() -> None:
    rows = [INDICATOR | {"id": name} for name in ("c", "a", "b")]
    entries = read_indicators(table(*rows), "indicators.csv").indicators
    assert [(entry.id, entry.order) for entry in entries.values()] == [("c", 0), ("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("column", "found", "expected"),
    [
        ("id", "", "text"),
        ("name_zh", "", "text"),
        ("name_en", "", "text"),
        ("short_zh", "", "text"),
        ("unit", "", "text"),
        ("measures", "", "choice"),
        ("measures", "growth_ytd|growth", "choice"),
        ("measures", "growth_ytd|growth_ytd", "choice"),
        ("price_basis", "", "choice"),
        ("coverage_basis", "", "text"),
        ("group", "other", "choice"),
        ("direction", "sideways", "choice"),
        ("quarterly_shares", "0.5|0.5", "shares"),
        ("quarterly_shares", "0.25|0.25|0.25|0.26", "shares"),
        ("quarterly_shares", "0.5|0.5|0.5|-0.5", "shares"),
        ("quarterly_shares", "0.2|0.2|0.3|0.3|0", "shares"),
        ("quarterly_shares", "nan|nan|nan|nan", "shares"),
        ("quarterly_shares", "0.1_0|0.3|0.3|0.3", "shares"),
        ("quarterly_shares", "a|b|c|d", "shares"),
        ("release_day", "0", "day"),
        ("release_day", "32", "day"),
        ("release_day", "1.5", "day"),
        ("release_day", "mid-month", "day"),
    ],
)
def test_a_wrong_cell_of_an_indicator_is_named_once(column: str, found: str, expected: str) -> None:
    row = INDICATOR | {column: found}
    assert problems_of(read_indicators, row) == [(2, column, found, expected)]


def test_an_indicator_named_twice_is_refused() -> None:
    assert problems_of(read_indicators, INDICATOR, INDICATOR) == [
        (3, "id", "tax_revenue", "unique")
    ]


def test_an_area_is_read_with_all_its_columns() -> None:
    zone = AREA | {"id": "CN-Z", "kind": "zone", "parent": "CN", "reference": "", "home": "yes"}

    nation, home = read_areas(table(AREA, zone), "areas.csv")

    assert nation == Area("CN", Names("全国", "China"), AreaKind.NATION, reference=True)
    assert home == Area("CN-Z", Names("全国", "China"), AreaKind.ZONE, parent="CN", home=True)


@pytest.mark.parametrize(
    ("column", "found", "expected"),
    [
        ("id", "", "text"),
        ("name_en", "", "text"),
        ("kind", "village", "choice"),
        ("parent", "below", "area"),
        ("parent", "CN", "area"),
        ("reference", "true", "flag"),
        ("synthetic", "1", "flag"),
        ("home", "Yes", "flag"),
    ],
)
def test_a_wrong_cell_of_an_area_is_named_once(column: str, found: str, expected: str) -> None:
    row = AREA | {column: found}
    assert problems_of(read_areas, row) == [(2, column, found, expected)]


def test_an_area_may_not_stand_above_its_parent() -> None:
    child = AREA | {"id": "CN-SX", "kind": "province", "parent": "CN"}
    assert problems_of(read_areas, child, AREA) == [(2, "parent", "CN", "area")]


def test_an_area_named_twice_is_refused() -> None:
    assert problems_of(read_areas, AREA, AREA) == [(3, "id", "CN", "unique")]


def test_a_target_falls_back_on_the_basis_of_its_indicator() -> None:
    assert targets(table(TARGET), "targets.csv") == (
        Target(
            area="CN",
            indicator="tax_revenue",
            year=2026,
            comparator=Comparator.ABOVE,
            threshold=7.0,
            basis=Basis(PriceBasis.CURRENT, "standard", "CNY"),
            document="plan",
            tolerance=0.0,
            counts=True,
        ),
    )


def test_a_target_may_name_its_own_basis() -> None:
    row = TARGET | {"coverage_basis": "province_rule", "counts": "no"}

    (target,) = targets(table(row), "targets.csv")

    assert target.basis == Basis(PriceBasis.CURRENT, "province_rule", "CNY")
    assert not target.counts


def test_a_target_without_a_year_is_a_standing_line_beside_those_of_single_years() -> None:
    standing, single = targets(table(TARGET | {"year": ""}, TARGET), "targets.csv")
    assert (standing.year, single.year) == (0, 2026)


def test_about_is_meant_within_a_tolerance() -> None:
    (target,) = targets(table(TARGET | {"comparator": "~", "tolerance": "0.5"}), "targets.csv")
    assert (target.comparator, target.tolerance) == (Comparator.ABOUT, 0.5)


@pytest.mark.parametrize(
    ("comparator", "tolerance"), [("~", ""), ("~", "0"), ("~", "-1"), ("~", "some"), (">", "0.5")]
)
def test_a_tolerance_belongs_to_about_and_to_nothing_else(comparator: str, tolerance: str) -> None:
    row = TARGET | {"comparator": comparator, "tolerance": tolerance}
    assert problems_of(targets, row) == [(2, "tolerance", tolerance, "tolerance")]


@pytest.mark.parametrize(
    ("column", "found", "expected"),
    [
        ("area", "CN-SX", "area"),
        ("indicator", "gdp", "indicator"),
        ("year", "26", "year"),
        ("year", "0000", "year"),
        ("year", "2026Q1", "year"),
        ("comparator", "=", "choice"),
        ("threshold", "", "number"),
        ("threshold", "7%", "number"),
        ("price_basis", "nominal", "choice"),
        ("document", "", "text"),
        ("counts", "perhaps", "flag"),
    ],
)
def test_a_wrong_cell_of_a_target_is_named_once(column: str, found: str, expected: str) -> None:
    assert problems_of(targets, TARGET | {column: found}) == [(2, column, found, expected)]


def test_one_target_a_year_is_held_for_an_indicator_of_an_area() -> None:
    again = TARGET | {"threshold": "8.0"}
    assert problems_of(targets, TARGET, again) == [(3, "indicator", "tax_revenue", "unique")]


cells = st.one_of(
    st.text(max_size=6),
    st.sampled_from([*INDICATOR.values(), *AREA.values(), *TARGET.values(), '"', "~", "nan"]),
)


@given(
    st.sampled_from([(read_indicators, INDICATOR), (read_areas, AREA), (targets, TARGET)]),
    st.data(),
)
def test_any_cells_are_read_or_refused_and_raise_nothing_else(
    case: tuple[Callable[[str, str], object], dict[str, str]], data: st.DataObject
) -> None:
    read, row = case
    changed = data.draw(st.dictionaries(st.sampled_from(list(row)), cells))
    with contextlib.suppress(TableRefused):
        read(table(row | changed), "file.csv")
