"""What a label says: which indicator, in which form, on which basis, in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from data.workbook.words.periods import Reach
from data.workbook.words.qualifiers import FIGURES, Role, Said
from data.workbook.words.text import compact, plain
from data.workbook.words.units import Unit, currency_of, find_unit
from data.workbook.words.vocabulary import head_of, said_by, shorter
from forecasting.figures.indicator import Catalogue, Indicator, PriceBasis, Status

__all__ = ["FIGURES", "Label", "Role", "coverage_for", "parse_label", "similar"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label as understood; None and empty where it says nothing.

    Attributes
    ----------
    text
        As it stands in the cell.
    name
        What remains without units, measures, bases and numbering; empty for a label such as
        ``增速(%)`` that names no indicator.
    indicators
        Ids of the catalogue that the name is, normally one; never by a part of the name.
    role
        What the row or column is for; figures of roles outside ``FIGURES`` are none of ours.
    growth, reach
        The form of its figures.
    unit, currency
        As written; the currency also where only the unit names it.
    index
        Figures are indices with last year = 100.
    of_which
        It is a part of a row above.
    last_year
        Figures are those of the same period of the year before.
    area
        Words before the name that name a place: 全市, 山西省.
    """

    text: str
    name: str = ""
    indicators: tuple[str, ...] = ()
    role: Role | None = None
    growth: bool | None = None
    reach: Reach | None = None
    unit: Unit | None = None
    price: PriceBasis | None = None
    coverage: str | None = None
    currency: str | None = None
    status: Status | None = None
    index: bool = False
    of_which: bool = False
    last_year: bool = False
    area: str = ""


_MARKS = r"[★☆*·•●○■□▲△◆◇→>+\-'\"“”、.\s]+"
_NUMBERING = re.compile(
    rf"(?:{_MARKS}|[一二三四五六七八九十]{{1,3}}[、.]|\((?:[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})\)"
    r"|[0-9]{1,2}(?:[、)]|\.(?![0-9])|\.[0-9]{1,2}(?=[^0-9.%]))|[IVX]{1,4}[、.])"
)
_OF_WHICH = re.compile(r"(?:其中|#|OF WHICH|INCLUDING)[:,]?\s*", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:全(?:市|区|县|省|国|州|旗|开发区)|[本我](?:市|区|县|省|国|州)|(?:经济技术|高新|经济)?开发区|中国|地方|区内|辖区)"
)
_PLACE_SEGMENT = re.compile(
    r"[\u3400-\u9fff]{1,10}(?:省|市|区|县|州|盟|旗)|中国|全国|CHINA"
    r"|北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆"
    r"|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
_PARTING = re.compile(r"[:_|;,/()\[\]【】<>、]+")
_AMOUNTS = frozenset({"金额", "数值", "数额", "绝对额", "AMOUNT", "VALUE"})
"""What a column beside one of growth is called; said of a name they mean its level."""
_RATIO = re.compile(r"(?:利润|成本|费用|负担|产出|投入)?率$|占比$|比重$|比例$|系数$|弹性$")
_DOLLARS = ("美元", "美元计价")


class _Lexicon:
    """The names of one catalogue, and the labels that were read with it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.ids: dict[str, tuple[str, ...]] = {}
        for indicator in catalogue.indicators.values():
            for name in _all_names(indicator):
                known = self.ids.get(_key(name), ())
                if indicator.id not in known:
                    self.ids[_key(name)] = (*known, indicator.id)
        self.labels: dict[str, Label] = {}


_lexicon = _Lexicon(Catalogue())


def parse_label(text: str, catalogue: Catalogue) -> Label:
    """Return all that a label says."""
    global _lexicon
    if _lexicon.catalogue is not catalogue:
        _lexicon = _Lexicon(catalogue)
    lexicon = _lexicon
    if len(lexicon.labels) > 50_000:
        lexicon.labels.clear()
    label = lexicon.labels.get(text)
    if label is None:
        label = lexicon.labels[text] = _parsed(text, lexicon)
    return label


def similar(name: str, catalogue: Catalogue, limit: int = 5) -> tuple[str, ...]:
    """Return the ids whose names look most like ``name``, most alike first."""
    key = _key(name)
    alike = {
        indicator.id: max(
            SequenceMatcher(None, key, _key(known)).ratio() for known in _all_names(indicator)
        )
        for indicator in catalogue.indicators.values()
    }
    ranked = sorted(alike, key=lambda id_: -alike[id_])
    return tuple(id_ for id_ in ranked[:limit] if alike[id_] >= 0.5)


def coverage_for(coverage: str | None, indicator: Indicator) -> str:
    """Return the coverage basis of a figure whose label says ``coverage``.

    可比口径 and 同口径 mean whatever is comparable for the indicator: where its figures count
    the same firms anyway, they say nothing new.
    """
    usual = indicator.basis.coverage
    comparable = ("comparable_scope", "same_firms")
    if coverage is None or (coverage in comparable and usual in comparable):
        return usual
    return coverage


def _parsed(text: str, lexicon: _Lexicon) -> Label:
    shown, of_which = _opened(plain(text))
    if role := head_of(compact(shown)):
        return Label(text, role=role, of_which=of_which)
    if ids := lexicon.ids.get(_key(shown)):
        return _settled(text, shown, ids, Said(of_which=of_which), None, "", lexicon)
    unit, rest = find_unit(shown) or (None, shown)
    said, area = Said(of_which=of_which), ""
    parts: list[str] = []
    for part in _parted(compact(rest)):
        told = said_by(part)
        if told is not None:
            said |= told
        elif part in _AMOUNTS and parts:
            said |= Said(growth=False)
        elif not parts and not area and _PLACE_SEGMENT.fullmatch(part):
            area = part
        else:
            parts.append(part)
    if not parts:
        return _settled(text, "", (), said, unit, area, lexicon)
    name, ids, told, place = _named(parts, lexicon.ids)
    if not ids and (match := _RATIO.search(name)) and lexicon.ids.get(_key(name[: match.start()])):
        told |= Said(role=Role.SHARE)  # 营业收入利润率 is no revenue
    return _settled(text, name, ids, said | told, unit, area or place, lexicon)


def _parted(text: str) -> Iterator[str]:
    """Yield what stands between brackets, strokes and colons.

    A dash parts only words around a name: 累计-同比增长, 出口额-金额.
    """
    for part in _PARTING.split(text):
        pieces = [piece for piece in part.split("-") if piece]
        worded = (piece in _AMOUNTS or said_by(piece) is not None for piece in pieces)
        if len(pieces) > 1 and said_by(part) is None and any(worded):
            yield from pieces
        elif bare := part.strip("-"):
            yield bare


def _opened(shown: str) -> tuple[str, bool]:
    """Return a label without numbering and marks before it, and whether it said 其中."""
    of_which = False
    while True:
        if match := _OF_WHICH.match(shown):
            of_which = True
        else:
            match = _NUMBERING.match(shown)
        if not match or match.end() == len(shown):
            return shown, of_which
        shown = shown[match.end() :]


def _named(
    parts: list[str], known: Mapping[str, tuple[str, ...]]
) -> tuple[str, tuple[str, ...], Said, str]:
    """Return name, ids, what the words around the name say, and the place before it."""
    whole = "".join(parts)
    name, ids, said, place = _matched(whole, known)
    if ids or len(parts) == 1:
        return name, ids, said, place
    each = [_matched(part, known) for part in parts]
    if each[0][1] and all(entry[1] == each[0][1] for entry in each):
        for entry in each[1:]:
            said = each[0][2] | entry[2]
        return each[0][0], each[0][1], said, each[0][3]
    return name, (), said, place


def _matched(
    part: str, known: Mapping[str, tuple[str, ...]]
) -> tuple[str, tuple[str, ...], Said, str]:
    """Match a name, else without the qualifiers around it, fewest removed first."""
    seen = {part}
    waiting = [(part, Said(), "")]
    longest: tuple[str, Said, str] = (part, Said(), "")
    for name, said, place in waiting:
        if ids := known.get(_key(name)):
            return name, ids, said, place
        if len(name) < len(longest[0]):
            longest = name, said, place
        following = [(rest, told, place) for rest, told in shorter(name)]
        if not place and (match := _PLACE.match(name)) and match.end() < len(name):
            following.append((name[match.end() :], Said(), match.group()))
        for rest, told, where in following:
            if rest not in seen and len(seen) < 200:
                seen.add(rest)
                waiting.append((rest, said | told, where))
    return longest[0], (), longest[1], longest[2]


def _settled(
    text: str,
    name: str,
    ids: tuple[str, ...],
    said: Said,
    unit: Unit | None,
    area: str,
    lexicon: _Lexicon,
) -> Label:
    """Put a label together; where unit and words meet, decide what they mean."""
    currency = said.currency or (currency_of(unit.code) if unit else "") or None
    if currency == "USD":
        ids = tuple(_in_dollars(id_, lexicon) for id_ in ids)
    role, growth = Role.LAST_YEAR if said.last_year else said.role, said.growth
    if unit and unit.code == "USD" and role is Role.GROWTH:
        unit = None  # 同比增长(美元) is growth in dollars, not a number of them
    if unit and role is Role.GROWTH and unit.code not in ("%", "times"):
        role, growth = (Role.PACE if unit.code == "pp" else Role.CHANGE), None
    if role is not None and role not in FIGURES:
        growth = None
    elif growth is None and unit and not said.last_year:
        growth = {"%": True}.get(unit.code, None if unit.code == "pp" else False)
    return Label(
        text=text,
        name=name,
        indicators=ids,
        role=role,
        growth=growth,
        reach=said.reach,
        unit=unit,
        price=said.price,
        coverage=said.coverage,
        currency=currency,
        status=said.status,
        index=said.index,
        of_which=said.of_which,
        last_year=said.last_year,
        area=area,
    )


def _in_dollars(id_: str, lexicon: _Lexicon) -> str:
    """Return the indicator that is the same in US dollars where the catalogue has one."""
    for name in _all_names(lexicon.catalogue[id_]):
        for suffix in _DOLLARS:
            if found := lexicon.ids.get(_key(name + suffix)):
                return found[0]
    return id_


def _all_names(indicator: Indicator) -> tuple[str, ...]:
    name, short = indicator.name, indicator.short
    return (name.zh, name.en, short.zh, short.en, *indicator.aliases)


def _key(name: str) -> str:
    """Return what two spellings of one name share."""
    key = re.sub(r"[^\w&]|_", "", compact(name))
    return key.replace("规模以上", "规上").replace("工业企业", "工业")
