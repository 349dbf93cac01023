"""Write the text files of the corpus: ``python tests/data/workbook/corpus/make_texts.py``.

Every figure is invented (模拟数据). The layouts, labels and spellings are those of files as
statistical offices, customs, finance bureaus and data platforms hand them out.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def write(name: str, text: str, encoding: str = "utf-8", newline: str = "\n") -> None:
    """Write one file; ``utf-16`` gets the little-endian mark that Excel writes."""
    mark = b"\xff\xfe" if encoding == "utf-16" else b""
    codec = "utf-16-le" if encoding == "utf-16" else encoding
    (FOLDER / name).write_bytes(mark + text.lstrip("\n").replace("\n", newline).encode(codec))


def write_exports() -> None:
    """Write what the national bureau, vendors and data platforms export."""
    write(
        "nbs_quarterly.csv",
        """
数据库：季度数据
时间：最近4季度
指标,2026年第三季度,2026年第二季度,2026年第一季度,2025年第四季度
国内生产总值累计值(亿元),1068421.3,695704.0,334192.9,1401879.2
第一产业增加值累计值(亿元),60123.4,31402.2,11713.5,94120.1
建筑业增加值累计值(亿元),57001.2,36800.5,15402.7,83210.4
国内生产总值指数(上年同期=100)累计值(%),104.8,104.7,105.0,105.0
第一产业增加值指数(上年同期=100)累计值(%),103.9,103.8,103.6,103.9

注：1.2026年前三季度数据为初步核算数。
数据来源：国家统计局
""",
        "gbk",
        "\r\n",
    )
    write(
        "nbs_single_quarters.csv",
        """
数据库：季度数据
时间：最近3季度
指标,2026年第三季度,2026年第二季度,2026年第一季度
国内生产总值_当季值(亿元),372717.3,361511.1,334192.9
国内生产总值_累计值(亿元),1068421.3,695704.0,334192.9
国内生产总值指数(上年同期=100)_当季值(%),104.9,104.4,105.0
数据来源：国家统计局
""",
        "utf-8-sig",
        "\r\n",
    )
    write(
        "nbs_monthly.csv",
        """
数据库：月度数据
时间：最近4个月
指标,2026年10月,2026年9月,2026年8月,2026年7月
规模以上工业增加值_同比增长(%),5.4,5.6,5.2,5.1
规模以上工业增加值_累计增长(%),5.5,5.5,5.4,5.4
社会消费品零售总额_当期值(亿元),46210.3,42001.7,39800.2,38904.5
社会消费品零售总额_累计值(亿元),415120.6,368910.3,326908.6,287108.4
社会消费品零售总额_同比增长(%),1.4,1.2,0.9,
固定资产投资（不含农户）_累计值(亿元),393020,352210,312004,269870
固定资产投资（不含农户）_累计增长(%),-5.0,-5.2,-5.4,-5.6
数据来源：国家统计局
""",
        "gbk",
        "\r\n",
    )
    write(
        "nbs_english_quarterly.csv",
        """
Database：Quarterly
Time：LATEST3
Indicators,3Q 2026,2Q 2026,1Q 2026
"Gross Domestic Product, Accumulated(100 million yuan)",1068421.3,695704.0,334192.9
"Value-added of the Primary Industry, Accumulated(100 million yuan)",60123.4,31402.2,11713.5
"Indices of Gross Domestic Product (preceding year=100), Accumulated(%)",104.8,104.7,105.0
Data Sources：National Bureau of Statistics
""",
        "utf-8-sig",
        "\r\n",
    )
    write(
        "nbs_english_monthly.csv",
        """
Database:Monthly
Time:LATEST3
Indicators,Oct. 2026,Sep. 2026,Aug. 2026
"Total Retail Sales of Consumer Goods, Accumulated(100 million yuan)",415120.6,368910.3,326908.6
"Total Retail Sales of Consumer Goods, Accumulated Growth Rate(%)",1.3,1.2,1.1
Data Sources:National Bureau of Statistics
""",
        newline="\r\n",
    )
    write(
        "nbs_provinces.csv",
        """
数据库：分省季度数据
指标：地区生产总值_累计值(亿元)
时间：最近2季度
地区,2026年第三季度,2026年第二季度
北京市,39120.4,25876.0
天津市,13602.9,8911.3
河北省,35077.5,22860.7
山西省,18844.2,12013.6
内蒙古自治区,19003.8,12177.1
注：1. 数据为初步核算数。
数据来源：国家统计局
""",
        "gbk",
        "\r\n",
    )
    write(
        "platform_long.tsv",
        """
指标	地区	时间	数值	单位	数据来源
地区生产总值_累计增长	全国	2026.Q3	4.8	%	国家统计局
地区生产总值_累计增长	全国	2026.Q2	4.7	%	国家统计局
规模以上工业增加值_累计增长	全国	2026.10	5.5	%	国家统计局
规模以上工业增加值_累计增长	全国	2026.09	5.5	%	国家统计局
规模以上工业增加值_当月增长	全国	2026.09	5.6	%	国家统计局
固定资产投资_累计增长	全国	2026.09	-5.2	%	国家统计局
地区生产总值_累计增长	山西省	2026.Q3	3.9	%	国家统计局
地区生产总值_累计增长	浙江省	2026.Q3	5.4	%	国家统计局
""",
    )
    write(
        "platform_wide.csv",
        """
时间,地区生产总值_累计增长,规模以上工业增加值_累计增长,固定资产投资_累计增长,固定资产投资_累计值
单位,%,%,%,亿元
2026.Q1,7.4,8.9,6.9,7.83
2026.Q2,7.4,8.8,7.1,24.73
2026.Q3,7.3,8.5,7.0,40.21
""",
        "utf-8-sig",
    )
    write(
        "customs_dollars.csv",
        """
全国出口情况（模拟数据）
时间,出口总额（美元计价）当月同比增长(%)
2026年7月,7.5
2026年8月,6.4
2026年9月,8.1
数据来源：海关总署
""",
        "gbk",
    )


def write_layouts() -> None:
    """Write tables of offices in several layouts, delimiters and encodings."""
    write(
        "rows_of_quarters.csv",
        """
示例开发区主要经济指标（模拟数据）
时间,地区生产总值累计增速(%),规模以上工业增加值累计增速(%),税收收入累计值(亿元)
2026年一季度,7.4,8.9,4.50
2026年上半年,7.4,8.8,8.65
2026年前三季度,7.3,8.5,12.05
""",
    )
    write(
        "gb18030_semicolons.csv",
        """
示例开发区财政收入情况（模拟数据）;;;
指标;单位;2026年1-6月;2026年1-9月
一般公共预算收入;万元;38,600;55,120
税收收入;万元;86,500;120,480
其中：增值税;万元;41,200;57,330
备注：个别企业名称含“䶮”“𬭎”等字。;;;
""",
        "gb18030",
        "\r\n",
    )
    write(
        "unicode_text.csv",
        """
示例开发区工业和投资（模拟数据）
指标	2026年1-9月累计	同比增长(%)
规上工业营业收入(亿元)	263.62	8.8
规上工业增加值(亿元)	—	8.5
固定资产投资(亿元)	40.21	7.0
工业投资(亿元)	18.98	12.0
""",
        "utf-16",
        "\r\n",
    )
    write(
        "long_with_status.csv",
        """
地区,指标,数据形式,时间,数值,单位,状态
示例开发区,地区生产总值,累计增速,2026年前三季度,7.3,%,已公布
示例开发区,规模以上工业增加值,累计增速,2026年1-9月,8.5,%,已公布
示例开发区,固定资产投资,累计值,2026年1-9月,40.21,亿元,内部快报
示例开发区,固定资产投资,累计增速,2026年1-9月,7.0,%,内部快报
示例开发区,社会消费品零售总额,当季增速,2026年三季度,7.1,%,预计
示例开发区,税收收入,累计值,2026年1-12月,14.9,亿元,预计
""",
        "utf-8-sig",
    )
    write(
        "pasted_cells.txt",
        """
指标	单位	1-9月累计	同比增长(%)
地区生产总值	亿元	—	7.3
固定资产投资	亿元	40.21	7.0
税收收入	亿元	12.05	6.7
进出口总额	亿元	11.16	-1.0
""",
    )
    write(
        "pasted_english.txt",
        """
Sample zone (synthetic): main indicators
Indicator	Unit	Jan-Sep 2026	Growth (%)
Gross domestic product	100 million yuan	-	7.3
Fixed-asset investment	100 million yuan	40.21	7.0
Tax revenue	10,000 yuan	120,500	6.7
Imports and exports	100 million yuan	11.16	-1.0
""",
    )
    write(
        "counties_by_row.csv",
        """
2026年1-9月各县（市、区）固定资产投资（模拟数据）,,,
县（市、区）,总量(万元),增速(%),位次
甲县,182340,6.1,3
乙县,96410,-2.4,4
侯马市,203700,8.8,1
丙区,310255,7.7,2
""",
        "gbk",
    )


def write_bases() -> None:
    """Write tables that give one indicator on two bases."""
    write(
        "refunds_and_rules.csv",
        """
示例开发区2026年上半年财政收入增速（模拟数据）
指标,累计增速(%)
一般公共预算收入（扣除留抵退税因素）,3.3
一般公共预算收入（自然口径）,-10.2
税收收入（市口径）,6.1
""",
        "gbk",
    )
    write(
        "two_currencies.csv",
        """
示例开发区2026年1-9月外贸进出口情况（模拟数据）
指标,单位,累计,同比增长(%)
进出口总额（人民币计价）,亿元,11.16,-1.0
进出口总额（美元计价）,亿美元,1.56,1.8
""",
    )


if __name__ == "__main__":
    write_exports()
    write_layouts()
    write_bases()
