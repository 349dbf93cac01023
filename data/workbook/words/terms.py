"""The words that exports write and readings know: one table, so that a file finds its way back.

Pages have the same words in the message catalogues; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from forecasting.figures.indicator import Measure, Names, PriceBasis, Status
from forecasting.figures.period import Month

Code = TypeVar("Code", bound=str)


class Head(StrEnum):
    """A column of a long table: one figure a row."""

    AREA = "area"
    INDICATOR = "indicator"
    MEASURE = "measure"
    PRICE = "price"
    COVERAGE = "coverage"
    CURRENCY = "currency"
    PERIOD = "period"
    VALUE = "value"
    UNIT = "unit"
    STATUS = "status"
    PUBLISHER = "publisher"


HEADS: Mapping[Head, Names] = {
    Head.AREA: Names("地区", "Area"),
    Head.INDICATOR: Names("指标", "Indicator"),
    Head.MEASURE: Names("数据形式", "Form"),
    Head.PRICE: Names("价格口径", "Prices"),
    Head.COVERAGE: Names("统计口径", "Coverage"),
    Head.CURRENCY: Names("币种", "Currency"),
    Head.PERIOD: Names("期间", "Period"),
    Head.VALUE: Names("数值", "Value"),
    Head.UNIT: Names("单位", "Unit"),
    Head.STATUS: Names("状态", "Status"),
    Head.PUBLISHER: Names("来源", "Source"),
}

FOR_REFERENCE = Names("供参考", "for reference")
"""Within a column head: the column is there to be looked at, and holds nothing to read in."""

LATEST_PERIOD = Names("上一期", "Latest period")
LATEST_VALUE = Names("上一期数值", "Latest value")
YEAR_BEFORE = Names("上年同期数值", "Value a year before")
"""What stands beside the figures to be filled in, each with ``FOR_REFERENCE``."""

FIGURES = Names("数据", "Figures")
SIMULATED = Names("模拟数据", "Simulated data")
"""Names of the sheet: figures, or those of an area that is made up."""

MEASURES: Mapping[Measure, Names] = {
    Measure.GROWTH_YTD: Names("累计增速", "Growth since January"),
    Measure.GROWTH_QUARTER: Names("当季增速", "Growth of the quarter"),
    Measure.GROWTH_MONTH: Names("当月增速", "Growth of the month"),
    Measure.LEVEL_YTD: Names("累计值", "Level since January"),
    Measure.LEVEL_QUARTER: Names("当季值", "Level of the quarter"),
}

PRICES: Mapping[PriceBasis, Names] = {
    PriceBasis.COMPARABLE: Names("可比价", "Comparable prices"),
    PriceBasis.CONSTANT: Names("不变价", "Constant prices"),
    PriceBasis.CURRENT: Names("现价", "Current prices"),
    PriceBasis.PHYSICAL: Names("实物量", "Physical quantity"),
}

COVERAGES: Mapping[str, Names] = {
    "standard": Names("通行口径", "Usual coverage"),
    "comparable_scope": Names("可比口径", "Comparable scope"),
    "same_firms": Names("同口径企业", "Same firms"),
    "province_rule": Names("省口径", "Province's rule"),
    "city_rule": Names("市口径", "City's rule"),
    "net_of_refunds": Names("扣除留抵退税", "Net of refunds"),
}

CURRENCIES: Mapping[str, Names] = {
    "CNY": Names("人民币", "CNY"),
    "USD": Names("美元", "USD"),
}

STATUSES: Mapping[Status, Names] = {
    Status.PUBLISHED: Names("已公布", "Published"),
    Status.FLASH: Names("内部快报", "Internal flash"),
    Status.ESTIMATE: Names("预计", "Estimate"),
}

UNITS: Mapping[str, Names] = {
    "%": Names("%", "%"),
    "1e8 CNY": Names("亿元", "CNY 100m"),
    "1e4 CNY": Names("万元", "CNY 10k"),
    "1e8 USD": Names("亿美元", "USD 100m"),
    "1e4 USD": Names("万美元", "USD 10k"),
    "1e4 kWh": Names("万千瓦时", "10 MWh"),
    "1e4 t": Names("万吨", "10 kt"),
    "CNY": Names("元", "CNY"),
    "USD": Names("美元", "USD"),
    "kWh": Names("千瓦时", "kWh"),
    "t": Names("吨", "t"),
    "persons": Names("人", "persons"),
    "1e4 persons": Names("万人", "10k persons"),
    "households": Names("户", "households"),
    "firms": Names("家", "firms"),
    "items": Names("个", "items"),
    "trains": Names("列", "trains"),
    "tce/1e4 CNY": Names("吨标准煤/万元", "tce per CNY 10k"),
}

PUBLISHERS: Mapping[str, Names] = {
    "National Bureau of Statistics of China": Names("国家统计局", "National Bureau of Statistics"),
    "Ministry of Finance of China": Names("财政部", "Ministry of Finance"),
    "General Administration of Customs of China": Names(
        "海关总署", "General Administration of Customs"
    ),
    "Shanxi Provincial Bureau of Statistics": Names(
        "山西省统计局", "Shanxi Provincial Bureau of Statistics"
    ),
    "模拟数据 (synthetic)": Names("模拟数据", "Simulated data"),
}

_SINCE_JANUARY = {
    3: Names("{year}年一季度", "Q1 {year}"),
    6: Names("{year}年上半年", "H1 {year}"),
    9: Names("{year}年前三季度", "Q1–Q3 {year}"),
    12: Names("{year}年全年", "full year {year}"),
}
_UNTIL = Names("{year}年1—{month}月", "Jan–{name} {year}")
_QUARTER = Names("{year}年{chinese}季度", "Q{quarter} {year}")
_MONTH = Names("{year}年{month}月", "{name} {year}")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def said(names: Names, language: str) -> str:
    """Return the name in a language, ``zh`` or ``en``."""
    return names.zh if language == "zh" else names.en


def word(table: Mapping[Code, Names], code: Code, language: str) -> str:
    """Return the word for a code; a code that has none is its own word."""
    return said(table[code], language) if code in table else str(code)


def meant(table: Mapping[Code, Names]) -> dict[str, Code]:
    """Return the code of every word of a table, in either language, and of the code itself."""
    return {
        spelled: code
        for code, names in table.items()
        for spelled in (names.zh, names.en, str(code))
    }


def period(month: Month, measure: Measure, language: str) -> str:
    """Name what a figure covers: a month, a quarter, or the year until then."""
    single = measure in (Measure.GROWTH_QUARTER, Measure.LEVEL_QUARTER)
    if single and month.quarter:
        names = _QUARTER
    elif single or measure is Measure.GROWTH_MONTH:
        names = _MONTH
    else:
        names = _SINCE_JANUARY.get(month.month, _UNTIL)
    quarter = (month.month + 2) // 3
    return said(names, language).format(
        year=month.year,
        month=month.month,
        name=_MONTHS[month.month - 1],
        quarter=quarter,
        chinese="一二三四"[quarter - 1],
    )
