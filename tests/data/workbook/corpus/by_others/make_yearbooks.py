"""Family c: pages of yearbooks. All figures are invented."""


from kit import (
    G_YEAR,
    HM,
    HMZ,
    L_YEAR,
    LF,
    NONE,
    RATIO,
    STOCK,
    SX,
    Facts,
    end,
    new,
    put,
    save,
    title,
    ytd,
)


def history():
    f = Facts("c_yearbook/2-1 国民经济主要指标.xls.xlsx", "CN-SX-LF", "Years down, two tables side by side with a blank column between; the right one holds indices and a head without unit.")
    book, s = new("2-1")
    title(s, "2-1  历年国民经济主要指标", 11)
    put(s, [["临汾市", None, None, None, "单位：亿元", None, "临汾市", None, None, None, None], ["年份", "地区生产总值", None, None, None, None, "年份", "地区生产总值指数", None, "人均地区生产总值（元）", "年末常住人口（万人）"], [None, None, "第一产业", "第二产业", "第三产业", None, None, "上年=100", "1978年=100"]], 2)
    rows = [
        (2018, 1440.2, 98.1, 660.3, 681.8, 105.2, 3411.0, 36012, 399.9), (2019, 1452.6, 100.4, 644.8, 707.4, 104.1, 3550.9, 36410, 398.0), (2020, 1505.2, 113.7, 671.5, 720.0, 103.6, 3678.7, 38002, 396.1),
        (2021, 1910.8, 121.0, 971.1, 818.7, 109.4, 4024.5, 48510, 393.7), (2022, 2170.4, 133.5, 1188.2, 848.7, 105.0, 4225.7, 55390, 391.4),
    ]  # fmt: skip
    for i, r in enumerate(rows):
        put(s, [[r[0], *r[1:5], None, r[0], *r[5:]]], 5 + i)
        y, p = str(r[0]), ytd(r[0], 12)
        f.add(LF, "地区生产总值 (gdp)", "level of the whole year", "亿元", p, r[1])
        for n, v in zip(("第一产业", "第二产业", "第三产业"), r[2:5], strict=False):
            f.add(LF, f"{n} (地区生产总值)", "level of the whole year", "亿元", p, v)
        f.add(LF, "地区生产总值指数", "index, last year = 100, whole year", "(none; base 100)", y, r[5])
        f.add(LF, "地区生产总值指数", "index, 1978 = 100, whole year", "(none; base 100)", y, r[6])
        f.add(LF, "人均地区生产总值", "level of the whole year, per head", "元", y, r[7])
        f.add(LF, "年末常住人口", STOCK, "万人", end(r[0], 12), r[8])
    f.total = 40
    s.cell(10, 1, "注：1.本表按当年价格计算，指数按可比价格计算。")
    s.cell(11, 1, "    2.2018年以前数据为第四次经济普查修订数。")
    f.must_not = [
        "index 1978=100 (3411.0) as last year = 100 or as growth of 3311 %", "人均 36012 as GDP", "单位：亿元 of the left table for indices or population of the right one", "年末常住人口 as a flow", "the second column 年份 as figures",
    ]  # fmt: skip
    f.must_ask = []
    save(book, f)


def continued():
    f = Facts("c_yearbook/13-5 规模以上工业企业主要财务指标.xlsx", "SAMPLE", "One sheet with 续表: the rows come again with other columns; 其中 rows with # and indents; footnotes; '...' and '#' as the yearbook's signs.")
    book, s = new("13-5")
    groups = ["总  计", "#国有控股企业", "#私营企业", "按轻重工业分", "  轻工业", "  重工业", "按行业分", "  煤炭开采和洗选业", "  其中：烟煤和无烟煤开采洗选", "  医药制造业"]
    one = {0: (612, 3321.55, 1904.2, 1402.8), 1: (88, 1890.1, 1130.5, 722.9), 2: (401, 702.4, 410.7, 399.6), 4: (120, 201.3, 98.8, 130.2), 5: (492, 3120.25, 1805.4, 1272.6), 7: (160, 1507.9, 877.0, 590.1), 8: (151, 1460.0, 850.3, 571.8), 9: (9, 31.6, 12.4, 20.7)}
    two = {0: (1190.4, 141.2, 57.3, 10.07), 1: (580.0, 92.7, 59.8, 12.82), 2: (350.9, 20.6, 58.5, 5.16), 4: (108.8, 10.1, 49.1, 7.76), 5: (1081.6, 131.1, 57.9, 10.3), 7: (460.1, 88.4, 58.2, 14.98), 8: (446.5, 86.0, 58.2, 15.04), 9: (17.0, "…", 39.2, "…")}
    title(s, "13-5  规模以上工业企业主要财务指标（2024年）", 5)
    r = put(s, [[None, None, None, None, "单位：亿元"], ["项  目", "企业单位数(个)", "资产总计", "负债合计", "营业收入"]], 2)
    for i, g in enumerate(groups):
        r = put(s, [[g, *one.get(i, ())]], r)
    r += 1
    title(s, "13-5  续表", 5, r)
    r = put(s, [[None, None, None, None, "单位：亿元"], ["项  目", "营业成本", "利润总额", "资产负债率(%)", "营业收入利润率(%)"]], r + 1)
    for i, g in enumerate(groups):
        r = put(s, [[g, *two.get(i, ())]], r)
    put(s, [["注：①规模以上工业企业指年主营业务收入2000万元及以上的工业法人单位。"], ["    ②“…”表示数据不足本表最小单位数；“#”表示其中的主要项。"]], r)
    short = {0: "总计", 1: "#国有控股企业", 2: "#私营企业", 4: "轻工业", 5: "重工业", 7: "煤炭开采和洗选业", 8: "其中：烟煤和无烟煤开采洗选", 9: "医药制造业"}
    for i in (0, 1, 7, 8, 9):
        n = short[i]
        of = "营业收入 (industrial_operating_revenue)" if i == 0 else f"营业收入, {n}"
        tag = "" if i == 0 else f", {n}"
        f.add(NONE, f"企业单位数{tag}", STOCK, "个", end(2024, 12), one[i][0])
        f.add(NONE, f"资产总计{tag}", STOCK, "亿元", end(2024, 12), one[i][1])
        f.add(NONE, of, L_YEAR, "亿元", "2024", one[i][3])
        f.add(NONE, f"营业成本{tag}", L_YEAR, "亿元", "2024", two[i][0])
        if two[i][1] != "…":
            f.add(NONE, f"利润总额{tag}", L_YEAR, "亿元", "2024", two[i][1])
        f.add(NONE, f"资产负债率{tag}", RATIO, "%", end(2024, 12), two[i][2])
    f.total = sum(v != "…" for rows in (one, two) for row in rows.values() for v in row)
    f.must_not = [
        "企业单位数 612 as 亿元", "资产负债率 57.3 and 营业收入利润率 10.07 as growth or as 亿元", "营业收入 of 私营企业 or of an industry as that of all enterprises", "按轻重工业分 and 按行业分 (heads without figures) as indicators",
        "… as 0", "rows of 续表 as other indicators of the same name in the columns of the first table", "烟煤 with 其中 as an indicator of its own without its parent",
    ]  # fmt: skip
    f.must_ask = ["what … stands for is said in the note: below the smallest unit; no figure"]
    save(book, f)


def bilingual():
    f = Facts("c_yearbook/E0301.xlsx", "CN-SX", "Bilingual heads, unit in both languages, indices with two bases in two tables below each other; the title names Shanxi.")
    book, s = new("E0301")
    title(s, "3-1  山西省地区生产总值指数", 7)
    put(s, [["Indices of Gross Regional Product of Shanxi Province"], ["(上年=100)", None, None, None, None, None, "(preceding year=100)"], ["年份", "地区生产总值", "第一产业", "第二产业", None, None, "第三产业"], [None, None, None, None, "工业", "建筑业", None], ["Year", "Gross Regional Product", "Primary Industry", "Secondary Industry", "Industry", "Construction", "Tertiary Industry"]], 2)
    a = [(2020, 103.9, 106.8, 105.7, 106.0, 102.2, 102.0), (2021, 109.0, 108.4, 110.1, 110.8, 101.1, 107.9), (2022, 104.2, 105.3, 106.6, 106.9, 103.5, 102.4), (2023, 104.8, 103.8, 104.9, 105.0, 103.1, 104.9)]
    put(s, a, 7)
    put(s, [["(1978年=100)", None, None, None, None, None, "(1978=100)"]], 12)
    b = [(2020, 3812.6, 611.9, 5702.1, 6011.8, 2290.4, 5311.0), (2021, 4155.7, 663.3, 6278.0, 6661.1, 2315.6, 5730.6), (2022, 4330.3, 698.5, 6692.4, 7120.7, 2396.6, 5868.1), (2023, 4538.2, 725.0, 7020.3, 7476.8, 2470.9, 6155.7)]
    put(s, b, 13)
    put(s, [["注：本表按不变价格计算。"], ["Note: Data in this table are calculated at constant prices."]], 18)
    for rows, base in ((a, "last year = 100"), (b, "1978 = 100")):
        for r in rows:
            for n, v in zip(("地区生产总值 Gross Regional Product (gdp)", "第一产业 Primary Industry", "工业 Industry", "第三产业 Tertiary Industry"), (r[1], r[2], r[4], r[6]), strict=False):
                f.add(SX, n, f"index, {base}, whole year", "(none; base 100)", str(r[0]), v)
    f.total = 48
    f.must_not = ["1978=100 (3812.6) as growth of 3712.6 % or with last year = 100", "the row of English heads as a row of figures", "the lower table with the base of the upper one", "indices as 亿元", "工业 or 建筑业 (under 第二产业) read under 第一产业, or 第二产业 read for them"]
    f.must_ask = []
    save(book, f)


def counties():
    f = Facts("c_yearbook/15-1 各县（市、区）国民经济主要指标(2024).xlsx", "CN-SX-LF", "Counties in rows with 续表一 and 续表二 on the same sheet, every one with other units; 开发区 as a row.")
    book, s = new("Sheet1")
    names = ["全市", "尧都区", "曲沃县", "侯马市", "霍州市", "侯马经济开发区"]
    parts = [
        ("15-1  各县（市、区）国民经济主要指标（2024年）", ["县（市、区）", "行政区域面积\n（平方公里）", "年末常住人口\n（万人）", "地区生产总值\n（万元）", "人均地区生产总值\n（元）"], [(20275, 387.4, 22417055, 57810), (1304, 95.6, 5511302, 57602), (438, 21.7, 1800214, 82959), (220, 23.9, 1733018, 72511), (765, 25.5, 1590220, 62362), (12.6, None, 301255, None)]),
        ("15-1  续表一", ["县（市、区）", "粮食产量\n（吨）", "粮食单产\n（公斤/亩）", "规上工业增加值增速\n（%）", "一般公共预算收入\n（万元）"], [(2291005, 311.4, 3.3, 1701233), (201334, 330.9, 2.0, 288310), (180022, 402.7, 6.1, 91022), (77310, 388.0, 4.4, 66012), (61244, 290.5, -2.8, 88410), (None, None, 7.7, 41220)]),
        ("15-1  续表二", ["县（市、区）", "城镇居民人均可支配收入\n（元）", "城镇化率\n（%）", "每千人口医疗卫生机构床位\n（张）", "人口密度\n（人/平方公里）"], [(40122, 57.8, 6.41, 191), (44208, 76.1, 9.02, 733), (41307, 55.0, 5.5, 495), (43011, 71.2, 7.73, 1086), (42055, 66.9, 5.98, 333), (None, None, None, None)]),
    ]
    r = 1
    for t, head, rows in parts:
        title(s, t, 5, r)
        r = put(s, [head], r + 1)
        r = put(s, [[n, *v] for n, v in zip(names, rows, strict=False)], r) + 1
    put(s, [["注：侯马经济开发区数据包含在侯马市中。"]], r)
    where = [LF, "尧都区", "曲沃县", HM, "霍州市", HMZ]
    what = [[("行政区域面积", "stock (area of land)", "平方公里", end(2024, 12)), ("年末常住人口", STOCK, "万人", end(2024, 12)), ("地区生产总值 (gdp)", L_YEAR, "万元", "2024"), ("人均地区生产总值", "level of the whole year, per head", "元", "2024")],
            [("粮食产量", L_YEAR, "吨", "2024"), ("粮食单产", "ratio, yield per area", "公斤/亩", "2024"), ("规上工业增加值 (industrial_value_added)", G_YEAR, "%", "2024"), ("一般公共预算收入 (general_public_budget_revenue)", L_YEAR, "万元", "2024")],
            [("城镇居民人均可支配收入 (urban_resident_income)", L_YEAR, "元", "2024"), ("城镇化率", RATIO, "%", end(2024, 12)), ("每千人口医疗卫生机构床位", "ratio, beds per 1000 people", "张", end(2024, 12)), ("人口密度", "ratio, density", "人/平方公里", end(2024, 12))]]  # fmt: skip
    for part, cols in zip(parts, what, strict=False):
        for p, vs in zip(where, part[2], strict=False):
            for (n, w, u, per), v in zip(cols, vs, strict=False):
                if v is not None and p in (LF, HM, HMZ, "尧都区"):
                    f.add(p, n, w, u, per, v)
    f.total = sum(v is not None for part in parts for row in part[2] for v in row)
    f.must_not = ["侯马经济开发区 (301255) under 侯马市 or added to it", "公斤/亩 as 公斤; 人/平方公里 as 人", "行政区域面积 12.6 as a flow", "城镇化率 or 床位 as growth", "尧都区 under 临汾市"]
    f.must_ask = ["whether 尧都区, 曲沃县 and 霍州市 are added"]
    save(book, f)


def structure():
    f = Facts("c_yearbook/1-3 国民经济和社会发展结构指标.xlsx", "SAMPLE", "Shares (%) and ratios; the table's second half stands to the right of the first under the same heads.")
    book, s = new("结构")
    title(s, "1-3 国民经济和社会发展结构指标", 9)
    put(s, [[None] * 8 + ["单位：%"], ["指标", 2022, 2023, 2024, None, "指标", 2022, 2023, 2024]], 2)
    left = [("地区生产总值构成", None, None, None), ("  第一产业", 6.2, 6.4, 6.1), ("  第二产业", 52.8, 50.1, 48.7), ("  第三产业", 41.0, 43.5, 45.2), ("三次产业贡献率", None, None, None), ("  第二产业", 61.1, 40.8, 33.9)]
    right = [("人口构成", None, None, None), ("  城镇人口比重", 55.9, 56.8, 57.7), ("进出口总额相当于地区生产总值比例", 3.1, 3.4, 4.0), ("研究与试验发展经费支出相当于地区生产总值比例", 0.88, 0.93, 1.02), ("税收收入占一般公共预算收入比重", 70.2, 66.0, 63.8), ("居民消费恩格尔系数", 27.7, 27.1, 26.9)]
    for i, (a, b) in enumerate(zip(left, right, strict=False)):
        put(s, [[*a, None, *b]], 4 + i)
    head = ""
    for rows in (left, right):
        for r in rows:
            if r[1] is None:
                head = r[0]
                continue
            n = r[0].strip()
            if r[0].startswith("  "):
                n = f"{head}: {n}"
            for y, v in zip((2022, 2023, 2024), r[1:], strict=False):
                f.add(NONE, n, "share, points of the economy's growth" if "贡献率" in n else RATIO, "%", str(y), v)
    f.must_not = ["第二产业 48.7 as growth of the second sector or of GDP", "第二产业 33.9 (贡献率) as the same series as 48.7 (构成)", "税收收入占…比重 63.8 as tax_revenue", "进出口总额相当于… 4.0 as trade_total", "the right half under the labels of the left one"]
    f.must_ask = []
    save(book, f)


def products():
    f = Facts("c_yearbook/13-12 主要工业产品产量.xlsx", "CN-SX", "Side by side halves with a unit column each; an earlier year's figure with a footnote mark; the title's place is a county-level city.")
    book, s = new("13-12")
    title(s, "13-12 孝义市主要工业产品产量", 9)
    put(s, [["产品名称", "单位", "2023年", "2024年", None, "产品名称", "单位", "2023年", "2024年"]], 3)
    left = [("原煤", "万吨", 3011.4, 2899.0), ("洗精煤", "万吨", 1702.2, 1688.8), ("焦炭", "万吨", 912.5, 933.1), ("氧化铝", "万吨", 401.7, 410.2), ("发电量", "亿千瓦小时", 41.22, 44.03)]
    right = [("水泥", "万吨", 88.9, 79.4), ("耐火材料", "万吨", 120.5, 121.1), ("白酒", "千升", 1204, 1188), ("变压器", "万千伏安", 12.5, 14.0), ("煤层气", "亿立方米", 0.71, "0.85①")]
    for i, (a, b) in enumerate(zip(left, right, strict=False)):
        put(s, [[*a, None, *b]], 4 + i)
        for r in (a, b):
            for y, v in ((2023, r[2]), (2024, r[3])):
                f.add("孝义市", f"{r[0]} (产量)", L_YEAR, r[1], str(y), str(v).replace("①", ""))
    put(s, [["①含焦炉煤气。"]], 10)
    f.must_not = ["any figure under 山西省 (CN-SX): the title names 孝义市", "0.85① as 0.851", "亿千瓦小时, 万千伏安 as 亿 or 万", "发电量 as electricity consumption"]
    f.must_ask = ["the place: 孝义市 is not the chosen 山西省"]
    save(book, f)


def footnoted():
    f = Facts("c_yearbook/5-7 全社会固定资产投资(续).xlsx", "SAMPLE", "The page is only the continuation (续) of a table; growth with a changed statistical scope; 其中 below each group; years as columns with 比上年增长.")
    book, s = new("5-7(续)")
    title(s, "5-7 续表 1", 6)
    put(s, [[None, None, None, None, None, "单位：万元"], ["指  标", "2021", "2022", "2023", "2024", "2024年比2023年\n增长(%)①"]], 2)
    rows = [("按隶属关系分", *[None] * 5), ("  中央项目", 188201, 201556, 178044, 190122, 6.8), ("  地方项目", 3011288, 3290118, 3104477, 3322150, 7.0), ("    其中：县属", 2001766, 2188091, 2077310, 2280441, 9.8), ("按构成分", *[None] * 5), ("  建筑安装工程", 2290400, 2499027, 2370011, 2519800, 6.3), ("  设备工器具购置", 610239, 690011, 650380, 722004, 11.0), ("  其他费用", 298850, 302636, 262130, 270468, 3.2), ("新增固定资产", 1507722, 1810055, 1609930, 1740022, 8.1), ("固定资产交付使用率(%)", 47.1, 51.8, 49.0, 49.5, None)]
    put(s, rows, 4)
    put(s, [["①增长速度按可比口径计算。2023年起统计起点为500万元及以上项目。"]], 15)
    head = ""
    for r in rows:
        if r[1] is None:
            head = r[0]
            continue
        n = r[0].strip()
        n = f"{head}: {n}" if r[0].startswith(" ") else n
        ratio = "率" in n
        for y, v in zip((2021, 2022, 2023, 2024), r[1:5], strict=False):
            f.add(NONE, n, RATIO if ratio else L_YEAR, "%" if ratio else "万元", str(y), v)
        if r[5] is not None:
            f.add(NONE, n, G_YEAR, "%", "2024", r[5])
    f.must_not = ["交付使用率 49.5 as growth or in 万元", "地方项目 as fixed_asset_investment as a whole", "2021 ... 2024 as figures", "① as 1 in a figure or a unit"]
    f.must_ask = ["whether growth against the published levels of 2023 is comparable is said in the note (可比口径); nothing else"]
    save(book, f)


for make in (history, continued, bilingual, counties, structure, products, footnoted):
    make()
