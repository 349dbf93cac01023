"""What columns and label cells say: claims and periods, in the order of the table."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from data.workbook.book import Cell
from data.workbook.read.claims import NOTHING, Claim, Teller, Told, joined
from data.workbook.read.lines import LineTeller
from data.workbook.read.places import Places
from data.workbook.tables.columns import FigureColumn
from data.workbook.tables.roles import Holds
from data.workbook.words import terms
from data.workbook.words.numbers import Number, parse_number
from data.workbook.words.periods import Period, Reach, parse_year
from data.workbook.words.qualifiers import Role
from data.workbook.words.text import compact, plain
from data.workbook.words.units import currency_of, parse_unit
from data.workbook.words.vocabulary import said_by
from forecasting.figures.indicator import Status

_WORDS = """
        金额 数额 数量 电量 用电量 完成 完成情况 投资额 收入 收入额 指标 指标值 实绩 实际 合计
        总计 小计 总额 全部 本级 数据 数值 幅度 速度 比例 百分比 情况 水平 完成投资 完成投资额
        投资完成额 投资 产值 零售额 进出口额 税额 绝对 相对 人民币 本币
        主要指标 年 月 季 年度 季度 月度 AMOUNT VALUE TOTAL FIGURE FIGURES ACTUAL DATA
    """
_PLAIN_NAMES = frozenset(_WORDS.split())
_OF_YEAR = {"本年", "今年", "本年数", "今年数"}
"""What heads this year's column beside 上年: below 本月 it is this year's month."""
_SINGLE = (Reach.MONTH, Reach.QUARTER)
_TOTALS = {"合计", "总计", "小计", "总和", "平均", "TOTAL", "ALL"}
WHEN = (Holds.PERIOD, Holds.YEAR, Holds.QUARTER, Holds.MONTH)
_VENDOR = {Holds.FREQUENCY, Holds.PUBLISHER}
"""What vendors' exports say above every column; they hold what has been published."""
_PLACE = re.compile(r"(?:[省市县区州盟旗镇乡园国]|街道|部|地区)$|^[A-Z][A-Za-z .]{2,}$")
_CODE = re.compile(r"[a-z_]{3,}")
_MEASURES = terms.meant(terms.MEASURES)
_PRICES = terms.meant(terms.PRICES)
_COVERAGES = terms.meant(terms.COVERAGES)
_CURRENCIES = terms.meant(terms.CURRENCIES)
_STATUSES = terms.meant(terms.STATUSES)
_UNITS = terms.meant(terms.UNITS)


class LabelTeller:
    """Reads the heads of figures and the labels of rows by what their column holds."""

    def __init__(self, teller: Teller, places: Places, lines: LineTeller):
        self._teller = teller
        self._places = places
        self._lines = lines
        self.labelled = cache(self._labelled)

    def column(self, column: FigureColumn) -> Told:
        """Return what stands above a column of figures, the lowest row first."""
        said = Told()
        heads = [(cell, self._head(cell)) for cell in reversed(column.heads)]
        single = any(told.claim.reach in _SINGLE for _, told in heads)
        for cell, told in heads:
            if single and isinstance(cell, str) and compact(cell) in _OF_YEAR:
                told = told._replace(claim=replace(told.claim, reach=None))
            said = beside(said, told)
        for holds, cell in column.about.items():
            said = beside(said, self.labelled(holds, cell))
        if column.about.keys() >= _VENDOR and said.claim.status is None:
            said = Told(replace(said.claim, status=Status.PUBLISHED), said.period, said.year)
        return said

    def tell(self, cell: Cell) -> Told:
        """Return what a text says that stands in no column of its own."""
        return self._teller.tell(cell)

    def placed(self, claim: Claim, title: Claim, among: Collection[str]) -> Claim:
        """Return a claim with the area that 合计 or a bare 开发区 means below a title.

        Parameters
        ----------
        among
            Areas of the other rows and columns: a sum of these is of none of them.
        """
        if not claim.place:
            return claim
        if is_total(claim.place):
            whole = title.area or ("" if title.place else self._places.own)
            return claim if whole in among else replace(claim, place="")
        area = self._places.of_kind(claim.place, title.area)
        return replace(claim, area=area, place="") if area else claim

    def _head(self, cell: Cell) -> Told:
        told = self._teller.tell(cell)
        if plain_name(told.claim.name):
            return Told(replace(told.claim, name=""), told.period, told.year)
        return told

    def _labelled(self, holds: Holds, cell: Cell) -> Told:
        """Return what a label says in a column that holds labels of one kind."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return Told()
        if holds in WHEN:
            return _when(holds, cell, self._teller)
        if holds in (Holds.INDICATOR, Holds.LABEL):
            return self._teller.tell(cell)
        return Told(self._attribute(holds, str(cell)))

    def _attribute(self, holds: Holds, text: str) -> Claim:
        """Return what a label of one kind says: an area, a unit, a status."""
        word = plain(text)
        if holds is Holds.AREA:
            area = self._places.named(text)
            plain_ = plain_name(compact(text)) and not is_total(word)
            return Claim(area=area, place="" if area or plain_ else word)
        if holds is Holds.PUBLISHER:
            return self._lines.published_by(text)
        if holds is Holds.UNIT:
            unit = word if word in self._teller.units else _UNITS.get(word)
            unit = unit or getattr(parse_unit(text), "code", "")
            return Claim(units=(unit,)) if unit else NOTHING
        if holds is Holds.MEASURE and word in _MEASURES:
            return Claim(measure=_MEASURES[word])
        if holds is Holds.PRICE and word in _PRICES:
            return Claim(price=_PRICES[word])
        if holds is Holds.COVERAGE:
            exact = _COVERAGES.get(word) or (word if _CODE.fullmatch(word) else None)
            return Claim(coverage=exact or _coverage(word), exact=bool(exact))
        if holds is Holds.CURRENCY and word in _CURRENCIES:
            return Claim(currency=_CURRENCIES[word])
        if holds is Holds.STATUS and word in _STATUSES:
            return Claim(status=_STATUSES[word])
        if holds in (Holds.MEASURE, Holds.PRICE, Holds.CURRENCY, Holds.STATUS):
            return replace(self._teller.tell(text).claim, ids=(), name="", area="", place="")
        return NOTHING


def plain_name(name: str) -> bool:
    """Return whether a name is one of no indicator in particular, such as 金额 or 合计."""
    return name in _PLAIN_NAMES


def is_place(name: str) -> bool:
    """Return whether a name that is none of ours looks like one of a place."""
    return _PLACE.search(name) is not None


def is_total(place: str) -> bool:
    """Return whether the label of an area is the sum of all areas of a table."""
    return compact(place) in _TOTALS


def with_currency(claim: Claim, cells: Sequence[Cell]) -> Claim:
    """Return what is said of a row with the currency that its cells or its unit are in.

    2905万美元 is in dollars, and its growth as well, under whatever title.
    """
    if claim.currency is not None:
        return claim
    written = (parse_number(cell) for cell in cells if isinstance(cell, str))
    units = [*claim.units, *(it.unit for it in written if isinstance(it, Number))]
    money = set(filter(None, map(currency_of, units)))
    return replace(claim, currency=money.pop()) if len(money) == 1 else claim


def elsewhere(claim: Claim) -> Claim:
    """Return what an unknown name beside a known indicator says: a place, or nothing of ours."""
    if claim.left_out:  # 年初预算 is a plan, whatever 年初 is
        return replace(claim, name="")
    if is_place(claim.name):
        return replace(claim, name="", place=claim.place or claim.name)
    return replace(claim, name="", role=Role.UNKNOWN, unknown=claim.name)


def beside(near: Told, far: Told) -> Told:
    """Return what two texts about one column or row say together."""
    claim = joined(near.claim, far.claim)
    period = near.period or far.period
    year = near.year or far.year
    if period is not None and period.year is None and year is None:
        other = far.period if near.period else None
        year = other.year if other else None
    return Told(claim, period, year)


def _coverage(word: str) -> str | None:
    said = said_by(compact(word))
    return said.coverage if said is not None else None


def _when(holds: Holds, cell: Cell, teller: Teller) -> Told:
    """Return the period of a label: a month column may hold 9, a quarter column 3."""
    if holds is Holds.YEAR and (year := parse_year(cell)):
        return Told(year=year)
    number = _small(cell)
    if holds is Holds.MONTH and 1 <= number <= 12:
        return Told(period=Period(None, number, Reach.UNSAID))
    if holds is Holds.QUARTER and 1 <= number <= 4:
        return Told(period=Period(None, number * 3, Reach.QUARTER))
    told = teller.tell(cell)
    return Told(replace(told.claim, ids=(), name=""), told.period, told.year)


def _small(cell: Cell) -> int:
    """Return a whole number between 1 and 12, 0 for anything else."""
    if isinstance(cell, str):
        cell = float(cell) if cell.strip().isdigit() else None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 1 <= cell <= 12:
        return int(cell) if float(cell).is_integer() else 0
    return 0
