"""Write the .csv files that show one rule of inheritance each: ``python make_witnesses.py``.

Every figure is invented (模拟数据). ``test_inheritance.py`` demands that each rule changes the
reading of some file; a new rule gets a file here.
"""

from __future__ import annotations

from pathlib import Path

FILES = {
    # label_filled_down
    "area_once_for_rows.csv": """
        山西省各市县主要指标（模拟数据）
        地区,指标,2026年1-9月增速(%)
        侯马市,地区生产总值,5.1
        ,固定资产投资,4.2
        临汾市,地区生产总值,4.4
        ,固定资产投资,2.4
    """,
    # label_from_margin
    "label_in_number_column.csv": """
        示例开发区2026年1-9月主要指标（模拟数据）
        序号,指标,增速(%)
        1,固定资产投资,7
        2,工业投资,12
        税收收入,,6.7
    """,
    # year_from_corner
    "year_in_corner.csv": """
        示例开发区主要指标累计增速（模拟数据）
        2026年,一季度,上半年,前三季度
        地区生产总值(%),7.4,7.4,7.3
        固定资产投资(%),6.5,6.8,7
    """,
    # year_from_plan
    "months_beside_plan.csv": """
        示例开发区主要指标（模拟数据）
        指标,2026年目标,1-6月增速(%),1-9月增速(%)
        固定资产投资,8,6.9,7
        税收收入,7,6.5,6.7
    """,
    # years_carried_right
    "year_named_once.csv": """
        示例开发区主要指标（模拟数据）
        指标,2025年1-12月增速(%),1-3月增速(%),1-6月增速(%)
        固定资产投资,6,6.5,6.9
    """,
    # form_from_left
    "areas_beside_growth.csv": """
        侯马经济开发区2026年1-9月规模以上工业（模拟数据）
        指标,增速(%),全省,全国
        规模以上工业增加值,8.5,3.2,5.5
    """,
    # same_months_as_left
    "same_period_by_name.csv": """
        示例开发区投资（模拟数据）
        指标,2026年1-9月,2025年同期,增长%
        固定资产投资（万元）,402100,375800,7
    """,
    # ranks_from_title
    "ranks_in_title.csv": """
        示例开发区主要指标增速排名（模拟数据）
        指标,2026年1-6月,2026年1-9月
        固定资产投资,3,2
        税收收入,5,4
    """,
    # indicator_from_above
    "growth_below_level.csv": """
        示例开发区2026年前三季度主要指标（模拟数据）
        指标,单位,数值
        固定资产投资,亿元,40.21
        增速,%,7
        税收收入,亿元,12.05
        增速,%,6.7
    """,
    # days_from_other_rows
    "days_down_the_side.csv": """
        示例开发区每旬进度（模拟数据）
        日期,固定资产投资累计增速(%)
        2026-09-15,6.8
        2026-09-30,7
        2026-10-12,7.1
    """,
    # years_carried_down
    "year_once_down_the_side.csv": """
        示例开发区（模拟数据）
        时间,固定资产投资累计增速(%)
        2025年1-12月,6
        1-2月,6.4
        1-3月,6.5
    """,
    # words_of_section, section_from_before
    "areas_below_years.csv": """
        各市县主要指标（模拟数据）
        指标,1-9月增速(%)
        2025年,
        侯马市,
        地区生产总值,5
        临汾市,
        地区生产总值,4
        2026年,
        侯马市,
        地区生产总值,5.1
        临汾市,
        地区生产总值,4.4
    """,
    # currency_from_cells
    "dollars_in_cells.csv": """
        示例开发区2026年1-9月外贸情况（模拟数据）
        指标,总量,增速(%)
        出口总额,2905万美元,3.1
        进出口总额,80000万元,2
    """,
    # currency_from_left
    "growth_beside_dollars.csv": """
        示例开发区2026年1-9月外贸情况（模拟数据）
        项目,金额(万元),同比(%),金额(万美元),同比(%)
        出口总额,80000,2,11000,3
    """,
    # indicator_from_left
    "growth_beside_level.csv": """
        示例开发区历年主要指标（模拟数据）
        年份,固定资产投资(亿元),比上年增长(%),税收收入(亿元),比上年增长(%)
        2024,51.2,5.4,13.9,6.1
        2025,54.3,6,14.8,6.5
    """,
    # area_of_title
    "sum_of_counties.csv": """
        临汾市2026年1-9月各县市区增速（模拟数据）
        县市区,地区生产总值增速(%)
        侯马市,5.1
        合计,4.4
    """,
    # area_of_title
    "bare_zone.csv": """
        侯马经济开发区2026年1-9月主要指标增速与全省对比（%，模拟数据）
        指标,全省,开发区
        地区生产总值,3.9,6.2
    """,
    # total_of_places
    "sum_of_towns.csv": """
        侯马市各乡全社会用电量累计增速（模拟数据）
        2026年1-6月,
        名称,同比增长%
        甲县,8.8
        乙县,-3.1
        合计,2.6
    """,
    # last_year_beside_target
    "last_year_beside_target.csv": """
        示例开发区2026年1-9月主要经济指标（模拟数据）
        指标,单位,上年完成,本年目标,1-9月完成,增速%
        税收收入,亿元,4.15,4.3,3.125,4.3
    """,
    # total_of_last_year
    "last_year_in_total.csv": """
        示例开发区2026年1-9月主要经济指标（模拟数据）
        指标,单位,上年实绩,1-9月,增速%
        税收收入,亿元,4.15,3.125,4.3
    """,
    # change_beside_growth
    "change_beside_growth.csv": """
        示例开发区2026年1-9月主要经济指标（模拟数据）
        指标,单位,1-9月,增减,±%
        税收收入,亿元,3.125,0.13,4.3
    """,
    # months_of_year
    "both_years_and_one_whole.csv": """
        示例开发区2026年主要经济指标（1-9月）（模拟数据）
        指标,2026年累计（亿元）,2025年累计（亿元）,2024年实绩（亿元）
        税收收入,3.125,2.99,4.02
    """,
    # total_right_of_months
    "sum_right_of_months.csv": """
        示例开发区2026年税收收入（万元）（模拟数据）
        指标,1-2月,3月,4月,5月,合计
        税收收入,2000,900,910,,3810
    """,
    # total_of_months
    "months_with_their_sum.csv": """
        示例开发区工业用电量（万千瓦时）（模拟数据）
        月份,2025年,2026年
        1月,1150,1180
        2月,1020,1090
        3月,1200,1210
        合计,3370,3480
    """,
    # kind_from_left
    "output_beside_capital.csv": """
        示例开发区外资和产值情况（模拟数据）
        时间,实际利用外资（万美元）,同比%,产值（万元）
        2026年1-6月,88,10,6120.5
    """,
    # name_of_title
    "named_by_its_title.csv": """
        2026年1-9月工程进度（模拟数据）
        地区,总量(亿元),增速(%)
        示例开发区,40.21,7
    """,
    # from_name_of_file
    "flash_2026-09.csv": """
        指标,累计增速(%)
        固定资产投资,7
        税收收入,6.7
    """,
    # place_of_office
    "by_another_office.csv": """
        2026年1-9月主要指标增速（模拟数据）
        制表单位：绵阳市统计局
        指标,增速(%)
        固定资产投资,7.7
    """,
    # heads that cover several columns
    "merged_cells_lost.csv": """
        示例开发区主要指标（模拟数据）
        指标,2025年,,2026年,
        ,上半年,前三季度,上半年,前三季度
        地区生产总值增速(%),7,7.1,7.4,7.3
    """,
    # rows of remarks are no heads
    "remark_above_the_head.csv": """
        示例开发区2026年1-9月主要指标（模拟数据）
        ,综合科王某,,送办公室
        指标,单位,总量,增速(%)
        固定资产投资,亿元,40.21,7
        税收收入,亿元,12.05,6.7
    """,
    # numbers below no head
    "comma_within_a_number.csv": """
        指标,2026年1-9月总量(亿元),增速(%)
        固定资产投资,40.21,7
        进出口总额,1,011.2,-1
        税收收入,12.05,6.7
    """,
    # unknown words beside a known indicator
    "unknown_word_beside.csv": """
        示例开发区2026年1-9月主要指标（模拟数据）
        指标,增速(%),重点企业增速(%)
        规模以上工业增加值,8.5,9.9
    """,
    # reach_from_left: an indicator named beside another takes no form from it
    "named_beside_cumulative.csv": """
        示例开发区主要指标（模拟数据）
        时间,固定资产投资_累计增长(%),社会消费品零售总额_当期值(亿元),税收收入同比(%)
        2026年8月,7.2,3.1,6.4
        2026年9月,7,3.4,6.5
    """,
    # rows of a vendor's head are what their labels say
    "vendor_rows.csv": """
        模拟数据,,,
        指标名称,固定资产投资,地区生产总值:当期值,税收收入:累计同比
        地区,示例开发区,示例开发区,忻州市
        频度,月,季,月
        单位,%,亿元,%
        发布方,国家统计局,国家统计局,国家统计局
        指标ID,A0101,A0102,A0103
        备注,,,
        更新时间,2026-10-20,2026-10-20,2026-10-20
        2026-06-30,7.1,61.2,5
        2026-09-30,7,64.5,5.2
    """,
    # units, rates, indices, prices and stocks
    "units_whole.csv": """
        示例开发区2026年1-9月主要指标（模拟数据）
        指标,单位,完成
        固定资产投资,亿元,40.21
        全社会用电量,亿千瓦小时,3.2
        螺纹钢,元/吨,3201
        亩均税收,万元/亩,12.5
        人口自然增长率,‰,1.2
        平板玻璃产量,重量箱,8821
        城镇调查失业率,%,5.1
        制造业PMI,%,50.1
        期末贷款余额,亿元,321
        税收收入,重量箱,12
    """,
    # whole_of_part
    "parts_of_a_whole.csv": """
        示例开发区2026年1-9月主要指标（模拟数据）
        指标,单位,累计
        固定资产投资,万元,402100
        其中：工业投资,,201000
        其中：港澳台商投资,,52000
        社会消费品零售总额,亿元,12.05
        其中：餐饮收入,,1.2
    """,
    # contents pages hold no figures
    "contents_page.csv": """
        统计月报（模拟数据）,
        目　录,
        一、税收收入……………,1
        二、进出口总额……………,2
        三、社会消费品零售总额……………,3

        示例开发区2026年1-9月主要指标（模拟数据）,
        指标,累计增速(%)
        固定资产投资,7
        税收收入,6.7
    """,
    # numbers that a scan broke
    "scanned_numbers.csv": """
        示例开发区2026年1-9月主要指标（模拟数据）
        指标,累计(亿元),增速(%)
        固定资产投资,32 17,7
        税收收入,1205．,6.7
        进出口总额,101.2,-l.0
    """,
    # zeros that stand for no figure yet
    "zero_for_blank.csv": """
        示例开发区（模拟数据）
        时间,固定资产投资累计(亿元),税收收入累计(亿元)
        2026年1-6月,22.4,8.1
        2026年1-9月,40.21,12.05
        2026年1-12月,,0
    """,
    # a head goes on below a blank row
    "blank_row_in_head.csv": """
        示例开发区主要指标（模拟数据）,,,,
        指标,2026年1-9月,,2025年1-9月,
        ,,,,
        ,总量(亿元),增速(%),总量(亿元),增速(%)
        固定资产投资,40.21,7,37.58,6.1
        税收收入,12.05,6.7,11.29,6
    """,
}


def main() -> None:
    """Write every file."""
    for name, text in FILES.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        Path(name).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
