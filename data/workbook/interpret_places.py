"""Areas as tables name them: in full, in short, as 全市 or 全省, inside a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from data.workbook.text import compact
from forecasting.indicator import Area, AreaKind

_ENDINGS = {
    AreaKind.NATION: (),
    AreaKind.PROVINCE: ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"),
    AreaKind.CITY: ("市", "地区", "盟"),
    AreaKind.COUNTY: ("市", "县", "区", "旗"),
    AreaKind.ZONE: (),
}
_NATION = ("全国", "中国", "CHINA", "NATION", "NATIONAL", "全国合计", "PRC")
_ZONES = (
    "经济技术开发区", "经济开发区", "高新技术产业开发区", "高新区", "经开区", "开发区",
    "新区", "园区", "综改区", "示范区",
)  # fmt: skip
_OWN = re.compile(r"[全本我](?P<kind>国|省|市|县|区|旗|州|开发区)(?:合计|总计|平均)?|(?:合计|总计)")
_KINDS = {
    "国": (AreaKind.NATION,), "省": (AreaKind.PROVINCE,), "县": (AreaKind.COUNTY,),
    "市": (AreaKind.CITY, AreaKind.COUNTY, AreaKind.PROVINCE), "旗": (AreaKind.COUNTY,),
    "州": (AreaKind.CITY,), "区": (AreaKind.ZONE, AreaKind.COUNTY, AreaKind.PROVINCE),
    "开发区": (AreaKind.ZONE,),
}  # fmt: skip
_ELSEWHERE = re.compile(
    r"([\u3400-\u9fff]{2,8}?(?:自治区|自治州|开发区|高新区|经开区|示范区|新区|省|市|县|区))"
    r"(?=[0-9(]|主要|国民|经济|统计|工业|规上|规模|固定|财政|外贸|社会|地区|各项|月度|季度|$)"
)
_LONGER = re.compile(
    r"[\u3400-\u9fff]{0,4}?(?:经开区|开发区|高新区|新区|园区)|(?:统计|财政|税务)局"
)
_NO_PLACE = re.compile(r"[全本我各分]|城[市镇]|^(?:国家|省级|市级|县级|行政|我们)|地区$|及|和|与")


class Places:
    """The areas that are known, by every name that tables give them."""

    def __init__(self, areas: Sequence[Area], own: str):
        self._areas = {area.id: area for area in areas}
        self._own = own
        self._names: dict[str, str] = {}
        for area in areas:
            for name in _names(area):
                self._names.setdefault(name, area.id)
        self._longest = sorted((n for n in self._names if len(n) > 1), key=len, reverse=True)

    def named(self, text: str) -> str:
        """Return the id of the area that a whole text names, empty where it names none."""
        key = compact(text)
        return self._names.get(key, "") or self._relative(key)

    def within(self, text: str) -> str:
        """Return the id of the area that a title names, empty where it names none."""
        key = compact(text)
        for name in self._longest:
            at = key.find(name)
            if at >= 0 and not self._goes_on(key[at + len(name) :], name):
                return self._names[name]
        own = re.search(r"全[国省市县区]", key)
        return self._relative(own.group()) if own else ""

    def names(self) -> Sequence[str]:
        """Return every name of every area, the longest first."""
        return self._longest

    def elsewhere(self, title: str) -> str:
        """Return the place of a title that names no known area: one it begins with, or 全市."""
        if own := re.search(r"全[省市县区]", compact(title)):
            return own.group()
        match = _ELSEWHERE.match(compact(title))
        return match[1] if match and not _NO_PLACE.search(match[1]) else ""

    def _goes_on(self, rest: str, name: str) -> bool:
        """Return whether a longer name of another place begins with this one."""
        if not name[-1:] > "\u3400":
            return rest[:1].isalpha() and rest[:1].isascii()
        return bool(
            re.match(
                r"[\u3400-\u9fff]{0,4}?(?:经开区|开发区|高新区|新区|园区)|(?:统计|财政|税务)局",
                rest,
            )
        )

    def _relative(self, key: str) -> str:
        """Return the area that 全市 or 全省 means for the area that a file belongs to."""
        match = _OWN.fullmatch(key)
        if match is None or match["kind"] is None:
            return ""
        kinds = _KINDS[match["kind"]]
        found = [
            area.id
            for area in self._upwards()
            if area.kind in kinds
            and (area.kind is AreaKind.NATION or match["kind"] in ("区", "开发区")
                 or area.name.zh.endswith(match["kind"]))
        ]  # fmt: skip
        if match["kind"] == "国" and not found:
            found = [area.id for area in self._areas.values() if area.kind is AreaKind.NATION]
        # 全市 of a zone within a county-level city may mean either city.
        return found[0] if len(found) == 1 or found[:1] == [self._own] else ""

    def _upwards(self) -> Iterator[Area]:
        area = self._areas.get(self._own)
        while area is not None:
            yield area
            area = self._areas.get(area.parent)


def _names(area: Area) -> Iterator[str]:
    """Yield the spellings of an area's name that tables use."""
    chinese, english = compact(area.name.zh), compact(area.name.en)
    yield from filter(None, (chinese, english, re.sub(r"\(.*\)", "", english)))
    if area.kind is AreaKind.NATION:
        yield from _NATION
    for ending in _ENDINGS[area.kind]:
        if chinese.endswith(ending) and len(chinese) - len(ending) > 1:
            yield chinese.removesuffix(ending)
            break
    if area.kind is AreaKind.ZONE:
        stem = next((chinese.removesuffix(e) for e in _ZONES if chinese.endswith(e)), "")
        if len(stem) > 1:
            yield from (stem + ending for ending in _ZONES[1:6])
