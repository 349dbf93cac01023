"""Family f: units and forms that are neither money since January nor growth. All figures are invented."""

import datetime as dt

from kit import (
    G_MON,
    G_STOCK,
    G_YTD,
    HMZ,
    L_MON,
    L_YTD,
    LF,
    NONE,
    PRICE,
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
    title,
    ytd,
)


def prices():
    f = Facts("f_units/重要商品价格监测周报2026年第38周.xlsx", "CN-SX-LF", "Prices with units of their own in a column; dates of days; change on the week before and on a year before.")
    book, s = new("价格")
    title(s, "临汾市重要商品价格监测", 7)
    put(s, [["监测日期：2026年9月20日", None, None, None, None, None, None], ["品名", "规格", "单位", "本期价格", "上期价格", "环比%", "同比%"]], 2)
    rows = [
        ("螺纹钢", "HRB400 20mm", "元/吨", 3188, 3210, -0.7, -5.5), ("炼焦煤", "主焦", "元/吨", 1455, 1420, 2.5, -11.2), ("冶金焦", "一级", "元/吨", 1622, 1590, 2.0, -9.8), ("猪肉", "精瘦肉", "元/500克", 13.2, 13.5, -2.2, -8.3), ("小麦粉", "特一", "元/公斤", 4.12, 4.1, 0.5, 1.2),
        ("鸡蛋", "新鲜完整", "元/公斤", 8.66, 8.9, -2.7, -6.4), ("商品住宅", "市区均价", "元/平方米", 6022, 6022, 0.0, -3.1), ("92#汽油", "国Ⅵ", "元/升", 7.31, 7.44, -1.7, -4.0), ("管道天然气", "非居民", "元/立方米", 3.66, 3.66, 0.0, 2.8), ("工业用地", "成交均价", "万元/亩", 14.8, 15.1, -2.0, -1.3),
    ]  # fmt: skip
    put(s, rows, 4)
    for r in rows:
        f.add(LF, f"{r[0]} {r[1]}", PRICE, r[2], "2026-09-20", r[3])
        f.add(LF, f"{r[0]} {r[1]}", "price, the period before (上期; the day is not said)", r[2], "week before 2026-09-20", r[4])
        f.add(LF, f"{r[0]} {r[1]}", "growth of a price on the period before", "%", "2026-09-20", r[5])
        f.add(LF, f"{r[0]} {r[1]}", "growth of a price on a year before", "%", "2026-09-20", r[6])
    f.must_not = ["元/吨 as 元 or 吨, 万元/亩 as 万元", "a price as a level since January", "环比 or 同比 of a price as growth since January", "a day as the month of September", "HRB400 or 92# as figures"]
    f.must_ask = []
    save(book, f)


def energy():
    f = Facts("f_units/能源统计月报.xlsx", "SAMPLE", "Energy: 亿千瓦小时, 万吨标准煤, 吨标准煤/万元, 吨/日, 立方米/秒, 千瓦时/吨; capacity as a stock; growth of an intensity.")
    book, s = new("能源")
    title(s, "能源生产与消费（2026年1—8月）", 6)
    put(s, [["指标", "单位", "8月", "1—8月", "8月同比%", "1—8月同比%"]], 3)
    rows = [
        ("全社会用电量 (electricity)", "亿千瓦小时", 19.44, 141.3, 2.6, 1.9, "flow"), ("  工业用电 (industrial_electricity)", "亿千瓦小时", 12.9, 95.77, 1.1, 0.4, "flow"), ("综合能源消费量", "万吨标准煤", 130.2, 1002.5, -1.7, -2.2, "flow"), ("单位工业增加值能耗", "吨标准煤/万元", None, 1.83, None, -5.1, "intensity"),
        ("吨钢可比能耗", "千克标准煤/吨", 561.2, 564.9, -0.9, -1.1, "intensity"), ("焦炭日均产量", "吨/日", 51220, 50870, 0.8, 0.3, "rate"), ("发电装机容量（期末）", "万千瓦", 1188.4, None, 9.6, None, "stock"), ("  其中：光伏", "万千瓦", 401.2, None, 22.3, None, "stock"), ("汾河平均流量", "立方米/秒", 21.8, 14.6, -3.0, 6.6, "rate"), ("发电设备平均利用小时", "小时", 344, 2711, -2.9, -3.3, "hours"),
    ]  # fmt: skip
    put(s, [[r[0].split(" (")[0], *r[1:6]] for r in rows], 4)
    m, p = mon(2026, 8), ytd(2026, 8)
    for n, u, a, b, c, d, kind in rows:
        n = n.strip()
        for v, per, since in ((a, m, False), (b, p, True)):
            if v is None:
                continue
            if kind in ("flow", "hours"):
                w = L_YTD if since else L_MON
            elif kind == "stock":
                w, per = STOCK, end(2026, 8)
            else:
                w = f"{'ratio, intensity' if kind == 'intensity' else 'average rate'}, {'since January' if since else 'single month'}"
            f.add(NONE, n, w, u, per, v)
        for v, per, since in ((c, m, False), (d, p, True)):
            if v is None:
                continue
            w = G_STOCK if kind == "stock" else (G_YTD if since else G_MON)
            f.add(NONE, n, w, "%", end(2026, 8) if kind == "stock" else per, v)
    f.must_not = ["亿千瓦小时 as 亿千瓦, 小时 or 亿", "吨标准煤/万元 as 万元 or tonnes; 吨/日 as 吨", "单位工业增加值能耗 1.83 or its -5.1 as industrial_value_added", "装机容量 1188.4 as a flow of August", "codes such as tce on the screen", "averages (吨/日, 立方米/秒) chained over months"]
    f.must_ask = ["whether 单位工业增加值能耗 is the catalogue's energy_intensity (that may be per GDP)"]
    save(book, f)


def population():
    f = Facts("f_units/人口主要数据公报.csv", "CN-SX-LF", "Population: ‰ beside %, per mille without a unit column, sex ratio (女=100), density, years of life; census years.")
    table = [
        ["临汾市人口主要数据"], ["指标", "2023年", "2024年", "2025年"],
        ["年末常住人口（万人）", 389.9, 388.6, 387.4], ["出生率（‰）", 5.82, 6.01, 5.4], ["死亡率（‰）", 8.77, 8.6, 8.91], ["自然增长率（‰）", -2.95, -2.59, -3.51], ["常住人口城镇化率（%）", 57.02, 57.83, 58.4], ["性别比（女=100）", 104.31, 104.25, 104.2], ["人口密度（人/平方公里）", 192, 192, 191], ["平均预期寿命（岁）", 77.9, "", 78.4], ["60岁及以上人口占比（%）", 20.11, 20.9, 21.66], ["平均每户家庭人口（人/户）", 2.61, 2.6, 2.57], ["城镇调查失业率", 5.3, 5.2, 5.2],
    ]  # fmt: skip
    f.path.write_bytes(b"\xef\xbb\xbf" + spread(table).encode())
    kinds = {"年末": (STOCK, "万人"), "出生": (RATIO, "‰"), "死亡": (RATIO, "‰"), "自然": ("ratio (rate of natural increase, no growth of an indicator)", "‰"), "常住": (RATIO, "%"), "性别": ("ratio, women = 100", "(none; base 100)"), "人口": ("ratio, density", "人/平方公里"), "平均预": ("level, years of life", "岁"), "60": (RATIO, "%"), "平均每": (RATIO, "人/户"), "城镇": (RATIO, "(none; presumably %)")}
    for r in table[2:]:
        w, u = next(v for k, v in kinds.items() if r[0].startswith(k))
        for y, v in zip((2023, 2024, 2025), r[1:], strict=False):
            if v != "":
                f.add(LF, r[0].split("（")[0], w, u, end(y, 12) if w == STOCK else str(y), v)
    f.must_not = ["‰ as % (-2.95 ‰ is -0.295 %)", "自然增长率 as growth of population or of any indicator", "性别比 104.31 as an index of last year = 100, that is growth of 4.31 %", "城镇化率 or 失业率 as growth", "出生率 as a level"]
    f.must_ask = ["the unit of 城镇调查失业率 (% is not written)"]
    f.write()


def indices():
    f = Facts("f_units/价格指数_2026年9月.xlsx", "CN-SX", "CPI and PPI as indices with three bases, then as 涨跌幅 on a second sheet; PMI; monthly and cumulative.")
    book, s = new("指数")
    title(s, "山西省居民消费价格和工业生产者价格指数", 5)
    put(s, [["2026年9月"], ["项目", "上月=100", "上年同月=100", "上年同期=100"]], 2)
    rows = [("居民消费价格指数", 100.2, 99.8, 100.1), ("  食品", 101.1, 97.9, 98.8), ("  其中：猪肉", 103.0, 88.4, 90.2), ("  服务", 99.9, 100.7, 100.9), ("工业生产者出厂价格指数", 100.4, 95.2, 94.1), ("  煤炭开采和洗选业", 101.3, 88.0, 86.5), ("工业生产者购进价格指数", 100.1, 96.6, 95.8)]
    put(s, rows, 4)
    for n, a, b, c in rows:
        n = n.strip()
        f.add(SX, n, "index, last month = 100, single month", "(none; base 100)", mon(2026, 9), a)
        f.add(SX, n, "index, same month of last year = 100, single month", "(none; base 100)", mon(2026, 9), b)
        f.add(SX, n, "index, same period of last year = 100, since January", "(none; base 100)", ytd(2026, 9), c)
    s = book.create_sheet("涨跌幅")
    put(s, [["山西省居民消费价格涨跌幅", None, None, "单位：%"], ["项目", "环比", "同比", "1-9月平均同比"], ["居民消费价格", 0.2, -0.2, 0.1], ["食品", 1.1, -2.1, -1.2]])
    for n, a, b, c in (("居民消费价格", 0.2, -0.2, 0.1), ("食品", 1.1, -2.1, -1.2)):
        f.add(SX, f"{n} 涨跌幅", "growth of a price index on the month before", "%", mon(2026, 9), a)
        f.add(SX, f"{n} 涨跌幅", "growth of a price index on the same month of last year", "%", mon(2026, 9), b)
        f.add(SX, f"{n} 涨跌幅", "growth of a price index since January", "%", ytd(2026, 9), c)
    s = book.create_sheet("PMI")
    put(s, [["制造业采购经理指数（%）"], ["月份", "PMI", "生产", "新订单"], [dt.datetime(2026, 8, 1), 49.7, 50.4, 49.1], [dt.datetime(2026, 9, 1), 50.2, 51.0, 50.0]])
    for r in (3, 4):
        s.cell(r, 1).number_format = 'yyyy"年"m"月"'
    for k, v in ((8, (49.7, 50.4, 49.1)), (9, (50.2, 51.0, 50.0))):
        for n, x in zip(("PMI", "生产 (PMI)", "新订单 (PMI)"), v, strict=False):
            f.add("(sheet PMI names no place: to be asked)", n, "index (diffusion, 50 = no change)", "%", mon(2026, k), x)
    f.must_not = ["上月=100 turned into growth on a year before", "100.2 as % growth", "PMI 50.2 as growth, ratio of money or under the head 上年同月=100", "the sheet 涨跌幅 without a period read as a year", "食品 as a separate total"]
    f.must_ask = ["whose PMI it is (no place on that sheet)", "the month of the sheet 涨跌幅 (only 1-9月 and the name of the file say September 2026)"]
    save(book, f)


def stocks():
    f = Facts("f_units/金融运行情况表.xlsx", "CN-SX-LF", "Stocks at period end by month: balance, change since the year's beginning, growth on a year before; firms and staff; a ratio of bad loans.")
    book, s = new("金融")
    title(s, "临汾市金融机构人民币信贷收支", 8)
    put(s, [[None, None, None, None, None, None, None, "单位：亿元、%"], ["项目", "2026年3月末", None, None, "2026年6月末", None, None, "2025年末"], [None, "余额", "比年初增减", "同比", "余额", "比年初增减", "同比", "余额"]], 2)
    s.merge_cells("B3:D3")
    s.merge_cells("E3:G3")
    s.merge_cells("A3:A4")
    rows = [("各项存款", 4588.1, 120.4, 6.1, 4640.7, 173.0, 6.4, 4467.7), ("  住户存款", 3377.2, 141.0, 8.8, 3401.5, 165.3, 8.9, 3236.2), ("各项贷款", 2566.9, 60.1, 7.1, 2601.3, 94.5, 7.7, 2506.8), ("  企（事）业单位贷款", 1544.0, 45.5, 8.0, 1570.2, 71.7, 8.4, 1498.5)]
    put(s, rows, 5)
    put(s, [["不良贷款率（%）", 2.11, None, None, 2.04, None, None, 2.2], ["余额存贷比（%）", 55.95, None, None, 56.05, None, None, 56.11]], 9)
    for r in rows:
        n = r[0].strip()
        for k, v in ((3, r[1:4]), (6, r[4:7])):
            f.add(LF, n, STOCK, "亿元", end(2026, k), v[0])
            f.add(LF, n, "change of the stock since the year's beginning", "亿元", end(2026, k), v[1])
            f.add(LF, n, G_STOCK, "%", end(2026, k), v[2])
        f.add(LF, n, STOCK, "亿元", end(2025, 12), r[7])
    for n, a, b, c in (("不良贷款率", 2.11, 2.04, 2.2), ("余额存贷比", 55.95, 56.05, 56.11)):
        f.add(LF, n, RATIO, "%", end(2026, 3), a)
        f.add(LF, n, RATIO, "%", end(2026, 6), b)
        f.add(LF, n, RATIO, "%", end(2025, 12), c)
    f.must_not = ["余额 as level since January or chained as a flow", "比年初增减 as growth in %", "不良贷款率 2.04 as growth or as a stock in 亿元", "2025年末 as the whole year's flow", "同比 of a stock as growth since January without a word"]
    f.must_ask = []
    f.total = len(f.lines)
    save(book, f)


def efficiency():
    f = Facts("f_units/规上工业经济效益指标.xlsx", "SAMPLE", "Ratios of firms: rates in %, days, times, yuan per 100 yuan; change in percentage points beside them; number of firms.")
    book, s = new("效益")
    title(s, "规模以上工业企业主要经济效益指标", 5)
    put(s, [["2026年1-8月"], ["指标", "计量单位", "本年", "上年同期", "增减"]], 2)
    rows = [("营业收入", "亿元", 1433.2, 1466.8, "-2.3%"), ("营业收入利润率", "%", 4.02, 4.61, "-0.59个百分点"), ("资产负债率", "%", 66.4, 67.0, "-0.6个百分点"), ("产品销售率", "%", 97.8, 97.1, "0.7个百分点"), ("每百元营业收入中的成本", "元", 83.3, 82.5, "0.8元"), ("产成品存货周转天数", "天", 15.5, 14.9, "0.6天"), ("流动资产周转率", "次/年", 1.66, 1.71, "-0.05次"), ("人均营业收入", "万元/人", 121.7, 119.8, "1.6%"), ("亏损面", "%", 37.2, 35.8, "1.4个百分点"), ("亏损企业数", "个", 261, 250, "4.4%")]
    put(s, rows, 4)
    for n, u, a, b, c in rows:
        flow = n == "营业收入"
        name = n + " (规模以上工业) (industrial_operating_revenue)" if flow else n
        count = n == "亏损企业数"
        stock = count or n == "资产负债率"
        w = L_YTD if flow else STOCK if count else "ratio at end" if stock else "ratio, since January"
        for y, v in ((2026, a), (2025, b)):
            f.add(NONE, name, w, u, end(y, 8) if stock else ytd(y, 8), v)
        if c.endswith("%"):
            f.add(NONE, name, G_STOCK if count else G_YTD, "%", end(2026, 8) if stock else ytd(2026, 8), c[:-1])
        else:
            unit = c.lstrip("-0123456789.")
            f.add(NONE, name, "difference of a ratio on a year before", unit, end(2026, 8) if stock else ytd(2026, 8), c[: -len(unit)])
    f.must_not = ["0.7个百分点 as growth of 0.7 %", "0.8元 or 0.6天 as growth", "利润率 4.02 as growth", "次/年 and 万元/人 as 次 and 万元", "营业收入利润率 or 人均营业收入 as industrial_operating_revenue"]
    f.must_ask = []
    save(book, f)


def land():
    f = Facts("f_units/土地利用与亩均效益.xlsx", "CN-SX-LF-HMZ", "A zone's land: 亩, 万元/亩, 公顷, 人/公顷, 平方米/人; a level since January and a ratio under one head; a column that mixes units by row.")
    book, s = new("亩均")
    title(s, "侯马经济开发区亩均效益评价（2026年上半年）", 5)
    put(s, [["指标", "单位", "2026年上半年", "2025年上半年", "同比"]], 3)
    rows = [("供应工业用地面积", "亩", 312.5, 288.0, "8.5%"), ("亩均税收", "万元/亩", 9.7, 9.1, "6.6%"), ("亩均固定资产投资", "万元/亩", 221, 205, "7.8%"), ("税收收入", "万元", 30980, 29870, "3.7%"), ("批而未供土地", "公顷", 44.2, 51.0, "-13.3%"), ("单位能耗增加值", "万元/吨标准煤", 1.02, 0.96, "6.3%"), ("工业用水量", "万立方米", 101.4, 99.8, "1.6%"), ("日均污水处理量", "万吨/日", 1.22, 1.15, "6.1%"), ("从业人员密度", "人/公顷", 38, 36, "5.6%"), ("建成区绿地率", "%", 33.1, 32.8, "0.3个百分点")]
    put(s, rows, 4)
    for n, u, a, b, c in rows:
        stock = n in ("批而未供土地", "从业人员密度", "建成区绿地率")
        flow = n in ("供应工业用地面积", "税收收入", "工业用水量")
        w = L_YTD if flow else STOCK if n == "批而未供土地" else "ratio at end" if stock else "ratio, since January"
        name = "税收收入 (tax_revenue)" if n == "税收收入" else n
        for y, v in ((2026, a), (2025, b)):
            f.add(HMZ, name, w, u, end(y, 6) if stock else ytd(y, 6), v)
        f.add(HMZ, name, "difference of a ratio on a year before" if "点" in c else G_STOCK if n == "批而未供土地" else "growth of a ratio on a year before" if not flow else G_YTD, "个百分点" if "点" in c else "%", end(2026, 6) if stock else ytd(2026, 6), c.rstrip("%个百分点"))
    f.must_not = ["亩均税收 9.7 as tax_revenue", "亩均固定资产投资 as fixed_asset_investment", "万元/亩 as 万元; 万吨/日 as 万吨", "0.3个百分点 as growth", "绿地率 as growth"]
    f.must_ask = []
    save(book, f)


for make in (prices, energy, population, indices, stocks, efficiency, land):
    make()
