"""What a label says: which indicator, in which form, on which basis, in which unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from functools import lru_cache
from operator import attrgetter
from typing import Any

from data.workbook.words.heads import FIGURES, Head, head_of
from data.workbook.words.normalise import compact, plain
from data.workbook.words.periods import Reach
from data.workbook.words.units import currency_of, find_unit, per_something, unit_in_brackets
from forecasting.figures.indicator import Catalogue, Indicator, Measure, PriceBasis, Status


@dataclass(frozen=True, slots=True)
class Label:
    """What one text or several say of figures, except when they are of; None where nothing is.

    Attributes
    ----------
    ids, name
        The indicator: ids of the catalogue, normally one, or what remains of a label without
        units, forms, bases and numbering; both empty for a label such as ``增速(%)``.
    whole
        What the figures are a part of: the words of the row above 其中：民营.
    section
        The name of the section that its row stands in.
    nameless
        ``name`` is that of the sheet, for want of any.
    area, place
        Id of a known area, or the words that name a place: 全市, 山西省.
    sheet
        The sheet, where nothing in it names a place and the book names several.
    head
        What the row or column holds; figures of heads outside ``FIGURES`` are left out.
    growth, reach
        The form of its figures.
    frequency
        How often figures come: ``QUARTER`` says that a bare date is the end of a quarter.
    measure
        The form where a column of its own says it.
    units
        Every unit that is named, the nearest first.
    currency
        As written, or of the unit.
    index, hundred
        Figures are indices; it is written that last year = 100.
    last_year
        Figures are those of the same period of the year before.
    unknown
        The words for which figures are left out: neither ours nor a place.
    exact
        The basis is stated in columns of its own, as our exports do: nothing is read into it.
    """

    ids: tuple[str, ...] = ()
    name: str = ""
    whole: str = ""
    section: str = ""
    nameless: bool = False
    area: str = ""
    place: str = ""
    sheet: str = ""
    head: Head | None = None
    growth: bool | None = None
    reach: Reach | None = None
    frequency: Reach | None = None
    measure: Measure | None = None
    units: tuple[str, ...] = ()
    price: PriceBasis | None = None
    coverage: str | None = None
    currency: str | None = None
    status: Status | None = None
    publisher: str = ""
    index: bool = False
    hundred: bool = False
    last_year: bool = False
    unknown: str = ""
    exact: bool = False

    @property
    def named(self) -> bool:
        """Whether it says which indicator, known or not."""
        return bool(self.ids or self.name)

    @property
    def full_name(self) -> str:
        """The name with what it is a part of: 民营 alone could be of anything."""
        return f"{self.whole}：{self.name}" if self.whole and self.name else self.name

    @property
    def left_out(self) -> bool:
        """Whether figures are of a kind that is not read: ranks, plans, shares."""
        return self.head is not None and self.head not in FIGURES


NOTHING = Label()
_FIELDS = tuple(field.name for field in fields(Label))
_VALUES = attrgetter(*_FIELDS)
_ORDER = {head: place for place, head in enumerate(Head)}
_IDS, _NAME, _WHOLE, _AREA, _PLACE, _HEAD, _UNITS = map(
    _FIELDS.index, ("ids", "name", "whole", "area", "place", "head", "units")
)
_DOMINANT = tuple(map(_FIELDS.index, ("index", "hundred", "exact")))
_DOMINANT_NEAR = (*_DOMINANT, *map(_FIELDS.index, ("last_year", "growth")))
"""Fields that hold for a figure if row or column says so: 完成额 of a row under 增速 is growth."""


def joined(near: Label, far: Label, *, far_away: bool = False) -> Label:
    """Return what two texts say together; where they differ, what the nearer says.

    Parameters
    ----------
    far_away
        Whether ``far`` is said of a whole table: it only fills what nearer texts leave open.
    """
    if far is NOTHING or near is NOTHING:
        return near if far is NOTHING else far
    # As lists of values: most of the time of a long table with unknown labels is spent here.
    mine, theirs = _VALUES(near), _VALUES(far)
    both: list[Any] = [
        one if one or one is False else other for one, other in zip(mine, theirs, strict=True)
    ]
    for place in _DOMINANT if far_away else _DOMINANT_NEAR:
        both[place] = mine[place] or theirs[place] or both[place]
    if near.units and far.units:
        units = (*near.units, *far.units)
        # 实际使用外资（美元） in 万美元: the nearer text names the money alone.
        of_money = near.units == ("USD",) and any(unit.endswith(" USD") for unit in far.units)
        both[_UNITS] = tuple(dict.fromkeys(reversed(units) if of_money else units))
    if near.named:
        both[_IDS], both[_NAME] = near.ids, near.name
        both[_WHOLE] = near.whole
    if near.area or near.place:
        both[_AREA], both[_PLACE] = near.area, near.place
    heads = [head for head in (near.head, far.head) if head is not None and not far_away]
    both[_HEAD] = max(heads, key=_ORDER.__getitem__, default=near.head)
    return Label(*both)


_LEVEL = Label(head=Head.LEVEL, growth=False)
_GROWTH = Label(head=Head.GROWTH, growth=True)
_YTD, _QUARTER, _MONTH = (Label(reach=reach) for reach in (Reach.YTD, Reach.QUARTER, Reach.MONTH))
_LEVEL_YTD, _LEVEL_QUARTER, _LEVEL_MONTH, _LEVEL_SINGLE, _LEVEL_END = (
    Label(head=Head.LEVEL, growth=False, reach=reach)
    for reach in (Reach.YTD, Reach.QUARTER, Reach.MONTH, Reach.SINGLE, Reach.END)
)
_LAST = Label(head=Head.LAST_YEAR, last_year=True)
_INDEX = Label(head=Head.GROWTH, growth=True, index=True)
_PACE, _PROGRESS = Label(head=Head.PACE), Label(head=Head.PROGRESS)
_REAL = Label(head=Head.GROWTH, growth=True, price=PriceBasis.COMPARABLE)
_NOMINAL = Label(head=Head.GROWTH, growth=True, price=PriceBasis.CURRENT)

_QUALIFIER_WORDS: tuple[tuple[Label, str], ...] = (
    (_GROWTH, "{比|较|与|同}{上|去}年{同期|同月|同季|同期相比|相比|} 同比 ± ±% %± 正负%"),
    (_GROWTH, "{增长|增减|升降|变动}{率|幅度|幅|情况|速度|速率|百分比|%|±%|±|}"),
    (_GROWTH, "增{速|幅}{%|±%|±|情况|}"),
    (_GROWTH, "同比% 同比{±|±%|+-%} 增长± 增减变动{%|}"),
    (_GROWTH, "%YOY %Y/Y YOY% Y/Y%"),
    (_GROWTH, "YOY Y/Y Y-O-Y YEAR-ON-YEAR YEARONYEAR GROWTH GROWTHRATE RATEOFGROWTH INCREASE"),
    (_REAL, "实际{增长|增速|增幅} 同比实际 REALGROWTH{RATE|}"),
    (_NOMINAL, "名义{增长|增速|增幅} 同比名义"),
    (_NOMINAL, "NOMINALGROWTH{RATE|}"),
    (_INDEX, "{以|}{上|去}年{同期|}{=|为}100{的|}{指数|} 指数 {INDEX|INDICES}{OF|}"),
    (replace(_INDEX, reach=Reach.MONTH), "{以|}{上|去}年同月{=|为}100{的|}{指数|}"),
    (replace(_INDEX, reach=Reach.QUARTER), "{以|}{上|去}年同季{=|为}100{的|}{指数|}"),
    (_INDEX, "{THE|}SAME{PERIOD|QUARTER|MONTH}{OF|}{THE|}{LAST|PRECEDING|PREVIOUS}YEAR=100"),
    (_INDEX, "{THE|}{LAST|PRECEDING|PREVIOUS}YEAR=100"),
    (_LAST, "{上|去}年{同期|同月|同季|}{累计|实际|完成|}{数|值|额|} 同期{数|值}"),
    (_LAST, "{THE|}SAMEPERIOD{OF|}{THE|}{LAST|PREVIOUS}YEAR {LAST|PREVIOUS}YEAR"),
    (_LEVEL_YTD, "{本期|本年|本月止|}累计{绝对|}{值|数|额|量|完成|完成额|完成值|总量|总额}"),
    (_LEVEL_YTD, "本{期|年}累计"),
    (_LEVEL_YTD, "{自|}年初{至今|至本月|至本期|起|}累计 {本月|本期|截至本月}{止|}累计"),
    (_LEVEL_YTD, "1{-|至}{本|当}月{止|}累计"),
    (_LEVEL_YTD, "本年完成{额|}"),
    (_YTD, "累计 本年 {自|}年初{至今|至本月|以来} 1{-|至}{本|当}月 {本期|本月}止"),
    (_YTD, "YTD YEARTODATE YEAR-TO-DATE ACCUMULATED ACCUMULATIVE CUMULATIVE ACCUMULATION"),
    (_LEVEL_MONTH, "{本|当}月{完成|}{值|数|额|量|完成|绝对值|发生额}"),
    (_MONTH, "{本|当|单}月 CURRENTMONTH MONTHLY"),
    (_LEVEL_QUARTER, "{本|当|单}季{度|}{完成|}{值|数|额|量|完成|绝对值|发生额}"),
    (_QUARTER, "{本|当|单}季{度|} SINGLEQUARTER CURRENTQUARTER"),
    (_LEVEL, "{本期|报告期|}绝对{值|数|额|量} 总量 {本期|报告期}{完成|}{值|数|额|量}"),
    (_LEVEL, "实绩{数|值|额|} 本期 报告期"),
    (_LEVEL_SINGLE, "当期{完成|}{值|数|额|量|完成|绝对值|发生额|} CURRENTPERIOD"),
    (_LEVEL_END, "{期|年|季|月}末{值|数|余额}"),
    (_LEVEL, "{实际|}完成{值|数|额|量|情况} CURRENTVALUE LEVEL ABSOLUTEVALUE"),
    (Label(head=Head.CHANGE), "增减{额|量|值|数} 增加{额|量} 增量 净增{额|} 增收额 增长{额|量}"),
    (Label(head=Head.CHANGE), "绝对增量"),
    (Label(head=Head.CHANGE), "{比|较}{年|月|季}初{增减|增加|净增|增长|变动|变化|}{额|量|%|}"),
    (Label(head=Head.CHANGE), "{比|较}上{年|月|季}末{增减|增加|净增|增长|变动|变化|}{额|量|%|}"),
    (_PACE, "{增速|增幅|}{比|较}上{月|季度|季|期|年同期|年|年全年}{增速|}"),
    (_PACE, "{增速|增幅|}{比|较}上{月|季度|季|期|年同期|年|年全年}{增速|}{加快|回落|提高}"),
    (_PACE, "{增速|增幅|}{比|较}上{月|季度|季|期|年同期|年|年全年}{增速|}{变动|变化|增减|提升}"),
    (_PACE, "{加快|回落|提高|变动|变化|增减|提升|高于|低于|}{个|}百分点"),
    (_PACE, "增{速|幅}{变动|变化|增减|加快|回落}"),
    (_PACE, "{增速|}{比|较|高于|低于}全{国|省|市|区}{平均|水平|}"),
    (Label(head=Head.CHAIN), "{累计|}环比{增长|增速|增减|±|} {比|较}上{月|季|季度}增长 QOQ MOM"),
    (Label(head=Head.CHAIN), "Q/Q M/M"),
    (Label(head=Head.RANK), "{增速|总量|全市|全省|全国|省内|市内|增幅|}{排名|位次|排位|名次}"),
    (Label(head=Head.RANK), "RANK RANKING"),
    (Label(head=Head.TARGET), "{年度|全年|季度|本年|}{目标|计划|任务|预算}{任务|值|数|增速|增长|}"),
    (Label(head=Head.TARGET), "目标增{速|长}"),
    (Label(head=Head.TARGET), "预期目标 考核目标 TARGET PLAN BUDGET"),
    (_PROGRESS, "{完成|占}{年度|全年|年|年初|}{目标|计划|预算|任务}{的|任务|}{比例|比重}"),
    (_PROGRESS, "{完成|占}{年度|全年|年|年初|}{目标|计划|预算|任务}{的|任务|}{进度|%|}"),
    (_PROGRESS, "完成{进度|率}"),
    (_PROGRESS, "{目标|计划|预算|任务|}{完成|}{进度|完成率} PROGRESS"),
    (Label(head=Head.SHARE), "{所|}占{全市|全省|全国|全区|GDP|}{的|}{比重|比|份额|比例} 比重"),
    (Label(head=Head.SHARE), "份额 占比 SHARE PROPORTION"),
    (Label(head=Head.CONTRIBUTION), "拉动{点|百分点|作用|增长|} {增长|}贡献{率|} CONTRIBUTION"),
    (Label(head=Head.AVERAGE), "{两|二|三|四|五}年{年均|平均}{增长|增速|} 年均{增长|增速|}"),
    (Label(head=Head.AVERAGE), "平均增{速|长}"),
    (Label(price=PriceBasis.COMPARABLE), "{按|以|}可比价{格|}{计算|计|口径|}{的|}"),
    (Label(price=PriceBasis.COMPARABLE), "COMPARABLEPRICE{S|} REAL"),
    (Label(price=PriceBasis.CONSTANT), "{按|以|}不变价{格|}{计算|计|}{的|} CONSTANTPRICE{S|}"),
    (Label(price=PriceBasis.CURRENT), "{按|以|}{现价|当年价|现行价}{格|}{计算|计|}{的|}"),
    (Label(price=PriceBasis.CURRENT), "名义"),
    (Label(price=PriceBasis.CURRENT), "CURRENTPRICE{S|} NOMINAL"),
    (Label(coverage="province_rule"), "{按|}省{级|定|}口径{计算|} PROVINCERULE"),
    (Label(coverage="city_rule"), "{按|}市{级|定|}口径{计算|} CITYRULE"),
    (Label(coverage="comparable_scope"), "{按|}{可比口径|同口径}{计算|} COMPARABLESCOPE"),
    (Label(coverage="comparable_scope"), "COMPARABLEBASIS"),
    (Label(coverage="same_firms"), "{按|}同口径企业{计算|} SAMEFIRMS"),
    (Label(coverage="natural"), "{按|}自然口径{计算|}"),
    (Label(coverage="legal_entity"), "{按|}法人{单位|}口径{计算|}"),
    (Label(coverage="in_place"), "{按|}{在地|属地}口径{计算|}"),
    (Label(coverage="all_levels"), "{按|}全口径{计算|}"),
    (Label(coverage="net_of_refunds"), "{扣除|剔除|还原}{增值税|}{留抵|}退税{影响|因素|}{后|}"),
    (Label(currency="CNY"), "{按|以|}人民币{计价|计算|计|}{的|} RMB CNY"),
    (Label(currency="USD"), "{按|以|}美元{计价|计算|计|}{的|} USD US$ INUSDOLLARS"),
    (Label(status=Status.PUBLISHED), "已{公布|发布} 正式{数|数据|发布|} 公布数"),
    (Label(status=Status.PUBLISHED), "{最终核实|年报|定案}数 FINAL PUBLISHED"),
    (Label(status=Status.FLASH), "{内部|}快报{数|数据|} 内部{资料|数据|}"),
    (Label(status=Status.FLASH), "初步{核算|统计|}{数|数据|} FLASH PRELIMINARY"),
    (Label(status=Status.ESTIMATE), "预{计|测|估}{完成|}{数|值|数据|} 估{计|算}{数|值|}"),
    (Label(status=Status.ESTIMATE), "ESTIMATE{D|} FORECAST"),
)  # fmt: skip


def _spelled(word: str) -> Iterator[str]:
    """Yield every word that a pattern stands for: ``{a|b|}`` is a, b or nothing."""
    match = re.search(r"\{([^{}]*)\}", word)
    if match is None:
        yield word
        return
    for choice in match[1].split("|"):
        yield from _spelled(word[: match.start()] + choice + word[match.end() :])


QUALIFIERS: Mapping[str, Label] = {
    word: label
    for label, patterns in reversed(_QUALIFIER_WORDS)
    for pattern in patterns.split()
    for word in _spelled(pattern)
}
_LONGEST = max(map(len, QUALIFIERS))


def qualifiers_of(text: str) -> Label | None:
    """Return what a text of qualifiers alone says, None for any other."""
    reached: dict[int, Label] = {0: Label()}
    for start in range(len(text)):
        if start in reached:
            # Longest words first: 累计增长 is not 累计增 and 长.
            for end in range(min(len(text), start + _LONGEST), start, -1):
                if (label := QUALIFIERS.get(text[start:end])) and end not in reached:
                    reached[end] = joined(reached[start], label)
    return reached.get(len(text))


def shorter(text: str) -> Iterator[tuple[str, Label]]:
    """Yield a text without the qualifier at its end or at its start, longest first."""
    for length in range(min(_LONGEST, len(text) - 1), 0, -1):
        if label := QUALIFIERS.get(text[-length:]):
            yield text[:-length], label
        if label := QUALIFIERS.get(text[:length]):
            yield text[length:], label


_MARKS = r"[★☆*·•●○■□▲△◆◇→>+\-'\"“”、.\s]+"
_NUMBERING = re.compile(
    rf"(?:{_MARKS}|[一二三四五六七八九十]{{1,3}}[、.]|\((?:[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})\)"
    r"|[0-9]{1,2}(?:[、)]|\.(?![0-9])|\.[0-9]{1,2}(?=[^0-9.%]))|[IVX]{1,4}[、.])"
)
_OF_WHICH = re.compile(r"(?:其中|#|OF WHICH|INCLUDING)[:,]?\s*", re.IGNORECASE)
_PLACE_BEFORE = re.compile(
    r"(?:全(?:市|区|县|省|国|州|旗|开发区)|[本我](?:市|区|县|省|国|州)|(?:经济技术|高新|经济)?开发区|中国|地方|区内|辖区)"
)
_PLACE_SEGMENT = re.compile(
    r"[\u3400-\u9fff]{1,10}(?:省|市|区|县|州|盟|旗)|中国|全国|CHINA"
    r"|北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆"
    r"|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PARTING = re.compile(r"[:_|;,/()\[\]【】<>、]+")
_BALANCE = "余额"
"""As a head of its own a stock at the end of a period; in 贷款余额 it belongs to the name."""
_OTHER_BASE = re.compile(r"(?:[0-9]{4}年?|上[月季期]|前[月季期])=100")
"""An index whose base is not last year: figures of several bases are no series."""
_IN_PERCENT = re.compile(r"(?<!增速)(?<!增幅)[比较]上年(?:同期)?(?:增减|变动|变化|升降)")
"""A change since last year, which in percent is growth; of a rate it is a difference of two."""
_AMOUNTS = frozenset({"金额", "数值", "数额", "绝对额", "AMOUNT", "VALUE"})
"""Heads of level columns beside growth; after a name they mean its level."""
_RATIO = re.compile(r"(?:利润|成本|费用|负担|产出|投入)?率$|占比$|比重$|比例$|系数$|弹性$")
_RATIO_NAME = re.compile(
    r"(?:率|占比|比重|比例|系数|弹性|密度|单价|均价|价格|指数|PMI|PERCENTAGE|RATIO|RATE|PRICE|INDEX)$"
    r"|存贷比$|^每[十百千万]"
)
_WHOLE_NAME = re.compile(r"自然增长率$")
"""A name that holds a word of growth and is a rate."""
_STOCK_NAME = re.compile(
    r"(?<=[\u3400-\u9fff])(?:余额|结余|库存|存栏|在栏)$"
    r"|[期年月季]末|年中|[户常][籍住](?:总?人口|人口数)$|^总?人口(?:数|总数)?$"
    r"|^M[0-2]$|货币供应量$|(?<!固定)(?:资产|负债)(?:总[计额]|合计)?$|装机容量$"
    r"|^(?!.*(?:新[增设登注开]|净增)).*(?:企业|单位)(?:单位|个)?数$"
    r"|行政区域(?:土地)?面积$"
)
"""A rate named with 期末 is a ratio all the same."""
_ALIKE = 0.5
"""Names of which so much is the same are offered before others."""
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


def similar(name: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return up to five ids whose names look most like ``name``, most alike first."""
    key = _key(name)
    alike = {
        indicator.id: max(_likeness(key, _key(known)) for known in _all_names(indicator))
        for indicator in catalogue.indicators.values()
    }
    ranked = sorted(alike, key=lambda id_: -alike[id_])
    return tuple(id_ for id_ in ranked[:5] if alike[id_] >= _ALIKE)


def _likeness(key: str, known: str) -> float:
    """Return how alike two names are; 0 of two with too few letters in common, unmeasured."""
    shared = sum(map(known.__contains__, key))
    if 2 * shared < _ALIKE * (len(key) + len(known)):
        return 0.0
    return SequenceMatcher(None, key, known).ratio()


def form_of(label: Label, usual: Collection[Measure] = ()) -> Measure | None:
    """Return ``RATIO`` or ``LEVEL_END`` where figures are ratios or of a stock; None of a flow.

    Rates, indices, prices and densities are ratios: 失业率, PMI, 元/吨. 贷款余额 is a stock at the
    end of a period. What a head calls growth is growth, also of these.

    Parameters
    ----------
    usual
        The forms of the indicator, where the label is of a known one.
    """
    if label.measure is not None:
        return Measure.RATIO if label.measure is Measure.RATIO else None
    ratio, stock = Measure.RATIO in usual, Measure.LEVEL_END in usual
    if not usual:
        ratio, stock = _form_of_name(label.name)
        stock = stock or label.reach is Reach.END
        ratio = ratio or label.index or "‰" in label.units[:1]
        ratio = ratio or any(map(per_something, label.units[:1]))
    as_growth = label.head is Head.GROWTH or label.units[:1] == ("times",)
    if ratio and not (as_growth and (label.hundred or not label.index)):
        return Measure.RATIO
    return Measure.LEVEL_END if stock and not ratio else None


@lru_cache(maxsize=65536)
def _form_of_name(name: str) -> tuple[bool, bool]:
    """Return whether a name is of a ratio, and whether of a stock."""
    key = compact(name)
    return bool(_RATIO_NAME.search(key)), bool(_STOCK_NAME.search(key))


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
    shown = without_numbering(plain(text))
    if head := head_of(shown):
        return Label(head=head)
    if ids := lexicon.ids.get(_key(shown)):
        return _decided(text, Label(ids=ids), "", lexicon)
    unit, rest = find_unit(shown) or unit_in_brackets(shown) or ("", shown)
    label, place = NOTHING, ""
    parts: list[str] = []
    for part in _parted(compact(rest)):
        words = qualifiers_of(part)
        if words is not None:
            label = joined(label, words)
        elif part == _BALANCE:
            label = joined(label, _LEVEL_END)
        elif _OTHER_BASE.fullmatch(part):
            label = joined(label, Label(head=Head.OTHER_FORM))
        elif part in _AMOUNTS and parts:
            label = joined(label, Label(growth=False))
        elif not parts and not place and _PLACE_SEGMENT.fullmatch(part):
            place = part
        else:
            parts.append(part)
    if parts:
        named = _named(parts, lexicon.ids)
        whole = f"{named.name}指数"
        if named.index and not named.ids and whole in compact(text) and "100" not in text:
            named = replace(named, name=whole)  # 空气质量综合指数 is no index of another indicator
        ratio = _RATIO.search(named.name)
        if ratio and lexicon.ids.get(_key(named.name[: ratio.start()])):
            named = replace(named, head=Head.SHARE)  # 营业收入利润率 is no revenue
        label = joined(label, replace(named, name=_as_written(named.name, shown)))
    return _decided(text, replace(label, place=place or label.place), unit, lexicon)


def _as_written(name: str, shown: str) -> str:
    """Return an English name as a label writes it, the same where it is made up of parts."""
    letters = "".join(filter(str.isalnum, name))
    places = [place for place, letter in enumerate(shown) if letter.isalnum()]
    start = "".join(shown[place].upper()[:1] for place in places).find(letters)
    if not letters or start < 0 or _CHINESE.search(name):
        return name
    return shown[places[start] : places[start + len(letters) - 1] + 1]


def _parted(text: str) -> Iterator[str]:
    """Yield what stands between brackets, strokes and colons.

    A dash parts only words around a name: 累计-同比增长, 出口额-金额.
    """
    for part in _PARTING.split(text):
        pieces = [piece for piece in part.split("-") if piece]
        worded = (piece in _AMOUNTS or qualifiers_of(piece) is not None for piece in pieces)
        if len(pieces) > 1 and qualifiers_of(part) is None and any(worded):
            yield from pieces
        elif bare := part.strip("-"):
            yield bare


def is_part(text: str) -> bool:
    """Return whether a label says that it is a part of the one above: 其中：民营."""
    return _OF_WHICH.match(plain(text)) is not None


def without_numbering(shown: str) -> str:
    """Return a label without numbering, marks and 其中 before it."""
    while (match := _OF_WHICH.match(shown) or _NUMBERING.match(shown)) and match.end() < len(shown):
        shown = shown[match.end() :]
    return shown


def _named(parts: list[str], known: Mapping[str, tuple[str, ...]]) -> Label:
    """Return what the parts of a label say that are no qualifiers: together, else alike."""
    label = _matched("".join(parts), known)
    if label.ids or len(parts) == 1:
        return label
    first, *others = (_matched(part, known) for part in parts)
    if not first.ids or any(other.ids != first.ids for other in others):
        return label
    for other in others:
        first = joined(first, other)
    return first


def _matched(part: str, known: Mapping[str, tuple[str, ...]]) -> Label:
    """Match a name, else without the qualifiers around it, fewest removed first."""
    seen = {part}
    waiting = [(part, NOTHING)]
    shortest = waiting[0]
    for name, around in waiting:
        if ids := known.get(_key(name)):
            return replace(around, ids=ids)
        if len(name) < len(shortest[0]) and not _WHOLE_NAME.search(shortest[0]):
            shortest = name, around
        following = [(rest, joined(around, words)) for rest, words in shorter(name)]
        match = None if around.place else _PLACE_BEFORE.match(name)
        if match and match.end() < len(name):
            rest, of_place = name[match.end() :], replace(around, place=match.group())
            words = _LEVEL if rest == "完成" or rest in _AMOUNTS else qualifiers_of(rest)
            if words is not None:  # 开发区累计, 开发区完成: no indicator
                return joined(of_place, words)
            following.append((rest, of_place))
        for rest, words in following:
            if rest not in seen and len(seen) < 200:
                seen.add(rest)
                waiting.append((rest, words))
    return replace(shortest[1], name=shortest[0])


def _decided(text: str, label: Label, unit: str, lexicon: _Lexicon) -> Label:
    """Return a label with its unit; where unit and words meet, decide what they mean."""
    currency = label.currency or currency_of(unit) or None
    if unit == "CNY" and "人民币" in text and "元" not in text:
        unit = ""  # （人民币） is money, in a unit that other texts name
    ids = label.ids
    if currency == "USD":
        ids = tuple(_in_dollars(id_, lexicon) for id_ in ids)
    head, growth = Head.LAST_YEAR if label.last_year else label.head, label.growth
    if unit == "USD" and head is Head.GROWTH:
        unit = ""  # 同比增长(美元) is growth in dollars, not a number of them
    if unit == "pp":
        head = Head.PACE
    elif unit == "%" and head is Head.PACE and _IN_PERCENT.search(compact(text)):
        head, growth = Head.GROWTH, True
    elif unit and head is Head.GROWTH and unit not in ("%", "times"):
        head = Head.CHANGE
    if head is not None and head not in FIGURES:
        growth = None
    elif growth is None and unit and not label.last_year:
        growth = unit == "%"
    return replace(
        label, ids=ids, head=head, growth=growth, currency=currency,
        units=(unit,) if unit else (), hundred=label.index and "100" in compact(text),
    )  # fmt: skip


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


@lru_cache(maxsize=65536)
def _key(name: str) -> str:
    """Return what two spellings of one name share."""
    key = re.sub(r"[^\w&]|_", "", compact(name))
    return key.replace("规模以上", "规上").replace("工业企业", "工业")
