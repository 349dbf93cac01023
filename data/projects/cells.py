"""Cells of the table of projects: texts, amounts, shares, quarters, stages, delays and ramps.

Every reader returns None for a cell that says nothing, and raises ``Unread`` for one that says
something else: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from data.projects.fields import QUARTERS, REFERENCE_CLASSES, STAGES, Field, Heading, Holds
from data.projects.problems import Code, Unread
from data.workbook.book import Cell
from data.workbook.words.normalise import compact
from data.workbook.words.numbers import Missing, parse_number
from data.workbook.words.periods import EARLIEST, LATEST, Reach, parse_period
from data.workbook.words.units import convert
from forecasting.figures.period import Quarter
from forecasting.scenario.number_limits import LARGEST, MOST_RAMP
from forecasting.scenario.projects import Stage
from forecasting.scenario.reference_class import ReferenceClass

_OPEN = {"待定", "未定", "暂未定", "待确定", "未确定", "TBD", "待核实", "没有", "暂没有", "未填"}
"""That there is nothing yet, beside what ``numbers`` knows to say so."""
_SOMETHING = ("X", "*", "#")
"""What stands for a missing figure, and here may be a no or a name."""
_NUMERAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_TEN_THOUSANDS = re.compile(r"(?<=[0-9])([万亿])$")
_TENTHS = re.compile(r"(十|[一二三四五六七八九]|[0-9](?:\.[0-9])?)成([一二三四五六七八九半])?")
_DIGITS = {digit: str(number) for number, digit in enumerate("一二三四五六七八九十", 1)}
_DIGITS["半"] = "5"


def says_nothing(cell: Cell) -> bool:
    """Return whether a cell is empty, a dash, or says that there is nothing."""
    if not isinstance(cell, str):
        return cell is None
    squeezed = compact(cell)
    return squeezed in _OPEN or (
        squeezed not in _SOMETHING and parse_number(cell) is Missing.MISSING
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
    value, own_unit = _number(cell, Code.AMOUNT)
    if not (own_unit or unit):
        raise Unread(Code.UNIT_MISSING)
    converted = convert(value, own_unit or unit, wanted)
    if converted is None:
        raise Unread(Code.UNIT_OTHER)
    return converted + 0.0  # zero has one sign


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
    squeezed = compact(cell) if isinstance(cell, str) else ""
    if tenths := _TENTHS.fullmatch(squeezed):
        whole, half = (Decimal(_DIGITS.get(part, part)) for part in tenths.groups(default="0"))
        value = float((whole + half / 10) / 10)
    elif squeezed.endswith("%"):
        value = _fraction(squeezed.removeprefix("约"))
    else:
        value, unit = _number(cell, Code.SHARE)
        if unit:
            raise Unread(Code.SHARE)
        if head_percent and not shown_percent:
            if 0 < value <= 1:
                raise Unread(Code.SHARE_UNCLEAR)
            value = value / 100
    if not 0 <= value <= 1:
        raise Unread(Code.SHARE)
    return value + 0.0


def _number(cell: Cell, refusal: Code) -> tuple[float, str]:
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
    raise Unread(refusal)


def _fraction(squeezed: str) -> float:
    """Return the share that a percentage or a number is: 70% and 0.7."""
    bare = squeezed.removesuffix("%")
    if not _NUMERAL.fullmatch(bare):
        raise Unread(Code.SHARE)
    return float(Decimal(bare).scaleb(-2 if bare != squeezed else 0)) + 0.0


_WORDS_OF_DATES = (
    (re.compile(r"^(?:预计|计划|拟|力争|预期|目标|已于|于|约|将于)+"), ""),
    (re.compile(r"(?:前|左右|内)?(?:正式)?(?:签约|开工|入库|投产|入统|达产|竣工|建成)?$"), ""),
    (re.compile(r"(?<=月)份?(?:上旬|中旬|下旬|初|中|底|末|中下旬|中上旬)$"), ""),
    (re.compile(r"^([0-9]{4})年?年?[底末]$"), r"\1年12月"),
    (re.compile(r"^([0-9]{4})年?年初$"), r"\1年1月"),
    (re.compile(r"^([0-9]{4})\.([0-9]{1,2})$"), r"\1年\2月"),
)
"""What is taken from a date, or written otherwise, before it is read as a period."""
_MILESTONES: Mapping[str, tuple[Field, ...]] = {
    "签约": (Field.SIGNED,),
    "开工": (Field.START_PLANNED, Field.STARTED),
    "入库": (Field.RECORDED,),
    "投产": (Field.PRODUCING,),
    "竣工": (Field.PRODUCING,),
    "建成": (Field.PRODUCING,),
    "达产": (Field.PRODUCING,),
    "入统": (Field.COUNTED,),
}
"""Of which date a word in its cell may be."""
_MILESTONE = re.compile(f"({'|'.join(_MILESTONES)})$")
_DAY = re.compile(
    r"([0-9]{4})(?:[-./]|年)([0-9]{1,2})(?:[-./]|月)([0-9]{1,2})日?(?:T?[0-9]{1,2}:[0-9:.]+)?"
)
_EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_JANUARY_OR_OCTOBER = re.compile(r"[0-9]{4}\.1")


def quarter(cell: Cell) -> Quarter | None:
    """Return the quarter of a date, a month or a quarter; the end of a year is its last one."""
    if isinstance(cell, bool):
        raise Unread(Code.QUARTER)
    if says_nothing(cell):
        return None
    if isinstance(cell, date):
        return _quarter_of(cell.year, cell.month)
    bare = compact(f"{cell:.10g}" if isinstance(cell, float) else str(cell))
    if isinstance(cell, float) and _JANUARY_OR_OCTOBER.fullmatch(bare):
        raise Unread(Code.QUARTER_UNCLEAR)  # 2026.1 and 2026.10 are one number
    for words, instead in _WORDS_OF_DATES:
        bare = words.sub(instead, bare)
    if day := _DAY.fullmatch(bare) or _EIGHT_DIGITS.fullmatch(bare):
        return _quarter_of(*map(int, day.groups()))
    period = parse_period(bare)
    if period is None or period.year is None or period.reach not in (Reach.UNSAID, Reach.QUARTER):
        raise Unread(Code.QUARTER)
    return _quarter_of(period.year, period.month)


def _quarter_of(year: int, month: int, day: int = 1) -> Quarter:
    try:
        date(year, month, day)
    except ValueError:
        raise Unread(Code.QUARTER) from None
    if not EARLIEST <= year <= LATEST:
        raise Unread(Code.QUARTER)
    return Quarter.of_month(year, month)


_STAGE_BY_WORD = {
    word: stage
    for stage, words in STAGES.items()
    for word in (
        *words.words.split(), *map(compact, (words.name.zh, words.name.en, stage)),
    )
}  # fmt: skip
_PROGRESS = [
    (stage, re.compile(words.progress))
    for stage, words in reversed(list(STAGES.items()))
    if words.progress
]
"""The furthest first: a stage is in it."""
_NOT_YET = re.compile("未|拟|待|即将|准备|计划|预计|力争|争取|停工|停建|暂停")
"""Beside these words progress does not tell how far a project is."""


def stage(cell: Cell) -> Stage | None:
    """Return the stage that a word says, or words of progress such as 主体封顶."""
    if says_nothing(cell):
        return None
    squeezed = compact(str(cell))
    known = _STAGE_BY_WORD.get(squeezed.removesuffix("阶段"))
    if known is None and not _NOT_YET.search(squeezed):
        known = next((stage for stage, words in _PROGRESS if words.search(squeezed)), None)
    if known is None:
        raise Unread(Code.STAGE)
    return known


_CLASS_BY_WORD = {
    compact(word): reference
    for reference, names in REFERENCE_CLASSES.items()
    for word in (names.zh, names.en, reference)
}


def reference_class(cell: Cell) -> ReferenceClass | None:
    """Return the reference class that a word says."""
    if says_nothing(cell):
        return None
    known = _CLASS_BY_WORD.get(compact(str(cell)).removesuffix("项目"))
    if known is None:
        raise Unread(Code.REFERENCE)
    return known


_YES = {"是", "√", "✓", "Y", "YES", "TRUE", "工业", "工业项目", "1"}
_NO = {"否", "×", "X", "N", "NO", "FALSE", "非工业", "非工业项目", "不是", "0"}


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


_MOST_DELAY = 40
"""Quarters of delay; more is a slip."""
_COMMAS = re.compile(r"->|[;；,，、/／|+→\n]")
_SHARE = r"(?P<share>[0-9]*\.?[0-9]+%?)"
_QUARTERS = r"(?:个?季度?|Q)"
_DELAYED = re.compile(
    rf"(?:(?:(?:推迟|延期|延迟|延后|晚|延)?约?"
    rf"(?:(?P<quarters>[0-9]{{1,2}}){_QUARTERS}|(?P<months>[0-9]{{1,2}})个月)"
    rf"|(?P<none>不延期|不推迟|按期|按时|如期|准时|ONTIME|否))"
    rf"(?:的?(?:概率|可能性|可能))?[:=为]?)?{_SHARE}?"
)
_RAMPED = re.compile(
    rf"(?:第?(?P<quarter>[0-9]{{1,2}}){_QUARTERS}(?:起|及以后|以后)?[:=为]?)?{_SHARE}"
)
_SUM = 1e-6


def delay(cell: Cell, *, head_quarters: bool = False) -> tuple[float, ...] | None:
    """Return the probability of 0, 1, 2 ... quarters' delay; 延期2季 alone is certain.

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
    shares: dict[int, float] = {}
    parts = _parts_of(cell, _DELAYED, Code.DELAY)
    for place, part in enumerate(parts):
        quarters, rest = divmod(int(part["months"] or 0), 3)
        quarters = int(part["quarters"] or quarters)
        if not (part["quarters"] or part["months"] or part["none"]):
            quarters = place
        certain = len(parts) == 1 and part[0]
        if rest or quarters in shares or not (part["share"] or certain):
            raise Unread(Code.DELAY)
        shares[quarters] = _fraction(part["share"] or "1")
    if abs(sum(shares.values()) - 1) > _SUM or max(shares) > _MOST_DELAY:
        raise Unread(Code.DELAY)
    return tuple(shares.get(quarters, 0.0) for quarters in range(max(shares) + 1))


def ramp(cell: Cell) -> tuple[float, ...] | None:
    """Return the share of capacity in the first, second ... quarter."""
    if says_nothing(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, (str, float)):
        raise Unread(Code.RAMP)
    parts = _parts_of(cell if isinstance(cell, str) else repr(cell), _RAMPED, Code.RAMP)
    shares = tuple(_fraction(part["share"]) for part in parts)
    in_order = all(int(part["quarter"] or place) == place for place, part in enumerate(parts, 1))
    if not shares or not in_order or max(shares) > MOST_RAMP:
        raise Unread(Code.RAMP)
    return shares


def _parts_of(cell: str, form: re.Pattern[str], refusal: Code) -> list[re.Match[str]]:
    """Return the parts of a list as a form fits them."""
    parts = [form.fullmatch(compact(part)) for part in _COMMAS.split(cell) if part.strip()]
    if not all(parts):
        raise Unread(refusal)
    return [part for part in parts if part]


def _money(cell: Cell, heading: Heading, shown_percent: bool) -> float | None:
    value = amount(cell, heading.unit, heading.field.unit)
    # Tax may be paid back; nothing else is below zero.
    least = -LARGEST if heading.field is Field.TAX else 0.0
    if value is not None and not least <= value <= LARGEST:
        raise Unread(Code.RANGE)
    return value


def _milestone(cell: Cell, heading: Heading, shown_percent: bool) -> Quarter | None:
    """Return the quarter of a milestone: 2026年11月竣工 below 开工（竣工）时间 is no start."""
    named = _MILESTONE.search(compact(cell)) if isinstance(cell, str) else None
    if named and heading.field not in _MILESTONES[named[1]]:
        raise Unread(Code.QUARTER)
    return quarter(cell)


READERS: Mapping[Holds, Callable[[Cell, Heading, bool], object]] = {
    Holds.LABEL: lambda cell, head, shown_percent: text(cell) or None,
    Holds.REMARK: lambda cell, head, shown_percent: None if says_nothing(cell) else text(cell),
    Holds.STAGE: lambda cell, head, shown_percent: stage(cell),
    Holds.REFERENCE: lambda cell, head, shown_percent: reference_class(cell),
    Holds.QUARTER: _milestone,
    Holds.MONEY: _money,
    Holds.SHARE: lambda cell, head, shown_percent: share(
        cell, shown_percent=shown_percent, head_percent=head.unit == "%"
    ),
    Holds.RAMP: lambda cell, head, shown_percent: ramp(cell),
    Holds.DELAY: lambda cell, head, shown_percent: delay(cell, head_quarters=head.unit == QUARTERS),
    Holds.FLAG: lambda cell, head, shown_percent: flag(cell),
}
"""How a cell is read, by what its field holds: below which head, and whether shown with %."""
