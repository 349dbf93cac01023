"""The seed files as they are committed: complete, consistent and honest about their sources."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from forecasting.figures.indicator import Area, AreaKind, Direction, Measure, Target
from forecasting.figures.seeds import Seeds, parse_seeds

ROOT = Path(__file__).parents[2] / "seeds"
SYNTHETIC = "模拟数据 (synthetic)"
NATION_LINE = {
    "gdp",
    "industrial_value_added",
    "fixed_asset_investment",
    "retail_sales",
    "general_public_budget_revenue",
    "tax_revenue",
    "exports_usd",
    "resident_income",
}
COVERAGES = {"standard", "comparable_scope", "same_firms", "province_rule"}


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in ROOT.rglob("*.csv")}
    return parse_seeds(files)


@pytest.fixture(scope="module")
def areas(seeds: Seeds) -> dict[str, Area]:
    return {area.id: area for area in seeds.areas}


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    return tomllib.loads((ROOT / "plan.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


# Areas


def test_every_area_but_the_nation_and_the_sample_hangs_below_another(seeds: Seeds) -> None:
    assert [area.id for area in seeds.areas if not area.parent] == ["CN", "SAMPLE"]


def test_parents_are_of_a_higher_level(areas: dict[str, Area]) -> None:
    level = list(AreaKind)
    for area in areas.values():
        if area.parent:
            assert level.index(areas[area.parent].kind) < level.index(area.kind)


def test_the_areas_above_the_zones_are_references_and_the_zones_are_not(seeds: Seeds) -> None:
    for area in seeds.areas:
        assert area.reference == (area.kind is not AreaKind.ZONE)


def test_one_zone_is_home_and_one_is_synthetic(seeds: Seeds) -> None:
    assert [area.id for area in seeds.areas if area.home] == ["CN-SX-LF-HMZ"]
    assert [area.id for area in seeds.areas if area.synthetic] == ["SAMPLE"]


def test_every_area_has_a_name_in_both_languages(seeds: Seeds) -> None:
    for area in seeds.areas:
        assert is_chinese(area.name.zh)
        assert area.name.en.isascii()


# The catalogue


def test_every_indicator_has_its_names_in_both_languages(seeds: Seeds) -> None:
    for indicator in seeds.catalogue.indicators.values():
        for names in (indicator.name, indicator.short):
            assert is_chinese(names.zh)
            assert names.en.isascii()
            assert not is_chinese(names.en)


def test_names_and_aliases_point_to_one_indicator_each(seeds: Seeds) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for indicator in seeds.catalogue.indicators.values():
        named = (indicator.name.zh, indicator.name.en, indicator.short.zh, *indicator.aliases)
        for name in named:
            owners[name.lower()].add(indicator.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_aliases_are_tidy_and_say_something_new(seeds: Seeds) -> None:
    for indicator in seeds.catalogue.indicators.values():
        known = [indicator.name.zh, indicator.name.en, *indicator.aliases]
        assert len(set(known)) == len(known)
        assert all(alias == alias.strip() for alias in indicator.aliases)


@pytest.mark.parametrize(
    ("alias", "indicator"),
    [
        ("公共财政预算收入", "general_public_budget_revenue"),
        ("主营业务收入", "industrial_operating_revenue"),
        ("农民人均纯收入", "rural_resident_income"),
        ("实际使用外资", "foreign_capital"),
        ("社零", "retail_sales"),
    ],
)
def test_former_and_short_names_are_known(seeds: Seeds, alias: str, indicator: str) -> None:
    assert alias in seeds.catalogue[indicator].aliases


@pytest.mark.parametrize("stranger", ["财政总收入", "全社会固定资产投资", "工业增加值"])
def test_names_of_something_else_are_no_aliases(seeds: Seeds, stranger: str) -> None:
    for indicator in seeds.catalogue.indicators.values():
        assert stranger not in (indicator.name.zh, indicator.short.zh, *indicator.aliases)


def test_quarterly_shares_sum_to_exactly_one() -> None:
    for row in rows("indicators.csv"):
        if row["quarterly_shares"]:
            assert sum(map(Decimal, row["quarterly_shares"].split("|"))) == 1


def test_quarterly_shares_are_the_medians_of_the_latest_sound_years(seeds: Seeds) -> None:
    levels: defaultdict[str, dict[tuple[int, int], float]] = defaultdict(dict)
    for figure in seeds.observations:
        if (figure.area, figure.measure) == ("CN", Measure.LEVEL_YTD) and figure.month.quarter:
            quarter = figure.month.quarter
            levels[figure.indicator][quarter.year, quarter.quarter] = figure.value
    known = {entry.id: entry.quarterly_shares for entry in seeds.catalogue.indicators.values()}

    assert {name for name, shares in known.items() if shares} == set(levels)
    for indicator, level in levels.items():
        medians = median_shares(level)
        assert known[indicator] == pytest.approx([m / sum(medians) for m in medians], abs=0.001)


def median_shares(level: dict[tuple[int, int], float]) -> list[float]:
    years = {year for year, _ in level if year != 2020}
    complete = sorted(y for y in years if all((y, quarter) in level for quarter in range(1, 5)))
    parts = [
        [(level[y, q] - level.get((y, q - 1), 0.0)) / level[y, 4] for y in complete[-5:]]
        for q in range(1, 5)
    ]
    return [median(part) for part in parts]


def test_money_has_a_currency_and_the_unit_names_it(seeds: Seeds) -> None:
    for indicator in seeds.catalogue.indicators.values():
        if indicator.basis.currency:
            assert indicator.unit.split()[-1] == indicator.basis.currency


def test_coverage_codes_are_those_that_have_words(seeds: Seeds) -> None:
    used = {entry.basis.coverage for entry in seeds.catalogue.indicators.values()}
    used |= {figure.basis.coverage for figure in seeds.observations}
    used |= {target.basis.coverage for target in seeds.targets}
    assert used == COVERAGES


def test_less_is_better_for_energy_only(seeds: Seeds) -> None:
    entries = seeds.catalogue.indicators.values()
    assert [e.id for e in entries if e.direction is Direction.DOWN] == ["energy_intensity"]


def test_release_days_are_days_of_every_month(seeds: Seeds) -> None:
    assert all(0 <= entry.release_day <= 28 for entry in seeds.catalogue.indicators.values())


# Targets


def targets_of(seeds: Seeds, area: str) -> list[Target]:
    return [target for target in seeds.targets if target.area == area]


def test_only_the_zone_the_sample_and_two_references_have_targets(seeds: Seeds) -> None:
    years = {(target.area, target.year) for target in seeds.targets}
    assert years == {
        ("CN-SX-LF-HMZ", 2019),
        ("CN", 0),
        ("CN-SX", 0),
        ("SAMPLE", 2024),
        ("SAMPLE", 2025),
        ("SAMPLE", 2026),
    }


def test_the_zone_is_held_to_its_plan_above_seven_percent(
    seeds: Seeds, plan: dict[str, Any]
) -> None:
    for target in targets_of(seeds, "CN-SX-LF-HMZ"):
        assert target.year == plan["line"]["year"]
        assert target.comparator == plan["line"]["comparator"]
        assert target.threshold == plan["line"]["threshold"]
        assert plan["source"]["date"].isoformat() in target.document


@pytest.mark.parametrize("area", ["CN", "CN-SX"])
def test_references_are_compared_on_eight_indicators_and_told_it_is_not_their_target(
    seeds: Seeds, areas: dict[str, Area], area: str
) -> None:
    targets = targets_of(seeds, area)

    assert {target.indicator for target in targets} == NATION_LINE
    assert len(targets) == 8
    for target in targets:
        assert target.counts
        assert "仅用于比较" in target.document
        assert f"并非{areas[area].name.zh}的目标" in target.document


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_sample_zone_counts_eight_of_twelve(seeds: Seeds, year: int) -> None:
    targets = [target for target in targets_of(seeds, "SAMPLE") if target.year == year]

    assert Counter(target.counts for target in targets) == {True: 8, False: 4}
    assert all("模拟" in target.document for target in targets)


def test_targets_of_the_sample_zone_are_answered_by_figures_on_their_basis(seeds: Seeds) -> None:
    figures = {(figure.indicator, figure.basis) for figure in seeds.observations}
    for target in targets_of(seeds, "SAMPLE"):
        assert (target.indicator, target.basis) in figures


# Figures


def test_the_published_figures_are_the_file_that_was_transcribed() -> None:
    content = (ROOT / "observations/china.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == (
        "63ab20dda7c0680801ad4baba708591c9512adb99269b1c10d6f6c9e70e4bfe4"
    )


def test_the_published_figures_number_1460_with_797_growth_rates_of_the_nation(
    seeds: Seeds,
) -> None:
    real = [figure for figure in seeds.observations if figure.area != "SAMPLE"]
    growth = [f for f in real if (f.area, f.measure) == ("CN", Measure.GROWTH_YTD)]

    assert len(real) == 1460
    assert len(growth) == 797
    assert Counter(figure.indicator for figure in growth) == {
        "gdp": 82,
        "industrial_value_added": 158,
        "fixed_asset_investment": 180,
        "retail_sales": 181,
        "exports_usd": 196,
    }


def test_the_published_figures_are_on_the_basis_of_the_catalogue(seeds: Seeds) -> None:
    for figure in seeds.observations:
        if figure.area != "SAMPLE":
            assert figure.basis == seeds.catalogue[figure.indicator].basis


def test_the_zone_itself_starts_without_figures(seeds: Seeds) -> None:
    assert {figure.area for figure in seeds.observations} == {"CN", "CN-SX", "SAMPLE"}


def test_synthetic_areas_and_no_others_have_synthetic_publishers(
    seeds: Seeds, areas: dict[str, Area]
) -> None:
    for figure in seeds.observations:
        assert figure.publisher
        if areas[figure.area].synthetic:
            assert figure.publisher == SYNTHETIC
        else:
            assert "模拟" not in figure.publisher
            assert "synthetic" not in figure.publisher


# The plan and the notes


def test_the_plan_names_its_source(plan: dict[str, Any], areas: dict[str, Area]) -> None:
    source = plan["source"]
    assert source["area"] in areas
    assert source["publisher"] == {"zh": "临汾新闻", "en": "Linfen news"}
    assert source["date"].isoformat() == "2019-03-23"


def test_the_plan_has_three_goals_three_big_things_nine_lines_and_five_batches(
    plan: dict[str, Any],
) -> None:
    sections = ("goals", "three_big_things", "lines", "batches")
    assert [len(plan[section]) for section in sections] == [3, 3, 9, 5]
    assert [line["number"] for line in plan["lines"]] == list(range(1, 10))


def test_every_entry_of_the_plan_is_in_both_languages(plan: dict[str, Any]) -> None:
    for section in ("goals", "three_big_things", "lines", "batches"):
        assert len({entry["id"] for entry in plan[section]}) == len(plan[section])
        for entry in plan[section]:
            assert is_chinese(entry["zh"])
            assert entry["en"].isascii()


def test_ecology_safety_and_stability_are_constraints(plan: dict[str, Any]) -> None:
    constraints = [line["id"] for line in plan["lines"] if line["kind"] == "constraint"]
    assert constraints == ["ecology", "work_safety", "social_stability"]


def test_what_the_source_only_names_stays_a_name(plan: dict[str, Any]) -> None:
    assert [entry["id"] for entry in plan["named_only"]] == ["54555", "thirty_tasks"]
    assert all(set(entry) == {"id", "zh", "en"} for entry in plan["named_only"])


def test_every_indicator_of_the_big_things_measures_one_of_them(
    seeds: Seeds, plan: dict[str, Any]
) -> None:
    named = [name for thing in plan["three_big_things"] for name in thing["indicators"]]
    group = [e.id for e in seeds.catalogue.indicators.values() if e.group == "three_big_things"]
    assert [name for name in named if name in group] == group
    assert set(named) <= set(seeds.catalogue.indicators)


def test_every_seed_file_is_described_in_the_notes() -> None:
    notes = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in ROOT.rglob("*.*"):
        if path.name != "README.md":
            assert f"`{path.relative_to(ROOT).as_posix()}`" in notes
