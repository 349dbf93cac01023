"""Places of China by the names that tables give them."""

from __future__ import annotations

import pytest

from data.areas.gazetteer import gazetteer
from data.areas.listing import listed
from forecasting.figures.indicator import Area, AreaKind, Names


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("山西省", ["山西省"]),
        ("山西", ["山西省"]),
        ("SHAANXI", ["陕西省"]),
        ("INNERMONGOLIA", ["内蒙古自治区"]),
        ("内蒙古", ["内蒙古自治区"]),
        ("西藏", ["西藏自治区"]),
        ("广西壮族自治区", ["广西壮族自治区"]),
        ("延边", ["延边朝鲜族自治州"]),
        ("西双版纳", ["西双版纳傣族自治州"]),
        ("克孜勒苏", ["克孜勒苏柯尔克孜自治州"]),
        ("兴安盟", ["兴安盟"]),
        ("大兴安岭", ["大兴安岭地区"]),
        ("济源", ["济源市"]),
        ("洪洞", ["洪洞县"]),
        ("吉林", ["吉林省"]),
        ("吉林市", ["吉林市"]),
        ("朝阳", ["朝阳市"]),
        ("朝阳区", ["朝阳区", "朝阳区"]),
        ("白银", []),
        ("白银市", ["白银市"]),
        ("襄樊市", ["襄阳市"]),
        ("襄樊", ["襄阳市"]),
        ("襄阳区", ["襄州区"]),
        ("襄阳", ["襄阳市"]),
        ("思茅市", ["普洱市"]),
        ("思茅", ["思茅区"]),
        ("工业", []),
        ("合计", []),
    ],
)
def test_a_name_means_its_places(name: str, meant: list[str]) -> None:
    assert [area.name.zh for area in gazetteer().named(name)] == meant


def test_every_place_lies_in_another_up_to_its_province() -> None:
    places = gazetteer()
    provinces = {area.id for name in places.short_names() for area in places.named(name)
                 if area.kind is AreaKind.PROVINCE}  # fmt: skip

    for name in ("洪洞县", "济源市", "万州区", "西双版纳傣族自治州", "石河子市"):
        (area,) = places.named(name)
        above = list(places.above(area))
        assert above[-1].id in provinces
        assert above[-1].parent == "CN"
    assert len(provinces) == 34


def test_what_is_added_lies_in_the_nearest_area_that_is_there_or_is_added() -> None:
    shanxi = Area("CN-SX", Names("山西省", "Shanxi"), AreaKind.PROVINCE, "CN")
    nation = Area("CN", Names("全国", "China"), AreaKind.NATION)
    places = [gazetteer().named(name)[0] for name in ("洪洞县", "临汾市", "大同市", "合肥市")]

    added = {area.name.zh: area.parent for area in listed(places, (nation, shanxi))}

    assert added == {
        "洪洞县": "CN-141000", "临汾市": "CN-SX", "大同市": "CN-SX", "合肥市": "CN",
    }  # fmt: skip
    assert {area.parent for area in listed(places[3:], ())} == {""}
    assert all(area.reference for area in listed(places, ()))
