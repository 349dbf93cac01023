"""The vocabulary of statistical tables: what heads of columns mean.

Readings know every spelling; exports write one of them in each language, so that a file finds its
way back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from data.workbook.words.normalise import compact
from forecasting.figures.indicator import Names
from forecasting.figures.spelling import COLUMNS


class Head(StrEnum):
    """What a column or a row holds; of several heads the one further down decides."""

    # figures that are read
    LEVEL = "level"  # 本期累计, 绝对值, 完成额
    GROWTH = "growth"  # 增速, 同比±%
    LAST_YEAR = "last_year"  # 上年同期
    VALUE = "value"  # 数值, of a long table

    # figures that are left out
    OTHER_FORM = "other_form"  # an index on another base than last year
    CHANGE = "change"  # 增减额: a difference of two levels
    PACE = "pace"  # 增速比上月加快: a difference of two rates
    CHAIN = "chain"  # 环比: against the quarter or month before
    RANK = "rank"  # 排名
    TARGET = "target"  # 年度目标, 计划
    PROGRESS = "progress"  # 完成进度, 占全年目标%
    SHARE = "share"  # 占比, 比重
    CONTRIBUTION = "contribution"  # 拉动, 贡献率
    AVERAGE = "average"  # 两年平均增速

    # what figures are of
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
    LABEL = "label"  # nothing says what the column holds: every cell is read for all it says

    IGNORED = "ignored"  # numbers of rows, codes, notes
    UNKNOWN = "unknown"  # words that are none of ours: 民间, 重点企业
    DAY = "day"  # a day, of publication perhaps, is no period
    HEADLESS = "headless"  # nothing stands above


FIGURES = frozenset({Head.LEVEL, Head.GROWTH, Head.LAST_YEAR, Head.VALUE})
"""Heads whose cells are read as figures; those of every other head are left out."""

_HEAD_WORDS = {
    Head.AREA: """
        地区 区域 地域 行政区 行政区划 行政区域 行政区划名称 地区名称 区域名称 区划名称 市县 县市
        县市区 县(市、区) 市(县、区) 县(市、区)名称 县区 市区县 城市 城市名称 省份 省市 省区市
        省(区、市) 省 市 县 区县 各县市区 各县(市、区) 各市 各地区 开发区 开发区名称 园区
        园区名称 国家 国家/地区 国家(地区) 范围 乡镇 乡镇(街道) 乡(镇) 乡镇街道 镇街 街镇 街道
        镇(街道) 乡镇名称 乡(街道) 乡(镇、街道) 街道(乡镇) 县(市) 区(县) 区(市、县) 省(市) 市(州)
        旗县 旗县区
        COUNTRY/REGION COUNTRY/AREA REGION/COUNTRY COUNTRYORREGION AREA REGION PROVINCE CITY
        COUNTRY COUNTRYNAME
        SUBNATIONAL GEOGRAPHY LOCATION AREANAME REGIONNAME COUNTY DISTRICT PLACE GEO
    """,
    Head.INDICATOR: """
        指标 指标名称 指标名 项目 项目名称 名称 主要指标 经济指标 主要经济指标 统计指标 指标项
        指标项目 指标中文名 指标内容 内容 INDICATOR INDICATORS INDICATORNAME ITEM ITEMS NAME
        SERIES SERIESNAME METRIC SUBJECT VARIABLE INDICATORNAMES ITEMNAME
    """,
    Head.MEASURE: """
        数据形式 数据类型 指标类型 数值类型 统计类型 计算方法 计算类型 增速类型 数据口径 FORM
        MEASURE TYPE MEASURETYPE DATATYPE TRANSFORMATION
    """,
    Head.PRICE: "价格口径 价格 计价方式 PRICES PRICEBASIS PRICE",
    Head.COVERAGE: "统计口径 口径 统计范围 COVERAGE COVERAGEBASIS SCOPE",
    Head.CURRENCY: "币种 货币 CURRENCY",
    Head.PERIOD: """
        期间 时间 时期 日期 期别 期次 报告期 统计期 统计时间 统计期间 统计日期 数据时间 数据日期
        数据期 数据期别 所属期 所属时期 所属期间 时间周期 截止日期 截止时间 截至日期 指标时间
        年月 年季 PERIOD TIME DATE TIMEPERIOD OBSERVATIONDATE REPORTINGPERIOD TIME_PERIOD
        DATATIME TERM
    """,
    Head.YEAR: "年份 年度 年 统计年度 数据年份 YEAR YEARS FISCALYEAR",
    Head.QUARTER: "季度 季 季别 QUARTER QUARTERS QTR",
    Head.MONTH: "月份 月度 月 月别 MONTH MONTHS",
    Head.UNIT: "单位 计量单位 指标单位 数据单位 UNIT UNITS UNITOFMEASURE UNITNAME",
    Head.STATUS: "状态 数据状态 发布状态 数据性质 公布状态 STATUS OBS_STATUS",
    Head.PUBLISHER: """
        来源 数据来源 资料来源 发布单位 发布机构 发布部门 发布方 发布者 数据发布方 数据发布机构
        数据提供方 来源机构 来源单位 提供单位 提供部门 数据提供部门 来源部门
        责任部门 SOURCE SOURCES PUBLISHER DATASOURCE SOURCEORGANIZATION
    """,
    Head.FREQUENCY: """
        频率 频度 周期 统计频率 更新频率 发布频率 数据频率 统计频度 数据频度 数据周期 更新周期
        指标频率 FREQUENCY FREQ PERIODICITY
    """,
    Head.VALUE: """
        数值 值 数据 数据值 指标值 统计值 实际值 观测值 VALUE VALUES OBS_VALUE OBSVALUE DATA
        FIGURE FIGURES AMOUNT DATAVALUE
    """,
    Head.IGNORED: """
        序号 编号 行号 行次 序 代码 编码 指标代码 指标编码 指标ID 指标编号 指标序号 地区代码
        地区编码 行政区划代码 区划代码 区域代码 项目代码 更新时间 更新日期 最近更新 最后更新
        最近更新时间 最新更新 最新更新时间 数据更新时间 最近更新日期 更新于
        发布时间 发布日期 公布时间 公布日期 录入时间 创建时间 起始时间
        结束时间 开始时间 开始日期 结束日期 截止时间点 时间区间 数据量 备注 说明 注 注释 附注
        备注说明 指标说明 指标解释 填报人 填表人 联系人 联系电话 审核人 经办人 制表人 责任人
        牵头单位 责任单位 填报单位 报送单位 ID CODE NO NO. NUMBER SN INDEX INDICATORCODE
        INDICATORID SERIESCODE SERIESID COUNTRYCODE AREACODE REGIONCODE LASTUPDATED
        LASTUPDATEDDATE UPDATED UPDATETIME UPDATEDAT CREATEDAT REMARK REMARKS NOTE NOTES COMMENT
        COMMENTS DESCRIPTION FOOTNOTE FOOTNOTES 函数 公式 路径 目录 分类 类别 板块 一级分类
        二级分类 CATEGORY GROUP 最新值 起止时间 FIRSTOBS.DATE LASTOBS.DATE FIRSTOBSDATE LASTOBSDATE
        页码 页次 页 PAGE PAGES LASTUPDATETIME SERIESREMARKS FUNCTIONDESCRIPTION MNEMONIC #
    """,
}  # fmt: skip

HEADS: Mapping[Head, Names] = {
    Head.AREA: COLUMNS["area"],
    Head.INDICATOR: COLUMNS["indicator"],
    Head.MEASURE: COLUMNS["measure"],
    Head.PRICE: COLUMNS["price_basis"],
    Head.COVERAGE: COLUMNS["coverage_basis"],
    Head.CURRENCY: COLUMNS["currency"],
    Head.PERIOD: COLUMNS["period"],
    Head.YEAR: Names("年份", "Year"),
    Head.VALUE: COLUMNS["value"],
    Head.UNIT: COLUMNS["unit"],
    Head.STATUS: COLUMNS["status"],
    Head.PUBLISHER: COLUMNS["publisher"],
}

FOR_REFERENCE = Names("供参考", "for reference")
"""Within a column head: the column is there to be looked at, and holds nothing to read in."""

LATEST_PERIOD = Names("上一期", "Latest period")
LATEST_VALUE = Names("上一期数值", "Latest value")
YEAR_BEFORE = Names("上年同期数值", "Value a year before")
"""What stands beside the figures to be filled in, each with ``FOR_REFERENCE``."""

SHEET = Names("数据", "Figures")
SIMULATED_SHEET = Names("模拟数据", "Simulated data")
"""Names of the sheet: figures, or those of an area that is made up."""

_HEADS = {
    word: head for head, words in _HEAD_WORDS.items() for word in words.split()
} | {
    compact(name): head for head, names in HEADS.items() for name in (names.zh, names.en)
}  # fmt: skip
_NOISE = re.compile(r"[:：*\s\"'“”]|\((?:可选|必填|选填|单位|甲|乙)\)")


@lru_cache(maxsize=16384)
def head_of(text: str) -> Head | None:
    """Return what stands under or beside a head, None where it says something of the figures."""
    squeezed = _NOISE.sub("", compact(text))
    if FOR_REFERENCE.zh in squeezed or compact(FOR_REFERENCE.en) in squeezed:
        return Head.IGNORED
    if head := _HEADS.get(squeezed) or _HEADS.get(squeezed.replace("_", "")):
        return head
    # 指标名称 Indicator: the same word in two languages
    chinese = re.sub(r"[A-Z.&/()\-]+$", "", squeezed)
    return _HEADS.get(chinese) if chinese and chinese != squeezed else None
