"""What the head of a column says: which field of a project, in which unit, of which year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from data.projects.words import DATED, HEADS, MONEY, Field
from data.workbook.words.text import compact, plain
from data.workbook.words.units import convert, find_unit

PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Heading:
    """A head.

    Attributes
    ----------
    field
        None for a running number and for figures that a project has no place for.
    unit
        Code of the unit that the head says, empty where it says none.
    year
        Of investment to be completed; None where the head says none.
    actual
        Whether it is what has happened, as in 实际开工时间, not what is planned.
    """

    field: Field | None
    unit: str = ""
    year: int | None = None
    actual: bool = False


_LONGEST = 60

NUMBER = Heading(None)
"""A running number, which says nothing."""

_WHEN = "(?:时间|日期|年月|月份|时点|节点|年度|季度)"
_WHOSE = "(?:项目|企业)?"
_WORDS: Mapping[Field, str] = {
    Field.ID: r"(?:项目)?(?:编号|编码|代码|ID)|(?:THE)?PROJECT(?:ID|CODE|NUMBER)",
    Field.NAME: r"(?:项目|工程)?(?:名称|全称)|项目名|项目|工程名|(?:PROJECT)?NAME|PROJECT",
    Field.STAGE: (
        "(?:项目)?(?:当前|目前|现|所处|建设|推进|实施|工作)*"
        "(?:阶段|状态|进展|进度|进展情况|进度情况|形象进度|批次)|STAGE|STATUS"
    ),
    Field.OWNER: (
        "(?:项目)?(?:责任|牵头|主管|包联|包保|服务|落实|推进|主责)+(?:单位|部门|科室)"
        "|UNITINCHARGE|OWNER"
    ),
    Field.TOTAL_INVESTMENT: (
        "(?:项目)?(?:计划|概算|估算|预计|协议|签约|合同)?总投资(?:额|规模)?|投资总额|投资规模"
        "|(?:项目)?(?:计划|协议)投资总额|TOTALINVESTMENT"
    ),
    Field.SIGNED: rf"{_WHOSE}(?:正式)?签约{_WHEN}|SIGNED|SIGNING(?:DATE)?",
    Field.STARTED: rf"{_WHOSE}(?:新?开工|动工|开建)(?:建设)?{_WHEN}|STARTED|START(?:DATE)?",
    Field.RECORDED: (
        rf"{_WHOSE}(?:投资)?(?:纳统入库|入库纳统|入库|项目纳统|投资纳统){_WHEN}"
        "|INTHEINVESTMENTREGISTER|RECORDED|REGISTERED"
    ),
    Field.PRODUCING: (
        rf"{_WHOSE}(?:建成投产|竣工投产|试?投产|试生产|投运){_WHEN}|INPRODUCTION|PRODUCTION(?:START)?"
    ),
    Field.COUNTED: (
        rf"{_WHOSE}(?:升规入统|入统|企业纳统|上规|升规|上规入统|入规){_WHEN}"
        "|INTHESTATISTICS|COUNTED"
    ),
    Field.COMPLETION: (
        "(?:计划|预计|拟)?(?:年度|本年|本年度|今年|当年|全年)(?:计划|预计|拟|目标)*(?:完成)?"
        "投资(?:计划|额|目标|任务|完成额)?"
    ),
    Field.OUTPUT: (
        "(?:项目)?(?:设计|达产达效|达产|预计|满产|投产|达效)*后?(?:预计|实现)*"
        "(?:年|年度)?(?:工业)?(?:总)?产值|(?:YEARLY)?OUTPUT(?:ATCAPACITY)?"
    ),
    Field.VALUE_ADDED_RATE: "(?:工业)?增加值率|VALUE-ADDEDRATE|VALUEADDEDRATE",
    Field.RAMP: (
        "(?:产能|达产|投产)?(?:爬坡|爬产|达产进度)(?:曲线|系数|比例|进度|计划|期)?|RAMP(?:-?UP)?"
    ),
    Field.TAX: (
        "(?:项目)?(?:设计|达产达效|达产|预计|满产|投产|达效)*后?(?:预计|实现)*(?:年|年度)?"
        "(?:缴纳|上缴|缴)?(?:税收|纳税|税金|缴税)(?:额|总额|贡献)?|(?:YEARLY)?TAX(?:ATCAPACITY)?"
    ),
    Field.RETAINED: (
        "(?:税收)?(?:地方|本级|区级|县级|财政)*留成(?:比例|率|比)?"
        "|(?:SHAREOF)?TAXRETAINED|RETAINED(?:SHARE)?"
    ),
    Field.INDUSTRIAL: "(?:是否)?(?:为|属于)?工业(?:类)?项目|是否工业|INDUSTRIAL",
    Field.START_PROBABILITY: (
        "(?:预计|项目)?开工(?:的)?(?:概率|把握|把握度|把握程度|可能性)|STARTPROBABILITY"
    ),
    Field.DELAY: (
        "(?:预计|可能|项目)?(?:延期|推迟|延迟|滞后|延后)"
        "(?:概率|分布|概率分布|可能性|时间|时长|情况|季度|季度数|季数)?|DELAY"
    ),
    Field.BLOCKING: (
        "(?:目前|当前|现)?(?:项目|推进|建设)?(?:存在|面临|主要|需|需要|待|亟需|亟待|协调|解决|的|及|和|、)*"
        "(?:堵点|难点|卡点|痛点|问题|困难|事项)(?:堵点|难点|卡点|痛点|问题|困难|事项|及|和|与|、|情况)*"
        "|HELDUPBY|BLOCKING|BLOCKED(?:BY)?|ISSUES?"
    ),
}  # fmt: skip
_OF_A_YEAR = re.compile(
    "(?:全年)?(?:计划|预计|拟|目标)*(?:完成)?(?:固定资产)?投资(?:计划|额|目标|任务|完成额)?"
    "|INVESTMENTPLANNED(?:FOR)?|PLANNEDINVESTMENT(?:IN|FOR)?"
)
"""Beside a year."""
_PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in _WORDS.items())
_NUMBERS = re.compile(r"序号?|编次|行次|NO\.?|#|NUMBER")
_PLANNED = re.compile(r"^(?:预计|计划|拟|预期|目标|PLANNED|EXPECTED)")
_ACTUAL = re.compile(r"^(?:实际|已|ACTUAL)")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}|2100)(?![0-9])年?度?")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# Done so far, whenever it was done: no year that it could belong to.
_SO_FAR = re.compile(
    r"(?:截[至止].*|自?开工(?:以来|至今)|.*[-至].*月|.*[年月])?(?:已|实际)?(?:累计(?:已|实际)?)?"
    r"(?:已)?完成(?:的)?(?:固定资产)?投资额?|.*累计(?:已|实际)?(?:完成)?(?:固定资产)?投资(?:完成)?额?"
    "|.*累计(?:已|实际)?完成额?"
    r"|(?:INVESTMENT)?COMPLETED(?:SOFAR)?"
)
_A_YEAR = re.compile(r"(?<=[万亿]元)/年|(?<=[万亿])/年")


def is_money(field: Field) -> bool:
    """Return whether a field holds amounts of money."""
    return field in MONEY


def unit_of(field: Field) -> str:
    """Return the unit that a project has an amount of money in."""
    found = find_unit(HEADS[field].zh)
    assert found is not None
    return found[0]


@lru_cache(maxsize=4096)
def head_of(text: str) -> Heading | None:
    """Return what a head says, None where it is no head of a table of projects."""
    squeezed = compact(text)
    if not squeezed or len(squeezed) > _LONGEST:
        return None
    if _NUMBERS.fullmatch(squeezed):
        return NUMBER
    unit, rest = _unit(plain(text))
    bare = compact(rest)
    for shorter in dict.fromkeys((bare, _BRACKETS.sub("", bare))):
        if found := _field(shorter, unit):
            return found
    return None


def is_so_far(text: str) -> bool:
    """Return whether a head is of investment completed so far, which has no year of its own."""
    bare = _BRACKETS.sub("", compact(_unit(plain(text))[1]))
    if len(bare) > _LONGEST or head_of(text):
        return False
    return _SO_FAR.fullmatch(bare) is not None


def _unit(shown: str) -> tuple[str, str]:
    """Return the unit of a head and the head without it."""
    shown = _A_YEAR.sub("", shown)
    found = find_unit(shown)
    if found is None:
        return "", shown
    # 亩 or 人 in a head of money stays: it is for the reader of its cells to refuse.
    return found


def _field(bare: str, unit: str) -> Heading | None:
    year, without = _year_of(bare)
    if year is not None:
        match = _OF_A_YEAR.fullmatch(without)
        return Heading(Field.COMPLETION, unit, year) if match else None
    actual = _ACTUAL.match(bare) is not None
    undated = _ACTUAL.sub("", _PLANNED.sub("", bare))
    for field, pattern in _PATTERNS:
        if pattern.fullmatch(bare) or (field in DATED and pattern.fullmatch(undated)):
            return Heading(field, unit, actual=actual)
    return None


def _year_of(bare: str) -> tuple[int | None, str]:
    found = _YEAR.search(bare)
    if found is None:
        return None, bare
    without = bare[: found.start()] + bare[found.end() :]
    return int(found[1]), re.sub(r"其中:?|\(\)", "", without)


def same_kind(unit: str, field: Field) -> bool:
    """Return whether amounts in a unit can be what the field has."""
    return convert(1.0, unit, unit_of(field)) is not None
