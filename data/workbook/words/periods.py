"""Periods as tables write them: 2019年1-3月, 前三季度, 1Q 2019, 2018.10-12, dates of Excel."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from data.workbook.book import Cell
from data.workbook.words.normalise import compact, plain

EARLIEST, LATEST = 1949, 2100
"""Years outside are numbers, not years."""


class Reach(StrEnum):
    """What a label says that its figure covers."""

    YTD = "ytd"
    QUARTER = "quarter"
    MONTH = "month"
    END = "end"  # a stock, as it stands at the end
    SINGLE = "single"  # 当期: the quarter or the month, whichever its period is
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Period:
    """A period label.

    Attributes
    ----------
    year
        None where the label names none.
    month
        The month the figure runs to.
    reach
        What the label itself says of the figure. A bare month or date says nothing; 二季度
        says the single quarter, though a table of cumulative figures may head a column so.
    """

    year: int | None
    month: int
    reach: Reach


# How periods are spelled in half-width capitals without spaces; named groups are their parts.
_FOUR = r"(?P<year>(?:19|20)[0-9]{2}|2100|[二一][九〇○零一][〇○零一二三四五六七八九]{2})"
_YEAR = rf"(?<![0-9.]){_FOUR}"
_SHORT = r"(?<![0-9.])'?(?P<short>[0-9]{2})"
_N = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_K = r"[1-4一二三四]"
_TO = r"[-至到]"
_AGAIN = r"(?:(?P<again>(?:19|20)[0-9]{2})(?:年|[-./]))?"  # 2019年1月至2019年3月
_AGAIN_Q = r"(?:(?P<again>(?:19|20)[0-9]{2})(?:年|[-./])?(?=Q|[1-4]Q))?"  # 2019Q1-2019Q3
_CHINESE_YEAR = rf"(?:{_YEAR}(?:年度?|[-./])?|{_SHORT}年)"
_Q_YEAR = rf"(?:{_CHINESE_YEAR}|'?(?P<short2>[0-9]{{2}}))"
_SUFFIX = (
    r"(?P<suffix>(?:止|末|底)?累计数?|\(累计\)|合计|当月数?|单月|\(当月\)"
    r"|当季数?|单季|\(当季\)|末|底|止)?"
)
_QUARTER_WORD = r"(?:个?季度?)"
_DAY_OF_MONTH = r"(?:3[01]|[12][0-9]|0?[1-9])日"
_ENGLISH_MONTH = (
    r"(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\.?"
)
_ENGLISH_YEAR = rf"(?:[-,/]?(?:OF)?(?:{_FOUR}|'?(?P<short>[0-9]{{2}}))(?![0-9]))"

# The first form that fits is taken, so longer ones stand above those they contain.
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_CHINESE_YEAR}?第?(?<![0-9])(?P<from>{_N})(?:月份?)?{_TO}{_AGAIN}(?P<to>{_N})月份?{_SUFFIX}",
        rf"{_YEAR}[./年]?(?P<from>{_N}){_TO}{_AGAIN}(?P<to>{_N})(?![0-9.月季]){_SUFFIX}",
        rf"{_CHINESE_YEAR}?第?(?P<fromq>{_K}){_QUARTER_WORD}?{_TO}第?(?P<toq>{_K}){_QUARTER_WORD}{_SUFFIX}",
        rf"{_CHINESE_YEAR}?前(?P<firstq>[二两三四2-4]){_QUARTER_WORD}{_SUFFIX}",
        rf"{_CHINESE_YEAR}?前(?P<firstm>{_N}|两)个?月{_SUFFIX}",
        rf"{_Q_YEAR}Q(?P<fromq>[1-4]){_TO}{_AGAIN_Q}Q?(?P<toq>[1-4]){_SUFFIX}(?![0-9月])",
        rf"{_Q_YEAR}(?P<fromq>[1-4])Q{_TO}{_AGAIN_Q}(?P<toq>[1-4])Q{_SUFFIX}(?![0-9])",
        rf"(?<![0-9A-Z])Q(?P<fromq>[1-4]){_TO}Q?(?P<toq>[1-4]){_ENGLISH_YEAR}?(?![0-9月])",
        rf"(?<![0-9A-Z])(?P<fromq>[1-4])Q{_TO}(?P<toq>[1-4])Q{_ENGLISH_YEAR}?(?![0-9])",
        rf"{_CHINESE_YEAR}?(?P<half>上半年|H1|1H){_SUFFIX}(?![0-9])",
        rf"{_CHINESE_YEAR}?(?:第|(?<![0-9])|(?=\D))(?P<quarter>{_K}){_QUARTER_WORD}{_SUFFIX}",
        rf"{_Q_YEAR}(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q){_SUFFIX}(?![0-9])",
        rf"(?<![0-9A-Z])(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q){_ENGLISH_YEAR}?(?![0-9])",
        rf"(?:(?P<half>H1|1H)|(?P<nine>[369])M){_ENGLISH_YEAR}",
        rf"{_YEAR}M(?P<month>1[0-2]|0?[1-9])(?![0-9])",
        rf"(?:THE)?FIRST(?P<count>TWO|THREE|FOUR)QUARTERS{_ENGLISH_YEAR}?",
        rf"(?:THE)?FIRST(?P<count>SIX|NINE|TEN|ELEVEN)MONTHS{_ENGLISH_YEAR}?",
        rf"(?:THE)?FIRST(?P<count>HALF){_ENGLISH_YEAR}",
        rf"(?:FULL|WHOLE)(?P<whole>YEAR){_ENGLISH_YEAR}",
        rf"(?P<ordinal>FIRST|SECOND|THIRD|FOURTH|1ST|2ND|3RD|4TH)QUARTER{_ENGLISH_YEAR}?",
        rf"(?<![A-Z])(?P<efrom>{_ENGLISH_MONTH})(?:-|TO)(?P<eto>{_ENGLISH_MONTH}){_ENGLISH_YEAR}?(?![A-Z0-9])",
        rf"(?<![A-Z])(?P<emonth>{_ENGLISH_MONTH}){_ENGLISH_YEAR}(?![A-Z0-9])",
        rf"(?:{_YEAR}年?|{_SHORT}年)(?P<whole>全年|年度){_SUFFIX}",
        rf"{_YEAR}(?P<whole>年度){_SUFFIX}",
        r"(?P<whole>全年)",
        rf"{_YEAR}年(?P<month>{_N})月(?P<day>3[01]|[12][0-9]|0?[1-9])日",
        rf"{_YEAR}(?P<dash>[-./])(?P<month>1[0-2]|0?[1-9])(?P=dash)(?P<day>3[01]|[12][0-9]|0?[1-9])(?:00:00:00)?(?![0-9])",
        rf"{_YEAR}\.(?P<month>1[0-2]|0?[1-9])月份?(?!{_DAY_OF_MONTH}){_SUFFIX}",
        rf"{_CHINESE_YEAR}?(?<![0-9.])(?P<month>{_N})月份?(?!{_DAY_OF_MONTH}){_SUFFIX}",
        rf"{_YEAR}[-/](?P<month>1[0-2]|0?[1-9])(?![0-9/.-]){_SUFFIX}",
        rf"{_YEAR}\.?(?P<month>1[0-2]|0[1-9])(?![0-9.]){_SUFFIX}",
    )
)

_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5,
           "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}  # fmt: skip
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_COUNTS = {"TWO": 6, "THREE": 9, "FOUR": 12, "HALF": 6, "SIX": 6, "NINE": 9, "TEN": 10,
           "ELEVEN": 11}  # fmt: skip
_ORDINALS = ("FIRST", "SECOND", "THIRD", "FOURTH")

_ENDS = {"to", "toq", "eto"}
"""Parts that only forms of ranges have."""
_ONLY_YEAR = re.compile(rf"(?:{_YEAR}年?度?|'?(?P<short>[0-9]{{2}})年)")
_YEAR_INSIDE = re.compile(rf"{_YEAR}年(?:度|[末底](?=[\u3400-\u9fff]))?")
_NUMBER_BEFORE_YEAR = re.compile(
    r"(?:^|[\u3400-\u9fff(])[0-9]{1,2}(?:-[0-9]{1,2})? (?=(?:19|20)[0-9]{2}(?:年|[-./]))"
)
"""Numbering before a title: 表1 2026年1-9月."""
_AGAIN_IN_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)")
_EIGHT = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])")
_DAY = re.compile(
    r"(?:19|20)[0-9]{2}(?:[-./]|年)(?:1[0-2]|0?[1-9])(?:[-./]|月)(?:3[01]|[12][0-9]|0?[1-9])日?"
    r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
_REACHES = {"止": Reach.YTD, "合": Reach.YTD, "当月": Reach.MONTH,
            "单月": Reach.MONTH, "当季": Reach.QUARTER, "单季": Reach.QUARTER,
            "末": Reach.UNSAID, "底": Reach.UNSAID}  # fmt: skip


def parse_period(cell: Cell) -> Period | None:
    """Return the period that a whole cell is, None if it is none.

    A plain number such as 201903 or a text such as 2019.03 is read as a period; whether it
    stands where periods stand is for the caller to judge. A year alone is none: see
    ``parse_year``.
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, date):
        return _of_date(cell)
    if isinstance(cell, (int, float)):
        whole = cell == cell and abs(cell) < 1e9 and float(cell).is_integer()
        return _whole(str(int(cell))) if whole else None
    return _whole(cell)


@lru_cache(maxsize=16384)
def _whole(text: str) -> Period | None:
    squeezed = compact(text)
    if not 2 <= len(squeezed) <= 40:
        return None
    if squeezed.isdigit() and squeezed != plain(text):
        return None  # 201 903 is a number
    if squeezed == "年度":
        return Period(None, 12, Reach.YTD)
    if match := _EIGHT.fullmatch(squeezed):
        return _of_parts(*map(int, match.groups()))
    for form in _FORMS:
        if (match := form.fullmatch(squeezed)) and (period := _period(match)):
            return period
    if match := _AGAIN_IN_BRACKETS.fullmatch(squeezed):
        return _both(_whole(match[1]), _whole(match[2]))
    return None


def _both(period: Period | None, again: Period | None) -> Period | None:
    """Return a period that is said in two ways, as in 三季度(1-9月)."""
    if period is None or again is None or period.month != again.month:
        return None
    if None not in (period.year, again.year) and period.year != again.year:
        return None
    reach = again.reach if again.reach is not Reach.UNSAID else period.reach
    return Period(period.year or again.year, period.month, reach)


def is_day(cell: Cell) -> bool:
    """Return whether a whole cell is a date with a day, whichever day it is."""
    if isinstance(cell, str):
        return _DAY.fullmatch(compact(cell)) is not None
    return isinstance(cell, date)


def find_period(text: str) -> tuple[Period, str] | None:
    """Return the first period inside a title or header, and the text without it.

    A word such as 累计 after the period goes with it only where nothing follows that it
    could belong to: of ``2026年9月累计增长`` remains ``累计增长``; 末 always goes.
    """
    return _search(text)[0]


def has_other_range(text: str) -> bool:
    """Return whether a text holds a range that no figure of ours covers: 4-8月, Q2-Q3."""
    found, other = _search(text)
    return other and found is None


@lru_cache(maxsize=16384)
def _search(text: str) -> tuple[tuple[Period, str] | None, bool]:
    """Return the first period inside a text, and whether other ranges stand before it."""
    shown = plain(text)
    squeezed, back = _squeezed(shown)
    others: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(squeezed):
            if any(start < match.end() and match.start() < end for start, end in others):
                continue  # 8月 of 4-8月 is no period
            period = _period(match)
            if period is None and _ENDS & match.groupdict().keys():
                others.append(match.span())
            if period is None or match.group().isdigit():
                continue  # six digits inside a text are a code, not a month
            end = match.end()
            suffix = match.groupdict().get("suffix")
            if suffix and re.match(r"[\w%±]", squeezed[end : end + 1]):
                end -= len(suffix.lstrip("止末底"))
            rest = shown[: back[match.start()]] + " " + shown[back[end - 1] + 1 :]
            return (period, _tidied(rest)), bool(others)
    return None, bool(others)


def parse_year(cell: Cell) -> int | None:
    """Return the year that a whole cell is: 2019, ``2019年``, ``2019年度``, ``19年``."""
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        return None
    if isinstance(cell, (int, float)):
        return int(cell) if cell in range(EARLIEST, LATEST + 1) else None
    return _whole_year(cell)


@lru_cache(maxsize=16384)
def _whole_year(text: str) -> int | None:
    match = _ONLY_YEAR.fullmatch(compact(text))
    return _year(match) if match else None


_WEEK = re.compile(r"第?[0-9]{1,2}周")


def find_year(text: str) -> tuple[int, str] | None:
    """Return the first year such as 2019年 inside a text, and the text without it.

    The year of a week, as in 2026年第38周, is that of no figure.
    """
    shown = plain(text)
    squeezed, back = _squeezed(shown)
    for match in _YEAR_INSIDE.finditer(squeezed):
        if _WEEK.match(squeezed, match.end()):
            continue
        if (year := _year(match)) is not None:
            rest = shown[: back[match.start()]] + " " + shown[back[match.end() - 1] + 1 :]
            return year, _tidied(rest)
    return None


def _of_date(day: date) -> Period | None:
    return _of_parts(day.year, day.month, day.day)


def _of_parts(year: int, month: int, day: int) -> Period | None:
    """Return the month of its first or last day: 3 January is 1-3 that a spreadsheet mistook."""
    if not EARLIEST <= year <= LATEST or day not in (1, monthrange(year, month)[1]):
        return None
    return Period(year, month, Reach.UNSAID)


def _period(match: re.Match[str]) -> Period | None:
    """Return what a form that fits says, None where it makes no sense."""
    groups = {name: part for name, part in match.groupdict().items() if part}
    year = _year(match)
    if year is None and groups.keys() & {"year", "short", "short2"}:
        return None
    again = groups.get("again")
    if again and int(again) != year:
        return None
    if "day" in groups:
        return _of_parts(year or 0, int(groups["month"]), int(groups["day"])) if year else None
    for month, reach in _spans(groups):
        return Period(year, month, _suffixed(groups.get("suffix", ""), reach))
    return None


def _spans(groups: dict[str, str]) -> Iterator[tuple[int, Reach]]:
    """Yield the month that the parts of a form run to and what they cover."""
    number = {name: _number(part) for name, part in groups.items()}
    if "from" in groups:
        yield from _range(number["from"], number["to"])
    elif "efrom" in groups:
        yield from _range(number["efrom"], number["eto"])
    elif "toq" in groups:
        yield from _range(number.get("fromq", 1) * 3 - 2, number["toq"] * 3)
    elif "count" in groups:
        yield _COUNTS[groups["count"]], Reach.YTD
    elif "firstq" in groups:
        yield number["firstq"] * 3, Reach.YTD
    elif "firstm" in groups or "nine" in groups:
        yield number.get("firstm") or number["nine"], Reach.YTD
    elif "half" in groups:
        yield 6, Reach.YTD
    elif "whole" in groups:
        yield 12, Reach.YTD
    elif quarter := number.get("quarter") or number.get("q") or number.get("q2"):
        yield quarter * 3, Reach.QUARTER
    elif "ordinal" in groups:
        yield number["ordinal"] * 3, Reach.QUARTER
    else:
        yield number.get("month") or number["emonth"], Reach.UNSAID


def _range(first: int, last: int) -> Iterator[tuple[int, Reach]]:
    """Yield a range from January, or a single quarter; any other is no period of ours."""
    if first == 1 <= last:
        yield last, Reach.YTD if last > 1 else Reach.UNSAID
    elif last - first == 2 and last % 3 == 0:
        yield last, Reach.QUARTER


def _suffixed(suffix: str, reach: Reach) -> Reach:
    suffix = suffix.strip("()")
    if suffix in ("末", "底") and reach is Reach.YTD:
        return reach
    if "累计" in suffix:
        return Reach.YTD
    return next((to for word, to in _REACHES.items() if suffix.startswith(word)), reach)


def _number(part: str) -> int:
    """Return the number that a part of a period spells; 0 where it spells none."""
    if part.isdigit():
        return int(part)
    if part in _DIGITS:
        return _DIGITS[part]
    if part[:3] in _MONTHS:
        return _MONTHS.index(part[:3]) + 1
    if part in _ORDINALS:
        return _ORDINALS.index(part) + 1
    return int(part[0]) if part[0] in "1234" else 0


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if written := groups.get("year"):
        year = int("".join(str(_DIGITS.get(digit, digit)) for digit in written))
        return year if EARLIEST <= year <= LATEST else None
    if short := groups.get("short") or groups.get("short2"):
        return int(short) + (2000 if int(short) < EARLIEST % 100 else 1900)
    return None


def _squeezed(shown: str) -> tuple[str, list[int]]:
    """Return a text without spaces, in capitals, and where each character stood.

    The space between the 1 of 表1 and the 2026 of 2026年 stays: 12026 would be no year.
    """
    apart = {match.end() - 1 for match in _NUMBER_BEFORE_YEAR.finditer(shown)}
    back = [place for place, letter in enumerate(shown) if letter != " " or place in apart]
    # A letter whose capital is two letters (ß) would shift every place after it.
    return "".join(shown[place].upper()[:1] for place in back), back


def _tidied(rest: str) -> str:
    rest = re.sub(r"[(\[【<《]\s*[)\]】>》]", " ", rest)
    return re.sub(r"\s+", " ", rest).strip(" ,:;_-/、|")
