"""Units as tables write them, as the codes of the catalogue: 亿元 is ``1e8 CNY``."""

from __future__ import annotations

import re
from functools import lru_cache

from data.workbook.words.normalise import plain

RATES = ("%", "pp", "times")
"""Units of growth and of ratios, of no level."""
_MAGNITUDES = {
    "": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8,
    "十亿": 9, "百亿": 10,
    "千亿": 11, "万亿": 12,
}  # fmt: skip
_BASES = {
    "元": "CNY", "元人民币": "CNY", "人民币元": "CNY", "人民币": "CNY", "圆": "CNY", "元/人": "CNY",
    "美元": "USD", "美金": "USD", "欧元": "EUR", "港元": "HKD", "港币": "HKD", "日元": "JPY",
    "千瓦时": "kWh", "度": "kWh", "KWH": "kWh", "千瓦小时": "kWh",
    "吨": "t", "公吨": "t", "吨标准煤": "tce", "吨标煤": "tce", "TCE": "tce",
    "吨标准煤/万元": "tce/1e4 CNY", "吨标煤/万元": "tce/1e4 CNY", "吨/万元": "t/1e4 CNY",
    "户": "households", "家": "firms", "个": "items", "人": "persons", "列": "trains", "亩": "mu",
    "件": "items", "人次": "person-times", "标箱": "TEU", "TEU": "TEU", "平方米": "m2",
    "公顷": "ha", "标准箱": "TEU", "公里": "km", "吨公里": "t-km", "公斤": "kg", "套": "sets",
    "项": "items", "条": "items", "次": "items", "处": "items", "只": "items", "头": "items",
    "平方公里": "km2", "平方千米": "km2", "辆": "vehicles", "台": "units", "立方米": "m3",
    "千克": "kg", "米": "m", "升": "L", "千瓦": "kW", "人公里": "p-km", "英镑": "GBP",
}  # fmt: skip
_PER = {
    "吨": "t", "公吨": "t", "公斤": "kg", "千克": "kg", "升": "L", "立方米": "m3", "平方米": "m2",
    "M2": "m2", "M3": "m3", "平方公里": "km2", "平方千米": "km2", "公顷": "ha", "亩": "mu",
    "千瓦时": "kWh", "千瓦小时": "kWh", "度": "kWh", "人": "persons", "户": "households",
    "家": "firms", "个": "items", "日": "day", "天": "day", "月": "month", "年": "year",
    "小时": "hour", "套": "sets", "台": "units", "辆": "vehicles", "标箱": "TEU",
    "万元": "1e4 CNY", "元": "CNY", "万人": "1e4 persons",
}  # fmt: skip
"""What a unit may be counted against: the second half of 元/吨, 人/平方公里."""
_WORDS = {
    "%": "%", "±%": "%", "%±": "%", "+-%": "%", "+/-%": "%", "百分比": "%",
    "PERCENT": "%", "PERCENTAGE": "%", "TCE PER CNY 10K": "tce/1e4 CNY",
    "PCT": "%", "PER CENT": "%", "个百分点": "pp", "百分点": "pp", "PERCENTAGE POINTS": "pp",
    "PERCENTAGE POINT": "pp", "PP": "pp", "PCT POINTS": "pp", "倍": "times", "‰": "‰",
    "千分比": "‰", "PERMILLE": "‰",
}  # fmt: skip
_ENGLISH = {
    "YUAN": "CNY", "RMB": "CNY", "CNY": "CNY", "RMB YUAN": "CNY", "YUAN RMB": "CNY",
    "CNY YUAN": "CNY",
    "US DOLLARS": "USD", "US DOLLAR": "USD", "DOLLARS": "USD", "DOLLAR": "USD", "USD": "USD",
    "US$": "USD",
    "$": "USD", "U.S. DOLLARS": "USD", "KWH": "kWh", "KILOWATT HOURS": "kWh",
    "KILOWATT-HOURS": "kWh",
    "TONS": "t", "TONNES": "t", "TON": "t", "PERSONS": "persons", "PEOPLE": "persons",
    "UNITS": "items",
    "ENTERPRISES": "firms", "FIRMS": "firms", "HOUSEHOLDS": "households", "TRAINS": "trains",
    "MU": "mu",
}  # fmt: skip
_ENGLISH_POWERS = {
    "HUNDRED": 2, "THOUSAND": 3, "THOUSANDS": 3, "MILLION": 6, "MILLIONS": 6, "MN": 6, "MLN": 6,
    "BILLION": 9,
    "BILLIONS": 9, "BN": 9, "BLN": 9, "TRILLION": 12, "TRN": 12, "K": 3, "M": 6, "B": 9,
}  # fmt: skip
_LARGER = {"MWH": (3, "kWh"), "GWH": (6, "kWh"), "KT": (3, "t"), "MT": (6, "t")}
_BY_CAPITALS = {base.upper(): base for base in (*_BASES.values(), *_ENGLISH.values())}
_SHORT = re.compile(r"(10*)(K|M|MN|MLN|B|BN|BLN)")
_CODE = re.compile(r"(?:1e(?P<power>[0-9]{1,2}) )?(?P<base>\S+(?: \S+)?)")
_ALIKE = ({"items", "firms", "households"}, {"sets", "units"})
"""Counts of which tables name now one, now another."""
_TWO_LANGUAGES = re.compile(r"([\u3400-\u9fff]+)[ ,/|:;(]+([A-Z0-9$][A-Z0-9$.,' -]*)\)?")
_MONEY = ("M0", "M1", "M2", "M3")
"""Names of the money supply, which are not square metres."""
_UNKNOWN = re.compile(r"[\u3400-\u9fff]{1,6}(?:/[\u3400-\u9fff]{1,6})?|[A-Za-z]{1,4}[0-9]?")
_COUNTED = re.compile(
    r"[十百千万亿]{0,2}(?:[盏座艘张册份本株枚箱瓶双对副块片根支门所名位幢栋间床趟匹卷筐桶袋篇场部架桩笔批例起宗票]"
    r"|千?伏安|兆瓦|吉焦|立方|标方|标立方米|载?重吨|总吨|标台|[车班船航架批]次|人[天日]|工日|床位|课时|吨位)"
)
"""What is no unit of ours and can be nothing else in brackets: 盏, 万千伏安."""
_UNIT_LABEL = re.compile(r"(?:计量)?单位|UNITS?(?= ?[:=(])")
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_LIST = re.compile(r"[,、;|]| (?=[%\u3400-\u9fff])|(?<=[\u3400-\u9fff])/(?=%)|和|或")


def parse_unit(text: str) -> str | None:
    """Return the unit that a whole text is, such as ``万元`` or ``单位：亿元``."""
    return _whole(plain(text))


def find_unit(text: str) -> tuple[str, str] | None:
    """Return the unit inside a label or a note, and the text without it.

    Looked for in brackets, after 单位 and, set apart from the words before it, at the end. Of
    several brackets the last one counts: what stands before it belongs to the name.
    """
    shown = plain(text)
    units = _places(shown)
    if units and _all_units(shown):
        return units[0][0], ""
    brackets = list(_BRACKET.finditer(shown))
    inside = [bracket.start(1) for bracket in brackets for _, at, _ in units
              if bracket.start(1) <= at < bracket.end(1)]  # fmt: skip
    chosen = next((entry for entry in units if entry[1] >= max(inside, default=0)), None)
    if chosen is None:
        return None
    found, start, end = chosen
    bracket = next((one for one in brackets if one.start(1) == start), None)
    if bracket and _all_units(bracket[1]):
        start, end = bracket.span()
    rest = _without_units(shown[:start]) + shown[end:]
    rest = re.sub(r"[(\[【][\s,、;]*[)\]】]", "", rest)
    return found, re.sub(r"[\s,、;:_]+$", "", rest).strip()


def _without_units(shown: str) -> str:
    """Return a text without brackets of Chinese units: 进出口总额(亿元)增长(%) is growth."""
    return _BRACKET.sub(
        lambda match: "" if not match[1].isascii() and _all_units(match[1]) else match[0], shown
    )


def find_units(text: str) -> tuple[str, ...]:
    """Return every unit inside a note such as ``单位：亿元、%``, each once, in order."""
    return tuple(dict.fromkeys(found for found, _, _ in _places(plain(text))))


def unit_in_brackets(text: str) -> tuple[str, str] | None:
    """Return the unit in the brackets at the end of a label that nobody knows, and the rest.

    Words in brackets may say anything, such as 含农户: a unit is what counts, or has a known half.
    """
    shown = plain(text)
    brackets = list(_BRACKET.finditer(shown))
    if not brackets or brackets[-1].end() < len(shown) or not brackets[-1].start():
        return None
    word = brackets[-1][1].strip()
    counted, stroke, against = word.partition("/")
    known = bool(stroke) and (against in _PER or bool(_chinese(counted)))
    if not (known or _COUNTED.fullmatch(word)) or not as_written(word):
        return None
    return word, shown[: brackets[-1].start()].strip()


def convert(value: float, found: str, wanted: str) -> float | None:
    """Return ``value`` in another unit, None where the two are not of one kind.

    A percentage point and a percent are different kinds: one is a difference of two others.
    """
    power, base = _parts(found)
    wanted_power, wanted_base = _parts(wanted)
    if base != wanted_base and not any({base, wanted_base} <= alike for alike in _ALIKE):
        return None
    if power == wanted_power:
        return value
    # Dividing by a whole power of ten rounds once, multiplying by its inverse would twice.
    step = power - wanted_power
    scaled = value * 10**step if step > 0 else value / 10**-step
    return float(f"{scaled:.15g}")


def currency_of(code: str) -> str:
    """Return the currency of a unit code, empty where it is not money."""
    base = _parts(code)[1]
    return base if base in ("CNY", "USD", "EUR", "HKD", "JPY", "GBP") else ""


@lru_cache(maxsize=4096)
def kind_of_unit(code: str) -> str:
    """Return what a unit counts, whatever its power and currency; firms are items."""
    base = _parts(code)[1] if code else ""
    alike = next((min(alike) for alike in _ALIKE if base in alike), base)
    return "money" if currency_of(code) else alike


def per_something(code: str) -> bool:
    """Return whether a unit is of prices, densities and the like: 元/吨, 人/平方公里."""
    return "/" in code


def as_written(text: str) -> str:
    """Return the unit that a text names though nobody knows it, empty where it can be none."""
    word = plain(text).strip(" ()[]【】。,;")
    return word if _UNKNOWN.fullmatch(word) else ""


@lru_cache(maxsize=4096)
def _whole(shown: str) -> str | None:
    bare = _UNIT_LABEL.sub("", shown.upper(), count=1).strip(" :=()[]【】。,;、")
    if not bare or len(bare) > 40 or shown.strip(" ()[]【】") in _MONEY:
        return None
    if word := _WORDS.get(bare) or _WORDS.get(bare.replace(" ", "")):
        return word
    found = _chinese(bare.replace(" ", "")) or _per(bare) or _english(bare) or _coded(bare)
    return found or _in_two_languages(bare)


def _in_two_languages(bare: str) -> str | None:
    """Return a unit such as ``万元 10,000 yuan``, where both say the same or one says nothing."""
    match = _TWO_LANGUAGES.fullmatch(bare)
    first = _chinese(match[1]) if match else None
    second = _whole(match[2]) if match else None
    return first if second in (None, first) else None


def _chinese(bare: str) -> str | None:
    """Return a unit such as 万元, 亿元人民币 or 万千瓦时, where 千 belongs to what is counted."""
    for written in (bare, bare.removeprefix("人民币"), bare.removesuffix("人民币") + "元"):
        for length in (0, 1, 2):
            base = _BASES.get(written[length:].removesuffix("人民币"))
            power = _MAGNITUDES.get(written[:length])
            if base and power is not None:
                return _unit(power, base)
    return None


def _per(bare: str) -> str | None:
    """Return a unit such as 元/吨 or 万元/亩, one thing counted against another."""
    counted, stroke, against = bare.replace(" ", "").partition("/")
    first, second = _chinese(counted), _PER.get(against)
    return f"{first}/{second}" if stroke and first and second else None


def _english(bare: str) -> str | None:
    """Return a unit such as ``100 million yuan``, ``USD 10,000`` or ``RMB mn``."""
    power, words = 0, []
    # 10 000 tons: thousands apart by a space or a comma.
    bare = re.sub(r"(?<=[0-9])[ ,](?=000\b)", "", bare)
    for word in re.sub(r"(?<=\$)(?=[0-9])", " ", bare).split():
        if match := _SHORT.fullmatch(word):  # 100M
            power += len(match[1]) - 1 + _ENGLISH_POWERS[match[2]]
        elif re.fullmatch(r"10*", word):
            power += len(word) - 1
        elif word in _ENGLISH_POWERS:
            power += _ENGLISH_POWERS[word]
        elif word not in ("OF", "IN"):
            words.append(word)
    larger, base = _LARGER.get(" ".join(words)) or (0, _ENGLISH.get(" ".join(words)))
    return _unit(power + larger, base) if base else None


def _coded(bare: str) -> str | None:
    """Return the unit whose code of the catalogue a text is."""
    if whole := _BY_CAPITALS.get(bare):
        return whole
    match = _CODE.fullmatch(bare.replace("1E", "1e", 1))
    base = _BY_CAPITALS.get(match["base"]) if match else None
    return _unit(int(match["power"] or 0), base) if match and base else None


def _unit(power: int, base: str) -> str | None:
    if power and "/" in base:
        return None
    return f"1e{power} {base}" if power else base


@lru_cache(maxsize=4096)
def _parts(code: str) -> tuple[int, str]:
    match = _CODE.fullmatch(code)
    return (int(match["power"] or 0), match["base"]) if match else (0, code)


def _places(shown: str) -> list[tuple[str, int, int]]:
    """Return the units of a text with where each stands."""
    if _all_units(shown):
        return _listed(shown, 0, len(shown))
    units: list[tuple[str, int, int]] = []
    for bracket in _BRACKET.finditer(shown):
        units += _listed(shown, bracket.start(1), bracket.end(1))
    if not units and (label := _UNIT_LABEL.search(shown.upper())):
        units = _listed(shown, label.start(), len(shown))
        end = max((end for _, _, end in units), default=0)
        units = [(unit, label.start() if i == 0 else start, max(end, stop))
                 for i, (unit, start, stop) in enumerate(units)]  # fmt: skip
    if not units:
        for clause in re.finditer(r"[^;]+", shown):
            units += _trailing(shown, clause.start(), clause.end())
    return units


def _all_units(shown: str) -> bool:
    """Whether a text is a unit, or a list of nothing but units."""
    if _whole(shown):
        return True
    parts = [part for part in _LIST.split(shown) if part.strip()]
    return bool(parts) and all(map(_whole, parts))


def _listed(shown: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the units of a list such as ``亿元、%`` that stands from ``start`` to ``end``."""
    if unit := _whole(shown[start:end]):
        return [(unit, start, end)]
    units = []
    for separator in [*_LIST.finditer(shown, start, end), None]:
        stop = separator.start() if separator else end
        if unit := _whole(shown[start:stop]):
            units.append((unit, start, stop))
        start = separator.end() if separator else end
    return units


def _trailing(shown: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the unit at the end of a clause, where something parts it from the words before."""
    for separator in re.compile(r"[ ,:_/、|]").finditer(shown, start, end):
        if unit := _whole(shown[separator.end() : end]):
            return [(unit, separator.start(), end)]
    if match := re.search(r"±?%±?$", shown[start:end]):
        return [("%", start + match.start(), end)]
    return []
