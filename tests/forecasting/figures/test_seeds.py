from __future__ import annotations

from collections.abc import Mapping

import pytest

from forecasting.errors import TableRefused
from forecasting.figures.seeds import parse_seeds

AREAS = """\
id,name_zh,name_en,kind,parent,reference,synthetic,home
china,全国,China,nation,,yes,no,no
zone,示例开发区,Sample zone,zone,china,no,yes,yes
"""
INDICATORS = """\
id,name_zh,name_en,short_zh,short_en,aliases,unit,measures,price_basis,coverage_basis,\
currency,group,direction,quarterly_shares,release_day
gdp,地区生产总值,Gross domestic product,GDP,GDP,生产总值,1e8 CNY,growth_ytd|level_ytd,comparable,\
standard,CNY,main,up,0.2|0.2|0.3|0.3,20
"""
TARGETS = """\
area,indicator,year,comparator,threshold,tolerance,price_basis,coverage_basis,currency,\
document,counts
zone,gdp,2026,>,7,,,,,plan,yes
"""
FIGURES = "area,indicator,measure,period,value\n"
GOOD = {
    "areas.csv": AREAS,
    "indicators.csv": INDICATORS,
    "targets.csv": TARGETS,
    "observations/a.csv": FIGURES + "china,gdp,growth_ytd,2025Q4,5.0\n",
    "observations/b.csv": FIGURES + "china,gdp,growth_ytd,2026Q1,5.1\n",
}


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def problems_of(files: Mapping[str, bytes]) -> list[tuple[str, int, str, str, str]]:
    with pytest.raises(TableRefused) as refused:
        parse_seeds(files)
    return [
        (problem.file, problem.row, problem.column, problem.found, problem.expected)
        for problem in refused.value.problems
    ]


def test_every_table_is_read_and_every_file_kept() -> None:
    files = encoded(GOOD)

    seeds = parse_seeds(files)

    assert [area.id for area in seeds.areas] == ["china", "zone"]
    assert list(seeds.catalogue.indicators) == ["gdp"]
    assert [target.threshold for target in seeds.targets] == [7.0]
    assert [figure.value for figure in seeds.observations] == [5.0, 5.1]
    assert seeds.files == files


def test_the_problems_of_all_files_are_listed_together() -> None:
    bad = GOOD | {
        "targets.csv": TARGETS + "zone,gdp,2027,=,7,,,,,plan,yes\n",
        "observations/a.csv": FIGURES + "china,gdp,growth_ytd,2025Q5,5.0\n",
        "observations/b.csv": FIGURES + "china,gpd,growth_ytd,2026Q1,high\n",
    }

    assert problems_of(encoded(bad)) == [
        ("targets.csv", 3, "comparator", "=", "choice"),
        ("observations/a.csv", 2, "period", "2025Q5", "period"),
        ("observations/b.csv", 2, "indicator", "gpd", "indicator"),
        ("observations/b.csv", 2, "value", "high", "number"),
    ]


def test_a_figure_that_another_file_already_gave_is_refused() -> None:
    twice = GOOD | {"observations/b.csv": FIGURES + "\nchina,gdp,growth_ytd,2025Q4,5.2\n"}

    assert problems_of(encoded(twice)) == [
        ("observations/b.csv", 3, "period", "2025Q4", "unique"),
    ]


def test_a_table_that_is_missing_is_a_table_without_its_header() -> None:
    without = {name: text for name, text in GOOD.items() if name != "targets.csv"}

    assert problems_of(encoded(without)) == [("targets.csv", 1, "header", "", "header")]


def test_tables_are_not_blamed_for_naming_what_a_refused_table_held() -> None:
    bad = GOOD | {
        "areas.csv": AREAS.replace("nation", "planet"),
        "indicators.csv": INDICATORS.replace(",up,", ",sideways,"),
        "observations/a.csv": FIGURES + "china,gdp,growth_ytd,2025Q4,five\n",
    }

    assert problems_of(encoded(bad)) == [
        ("areas.csv", 2, "kind", "planet", "choice"),
        ("indicators.csv", 2, "direction", "sideways", "choice"),
        ("observations/a.csv", 2, "value", "five", "number"),
    ]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("地区,gdp\n".encode("gbk"), r"\xb5\xd8\xc7\xf8,gdp"),
        (b"china,\0gdp\n", "china,\0gdp"),
    ],
)
def test_a_file_that_is_not_text_in_utf_8_is_refused_at_the_row(content: bytes, found: str) -> None:
    bad = encoded(GOOD) | {"observations/a.csv": FIGURES.encode() + content}

    assert problems_of(bad) == [("observations/a.csv", 2, "row", found, "csv")]


def test_a_byte_order_mark_is_not_part_of_the_header() -> None:
    marked = encoded(GOOD) | {"areas.csv": b"\xef\xbb\xbf" + AREAS.encode()}

    assert len(parse_seeds(marked).areas) == 2
