"""What the heads of label columns and metadata rows say that stands under or beside them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from data.workbook.book import Cell
from data.workbook.words import terms
from data.workbook.words.periods import parse_period, parse_year
from data.workbook.words.text import compact


class Holds(StrEnum):
    """What a label column or a metadata row holds."""

    AREA = "area"
    INDICATOR = "indicator"
    MEASURE = "measure"
    PRICE = "price"
    COVERAGE = "coverage"
    CURRENCY = "currency"
    PERIOD = "period"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    UNIT = "unit"
    STATUS = "status"
    PUBLISHER = "publisher"
    FREQUENCY = "frequency"
    VALUE = "value"
    LABEL = "label"  # nothing says what it holds: every cell is read for all it says
    IGNORED = "ignored"


_WORDS = {
    Holds.AREA: """
        地区 区域 地域 行政区 行政区划 行政区域 行政区划名称 地区名称 区域名称 区划名称 市县 县市
        县市区 县(市、区) 市(县、区) 县(市、区)名称 县区 市区县 城市 城市名称 省份 省市 省区市
        省(区、市) 省 市 县 区县 各县市区 各县(市、区) 各市 各地区 开发区 开发区名称 园区
        园区名称 国家 国家/地区 国家(地区) 范围 乡镇 乡镇(街道) 乡(镇) 乡镇街道 镇街 街镇 街道
        镇(街道) 乡镇名称 街道(乡镇) 县(市) 区(县) 区(市、县) 省(市) 市(州) 旗县 旗县区
        COUNTRY/REGION COUNTRY/AREA REGION/COUNTRY COUNTRYORREGION AREA REGION PROVINCE CITY
        COUNTRY COUNTRYNAME
        GEOGRAPHY LOCATION AREANAME REGIONNAME COUNTY DISTRICT PLACE GEO
    """,
    Holds.INDICATOR: """
        指标 指标名称 指标名 项目 项目名称 名称 主要指标 经济指标 主要经济指标 统计指标 指标项
        指标项目 指标中文名 指标内容 内容 INDICATOR INDICATORS INDICATORNAME ITEM ITEMS NAME
        SERIES SERIESNAME METRIC SUBJECT VARIABLE INDICATORNAMES ITEMNAME
    """,
    Holds.MEASURE: """
        数据形式 数据类型 指标类型 数值类型 统计类型 计算方法 计算类型 增速类型 数据口径 FORM
        MEASURE TYPE MEASURETYPE DATATYPE TRANSFORMATION
    """,
    Holds.PRICE: "价格口径 价格 计价方式 PRICES PRICEBASIS PRICE",
    Holds.COVERAGE: "统计口径 口径 统计范围 COVERAGE COVERAGEBASIS SCOPE",
    Holds.CURRENCY: "币种 货币 CURRENCY",
    Holds.PERIOD: """
        期间 时间 时期 日期 期别 期次 报告期 统计期 统计时间 统计期间 统计日期 数据时间 数据日期
        数据期 数据期别 所属期 所属时期 所属期间 时间周期 截止日期 截止时间 截至日期 指标时间
        年月 年季 PERIOD TIME DATE TIMEPERIOD OBSERVATIONDATE REPORTINGPERIOD TIME_PERIOD
        DATATIME TERM
    """,
    Holds.YEAR: "年份 年度 年 统计年度 数据年份 YEAR YEARS FISCALYEAR",
    Holds.QUARTER: "季度 季 季别 QUARTER QUARTERS QTR",
    Holds.MONTH: "月份 月度 月 月别 MONTH MONTHS",
    Holds.UNIT: "单位 计量单位 指标单位 数据单位 UNIT UNITS UNITOFMEASURE UNITNAME",
    Holds.STATUS: "状态 数据状态 发布状态 数据性质 公布状态 STATUS OBS_STATUS",
    Holds.PUBLISHER: """
        来源 数据来源 资料来源 发布单位 发布机构 发布部门 提供单位 提供部门 数据提供部门 来源部门
        责任部门 SOURCE SOURCES PUBLISHER DATASOURCE SOURCEORGANIZATION
    """,
    Holds.FREQUENCY: "频率 频度 周期 统计频率 更新频率 发布频率 数据频率 FREQUENCY FREQ",
    Holds.VALUE: """
        数值 值 数据 数据值 指标值 统计值 实际值 观测值 VALUE VALUES OBS_VALUE OBSVALUE DATA
        FIGURE FIGURES AMOUNT DATAVALUE
    """,
    Holds.IGNORED: """
        序号 编号 行号 行次 序 代码 编码 指标代码 指标编码 指标ID 指标编号 指标序号 地区代码
        地区编码 行政区划代码 区划代码 区域代码 项目代码 更新时间 更新日期 最近更新 最后更新
        最近更新时间 最新更新 发布时间 发布日期 公布时间 公布日期 录入时间 创建时间 起始时间
        结束时间 开始时间 开始日期 结束日期 截止时间点 时间区间 数据量 备注 说明 注 注释 附注
        备注说明 指标说明 指标解释 填报人 填表人 联系人 联系电话 审核人 经办人 制表人 责任人
        牵头单位 责任单位 填报单位 报送单位 ID CODE NO NO. NUMBER SN INDEX INDICATORCODE
        INDICATORID SERIESCODE SERIESID COUNTRYCODE AREACODE REGIONCODE LASTUPDATED
        LASTUPDATEDDATE UPDATED UPDATETIME UPDATEDAT CREATEDAT REMARK REMARKS NOTE NOTES COMMENT
        COMMENTS DESCRIPTION FOOTNOTE FOOTNOTES 函数 公式 路径 目录 分类 类别 板块 一级分类
        二级分类 CATEGORY GROUP 最新值 起止时间 FIRSTOBS.DATE LASTOBS.DATE FIRSTOBSDATE LASTOBSDATE
        LASTUPDATETIME SERIESREMARKS FUNCTIONDESCRIPTION MNEMONIC #
    """,
}  # fmt: skip

_ROLE_OF = {
    word: role for role, words in _WORDS.items() for word in words.split()
} | {
    compact(name): Holds(str(head))
    for head, names in terms.HEADS.items()
    for name in (names.zh, names.en)
}  # fmt: skip
_NOISE = re.compile(r"[:：*\s\"'“”]|\((?:可选|必填|选填|单位|甲|乙)\)")


@lru_cache(maxsize=16384)
def role_of(text: str) -> Holds | None:
    """Return what a head says, None where it says something of the figures themselves."""
    squeezed = _NOISE.sub("", compact(text))
    if terms.FOR_REFERENCE.zh in squeezed or compact(terms.FOR_REFERENCE.en) in squeezed:
        return Holds.IGNORED
    if role := _ROLE_OF.get(squeezed) or _ROLE_OF.get(squeezed.replace("_", "")):
        return role
    # 指标名称 Indicator: the same word in two languages
    chinese = re.sub(r"[A-Z.&/()\-]+$", "", squeezed)
    return _ROLE_OF.get(chinese) if chinese and chinese != squeezed else None


_MEASURED = re.compile(
    r"累计|当[月季期]|本[月季期年]|同比|增[速长幅]|总量|绝对|完成|实绩|上年|去年|±|%|GROWTH|YOY|ACCUMULATED|CUMULATIVE",
    re.I,
)


def says_head(cell: Cell) -> bool:
    """Return whether a cell could head a column of figures: a period, a measure, 数值."""
    if not isinstance(cell, str):
        return parse_period(cell) is not None
    return bool(parse_period(cell) or parse_year(cell) or role_of(cell) or _MEASURED.search(cell))


LINE = re.compile(
    r"(?:计量|金额)?单位[:：]|^\(?单位|[:：]\s*\S+局$|^(?:编制|制表|填报|填表|报送|编报|汇总|审核|批准|发布)(?:单位|机构|部门|人|时间|日期|机关)?[:：]"
    r"|^表\s*号|^(?:数据库|时间|指标|地区|数据时间|统计时间|报告期|报表日期|日期|数据截止|截至|UNIT|UNITS|DATABASE|TIME|INDICATOR|REGION|AREA)\s*[:：]"
    r"|^续表|^附表|^表[一二三四五六七八九十0-9]"
)
"""What stands beside or above a table: units, database and time lines, who made it."""

NOTE = re.compile(
    r"^[(\[【*]?\s*(?:注(?:释|[0-9一二三四五])?\s*[:：.、0-9]|说明\s*[:：]|备注\s*[:：]|附注|数据来源|资料来源|来源\s*[:：]|NOTES?\s*[:：.0-9]|SOURCES?\s*[:：]"
    r"|DATA\s*SOURCES?|本表|表中|以上数据|[0-9]+\s*[.、]\s*.{12,}|\*\s*.{6,})",
    re.IGNORECASE,
)
"""How a note below or above a table begins."""
