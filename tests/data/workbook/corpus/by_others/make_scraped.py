"""Family d: tables that a scraper, an OCR program or a copy from a page made. All figures are invented."""

from kit import (
    G_MON,
    G_STOCK,
    G_YEAR,
    G_YTD,
    HM,
    L_MON,
    L_YEAR,
    L_YTD,
    LF,
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


def ocr_communique():
    f = Facts("d_scraped/2025年公报表1_识别结果.csv", "CN-SX-LF", "OCR of a communique: full-width digits and points are plain; a blank, O, l, B or a point too many within a number is not. Doubted cells are no facts.")
    rows = [
        ("地区生产总值", "亿元", "2288．6", "4．1"), ("第一产业增加值", "亿元", "１４１．２", "３．８"), ("规模以上工业增加值", "", "", "5.O"), ("社会消费品零售总额", "亿元", "90l.2", "3.3"), ("一般公共预算收入", "万元", "1 7O2 331", "－2．7"),
        ("固定资产投资", "", "", "一1.8"), ("金融机构各项存款余额", "亿元", "4466，2", "6.6"), ("全社会用电量", "亿千瓦时", "321 7", "2.9"), ("粮食产量", "吨", "223500．", "1.1"), ("城镇居民人均可支配收入", "元", "4 0122", "4.7"),
        ("年末常住人口", "万人", "387.4", ""), ("民用汽车保有量", "万辆", "61.3.", "4..2"), ("旅客周转量", "万人公里", "B2114", "-7.7"), ("高速公路通车里程", "公里", "5O3", ""), ("进出口总额", "亿元", "10．5", "12．9"),
    ]  # fmt: skip
    table = [["表1 2025年临汾市国民经济和社会发展主要指标"], [], ["指 标", "单位", "绝对数", "比上年增长％"]] + [list(r) for r in rows]
    f.path.write_bytes(b"\xef\xbb\xbf" + spread(table).encode())
    y, e = "2025", end(2025, 12)
    f.add(LF, "地区生产总值 (gdp)", L_YEAR, "亿元", y, "2288.6")
    f.add(LF, "地区生产总值 (gdp)", G_YEAR, "%", y, "4.1")
    f.add(LF, "第一产业增加值", L_YEAR, "亿元", y, "141.2")
    f.add(LF, "第一产业增加值", G_YEAR, "%", y, "3.8")
    f.add(LF, "社会消费品零售总额 (retail_sales)", G_YEAR, "%", y, "3.3")
    f.add(LF, "一般公共预算收入 (general_public_budget_revenue)", G_YEAR, "%", y, "-2.7")
    f.add(LF, "金融机构各项存款余额", G_STOCK, "%", e, "6.6")
    f.add(LF, "全社会用电量 (electricity)", G_YEAR, "%", y, "2.9")
    f.add(LF, "粮食产量", G_YEAR, "%", y, "1.1")
    f.add(LF, "城镇居民人均可支配收入 (urban_resident_income)", G_YEAR, "%", y, "4.7")
    f.add(LF, "年末常住人口", STOCK, "万人", e, "387.4")
    f.add(LF, "旅客周转量", G_YEAR, "%", y, "-7.7")
    f.add(LF, "进出口总额 (trade_total)", L_YEAR, "亿元", y, "10.5")
    f.add(LF, "进出口总额 (trade_total)", G_YEAR, "%", y, "12.9")
    f.must_not = ["321 7 stored as 3217, 321 or 7 without doubt", "4466，2 stored as 44662", "1 7O2 331 stored as 1, 1702331 without doubt", "一1.8 stored as 1.8", "5.O stored as 5 without doubt", "61.3. or 4..2 stored", "年末常住人口 as a flow"]
    f.must_ask = ["5.O (5.0?)", "90l.2 (901.2?)", "1 7O2 331 (1702331?)", "一1.8 (-1.8?)", "4466，2 (4466.2?)", "321 7 (321.7 or 3217?)", "223500． (223500, or a digit lost?)", "4 0122 (40122?)", "61.3. and 4..2", "B2114 (82114?)", "5O3 (503?)"]
    f.write()


def scraped_ranking():
    f = Facts("d_scraped/各市gdp(网页抓取).xlsx", "CN-SX-LF", "Scraped page: navigation and advertisement rows, non-breaking blanks, arrows, the head again in the middle, text numbers.")
    book, s = new("Sheet1")
    n = "\u00a0"
    head = ["排名", "城市", "2025年前三季度GDP（亿元）", "2024年前三季度GDP（亿元）", "名义增量", "名义增速", "实际增速"]
    rows = [
        ("1", f"太原{n}", f"3{n}812.44", "3 790.21", "22.23", "0.59%", "↑3.1%"), ("2", "长治", "1,877.90", "1,901.33", "-23.43", "-1.23%", "2.0%"), ("3", "运城", "1,702.11", "1,655.02", "47.09", "2.85%", "4.4%"),
        ("4", "晋城", "1,688.45", "1,675.98", "12.47", "0.74%", "3.9%"), head, ("5", f"临汾{n}{n}", "1,671.08", "1,644.26", "26.82", "1.63%", "4.2%"), ("6", "晋中", "1,603.77", "1,590.10", "13.67", "0.86%", "--"), ("7", "大同", "1,411.29", "1,370.55", "40.74", "2.97%", "5.6%"),
    ]  # fmt: skip
    put(s, [["首页 > 数据 > 山西 > 正文"], ["2025年前三季度山西各市GDP出炉！你的家乡排第几？"], ["2025-10-29 09:12　来源：小编整理　阅读 12.3万"], [], head, *rows, [], ["扫一扫关注，获取更多数据"], ["上一篇：山西各市人口排名　下一篇：已经没有了"]])
    names = {"太原": "太原市", "长治": "长治市", "运城": "运城市", "晋城": "晋城市", "临汾": LF, "晋中": "晋中市", "大同": "大同市"}
    for r in rows:
        if r[0] == "排名":
            continue
        p = names[r[1].strip(n)]
        if " " not in r[3]:
            f.add(p, "GDP (gdp)", L_YTD, "亿元", ytd(2024, 9), r[3].replace(",", ""))
        if n not in r[2]:
            f.add(p, "GDP (gdp)", L_YTD, "亿元", ytd(2025, 9), r[2].replace(",", ""))
        f.add(p, "GDP (gdp)", "nominal growth since January", "%", ytd(2025, 9), r[5].rstrip("%"))
        if "-" not in r[6]:
            f.add(p, "GDP (gdp)", "real growth since January", "%", ytd(2025, 9), r[6].strip("↑%"))
    f.must_not = ["名义增速 as the growth of GDP that is compared with targets (实际增速 is)", "阅读 12.3万 as a figure", "排名 as a figure", "名义增量 as growth", "other cities under 临汾市", "the head in the middle as a row", "-- as 0"]
    f.must_ask = ["3\u00a0812.44 and 3 790.21 of 太原: 3812.44 and 3790.21 (a blank as thousands separator) if not taken as such", "whether the six other cities are added"]
    save(book, f)


def pdf_to_excel():
    f = Facts("d_scraped/月报第3页_转换.xlsx", "CN-SX-LF", "PDF turned into cells: a title over three cells, labels broken over two rows, two numbers in one cell, a figure that slid one column left.")
    book, s = new("Table 3")
    put(s, [
        ["临汾市主要经济指", "标（2026 年 1-", "6 月）", None, None],
        ["指标", "单位", "6月", "1-6月", "同比±%"],
        ["规模以上工业增加", None, None, None, None],
        ["值", "%", None, None, "6.3"],
        ["社会消费品零售总", None, None, None, None],
        ["额", "亿元", "75.20", "431.66", "4.0"],
        ["一般公共预算收入", "亿元", "15.03 87.41", None, "-1.2"],
        ["工业用电量", "万千瓦时", "117204", "690118", "0.8"],
        ["固定资产投资", "%", None, "5.1", None],
        ["城镇居民人均可支", None, None, None, None],
        ["配收入", "元", None, "19877", "4.4"],
        ["第 3 页 共 12 页", None, None, None, None],
    ])  # fmt: skip
    p, m = ytd(2026, 6), mon(2026, 6)
    f.add(LF, "规模以上工业增加值 (industrial_value_added)", G_YTD, "%", p, "6.3")
    f.add(LF, "社会消费品零售总额 (retail_sales)", L_MON, "亿元", m, "75.2")
    f.add(LF, "社会消费品零售总额 (retail_sales)", L_YTD, "亿元", p, "431.66")
    f.add(LF, "社会消费品零售总额 (retail_sales)", G_YTD, "%", p, "4")
    f.add(LF, "一般公共预算收入 (general_public_budget_revenue)", G_YTD, "%", p, "-1.2")
    f.add(LF, "工业用电量 (industrial_electricity)", L_MON, "万千瓦时", m, "117204")
    f.add(LF, "工业用电量 (industrial_electricity)", L_YTD, "万千瓦时", p, "690118")
    f.add(LF, "工业用电量 (industrial_electricity)", G_YTD, "%", p, "0.8")
    f.add(LF, "城镇居民人均可支配收入 (urban_resident_income)", L_YTD, "元", p, "19877")
    f.add(LF, "城镇居民人均可支配收入 (urban_resident_income)", G_YTD, "%", p, "4.4")
    f.must_not = ["15.03 87.41 as one number (15.0387 or 1503.87)", "固定资产投资 5.1 as a level", "额, 值 or 配收入 as indicators", "page numbers as figures"]
    f.must_ask = ["15.03 87.41: the month and the cumulative value in one cell?", "固定资产投资 5.1 stands under 1-6月 with the unit %: growth?", "broken labels (规模以上工业增加 / 值) if they are not joined"]
    save(book, f)


def pasted_text():
    f = Facts("d_scraped/粘贴.txt", "CN-SX-LF", "Pasted from a word processor: tabs, spaced labels, nine ways of writing a fall, 持平.")
    lines = [
        "2026年1—9月全市主要经济指标", "指　标\t单位\t1—9月\t同比增长（％）",
        "地 区 生 产 总 值\t亿元\t1699.4\t4.3", "规模以上工业增加值\t％\t\t５.７", "固 定 资 产 投 资\t％\t\t－3.2", "其中：民间投资\t％\t\t负5.1", "社会消费品零售总额\t亿元\t677.03\t3.9",
        "一般公共预算收入\t亿元\t128.87\t（2.4）", "税 收 收 入\t亿元\t80.15\t下降3.6", "进出口总额\t亿元\t8.02\t+12.2", "其中：出口\t亿元\t2.91\t▲4.0", "全社会用电量\t亿千瓦时\t150.06\t持平",
        "农村居民人均可支配收入\t元\t13 877\t5.5", "实际利用外资\t万美元\t1 180.5\t△7.7", "原煤产量\t万吨\t5702\t—1.5",
    ]  # fmt: skip
    f.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    p = ytd(2026, 9)
    for n, u, level, g in (
        ("地区生产总值 (gdp)", "亿元", "1699.4", "4.3"), ("规模以上工业增加值 (industrial_value_added)", "", "", "5.7"), ("固定资产投资 (fixed_asset_investment)", "", "", "-3.2"), ("其中：民间投资 (private_investment)", "", "", "-5.1"),
        ("社会消费品零售总额 (retail_sales)", "亿元", "677.03", "3.9"), ("一般公共预算收入 (general_public_budget_revenue)", "亿元", "128.87", ""), ("税收收入 (tax_revenue)", "亿元", "80.15", "-3.6"), ("进出口总额 (trade_total)", "亿元", "8.02", "12.2"), ("其中：出口 (exports)", "亿元", "2.91", ""),
        ("全社会用电量 (electricity)", "亿千瓦时", "150.06", ""), ("农村居民人均可支配收入 (rural_resident_income)", "元", "13877", "5.5"), ("实际利用外资 (foreign_capital)", "万美元", "1180.5", ""), ("原煤产量", "万吨", "5702", "-1.5"),
    ):  # fmt: skip
        if level:
            f.add(LF, n, L_YTD, u, p, level)
        if g:
            f.add(LF, n, G_YTD, "%", p, g)
    f.must_not = ["负5.1, 下降3.6, －3.2 or —1.5 with the sign lost", "（2.4） as +2.4 without doubt", "▲4.0 as -4.0 or +4.0 without doubt (in some offices ▲ is minus, in others plus)", "13 877 as 13 or 877"]
    f.must_ask = ["（2.4）: -2.4?", "▲4.0 and △7.7: plus or minus?", "持平: 0.0?", "whose figures: 全市 of the chosen 临汾市"]
    f.write()


def html_as_xls():
    f = Facts("d_scraped/主要指标(网页另存).xls", "CN-SX", "A web page saved with the name .xls: HTML tables in GBK with rowspan and colspan and &nbsp;. Read, or refused with that reason.")
    html = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>数据查询</title></head><body>
<table border="1"><tr><td colspan="5" align="center"><b>山西省主要经济指标（2026年2季度）</b></td></tr>
<tr><td rowspan="2">指标</td><td rowspan="2">单位</td><td colspan="2">1-6月</td><td rowspan="2">备注</td></tr>
<tr><td>绝对量</td><td>同比增长(%)</td></tr>
<tr><td>地区生产总值</td><td>亿元</td><td>12104.7</td><td>3.8</td><td>&nbsp;</td></tr>
<tr><td>&nbsp;&nbsp;第三产业</td><td>亿元</td><td>5990.2</td><td>4.4</td><td>&nbsp;</td></tr>
<tr><td>社会消费品零售总额</td><td>亿元</td><td>4011.9</td><td>3.5</td><td>&nbsp;</td></tr>
<tr><td>进出口总额</td><td>亿元</td><td>880.31</td><td>-9.6</td><td>海关口径</td></tr>
<tr><td>固定资产投资</td><td>亿元</td><td>&nbsp;</td><td>2.2</td><td>不含农户</td></tr>
</table><br><font size="2">数据来源：山西省统计局</font></body></html>"""
    f.path.write_bytes(html.encode("gbk"))
    p = ytd(2026, 6)
    for n, level, g in (("地区生产总值 (gdp)", "12104.7", "3.8"), ("第三产业 (地区生产总值)", "5990.2", "4.4"), ("社会消费品零售总额 (retail_sales)", "4011.9", "3.5"), ("进出口总额 (trade_total)", "880.31", "-9.6"), ("固定资产投资 (fixed_asset_investment)", None, "2.2")):
        if level:
            f.add(SX, n, L_YTD, "亿元", p, level)
        f.add(SX, n, G_YTD, "%", p, g)
    f.must_not = ["figures read with heads shifted by rowspan", "the file refused as damaged without saying that it is a web page", "第三产业 as gdp"]
    f.must_ask = []
    f.write()


def ocr_counties():
    f = Facts("d_scraped/县区指标扫描件.xlsx", "CN-SX-LF", "Scan of a table of counties: spaced and misread names, a lost decimal point, a row that slid left, full-width digits.")
    book, s = new("扫描")
    put(s, [
        ["2026年1-3月各县区主要指标"],
        ["县 区", "规上工业增加值增速（%）", "固定资产投资增速（%）", "一般公共预算收入（万元）", "同比（%）"],
        ["尧 都 区", "4.4", "-2.0", "61 203", "3.3"],
        ["侯 马 市", "９．１", "7.7", "18877", "５.0"],
        ["曲沃具", "6.0", "6.1", "22014", "-1.9"],
        ["洪洞县", "72", "5.5", "40255", "0.4"],
        ["霍州巿", "-3.3", "1.2", "24061", "-8.8"],
        ["浮山县", "2.9", "10033", "7.0", None],
        ["合 计", None, None, "395 110", "1.1"],
    ])  # fmt: skip
    p = ytd(2026, 3)
    iva, fai, rev = "规上工业增加值 (industrial_value_added)", "固定资产投资 (fixed_asset_investment)", "一般公共预算收入 (general_public_budget_revenue)"
    for place, a, b, c, d in (("尧都区", "4.4", "-2", None, "3.3"), (HM, "9.1", "7.7", "18877", "5"), ("洪洞县", None, "5.5", "40255", "0.4")):
        for n, what, u, v in ((iva, G_YTD, "%", a), (fai, G_YTD, "%", b), (rev, L_YTD, "万元", c), (rev, G_YTD, "%", d)):
            if v:
                f.add(place, n, what, u, p, v)
    f.must_not = ["浮山县: 10033 as growth of investment in %, 7.0 as revenue in 万元", "洪洞县: 72 as growth of 72 % without doubt", "曲沃具 or 霍州巿 as new places without asking", "合计 as the city's figure without asking (nothing says that the six counties are all)", "any county under 临汾市"]
    f.must_ask = ["72 of 洪洞县 (7.2?)", "the row of 浮山县 (slid left?)", "曲沃具 (曲沃县?) with 6.0, 6.1, 22014, -1.9", "霍州巿 (霍州市?) with -3.3, 1.2, 24061, -8.8", "61 203 and 395 110 (a blank as thousands separator?)", "whether the counties the store lacks are added"]
    save(book, f)


def wechat():
    f = Facts("d_scraped/公众号整理.tsv", "CN", "A list from a chat: numbers with words (万亿, 约, 破), arrows, points of percentage, source column of mixed kind.")
    rows = [
        ("广东", "GDP", "2026年上半年", "7.02万亿元", "↑4.1%", "广东省统计局"), ("江苏", "GDP", "2026年上半年", "约6.9万亿元", "↑5.4%", "江苏省统计局"), ("山西", "GDP", "2026年上半年", "12104.7亿元", "↑3.8%", "山西省统计局"),
        ("浙江", "GDP", "2026年上半年", "4.66万亿元", "5.2%，高于全国0.3个百分点", "浙江省统计局"), ("山西", "进出口总额", "2026年上半年", "880.3亿元", "↓9.6%", "太原海关"), ("山西", "规上工业增加值", "2026年上半年", "—", "4.0%，比一季度回落0.5个百分点", "山西省统计局"),
        ("河南", "社会消费品零售总额", "2026年1-5月", "破1.1万亿元", "↑6.2%", "网络"), ("陕西", "原煤产量", "2026年5月", "6633万吨", "↑1.9%", "网络"),
    ]  # fmt: skip
    f.path.write_text("\n".join("\t".join(r) for r in [("地区", "指标", "时间", "数值", "增速", "来源"), *rows]) + "\n", encoding="utf-8")
    p, p5 = ytd(2026, 6), ytd(2026, 5)
    f.add("广东", "GDP (gdp)", L_YTD, "万亿元", p, "7.02")
    f.add("广东", "GDP (gdp)", G_YTD, "%", p, "4.1")
    f.add("江苏", "GDP (gdp)", G_YTD, "%", p, "5.4")
    f.add(SX, "GDP (gdp)", L_YTD, "亿元", p, "12104.7")
    f.add(SX, "GDP (gdp)", G_YTD, "%", p, "3.8")
    f.add("浙江", "GDP (gdp)", L_YTD, "万亿元", p, "4.66")
    f.add("浙江", "GDP (gdp)", G_YTD, "%", p, "5.2")
    f.add(SX, "进出口总额 (trade_total)", L_YTD, "亿元", p, "880.3")
    f.add(SX, "进出口总额 (trade_total)", G_YTD, "%", p, "-9.6")
    f.add(SX, "规上工业增加值 (industrial_value_added)", G_YTD, "%", p, "4")
    f.add("河南", "社会消费品零售总额 (retail_sales)", G_YTD, "%", p5, "6.2")
    f.add("陕西", "原煤产量", L_MON, "万吨", mon(2026, 5), "6633")
    f.add("陕西", "原煤产量", G_MON, "%", mon(2026, 5), "1.9")
    f.must_not = ["↓9.6% as +9.6", "0.3 or 0.5 个百分点 as growth", "7.02万亿元 as 7.02 万元 or 亿元", "约6.9万亿元 or 破1.1万亿元 as exact levels without a word", "any province under 全国 (CN)", "太原海关 as a place", "陕西 under 山西"]
    f.must_ask = ["约6.9万亿元 and 破1.1万亿元 (not exact)", "whether the provinces the store lacks are added"]
    f.write()


for make in (ocr_communique, scraped_ranking, pdf_to_excel, pasted_text, html_as_xls, ocr_counties, wechat):
    make()
