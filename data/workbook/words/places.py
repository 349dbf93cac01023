"""Places in titles and labels: areas that are known, places of China, others by their looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from data.areas.gazetteer import gazetteer
from data.workbook.words.normalise import compact, plain
from forecasting.figures.indicator import Area, AreaKind

_ENGLISH_WORDS = """
    Beijing Tianjin Hebei Shanxi Liaoning Jilin Heilongjiang Shanghai Jiangsu Zhejiang Anhui
    Fujian Jiangxi Shandong Henan Hubei Hunan Guangdong Guangxi Hainan Chongqing Sichuan Guizhou
    Yunnan Tibet Shaanxi Gansu Qinghai Ningxia Xinjiang Macao Taiwan Shenzhen Guangzhou Dalian
    Qingdao Xiamen Ningbo Taiyuan Datong Yangquan Changzhi Jincheng Shuozhou Jinzhong Yuncheng
    Xinzhou Linfen
"""
_ENGLISH_NAMES = frozenset(_ENGLISH_WORDS.split()) | {
    "Inner Mongolia", "Hong Kong", "Lvliang", "Lüliang",
}  # fmt: skip

_KIND = r"(?:自治区|自治州|开发区|高新区|经开区|示范区|新区|地区|省|市|县|区|州|盟|旗)"
_FOLLOWS = (
    r"(?=[0-9(,:_-]|主要|国民|经济|统计|工业|规上|规模|固定|财政|税收|税务|外贸|社会|地区|生产|各项"
    r"|各[县区市镇乡]|海关|月度|季度|月报|快报|数据|一般|进出口|招商|实际|居民|运行|发展|GDP|$)"
)
_ELSEWHERE = re.compile(rf"([\u3400-\u9fff]{{2,8}}?{_KIND}){_FOLLOWS}")
_SHORT = re.compile(
    rf"({'|'.join(sorted(gazetteer().short_names(), key=len, reverse=True))}){_FOLLOWS}"
)
_BEFORE = re.compile(
    r"^(?:附?[表件][一二三四五六七八九十]?(?=[^\u3400-\u9fff]|$)|中国(?=[\u3400-\u9fff]{4})"
    r"|关于|[^\u3400-\u9fffA-Z]|[A-Z](?![A-Z]))+"
)
_BRACKETED = re.compile(r"[(\[【《<]([^()\[\]【】《》<>]{2,12})[)\]】》>]")
_BARE = re.compile(
    r"([\u3400-\u9fff]{2,4}?)(?:主要(?:经济|统计)?指标|国民经济|经济运行|统计[月季年快]报|统计公报"
    r"|统计年鉴|统计资料|经济[月季]报|各项(?:经济)?指标)"
)
_NO_PLACE = re.compile(
    r"[全本我各分不按及和与等之的]|城[镇乡]|^城[市区]|(?:主要|重点|[大中小个])城市|^(?:国家|省级|市级|县级|行政|我们|规模|重点)"
    r"|地区$|(?:园|社|景|市|郊|县|辖|片|山|矿|林|牧|库|校)区$|[县区]市$|市县$|都市$"
)
_NO_BARE = re.compile(
    r"[月季年期省市县区级类型业数表图值]|十[一二三四五六]五|县域|部分|重点|近|历|上半|下半|民营|规上|规模|城乡|乡镇|街道"
    r"|社会|国民|经济|指标|综合|宏观|当前|有关|相关|其他|情况|内部|快报|反映|监测|基本|核心|关键|考核"
    r"|预计|预期|示例|测试|附|汇总|一览|中国|世界|国内|国际|地方|投资|财政|外贸|消费|服务|公布|统计"
    r"|居民|农村|人口|就业|能源|用电|金融|存款|贷款|利用|建设|项目|企业|规划|商务|旅游|交通|科技"
)
_OFFICES = (
    r"(?:统计局|财政局|商务局|商务厅|税务局|工信局|工业和信息化局|科技局|发改[委局]"
    r"|发展和?改革(?:委员会|局|委)|经济发展局|调查[总大]?队|管委会|管理委员会|人民政府)"
)
_OFFICE = re.compile(
    rf"([\u3400-\u9fff]{{2,14}}?){_OFFICES}(?:编制?|印制?|制表?|发布|提供)?(?=[^\u3400-\u9fff]|$)"
)
_ENGLISH_PLACE = re.compile(
    r"([A-Z][a-z'-]+(?: [A-Z][a-z'-]+){0,2} (?:City|Province|County|Prefecture|District"
    r"|Municipality|Autonomous Region|New Area|(?:[A-Z][a-z-]+ )*Zone))\b"
)


def place_of(title: str) -> str:
    """Return the place that a title without its period begins with, or holds in brackets.

    >>> place_of("绵阳主要经济指标"), place_of("各项指标(运城)"), place_of("城镇居民收入")
    ('绵阳', '运城', '')
    """
    shown = plain(title)
    if match := _ENGLISH_PLACE.match(shown):
        return match[1]
    for name in _ENGLISH_NAMES:
        if shown.startswith(name) and not shown[len(name) :][:1].isalpha():
            return name
    key = _BEFORE.sub("", compact(shown))
    for inside in _BRACKETED.findall(key):
        if found := _whole(inside):
            return found
    return _begun(key)


def may_be_place(name: str) -> bool:
    """Return whether words that end like a place could be one: not 人均地区 or 城镇."""
    return len(name) > 1 and not _NO_PLACE.search(name)


def _begun(key: str) -> str:
    for form in (_ELSEWHERE, _SHORT):
        if (match := form.match(key)) and not _NO_PLACE.search(match[1]):
            return match[1]
    match = _BARE.match(key)
    return match[1] if match and not _NO_BARE.search(match[1] + " ") else ""


def _whole(inside: str) -> str:
    """Return the text of a pair of brackets that is a place and nothing else."""
    found = _begun(inside)
    return found if found == inside else ""


def office_of(text: str) -> str | None:
    """Return the place whose office made a table, 朔州市 of 朔州市统计局; None without office.

    It is empty for offices such as 市统计局, whose place is not said.
    """
    match = _OFFICE.search(compact(text))
    if match is None:
        return None
    place = match[1]
    named = _SHORT.fullmatch(place) or re.search(f"{_KIND}$", place)
    return place if named and not _NO_PLACE.search(place) else ""


_ENDINGS = {
    AreaKind.NATION: (),
    AreaKind.PROVINCE: ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"),
    AreaKind.CITY: ("市", "地区", "盟"),
    AreaKind.COUNTY: ("市", "县", "区", "旗"),
    AreaKind.ZONE: (),
}
_ENGLISH_KINDS = {
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

    def of_china(self, text: str) -> tuple[Area, ...]:
        """Return the places of China that a whole text may name, of which none is known here."""
        key = compact(text)
        return () if key in self._names else gazetteer().named(key)

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

    def rank(self, place: str, area: str) -> int:
        """Return where an area stands among what a place may be: 全市 is a city, never a zone."""
        match, found = _OWN.fullmatch(compact(place)), self._areas.get(area)
        if match is None or match["kind"] is None or found is None:
            return 0
        kinds = _KINDS[match["kind"]]
        return kinds.index(found.kind) if found.kind in kinds else len(kinds)

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

    def holds_own(self, area: str) -> bool:
        """Return whether an area is ours, or one that ours lies in."""
        return any(area == above.id for above in self._upwards())

    def in_line_with_own(self, area: str, place: str) -> bool:
        """Return whether a known area or a place of China is ours, lies in it or holds it."""
        own = self._areas.get(self.own)
        if own is None:
            return False
        if area:
            return self.holds_own(area) or own in self._upwards(area)
        found = gazetteer().named(compact(place))
        return any(one.name.zh == own.name.zh for area in found for one in gazetteer().above(area))

    def depth(self, area: str) -> int:
        """Return how many areas hold a known area, -1 of none."""
        found, depth = self._areas.get(area), -1
        while found is not None:
            found, depth = self._areas.get(found.parent), depth + 1
        return depth

    def name_of(self, area: str) -> str:
        """Return the name of a known area."""
        return self._areas[area].name.zh

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

    def _upwards(self, start: str = "") -> Iterator[Area]:
        area = self._areas.get(start or self.own)
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
    yield from (english + kind for kind in _ENGLISH_KINDS[area.kind] if not english.endswith(kind))
    for ending in _ENDINGS[area.kind]:
        if chinese.endswith(ending) and len(chinese) - len(ending) > 1:
            yield chinese.removesuffix(ending)
            break
    if area.kind is AreaKind.ZONE:
        stem = next((chinese.removesuffix(e) for e in _ZONES if chinese.endswith(e)), "")
        if len(stem) > 1:
            yield from (stem + ending for ending in _ZONES[1:6])
