"""Areas that are added by name or one by one, and changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.areas.edits import added, changed, commit_of, own, place_named
from data.areas.errors import (
    AreaAmbiguous,
    AreaError,
    AreaMisplaced,
    AreaThere,
    AreaUnnamed,
    HomeIsNoZone,
    PlaceUnknown,
)
from data.store.store import Store
from forecasting.figures.indicator import Area, AreaKind, Names
from tests.data.workbook.tables import AREAS

BY_ID = {area.id: area for area in AREAS}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("运城市", "CN-140800"),
        (" 运城 ", "CN-140800"),
        ("山西省运城市", "CN-140800"),
        ("北京市朝阳区", "CN-110105"),
        ("吉林省长春市朝阳区", "CN-220104"),
        ("长春市朝阳区", "CN-220104"),
    ],
)
def test_a_place_is_named_alone_or_with_those_it_lies_in(name: str, place: str) -> None:
    assert place_named(name).id == place


@pytest.mark.parametrize(
    ("name", "fault"),
    [("朝阳区", AreaAmbiguous), ("某某产业园", PlaceUnknown), (" ", AreaUnnamed)],
)
def test_a_name_of_no_place_or_of_several_is_refused(name: str, fault: type[AreaError]) -> None:
    with pytest.raises(fault):
        place_named(name)


def test_a_place_that_is_an_area_already_is_not_added_again() -> None:
    with pytest.raises(AreaThere):
        added(["太原市", "临汾市"], AREAS)
    (taiyuan,) = added(["太原市", "太原"], AREAS)
    with pytest.raises(AreaThere):
        added(["太原"], [*AREAS, replace(taiyuan, name=Names("并州", "Bingzhou"))])


def test_a_zone_of_ones_own_is_added_and_held_to_a_target() -> None:
    zone = own("河东园区", "", AreaKind.ZONE, "CITY", AREAS)

    assert zone == Area("河东园区", Names("河东园区", "河东园区"), AreaKind.ZONE, "CITY")
    with pytest.raises(AreaThere):
        own("侯马经济开发区", "", AreaKind.ZONE, "CITY", AREAS)
    with pytest.raises(AreaMisplaced):
        own("河东市", "", AreaKind.CITY, "COUNTY", AREAS)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": Names("", "Linfen")}, AreaUnnamed),
        ({"parent": "CITY"}, AreaMisplaced),
        ({"parent": "COUNTY"}, AreaMisplaced),
        ({"parent": "NOWHERE"}, AreaMisplaced),
        ({"home": True}, HomeIsNoZone),
    ],
)
def test_an_area_lies_above_what_lies_in_it(
    change: dict[str, object], fault: type[AreaError]
) -> None:
    with pytest.raises(fault):
        changed(replace(BY_ID["CITY"], **change), AREAS)  # type: ignore[arg-type]


def test_one_zone_at_a_time_is_served() -> None:
    served = replace(BY_ID["ZONE"], home=True)
    other = Area("OTHER", Names("另一园区", "Other"), AreaKind.ZONE, "CITY")
    areas = [*(area for area in AREAS if area.id != "ZONE"), served, other]

    assert changed(replace(other, home=True), areas) == (
        replace(other, home=True),
        replace(served, home=False),
    )
    assert changed(served, areas) == ()


def test_what_is_committed_is_there_with_its_new_name(store: Store) -> None:
    base = store.latest_vintage()
    (city,) = added(["运城市"], store.areas(base))

    number = store.commit(commit_of([city], "张三", base=base))
    again = store.commit(
        commit_of([replace(city, name=Names("运城", "Yuncheng"))], "张三", base=number)
    )

    def name_at(vintage: int) -> list[str]:
        return [area.name.zh for area in store.areas(vintage) if area.id == city.id]

    assert [name_at(vintage) for vintage in (base, number, again)] == [[], ["运城市"], ["运城"]]
