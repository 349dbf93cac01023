"""Criteria are read strictly: what is wrong is told with its file and key."""

from __future__ import annotations

import pytest

from forecasting.errors import CriteriaRefused
from forecasting.plan.criteria import CriteriaItem, read_criteria, read_yardsticks
from tests.forecasting.plan.cases import CRITERIA, criteria

HEAD = "item,year,scope,zones,total,unit,break,source_title,source_url,note_zh,note_en"
ROW = "output,2023,all,229,148000,1e8 CNY,,a,b,,"


@pytest.mark.parametrize(
    ("found", "written", "key"),
    [
        ('unit = "1e8 CNY"\n', 'unit = "1e8 CNY"\nwieght = 3\n', "$.class[0].item[0]"),
        ('indicator = "trade"', 'indicator = "trad"', "trade.indicator"),
        ('id = "trade"', 'id = "output"', "item.id"),
        ("weight = 100", "weight = 90", "class.weight"),
        ('direction = "up"', 'direction = "sideways"', "$.class[0].item[0].direction"),
        ('en = "Trade"\n', "", "$.class[0].item[1]"),
        ('source = "somewhere"', 'source = "nowhere"', "only.source"),
        ("weight = 100", "weight = 100\ncount = 1", "only.count"),
        ('unit = "1e8 CNY"', 'unit = "1e8 CNY"\nweight = 101.0', "only.item.weight"),
        ("year = 2021", "year = ", "TOML"),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_key(found: str, written: str, key: str) -> None:
    assert found in CRITERIA
    with pytest.raises(CriteriaRefused) as refused:
        read_criteria(CRITERIA.replace(found, written, 1), "two.toml", ("output", "trade"))

    assert refused.value.values["file"] == "two.toml"
    assert refused.value.values["key"] == key


def test_a_weight_that_is_not_public_stays_empty() -> None:
    assert [item.weight for item in criteria().items] == [None, None]
    unweighted = read_criteria(CRITERIA.replace("weight = 100\n", ""), "a", ("output", "trade"))
    assert not unweighted.weighted


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (ROW.replace("output", "outptu"), "3.item"),
        (ROW.replace("1e8 CNY", "1e8 USD"), "3.unit"),
        (ROW.replace("229", "0"), "3"),
        (ROW.replace("all", "some"), "3"),
        (ROW.replace("148000", "nan"), "3"),
        ("output,2024", "3"),
        (ROW, "row.id"),
    ],
)
def test_a_wrong_yardstick_is_refused_with_its_row(row: str, key: str) -> None:
    items: dict[str, CriteriaItem] = {item.id: item for item in criteria().items}
    with pytest.raises(CriteriaRefused) as refused:
        read_yardsticks(f"{HEAD}\n{ROW}\n{row}\n", "yardsticks.csv", items)

    assert refused.value.values["key"] == key


def test_a_mean_is_the_total_shared_out_over_its_zones() -> None:
    (one,) = read_yardsticks(f"{HEAD}\n{ROW}\n", "y", {item.id: item for item in criteria().items})

    assert one.mean == pytest.approx(646.3, abs=0.05)
