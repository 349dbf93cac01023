"""The fields of a ledger of tasks: the heads they have in files, and what goes into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from data.workbook.words.normalise import compact, plain
from forecasting.figures.indicator import Catalogue, Names
from forecasting.plan.outline import Named, Outline
from forecasting.plan.tasks import QUARTERS, TaskStatus
from forecasting.scenario.levers import LeverKind

TASKS = Names("任务台账", "Tasks")
GUIDE = Names("填表说明", "How to fill in")
"""Names of the sheets."""

STATUSES: Mapping[TaskStatus, tuple[Names, str]] = {
    TaskStatus.COMPLETED: (Names("已完成", "Completed"), "提前完成 完成 已办结 办结 销号 已销号"),
    TaskStatus.AHEAD: (Names("超进度", "Ahead of schedule"), "超序时进度 快于序时进度"),
    TaskStatus.ON_PACE: (
        Names("达进度", "On schedule"),
        "达到序时进度 达序时进度 序时推进 按序时推进 有序推进 正常推进 正常 正在办理 进行中 推进中",
    ),
    TaskStatus.BEHIND: (
        Names("欠进度", "Behind schedule"),
        "滞后 进展滞后 欠序时进度 未达序时进度 慢于序时进度",
    ),
    TaskStatus.NOT_STARTED: (Names("未启动", "Not started"), "未开展 未开始 尚未启动"),
}
"""The words of each status in files, beside its name."""


class TaskField(StrEnum):
    """A column: what a task has under the attribute of the same name, but for nodes and ids."""

    ID = "id"
    NUMBER = "number"
    WORK = "work"
    LINES = "lines"
    DRIVES = "drives"
    WORKS = "works"
    LINKS = "links"
    UNIT = "unit"
    OTHERS = "others"
    DUE = "due"
    NODES = "nodes"
    STANDARD = "standard"
    EVIDENCE = "evidence"
    SHARE = "share"
    FINISHED = "finished"
    STATED = "stated"
    PROJECTS = "projects"
    LEVERS = "levers"
    INDICATORS = "indicators"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Words:
    """The head of a column as exports write it, other heads that mean it, and what goes in."""

    head: Names
    others: re.Pattern[str]
    guide: Names


def _words(zh: str, en: str, others: str, guide_zh: str, guide_en: str) -> Words:
    return Words(Names(zh, en), re.compile(others), Names(guide_zh, guide_en))


# fmt: off
FIELDS: Mapping[TaskField, Words] = {
    TaskField.ID: _words(
        "任务编号", "Task ID", "任务(?:编码|代码|ID)|TASK(?:ID|CODE)",
        "每项任务一个；留空时按重点工作生成。",
        "One for each task; left empty, it is made from the work."),
    TaskField.NUMBER: _words(
        "序号", "No.", r"序号?|编号|NO\.?|NUMBER",
        "只有序号的行不读入。", "Rows with a number alone are not read."),
    TaskField.WORK: _words(
        "重点工作", "Work",
        "(?:重点|主要|年度|目标)*(?:工作|任务)(?:任务|名称|内容|事项)*|事项(?:名称)?|TASK",
        "任务的内容，每行一项；没有内容的行不读入。",
        "What is to be done, one a row; rows without it are not read."),
    TaskField.LINES: _words(
        "战线", "Lines", "(?:所属|工作|九条?)*战线|LINE",
        "九条战线的名称或序号，可填多个，用顿号分开。",
        "Names or numbers of the nine lines, several parted by semicolons."),
    TaskField.DRIVES: _words(
        "六个抓", "Drives", "(?:所属|大讨论)*(?:六个?)?抓(?:手类别)?|DRIVE",
        "大讨论的六个抓，可填多个；与战线互不隶属。",
        "The six drives of the discussion, several if need be; they are apart from the lines."),
    TaskField.WORKS: _words(
        "大讨论重点工作", "Key works of the discussion",
        "(?:大讨论)?(?:30项)?重点工作(?:编号|序号)|大讨论工作",
        "大讨论30项重点工作的编号，如3、17。", "Numbers of the 30 key works, such as 3; 17."),
    TaskField.LINKS: _words(
        "大讨论环节", "Links of the discussion", "(?:大讨论)?(?:10个)?环节(?:编号|序号)?",
        "大讨论10个环节的编号。", "Numbers of the 10 links."),
    TaskField.UNIT: _words(
        "牵头单位", "Lead unit",
        "(?:牵头|责任|主责|承办|主办|实施)+(?:单位|部门|科室|处室)(?:\\(部门\\))?|UNIT|OWNER",
        "一个单位；不填个人姓名。", "One unit; no names of people."),
    TaskField.OTHERS: _words(
        "配合单位", "Other units", "(?:配合|协办|参与|协同|协助)+(?:单位|部门|科室)|OTHERUNIT",
        "可填多个，用顿号分开。", "Several parted by semicolons."),
    TaskField.DUE: _words(
        "完成时限", "Due",
        "(?:计划|要求)?(?:完成|办结|工作)*(?:时限|期限|限时|时间节点|时间)(?:要求)?"
        "|截止(?:时间|日期)|DEADLINE|DUEDATE",
        "如6月底、三季度、全年、9月15日前；长期坚持的写“长期”。",
        "Such as 2026-06-30; long-term where it goes on without end."),
    TaskField.NODES: _words(
        "{quarter}季度节点", "Node of Q{quarter}", "(?!)",
        "该季度末应达到的进度；已达到的在末尾写“（2026-03-20达到）”。没有节点的按序时进度考核。",
        "What is to be reached by the end of the quarter; once it is, end with "
        "(2026-03-20 reached). Without nodes a task follows the pace."),
    TaskField.STANDARD: _words(
        "完成标准", "Completion standard",
        "(?:完成|工作|验收|办结)?(?:标准|目标|要求)|目标(?:及|和|与)?要求|(?:量化|考核)(?:指标|目标)|STANDARD",
        "达到什么算完成。", "What counts as completed."),
    TaskField.EVIDENCE: _words(
        "佐证材料", "Evidence", "(?:佐证|证明|印证|支撑)(?:材料|资料|文件)?",
        "文件名和存放处，多份用分号分开；末尾可写“（2026-06-28）”，证明完成的写“（2026-06-28，证明完成）”。",
        "Names of documents and where they are kept, parted by semicolons; end with (2026-06-28), "
        "or (2026-06-28, completes) where it proves completion."),
    TaskField.SHARE: _words(
        "完成比例", "Share done", "(?:完成|工作|累计)*(?:比例|完成率|率|进度)|PROGRESS",
        "已完成的比例，如75%。", "Share that is done, such as 75%."),
    TaskField.FINISHED: _words(
        "实际完成时间", "Completed on",
        "(?:实际|已)+(?:完成|办结)(?:时间|日期|时限)|办结(?:日期|时间)|完成日期",
        "办结的日期，如2026-06-28。", "The day of completion, such as 2026-06-28."),
    TaskField.STATED: _words(
        "填报状态", "Stated status", "(?:完成|进展|进度|办理|落实|任务)*(?:状态|情况)|STATUS",
        "仅供对照：状态由完成时间、佐证、节点和进度判定。",
        "For comparison only: the status follows from completion, evidence, nodes and progress."),
    TaskField.PROJECTS: _words(
        "关联项目", "Projects", "(?:关联|对应|支撑)(?:项目|工程)(?:名称)?",
        "项目台账中的编号或名称，多个用分号分开。",
        "IDs or names in the table of projects, parted by semicolons."),
    TaskField.LEVERS: _words(
        "关联抓手", "Levers", "(?:关联|对应)抓手",
        "情景中的抓手名称，多个用分号分开。", "Levers of scenarios, parted by semicolons."),
    TaskField.INDICATORS: _words(
        "关联指标", "Indicators", "(?:关联|对应|支撑|涉及)(?:经济)?指标",
        "指标名称，多个用分号分开。", "Names of indicators, parted by semicolons."),
    TaskField.NOTE: _words(
        "进展情况", "Progress report",
        "(?:工作|目前|最新)*(?:进展|动态)(?:情况)?|备注|NOTES?|REMARKS?",
        "文字说明，不影响状态。", "In words; it changes no status."),
}
# fmt: on

PEOPLE = re.compile(
    "(?:责任|牵头|包联|分管|联系|主管|挂钩|包保)(?:县级|区级)?(?:领导|人员?)|负责人|领导"
    "|联系(?:电话|方式)|电话|姓名"
)
"""Heads of columns that hold names of people or how they are reached, which are not read."""
_QUARTER = re.compile("(?:第?([一二三四1-4])季度?|Q([1-4])|([1-4])Q)")
_DIGITS = {digit: number for number, digit in enumerate("一二三四", 1)}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class TaskHeading:
    """What a head says.

    Attributes
    ----------
    quarter
        Of a node; 0 of any other field.
    percent
        Whether it says %.
    """

    field: TaskField
    quarter: int = 0
    percent: bool = False


@lru_cache(maxsize=4096)
def heading_of(text: str) -> TaskHeading | None:
    """Return what a head says, None where it is no head of a ledger of tasks."""
    squeezed = compact(plain(text))
    if not squeezed or len(squeezed) > 40 or is_of_people(text):
        return None
    bare = _BRACKETS.sub("", squeezed)
    if (found := _QUARTER.search(bare)) and len(bare) <= 16:
        digit = found[1] or found[2] or found[3]
        return TaskHeading(TaskField.NODES, _DIGITS.get(digit) or int(digit))
    for own, words in FIELDS.items():
        if {bare, squeezed} & {compact(plain(words.head.zh)), compact(plain(words.head.en))}:
            return TaskHeading(own, percent="%" in squeezed)
    for own, words in FIELDS.items():
        if words.others.fullmatch(bare):
            return TaskHeading(own, percent="%" in squeezed)
    return None


def is_of_people(text: str) -> bool:
    """Return whether the head of a column says that it holds people."""
    return PEOPLE.fullmatch(compact(plain(text))) is not None


@dataclass(frozen=True, slots=True)
class Links:
    """What tasks may name beside texts: by id, with the names that files use.

    Attributes
    ----------
    outline
        Of the plan.
    indicators, levers
        Names by id.
    """

    outline: Outline
    indicators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    levers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, tuple[str, ...]]:
        """Names of lines, and their numbers."""
        numerals = "一二三四五六七八九"
        return {
            line.id: (*_names(line), str(line.number), numerals[line.number - 1])
            for line in self.outline.lines
        }

    @property
    def drives(self) -> dict[str, tuple[str, ...]]:
        """Names of drives, with and without the word."""
        return {one.id: (*_names(one), one.zh.removeprefix("抓")) for one in self.outline.drives}


LEVERS: Mapping[LeverKind, Names] = {
    LeverKind.SIGNED_INVESTMENT: Names("签约总投资", "Investment signed"),
    LeverKind.NEW_STARTS: Names(
        "新开工、在建项目完成投资", "Investment completed by started projects"
    ),
    LeverKind.TECHNICAL_TRANSFORMATION: Names("技改投资", "Investment in technical transformation"),
    LeverKind.PROJECT_OUTPUT: Names("投产项目年产值", "Annual output of projects in production"),
    LeverKind.FIRMS_RAISED: Names("小升规企业", "Firms newly above designated size"),
    LeverKind.TOP_FIRMS_OUTPUT: Names("前10户企业产值", "Output of the ten largest firms"),
    LeverKind.STOPPAGE: Names("停产、限产", "Stoppages"),
    LeverKind.PRODUCER_PRICES: Names("工业品出厂价格", "Producer prices"),
    LeverKind.TAX: Names("税收增减", "Extra tax"),
    LeverKind.FOREIGN_CAPITAL: Names("外资到位", "Foreign capital received"),
    LeverKind.FREIGHT_TRAINS: Names("班列开行", "Freight trains run"),
    LeverKind.LAND_SUPPLY: Names("工业用地供应", "Industrial land supplied"),
}
"""What levers are called in files: as on the screen, whoever writes them."""


def links_of(outline: Outline, catalogue: Catalogue) -> Links:
    """Return what tasks may name."""
    indicators = {
        one.id: (one.name.zh, one.name.en, one.short.zh, *one.aliases)
        for one in catalogue.indicators.values()
    }
    levers = {str(kind): (names.zh, names.en) for kind, names in LEVERS.items()}
    return Links(outline, indicators, levers)


def _names(one: Named) -> tuple[str, str]:
    return one.zh, one.en


QUARTER_NUMBERS = range(1, QUARTERS + 1)
