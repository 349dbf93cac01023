"""The fields of a project: their words in files, and what the head of a column says of them.

Pages have the same words in the message catalogues; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from data.workbook.words.normalise import compact, plain
from data.workbook.words.units import convert, find_unit
from forecasting.figures.indicator import Names
from forecasting.scenario.projects import DATES, Stage


class Field(StrEnum):
    """A column of the table: what a project says under the attribute of the same name."""

    ID = "id"
    NAME = "name"
    STAGE = "stage"
    OWNER = "owner"
    TOTAL_INVESTMENT = "total_investment"
    SIGNED = "signed"
    STARTED = "started"
    RECORDED = "recorded"
    PRODUCING = "producing"
    COUNTED = "counted"
    COMPLETION = "completion"
    OUTPUT = "output"
    VALUE_ADDED_RATE = "value_added_rate"
    RAMP = "ramp"
    TAX = "tax"
    RETAINED = "retained"
    INDUSTRIAL = "industrial"
    START_PROBABILITY = "start_probability"
    DELAY = "delay"
    BLOCKING = "blocking"


DATED = tuple(map(Field, DATES))
"""Columns of a quarter."""
MONEY = (Field.TOTAL_INVESTMENT, Field.OUTPUT, Field.TAX, Field.COMPLETION)
"""Columns of an amount of money."""
SHARES = (Field.VALUE_ADDED_RATE, Field.RETAINED, Field.START_PROBABILITY)
"""Columns of one number between 0 and 1, shown as percentages."""

HEADS: Mapping[Field, Names] = {
    Field.ID: Names("项目编号", "Project ID"),
    Field.NAME: Names("项目名称", "Project"),
    Field.STAGE: Names("阶段", "Stage"),
    Field.OWNER: Names("责任单位", "Unit in charge"),
    Field.TOTAL_INVESTMENT: Names("总投资(亿元)", "Total investment (CNY 100m)"),
    Field.SIGNED: Names("签约时间", "Signed"),
    Field.STARTED: Names("开工时间", "Started"),
    Field.RECORDED: Names("入库时间", "In the investment register"),
    Field.PRODUCING: Names("投产时间", "In production"),
    Field.COUNTED: Names("入统时间", "In the statistics"),
    Field.COMPLETION: Names(
        "{year}年计划投资(亿元)", "Investment planned for {year} (CNY 100m)"
    ),
    Field.OUTPUT: Names("达产年产值(亿元)", "Yearly output at capacity (CNY 100m)"),
    Field.VALUE_ADDED_RATE: Names("增加值率", "Value-added rate"),
    Field.RAMP: Names("产能爬坡", "Ramp"),
    Field.TAX: Names("达产年税收(万元)", "Yearly tax at capacity (CNY 10k)"),
    Field.RETAINED: Names("地方留成比例", "Share of tax retained"),
    Field.INDUSTRIAL: Names("是否工业项目", "Industrial"),
    Field.START_PROBABILITY: Names("开工把握", "Start probability"),
    Field.DELAY: Names("延期概率", "Delay"),
    Field.BLOCKING: Names("堵点问题", "Held up by"),
}  # fmt: skip
"""In the order of the columns; that of ``COMPLETION`` stands once for every year."""

STAGES: Mapping[Stage, Names] = {
    Stage.INTRODUCED: Names("签约引进", "Introduced"),
    Stage.STARTED: Names("开工在建", "Started"),
    Stage.PRODUCING: Names("投产", "Producing"),
    Stage.AT_CAPACITY: Names("达产达效", "At capacity"),
    Stage.UPGRADED: Names("提质升级", "Upgraded"),
    Stage.GROWN: Names("扶持壮大", "Grown"),
}

YES, NO = Names("是", "Yes"), Names("否", "No")
PROJECTS = Names("项目台账", "Projects")
GUIDE = Names("填表说明", "How to fill in")
"""Names of the sheets."""

EXAMPLE = Names("示例", "Example")
"""As the id of a row: it shows how to fill in, and is not read."""
EXAMPLE_NAME = Names("示例项目（本行不读入）", "An example project (this row is not read)")
EXAMPLE_OWNER = Names("经济发展部", "Economic development office")
EXAMPLE_BLOCKING = Names("用地手续未办结", "Land papers outstanding")

GUIDE_HEADS = (Names("栏目", "Column"), Names("填写说明", "What goes in it"))

GUIDES: Mapping[Field, Names] = {
    Field.ID: Names(
        "每个项目一个，不重复；留空时按项目名称自动生成，名称不变编号不变。",
        "One for each project; left empty, it is made from the name and stays as long as that.",
    ),
    Field.NAME: Names(
        "项目全称；没有名称和编号的行不读入。合计、小计行和表下的注不读入。",
        "The full name; rows without name and ID, totals and notes are not read.",
    ),
    Field.STAGE: Names(
        "目前所处阶段，从下拉列表中选：签约引进、开工在建、投产、达产达效、提质升级、扶持壮大。"
        "也可写形象进度，如主体封顶、设备安装、试生产。留空的按时间节点确定，没有时间的按签约引进。",
        "Where it stands now, from the list: Introduced, Started, Producing, At capacity, "
        "Upgraded, Grown. Where it is empty, the dates say it; without dates it is Introduced.",
    ),
    Field.OWNER: Names("牵头推进的单位。", "The unit that pushes it on."),
    Field.TOTAL_INVESTMENT: Names(
        "计划总投资，亿元。以万元填写的，请在表头或单元格内写明“万元”。",
        "Planned in total, in CNY 100m; another unit has to stand in the head or in the cell.",
    ),
    Field.SIGNED: Names(
        "正式签约的季度，如2026年三季度；也可写2026Q3、2026年7月、2026-07或日期。未定的留空。",
        "The quarter of signing, such as Q3 2026; 2026Q3, 2026-07 or a date do as well. "
        "Empty where it is open.",
    ),
    Field.STARTED: Names(
        "实际或预计开工的季度，写法同上。投资自开工并入库的季度起计算。",
        "The quarter it was or will be started. Investment counts once started and registered.",
    ),
    Field.RECORDED: Names(
        "纳入固定资产投资统计库的季度，写法同上。",
        "The quarter it is in the register of fixed-asset investment.",
    ),
    Field.PRODUCING: Names(
        "实际或预计投产的季度，写法同上。税收自投产起计算。",
        "The quarter it was or will be in production. Tax counts from then on.",
    ),
    Field.COUNTED: Names(
        "企业纳入规上统计的季度，写法同上。产值自入统起计算。",
        "The quarter its firm is among those counted. Output counts from then on.",
    ),
    Field.COMPLETION: Names(
        "该年度计划完成的投资，亿元；每个年度一栏，可自行增加，如“2028年计划投资(亿元)”。",
        "Investment to be completed in that year, in CNY 100m; add a column for a further year.",
    ),
    Field.OUTPUT: Names("达产后一年的产值，亿元。", "Output of a year at capacity, in CNY 100m."),
    Field.VALUE_ADDED_RATE: Names(
        "增加值占产值的比例，如18.6%；留空按18.6%。",
        "Value added as a share of output, such as 18.6%, which is what empty means.",
    ),
    Field.RAMP: Names(
        "入统后第1、2、3……季达到产能的比例，如“第1季30%;第2季60%;第3季100%”，之后各季同最后一季。"
        "留空按100%。",
        "Share of capacity in the first, second ... quarter, such as 1Q 30%; 2Q 60%; 3Q 100%; "
        "the last one goes on. Empty is 100%.",
    ),
    Field.TAX: Names(
        "达产后一年的税收，万元，自投产起按产能爬坡计算。",
        "Tax of a year at capacity, in CNY 10k, along the ramp from production on.",
    ),
    Field.RETAINED: Names(
        "税收留在本级财政的比例，如37.5%；留空按37.5%。",
        "Share of the tax that stays in the local budget; empty is 37.5%.",
    ),
    Field.INDUSTRIAL: Names(
        "填“是”或“否”；非工业项目不计入工业指标。留空按“是”。",
        "Yes or No; others do not count in industrial indicators. Empty is Yes.",
    ),
    Field.START_PROBABILITY: Names(
        "项目最终能够开工的把握，如70%、0.7或七成；留空按100%。",
        "How likely it is to start at all, such as 70% or 0.7; empty is 100%.",
    ),
    Field.DELAY: Names(
        "推迟0、1、2……个季度的可能性，如“0季60%;1季30%;2季10%”，合计100%。留空按不延期。",
        "Probability of 0, 1, 2 ... quarters' delay, such as 0Q 60%; 1Q 30%; 2Q 10%, which sum "
        "to 100%. Empty is no delay.",
    ),
    Field.BLOCKING: Names(
        "影响项目推进的主要问题；没有的留空。", "What holds it up; empty where nothing does."
    ),
}


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
