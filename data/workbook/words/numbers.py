"""Numbers as tables write them: 1,234.5, 下降2.1%, (2.1), 增长1.5倍, 持平; and words for none."""

from __future__ import annotations

import math
import re
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from data.workbook.book import Cell
from data.workbook.words.normalise import compact, plain
from data.workbook.words.units import parse_unit

LARGEST = 1e100
"""A number beyond this is a slip."""


class Number(NamedTuple):
    """A number as read.

    Attributes
    ----------
    value
        Signed as its words say: 下降2.1% is -2.1, 增长1.5倍 is 150.
    unit
        Catalogue code of the unit that stands in the cell itself, ``times`` for 2.5倍 without
        a word of growth, empty where there is none.
    growth_word
        Whether the cell says 增长, 下降, 持平 or the like, so that it can only be growth.
    estimate
        Whether the cell says 预计 or the like.
    """

    value: float
    unit: str = ""
    growth_word: bool = False
    estimate: bool = False


class Missing(Enum):
    """A cell that says there is no figure."""

    MISSING = "missing"


_MISSING = {
    "", "-", "--", ".", "..", "...", "......", "/", "//", "\\", "*", "#", "空", "空值", "无", "缺",
    "暂无", "暂缺", "无数据", "暂无数据", "缺失", "未公布", "未发布", "尚未公布", "暂未公布",
    "待公布", "待发布", "不详", "未统计", "未报", "待报", "尚无", "不适用", "保密", "X", "NA",
    "N/A", "N.A.", "N.A", "#N/A", "NULL", "NONE", "NAN", "NIL",
    "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "□", "(空)", "(无)",
}  # fmt: skip
_DIGITS = r"(?:[0-9]{1,3}(?:[,'][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_PLAIN = rf"(?P<digits>{_DIGITS})(?:E(?P<power>[+-]?[0-9]{{1,3}}))?"
_ROSE = r"正?增长|增加|上升|提高|上涨|增收|增|升|↑"
_FELL = r"负增长|同比?减少|减少|下降|降低|回落|下滑|下跌|减收|减|降|跌|↓"
_AGAINST = (
    r"(?:[比较与](?:上|去)年(?:同期|同月|同季)?(?:相比)?"
    r"|累计|当月|当季|全年|同比|名义|实际|基本|大约|约|近|增速|增幅|:|预[计测估]|估计)*"
)
_MARKS = (
    r"(?:左右|\*+|#|\([RP]\)|\((?:初步|修订|核实|调整)(?:数|值|后)?\)"
    r"|\((?:预[计测估]?|估计?)(?:数|值)?\)"
    r"|\((?:全[国省市区县]|排|位居|居|列){0,2}第[0-9一二三四五六七八九十]{1,3}[位名]?\))?"
)
_ESTIMATED = re.compile(r"预[计测估)]|估计|\(估")
_NUMBER = re.compile(
    rf"{_AGAINST}(?:(?P<rose>{_ROSE})|(?P<fell>{_FELL}))?(?:了|约|近)?"
    rf"(?P<open>\()?(?P<sign>[-+±负]?)¥?{_PLAIN}(?P<inside>%)?(?P<close>\))?(?P<unit>.{{0,12}}?){_MARKS}"
)
_LEVEL_WITH = re.compile(rf"{_AGAINST}(?:持平|不变|零增长)")
_FOLDS = {"番": 1, "一番": 1, "1番": 1, "两番": 2, "二番": 2, "2番": 2, "三番": 3, "3番": 3}
_FOLD = re.compile(rf"{_AGAINST}(?:增长)?翻(?:了)?(?P<folds>[一二两三123]?番)")
_TIMES_WORD = re.compile(
    rf"{_AGAINST}(?:增长|增加|上升|提高)(?:了|约|近)?(?P<times>[一二两三四五])倍"
)
_TIMES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_TIMES_OF = re.compile(r"[是为](?:上|去)年(?:同期)?的(?P<times>[0-9]+(?:\.[0-9]+)?)倍")
_SPACED = re.compile(r"[^0-9]*[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?(?![0-9 ])")


def parse_number(cell: Cell, percent_format: bool = False) -> Number | Missing | None:
    """Return the number of a cell, ``Missing`` where it says there is none, None otherwise.

    Parameters
    ----------
    percent_format
        Whether the spreadsheet shows the number as a percentage: 0.062 is 6.2 then.
    """
    if type(cell) is float:
        if abs(cell) <= LARGEST:
            return Number(clean(cell * 100), "%") if percent_format else Number(clean(cell))
        return Missing.MISSING if math.isnan(cell) else None
    if cell is None:
        return Missing.MISSING
    if isinstance(cell, (bool, date)):
        return None
    if isinstance(cell, (int, float)):
        return parse_number(float(cell), percent_format)
    return _of_text(cell)


def with_sign(cell: Cell, falls: str) -> Cell:
    """Return a cell with a minus sign for a mark that a note says stands for a fall: ▲1.0."""
    if isinstance(cell, str) and (bare := cell.strip()) and bare[0] in falls:
        return "-" + bare[1:].strip()
    return cell


def clean(value: float) -> float:
    """Return ``value`` without the noise of binary arithmetic: 6.199999999999999 is 6.2."""
    return float(f"{value:.12g}") + 0.0


@lru_cache(maxsize=65536)
def _of_text(text: str) -> Number | Missing | None:
    squeezed = compact(text)
    if squeezed in _MISSING:
        return Missing.MISSING
    if len(squeezed) > 40:
        return None
    estimate = _ESTIMATED.search(squeezed) is not None
    if worded := _in_words(squeezed):
        return worded._replace(estimate=estimate)
    match = _NUMBER.fullmatch(squeezed)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    if re.search(r"[0-9] [0-9]", shown := plain(text)) and not _SPACED.match(shown.lstrip("(")):
        return None  # two numbers, not one with thousands apart
    number = _signed(match)
    return number._replace(estimate=estimate) if number and estimate else number


def _in_words(squeezed: str) -> Number | None:
    """Return what is said without digits or as a multiple of last year."""
    if _LEVEL_WITH.fullmatch(squeezed):
        return Number(0.0, "%", growth_word=True)
    if match := _FOLD.fullmatch(squeezed):
        return Number(100.0 * (2 ** _FOLDS[match["folds"]] - 1), "%", growth_word=True)
    if match := _TIMES_WORD.fullmatch(squeezed):
        return Number(100.0 * _TIMES[match["times"]], "%", growth_word=True)
    if match := _TIMES_OF.fullmatch(squeezed):
        return Number(clean(100 * float(match["times"]) - 100), "%", growth_word=True)
    return None


def _signed(match: re.Match[str]) -> Number | None:
    """Return the number of a text that fits, None where signs or unit make no sense."""
    value = float(re.sub("[,']", "", match["digits"]) + "e" + (match["power"] or "0"))
    grew = bool(match["rose"] or match["fell"])
    negative = [match["sign"] in ("-", "负"), bool(match["open"]), bool(match["fell"])]
    if abs(value) > LARGEST or match["sign"] == "±" or (match["sign"] == "+" and match["open"]):
        return None
    if match["open"] and (match["sign"] or grew):
        return None
    written = (match["inside"] or "") + match["unit"]
    if written == "倍":
        value, unit = (clean(value * 100), "%") if grew else (value, "times")
    elif written:
        if (parsed := parse_unit(written)) in (None, "‰"):
            return None
        unit = parsed
    else:
        unit = ""
    value = -value if any(negative) else value  # 增长-2.1 is how some write a fall
    return Number(clean(value), unit, growth_word=grew)
