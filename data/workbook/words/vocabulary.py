"""The words that stand around names in tables, with what each says.

``{a|b|}`` in a word stands for a, b or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from data.workbook.words.periods import Reach
from data.workbook.words.qualifiers import Role, Said
from forecasting.figures.indicator import PriceBasis, Status

_LEVEL = Said(role=Role.LEVEL, growth=False)
_GROWTH = Said(role=Role.GROWTH, growth=True)
_YTD, _QUARTER, _MONTH = (Said(reach=reach) for reach in (Reach.YTD, Reach.QUARTER, Reach.MONTH))
_LAST = Said(role=Role.LAST_YEAR, last_year=True)
_INDEX = Said(role=Role.GROWTH, growth=True, index=True)
_PACE, _PROGRESS = Said(role=Role.PACE), Said(role=Role.PROGRESS)
_REAL = _GROWTH | Said(price=PriceBasis.COMPARABLE)

_WORDS: tuple[tuple[Said, str], ...] = (
    (_GROWTH, "{比|较|与|同}{上|去}年{同期|同月|同季|同期相比|相比|} 同比 ± ±% %± 正负%"),
    (_GROWTH, "{增长|增减|升降|变动}{率|幅度|幅|情况|速度|速率|百分比|%|±%|±|}"),
    (_GROWTH, "增{速|幅}{%|±%|±|情况|}"),
    (_GROWTH, "同比% 同比{±|±%|+-%} 增长± 增减变动{%|}"),
    (_GROWTH, "%YOY %Y/Y YOY% Y/Y%"),
    (_GROWTH, "YOY Y/Y Y-O-Y YEAR-ON-YEAR YEARONYEAR GROWTH GROWTHRATE RATEOFGROWTH INCREASE"),
    (_REAL, "实际{增长|增速|增幅} 同比实际 REALGROWTH{RATE|}"),
    (_GROWTH | Said(price=PriceBasis.CURRENT), "名义{增长|增速|增幅} 同比名义"),
    (_GROWTH | Said(price=PriceBasis.CURRENT), "NOMINALGROWTH{RATE|}"),
    (_INDEX, "{以|}{上|去}年{同期|同月|同季|}{=|为}100{的|}{指数|} 指数 {INDEX|INDICES}{OF|}"),
    (_INDEX, "{THE|}SAME{PERIOD|QUARTER|MONTH}{OF|}{THE|}{LAST|PRECEDING|PREVIOUS}YEAR=100"),
    (_INDEX, "{THE|}{LAST|PRECEDING|PREVIOUS}YEAR=100"),
    (_LAST, "{上|去}年{同期|同月|同季|}{累计|实际|完成|}{数|值|额|} 同期{数|值}"),
    (_LAST, "{THE|}SAMEPERIOD{OF|}{THE|}{LAST|PREVIOUS}YEAR {LAST|PREVIOUS}YEAR"),
    (_LEVEL | _YTD, "{本期|本年|本月止|}累计{绝对|}{值|数|额|量|完成|完成额|完成值|总量|总额}"),
    (_LEVEL | _YTD, "本{期|年}累计"),
    (_LEVEL | _YTD, "{自|}年初{至今|至本月|至本期|起|}累计 {本月|本期|截至本月}{止|}累计"),
    (_LEVEL | _YTD, "1{-|至}{本|当}月{止|}累计"),
    (_LEVEL | _YTD, "本年完成{额|}"),
    (_YTD, "累计 本年 {自|}年初{至今|至本月|以来} 1{-|至}{本|当}月 {本期|本月}止"),
    (_YTD, "YTD YEARTODATE YEAR-TO-DATE ACCUMULATED ACCUMULATIVE CUMULATIVE ACCUMULATION"),
    (_LEVEL | _MONTH, "{本|当}月{完成|}{值|数|额|量|完成|绝对值|发生额}"),
    (_MONTH, "{本|当|单}月 CURRENTMONTH MONTHLY"),
    (_LEVEL | _QUARTER, "{本|当|单}季{度|}{完成|}{值|数|额|量|完成|绝对值|发生额}"),
    (_QUARTER, "{本|当|单}季{度|} SINGLEQUARTER CURRENTQUARTER"),
    (_LEVEL, "{本期|当期|报告期|}绝对{值|数|额|量} 总量 {本期|当期|报告期}{完成|}{值|数|额|量}"),
    (_LEVEL, "实绩 {本期|当期|报告期}"),
    (_LEVEL, "期末{值|数}"),
    (_LEVEL, "{实际|}完成{值|数|额|量|情况} CURRENT{PERIOD|VALUE} LEVEL ABSOLUTEVALUE"),
    (Said(role=Role.CHANGE), "增减{额|量|值|数} 增加{额|量} 增量 净增{额|} 增收额 增长{额|量}"),
    (Said(role=Role.CHANGE), "绝对增量"),
    (_PACE, "{增速|增幅|}{比|较}上{月|季度|季|期|年同期|年|年全年}{增速|}"),
    (_PACE, "{增速|增幅|}{比|较}上{月|季度|季|期|年同期|年|年全年}{增速|}{加快|回落|提高}"),
    (_PACE, "{增速|增幅|}{比|较}上{月|季度|季|期|年同期|年|年全年}{增速|}{变动|变化|增减|提升}"),
    (_PACE, "{加快|回落|提高|变动|变化|增减|提升|高于|低于|}{个|}百分点"),
    (_PACE, "增{速|幅}{变动|变化|增减|加快|回落}"),
    (_PACE, "{增速|}{比|较|高于|低于}全{国|省|市|区}{平均|水平|}"),
    (Said(role=Role.CHAIN), "{累计|}环比{增长|增速|增减|±|} {比|较}上{月|季|季度}增长 QOQ MOM"),
    (Said(role=Role.CHAIN), "Q/Q M/M"),
    (Said(role=Role.RANK), "{增速|总量|全市|全省|全国|省内|市内|增幅|}{排名|位次|排位|名次}"),
    (Said(role=Role.RANK), "RANK RANKING"),
    (Said(role=Role.TARGET), "{年度|全年|季度|本年|}{目标|计划|任务|预算}{任务|值|数|增速|增长|}"),
    (Said(role=Role.TARGET), "目标增{速|长}"),
    (Said(role=Role.TARGET), "预期目标 考核目标 TARGET PLAN BUDGET"),
    (_PROGRESS, "{完成|占}{年度|全年|年|年初|}{目标|计划|预算|任务}{的|任务|}{比例|比重}"),
    (_PROGRESS, "{完成|占}{年度|全年|年|年初|}{目标|计划|预算|任务}{的|任务|}{进度|%|}"),
    (_PROGRESS, "完成{进度|率}"),
    (_PROGRESS, "{目标|计划|预算|任务|}{完成|}{进度|完成率} PROGRESS"),
    (Said(role=Role.SHARE), "{所|}占{全市|全省|全国|全区|GDP|}{的|}{比重|比|份额|比例} 比重"),
    (Said(role=Role.SHARE), "份额 占比 SHARE PROPORTION"),
    (Said(role=Role.CONTRIBUTION), "拉动{点|百分点|作用|增长|} {增长|}贡献{率|} CONTRIBUTION"),
    (Said(role=Role.AVERAGE), "{两|二|三|四|五}年{年均|平均}{增长|增速|} 年均{增长|增速|}"),
    (Said(role=Role.AVERAGE), "平均增{速|长}"),
    (Said(price=PriceBasis.COMPARABLE), "{按|以|}可比价{格|}{计算|计|口径|}{的|}"),
    (Said(price=PriceBasis.COMPARABLE), "COMPARABLEPRICE{S|} REAL"),
    (Said(price=PriceBasis.CONSTANT), "{按|以|}不变价{格|}{计算|计|}{的|} CONSTANTPRICE{S|}"),
    (Said(price=PriceBasis.CURRENT), "{按|以|}{现价|当年价|现行价}{格|}{计算|计|}{的|}"),
    (Said(price=PriceBasis.CURRENT), "名义"),
    (Said(price=PriceBasis.CURRENT), "CURRENTPRICE{S|} NOMINAL"),
    (Said(coverage="province_rule"), "{按|}省{级|定|}口径{计算|} PROVINCERULE"),
    (Said(coverage="city_rule"), "{按|}市{级|定|}口径{计算|} CITYRULE"),
    (Said(coverage="comparable_scope"), "{按|}{可比口径|同口径}{计算|} COMPARABLESCOPE"),
    (Said(coverage="comparable_scope"), "COMPARABLEBASIS"),
    (Said(coverage="same_firms"), "{按|}同口径企业{计算|} SAMEFIRMS"),
    (Said(coverage="natural"), "{按|}自然口径{计算|}"),
    (Said(coverage="legal_entity"), "{按|}法人{单位|}口径{计算|}"),
    (Said(coverage="in_place"), "{按|}{在地|属地}口径{计算|}"),
    (Said(coverage="all_levels"), "{按|}全口径{计算|}"),
    (Said(coverage="net_of_refunds"), "{扣除|剔除|还原}{增值税|}{留抵|}退税{影响|因素|}{后|}"),
    (Said(currency="CNY"), "{按|以|}人民币{计价|计算|计|}{的|} RMB CNY"),
    (Said(currency="USD"), "{按|以|}美元{计价|计算|计|}{的|} USD US$ INUSDOLLARS"),
    (Said(status=Status.PUBLISHED), "已{公布|发布} 正式{数|数据|发布|} 公布数"),
    (Said(status=Status.PUBLISHED), "{最终核实|年报|定案}数 FINAL PUBLISHED"),
    (Said(status=Status.FLASH), "{内部|}快报{数|数据|} 内部{资料|数据|}"),
    (Said(status=Status.FLASH), "初步{核算|统计|}{数|数据|} FLASH PRELIMINARY"),
    (Said(status=Status.ESTIMATE), "预{计|测|估}{完成|}{数|值|数据|} 估{计|算}{数|值|}"),
    (Said(status=Status.ESTIMATE), "ESTIMATE{D|} FORECAST"),
)  # fmt: skip

_HEADS: tuple[tuple[Role, str], ...] = (
    (Role.AREA, "地区{名称|} 区域 单位名称 开发区{名称|} AREA REGION"),
    (Role.INDICATOR, "{主要|}指标{名称|名|项|} 项目{名称|} {INDICATOR|ITEM}{S|}"),
    (Role.MEASURE, "数据形式 {口径|指标|数据}类型 FORM MEASURE"),
    (Role.UNIT, "{计量|}单位 UNIT{S|}"),
    (Role.PERIOD, "{报告|数据|统计|}{时间|时期|日期|期间|年月|期} 月份 季度 PERIOD TIME DATE"),
    (Role.VALUE, "{数|指标|数据}值 数据 值 VALUE DATA"),
    (Role.STATUS, "{数据|发布|}状态 STATUS"),
    (Role.PRICE, "价格{口径|} 计价方式 PRICES"),
    (Role.COVERAGE, "{统计|}口径 COVERAGE"),
    (Role.CURRENCY, "币种 货币 CURRENCY"),
    (Role.FREQUENCY, "频{率|度} FREQUENCY"),
    (Role.NUMBER, "{序|编}号 行次 NO NO."),
    (Role.CODE, "{指标|}{代码|编码|ID} CODE"),
    (Role.SOURCE, "{数据|资料|}来源 SOURCE"),
    (Role.NOTE, "备注 {注|说明|注释} NOTE{S|}"),
)


def _spelled(word: str) -> Iterator[str]:
    """Yield every word that a pattern stands for."""
    match = re.search(r"\{([^{}]*)\}", word)
    if match is None:
        yield word
        return
    for choice in match[1].split("|"):
        yield from _spelled(word[: match.start()] + choice + word[match.end() :])


QUALIFIERS: Mapping[str, Said] = {
    word: said
    for said, patterns in reversed(_WORDS)
    for pattern in patterns.split()
    for word in _spelled(pattern)
}
_HEAD_WORDS: Mapping[str, Role] = {
    word: role
    for role, patterns in _HEADS
    for pattern in patterns.split()
    for word in _spelled(pattern)
    if word
}
_LONGEST = max(map(len, QUALIFIERS))


def head_of(text: str) -> Role | None:
    """Return what a column with this whole head holds, None where it is no such head."""
    return _HEAD_WORDS.get(text)


def said_by(text: str) -> Said | None:
    """Return what a text of qualifiers alone says, None for any other."""
    reached: dict[int, Said] = {0: Said()}
    for start in range(len(text)):
        if start in reached:
            # Longest words first: 累计增长 is not 累计增 and 长.
            for end in range(min(len(text), start + _LONGEST), start, -1):
                if (said := QUALIFIERS.get(text[start:end])) and end not in reached:
                    reached[end] = reached[start] | said
    return reached.get(len(text))


def shorter(text: str) -> Iterator[tuple[str, Said]]:
    """Yield a text without the qualifier at its end or at its start, longest first."""
    for length in range(min(_LONGEST, len(text) - 1), 0, -1):
        if said := QUALIFIERS.get(text[-length:]):
            yield text[:-length], said
        if said := QUALIFIERS.get(text[:length]):
            yield text[length:], said
