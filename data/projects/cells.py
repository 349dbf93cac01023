"""Cells of the table of projects: texts, amounts, shares, quarters, stages, delays and ramps.

Every reader returns None for a cell that says nothing, and raises ``Unread`` for one that says
something else: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from data.projects import fields
from data.projects.fields import DATED, MONEY, PERCENT, SHARES, Field, unit_of
from data.projects.layout import ReadColumn
from data.projects.problems import Code, Unread
from data.workbook.book import Cell
from data.workbook.words.normalise import compact
from data.workbook.words.numbers import Missing, parse_number
from data.workbook.words.periods import EARLIEST, LATEST, Reach, parse_period
from data.workbook.words.units import convert
from forecasting.figures.period import Quarter
from forecasting.scenario.limits import LARGEST, MOST_RAMP
from forecasting.scenario.projects import Stage

_OPEN = {"待定", "未定", "暂未定", "待确定", "未确定", "TBD", "待核实", "没有", "暂没有", "未填"}
"""That there is nothing yet, beside what ``numbers`` knows to say so."""
_NUMERAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_TEN_THOUSANDS = re.compile(r"(?<=[0-9])([万亿])$")
_TENTHS = re.compile(
    r"(?P<tens>十|[一二三四五六七八九]|[0-9](?:\.[0-9])?)成(?P<half>[一二三四五六七八九半])?"
)
_DIGITS: Mapping[str, int] = {digit: place for place, digit in enumerate("一二三四五六七八九十", 1)}

_BEFORE = re.compile(r"^(?:预计|计划|拟|力争|预期|目标|已于|于|约|将于)+")
_AFTER = re.compile(r"(?:前|左右|内)?(?:正式)?(?:签约|开工|入库|投产|入统|达产|竣工|建成)?$")
_PART_OF_MONTH = re.compile(r"(?<=月)(?:份)?(?:上旬|中旬|下旬|初|中|底|末|中下旬|中上旬)$")
_DAY = re.compile(
    r"([0-9]{4})(?:[-./]|年)([0-9]{1,2})(?:[-./]|月)([0-9]{1,2})日?(?:T?[0-9]{1,2}:[0-9:.]+)?"
)
_YEAR_AND_MONTH = re.compile(r"([0-9]{4})[.]([0-9]{1,2})")
_YEAR_END = re.compile(r"([0-9]{4})年?(?:年底|年末|底|末)")
_YEAR_START = re.compile(r"([0-9]{4})年?年初")

_YES = {"是", "√", "✓", "Y", "YES", "TRUE", "工业", "工业项目", "1"}
_NO = {"否", "×", "X", "N", "NO", "FALSE", "非工业", "非工业项目", "不是", "0"}
_STAGES: Mapping[Stage, str] = {
    Stage.INTRODUCED: "签约 引进 招引 已签约 新签约 签约项目 签约未开工 签约待开工 待开工 未开工 "
    "尚未开工 前期 前期项目 前期阶段 前期手续 洽谈 在谈 储备 谋划 拟开工 拟建",
    Stage.STARTED: "开工 在建 已开工 新开工 新建 续建 开工建设 建设中 正在建设 在建项目 施工中",
    Stage.PRODUCING: "投产 已投产 试生产 试投产 建成投产 竣工投产 投产项目 新投产 部分投产",
    Stage.AT_CAPACITY: "达产 达效 达产达效 已达产 已达效 满产 投产达效",
    Stage.UPGRADED: "提质 升级 提质升级 技改升级 提质增效 转型升级 提档升级",
    Stage.GROWN: "壮大 扶持壮大 培育壮大 做大做强 扩能壮大",
}
STAGE_WORDS: Mapping[str, Stage] = {
    word: stage
    for stage in Stage
    for word in (
        *_STAGES[stage].split(),
        compact(fields.STAGES[stage].zh),
        compact(fields.STAGES[stage].en),
        compact(stage),
    )
}

_PROGRESS = (
    (Stage.PRODUCING, re.compile("试生产|试运行|试运营|试产")),
    (
        Stage.STARTED,
        re.compile(
            "封顶|桩基|打桩|基坑|地基|基础(?:施工|浇筑|完成|工程)|主体|土建|钢结构|砌筑|装修|装饰"
            "|设备(?:安装|调试|进场)|安装调试|管网施工|竣工|完工|施工"
        ),
    ),
    (
        Stage.INTRODUCED,
        re.compile("手续|立项|备案|环评|能评|选址|摘牌|土地(?:出让|挂牌|报批)|征地|规划设计|可研"),
    ),
)
"""What offices write of progress (形象进度), the furthest first: a stage is in it."""
_NOT_YET = re.compile("未|拟|待|即将|准备|计划|预计|力争|争取|停工|停建|暂停")
"""Beside these it is not said how far a project is."""


def says_nothing(cell: Cell) -> bool:
    """Return whether a cell is empty, a dash, or says that there is nothing."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    squeezed = compact(cell)
    return squeezed in _OPEN or (
        squeezed not in ("X", "*", "#") and parse_number(cell) is Missing.MISSING
    )


def text(cell: Cell) -> str:
    """Return a cell as a text without spaces around it; a whole number has no point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()


def amount(cell: Cell, unit: str, wanted: str) -> float | None:
    """Return an amount of money in ``wanted``.

    Parameters
    ----------
    unit
        Of the head; one in the cell stands before it. Empty where there is none.
    """
    if says_nothing(cell):
        return None
    value, found = _number(cell, Code.AMOUNT)
    unit = found or unit
    if not unit:
        raise Unread(Code.UNIT_MISSING)
    converted = convert(value, unit, wanted)
    if converted is None:
        raise Unread(Code.UNIT_OTHER)
    return converted + 0.0  # zero has one sign


def within(value: float | None, low: float, high: float = LARGEST) -> float | None:
    """Return a value that is within limits."""
    if value is not None and not low <= value <= high:
        raise Unread(Code.RANGE)
    return value


def share(cell: Cell, *, shown_percent: bool = False, head_percent: bool = False) -> float | None:
    """Return a share between 0 and 1: 70%, 0.7, 七成.

    Parameters
    ----------
    shown_percent
        Whether the spreadsheet shows the number as a percentage.
    head_percent
        Whether the head says %, so that a bare 70 is one.
    """
    if says_nothing(cell):
        return None
    if isinstance(cell, str) and (tenths := _TENTHS.fullmatch(compact(cell))):
        return _checked_share(_of_tenths(tenths))
    if isinstance(cell, str) and compact(cell).endswith("%"):
        return _checked_share(fraction(compact(cell).removeprefix("约")))
    value, unit = _number(cell, Code.SHARE)
    if unit:
        raise Unread(Code.SHARE)
    if head_percent and not shown_percent:
        if 0 < value <= 1:
            raise Unread(Code.SHARE_UNCLEAR)
        value = value / 100
    return _checked_share(value)


def fraction(squeezed: str) -> float:
    """Return the share that a percentage or a number is: 70% and 0.7."""
    bare = squeezed.removesuffix("%")
    if not _NUMERAL.fullmatch(bare):
        raise Unread(Code.SHARE)
    exact = Decimal(bare).scaleb(-2 if bare != squeezed else 0)
    return float(exact) + 0.0


def quarter(cell: Cell) -> Quarter | None:
    """Return the quarter of a date, a month or a quarter; the end of a year is its last one."""
    if isinstance(cell, bool):
        raise Unread(Code.QUARTER)
    if says_nothing(cell):
        return None
    if isinstance(cell, date):
        return _of_month(cell.year, cell.month)
    if isinstance(cell, float):
        return _of_numeral(cell)
    bare = _AFTER.sub("", _BEFORE.sub("", compact(str(cell))))
    for form in (_DAY, _YEAR_AND_MONTH):
        if match := form.fullmatch(bare):
            return _of_month(int(match[1]), int(match[2]), *map(int, match.groups()[2:]))
    for form, month in ((_YEAR_END, 12), (_YEAR_START, 1)):
        if match := form.fullmatch(bare):
            return _of_month(int(match[1]), month)
    return _of_period(_PART_OF_MONTH.sub("", bare))


def stage(cell: Cell) -> Stage | None:
    """Return the stage that a word says, or words of progress such as 主体封顶."""
    if says_nothing(cell):
        return None
    squeezed = compact(str(cell))
    found = STAGE_WORDS.get(squeezed.removesuffix("阶段")) or _by_progress(squeezed)
    if found is None:
        raise Unread(Code.STAGE)
    return found


def _by_progress(squeezed: str) -> Stage | None:
    """Return the furthest stage that words of progress are of; None where they leave doubt."""
    if _NOT_YET.search(squeezed):
        return None
    return next((stage for stage, words_ in _PROGRESS if words_.search(squeezed)), None)


def flag(cell: Cell) -> bool | None:
    """Return yes or no."""
    if isinstance(cell, bool):
        return cell
    squeezed = compact(text(cell))
    if squeezed in _YES or squeezed in _NO:
        return squeezed in _YES
    if says_nothing(cell):
        return None
    raise Unread(Code.FLAG)


def _number(cell: Cell, code: Code) -> tuple[float, str]:
    """Return a number to its last digit, and the unit that stands with it."""
    if isinstance(cell, float):
        return cell, ""
    if isinstance(cell, str):
        squeezed = compact(cell)
        if _NUMERAL.fullmatch(squeezed):
            return float(squeezed), ""
        number = parse_number(_TEN_THOUSANDS.sub(r"\1元", squeezed))
        if number and not isinstance(number, Missing) and not number.growth_word:
            return number.value, number.unit
    raise Unread(code)


def _of_tenths(match: re.Match[str]) -> float:
    tens = match["tens"]
    whole = Decimal(_DIGITS[tens]) if tens in _DIGITS else Decimal(tens)
    half = match["half"]
    rest = Decimal(0) if half is None else Decimal(5 if half == "半" else _DIGITS[half]) / 10
    return float((whole + rest) / 10)


def _checked_share(value: float) -> float:
    if not 0 <= value <= 1:
        raise Unread(Code.SHARE)
    return value + 0.0


def _of_month(year: int, month: int, day: int = 1) -> Quarter:
    try:
        date(year, month, day)
    except ValueError:
        raise Unread(Code.QUARTER) from None
    if not EARLIEST <= year <= LATEST:
        raise Unread(Code.QUARTER)
    return Quarter(year, (month + 2) // 3)


def _of_numeral(value: float) -> Quarter:
    """Return the quarter of a number such as 202607 or 2026.7."""
    if value.is_integer():
        return _of_period(value)
    shown = f"{value:.10g}"
    match = _YEAR_AND_MONTH.fullmatch(shown)
    if match is None:
        raise Unread(Code.QUARTER)
    if match[2] == "1":  # 2026.1 and 2026.10 are one number
        raise Unread(Code.QUARTER_UNCLEAR)
    return _of_month(int(match[1]), int(match[2]))


def _of_period(cell: Cell) -> Quarter:
    period = parse_period(cell)
    if period is None or period.year is None or period.reach not in (Reach.UNSAID, Reach.QUARTER):
        raise Unread(Code.QUARTER)
    return _of_month(period.year, period.month)


MOST_QUARTERS = 40
"""Of delay; more is a slip."""

_BETWEEN_SHARES = re.compile(r"->|[;,、/|+→\n]")
_SHARE_OF = r"(?P<share>[0-9]*\.?[0-9]+%?)"
_QUARTERS = r"(?:个?季度?|Q)"
_LATER = "(?:推迟|延期|延迟|延后|晚|延)?(?:约)?"
_DELAYED = re.compile(
    rf"(?:{_LATER}(?P<quarters>[0-9]{{1,2}}){_QUARTERS}"
    "|(?P<none>不延期|按期|按时|如期|准时|ONTIME))"
    rf"(?:的?(?:概率|可能性|可能))?[:=为]?(?:{_SHARE_OF})?"
)
_RAMPED = re.compile(
    rf"(?:第?(?P<quarter>[0-9]{{1,2}}){_QUARTERS}(?:起|及以后|以后)?[:=为]?)?{_SHARE_OF}"
)
_CERTAIN = re.compile(
    rf"{_LATER}(?P<quarters>[0-9]{{1,2}}){_QUARTERS}|{_LATER}(?P<months>[0-9]{{1,2}})个月"
)
_NEVER = {"不延期", "不推迟", "按期", "按时", "如期", "准时", "否", "ONTIME"}
_SUM = 1e-6


def delay(cell: Cell, *, head_quarters: bool = False) -> tuple[float, ...] | None:
    """Return the probability of 0, 1, 2 ... quarters' delay.

    Parameters
    ----------
    head_quarters
        Whether the head says that a bare number counts quarters.
    """
    if isinstance(cell, float) and head_quarters and cell.is_integer():
        cell = f"{int(cell)}季"
    if says_nothing(cell):
        return None
    if not isinstance(cell, str):
        raise Unread(Code.DELAY)
    squeezed = compact(cell)
    if squeezed in _NEVER:
        return (1.0,)
    if certain := _CERTAIN.fullmatch(squeezed):
        return _certain(certain)
    shares = dict(_delays(cell))
    if not shares or abs(sum(shares.values()) - 1) > _SUM:
        raise Unread(Code.DELAY)
    return tuple(shares.get(quarters, 0.0) for quarters in range(max(shares) + 1))


def ramp(cell: Cell) -> tuple[float, ...] | None:
    """Return the share of capacity in the first, second ... quarter."""
    if says_nothing(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, (str, float)):
        raise Unread(Code.RAMP)
    shares = tuple(_ramps(cell if isinstance(cell, str) else repr(cell)))
    if not shares or not all(0 <= share <= MOST_RAMP for share in shares):
        raise Unread(Code.RAMP)
    return shares


def _certain(match: re.Match[str]) -> tuple[float, ...]:
    """Return a delay that is sure: 延期2季, 延期6个月."""
    if match["months"] and int(match["months"]) % 3:
        raise Unread(Code.DELAY)
    quarters = int(match["quarters"]) if match["quarters"] else int(match["months"]) // 3
    if quarters > MOST_QUARTERS:
        raise Unread(Code.DELAY)
    return (0.0,) * quarters + (1.0,)


def _delays(cell: str) -> Iterator[tuple[int, float]]:
    seen: set[int] = set()
    for place, part in enumerate(_parts(cell)):
        bare = re.fullmatch(_SHARE_OF, part)
        match = bare or _DELAYED.fullmatch(part)
        if match is None or match["share"] is None:
            raise Unread(Code.DELAY)
        quarters = place
        if not bare:
            quarters = 0 if match["none"] else int(match["quarters"])
        value = fraction(match["share"])
        if quarters in seen or quarters > MOST_QUARTERS or not 0 <= value <= 1:
            raise Unread(Code.DELAY)
        seen.add(quarters)
        yield quarters, value


def _ramps(cell: str) -> Iterator[float]:
    for place, part in enumerate(_parts(cell), start=1):
        match = _RAMPED.fullmatch(part)
        if match is None or int(match["quarter"] or place) != place:
            raise Unread(Code.RAMP)
        yield fraction(match["share"])


def _parts(cell: str) -> list[str]:
    """Return the parts of a list in capitals, half-width and without spaces."""
    return [compact(part) for part in _BETWEEN_SHARES.split(_half_width(cell)) if part.strip()]


def _half_width(cell: str) -> str:
    return cell.replace("；", ";").replace("，", ",").replace("／", "/")


Reader = Callable[[Cell, ReadColumn, bool], object]


def _label(cell: Cell, column: ReadColumn, shown_percent: bool) -> str | None:
    return text(cell) or None


def _remark(cell: Cell, column: ReadColumn, shown_percent: bool) -> str | None:
    return None if says_nothing(cell) else text(cell)


def _money(cell: Cell, column: ReadColumn, shown_percent: bool) -> float | None:
    value = amount(cell, column.unit, unit_of(column.field))
    # Tax may be paid back; nothing else is below zero.
    return within(value, -LARGEST if column.field is Field.TAX else 0.0)


def _share_cell(cell: Cell, column: ReadColumn, shown_percent: bool) -> float | None:
    return share(cell, shown_percent=shown_percent, head_percent=column.unit == PERCENT)


def _quarter_cell(cell: Cell, column: ReadColumn, shown_percent: bool) -> object:
    return quarter(cell)


def _delay(cell: Cell, column: ReadColumn, shown_percent: bool) -> object:
    return delay(cell, head_quarters="季" in column.text)


READERS: Mapping[Field, Reader] = {
    Field.ID: _label,
    Field.NAME: _label,
    Field.OWNER: _remark,
    Field.BLOCKING: _remark,
    Field.STAGE: lambda cell, column, shown: stage(cell),
    Field.INDUSTRIAL: lambda cell, column, shown: flag(cell),
    Field.RAMP: lambda cell, column, shown: ramp(cell),
    Field.DELAY: _delay,
    **dict.fromkeys(MONEY, _money),
    **dict.fromkeys(SHARES, _share_cell),
    **dict.fromkeys(DATED, _quarter_cell),
}
"""By field: a cell, its column, and whether the spreadsheet shows it as a percentage."""
