"""Books that a seed makes up: tables as offices lay them out, and cells without any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from data.workbook.book import Book, Cell, Rectangle, Sheet

BOOKS = 500
ORDERLY = 400
"""The first of them are tables with heads; the others hold whatever comes."""

INDICATORS = {
    "gdp": ("地区生产总值", "GDP", "生产总值", "一、地区生产总值(GDP)", "Gross domestic product"),
    "investment": ("固定资产投资", "固定资产投资（不含农户）", "二、固定资产投资", "1.固投"),
    "industry": ("工业投资", "其中：工业投资", "  #工业投资"),
    "value added": ("规模以上工业增加值", "规上工业增加值", "工业增加值（规上）"),
    "tax": ("税收收入", "各项税收", "（一）税收收入", "Tax revenue"),
    "budget": ("一般公共预算收入", "公共财政预算收入", "地方一般公共预算收入"),
    "retail": ("社会消费品零售总额", "社零总额", "社 会 消 费 品 零 售 总 额"),
    "trade": ("进出口总额", "外贸进出口总值", "进出口总额（美元计价）"),
    "foreign": ("实际利用外资", "实际使用外资金额", "实际到位外资"),
    "power": ("工业用电量", "规上工业用电量", "全社会用电量"),
    "unknown": ("招商引资到位资金", "固定资产投资率", "粮食产量", "税收占比", "指标甲"),
}
AREAS = (
    "全国",
    "山西省",
    "临汾市",
    "侯马市",
    "侯马经济开发区",
    "示例开发区",
    "曲沃县",
    "全市",
    "本区",
)
PERIODS = {
    3: ("{}年一季度", "{}年1-3月", "{}年1—3月", "{}Q1", "{}年第一季度", "{}年3月", "{}.3", "{}-03"),
    6: ("{}年上半年", "{}年1-6月", "{}年1～6月", "{}年二季度", "{}年Q2", "{}H1", "{}Q1-Q2", "{}06"),
    8: ("{}年1-8月", "{}年1—8月份", "{}年8月", "{}/8"),
    9: ("{}年前三季度", "{}年1-9月", "{}年第1-3季度", "{}年三季度", "{}Q3", "{}Q1-Q3", "{}年9月末"),
    12: ("{}年全年", "{}年1-12月", "{}年", "{}年四季度", "{}Q4", "{}"),
}
GROWTH = (
    "增速(%)", "同比增长（%）", "增长%", "同比±%", "比上年同期增长(%)", "累计增速", "增幅", "YoY %",
    "指数（上年=100）", "同比增减百分点",
)  # fmt: skip
LEVEL = (
    "累计（亿元）", "绝对额(亿元)", "总量(万元)",
    "完成额（亿元）", "本月（万元）", "当季值", "累计值",
    "数额（万美元）", "万千瓦时", "本年累计", "Level (100 million yuan)",
)  # fmt: skip
OTHER = (
    "上年同期",
    "年度目标",
    "完成进度%",
    "排名",
    "备注",
    "去年同期累计(亿元)",
    "序号",
    "预计全年",
)
TITLES = (
    "主要经济指标（模拟数据）", "{area}{year}年1-9月主要经济指标", "{year}年三季度快报", "附表3",
    "{area}国民经济主要指标完成情况表（{year}年）", "经济运行月报 单位：亿元、%",
)  # fmt: skip
UNITS = (
    "单位：亿元、%",
    "单位：万元",
    "（单位：亿元，%）",
    "计量单位：万美元",
    "Unit: 100 million yuan, %",
)
NOTES = (
    "注：本表为模拟数据。", "数据来源：统计局",
    "注：*为快报数；增速按可比价格计算。", "填报人：张三",
    "2026年9月为预计数", "（同口径）", "Source: Bureau of Statistics",
)  # fmt: skip
MARKS: tuple[Cell, ...] = (
    None,
    "—",
    "-",
    "…",
    "见附表",
    "7.3*",
    "（5.2）",
    "増长",
    "#N/A",
    "约12.5",
    "下降3.1%",
    0.0,
)
WORDS = (
    "指标", "地区", "时间", "单位", "数值", "年份", "季度", "月份", "状态", "频率", "来源", "序号",
    "2026年1-9月", "2026年", "1-9月", "二季度", "9月",
    "上年同期", "增速(%)", "累计", "本月", "合计",
    "固定资产投资", "工业投资增速", "税收收入(万元)",
    "其中：进出口总额", "全社会固定资产投资", "GDP",
    "亿元", "%", "万美元", "单位：万元、%", "全市",
    "侯马市", "甲县", "示例开发区", "快报数", "已公布",
    "增长7.3%", "下降0.2个百分点", "—", "见附表",
    "注：本表为快报。", "甲", "排名", "年度目标", "预计",
    "指数（上年=100）", "可比价", "美元计价",
    "数据库：季度数据", "数据来源：国家统计局", "\ufffd", "",
    "skip", "2026Q1-Q2", "2026Q1-Q3", "1-2月", "2026年1-2月", "Indicator", "Period", "Value",
)  # fmt: skip
SHEETS = ("Sheet1", "2026年1-9月", "侯马市", "skip", "汇总", "临汾市2025年")
Table = list[list[Cell]]


def book_of(number: int) -> Book:
    """Return the book of a number: the same in every process and release of Python."""
    random = Random(f"golden book {number}")
    if number >= ORDERLY:
        return _any_book(random)
    sheets = tuple(_sheet(random, place) for place in range(1 if random.random() < 0.8 else 2))
    file = random.choice(("", "", "示例开发区2026年1-9月.xlsx", "快报.csv", "侯马市月报.xls"))
    encoded = file.endswith(".csv")
    return Book(file, sheets, "gb18030" if encoded else "", not encoded or random.random() < 0.5)


class _Figures:
    """The words and numbers of one made-up table."""

    def __init__(self, random: Random) -> None:
        self.random = random
        kinds = random.sample(sorted(INDICATORS), random.randint(1, 5))
        self.indicators = [random.choice(INDICATORS[kind]) for kind in kinds]
        self.year = random.randint(2017, 2026)
        months = random.sample(sorted(PERIODS), random.randint(1, 4))
        style = random.randrange(8)
        years = [self.year] if random.random() < 0.6 else [self.year - 1, self.year]
        self.periods = [
            PERIODS[month][style % len(PERIODS[month])].format(year)
            for year in years
            for month in sorted(months)
        ]
        if random.random() < 0.1:
            self.periods = [period.removeprefix(f"{self.year}年") for period in self.periods]
        self.areas = random.sample(AREAS, random.randint(1, 3))
        self.growth, self.level = random.choice(GROWTH), random.choice(LEVEL)
        self.other = random.choice(OTHER)

    def number(self, growth: bool) -> Cell:
        if self.random.random() < 0.04:
            return self.random.choice(MARKS)
        number = self.random.randint(-99, 180) / 10
        value = number if growth else round(abs(number) * 37.7 + 20, 2)
        return f"{value}" if self.random.random() < 0.05 else value

    def measure(self, growth: bool) -> str:
        return self.growth if growth else self.level

    def measures(self) -> list[bool]:
        return self.random.choice(([True], [False], [False, True]))


def _periods_across(f: _Figures) -> Table:
    rows: Table = [["指标", *f.periods]]
    for indicator in f.indicators:
        for growth in f.measures():
            label = f"{indicator}{f.measure(growth)}"
            rows.append([label, *(f.number(growth) for _ in f.periods)])
    return rows


def _periods_down(f: _Figures) -> Table:
    return [list(row) for row in zip(*_periods_across(f), strict=True)]


def _measures_below_periods(f: _Figures) -> Table:
    measures = f.measures()
    heads: Table = [["指标"], [None]]
    for period in f.periods:
        heads[0] += [period, *[None] * (len(measures) - 1)]
        heads[1] += [f.measure(growth) for growth in measures]
    body: Table = [
        [indicator, *(f.number(growth) for _ in f.periods for growth in measures)]
        for indicator in f.indicators
    ]
    return heads + body


def _units_beside(f: _Figures) -> Table:
    rows: Table = [["序号", "指标名称", "单位", *f.periods, f.other]]
    for place, indicator in enumerate(f.indicators, start=1):
        for growth in f.measures():
            unit = "%" if growth else f.random.choice(("亿元", "万元", "万美元", "亿千瓦时", ""))
            numbers = [f.number(growth) for _ in f.periods]
            rows.append([float(place), indicator, unit, *numbers, f.number(True)])
    return rows


def _one_a_row(f: _Figures) -> Table:
    rows: Table = [["地区", "指标", "时间", "数值", "单位", "状态"]]
    for area in f.areas:
        for indicator in f.indicators:
            for period in f.periods:
                growth = f.random.random() < 0.5
                label = f"{indicator}_累计{'增速' if growth else '值'}"
                status = f.random.choice(("已公布", "内部快报", "预计", None))
                unit = "%" if growth else "亿元"
                rows.append([area, label, period, f.number(growth), unit, status])
    return rows


def _areas_down(f: _Figures) -> Table:
    growth = f.measures()[0]
    heads = [f"{period}{one}{f.measure(growth)}" for one in f.indicators for period in f.periods]
    rows: Table = [["地区", *heads]]
    return rows + [[area, *(f.number(growth) for _ in heads)] for area in f.areas]


def _areas_across(f: _Figures) -> Table:
    period, growth = f.periods[0], f.measures()[0]
    rows: Table = [[period, *f.areas]]
    return rows + [
        [f"{indicator}{f.measure(growth)}", *(f.number(growth) for _ in f.areas)]
        for indicator in f.indicators
    ]


def _one_period(f: _Figures) -> Table:
    rows: Table = [["指 标", f.level, f.growth, f.other]]
    rows += [[one, f.number(False), f.number(True), f.number(True)] for one in f.indicators]
    if f.random.random() < 0.3:
        rows.append(["合计", f.number(False), f.number(True), None])
    return rows


def _dates_across(f: _Figures) -> Table:
    days: list[Cell] = [date(f.year, month, 1) for month in (3, 6, 9)]
    growth = f.measures()[0]
    rows: Table = [["项目", *days]]
    return rows + [[f"{one}{f.measure(growth)}", *(f.number(growth) for _ in days)]
                   for one in f.indicators]  # fmt: skip


LAYOUTS: Sequence[Callable[[_Figures], Table]] = (
    _periods_across, _periods_down, _measures_below_periods, _units_beside, _one_a_row,
    _areas_down, _areas_across, _one_period, _dates_across,
)  # fmt: skip


def _sheet(random: Random, place: int) -> Sheet:
    f = _Figures(random)
    rows = random.choice(LAYOUTS)(f)
    width = max(map(len, rows))
    above: Table = [[] for _ in range(random.choice((0, 0, 1)))]
    if random.random() < 0.7:
        above.append([random.choice(TITLES).format(area=f.areas[0], year=f.year)])
    if random.random() < 0.6:
        unit = random.choice(UNITS)
        above.append([*[None] * (width - 1), unit] if random.random() < 0.6 else [unit])
    below: Table = [[]] if random.random() < 0.3 else []
    if random.random() < 0.5:
        below.append([random.choice(NOTES)])
    top = len(above) + 1
    merged = []
    if above and len(above[0]) == 1 and width > 1:
        merged.append(Rectangle(1, 1, 1, width))
    if len(rows) > 2 and rows[1][0] is None and width > 2:
        merged += [Rectangle(top, 1, top + 1, 1), Rectangle(top, 2, top, 3)]
    percent = frozenset()
    if random.random() < 0.08:
        column = random.randint(2, max(2, width))
        percent = frozenset((top + row, column) for row in range(1, len(rows)))
    return Sheet(
        name=random.choice(SHEETS) if random.random() < 0.5 else f"Sheet{place + 1}",
        rows=tuple(map(tuple, [*above, *rows, *below])),
        merged=tuple(merged),
        percent=percent,
        hidden=random.random() < 0.03,
    )


def _any_book(random: Random) -> Book:
    return Book(
        file=random.choice(("", "2026年1-9月快报.csv")),
        sheets=tuple(_any_sheet(random) for _ in range(random.randint(1, 2))),
        encoding=random.choice(("", "gb18030")),
        encoding_certain=random.random() < 0.5,
    )


def _any_sheet(random: Random) -> Sheet:
    rows = tuple(
        tuple(_any_cell(random) for _ in range(random.randint(0, 7)))
        for _ in range(random.randint(3, 10))
    )
    merged = tuple(
        Rectangle(row, column, row + random.randint(0, 3), column + random.randint(0, 3))
        for row, column in ((random.randint(1, 9), random.randint(1, 7)) for _ in range(2))
    )
    return Sheet(
        name=random.choice(SHEETS),
        rows=rows,
        merged=merged[: random.randint(0, 2)],
        percent=frozenset({(random.randint(1, 9), random.randint(1, 7))}),
        hidden=random.random() < 0.1,
    )


def _any_cell(random: Random) -> Cell:
    kind = random.random()
    if kind < 0.5:
        return random.choice(WORDS)
    if kind < 0.85:
        return random.choice(
            (1.0, 2.0, 2019.0, 2025.0, 2026.0, 201903.0, 7.3, -2.1, 107.3, 1e9, 12.5, 6.0)
        )
    return random.choice((None, True, date(2026, 9, 1), date(1900, 1, 1), float("nan"), "a\tb"))
