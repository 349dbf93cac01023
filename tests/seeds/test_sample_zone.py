"""The generated figures: reproducible, consistent with each other, as awkward as real ones."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

import pytest

from tools.make_sample_zone import main, rounded

FILE = Path(__file__).parents[2] / "seeds" / "observations" / "sample_zone.csv"

Series = dict[str, str]


@pytest.fixture(scope="module")
def series() -> dict[tuple[str, str], Series]:
    """Figures by period, for each indicator and measure, as they are written."""
    found: defaultdict[tuple[str, str], Series] = defaultdict(dict)
    for row in csv.DictReader(io.StringIO(FILE.read_text(encoding="utf-8"))):
        found[row["indicator"], row["measure"]][row["period"]] = row["value"]
    return dict(found)


def year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}"


def test_the_generator_makes_the_committed_file_byte_for_byte() -> None:
    out = io.StringIO(newline="")
    main(out)
    assert out.getvalue().encode() == FILE.read_bytes()


def test_growth_has_one_decimal_and_levels_have_two(
    series: dict[tuple[str, str], Series],
) -> None:
    for (_, measure), figures in series.items():
        places = 2 if measure.startswith("level") else 1
        assert all(len(value.partition(".")[2]) == places for value in figures.values())


def test_growth_agrees_with_levels_to_the_last_published_digit(
    series: dict[tuple[str, str], Series],
) -> None:
    compared = 0
    for (indicator, measure), figures in series.items():
        levels = series.get((indicator, "level_ytd"), {})
        for period, growth in figures.items() if measure == "growth_ytd" else ():
            if period in levels and year_before(period) in levels:
                now, before = float(levels[period]), float(levels[year_before(period)])
                lowest = 100 * ((now - 0.005) / (before + 0.005) - 1)
                highest = 100 * ((now + 0.005) / (before - 0.005) - 1)
                assert lowest - 0.05 <= float(growth) <= highest + 0.05
                compared += 1
    assert compared > 200


def test_cumulative_levels_never_fall_within_a_year(
    series: dict[tuple[str, str], Series],
) -> None:
    for (_, measure), figures in series.items():
        if measure == "level_ytd":
            by_year: defaultdict[str, list[float]] = defaultdict(list)
            for period, value in figures.items():
                by_year[period[:4]].append(float(value))
            assert all(values == sorted(values) for values in by_year.values())


def test_series_are_as_awkward_as_those_of_real_zones(
    series: dict[tuple[str, str], Series],
) -> None:
    lengths = {
        name: max(len(series[key]) for key in series if key[0] == name) for name, _ in series
    }
    measures = defaultdict(set)
    for name, measure in series:
        measures[name].add(measure)
    last = {name: max(max(series[key]) for key in series if key[0] == name) for name, _ in series}

    assert sorted(lengths.values())[:2] == [9, 14]
    assert all(40 <= length <= 56 for length in sorted(lengths.values())[2:])
    assert [name for name in last if last[name] != "2026Q2"] == ["foreign_capital"]
    assert last["foreign_capital"] == "2026Q1"
    assert measures["industrial_electricity"] == {"level_ytd"}
    assert measures["retail_sales"] == {"growth_quarter", "level_ytd"}
    assert measures["gdp"] == {"growth_ytd", "level_ytd"}
    assert {period[4:] for period in series["gdp", "level_ytd"]} == {"Q4"}  # of whole years alone
    assert "2019Q3" not in series["industrial_operating_revenue", "growth_ytd"]
    assert {"2019Q2", "2019Q4"} <= set(series["industrial_operating_revenue", "level_ytd"])


def test_every_indicator_has_last_years_level_to_measure_amounts_against(
    series: dict[tuple[str, str], Series],
) -> None:
    assert all("2025Q4" in series[name, "level_ytd"] for name, _ in series)


def test_foreign_capital_explodes_once_on_a_tiny_base(
    series: dict[tuple[str, str], Series],
) -> None:
    figures = series["foreign_capital", "growth_ytd"]
    assert [period for period, value in figures.items() if float(value) > 1000] == ["2021Q1"]


def test_early_2020_is_the_worst_first_quarter_of_every_long_growth_series(
    series: dict[tuple[str, str], Series],
) -> None:
    for (_, measure), figures in series.items():
        if measure == "growth_ytd" and "2020Q1" in figures:
            firsts = {p: float(v) for p, v in figures.items() if p.endswith("Q1")}
            assert min(firsts, key=firsts.__getitem__) == "2020Q1"


def test_the_first_half_of_2026_lies_on_both_sides_of_the_line(
    series: dict[tuple[str, str], Series],
) -> None:
    growth = [
        float(figures["2026Q2"])
        for (_, measure), figures in series.items()
        if measure.startswith("growth") and "2026Q2" in figures
    ]
    assert sum(value > 9 for value in growth) >= 2
    assert sum(6.5 <= value <= 7.5 for value in growth) >= 4
    assert sum(value < 3 for value in growth) == 1


@pytest.mark.parametrize(
    ("value", "figure"),
    [(0.25, "0.3"), (-0.25, "-0.3"), (0.04, "0.0"), (-0.04, "0.0"), (1234.56, "1234.6")],
)
def test_halves_are_rounded_away_from_zero_and_zero_has_no_sign(value: float, figure: str) -> None:
    assert rounded(value, "0.1") == figure
