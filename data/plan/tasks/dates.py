"""When tasks are due, as ledgers write it: 6月底, 三季度, 全年, 9月15日前, 长期."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime

from data.workbook.book import Cell
from data.workbook.words.normalise import compact
from data.workbook.words.periods import EARLIEST, LATEST, parse_period
from forecasting.plan.tasks import Due

_DIGITS = {digit: str(number) for number, digit in enumerate("一二三四五六七八九", 1)}
_DIGITS |= {"十": "10", "十一": "11", "十二": "12"}
_STANDING = re.compile(
    "(?:长期|常年|持续|常态化?|全年持续|日常|每[年季月周日天].*|随时)(?:坚持|推进|开展|进行|有效|化)*"
    "|LONG-?TERM|ONGOING|STANDING"
)
_AROUND = re.compile(
    r"^(?:预计|计划|力争|于|截至|不迟于)+|(?:之?前|以前|以内|内|止|完成|左右|办结)+$"
)
_YEAR = re.compile(r"^((?:19|20)[0-9]{2}|2100)(?:年度?|[-./](?=[0-9]))")
_NUMBER = re.compile("十[一二]?|[一二三四五六七八九](?=月|季)")
_DAY = re.compile(r"([0-9]{1,2})(?:月|[-./])([0-9]{1,2})(?:日|号)?")
_MONTH = re.compile(r"(?:[0-9]{1,2}月?[-至到])?([0-9]{1,2})月?份?(初|上旬|中旬|中|下旬|底|末)?")
_QUARTER = re.compile(r"(?:第|前)?(?:[1-4][-至到])?([1-4])个?季度?(?:底|末)?|Q([1-4])")
_WHOLE = re.compile(
    "全年|年?底|年?末|年?内|当年|本年|本年度|全年底|下半年(?:底|末)?|WHOLEYEAR|YEAREND|"
)
_HALF = re.compile("上半年(?:底|末)?|年中")
_TENTH, _TWENTIETH = ("初", "上旬"), ("中旬", "中")


def parse_due(cell: Cell, year: int) -> Due:
    """Return when a task is due; its text stays as it is written, whatever it can be told to mean.

    Parameters
    ----------
    year
        Of what names none.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return Due(text=cell.isoformat(), day=cell)
    text = str(cell).strip() if cell is not None else ""
    if isinstance(cell, float):
        return Due(text=f"{cell:.10g}")  # 6.3 is the third or the thirtieth of June
    squeezed = compact(text)
    if not squeezed or not squeezed.strip("-—－/"):
        return Due()
    if _STANDING.fullmatch(squeezed):
        return Due(text=text, standing=True)
    return Due(text=text, day=_day(squeezed, year))


def parse_day(cell: Cell, year: int) -> date | None:
    """Return the day on which something happened, None where the cell names none."""
    return parse_due(cell, year).day


def _day(squeezed: str, year: int) -> date | None:
    rest = squeezed
    while (shorter := _AROUND.sub("", rest)) != rest:
        rest = shorter
    if found := _YEAR.match(rest):
        year, rest = int(found[1]), rest[found.end() :]
    rest = _NUMBER.sub(lambda digit: _DIGITS[digit[0]], rest)
    if not EARLIEST <= year <= LATEST:
        return None
    if _WHOLE.fullmatch(rest):
        return date(year, 12, 31) if rest or rest != squeezed else None
    if _HALF.fullmatch(rest):
        return date(year, 6, 30)
    if found := _DAY.fullmatch(rest):
        return _made(year, int(found[1]), int(found[2]))
    if found := _QUARTER.fullmatch(rest):
        return _end(year, 3 * int(found[1] or found[2]))
    if (found := _MONTH.fullmatch(rest)) and ("月" in rest or rest != squeezed):
        month, part = int(found[1]), found[2]
        if part in _TENTH:
            return _made(year, month, 10)
        return _made(year, month, 20) if part in _TWENTIETH else _end(year, month)
    period = parse_period(squeezed)
    return _end(period.year or year, period.month) if period else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end(year: int, month: int) -> date | None:
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None
