"""Write the files of several areas, or of another than the chosen one: ``python make_areas.py``.

Every figure is invented (模拟数据).
"""

from __future__ import annotations

from make_books import write as write_book
from make_texts import write as write_text


def main() -> None:
    """Write areas in blocks, areas in merged cells, and titles that name a strange area."""
    header = ["指标", "单位", "累计", "同比增长(%)"]
    write_book(
        "areas_in_blocks.xlsx",
        {
            "Sheet1": [
                ["2026年前三季度主要经济指标（模拟数据）"],
                ["山西省"],
                header,
                ["地区生产总值", "亿元", 18844.2, 3.9],
                ["固定资产投资", "亿元", None, 1.5],
                [],
                ["临汾市"],
                header,
                ["地区生产总值", "亿元", 1702.6, 4.4],
                ["固定资产投资", "亿元", None, 2.4],
            ]
        },
        "A1:D1 A2:D2 A7:D7",
    )
    write_book(
        "areas_in_merged_cells.xlsx",
        {
            "对标": [
                ["主要指标累计增速（%，模拟数据）"],
                ["地区", "指标", "2026年一季度", "2026年上半年", "2026年前三季度"],
                ["全国", "地区生产总值", 5, 4.7, 4.8],
                [None, "规模以上工业增加值", 6.1, 5.4, 5.5],
                ["山西省", "地区生产总值", 3.5, 3.8, 3.9],
                [None, "规模以上工业增加值", 2.6, 3.1, 3.2],
                ["示例开发区", "地区生产总值", 7.4, 7.4, 7.3],
                [None, "规模以上工业增加值", 8.9, 8.8, 8.5],
            ]
        },
        "A1:E1 A3:A4 A5:A6 A7:A8",
    )
    write_book(
        "sheet_without_place.xlsx",
        {
            "表1": [
                ["忻州市2026年1-9月主要指标（模拟数据）"],
                ["指标", "累计增速(%)"],
                ["全社会用电量", 5.1],
            ],
            "表2": [
                ["2026年1-9月工业（模拟数据）"],
                ["指标", "累计增速(%)"],
                ["工业用电量", 4.4],
            ],
        },
    )
    write_book(
        "sheet_among_several_places.xlsx",
        {
            "目录": [["表名", "页码"], ["忻州市主要指标", 1], ["大同市主要指标", 2], ["工业", 3]],
            "表1": [
                ["忻州市2026年1-9月主要指标（模拟数据）"],
                ["指标", "累计增速(%)"],
                ["全社会用电量", 5.1],
            ],
            "表2": [
                ["2026年1-9月主要指标（模拟数据）"],
                ["地区", "全社会用电量累计增速(%)"],
                ["大同市", 3.8],
            ],
            "表3": [
                ["2026年1-9月工业（模拟数据）"],
                ["指标", "累计增速(%)"],
                ["工业用电量", 4.4],
            ],
        },
    )
    provinces = "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西"
    more = "山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
    named = enumerate(f"{provinces} {more}".split())
    rows = "\n".join(
        f"{name},{9000 + 137 * number}.{number % 10},{(31 + number * 7 % 40) / 10}"
        for number, name in named
    )
    write_text(
        "all_provinces.csv",
        f"""
2026年前三季度各省（区、市）地区生产总值（模拟数据）
地区,绝对值（亿元）,增长（%）
{rows}
""",
        "gbk",
        "\r\n",
    )
    write_text(
        "other_zone.csv",
        """
甲县经济开发区2026年1-9月主要经济指标快报（模拟数据）
指标,单位,累计,同比增长(%)
固定资产投资,亿元,22.4,5.1
税收收入,亿元,3.06,4.4
""",
        "gbk",
        "\r\n",
    )


if __name__ == "__main__":
    main()
