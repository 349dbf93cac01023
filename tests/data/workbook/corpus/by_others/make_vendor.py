"""Family a: exports of data vendors (data.stats.gov.cn, CEInet, Wind, Choice, CEIC). All figures are invented."""

import datetime as dt
import random

from kit import (
    CN,
    G_MON,
    G_QTR,
    G_STOCK,
    G_YTD,
    L_MON,
    L_YTD,
    LF,
    RATIO,
    STOCK,
    SX,
    Facts,
    end,
    mon,
    new,
    put,
    save,
    spread,
    ytd,
)

DAY = dt.datetime


def wind_edb():
    f = Facts("a_vendor/EDB数据导出20250416.xlsx", "CN", "Wind: seven rows of metadata, Excel dates newest first, gaps in January and February.")
    book, s = new("Wind")
    cols = [
        ("中国:GDP:不变价:当季同比", "季", "%", "M5567876", "国家统计局", "GDP (gdp)", G_QTR),
        ("中国:规模以上工业增加值:当月同比", "月", "%", "M5567877", "国家统计局", "规模以上工业增加值 (industrial_value_added)", G_MON),
        ("中国:规模以上工业增加值:累计同比", "月", "%", "M5567878", "国家统计局", "规模以上工业增加值 (industrial_value_added)", G_YTD),
        ("中国:社会消费品零售总额:当月值", "月", "亿元", "M5567879", "国家统计局", "社会消费品零售总额 (retail_sales)", L_MON),
        ("中国:社会消费品零售总额:累计值", "月", "亿元", "M5567880", "国家统计局", "社会消费品零售总额 (retail_sales)", L_YTD),
        ("中国:固定资产投资完成额:累计同比", "月", "%", "M5567881", "国家统计局", "固定资产投资完成额 (fixed_asset_investment)", G_YTD),
        ("中国:出口金额:当月同比", "月", "%", "M5567882", "海关总署", "出口金额", G_MON),
        ("中国:CPI:当月同比", "月", "%", "M5567883", "国家统计局", "CPI", "price index growth, month on same month of last year"),
        ("中国:制造业PMI", "月", "%", "M5567884", "国家统计局", "制造业PMI", "index (diffusion, 50 = no change)"),
        ("中国:M2", "月", "亿元", "M5567885", "中国人民银行", "M2", STOCK),
        ("中国:M2:同比", "月", "%", "M5567886", "中国人民银行", "M2", G_STOCK),
    ]
    for i, key in enumerate(["指标名称", "频率", "单位", "指标ID", None, "来源", None]):
        s.cell(i + 1, 1, key)
    s["A5"], s["A7"] = "时间区间", "更新时间"
    for c, col in enumerate(cols, 2):
        for r, v in zip((1, 2, 3, 4, 6), col[:5], strict=False):
            s.cell(r, c, v)
        s.cell(5, c, "1996-01:2025-03")
        s.cell(7, c, "2025-04-16")
    rows = [
        (DAY(2025, 3, 31), 5.2, 7.3, 6.4, 40128.4, 123960.1, 4.1, 11.8, -0.2, 50.4, 3247713.2, 6.9),
        (DAY(2025, 2, 28), None, None, 5.7, None, 83831.7, 3.9, -3.4, -0.6, 50.1, 3201984.5, 7.1),
        (DAY(2025, 1, 31), None, None, None, None, None, None, 5.6, 0.4, 49.2, 3185210.9, 7.2),
        (DAY(2024, 12, 31), 5.3, 6.1, 5.6, 45321.7, 485012.3, 3.3, 10.2, 0.2, 50.2, 3133015.4, 7.4),
        (DAY(2024, 11, 30), None, 5.2, 5.5, 43687.0, 439690.6, 3.4, 6.4, 0.1, 50.3, 3118902.6, 7.0),
    ]
    put(s, rows, 8)
    for r in range(8, 13):
        s.cell(r, 1).number_format = "yyyy-mm-dd"
    s.cell(14, 1, "数据来源：Wind")
    for row in rows:
        y, m = row[0].year, row[0].month
        for col, v in zip(cols, row[1:], strict=False):
            if v is None:
                continue
            what = col[6]
            period = f"{y}Q{m // 3}" if what == G_QTR else ytd(y, m) if what in (G_YTD, L_YTD) else end(y, m) if "stock" in what else mon(y, m)
            f.add(CN, col[5], what, col[2], period, v)
    f.must_not = [
        "国家统计局, 海关总署, 中国人民银行 or Wind as a place or an indicator",
        "指标ID, 时间区间 or 更新时间 as figures",
        "当季同比 5.2 as growth since January",
        "社会消费品零售总额:当月值 40128.4 as level since January",
        "PMI 50.4 as growth of 50.4 %",
        "M2 3247713.2 as a flow since January",
        "the blank cells of January and February as 0",
        "出口金额 growth as exports in yuan without asking",
    ]
    f.must_ask = ["whether 出口金额:当月同比 is in dollars or in yuan (the export does not say)"]
    save(book, f)


def choice():
    f = Facts("a_vendor/Choice宏观数据-晋陕.xlsx", "CN-SX-LF", "Choice: places in the name of a series and in a row 地区; customs of another city is only the publisher; text dates 2025/3/31.")
    book, s = new("宏观数据")
    cols = [
        ("山西:地区生产总值:累计值", "季", "亿元", "山西省统计局", "山西省", SX, "地区生产总值 (gdp)", L_YTD),
        ("山西:地区生产总值:累计同比", "季", "%", "山西省统计局", "山西省", SX, "地区生产总值 (gdp)", G_YTD),
        ("陕西:地区生产总值:累计同比", "季", "%", "陕西省统计局", "陕西省", "陕西省", "地区生产总值 (gdp)", G_YTD),
        ("临汾:规模以上工业增加值:累计同比", "月", "%", "临汾市统计局", "临汾市", LF, "规模以上工业增加值 (industrial_value_added)", G_YTD),
        ("运城:规模以上工业增加值:累计同比", "月", "%", "运城市统计局", "运城市", "运城市", "规模以上工业增加值 (industrial_value_added)", G_YTD),
        ("一般公共预算收入:累计值", "月", "万元", "临汾市财政局", "临汾市", LF, "一般公共预算收入 (general_public_budget_revenue)", L_YTD),
        ("进出口总额:累计值", "月", "万元", "太原海关", "运城市", "运城市", "进出口总额 (trade_total)", L_YTD),
        ("临汾:进出口总额:当月值", "月", "万元", "太原海关", "临汾市", LF, "进出口总额 (trade_total)", L_MON),
    ]
    put(s, [["指标名称"] + [c[0] for c in cols], ["频度"] + [c[1] for c in cols], ["单位"] + [c[2] for c in cols], ["来源"] + [c[3] for c in cols], ["地区"] + [c[4] for c in cols], ["更新时间"] + ["2025/4/21"] * 8])
    rows = [
        ("2024/10/31", None, None, None, 4.4, 6.2, 1402310, 988120, 8120.5),
        ("2024/11/30", None, None, None, 4.1, 6.6, 1521903, 1093456, 7711.0),
        ("2024/12/31", 26011.3, 2.4, 5.3, 3.8, 6.9, 1676042, 1207341, 9302.4),
        ("2025/1/31", None, None, None, None, None, 171220, 94310, 6644.1),
        ("2025/2/28", None, None, None, 5.1, 7.4, 298455, 171902, 5120.8),
        ("2025/3/31", 5633.7, 3.1, 4.9, 5.6, 7.7, 431176, 268477, 7035.2),
    ]
    put(s, rows, 7)
    s.cell(14, 1, "数据来源：东方财富Choice数据")
    for row in rows:
        y, m = int(row[0][:4]), int(row[0].split("/")[1])
        for c, v in zip(cols, row[1:], strict=False):
            if v is not None:
                f.add(c[5], c[6], c[7], c[2], mon(y, m) if c[7] == L_MON else ytd(y, m), v)
    f.must_not = [
        "anything under 太原 (太原海关 publishes, it is not the place)",
        "trade of 运城市 (1207341) under 临汾市",
        "growth of 陕西 (5.3, 4.9) under 山西",
        "进出口总额:当月值 7035.2 as level since January",
        "临汾市财政局 or another publisher asked as an indicator",
    ]
    f.must_ask = ["whether 运城市 and 陕西省, which the store lacks, are added or left out"]
    save(book, f)


def ceinet():
    f = Facts("a_vendor/中经网_月度_20260520.csv", "CN-SX-LF", "CEInet, GB18030: one row a series with 地区 and 频度 columns; 当期 is a single month; indices beside money.")
    months = ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04"]
    rows = [
        ("规模以上工业增加值_累计同比", "临汾市", "月", "%", [4.2, None, 5.3, 5.9, 6.1], "规模以上工业增加值 (industrial_value_added)", G_YTD),
        ("固定资产投资(不含农户)_累计同比", "临汾市", "月", "%", [-2.6, None, 8.8, 7.1, 6.7], "固定资产投资(不含农户) (fixed_asset_investment)", G_YTD),
        ("社会消费品零售总额_累计", "临汾市", "月", "万元", [9012345, None, 1320480, 2011736, 2700912], "社会消费品零售总额 (retail_sales)", L_YTD),
        ("一般公共预算收入_累计", "临汾市", "月", "万元", [1702233, 168004, 301120, 446918, 589377], "一般公共预算收入 (general_public_budget_revenue)", L_YTD),
        ("一般公共预算收入_当期", "临汾市", "月", "万元", [131007, 168004, 133116, 145798, 142459], "一般公共预算收入 (general_public_budget_revenue)", L_MON),
        ("全社会用电量_当期", "临汾市", "月", "亿千瓦小时", [21.84, 20.11, 17.96, 19.43, 18.77], "全社会用电量 (electricity)", L_MON),
        ("居民消费价格指数(上年同月=100)_当期", "临汾市", "月", None, [100.4, 99.7, 100.9, 100.2, 100.1], "居民消费价格指数", "index, same month of last year = 100, single month"),
        ("居民消费价格指数(上年同期=100)_累计", "临汾市", "月", None, [100.3, 99.7, 100.3, 100.3, 100.2], "居民消费价格指数", "index, same period of last year = 100, since January"),
        ("金融机构各项存款余额_期末", "临汾市", "月", "亿元", [4402.17, 4431.6, 4489.02, 4520.33, 4511.98], "金融机构各项存款余额", STOCK),
        ("金融机构各项存款余额_期末", "晋城市", "月", "亿元", [3611.4, 3640.25, 3702.88, 3733.19, 3729.4], "金融机构各项存款余额", STOCK),
    ]
    table = [["中经网统计数据库"], ["库名：城市月度库"], [], ["指标", "地区", "频度", "单位", *months]]
    table += [[r[0], r[1], r[2], r[3]] + r[4] for r in rows]
    table += [[], ["注：当期指当月，累计指1月至本月。"], ["数据来源：中经网统计数据库"]]
    f.path.write_bytes(spread(table).encode("gb18030"))
    n = 0
    for r in rows:
        for m, v in zip(months, r[4], strict=False):
            if v is None:
                continue
            n += 1
            if m in ("2025-12", "2026-01", "2026-03", "2026-04"):
                y, k = int(m[:4]), int(m[5:])
                period = ytd(y, k) if "since" in r[6] else end(y, k) if r[6] == STOCK else mon(y, k)
                f.add(LF if r[1] == "临汾市" else "晋城市", r[5], r[6], r[3] or "(none; base 100)", period, v)
    f.total = n
    f.must_not = [
        "当期 145798 as level since January",
        "存款余额 of 晋城市 under 临汾市",
        "price index 100.2 as growth of 100.2 % or as money",
        "存款余额 as a flow",
        "亿千瓦小时 read as 亿千瓦 or as hours",
    ]
    f.must_ask = ["whether 晋城市 is added or left out"]
    f.write()


PROVINCES = ["北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省", "上海市", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区", "海南省", "重庆市", "四川省", "贵州省", "云南省", "西藏自治区", "陕西省", "甘肃省", "青海省", "宁夏回族自治区", "新疆维吾尔自治区"]


SIZES = [int(x) * 100 for x in ["498", "180", "470", "255", "263", "326", "144", "165", "539", "1370", "902", "507", "579", "342", "985", "636", "600", "532", "1416", "287", "79", "322", "647", "227", "315", "28", "356", "131", "39", "55", "205"]]  # rough


def nbs_provinces():
    f = Facts("a_vendor/分省季度数据.xlsx", "CN-SX", "data.stats.gov.cn by province: 31 provinces in rows, six quarters in columns, the indicator above the table.")
    book, s = new("分省季度数据")
    heads = ["2026年第三季度", "2026年第二季度", "2026年第一季度", "2025年第四季度", "2025年第三季度", "2025年第二季度"]
    put(s, [["数据库：分省季度数据"], ["指标：地区生产总值_累计值(亿元)"], ["时间：最近6季度"], ["地区", *heads]])
    rnd = random.Random(1601)
    data = {}
    for i, p in enumerate(PROVINCES):
        size = SIZES[i] * rnd.uniform(0.9, 1.1)
        year = [round(size * k * rnd.uniform(0.98, 1.03), 1) for k in (0.77, 0.5, 0.24, 1.0, 0.74, 0.48)]
        data[p] = year
        put(s, [[p, *year]], 5 + i)
    put(s, [["注：1.2025年数据为初步核算数。"], ["2.部分数据因四舍五入的原因，存在总计与分项合计不等的情况。"], ["数据来源：国家统计局"]], 37)
    for p in PROVINCES:
        f.add(SX if p == "山西省" else p, "地区生产总值 (gdp)", L_YTD, "亿元", ytd(2026, 9), data[p][0])
    for p in ("北京市", "山西省", "新疆维吾尔自治区"):
        for k, period in ((3, ytd(2025, 12)), (5, ytd(2025, 6))):
            f.add(SX if p == "山西省" else p, "地区生产总值 (gdp)", L_YTD, "亿元", period, data[p][k])
    f.total = 31 * 6
    f.must_not = ["any of 30 other provinces under CN-SX", "a quarter's cumulative value as a single quarter", "levels as growth"]
    f.must_ask = ["whether the 30 other provinces are added, chosen or left out (one question for all)"]
    save(book, f)


def nbs_house_prices():
    f = Facts("a_vendor/主要城市月度价格.csv", "CN-SX", "data.stats.gov.cn: 新建商品住宅 price index with last month = 100, ten cities; an index is no growth.")
    heads = ["2026年9月", "2026年8月", "2026年7月", "2026年6月"]
    data = {
        "北京": [99.8, 100.1, 99.6, 99.9], "天津": [99.5, 99.7, 99.4, 99.8], "石家庄": [99.7, 99.6, 99.9, 99.8],
        "太原": [100.2, 99.9, 100.0, 99.7], "呼和浩特": [99.3, 99.6, 99.4, 99.5], "沈阳": [99.6, 99.5, 99.7, 99.4],
        "大连": [99.4, 99.8, 99.5, 99.6], "西安": [100.3, 100.0, 100.4, 100.1], "郑州": [99.9, 99.6, 99.7, 99.3], "洛阳": [99.1, 99.4, 99.5, 99.2],
    }  # fmt: skip
    table = [["数据库：主要城市月度价格"], ["指标：新建商品住宅销售价格指数(上月=100)"], ["时间：最近4个月"], ["城市", *heads]]
    table += [[c, *v] for c, v in data.items()]
    table += [["数据来源：国家统计局"]]
    f.path.write_bytes(b"\xef\xbb\xbf" + spread(table).encode())
    for c, values in data.items():
        for k, v in zip((9, 8, 7, 6), values, strict=False):
            f.add(c, "新建商品住宅销售价格指数", "index, last month = 100, single month", "(none; base 100)", mon(2026, k), v)
    f.must_not = ["太原 under 山西省 (CN-SX)", "99.8 as growth of 99.8 %", "99.8 turned into growth on a year before (it is on last month)", "sums or means of cities as the province"]
    f.must_ask = ["whether the ten cities are added; none of them is CN-SX"]
    f.write()


def wind_by_row():
    f = Facts("a_vendor/Wind_地级市(行式).xlsx", "CN-SX-LF", "Wind with one row a series: metadata in columns, Excel dates as heads shown as yyyy-mm; yearly series with one value.")
    book, s = new("EDB")
    dates = [DAY(2025, 6, 30), DAY(2025, 5, 31), DAY(2025, 4, 30), DAY(2025, 3, 31), DAY(2024, 12, 31)]
    rows = [
        ("山西:临汾:GDP:累计值", "季", "亿元", "临汾市统计局", [1011.4, None, None, 488.9, 2241.7], "GDP (gdp)", L_YTD),
        ("山西:临汾:GDP:累计同比", "季", "%", "临汾市统计局", [3.9, None, None, 4.2, 2.8], "GDP (gdp)", G_YTD),
        ("山西:临汾:社会消费品零售总额:累计同比", "月", "%", "临汾市统计局", [5.2, 5.0, 4.8, 4.9, 3.1], "社会消费品零售总额 (retail_sales)", G_YTD),
        ("山西:临汾:出口金额:累计值", "月", "万美元", "太原海关", [5120.4, 4207.7, 3388.1, 2511.6, 9987.3], "出口金额 (exports_usd)", L_YTD),
        ("山西:临汾:金融机构:人民币各项贷款余额", "月", "亿元", "中国人民银行临汾市分行", [2433.6, 2418.0, 2410.7, 2402.2, 2345.1], "金融机构人民币各项贷款余额", STOCK),
        ("山西:临汾:常住人口", "年", "万人", "临汾市统计局", [None, None, None, None, 388.6], "常住人口", STOCK),
        ("山西:临汾:常住人口城镇化率", "年", "%", "临汾市统计局", [None, None, None, None, 57.83], "常住人口城镇化率", RATIO),
        ("山西:临汾:人均GDP", "年", "元", "临汾市统计局", [None, None, None, None, 57644.0], "人均GDP", "level of the whole year, per head"),
        ("山西:长治:GDP:累计同比", "季", "%", "长治市统计局", [4.6, None, None, 5.1, 3.3], "GDP (gdp)", G_YTD),
    ]
    head = ["指标名称", "频率", "单位", "指标ID", "来源", "国家", "更新时间"]
    put(s, [head + dates])
    for c in range(8, 13):
        s.cell(1, c).number_format = "yyyy-mm"
    for i, r in enumerate(rows):
        put(s, [[r[0], r[1], r[2], f"S{4410200 + i}", r[3], "中国", DAY(2025, 7, 25)] + r[4]], 2 + i)
        s.cell(2 + i, 7).number_format = "yyyy-mm-dd"
    s.cell(12, 1, "数据来源：Wind")
    for r in rows:
        for d, v in zip(dates, r[4], strict=False):
            if v is None:
                continue
            what, period = r[6], ytd(d.year, d.month)
            if what in (STOCK, RATIO):
                period = end(d.year, d.month)
            elif "whole" in what:
                period = str(d.year)
            f.add("长治市" if "长治" in r[0] else LF, r[5], what, r[2], period, v)
    f.must_not = [
        "长治 under 临汾市", "更新时间 2025-07-25 as a period with figures", "人均GDP 57644 as GDP", "国家 中国 as the place of the series (all of them are of cities)",
        "城镇化率 57.83 as growth", "出口 in 万美元 as yuan", "山西 in 山西:临汾 as the place",
    ]  # fmt: skip
    f.must_ask = ["whether 长治市 is added or left out"]
    save(book, f)


def ceic():
    f = Facts("a_vendor/CEIC_export_2025-05.xlsx", "CN-SX", "CEIC in English: Shanxi beside Shaanxi; metadata rows; dates 03/2025 as text.")
    book, s = new("My Series")
    cols = [
        ("CN: GDP: ytd: Shanxi", "China", "Shanxi", "Quarterly", "RMB bn", "National Bureau of Statistics", SX, "GDP (gdp)", L_YTD),
        ("CN: GDP: ytd: Shaanxi", "China", "Shaanxi", "Quarterly", "RMB bn", "National Bureau of Statistics", "Shaanxi 陕西省", "GDP (gdp)", L_YTD),
        ("CN: Retail Sales of Consumer Goods: ytd: YoY: Shanxi", "China", "Shanxi", "Monthly", "%", "National Bureau of Statistics", SX, "Retail Sales of Consumer Goods (retail_sales)", G_YTD),
        ("CN: VAI: YoY: Shanxi", "China", "Shanxi", "Monthly", "%", "National Bureau of Statistics", SX, "VAI (industrial_value_added)", G_MON),
        ("CN: Export: Shanxi", "China", "Shanxi", "Monthly", "USD mn", "General Administration of Customs", SX, "Export (exports_usd)", L_MON),
        ("CN: Government Revenue: ytd: Henan", "China", "Henan", "Monthly", "RMB mn", "Ministry of Finance", "Henan 河南省", "Government Revenue (general_public_budget_revenue)", L_YTD),
    ]
    keys = ["", "Region", "Subnational", "Frequency", "Unit", "Source", "Status", "Series ID", "First Obs. Date", "Last Obs. Date", "Last Update Time"]
    for i, key in enumerate(keys):
        line = [key or None]
        for j, c in enumerate(cols):
            line.append([c[0], c[1], c[2], c[3], c[4], c[5], "Active", f"3{69701 + j}", "03/1999", "04/2025", "05/20/2025"][i])
        put(s, [line], 1 + i)
    rows = [
        ("12/2024", 2571.2, 3588.4, 2.9, 4.1, 812.33, 2088410.0),
        ("01/2025", None, None, None, None, 690.12, 201733.0),
        ("02/2025", None, None, 4.6, None, 588.47, 377120.5),
        ("03/2025", 560.3, 801.9, 5.0, 5.2, 731.9, 566001.2),
        ("04/2025", None, None, 5.1, 4.8, 745.06, 720933.7),
    ]
    put(s, rows, 12)
    for row in rows:
        m, y = (int(x) for x in row[0].split("/"))
        for c, v in zip(cols, row[1:], strict=False):
            if v is not None:
                f.add(c[6], c[7], c[8], c[4], mon(y, m) if "single" in c[8] else ytd(y, m), v)
    f.must_not = [
        "Shaanxi (陕西) under 山西省 (CN-SX)", "Henan under 山西省", "RMB bn read as 亿元 (1 bn = 10 亿元)", "USD mn read as yuan", "05/20/2025 or 03/1999 as periods with figures",
        "Series ID as a figure", "VAI: YoY of a month as growth since January",
    ]  # fmt: skip
    f.must_ask = ["whether Shaanxi (陕西省) and Henan (河南省) are added or left out", "which indicator Government Revenue is, if not taken as the general public budget"]
    save(book, f)


for make in (wind_edb, choice, ceinet, nbs_provinces, nbs_house_prices, wind_by_row, ceic):
    make()
