"""What one head or label says of figures, and of which period they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from data.workbook.book import Cell
from data.workbook.words.heads import Head
from data.workbook.words.labels import (
    NOTHING,
    Label,
    is_part,
    joined,
    parse_label,
    qualifiers_of,
    without_numbering,
)
from data.workbook.words.normalise import compact, plain
from data.workbook.words.periods import (
    Period,
    Reach,
    find_period,
    find_year,
    has_other_range,
    is_day,
    parse_period,
    parse_year,
)
from data.workbook.words.places import Places, may_be_place, place_of
from data.workbook.words.units import as_written, find_unit, find_units, parse_unit
from forecasting.figures import spelling
from forecasting.figures.indicator import Catalogue, Status

TIMES = (Head.PERIOD, Head.YEAR, Head.QUARTER, Head.MONTH)
_INDEX_OF = re.compile(r"\bind(?:ex|ices) of (?:the )?", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(1[0-2]|0[1-9])/((?:19|20)[0-9]{2})")
_BILINGUAL = re.compile(
    r"([^A-Za-z]*[\u3400-\u9fff][^A-Za-z]*?)\s+[A-Z][A-Za-z][A-Za-z ,.&'-]{3,}$"
)
_YOY = re.compile(r"\by/y\b|\by-o-y\b", re.IGNORECASE)
_TOTAL = re.compile(r"(?<=[\u3400-\u9fff]{2})\s*(?:合计|总计)(?=\s*$|[(（])")
_THIS_YEAR = re.compile(r"^(?:今年|本年|当年)(?:以来)?\s*")
_AGAINST = ("比", "较", "与")
"""What remains of 比1-8月: a difference from the period before."""
_WORDS = """
        金额 数额 数量 电量 用电量 完成 完成情况 投资额 收入 收入额 指标 指标值 实绩 实际 合计
        总计 小计 总额 全部 本级 数据 数值 幅度 速度 比例 百分比 情况 水平 完成投资 完成投资额
        投资完成额 投资 产值 零售额 进出口额 税额 绝对 相对 人民币 本币
        主要指标 年 月 季 年度 季度 月度 AMOUNT VALUE TOTAL FIGURE FIGURES ACTUAL DATA
    """
_PLAIN_NAMES = frozenset(_WORDS.split())
_OF_A_KIND = {"投资额", "收入额", "完成投资额", "产值", "零售额", "进出口额", "税额"}
_TOTALS = {"合计", "总计", "小计", "总和", "平均", "TOTAL", "ALL"}
_PLACE = re.compile(r"(?:[省市县区州盟旗镇乡园国]|街道|部|地区)$|^[A-Z][A-Za-z .]{2,}$")
_OFFICIAL = re.compile(
    r"国家统计局|海关总署|财政部|中国人民银行|商务部|国家能源局|NATIONALBUREAUOFSTATISTICS|NBS|GENERALADMINISTRATIONOFCUSTOMS|MINISTRYOF"
)
_KIND_OF_AREA = re.compile(r"(?<=[\u3400-\u9fff])[区省市县州盟旗]")
_LONGEST_AREA = 12
_SOURCE = re.compile(r"^(?:数据|资料)?来源\s*:|^(?:DATA )?SOURCES?\s*:", re.IGNORECASE)
_IS_OFFICE = re.compile(
    r"[\u3400-\u9fff]{0,14}(?:统计局|财政局|商务[局厅]|税务局|调查[总大]?队|管委会|人民政府)"
    r"|国家统计局|海关总署|财政部|商务部|中国人民银行|国家外汇管理局|国家能源局|国家税务总局"
)
"""A text that is the name of an office and nothing else is no indicator."""
_CODE = re.compile(r"[a-z_]{3,}")
_MEASURES = spelling.codes_by_word(spelling.MEASURES)
_PRICES = spelling.codes_by_word(spelling.PRICES)
_COVERAGES = spelling.codes_by_word(spelling.COVERAGES)
_CURRENCIES = spelling.codes_by_word(spelling.CURRENCIES)
_STATUSES = spelling.codes_by_word(spelling.STATUSES)
_FREQUENCIES = (
    (Reach.QUARTER, re.compile(r"^季|^QUARTER|^Q$")),
    (Reach.MONTH, re.compile(r"^月|^MONTH|^M$")),
    (Reach.YTD, re.compile(r"^年|^YEAR|^ANNUAL|^[YA]$")),
)
_PUBLISHERS = spelling.codes_by_word(spelling.PUBLISHERS)


def _unit_words(known: Iterable[str]) -> dict[str, str]:
    """Return units that are known by the code and by the words that exports write for it."""
    return {
        plain(word): code
        for code in (*known, *spelling.UNITS)
        for word in (code, *(spelling.unit_word(code, one) for one in spelling.LANGUAGES))
    }


class DatedLabel(NamedTuple):
    """What a text says of figures and when they are of; ``year`` of one that names no period."""

    label: Label = NOTHING
    period: Period | None = None
    year: int | None = None

    @property
    def any_year(self) -> int | None:
        """The year of the text, or of its period."""
        return self.year or (self.period.year if self.period else None)


class TextReader:
    """Reads texts, each once."""

    def __init__(self, catalogue: Catalogue, places: Places):
        self._catalogue = catalogue
        self._places = places
        self._units = _unit_words({entry.unit for entry in catalogue.indicators.values()})
        self.read = cache(self._read)
        self.read_in_column = cache(self._read_in_column)

    def name_of(self, id_: str) -> str:
        """Return the name of a known indicator."""
        return self._catalogue[id_].name.zh

    def _read(self, cell: Cell) -> DatedLabel:
        """Return what a head or a label says."""
        if cell is None or isinstance(cell, bool):
            return DatedLabel()
        if not isinstance(cell, str):
            year, period = parse_year(cell), parse_period(cell)
            if isinstance(cell, date) and period is None:
                return DatedLabel(Label(head=Head.DAY))
            return DatedLabel(year=year) if year else DatedLabel(period=period)
        if year := parse_year(cell):
            return DatedLabel(year=year)
        if match := _MONTH_YEAR.fullmatch(cell.strip()):
            cell = f"{match[2]}-{match[1]}"
        if period := parse_period(cell):
            return DatedLabel(period=period)
        if area := self._places.named(cell):
            return DatedLabel(Label(area=area))
        if is_day(cell):
            return DatedLabel(Label(head=Head.DAY))
        if self._places.of_china(cell):
            return DatedLabel(Label(place=plain(cell)))
        if not is_part(cell) and self._places.is_kind(bare := without_numbering(plain(cell))):
            return DatedLabel(Label(place=bare))  # 其中：开发区 is a part of the row above
        return self._of_words(cell)

    def _of_words(self, text: str) -> DatedLabel:
        text = _YOY.sub("YoY", _TOTAL.sub("", _INDEX_OF.sub("Index, ", text)))
        if ":" in (shown := plain(text)) and (dated := self._of_place(shown)):
            return dated
        source = _SOURCE.sub("", shown)
        if source != shown or _IS_OFFICE.fullmatch(compact(text)):
            return DatedLabel(published_by(source))
        whole = self._label(text)
        if whole.ids:
            return DatedLabel(whole)
        if whole.left_out:
            planned = find_year(text)  # of 2026年目标
            return DatedLabel(whole, year=planned[0] if planned else None)
        if has_other_range(text):
            return DatedLabel(Label(head=Head.UNKNOWN, unknown=plain(text)))
        period, year, rest = None, None, text
        if found := find_period(text):
            period, rest = found
            rest = _THIS_YEAR.sub("", rest)
        elif dated_ := find_year(text):
            year, rest = dated_
        if rest is not text and (not rest or parse_period(rest)):
            return DatedLabel(NOTHING, period, year)  # perhaps in two languages
        if rest in _AGAINST:
            return DatedLabel(Label(head=Head.PACE))
        label = whole if rest is text else self._label(rest)
        if label.name == "同期":
            label = replace(label, name="", head=Head.LAST_YEAR, last_year=True)
        if label.name and not label.area:
            label = self._of_area(rest, label)
        if label.name and (match := _BILINGUAL.match(plain(rest))):
            chinese = self._of_words(match[1]).label
            label = chinese if chinese.ids else label
        if label.last_year and period is not None and period.year is not None:
            label = replace(label, last_year=False, head=Head.LEVEL)  # 2025年1-9月(上年同期)
        return DatedLabel(label, period, year)

    def _of_place(self, shown: str) -> DatedLabel | None:
        """Return what vendors' 山西:临汾:GDP and GDP: ytd: Shanxi say, the finest place of all."""
        first, _, rest = shown.partition(":")
        if place := self._place(first):
            dated = self._of_words(rest)
            inner = Label(area=dated.label.area, place=dated.label.place)
            return dated._replace(label=joined(joined(inner, place), dated.label))
        rest, _, last = shown.rpartition(":")
        if place := self._place(last):
            dated = self._of_words(rest)
            return dated._replace(label=joined(place, dated.label))
        return None

    def _place(self, text: str) -> Label | None:
        """Return the area or other place that a whole text names."""
        word = text.strip()
        area = self._places.named(word)
        if area or (word and place_of(word) == word):
            return Label(area=area, place="" if area else word)
        return None

    def finer(self, one: Label, other: Label) -> Label:
        """Return the finer of two places that columns of a row name: 临汾市 beside 山西省."""
        depths = [self._places.depth(label.area) for label in (one, other)]
        if is_total(other.place) or (one.place and other.area):
            return one
        return other if not one.place and (other.place or depths[1] > depths[0]) else one

    def _label(self, text: str) -> Label:
        """Return what a label says, with the known area that its place is."""
        label = parse_label(text, self._catalogue)
        area = self._places.named(label.place) if label.place else ""
        if label.name and not area and (known := self._places.named(label.name)):
            return replace(label, name="", area=known, place="")
        return replace(label, area=area, place="") if area else label

    def _of_area(self, text: str, label: Label) -> Label:
        """Return what 临汾市固定资产投资 says, a place and an indicator that is known."""
        shown = plain(text)
        for name in self._places.names():
            if shown.startswith(name):
                rest = self._label(shown[len(name) :].lstrip("的 "))
                if rest.ids:
                    return replace(rest, area=self._places.named(name), place="")
        for kind in _KIND_OF_AREA.finditer(shown[:_LONGEST_AREA]):
            rest = self._label(shown[kind.end() :].lstrip("的 "))
            if rest.ids and may_be_place(shown[: kind.end()]):
                return replace(rest, place=shown[: kind.end()])
        return label

    def _read_in_column(self, head: Head, cell: Cell) -> DatedLabel:
        """Return what a label says in a column that holds labels of one kind."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return DatedLabel()
        if head in TIMES:
            return self._time(head, cell)
        if head in (Head.INDICATOR, Head.LABEL):
            return self.read(cell)
        return DatedLabel(self._attribute(head, str(cell)))

    def _attribute(self, head: Head, text: str) -> Label:
        """Return what a label of one kind says: an area, a unit, a status."""
        word = plain(text)
        if head is Head.AREA:
            area = self._places.named(text)
            unnamed = is_plain_name(text) and not is_total(word)
            return Label(area=area, place="" if area or unnamed else word)
        if head is Head.PUBLISHER:
            return published_by(text)
        if head is Head.FREQUENCY:
            return Label(frequency=frequency_of(word))
        if head is Head.UNIT:
            unit = self._units.get(word) or parse_unit(text)
            units = (unit,) if unit else find_units(text)
            stated = None if units else qualifiers_of(compact(word))
            if stated is not None and stated.index:  # 上年=100
                return replace(stated, hundred=True)
            units = units or tuple(filter(None, [as_written(text)]))
            return Label(units=units) if units else NOTHING
        if head is Head.MEASURE and word in _MEASURES:
            return Label(measure=_MEASURES[word])
        if head is Head.PRICE and word in _PRICES:
            return Label(price=_PRICES[word])
        if head is Head.COVERAGE:
            exact = _COVERAGES.get(word) or (word if _CODE.fullmatch(word) else None)
            stated = qualifiers_of(compact(word)) or NOTHING
            return Label(coverage=exact or stated.coverage, exact=bool(exact))
        if head is Head.CURRENCY and word in _CURRENCIES:
            return Label(currency=_CURRENCIES[word])
        if head is Head.STATUS and word in _STATUSES:
            return Label(status=_STATUSES[word])
        if head in (Head.MEASURE, Head.PRICE, Head.CURRENCY, Head.STATUS):
            return replace(self.read(text).label, ids=(), name="", area="", place="")
        return NOTHING

    def _time(self, head: Head, cell: Cell) -> DatedLabel:
        """Return the period of a label: a month column may hold 9, a quarter column 3."""
        if head is Head.YEAR and (year := parse_year(cell)):
            return DatedLabel(year=year)
        number = _small(cell)
        if head is Head.MONTH and 1 <= number <= 12:
            return DatedLabel(period=Period(None, number, Reach.UNSAID))
        if head is Head.QUARTER and 1 <= number <= 4:
            return DatedLabel(period=Period(None, number * 3, Reach.QUARTER))
        dated = self.read(cell)
        return dated._replace(label=without_name(dated.label))


def frequency_of(text: str) -> Reach | None:
    """Return how often figures come: monthly, by quarter, or ``YTD`` for once a year."""
    key = compact(text)
    return next((reach for reach, words in _FREQUENCIES if words.search(key)), None)


def published_by(source: str) -> Label:
    """Return what the source of figures says: those of the national offices are published."""
    publisher = _PUBLISHERS.get(plain(source), plain(source))
    official = bool(_OFFICIAL.search(compact(source)))
    return Label(publisher=publisher, status=Status.PUBLISHED if official else None)


def without_name(label: Label) -> Label:
    """Return a label that leaves the indicator to other texts."""
    return replace(label, ids=(), name="")


def of_a_kind(heads: Iterable[Cell]) -> str:
    """Return the plain name of a column that can be of some indicators only: 进出口额, 产值."""
    texts = (_label_words(head) for head in heads if isinstance(head, str))
    return next((text for text in texts if text in _OF_A_KIND), "")


def _label_words(head: str) -> str:
    found = find_unit(head)
    return compact(found[1] if found else head)


def is_plain_name(name: str) -> bool:
    """Return whether a name is one of no indicator in particular, such as 金额 or 合计."""
    return compact(name) in _PLAIN_NAMES


def is_place(name: str) -> bool:
    """Return whether a name that is none of ours looks like one of a place."""
    return _PLACE.search(compact(name)) is not None


def is_total(place: str) -> bool:
    """Return whether the label of an area is the sum of all areas of a table."""
    return compact(place) in _TOTALS


def shown(cell: Cell) -> str:
    """Return what a cell holds as a person sees it."""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, date):
        return cell.isoformat()
    return plain(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def _small(cell: Cell) -> int:
    """Return a whole number between 1 and 12, 0 for anything else."""
    if isinstance(cell, str):
        cell = float(cell) if cell.strip().isdigit() else None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 1 <= cell <= 12:
        return int(cell) if float(cell).is_integer() else 0
    return 0
