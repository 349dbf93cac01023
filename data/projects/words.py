"""The words of the table of projects: what an export writes and a reading knows.

Pages have the same words in the message catalogues; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

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
