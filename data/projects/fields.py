"""The fields of a project: their words in files, and what the head of a column says of them.

A further field is one entry of ``Field``, a further stage one of ``STAGES``; pages have the same
words in the message catalogues, and a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto
from functools import lru_cache
from typing import NamedTuple

from data.workbook.words.normalise import compact, plain
from data.workbook.words.units import find_unit
from forecasting.figures.indicator import Names
from forecasting.scenario.projects import Stage
from forecasting.scenario.reference_class import ReferenceClass


class Holds(Enum):
    """What the cells of a field hold."""

    LABEL = auto()
    REMARK = auto()
    STAGE = auto()
    REFERENCE = auto()
    QUARTER = auto()
    MONEY = auto()
    SHARE = auto()  # between 0 and 1, shown as a percentage
    RAMP = auto()
    DELAY = auto()
    FLAG = auto()


class StageWords(NamedTuple):
    """The name of a stage, other words for it, and the progress (形象进度) by which it is known."""

    name: Names
    words: str
    progress: str = ""


STAGES: Mapping[Stage, StageWords] = {
    Stage.INTRODUCED: StageWords(
        Names("签约引进", "Introduced"),
        "签约 引进 招引 已签约 新签约 签约项目 签约未开工 签约待开工 待开工 未开工 尚未开工 前期 "
        "前期项目 前期阶段 前期手续 洽谈 在谈 储备 谋划 拟开工 拟建",
        "手续|立项|备案|环评|能评|选址|摘牌|土地(?:出让|挂牌|报批)|征地|规划设计|可研",
    ),
    Stage.STARTED: StageWords(
        Names("开工在建", "Started"),
        "开工 在建 已开工 新开工 新建 续建 开工建设 建设中 正在建设 在建项目 施工中",
        "封顶|桩基|打桩|基坑|地基|基础(?:施工|浇筑|完成|工程)|主体|土建|钢结构|砌筑|装修|装饰"
        "|设备(?:安装|调试|进场)|安装调试|管网施工|竣工|完工|施工",
    ),
    Stage.PRODUCING: StageWords(
        Names("投产", "Producing"),
        "已投产 试生产 试投产 建成投产 竣工投产 投产项目 新投产 部分投产",
        "试生产|试运行|试运营|试产",
    ),
    Stage.AT_CAPACITY: StageWords(
        Names("达产达效", "At capacity"), "达产 达效 已达产 已达效 满产 投产达效"
    ),
    Stage.UPGRADED: StageWords(
        Names("提质升级", "Upgraded"), "提质 升级 技改升级 提质增效 转型升级 提档升级"
    ),
    Stage.GROWN: StageWords(Names("扶持壮大", "Grown"), "壮大 培育壮大 做大做强 扩能壮大"),
}
"""From the first to the furthest."""

REFERENCE_CLASSES: Mapping[ReferenceClass, Names] = {
    ReferenceClass.SIGNED: Names("已签约", "Signed"),
    ReferenceClass.PLANNED_START: Names("计划开工", "Planned start"),
    ReferenceClass.STARTED: Names("当年开工", "Started this year"),
    ReferenceClass.UNDER_CONSTRUCTION: Names("在建", "Under construction"),
    ReferenceClass.COMPLETING: Names("当年竣工", "Completing this year"),
    ReferenceClass.IN_PRODUCTION: Names("已投产", "In production"),
    ReferenceClass.TECHNICAL: Names("技术改造", "Technical works"),
}
"""Classes of projects in the order it passes them."""

YES, NO = Names("是", "Yes"), Names("否", "No")
PROJECTS = Names("项目台账", "Projects")
GUIDE = Names("填表说明", "How to fill in")
"""Names of the sheets."""

_WHEN = "(?:时间|日期|年月|月份|时点|节点|年度|季度)"
_WHOSE = "(?:项目|企业)?"
_AT_CAPACITY = "(?:项目)?(?:设计|达产达效|达产|预计|满产|投产|达效)*后?(?:预计|实现)*(?:年|年度)?"
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


class Field(StrEnum):
    """A column of the table: what a project has under the attribute of the same name.

    Attributes
    ----------
    head
        As exports write it; that of a field in ``YEARLY`` stands once for every year.
    words
        Pattern of other heads that mean the field, in capitals and without spaces.
    guide
        What goes into the column.
    unit
        Code of the unit that a project has an amount of money in, empty for other fields.
    """

    holds: Holds
    head: Names
    words: re.Pattern[str]
    guide: Names
    unit: str

    def __new__(cls, name: str, holds: Holds, head: Names, words: str, guide: Names) -> Field:
        """Return a field that is known by its own head and other words."""
        field = str.__new__(cls, name)
        field._value_ = name
        own = (re.escape(compact(_BRACKETS.sub("", plain(text)))) for text in (head.zh, head.en))
        field.holds, field.head, field.guide = holds, head, guide
        field.words = re.compile("|".join((words, *own)))
        found = find_unit(head.zh) if holds is Holds.MONEY else None
        field.unit = found[0] if found else ""
        return field

    # fmt: off
    ID = (
        "id", Holds.LABEL, Names("项目编号", "Project ID"),
        r"(?:项目)?(?:编号|编码|代码|ID)|(?:THE)?PROJECT(?:ID|CODE|NUMBER)",
        Names("每个项目一个，不重复；留空时按项目名称自动生成，名称不变编号不变。",
              "One for each project; left empty, it is made from the name and stays as long "
              "as that."),
    )
    NAME = (
        "name", Holds.LABEL, Names("项目名称", "Project"),
        r"(?:项目|工程)?(?:名称|全称)|(?:企业|单位)\(项目\)(?:名称|全称)|项目名|项目|工程名"
        "|(?:PROJECT)?NAME",
        Names("项目全称；没有名称和编号的行不读入。合计、小计行和表下的注不读入。",
              "The full name; rows without name and ID, totals and notes are not read."),
    )
    STAGE = (
        "stage", Holds.STAGE, Names("阶段", "Stage"),
        "(?:项目)?(?:当前|目前|现|所处|建设|推进|实施|工作)*"
        "(?:阶段|状态|进展|进度|进展情况|进度情况|形象进度|批次)|(?:项目)?落地(?:情况|进展|状态)|STATUS",
        Names("目前所处阶段，从下拉列表中选："
              + "、".join(words.name.zh for words in STAGES.values())
              + "。也可写形象进度，如主体封顶、设备安装、试生产。"
              "留空的按时间节点确定，没有时间的按签约引进。",
              "Where it stands now, from the list: "
              + ", ".join(words.name.en for words in STAGES.values())
              + ". Where it is empty, the dates say it; without dates it is Introduced."),
    )
    OWNER = (
        "owner", Holds.REMARK, Names("责任单位", "Unit in charge"),
        "(?:项目)?(?:责任|牵头|主管|包联|包保|服务|落实|推进|主责)+(?:单位|部门|科室)|OWNER",
        Names("牵头推进的单位。", "The unit that pushes it on."),
    )
    TOTAL_INVESTMENT = (
        "total_investment", Holds.MONEY, Names("总投资(亿元)", "Total investment (CNY 100m)"),
        "(?:项目)?(?:计划|概算|估算|预计|协议|签约|合同)?总投资(?:额|规模)?|投资总额|投资规模"
        "|(?:项目)?(?:计划|协议)投资总额|(?:签约|协议|合同|引资)投资额|(?:签约|协议|合同)(?:投资)?金额",
        Names("计划总投资，亿元。以万元填写的，请在表头或单元格内写明“万元”。",
              "Planned in total, in CNY 100m; another unit has to stand in the head or in the "
              "cell."),
    )
    SIGNED = (
        "signed", Holds.QUARTER, Names("签约时间", "Signed"),
        rf"{_WHOSE}(?:正式)?签约{_WHEN}|SIGNING(?:DATE)?",
        Names("正式签约的季度，如2026年三季度；也可写2026Q3、2026年7月、2026-07或日期。未定的留空。",
              "The quarter of signing, such as Q3 2026; 2026Q3, 2026-07 or a date do as well. "
              "Empty where it is open."),
    )
    START_PLANNED = (
        "start_planned", Holds.QUARTER, Names("计划开工时间", "Planned start"),
        rf"{_WHOSE}(?:原|年初)?(?:计划|拟)(?:新?开工|动工|开建)(?:建设)?{_WHEN}"
        "|PLANNEDSTART(?:DATE)?",
        Names("年初项目清单上的计划开工季度，写法同上；开工后不再改动，用于对照实际。"
              "没有“开工时间”一栏时，以此为预计开工时间。",
              "The quarter of the start in the year's list, which stays once it has started, so "
              "that the two can be compared. It counts as the start where no column is of that."),
    )
    STARTED = (
        "started", Holds.QUARTER, Names("开工时间", "Started"),
        rf"{_WHOSE}(?:新?开工|动工|开建)(?:建设)?{_WHEN}|START(?:DATE)?",
        Names("实际或预计开工的季度，写法同上。投资自开工并入库的季度起计算。",
              "The quarter it was or will be started. Investment counts once started and "
              "registered."),
    )
    RECORDED = (
        "recorded", Holds.QUARTER, Names("入库时间", "In the investment register"),
        rf"{_WHOSE}(?:投资)?(?:纳统入库|入库纳统|入库|项目纳统|投资纳统){_WHEN}|RECORDED|REGISTERED",
        Names("纳入固定资产投资统计库的季度，写法同上。",
              "The quarter it is in the register of fixed-asset investment."),
    )
    PRODUCING = (
        "producing", Holds.QUARTER, Names("投产时间", "In production"),
        rf"{_WHOSE}(?:建成投产|竣工投产|试?投产|试生产|投运){_WHEN}|PRODUCTION(?:START)?",
        Names("实际或预计投产的季度，写法同上。税收自投产起计算。",
              "The quarter it was or will be in production. Tax counts from then on."),
    )
    COUNTED = (
        "counted", Holds.QUARTER, Names("入统时间", "In the statistics"),
        rf"{_WHOSE}(?:升规入统|入统|企业纳统|上规|升规|上规入统|入规){_WHEN}|COUNTED",
        Names("企业纳入规上统计的季度，写法同上。产值自入统起计算。",
              "The quarter its firm is among those counted. Output counts from then on."),
    )
    COMPLETION = (
        "completion", Holds.MONEY,
        Names("{year}年计划投资(亿元)", "Investment planned for {year} (CNY 100m)"),
        "(?:计划|预计|拟)?(?:年度|本年|本年度|今年|当年|全年)(?:计划|预计|拟|目标)*(?:完成)?"
        "投资(?:计划|额|目标|任务|完成额)?",
        Names("该年度计划完成的投资，亿元；每个年度一栏，可自行增加，如“2028年计划投资(亿元)”。",
              "Investment to be completed in that year, in CNY 100m; add a column for a further "
              "year."),
    )
    COMPLETED = (
        "completed", Holds.MONEY,
        Names("{year}年实际完成投资(亿元)", "Investment completed in {year} (CNY 100m)"),
        "(?:全年|本年|当年|年度)实际完成投资额?",
        Names("该年度实际完成的投资，亿元；年度结束后填写，用于对照计划。每个年度一栏，可自行增加。",
              "Investment that was completed in a year that is over, in CNY 100m, so that it can "
              "be compared with the plan; add a column for a further year."),
    )
    OUTPUT = (
        "output", Holds.MONEY,
        Names("达产年产值(亿元)", "Yearly output at capacity (CNY 100m)"),
        rf"{_AT_CAPACITY}(?:工业)?(?:总)?产值|(?:YEARLY)?OUTPUT(?:ATCAPACITY)?",
        Names("达产后一年的产值，亿元。", "Output of a year at capacity, in CNY 100m."),
    )
    VALUE_ADDED_RATE = (
        "value_added_rate", Holds.SHARE, Names("增加值率", "Value-added rate"),
        "(?:工业)?增加值率|VALUEADDEDRATE",
        Names("增加值占产值的比例，如18.6%；留空按18.6%。",
              "Value added as a share of output, such as 18.6%, which is what empty means."),
    )
    RAMP = (
        "ramp", Holds.RAMP, Names("产能爬坡", "Ramp"),
        "(?:产能|达产|投产)?(?:爬坡|爬产|达产进度)(?:曲线|系数|比例|进度|计划|期)?|RAMP-?UP",
        Names("入统后第1、2、3……季达到产能的比例，如“第1季30%;第2季60%;第3季100%”，"
              "之后各季同最后一季。留空按同类项目常规爬坡。",
              "Share of capacity in the first, second ... quarter, such as 1Q 30%; 2Q 60%; "
              "3Q 100%; the last one goes on. Empty is what is usual for such projects."),
    )
    TAX = (
        "tax", Holds.MONEY, Names("达产年税收(万元)", "Yearly tax at capacity (CNY 10k)"),
        rf"{_AT_CAPACITY}(?:缴纳|上缴|缴)?(?:税收|纳税|税金|缴税)(?:额|总额|贡献)?"
        "|(?:YEARLY)?TAX(?:ATCAPACITY)?",
        Names("达产后一年的税收，万元，自投产起按产能爬坡计算。",
              "Tax of a year at capacity, in CNY 10k, along the ramp from production on."),
    )
    RETAINED = (
        "retained", Holds.SHARE, Names("地方留成比例", "Share of tax retained"),
        "(?:税收)?(?:地方|本级|区级|县级|财政)*留成(?:比例|率|比)?|TAXRETAINED|RETAINED(?:SHARE)?",
        Names("税收留在本级财政的比例，如37.5%；留空按37.5%。",
              "Share of the tax that stays in the local budget; empty is 37.5%."),
    )
    INDUSTRIAL = (
        "industrial", Holds.FLAG, Names("是否工业项目", "Industrial"),
        "(?:是否)?(?:为|属于)?工业(?:类)?项目|是否工业",
        Names("填“是”或“否”；非工业项目不计入工业指标。留空按“是”。",
              "Yes or No; others do not count in industrial indicators. Empty is Yes."),
    )
    START_PROBABILITY = (
        "start_probability", Holds.SHARE, Names("开工概率", "Start probability"),
        "(?:预计|项目)?开工(?:的)?(?:概率|把握|把握度|把握程度|可能性)",
        Names("项目最终能够开工的概率，如70%、0.7或七成；留空按同类项目的开工率。",
              "How likely it is to start at all, such as 70% or 0.7; empty is the rate of such "
              "projects."),
    )
    DELAY = (
        "delay", Holds.DELAY, Names("延期概率", "Delay"),
        "(?:预计|可能|项目)?(?:延期|推迟|延迟|滞后|延后)"
        "(?:概率|分布|概率分布|可能性|时间|时长|情况|季度|季度数|季数)?",
        Names("推迟0、1、2……个季度的概率，如“0季60%;1季30%;2季10%”，合计100%。留空按同类项目常规。",
              "Probability of 0, 1, 2 ... quarters' delay, such as 0Q 60%; 1Q 30%; 2Q 10%, which "
              "sum to 100%. Empty is what is usual for such projects."),
    )
    REFERENCE = (
        "reference", Holds.REFERENCE, Names("参照类别", "Reference class"),
        "(?:项目)?(?:参照|参考)(?:类别|类型|组)",
        Names("按哪一类项目的历史到位情况折算，从下拉列表中选："
              + "、".join(names.zh for names in REFERENCE_CLASSES.values())
              + "。留空按阶段和时间节点判定。",
              "Projects whose record it is discounted by, from the list: "
              + ", ".join(names.en for names in REFERENCE_CLASSES.values())
              + ". Empty is by stage and dates."),
    )
    CERTAIN = (
        "certain", Holds.FLAG, Names("是否全部按计划到位", "All as planned"),
        "(?:是否)?(?:全部|全额|足额)?按(?:期|计划)(?:全部|足额|全额)?到位|CERTAIN",
        Names("填“是”的按所填金额、时间足额计入，不打折扣，各处输出均予注明。留空按“否”。",
              "Yes counts all of it on the dates given, with no discount, and every output says "
              "so. Empty is No."),
    )
    BLOCKING = (
        "blocking", Holds.REMARK, Names("堵点", "Held up by"),
        "(?:目前|当前|现)?(?:项目|推进|建设)?"
        "(?:存在|面临|主要|需|需要|待|亟需|亟待|协调|解决|的|及|和|、)*"
        "(?:堵点|难点|卡点|痛点|问题|困难|事项)"
        "(?:堵点|难点|卡点|痛点|问题|困难|事项|及|和|与|、|情况)*|BLOCKING|BLOCKED(?:BY)?|ISSUES?",
        Names("影响项目推进的主要问题；没有的留空。",
              "What holds it up; empty where nothing does."),
    )
    # fmt: on


YEARLY: Mapping[Field, re.Pattern[str]] = {
    Field.COMPLETION: re.compile(
        "(?:全年)?(?:计划|预计|拟|目标)*(?:完成)?(?:固定资产)?投资(?:计划|额|目标|任务|完成额)?"
        "|INVESTMENTPLANNED(?:FOR)?|PLANNEDINVESTMENT(?:IN|FOR)?"
    ),
    Field.COMPLETED: re.compile(
        "(?:全年)?实际(?:累计)?完成(?:固定资产)?投资额?|INVESTMENTCOMPLETED(?:IN)?"
    ),
}
"""Fields that have a column for each year, and the words that mean them beside a year."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of a column says.

    Attributes
    ----------
    unit
        Code of the unit, ``QUARTERS`` below a head that counts them; empty where it has none.
    year
        Of a field that has a column for each; 0 where the head names none.
    actual
        Whether it is what has happened, as in 实际开工时间, not what is planned.
    bare
        Whether it says 投资额 and not of what: total, where no other column has that.
    """

    field: Field
    unit: str = ""
    year: int = 0
    actual: bool = False
    bare: bool = False


class NoField(Enum):
    """What a column holds that a project has no field for."""

    NUMBER = auto()  # a running number
    SO_FAR = auto()  # investment completed so far, of no one year


QUARTERS = "quarters"

_LONGEST = 60
_NUMBERS = re.compile(r"序号?|编次|行次|NO\.?|#|NUMBER")
_PLANNED = re.compile(r"^(?:预计|计划|拟|预期|目标|PLANNED|EXPECTED)")
_ACTUAL = re.compile(r"^(?:实际|已|ACTUAL)")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}|2100)(?![0-9])年?度?")
_SO_FAR = re.compile(
    r"(?:截[至止].*|自?开工(?:以来|至今)|.*[-至].*月|.*[年月])?(?:已|实际)?(?:累计(?:已|实际)?)?"
    r"(?:已)?完成(?:的)?(?:固定资产)?投资额?|.*累计(?:已|实际)?(?:完成)?(?:固定资产)?投资(?:完成)?额?"
    "|.*累计(?:已|实际)?完成额?"
    r"|(?:INVESTMENT)?COMPLETED(?:SOFAR)?"
)
_BARE = re.compile("(?:项目)?投资金?额")
_A_YEAR = re.compile(r"(?<=[万亿]元)/年|(?<=[万亿])/年")


@lru_cache(maxsize=4096)
def head_of(text: str) -> Heading | NoField | None:
    """Return what a head says, None where it is no head of a table of projects."""
    squeezed = compact(text)
    if not squeezed or len(squeezed) > _LONGEST:
        return None
    if _NUMBERS.fullmatch(squeezed):
        return NoField.NUMBER
    shown = _A_YEAR.sub("", plain(text))
    # 亩 or 人 in a head of money stays: it is for the reader of its cells to refuse.
    unit, rest = find_unit(shown) or ("", shown)
    bare = compact(rest)
    without_brackets = _BRACKETS.sub("", bare)
    heading = _heading(bare, unit) or _heading(without_brackets, unit)
    if heading and heading.field is Field.DELAY and "季" in squeezed:
        return replace(heading, unit=QUARTERS)
    return heading or (NoField.SO_FAR if _SO_FAR.fullmatch(without_brackets) else None)


def _heading(bare: str, unit: str) -> Heading | None:
    if year := _YEAR.search(bare):
        rest = re.sub(r"其中:?|\(\)", "", bare[: year.start()] + bare[year.end() :])
        named = (field for field, words in YEARLY.items() if words.fullmatch(rest))
        field = next(named, None)
        return Heading(field, unit, int(year[1])) if field else None
    if _BARE.fullmatch(bare):
        return Heading(Field.TOTAL_INVESTMENT, unit, bare=True)
    undated = _ACTUAL.sub("", _PLANNED.sub("", bare))
    for field in Field:
        dated = field.holds is Holds.QUARTER and field.words.fullmatch(undated)
        if dated or field.words.fullmatch(bare):
            return Heading(field, unit, actual=bool(_ACTUAL.match(bare)))
    return None
