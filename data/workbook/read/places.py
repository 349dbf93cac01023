"""Areas as tables name them: in full, in short, as 全市 or 全省, inside a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from data.workbook.read.titles import office_of, place_of
from data.workbook.words.text import compact, plain
from forecasting.figures.indicator import Area, AreaKind

_ENDINGS = {
    AreaKind.NATION: (),
    AreaKind.PROVINCE: ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"),
    AreaKind.CITY: ("市", "地区", "盟"),
    AreaKind.COUNTY: ("市", "县", "区", "旗"),
    AreaKind.ZONE: (),
}
_ENGLISH = {
    AreaKind.NATION: (),
    AreaKind.PROVINCE: ("PROVINCE",),
    AreaKind.CITY: ("CITY", "PREFECTURE", "MUNICIPALITY"),
    AreaKind.COUNTY: ("CITY", "COUNTY", "DISTRICT"),
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
_LONGER = re.compile(
    r"[\u3400-\u9fff]{0,4}?(?:经开区|开发区|高新区|新区|园区)|统计局|海关|支行|分行|(?:财政|税务)局(?![\u3400-\u9fff]{4})"
)
_ZONE = re.compile(r"(?P<sort>经济技术|经济|高新技术产业|高新)?开发区|(?P<short>经开|高新)区")
_NOT_IN_TITLES = {"NATION", "NATIONAL", "PRC"}


class Places:
    """The areas that are known, by every name that tables give them."""

    def __init__(self, areas: Sequence[Area], own: str):
        self._areas = {area.id: area for area in areas}
        self.own = own
        self._names: dict[str, str] = {}
        for area in areas:
            for name in _names(area):
                self._names.setdefault(name, area.id)
        self._longest = sorted((n for n in self._names if len(n) > 1), key=len, reverse=True)
        self._words = {
            name: _word(name)
            for name in self._longest
            if name[-1] < "\u3400" and name not in _NOT_IN_TITLES
        }

    def named(self, text: str) -> str:
        """Return the id of the area that a whole text names, empty where it names none."""
        key = compact(text)
        return self._names.get(key, "") or self._relative(key)

    def titled(self, title: str) -> tuple[str, str]:
        """Return the known area that a title without its period names, else another place.

        Of 临汾市洪洞县主要指标 it is 洪洞县, of 山西省侯马市主要指标 the known 侯马市.
        """
        key = compact(title)
        area, at, rest = self._first(plain(title), key)
        begun = place_of(title)
        while name := next(filter(begun.startswith, self._longest), ""):
            begun = begun[len(name) :]
        if begun and area and compact(begun) in key[:at]:
            return "", begun
        while area and (name := next(filter(rest.startswith, self._longest), "")):
            if _LONGER.match(rest[len(name) :]):
                break
            area, rest = self._names[name], rest[len(name) :]
        if area:
            place = place_of(rest) if rest[:1] > "\u3400" else ""
            return ("", place) if place else (area, "")
        if own := re.search(r"全[国省市县区]", key):
            area = self._relative(own.group())
            return area, "" if area or own.group() == "全国" else own.group()
        area = self.of_kind(begun, self.own)
        return area, "" if area else begun

    def _first(self, shown: str, key: str) -> tuple[str, int, str]:
        """Return the area with the longest name inside a title, where, and what follows it."""
        for name in self._longest:
            if name[-1] > "\u3400":
                at = key.find(name)
                if at >= 0 and not _LONGER.match(rest := key[at + len(name) :]):
                    return self._names[name], at, rest
            elif name in self._words and (match := self._words[name].search(shown)):
                at = len(compact(shown[: match.start()]))
                return self._names[name], at, compact(shown[match.end() :])
        return "", 0, ""

    def is_kind(self, text: str) -> bool:
        """Return whether a text is a bare 开发区 and the like."""
        return _ZONE.fullmatch(text) is not None

    def of_kind(self, word: str, area: str) -> str:
        """Return the area where 全市 or a bare 开发区 means it: it is one, and of that sort."""
        found, match = self._areas.get(area), _ZONE.fullmatch(word)
        if found is not None and word[:1] == "全" and found.name.zh.endswith(word[1:]):
            return area  # 全市 below a title of 临汾市
        if match is None or found is None or found.kind is not AreaKind.ZONE:
            return ""
        sort = (match["sort"] or match["short"] or "")[:1]
        return area if sort in found.name.zh else ""

    def office(self, text: str) -> str | None:
        """Return the place of the office that a text names, empty where it is ours or above us."""
        place = office_of(text)
        if place is None:
            return None
        above = {area.id for area in self._upwards()}
        while name := next(filter(place.startswith, self._longest), ""):
            if self._names[name] not in above:
                return place
            place = place[len(name) :]
        return place

    def names(self) -> Sequence[str]:
        """Return every name of every area, the longest first."""
        return self._longest

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
        return found[0] if len(found) == 1 or found[:1] == [self.own] else ""

    def _upwards(self) -> Iterator[Area]:
        area = self._areas.get(self.own)
        while area is not None:
            yield area
            area = self._areas.get(area.parent)


def _word(name: str) -> re.Pattern[str]:
    """Return how a name without spaces is found among English words."""
    spaced = r"\s*".join(map(re.escape, name))
    return re.compile(rf"(?<![A-Za-z]){spaced}(?![A-Za-z])", re.IGNORECASE)


def _names(area: Area) -> Iterator[str]:
    """Yield the spellings of an area's name that tables use."""
    chinese, english = compact(area.name.zh), compact(area.name.en)
    yield from filter(None, (chinese, english, re.sub(r"\(.*\)", "", english)))
    if area.kind is AreaKind.NATION:
        yield from _NATION
    yield from (english + kind for kind in _ENGLISH[area.kind] if not english.endswith(kind))
    for ending in _ENDINGS[area.kind]:
        if chinese.endswith(ending) and len(chinese) - len(ending) > 1:
            yield chinese.removesuffix(ending)
            break
    if area.kind is AreaKind.ZONE:
        stem = next((chinese.removesuffix(e) for e in _ZONES if chinese.endswith(e)), "")
        if len(stem) > 1:
            yield from (stem + ending for ending in _ZONES[1:6])
