"""How figures and what is said of them are spelled in tables that people read.

Exports write one spelling in each language, readings know it and many more. Pages have the same
words in the message catalogues; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from forecasting.figures.indicator import Measure, Names, PriceBasis, Status
from forecasting.figures.period import Month

Code = TypeVar("Code", bound=str)

LANGUAGES = ("zh", "en")
_YEAR = re.compile(r"[1-9][0-9]{3}")

COLUMNS: Mapping[str, Names] = {
    "area": Names("地区", "Area"),
    "indicator": Names("指标", "Indicator"),
    "measure": Names("数据形式", "Form"),
    "period": Names("期间", "Period"),
    "value": Names("数值", "Value"),
    "unit": Names("单位", "Unit"),
    "price_basis": Names("价格口径", "Prices"),
    "coverage_basis": Names("统计口径", "Coverage"),
    "currency": Names("币种", "Currency"),
    "status": Names("状态", "Status"),
    "publisher": Names("来源", "Source"),
}
"""By the column of a table of figures what heads it in a file for people, in their order."""

MEASURES: Mapping[Measure, Names] = {
    Measure.GROWTH_YTD: Names("累计增速", "Cumulative growth (y/y)"),
    Measure.GROWTH_QUARTER: Names("当季增速", "Quarterly growth (y/y)"),
    Measure.GROWTH_MONTH: Names("当月增速", "Monthly growth (y/y)"),
    Measure.GROWTH_END: Names("期末增速", "Growth at period end (y/y)"),
    Measure.LEVEL_YTD: Names("累计值", "Cumulative value"),
    Measure.LEVEL_QUARTER: Names("当季值", "Quarterly value"),
    Measure.LEVEL_MONTH: Names("当月值", "Monthly value"),
    Measure.LEVEL_END: Names("期末值", "Value at period end"),
    Measure.RATIO: Names("比率、指数、价格", "Ratio, index or price"),
}

PRICES: Mapping[PriceBasis, Names] = {
    PriceBasis.COMPARABLE: Names("可比价", "Comparable prices"),
    PriceBasis.CONSTANT: Names("不变价", "Constant prices"),
    PriceBasis.CURRENT: Names("现价", "Current prices"),
    PriceBasis.PHYSICAL: Names("实物量", "Physical quantity"),
}

COVERAGES: Mapping[str, Names] = {
    "standard": Names("通行口径", "Standard coverage"),
    "comparable_scope": Names("可比口径", "Comparable scope"),
    "same_firms": Names("同口径企业", "Same firms"),
    "province_rule": Names("省口径", "Provincial rule"),
    "city_rule": Names("市口径", "City rule"),
    "net_of_refunds": Names("扣除留抵退税", "Net of VAT credit refunds"),
}

CURRENCIES: Mapping[str, Names] = {
    "CNY": Names("人民币", "CNY"),
    "USD": Names("美元", "USD"),
    "EUR": Names("欧元", "EUR"),
    "HKD": Names("港元", "HKD"),
    "JPY": Names("日元", "JPY"),
    "GBP": Names("英镑", "GBP"),
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

_UNIT_WORDS: Mapping[str, Names] = {
    **UNITS,
    **{code: CURRENCIES[code] for code in ("EUR", "HKD", "JPY", "GBP")},
    "tce": Names("吨标准煤", "tce"),
    "mu": Names("亩", "mu"),
    "person-times": Names("人次", "visits"),
    "TEU": Names("标箱", "TEU"),
    "m": Names("米", "m"),
    "m2": Names("平方米", "m²"),
    "m3": Names("立方米", "m³"),
    "km": Names("公里", "km"),
    "km2": Names("平方公里", "km²"),
    "ha": Names("公顷", "ha"),
    "kg": Names("公斤", "kg"),
    "L": Names("升", "L"),
    "kW": Names("千瓦", "kW"),
    "t-km": Names("吨公里", "t-km"),
    "p-km": Names("人公里", "passenger-km"),
    "sets": Names("套", "sets"),
    "units": Names("台", "units"),
    "vehicles": Names("辆", "vehicles"),
    "pp": Names("个百分点", "pp"),
    "times": Names("倍", "times"),
    "day": Names("日", "day"),
    "month": Names("月", "month"),
    "year": Names("年", "year"),
    "hour": Names("小时", "hour"),
}
"""Units of indicators, and what those count that files bring."""
_POWERS = {
    1: Names("十", "10"), 2: Names("百", "100"), 3: Names("千", "1,000"), 4: Names("万", "10k"),
    5: Names("十万", "100k"), 6: Names("百万", "1m"), 7: Names("千万", "10m"),
    8: Names("亿", "100m"), 9: Names("十亿", "1bn"), 10: Names("百亿", "10bn"),
    11: Names("千亿", "100bn"), 12: Names("万亿", "1tn"),
}  # fmt: skip
_POWER = re.compile(r"1e([0-9]{1,2}) (.+)")

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
    3: Names("一季度", "Q1"),
    6: Names("上半年", "H1"),
    9: Names("前三季度", "Q1–Q3"),
    12: Names("全年", "full year"),
}
_UNTIL = Names("1—{month}月", "Jan–{name}")
_QUARTER = Names("{chinese}季度", "Q{quarter}")
_MONTH = Names("{month}月", "{name}")
_OF_YEAR = Names("{year}年{period}", "{period} {year}")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def in_language(names: Names, language: str) -> str:
    """Return the name in a language, ``zh`` or ``en``."""
    return names.zh if language == "zh" else names.en


def word_for(table: Mapping[Code, Names], code: Code, language: str) -> str:
    """Return the word for a code; a code that has none is its own word."""
    return in_language(table[code], language) if code in table else str(code)


def unit_word(code: str, language: str) -> str:
    """Return the name of a unit; one that a file brought is its own name.

    >>> unit_word("1e8 kWh", "zh"), unit_word("1e4 CNY/mu", "en"), unit_word("重量箱", "en")
    ('亿千瓦时', 'CNY 10k/mu', '重量箱')
    """
    if code in _UNIT_WORDS:
        return in_language(_UNIT_WORDS[code], language)
    counted, stroke, against = code.partition("/")
    if stroke:
        return f"{unit_word(counted, language)}/{unit_word(against, language)}"
    match = _POWER.fullmatch(code)
    power = _POWERS.get(int(match[1])) if match else None
    if match is None or power is None:
        return code
    words = in_language(power, language), unit_word(match[2], language)
    if language == "zh":
        return "".join(words)
    return " ".join(reversed(words) if match[2] in CURRENCIES else words)


EARLIER: Mapping[str, str] = {
    "growth_ytd": "Growth since January",
    "growth_quarter": "Growth of the quarter",
    "growth_month": "Growth of the month",
    "level_ytd": "Level since January",
    "level_quarter": "Level of the quarter",
    "standard": "Usual coverage",
    "province_rule": "Province's rule",
    "city_rule": "City's rule",
    "net_of_refunds": "Net of refunds",
}
"""By code the word that files of release 0.1.0 hold, which are still read."""


def codes_by_word(table: Mapping[Code, Names]) -> dict[str, Code]:
    """Return the code of every word of a table, in either language, and of the code itself."""
    return {
        spelled: code
        for code, names in table.items()
        for spelled in (names.zh, names.en, str(code), EARLIER.get(str(code), names.en))
    }


def since_january_text(month: int, language: str) -> str:
    """Name the time from January to a month of a year that is named elsewhere."""
    # In English Q1 alone would be taken for the quarter alone.
    names = _SINCE_JANUARY.get(month, _UNTIL) if language == "zh" else _UNTIL
    return _named(names, month, language)


def period_text(month: Month, measure: Measure, language: str) -> str:
    """Name what a figure covers: a month, a quarter, or the year until then."""
    single = measure in (Measure.GROWTH_QUARTER, Measure.LEVEL_QUARTER)
    if single and month.quarter:
        names = _QUARTER
    elif single or measure.is_of_month:
        names = _MONTH
    else:
        names = _SINCE_JANUARY.get(month.month, _UNTIL)
    period = _named(names, month.month, language)
    return in_language(_OF_YEAR, language).format(year=month.year, period=period)


def _named(names: Names, month: int, language: str) -> str:
    quarter = (month + 2) // 3
    return in_language(names, language).format(
        month=month, name=_MONTHS[month - 1], quarter=quarter, chinese="一二三四"[quarter - 1]
    )


def month_in(text: str, measure: Measure) -> Month | None:
    """Return the month that a figure runs to, by what ``period_text`` says of it.

    >>> str(month_in("2026年上半年", Measure.GROWTH_YTD)), month_in("2026H1", Measure.GROWTH_YTD)
    ('2026-06', None)
    """
    year = _YEAR.search(text)
    months = [Month(int(year[0]), month) for month in range(1, 13)] if year else []
    spelled = {
        period_text(month, measure, language): month for month in months for language in LANGUAGES
    }
    return spelled.get(text)
