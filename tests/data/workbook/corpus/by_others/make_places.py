"""Family e: several places, places the store lacks, titles naming another place. All figures are invented."""

import random

from kit import (
    CN,
    G_YEAR,
    G_YTD,
    HM,
    HMZ,
    L_YEAR,
    L_YTD,
    LF,
    RATIO,
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

SHORT = ["北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆"]


SIZES = [int(x) * 50 for x in ["498", "180", "470", "255", "263", "326", "144", "165", "539", "1370", "902", "507", "579", "342", "985", "636", "600", "532", "1416", "287", "79", "322", "647", "227", "315", "28", "356", "131", "39", "55", "205"]]  # rough


def provinces():
    f = Facts("e_places/31省市2026年上半年经济数据.xlsx", "CN", "31 provinces by short names in rows, three regions as subtotal rows, level and growth of three indicators under merged heads, rank columns.")
    book, s = new("上半年")
    title(s, "2026年上半年全国及各省（区、市）主要经济指标", 8)
    put(s, [["地区", "地区生产总值", None, None, "社会消费品零售总额", None, "规模以上工业增加值", "固定资产投资"], [None, "总量（亿元）", "增速（%）", "位次", "总量（亿元）", "增速（%）", "增速（%）", "增速（%）"]], 2)
    for m in ("A2:A3", "B2:D2", "E2:F2"):
        s.merge_cells(m)
    rnd = random.Random(1605)
    east, centre, west = {"北京", "天津", "河北", "上海", "江苏", "浙江", "福建", "山东", "广东", "海南", "辽宁"}, {"山西", "吉林", "黑龙江", "安徽", "江西", "河南", "湖北", "湖南"}, None
    size = {p: n * rnd.uniform(0.9, 1.1) for p, n in zip(SHORT, SIZES, strict=False)}
    rows = {p: [round(size[p], 1), round(rnd.uniform(2, 7), 1), 0, round(size[p] * rnd.uniform(0.3, 0.4), 1), round(rnd.uniform(1, 8), 1), round(rnd.uniform(1, 9), 1), round(rnd.uniform(-7, 9), 1) + 0.0] for p in SHORT}
    for i, p in enumerate(sorted(SHORT, key=lambda p: -rows[p][0]), 1):
        rows[p][2] = i
    r = put(s, [["全国", 671204.5, 5.0, None, 249011.3, 4.6, 5.9, 1.9]], 4)
    for region, members in (("东部地区", east), ("中部地区", centre), ("西部地区", west)):
        r = put(s, [[region, None, None, None, None, None, round(rnd.uniform(3, 7), 1), round(rnd.uniform(-1, 4), 1)]], r)
        for p in SHORT:
            if (p in members) if members else (p not in east | centre):
                r = put(s, [[p[0] + "　" + p[1] if len(p) == 2 else p, *rows[p]]], r)
    put(s, [["注：分省数据由各省（区、市）统计局发布。"]], r)
    p = ytd(2026, 6)
    cols = [("地区生产总值 (gdp)", L_YTD, "亿元", 0), ("地区生产总值 (gdp)", G_YTD, "%", 1), ("社会消费品零售总额 (retail_sales)", L_YTD, "亿元", 3), ("社会消费品零售总额 (retail_sales)", G_YTD, "%", 4), ("规模以上工业增加值 (industrial_value_added)", G_YTD, "%", 5), ("固定资产投资 (fixed_asset_investment)", G_YTD, "%", 6)]
    for n, w, u, k in cols:
        f.add(CN, n, w, u, p, [671204.5, 5.0, None, 249011.3, 4.6, 5.9, 1.9][k])
    for q in SHORT:
        f.add(SX if q == "山西" else q, *[(c[0], c[1], c[2]) for c in cols][1], p, rows[q][1])
    for q in ("山西", "陕西", "内蒙古", "海南", "吉林"):
        for n, w, u, k in (cols[0], cols[4], cols[5]):
            f.add(SX if q == "山西" else q, n, w, u, p, rows[q][k])
    f.total = 32 * 6 + 6
    f.must_not = ["位次 as growth", "东部地区 and the like as provinces, or their figures as 全国", "陕西 as 山西", "any province under 全国", "吉林 as the city 吉林市, 海南 as the prefecture 海南州 (both are provinces here)", "names spaced with a full-width blank taken as unknown"]
    f.must_ask = ["whether 30 provinces are added (one question for all)", "what to do with the three regions 东部地区, 中部地区, 西部地区"]
    save(book, f)


def cities_in_columns():
    f = Facts("e_places/2026年1-9月主要指标（分市）.xlsx", "CN-SX", "Indicators in rows, the province and eleven cities in columns, plus 综改示范区; units in a column; a row that is a rank.")
    book, s = new("分市")
    title(s, "2026年1-9月全省分市主要经济指标", 15)
    cities = ["全省", "太原", "大同", "阳泉", "长治", "晋城", "朔州", "晋中", "运城", "忻州", "临汾", "吕梁", "综改示范区"]
    put(s, [["指标", "单位", *cities]], 3)
    rnd = random.Random(1606)

    weights = [26, 10, 5, 13, 12, 7, 11, 12, 7, 11, 12]

    def line(low, high, d=1, blank=()):
        return [None if c in blank else round(rnd.uniform(low, high), d) + 0.0 for c in cities]

    def levels(whole, zone):
        """The cities add up to the province."""
        parts = [round(whole * w * rnd.uniform(0.9, 1.1) / sum(weights), 2) for w in weights]
        return [round(sum(parts), 2), *parts, zone]

    growth = line(-3, 9)
    rank = [None, *(sorted(growth[1:-1], reverse=True).index(v) + 1 for v in growth[1:-1]), None]

    rows = [
        ("地区生产总值", "亿元", levels(18850, None), "(gdp)", L_YTD), ("  增速", "%", line(1, 6), "(gdp)", G_YTD), ("规模以上工业增加值增速", "%", growth, "(industrial_value_added)", G_YTD), ("  全省位次", None, rank, "", None),
        ("固定资产投资增速", "%", line(-9, 14), "(fixed_asset_investment)", G_YTD), ("进出口总额", "亿元", levels(1320, 310.26), "(trade_total)", L_YTD), ("一般公共预算收入", "亿元", levels(2450, 61.37), "(general_public_budget_revenue)", L_YTD), ("城镇化率（2025年末）", "%", [64.37, *line(50, 90, 2)[1:-1], None], "", RATIO),
    ]  # fmt: skip
    put(s, [[n, u, *v] for n, u, v, _, _ in rows], 4)
    s.cell(13, 1, "注：综改示范区数据不计入太原市、晋中市合计。")
    k = 0
    for n, u, v, i, w in rows:
        if w is None:
            continue
        label = {"  增速": "地区生产总值"}.get(n, n.replace("增速", "").replace("（2025年末）", ""))
        for c, x in zip(cities, v, strict=False):
            if x is None:
                continue
            k += 1
            if c in ("全省", "临汾", "运城", "综改示范区"):
                f.add({"全省": SX, "临汾": LF, "综改示范区": "综改示范区"}.get(c, c + "市"), f"{label} {i}".strip(), w, u, end(2025, 12) if w == RATIO else ytd(2026, 9), x)
    f.total = k
    f.must_not = ["全省位次 as growth", "增速 as an indicator of its own (it is of the row above)", "城镇化率 of 2025 as 2026 or as growth", "a city's figures under 山西省", "综改示范区 under 太原市 or 山西省 without asking"]
    f.must_ask = ["综改示范区 (山西转型综合改革示范区, no administrative place)", "whether the ten cities the store lacks are added"]
    save(book, f)


def other_city_by_file_name():
    f = Facts("e_places/运城市2026年1-6月主要经济指标.xlsx", "CN-SX-LF", "Only the name of the file says whose figures these are: 运城市, while 临汾市 is chosen. No place in any cell.")
    book, s = new("Sheet1")
    put(s, [["主要经济指标"], ["2026年1-6月", None, None, None], ["指标", "单位", "绝对量", "增速%"], ["地区生产总值", "亿元", 1099.2, 4.9], ["规模以上工业增加值", "%", None, 7.8], ["固定资产投资", "%", None, 6.0], ["社会消费品零售总额", "亿元", 502.7, 5.1], ["一般公共预算收入", "亿元", 70.04, -3.0], ["进出口总额", "亿元", 61.2, 18.8], ["城镇居民人均可支配收入", "元", 19120, 4.5]])
    for n, u, a, b in (("地区生产总值 (gdp)", "亿元", 1099.2, 4.9), ("规模以上工业增加值 (industrial_value_added)", "", None, 7.8), ("固定资产投资 (fixed_asset_investment)", "", None, 6.0), ("社会消费品零售总额 (retail_sales)", "亿元", 502.7, 5.1), ("一般公共预算收入 (general_public_budget_revenue)", "亿元", 70.04, -3.0), ("进出口总额 (trade_total)", "亿元", 61.2, 18.8), ("城镇居民人均可支配收入 (urban_resident_income)", "元", 19120, 4.5)):
        if a is not None:
            f.add("运城市", n, L_YTD, u, ytd(2026, 6), a)
        f.add("运城市", n, G_YTD, "%", ytd(2026, 6), b)
    f.must_not = ["any figure under 临汾市 (CN-SX-LF) without asking"]
    f.must_ask = ["the place: the name of the file says 运城市, 临汾市 is chosen"]
    save(book, f)


def counties_short():
    f = Facts("e_places/各县市区1-10月指标.csv", "CN-SX-LF", "Counties without suffix, spaced two-character names, 市本级, two zones and a total; GBK, one indicator with two columns of growth.")
    head = [["全市分县（市、区）主要指标（2026年1-10月）"], ["", "规上工业增加值", "固定资产投资", "", "一般公共预算收入", "", ""], ["县市区", "增速%", "增速%", "其中：工业投资增速%", "完成额（万元）", "增速%", "税收占比%"]]
    rows = [
        ("全市", 6.2, 5.8, 11.0, 1380220, -1.4, 60.8), ("市本级", "", "", "", 320114, -5.9, 55.3), ("尧都", 4.1, -0.7, 3.3, 190201, 2.0, 64.1), ("侯马", 8.8, 7.2, 16.4, 57119, 3.8, 71.0), ("霍州", -2.2, 3.1, 0.9, 73045, -9.9, 66.6), ("曲沃", 5.5, 9.0, 12.7, 70331, 0.2, 69.5), ("古 县", 3.9, 1.8, 2.4, 60110, -4.4, 73.9),
        ("吉 县", 10.3, 15.5, 22.9, 14022, 6.1, 48.0), ("蒲 县", 2.6, 6.6, 7.0, 88870, -6.2, 75.2), ("临汾经开区", 7.1, 12.2, 18.1, 30117, 5.0, 80.4), ("侯马开发区", 9.4, 13.0, 20.2, 35099, 4.4, 82.7),
    ]  # fmt: skip
    f.path.write_bytes(spread([*head, *[list(r) for r in rows]]).encode("gbk"))
    where = {"全市": LF, "侯马": HM, "侯马开发区": HMZ, "尧都": "尧都(区)", "霍州": "霍州(市)", "曲沃": "曲沃(县)", "古 县": "古县", "吉 县": "吉县", "蒲 县": "蒲县"}
    cols = [("规上工业增加值 (industrial_value_added)", G_YTD, "%"), ("固定资产投资 (fixed_asset_investment)", G_YTD, "%"), ("其中：工业投资 (industrial_investment)", G_YTD, "%"), ("一般公共预算收入 (general_public_budget_revenue)", L_YTD, "万元"), ("一般公共预算收入 (general_public_budget_revenue)", G_YTD, "%"), ("税收占比", RATIO, "%")]
    n = 0
    for r in rows:
        for c, v in zip(cols, r[1:], strict=False):
            n += v != ""
            if v != "" and r[0] in ("全市", "侯马", "侯马开发区", "吉 县", "市本级", "临汾经开区"):
                f.add(where.get(r[0], r[0]), *c, ytd(2026, 10), v)
    f.total = n
    f.must_not = ["侯马 (the county-level city) and 侯马开发区 (the zone) mixed up", "市本级 (320114) as the whole city", "临汾经开区 under 临汾市", "税收占比 as growth of revenue or as tax_revenue", "吉 县 as 吉林 or 吉安"]
    f.must_ask = ["市本级: the city's own level; kept or left out", "临汾经开区 (临汾经济开发区) and the counties the store lacks: add or leave out"]
    f.write()


def ambiguous():
    f = Facts("e_places/对标城市区县一览.csv", "CN-SX-LF", "Names that several places share (朝阳, 鼓楼区, 城区, 通州, 吉林, 海南, 郊区, 新城区); some rows carry the parent, some do not.")
    table = [
        ["对标地区2025年地区生产总值"], ["省份", "地区", "地区生产总值（亿元）", "增速（%）"],
        ["北京", "朝阳区", 9702.1, 5.1], ["辽宁", "朝阳市", 1104.4, 4.2], ["", "鼓楼区", 2511.3, 4.8], ["江苏", "鼓楼区", 2099.7, 5.5], ["山西", "城区", 402.8, 3.7], ["江苏", "通州区", 1801.0, 6.0], ["", "通州", 1500.2, 5.7], ["吉林", "吉林", 1622.9, 4.0], ["青海", "海南", 255.6, 3.1], ["山西", "临汾", 2288.6, 4.1], ["", "郊区", 120.4, 2.2], ["内蒙古", "新城区", 988.8, 5.0], ["陕西", "临渭区", 702.3, 4.9],
    ]  # fmt: skip
    f.path.write_bytes(b"\xef\xbb\xbf" + spread(table).encode())
    for p, level, g in (("北京市朝阳区", 9702.1, 5.1), ("辽宁省朝阳市", 1104.4, 4.2), ("江苏省 鼓楼区 (of 南京 or 徐州: to be asked)", 2099.7, 5.5), ("江苏省南通市通州区", 1801.0, 6.0), ("吉林省吉林市", 1622.9, 4.0), ("青海省海南藏族自治州", 255.6, 3.1), (LF, 2288.6, 4.1), ("内蒙古自治区呼和浩特市新城区", 988.8, 5.0), ("陕西省渭南市临渭区", 702.3, 4.9), ("山西省 城区 (of 阳泉 or 晋城, formerly also 大同 or 长治: to be asked)", 402.8, 3.7), ("鼓楼区 (to be asked)", 2511.3, 4.8), ("通州 (to be asked)", 1500.2, 5.7), ("郊区 (to be asked)", 120.4, 2.2)):
        f.add(p, "地区生产总值 (gdp)", L_YEAR, "亿元", "2025", level)
        f.add(p, "地区生产总值 (gdp)", G_YEAR, "%", "2025", g)
    f.total = 26
    f.must_not = ["吉林 (row of province 吉林) as the province", "海南 (青海) as 海南省", "临渭区 as 临汾", "朝阳 of one province under the other", "鼓楼区 or 通州 guessed without asking", "one province carried down over the empty cells of 省份 (鼓楼区 is not of 辽宁)"]
    f.must_ask = ["鼓楼区 without province (南京, 徐州, 福州, 开封)", "鼓楼区 of 江苏 (南京 or 徐州)", "通州 without province (北京 or 南通)", "郊区 without province (阳泉, 佳木斯, 铜陵)", "城区 of 山西 (which city)", "which of the places are added at all"]
    f.write()


def places_by_sheet():
    f = Facts("e_places/分市报表汇总.xlsx", "CN-SX-LF", "One sheet a city, only the sheet's name says which; the last two sheets carry no city (附表, Sheet6) and belong to nobody by that.")
    book, s = new("太原市")
    data = {"太原市": (3.3, 2.0, 410.2), "晋中": (5.0, 6.6, 128.3), "临汾市": (6.2, 5.8, 138.0), "侯马": (8.8, 7.2, 5.7), "附表": (4.4, 3.1, 77.7)}
    for n, v in data.items():
        s = s if n == "太原市" else book.create_sheet(n)
        put(s, [["主要经济指标完成情况（2026年1-10月）"], ["指标", "单位", "数值"], ["规模以上工业增加值增速", "%", v[0]], ["固定资产投资增速", "%", v[1]], ["一般公共预算收入", "亿元", v[2]]])
        if n != "附表":
            p = {"临汾市": LF, "侯马": HM, "晋中": "晋中市"}.get(n, n)
            f.add(p, "规模以上工业增加值 (industrial_value_added)", G_YTD, "%", ytd(2026, 10), v[0])
            f.add(p, "固定资产投资 (fixed_asset_investment)", G_YTD, "%", ytd(2026, 10), v[1])
            f.add(p, "一般公共预算收入 (general_public_budget_revenue)", L_YTD, "亿元", ytd(2026, 10), v[2])
    s = book.create_sheet("Sheet6")
    put(s, [["指标", "单位", "2026年10月"], ["全社会用电量", "万千瓦时", 150221]])
    for n, w, u, v in (("规模以上工业增加值 (industrial_value_added)", G_YTD, "%", 4.4), ("固定资产投资 (fixed_asset_investment)", G_YTD, "%", 3.1), ("一般公共预算收入 (general_public_budget_revenue)", L_YTD, "亿元", 77.7)):
        f.add("(附表 names no place: to be asked)", n, w, u, ytd(2026, 10), v)
    f.add("(Sheet6 names no place: to be asked)", "全社会用电量 (electricity)", "level of October or since January: to be asked", "万千瓦时", mon(2026, 10), 150221)
    f.must_not = ["附表 or Sheet6 under 临汾市 without asking", "太原市 or 晋中 under 临汾市", "a figure of one sheet overwriting the same indicator of another"]
    f.must_ask = ["whose 附表 (4.4, 3.1, 77.7) and Sheet6 (全社会用电量 150221, October or since January) are", "whether 太原市 and 晋中市 are added"]
    save(book, f)


def golden_triangle():
    f = Facts("e_places/黄河金三角四市经济运行对比.xlsx", "CN-SX-LF", "Four cities of three provinces as merged heads over level and growth; the region's own total; a second table with the cities in another order.")
    book, s = new("对比")
    title(s, "晋陕豫黄河金三角区域2025年主要经济指标", 11)
    order = ["区域合计", "运城市", "临汾市", "渭南市", "三门峡市"]
    put(s, [["指标", *[x for c in order for x in (c, None)]], [None, *["总量", "增速"] * 5]], 2)
    for i in range(5):
        s.merge_cells(start_row=2, start_column=2 + 2 * i, end_row=2, end_column=3 + 2 * i)
    rows = [("地区生产总值（亿元、%）", "(gdp)", "亿元", [8990.3, 4.4, 2404.8, 5.0, 2288.6, 4.1, 2301.7, 3.9, 1995.2, 4.6]), ("固定资产投资（%）", "(fixed_asset_investment)", None, [None, 3.0, None, 6.1, None, -1.6, None, 2.9, None, 5.4]), ("社会消费品零售总额（亿元、%）", "(retail_sales)", "亿元", [3655.9, 4.0, 990.2, 4.8, 902.3, 3.3, 1001.4, 3.8, 762.0, 4.2]), ("地方财政收入（亿元、%）", None, "亿元", [501.2, -1.1, 120.7, 0.8, 170.1, -2.7, 90.3, -3.9, 120.1, 2.5])]
    put(s, [[n, *v] for n, _, _, v in rows], 4)
    n = 0
    for lab, i, u, v in rows:
        for k, c in enumerate(order):
            for x, w, unit in ((v[2 * k], L_YEAR, u), (v[2 * k + 1], G_YEAR, "%")):
                n += x is not None
                if x is not None and c != "区域合计":
                    f.add(LF if c == "临汾市" else c, (lab.split("（")[0] + (f" {i}" if i else "")), w, unit, "2025", x)
    put(s, [["进出口总额（万元）"], ["年份", "渭南市", "三门峡市", "临汾市", "运城市"], [2024, 301220, 2880140, 99873, 1207341], [2025, 330018, 3011877, 105122, 1400220]], 10)
    for y, v in ((2024, (301220, 2880140, 99873, 1207341)), (2025, (330018, 3011877, 105122, 1400220))):
        for c, x in zip(("渭南市", "三门峡市", LF, "运城市"), v, strict=False):
            n += 1
            f.add(c, "进出口总额 (trade_total)", L_YEAR, "万元", str(y), x)
    f.total = n
    f.must_not = ["区域合计 under 临汾市", "the second table read in the order of the first (渭南 stands first there)", "three neighbours under 临汾市", "亿元、% as one unit of a column"]
    f.must_ask = ["whether 地方财政收入 is the general public budget revenue", "区域合计: kept or left out", "whether 运城市, 渭南市 and 三门峡市 are added"]
    save(book, f)


def zones():
    f = Facts("e_places/全省开发区综合考核指标.xlsx", "CN-SX-LF-HMZ", "Development zones in rows with full, short and old names; scores and ranks beside figures; the zone of the page among them; quarter figures.")
    book, s = new("开发区")
    title(s, "2026年第三季度全省开发区主要指标", 9)
    put(s, [["序号", "开发区名称", "所在市", "固定资产投资（亿元）", None, "规上工业总产值（亿元）", None, "实际利用外资（万美元）", "考核得分"], [None, None, None, "1-9月", "同比%", "1-9月", "同比%", "1-9月"]], 2)
    rows = [(1, "太原经济技术开发区", "太原", 201.4, 3.3, 1880.2, 5.1, 9012, 91.3), (2, "大同经济技术开发区", "大同", 88.8, 12.4, 410.6, 9.9, 1203, 86.0), (3, "晋城经开区", "晋城", 70.1, -4.0, 505.5, 6.2, 2050, 84.4), (4, "侯马经济开发区", "临汾", 16.02, 10.9, 87.3, 8.0, 310, 80.5), (5, "临汾经济开发区", "临汾", 44.7, 6.6, 190.8, 3.7, 150, 79.8), (6, "运城经开区", "运城", 39.3, 8.1, 166.0, 7.7, 0, 78.2), (None, "合计", None, 460.32, 4.9, 3240.4, 6.0, 12725, None)]
    put(s, rows, 4)
    for r in rows:
        p = HMZ if r[1] == "侯马经济开发区" else "(six zones together)" if r[1] == "合计" else r[1]
        for n, w, u, v in (("固定资产投资 (fixed_asset_investment)", L_YTD, "亿元", r[3]), ("固定资产投资 (fixed_asset_investment)", G_YTD, "%", r[4]), ("规上工业总产值 (industrial_output)", L_YTD, "亿元", r[5]), ("规上工业总产值 (industrial_output)", G_YTD, "%", r[6]), ("实际利用外资 (foreign_capital)", L_YTD, "万美元", r[7])):
            f.add(p, n, w, u, ytd(2026, 9), v)
    f.must_not = ["所在市 临汾 as the place of the row (the zone is)", "临汾经济开发区 under 临汾市 or 侯马经济开发区", "考核得分 as growth", "合计 under 侯马经济开发区 or 山西省", "序号 as a figure", "third quarter as a single quarter (the heads say 1-9月)"]
    f.must_ask = ["whether the five other zones are added or left out", "what 合计 is: these six zones, not the province's zones"]
    save(book, f)


for make in (provinces, cities_in_columns, other_city_by_file_name, counties_short, ambiguous, places_by_sheet, golden_triangle, zones):
    make()
