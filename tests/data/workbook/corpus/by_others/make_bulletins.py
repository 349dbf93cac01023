"""Family b: monthly bulletins. All figures are invented."""

import random

from kit import (
    CN,
    G_MON,
    G_QTR,
    G_STOCK,
    G_YTD,
    HM,
    HMZ,
    L_MON,
    L_QTR,
    L_YTD,
    LF,
    NONE,
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

COUNTIES = ["尧都区", "侯马市", "霍州市", "曲沃县", "翼城县", "襄汾县", "洪洞县", "古县", "安泽县", "浮山县", "吉县", "乡宁县", "蒲县", "大宁县", "永和县", "隰县", "汾西县"]
WEIGHTS = [25, 8, 7, 8, 6, 9, 13, 3, 4, 3, 2, 8, 3, 1, 1, 2, 2]  # of the counties, rough
CITIES = ["太原市", "大同市", "阳泉市", "长治市", "晋城市", "朔州市", "晋中市", "运城市", "忻州市", "临汾市", "吕梁市"]


def place(name):
    return {"侯马市": HM, "临汾市": LF, "全市": LF, "全省": SX, "全国": CN}.get(name, name)


def bulletin(year, month, lag, path, more, password=None):
    """39 sheets: cover, contents, 37 tables; a table or two lags a month; `more` adds one row."""
    f = Facts(path, "CN-SX-LF", f"A bulletin of 39 sheets: cover, contents with dotted leaders, 37 tables; three of them end in {lag}, a month before the rest." + (" One row more than a quarter before (光伏电池)." if more else ""))
    rnd = random.Random(f"bulletin {year} {month}")
    book, cover = new("封面")
    put(cover, [[None, "临 汾 统 计 月 报"], [], [None, f"{year}年{month}月"], [], [None, "临汾市统计局"], [None, "国家统计局临汾调查队"], [], [None, "内部资料　注意保存"]], 6)
    contents = book.create_sheet("目录")
    span, lagspan = f"1-{month}月", f"1-{lag}月"
    P, LP, M, E, LE = ytd(year, month), ytd(year, lag), mon(year, month), end(year, month), end(year, lag)
    titles = []
    count = 0

    def g(low=-6, high=11):
        return round(rnd.uniform(low, high), 1) + 0.0

    def parts(whole, weights, digits):
        """What the parts of the whole are; they add up to it."""
        raw = [w * rnd.uniform(0.9, 1.1) for w in weights]
        out = [round(whole * w / sum(raw), digits or None) for w in raw[:-1]]
        return [*out, round(whole - sum(out), digits or None)]

    def num(size, digits=2):
        return round(size * rnd.uniform(0.85, 1.15), digits) if digits else int(size * rnd.uniform(0.85, 1.15))

    def tab(title_, head, rows, unit=None, when=span, width=None):
        nonlocal count
        n = len(titles) + 1
        titles.append(title_)
        s = book.create_sheet(f"{n}{title_[:12]}".replace("（", "(").replace("）", ")"))
        title(s, title_, len(head[-1]) if isinstance(head[0], list) else len(head))
        s.cell(2, 1, f"{year}年{when}")
        if unit:
            s.cell(2, len(rows[0]), unit)
        heads = head if isinstance(head[0], list) else [head]
        r = put(s, heads, 3, grid=True)
        put(s, rows, r, grid=True)
        count += sum(isinstance(v, (int, float)) for row in rows for v in row[1:])
        return s

    # 1
    gdp, gdpg, ind, indm = num(488.9 * month / 3), g(2, 6), g(2, 8), g(2, 8)
    elec_m, elec, elecg = num(98000, 0), num(98000 * month, 0), g()
    ret_m, ret, retg = num(71), num(71 * month), g(1, 8)
    rev_m, rev, revg = num(14), num(14 * month), g()
    taxg = g()
    first, second = round(gdp * 0.14, 2), round(gdp * 0.45, 2)
    tax_m = round(rev_m * 0.61, 2)
    tax = round(rev * 0.62, 2)
    tab("主要经济指标（一）", ["指标名称", "计量单位", "本月", "累计", "累计同比±%"], [
        ["地区生产总值", "亿元", None, gdp, gdpg],
        ["　第一产业增加值", "亿元", None, first, g()],
        ["　第二产业增加值", "亿元", None, second, g()],
        ["　第三产业增加值", "亿元", None, round(gdp - first - second, 2), g()],
        ["规模以上工业增加值", "%", "—", "—", ind],
        ["工业用电量", "万千瓦时", elec_m, elec, elecg],
        ["社会消费品零售总额", "亿元", ret_m, ret, retg],
        ["一般公共预算收入", "亿元", rev_m, rev, revg],
        ["　#税收收入", "亿元", tax_m, tax, taxg],
    ])  # fmt: skip
    f.add(LF, "地区生产总值 (gdp)", L_YTD, "亿元", P, gdp)
    f.add(LF, "地区生产总值 (gdp)", G_YTD, "%", P, gdpg)
    f.add(LF, "规模以上工业增加值 (industrial_value_added)", G_YTD, "%", P, ind)
    f.add(LF, "工业用电量 (industrial_electricity)", L_MON, "万千瓦时", M, elec_m)
    f.add(LF, "工业用电量 (industrial_electricity)", L_YTD, "万千瓦时", P, elec)
    f.add(LF, "#税收收入 (tax_revenue)", L_YTD, "亿元", P, tax)
    f.add(LF, "#税收收入 (tax_revenue)", G_YTD, "%", P, taxg)
    # 2
    rur, rurg, loan, loang, elec_all, elec_allg = num(4200 * month / 3, 0), g(3, 7), num(2400), g(3, 9), num(165000 * month, 0), g(-3, 9)
    prov = {k: g(1, 8) for k in ("gdp", "ind", "fai", "ret", "rev")}
    fai, urb, urbg, dep, depg, cpi = g(-4, 9), num(9800 * month / 3, 0), g(2, 6), num(4500), g(4, 9), round(rnd.uniform(99.5, 100.9), 1)
    tab("主要经济指标（二）", ["指标名称", "计量单位", "本月", "累计", "累计同比±%"], [
        ["固定资产投资", "%", "—", "—", fai],
        ["城镇居民人均可支配收入", "元", None, urb, urbg],
        ["农村居民人均可支配收入", "元", None, rur, rurg],
        ["金融机构各项存款余额", "亿元", None, dep, depg],
        ["金融机构各项贷款余额", "亿元", None, loan, loang],
        ["居民消费价格指数（上年同期=100）", "%", None, cpi, None],
    ])  # fmt: skip
    f.add(LF, "固定资产投资 (fixed_asset_investment)", G_YTD, "%", P, fai)
    f.add(LF, "城镇居民人均可支配收入 (urban_resident_income)", L_YTD, "元", P, urb)
    f.add(LF, "金融机构各项存款余额", STOCK, "亿元", E, dep)
    f.add(LF, "居民消费价格指数", "index, same period of last year = 100, since January", "% (base 100)", P, cpi)
    # 3
    tab("地区生产总值", ["指　标", "绝对量（亿元）", "增速（%）"], [["地区生产总值", gdp, gdpg]] + [[n, num(z * month), g()] for n, z in (("　农林牧渔业", 29), ("　工业", 62), ("　建筑业", 8), ("　批发和零售业", 12), ("　交通运输、仓储和邮政业", 13), ("　金融业", 9), ("　房地产业", 8), ("　其他服务业", 30))])
    # 4
    pig, pigs = num(61, 1), num(22.5 * month, 1)
    tab("农业生产情况", ["指标", "单位", "累计", "同比±%"], [
        ["猪牛羊禽肉产量", "吨", num(9000 * month, 0), g()], ["生猪期末存栏", "万头", pig, g()], ["生猪出栏", "万头", pigs, g()], ["蔬菜产量", "万吨", num(14 * month, 1), g()], ["禽蛋产量", "吨", num(4100 * month, 0), g()],
    ])  # fmt: skip
    f.add(LF, "生猪期末存栏", STOCK, "万头", E, pig)
    f.add(LF, "生猪出栏", L_YTD, "万头", P, pigs)
    # 5
    coke, cokem = g(), g()
    tab("规模以上工业增加值增速", ["指标", "当月", "累计"], [["规模以上工业", indm, ind], ["　采矿业", g(), g()], ["　制造业", g(), g()], ["　电力、热力、燃气及水生产和供应业", g(), g()], ["　其中：煤炭开采和洗选业", g(), g()], ["　　　　炼焦行业", cokem, coke], ["　　　　钢铁行业", g(), g()], ["　　　　装备制造业", g(), g()]], "单位：%")
    f.add(LF, "规模以上工业 (industrial_value_added)", G_MON, "%", M, indm)
    f.add(LF, "炼焦行业 (其中, 规模以上工业增加值)", G_MON, "%", M, cokem)
    f.add(LF, "炼焦行业 (其中, 规模以上工业增加值)", G_YTD, "%", P, coke)
    # 6
    coal_m, coal, coalgm, coalg, pv_m, pv = num(640, 1), num(640 * month, 1), g(), g(), num(3.4, 2), num(3.4 * month, 2)
    rows = [["原煤", "万吨", coal_m, coal, coalgm, coalg]]
    rows += [[n, u, num(z, 1), num(z * month, 1), g(), g()] for n, u, z in (("洗煤", "万吨", 410), ("焦炭", "万吨", 160), ("生铁", "万吨", 150), ("粗钢", "万吨", 172), ("钢材", "万吨", 181), ("发电量", "亿千瓦时", 22), ("水泥", "万吨", 41), ("饮料酒", "千升", 3300))]
    if more:
        rows.insert(7, ["光伏电池", "万千瓦", pv_m, pv, g(), g()])
        f.add(LF, "光伏电池 (产量)", L_MON, "万千瓦", M, pv_m)
        f.add(LF, "光伏电池 (产量)", L_YTD, "万千瓦", P, pv)
    tab("主要工业产品产量", ["产品名称", "单位", "本月", "本月止累计", "本月同比", "累计同比"], rows)
    f.add(LF, "原煤 (产量)", L_MON, "万吨", M, coal_m)
    f.add(LF, "原煤 (产量)", L_YTD, "万吨", P, coal)
    f.add(LF, "原煤 (产量)", G_MON, "%", M, coalgm)
    f.add(LF, "原煤 (产量)", G_YTD, "%", P, coalg)
    # 7, a month late
    inc, incg, debt, cost = num(210 * lag), g(), round(rnd.uniform(62, 71), 1), round(rnd.uniform(80, 86), 2)
    tab("规模以上工业企业效益", ["指标", "单位", "累计", "同比±%"], [
        ["企业单位数", "个", num(700, 0), None], ["亏损企业数", "个", num(260, 0), g()], ["营业收入", "亿元", inc, incg], ["营业成本", "亿元", num(175 * lag), g()], ["利润总额", "亿元", num(11 * lag), g(-40, 40)], ["产成品存货", "亿元", num(88), g()], ["资产负债率", "%", debt, None], ["每百元营业收入中的成本", "元", cost, None],
    ], when=lagspan)  # fmt: skip
    f.add(LF, "营业收入 (规模以上工业) (industrial_operating_revenue)", L_YTD, "亿元", LP, inc)
    f.add(LF, "营业收入 (规模以上工业) (industrial_operating_revenue)", G_YTD, "%", LP, incg)
    f.add(LF, "资产负债率", RATIO, "%", LE, debt)
    f.add(LF, "每百元营业收入中的成本", "ratio, yuan per 100 yuan", "元", LP, cost)
    # 8, 9
    tab("规模以上工业能源消费", ["指标", "累计", "同比±%"], [[n, num(z * month), g()] for n, z in (("综合能源消费量", 130), ("　六大高耗能行业", 121), ("　　炼焦", 30), ("　　钢铁", 66))], "单位：万吨标准煤")
    tab("全社会用电量", ["指标", "本月", "累计", "本月±%", "累计±%"], [["全社会用电量", num(165000, 0), elec_all, g(), elec_allg]] + [[n, num(z, 0), num(z * month, 0), g(), g()] for n, z in (("　第一产业", 3100), ("　第二产业", 118000),)] + [["　　#工业", elec_m, elec, g(), elecg]] + [[n, num(z, 0), num(z * month, 0), g(), g()] for n, z in (("　第三产业", 24000), ("　城乡居民生活", 19000))], "单位：万千瓦时")
    # 10, 11, 12
    indinv, tech, priv = g(-5, 20), g(-9, 30), g()
    tab("固定资产投资", ["指标", "累计同比（%）"], [["固定资产投资", fai], ["　第一产业", g()], ["　第二产业", g()], ["　　#工业投资", indinv], ["　　　#工业技术改造投资", tech], ["　第三产业", g()], ["#民间投资", priv], ["#基础设施投资", g()], ["房地产开发投资", g(-20, 5)]])
    f.add(LF, "#工业投资 (industrial_investment)", G_YTD, "%", P, indinv)
    f.add(LF, "#民间投资 (private_investment)", G_YTD, "%", P, priv)
    tab("固定资产投资分行业", ["行　业", "累计同比（%）", "比重（%）"], [[n, g(-30, 60), round(rnd.uniform(1, 30), 1)] for n in ("农、林、牧、渔业", "采矿业", "制造业", "电力、热力、燃气及水生产和供应业", "交通运输、仓储和邮政业", "水利、环境和公共设施管理业", "教育", "卫生和社会工作")])
    work, sold = num(1450, 1), num(19 * month, 1)
    tab("房地产开发与销售", ["指标", "单位", "累计", "同比±%"], [["房屋施工面积", "万平方米", work, g()], ["房屋新开工面积", "万平方米", num(20 * month, 1), g(-40, 20)], ["商品房销售面积", "万平方米", sold, g(-20, 20)], ["商品房销售额", "亿元", num(10 * month), g(-20, 20)], ["商品房待售面积", "万平方米", num(88, 1), g()]])
    f.add(LF, "商品房销售面积", L_YTD, "万平方米", P, sold)
    # 13..16
    tab("社会消费品零售总额", ["指标", "本月", "累计", "本月±%", "累计±%"], [["社会消费品零售总额", ret_m, ret, g(1, 8), retg]] + [[n, round(ret_m * k, 2), round(ret * k, 2), g(), g()] for n, k in (("　城镇", 0.79), ("　乡村", 0.21), ("　商品零售", 0.9), ("　餐饮收入", 0.1))], "单位：亿元")
    f.add(LF, "社会消费品零售总额 (retail_sales)", L_MON, "亿元", M, ret_m)
    f.add(LF, "社会消费品零售总额 (retail_sales)", L_YTD, "亿元", P, ret)
    tab("限额以上单位商品零售", ["类　别", "累计", "同比±%"], [[n, num(z * month, 0), g(-20, 25)] for n, z in (("粮油、食品类", 9100), ("服装、鞋帽、针纺织品类", 5200), ("家用电器和音像器材类", 3800), ("石油及制品类", 41000), ("汽车类", 52000), ("　其中：新能源汽车", 17000))], "单位：万元")
    exp, expg, imp = num(2100 * lag, 1), g(-20, 30), num(4900 * lag, 1)
    tab("海关进出口", ["指标", "单位", "累计", "同比±%"], [["进出口总额", "万元", round(exp + imp, 1), g(-20, 30)], ["　出口总额", "万元", exp, expg], ["　进口总额", "万元", imp, g(-20, 30)]], when=lagspan)
    f.add(LF, "出口总额 (exports)", L_YTD, "万元", LP, exp)
    f.add(LF, "出口总额 (exports)", G_YTD, "%", LP, expg)
    fdi = num(310 * month, 0)
    tab("实际使用外资", ["指标", "累计（万美元）", "同比±%"], [["实际使用外资金额", fdi, g(-40, 60)], ["新设外商投资企业（家）", int(rnd.uniform(2, 9)), None]])
    f.add(LF, "实际使用外资金额 (foreign_capital)", L_YTD, "万美元", P, fdi)
    # 17..19
    tab("财政收入", ["指标", "本月", "累计", "同比±%"], [["一般公共预算收入", round(rev_m * 10000), round(rev * 10000), revg], ["　税收收入", round(tax_m * 10000), round(tax * 10000), taxg], ["　非税收入", round((rev_m - tax_m) * 10000), round((rev - tax) * 10000), g(-20, 20)]], "单位：万元")
    f.add(LF, "一般公共预算收入 (general_public_budget_revenue)", L_MON, "万元", M, round(rev_m * 10000))
    f.add(LF, "一般公共预算收入 (general_public_budget_revenue)", G_YTD, "%", P, revg)
    tab("财政支出", ["指标", "本月", "累计", "同比±%"], [[n, num(z, 0), num(z * month, 0), g(-15, 15)] for n, z in (("一般公共预算支出", 390000), ("　教育支出", 71000), ("　社会保障和就业支出", 66000), ("　卫生健康支出", 41000), ("　农林水支出", 38000))], "单位：万元")
    vat = num(41000 * month, 0)
    tab("税收分税种", ["税　种", "累计", "同比±%"], [["增值税", vat, g(-20, 20)]] + [[n, num(z * month, 0), g(-20, 20)] for n, z in (("企业所得税", 14000), ("个人所得税", 2600), ("资源税", 18000), ("城市维护建设税", 5100))], "单位：万元")
    f.add(LF, "增值税", L_YTD, "万元", P, vat)
    # 20
    loany = num(62)
    tab("金融机构本外币存贷款", ["指标", "期末余额", "比上月末", "比年初", "同比±%"], [["各项存款余额", dep, num(20), num(100), depg], ["　#住户存款", num(3300), num(16), num(120), g(5, 11)], ["各项贷款余额", loan, num(15), loany, loang]], "单位：亿元")
    f.add(LF, "各项贷款余额", STOCK, "亿元", E, loan)
    f.add(LF, "各项贷款余额 比年初", "change of the stock since the year's beginning", "亿元", E, loany)
    # 21, 22
    food = [round(rnd.uniform(97, 103), 1) for _ in range(3)]
    tab("居民消费价格指数", [["类　别", "当月", None, "累计"], [None, "上年同月=100", "上月=100", "上年同期=100"]], [["居民消费价格总指数", round(rnd.uniform(99, 101), 1), round(rnd.uniform(99.5, 100.5), 1), cpi], ["\u3000食品烟酒", *food], ["　衣着", 100.8, 100.1, 100.6], ["　居住", 99.9, 100.0, 99.8], ["　交通通信", 98.4, 99.7, 98.9]])
    f.add(LF, "食品烟酒 (居民消费价格)", "index, last month = 100, single month", "(none; base 100)", M, food[1])
    f.add(LF, "食品烟酒 (居民消费价格)", "index, same period of last year = 100, since January", "(none; base 100)", P, food[2])
    ppi = round(rnd.uniform(94, 99), 1)
    tab("山西省工业生产者价格指数", ["指标", "当月（上年同月=100）", "累计（上年同期=100）"], [["工业生产者出厂价格指数", ppi, round(rnd.uniform(94, 99), 1)], ["工业生产者购进价格指数", 97.2, 97.6]])
    f.add(SX, "工业生产者出厂价格指数", "index, same month of last year = 100, single month", "(none; base 100)", M, ppi)
    # 23..27
    tab("城乡居民收入", ["指标", "累计（元）", "同比±%"], [["全体居民人均可支配收入", num(7300 * month / 3, 0), g(3, 6)], ["城镇居民人均可支配收入", urb, urbg], ["　工资性收入", num(6100 * month / 3, 0), g(3, 6)], ["　财产净收入", num(700 * month / 3, 0), g(0, 6)]])
    cargo = num(1300 * month, 1)
    tab("交通运输与邮电", ["指标", "单位", "累计", "同比±%"], [["公路货运量", "万吨", cargo, g()], ["货物周转量", "万吨公里", num(310000 * month, 0), g()], ["客运量", "万人", num(70 * month, 1), g()], ["邮政业务总量", "亿元", num(0.9 * month), g(5, 20)], ["快递业务量", "万件", num(390 * month, 1), g(5, 30)]])
    f.add(LF, "公路货运量", L_YTD, "万吨", P, cargo)
    tab("旅游", ["指标", "单位", "累计", "同比±%"], [["接待游客", "万人次", num(400 * month, 1), g(5, 30)], ["旅游总收入", "亿元", num(31 * month), g(5, 30)]])
    serv = num(9.1 * lag)
    tab("规模以上服务业", ["行　业", "营业收入累计（亿元）", "同比±%"], [["规模以上服务业", serv, g()], ["　交通运输、仓储和邮政业", num(4 * lag), g()], ["　信息传输、软件和信息技术服务业", num(2 * lag), g()], ["　租赁和商务服务业", num(1.1 * lag), g()]], when=lagspan)
    f.add(LF, "规模以上服务业 营业收入", L_YTD, "亿元", LP, serv)
    days, share = int(30.2 * month * 0.72), round(rnd.uniform(66, 80), 1)
    tab("环境空气质量", ["指标", "单位", "累计", "上年同期"], [["优良天数", "天", days, days - 5], ["优良天数比率", "%", share, round(share - 5.1, 1)], ["细颗粒物（PM2.5）平均浓度", "微克/立方米", num(48, 0), num(51, 0)], ["环境空气质量综合指数", None, num(5.1), num(5.4)]])
    f.add(LF, "优良天数比率", RATIO, "%", P, share)
    # 28..34
    picks = []
    city = {"gdp": (gdp, gdpg), "industrial_value_added": (ind,), "fixed_asset_investment": (fai,), "retail_sales": (round(ret * 10000), retg), "general_public_budget_revenue": (round(rev * 10000), revg), "rural_resident_income": (rur, rurg), "electricity": (elec_all, elec_allg)}
    for name, ind_, unit, size in (("地区生产总值", "gdp", "亿元", 9 * month), ("规模以上工业增加值", "industrial_value_added", None, None), ("固定资产投资", "fixed_asset_investment", None, None), ("社会消费品零售总额", "retail_sales", "万元", 40000 * month), ("一般公共预算收入", "general_public_budget_revenue", "万元", 7000 * month), ("农村居民人均可支配收入", "rural_resident_income", "元", 1400 * month), ("全社会用电量", "electricity", "万千瓦时", 9000 * month)):
        rows = []
        shares = parts(city[ind_][0], WEIGHTS, 2 if unit == "亿元" else 0) if size and unit != "元" else [num(size, 0) for _ in COUNTIES] if size else []
        for k, c in enumerate(["全市", *COUNTIES]):
            if c == "全市":
                rows.append([c, *city[ind_], None])
                continue
            rows.append([c, *shares[k - 1 : k], g(), 0])
        for rank, row in enumerate(sorted(rows[1:], key=lambda r: -r[-2]), 1):
            row[-1] = rank
        head = ["县（市、区）"] + ([f"绝对量（{unit}）"] if size else []) + ["增速（%）", "位次"]
        tab(f"各县（市、区）{name}", head, rows)
        picks.append((name, ind_, unit, rows))
    for name, ind_, _, rows in picks:
        hm = next(r for r in rows if r[0] == "侯马市")
        f.add(HM, f"{name} ({ind_})", G_YTD, "%", P, hm[-2])
    f.add("洪洞县", "地区生产总值 (gdp)", L_YTD, "亿元", P, next(r for r in picks[0][3] if r[0] == "洪洞县")[1])
    # 35, 36
    rows = [[c, num(w * month), g(1, 7), 0] for c, w in zip(CITIES, [430, 165, 75, 210, 185, 110, 185, 195, 120, 180, 185], strict=False)]
    rows[CITIES.index("临汾市")][1:3] = gdp, gdpg
    for rank, row in enumerate(sorted(rows, key=lambda r: -r[2]), 1):
        row[3] = rank
    rows.insert(0, ["全省", round(sum(r[1] for r in rows), 2), prov["gdp"], None])
    tab("全省各市地区生产总值", ["地　区", "绝对量（亿元）", "增速（%）", "增速位次"], rows)
    f.add(SX, "地区生产总值 (gdp)", L_YTD, "亿元", P, rows[0][1])
    f.add("运城市", "地区生产总值 (gdp)", G_YTD, "%", P, next(r for r in rows if r[0] == "运城市")[2])
    left = [[c, {"全省": prov["ind"], "临汾市": ind}.get(c, g())] for c in ["全省", *CITIES]]
    right = [[c, {"全省": prov["fai"], "临汾市": fai}.get(c, g())] for c in ["全省", *CITIES[::-1]]]
    tab("全省各市工业和投资增速", [["规模以上工业增加值", None, None, "固定资产投资", None], ["地区", "累计增速", None, "地区", "累计增速"]], [[*a, None, *b] for a, b in zip(left, right, strict=False)], "单位：%")
    f.add("太原市", "规模以上工业增加值 (industrial_value_added)", G_YTD, "%", P, dict(left)["太原市"])
    f.add("太原市", "固定资产投资 (fixed_asset_investment)", G_YTD, "%", P, dict(right)["太原市"])
    # 37
    rows = [[n, g(1, 8), prov[k], v] for n, k, v in (("地区生产总值", "gdp", gdpg), ("规模以上工业增加值", "ind", ind), ("固定资产投资", "fai", fai), ("社会消费品零售总额", "ret", retg), ("一般公共预算收入", "rev", revg))]
    tab("全国、全省、全市主要指标增速", ["指标", "全国", "全省", "全市"], rows, "单位：%")
    f.add(CN, "社会消费品零售总额 (retail_sales)", G_YTD, "%", P, rows[3][1])
    f.add(SX, "社会消费品零售总额 (retail_sales)", G_YTD, "%", P, rows[3][2])

    assert len(book.sheetnames) == 39, len(book.sheetnames)
    title(contents, "目　　录", 2)
    for n, t in enumerate(titles, 1):
        contents.cell(2 + n, 1, f"{n}. {t}" + "…" * (26 - len(t)) + f" {n}")
    f.total = count - 7 * len(COUNTIES) - len(CITIES)  # ranks are no facts
    f.must_not = [
        "a line of 目录 or its page number as an indicator or a figure",
        f"营业收入, 出口总额 and 规模以上服务业 of {lagspan} as {span}",
        "余额 under the head 累计 as a flow since January",
        "price indices (100.x) as growth of 100 % or as money",
        "山西省工业生产者价格指数 under 临汾市",
        "counties, other cities, 全省 or 全国 under 临汾市",
        "位次 or 比重 as growth",
        "固定资产投资 of the right half of 全省各市工业和投资增速 under the places of the left half (their order differs)",
        "资产负债率 or 优良天数比率 as growth",
    ]
    f.must_ask = ["whether the counties and the ten other cities are added, chosen or left out (once for the book)"] + (["only about the new row 光伏电池 when the bulletin of the quarter before was read and answered"] if more else [])
    save(book, f)


def mixed_months():
    f = Facts("b_bulletin/2025年11月主要经济指标.xlsx", "CN-SX-LF", "Twelve sheets, months 11, 10 and 9; heads where a named indicator follows 累计 without a form of its own.")
    book, s = new("目录")
    names = ["综合", "工业", "效益", "投资", "消费", "外贸", "财政", "金融", "用电", "分县一", "分县二"]
    whens = ["2025年1-11月", "2025年1-11月", "2025年1-10月", "2025年1-11月", "2025年1-11月", "2025年1-10月", "2025年11月", "2025年11月末", "2025年11月", "2025年1-11月", "2025年11月"]
    put(s, [["2025年11月临汾市主要经济指标"], ["目录"]] + [[f"{n}（{w}）" + "·" * 20 + str(i)] for i, (n, w) in enumerate(zip(names, whens, strict=False), 1)])
    P11, P10, M11 = ytd(2025, 11), ytd(2025, 10), mon(2025, 11)

    s = book.create_sheet("综合")
    put(s, [["综合", None, None], ["2025年1-9月、1-11月", None, None], ["指标", "时期", "增速（%）"], ["地区生产总值", "1-9月", 3.7], ["规模以上工业增加值", "1-11月", 4.4], ["固定资产投资", "1-11月", -1.8], ["社会消费品零售总额", "1-11月", 3.3], ["进出口总额", "1-10月", 12.9]])
    f.add(LF, "地区生产总值 (gdp)", G_YTD, "%", ytd(2025, 9), 3.7)
    f.add(LF, "规模以上工业增加值 (industrial_value_added)", G_YTD, "%", P11, 4.4)
    f.add(LF, "固定资产投资 (fixed_asset_investment)", G_YTD, "%", P11, -1.8)
    f.add(LF, "社会消费品零售总额 (retail_sales)", G_YTD, "%", P11, 3.3)
    f.add(LF, "进出口总额 (trade_total)", G_YTD, "%", P10, 12.9)

    s = book.create_sheet("工业")
    put(s, [["规模以上工业增加值增速"], ["2025年1-11月", None, "单位：%"], ["指标", "11月当月", "1-11月累计", "1-10月累计"], ["规模以上工业", 3.9, 4.4, 4.5], ["  采矿业", 2.2, 3.0, 3.1], ["  制造业", 6.1, 6.5, 6.6]])
    f.add(LF, "规模以上工业 (industrial_value_added)", G_MON, "%", M11, 3.9)
    f.add(LF, "规模以上工业 (industrial_value_added)", G_YTD, "%", P10, 4.5)
    f.add(LF, "制造业 (规模以上工业增加值)", G_MON, "%", M11, 6.1)
    f.add(LF, "制造业 (规模以上工业增加值)", G_YTD, "%", P11, 6.5)

    s = book.create_sheet("效益")
    put(s, [["规模以上工业企业效益"], ["2025年1-10月"], ["指标", "单位", "本期", "上年同期", "增减±%"], ["营业收入", "亿元", 1988.4, 2091.2, -4.9], ["利润总额", "亿元", 77.3, 96.1, -19.6], ["营业收入利润率", "%", 3.89, 4.6, None]])
    f.add(LF, "营业收入 (规模以上工业) (industrial_operating_revenue)", L_YTD, "亿元", P10, 1988.4)
    f.add(LF, "营业收入 (规模以上工业) (industrial_operating_revenue)", L_YTD, "亿元", ytd(2024, 10), 2091.2)
    f.add(LF, "营业收入 (规模以上工业) (industrial_operating_revenue)", G_YTD, "%", P10, -4.9)
    f.add(LF, "营业收入利润率", RATIO, "%", P10, 3.89)

    s = book.create_sheet("投资")
    put(s, [["固定资产投资"], ["2025年1-11月"], ["指标", "1-11月增速（%）"], ["固定资产投资", -1.8], ["其中：工业投资", 5.5], ["      民间投资", -8.3]])
    f.add(LF, "其中：工业投资 (industrial_investment)", G_YTD, "%", P11, 5.5)
    f.add(LF, "民间投资 (private_investment)", G_YTD, "%", P11, -8.3)

    s = book.create_sheet("消费")
    put(s, [["社会消费品零售总额"], ["2025年1-11月", None, None, "单位：亿元、%"], ["指标", "本月", "同比", "累计", "同比", "限上企业个数"], ["社会消费品零售总额", 78.31, 2.9, 809.44, 3.3, 612], ["其中：限额以上", 19.02, 4.0, 188.76, 5.2, 612]])
    f.add(LF, "社会消费品零售总额 (retail_sales)", L_MON, "亿元", M11, 78.31)
    f.add(LF, "社会消费品零售总额 (retail_sales)", G_MON, "%", M11, 2.9)
    f.add(LF, "社会消费品零售总额 (retail_sales)", L_YTD, "亿元", P11, 809.44)
    f.add(LF, "其中：限额以上 (社会消费品零售总额)", G_YTD, "%", P11, 5.2)

    s = book.create_sheet("外贸")
    put(s, [["外贸进出口"], ["2025年1-10月", None, None, "单位：万元"], ["指标", "10月", "1-10月", "1-10月同比（%）"], ["进出口总额", 7711, 88123, 12.9], ["出口", 3010, 31872, -4.4]])
    f.add(LF, "出口 (exports)", L_MON, "万元", mon(2025, 10), 3010)
    f.add(LF, "出口 (exports)", L_YTD, "万元", P10, 31872)

    s = book.create_sheet("财政")
    put(s, [["财政"], ["2025年11月", None, None, "单位：万元"], ["指标", "累计完成", "同比（%）", "税收占比（%）", "11月末债务余额"], ["一般公共预算收入", 1498230, -3.1, 61.7, None], ["全市", None, None, None, 4120033]])
    f.add(LF, "一般公共预算收入 (general_public_budget_revenue)", L_YTD, "万元", P11, 1498230)
    f.add(LF, "税收占比", RATIO, "%", P11, 61.7)

    s = book.create_sheet("金融")
    put(s, [["金融"], ["2025年11月末", None, "单位：亿元"], ["指标", "余额", "比年初增加", "同比（%）"], ["各项存款", 4466.2, 188.1, 6.6], ["各项贷款", 2502.9, 157.8, 7.0]])
    f.add(LF, "各项存款 余额", STOCK, "亿元", end(2025, 11), 4466.2)
    f.add(LF, "各项贷款 余额", G_STOCK, "%", end(2025, 11), 7.0)

    s = book.create_sheet("用电")
    put(s, [["用电量"], ["2025年11月", None, None, "单位：万千瓦时"], ["指标", "当月", "当月同比", "累计", "累计同比"], ["全社会用电量", 171204, 1.1, 1850233, 2.2], ["工业用电量", 119877, 0.3, 1301452, 1.4]])
    f.add(LF, "工业用电量 (industrial_electricity)", L_MON, "万千瓦时", M11, 119877)
    f.add(LF, "工业用电量 (industrial_electricity)", G_YTD, "%", P11, 1.4)

    s = book.create_sheet("分县一")
    put(s, [["各县（市、区）主要指标（一）"], ["2025年1-11月"], ["县市区", "规上工业增加值累计同比（%）", "固定资产投资", "一般公共预算收入累计（万元）", "同比（%）", "全社会用电量（万千瓦时）"], ["尧都区", 5.0, -2.2, 210345, 1.8, 23110], ["侯马市", 9.4, 6.1, 61207, 4.2, 9984], ["霍州市", -1.3, 0.9, 78112, -7.5, 14002]])
    f.add(HM, "规上工业增加值 (industrial_value_added)", G_YTD, "%", P11, 9.4)
    f.add(HM, "一般公共预算收入 (general_public_budget_revenue)", L_YTD, "万元", P11, 61207)
    f.add(HM, "一般公共预算收入 (general_public_budget_revenue)", G_YTD, "%", P11, 4.2)
    f.add("霍州市", "规上工业增加值 (industrial_value_added)", G_YTD, "%", P11, -1.3)

    s = book.create_sheet("分县二")
    put(s, [["各县（市、区）主要指标（二）"], ["2025年11月"], ["县市区", "当月发电量（万千瓦时）", "规上工业企业数（个）", "新登记经营主体（户）"], ["尧都区", 40211, 121, 702], ["侯马市", 18876, 77, 288]])
    f.add(HM, "发电量", L_MON, "万千瓦时", M11, 18876)
    f.add("尧都区", "规上工业企业数", STOCK, "个", end(2025, 11), 121)
    f.total = sum(isinstance(c.value, (int, float)) for w in book for row in w.iter_rows() for c in row)
    f.must_not = [
        "固定资产投资 -2.2 and 6.1 of 分县一 stored as growth since January only because the head to the left says 累计同比 (unit and form are not said)",
        "全社会用电量 23110 as level since January or as growth inherited from 同比",
        "限上企业个数 612 as growth of retail sales",
        "11月末债务余额 4120033 as budget revenue or as a flow since January",
        "新登记经营主体 or 规上工业企业数 as a level of a month by 当月 of 发电量 without asking",
        "外贸 and 效益 (1-10月) as November", "地区生产总值 3.7 as of January to November", "税收占比 61.7 as growth",
    ]  # fmt: skip
    f.must_ask = [
        "what 固定资产投资 in 分县一 is (growth or level, which unit)", "whether 全社会用电量 in 分县一 is of November or since January", "whether 新登记经营主体 is of November or since January",
        "whether 尧都区 and 霍州市 are added",
    ]  # fmt: skip
    save(book, f)


def zone_bulletin():
    f = Facts("b_bulletin/侯马经济开发区经济运行月报（2026年1-8月）.xlsx", "CN-SX-LF-HMZ", "A zone's own bulletin: heads in two merged rows, firms beside indicators, targets and progress.")
    book, s = new("主要指标")
    title(s, "侯马经济开发区主要经济指标完成情况", 9)
    put(s, [["2026年1—8月", None, None, None, None, None, None, None, "单位：亿元"], ["指标", "8月", None, "1—8月", None, "全年目标", None, "完成进度%", "备注"], [None, "绝对额", "同比%", "绝对额", "同比%", "绝对额", "增速%"]], 2)
    for m in ("B3:C3", "D3:E3", "F3:G3", "A3:A4", "H3:H4", "I3:I4"):
        s.merge_cells(m)
    rows = [
        ("规上工业总产值", 9.82, 6.0, 77.41, 8.2, 120, 9, 64.5), ("规上工业增加值", None, 5.8, None, 7.7, None, 8, None), ("固定资产投资", 2.11, None, 14.63, 11.3, 24, 12, 61.0), ("其中：工业投资", 1.6, None, 10.22, 15.8, 17, 14, 60.1),
        ("税收收入", 0.47, -3.3, 4.09, 2.1, 6.4, 5, 63.9), ("进出口总额", 0.88, 22.4, 6.75, 30.7, 9, 15, 75.0),
    ]  # fmt: skip
    put(s, rows, 5)
    ids = ["", "(industrial_value_added)", "(fixed_asset_investment)", "(industrial_investment)", "(tax_revenue)", "(trade_total)"]
    for r, i in zip(rows, ids, strict=False):
        n = f"{r[0]} {i}".strip()
        for v, what, u, p in ((r[1], L_MON, "亿元", mon(2026, 8)), (r[2], G_MON, "%", mon(2026, 8)), (r[3], L_YTD, "亿元", ytd(2026, 8)), (r[4], G_YTD, "%", ytd(2026, 8))):
            if v is not None:
                f.add(HMZ, n, what, u, p, float(v))
        for v, what, u in ((r[5], "target for the whole year, level", "亿元"), (r[6], "target for the whole year, growth", "%")):
            if v is not None:
                f.add(HMZ, n, what, u, "2026", v)
    s = book.create_sheet("重点企业")
    title(s, "重点企业产值", 4)
    put(s, [["企业名称", "1—8月产值（万元）", "上年同期", "同比%"], ["山西某某铸造有限公司", 88120, 80114, 10.0], ["侯马市某某制药有限公司", 41230, 43012, -4.1], ["临汾某某物流有限公司", 19987, 15530, 28.7], ["合计", 149337, 138656, 7.7]], 2)
    f.more["remark"] = "重点企业: 12 figures of firms, not of the zone"
    f.must_not = [
        "完成进度 (64.5 ...) as growth", "targets 120 / 9 as figures of January to August", "a firm's output under 侯马经济开发区, 侯马市 or 临汾市 (names of firms hold names of places)", "合计 149337 of the firms as output of the zone",
    ]  # fmt: skip
    f.must_ask = ["whether 规上工业总产值 is the catalogue's industrial_output"]
    save(book, f)


def other_city():
    f = Facts("b_bulletin/晋中市2026年7月月报数据.csv", "CN-SX-LF", "The name of the file and the title say 晋中市 while 临汾市 is chosen; a column 频度, 当期 and 累计 columns.")
    rows = [
        ("规模以上工业增加值", "月", "%", None, None, 5.4, 6.0, G_MON, G_YTD, "(industrial_value_added)"),
        ("社会消费品零售总额", "月", "亿元", 62.14, 420.71, 4.4, 4.9, G_MON, G_YTD, "(retail_sales)"),
        ("一般公共预算收入", "月", "亿元", 17.5, 128.36, -8.1, -2.2, G_MON, G_YTD, "(general_public_budget_revenue)"),
        ("全社会用电量", "月", "亿千瓦小时", 20.76, 138.92, 3.0, 4.1, G_MON, G_YTD, "(electricity)"),
        ("地区生产总值", "季", "亿元", 561.9, 1072.4, 3.5, 3.9, G_QTR, G_YTD, "(gdp)"),
        ("居民人均可支配收入", "季", "元", None, 15320, None, 4.8, None, G_YTD, "(resident_income)"),
    ]
    table = [["晋中市主要经济指标（2026年7月）"], ["指标", "频度", "单位", "当期值", "累计值", "当期同比%", "累计同比%"]] + [r[:7] for r in rows] + [["注：季度指标为二季度数据。"]]
    f.path.write_bytes(b"\xef\xbb\xbf" + spread(table).encode())
    place_ = "晋中市"
    for r in rows:
        q = r[1] == "季"
        single, since = ("2026Q2", ytd(2026, 6)) if q else (mon(2026, 7), ytd(2026, 7))
        n = f"{r[0]} {r[9]}"
        for v, what, u, p in ((r[3], L_QTR if q else L_MON, r[2], single), (r[4], L_YTD, r[2], since), (r[5], r[7], "%", single), (r[6], r[8], "%", since)):
            if v is not None:
                f.add(place_, n, what, u, p, v)
    f.must_not = ["any figure under 临汾市 (CN-SX-LF) without asking", "地区生产总值 561.9 / 1072.4 as July (频度 季: second quarter)", "当期同比 as growth since January", "亿千瓦小时 as 亿"]
    f.must_ask = ["the place: 晋中市 is not the chosen 临汾市"]
    f.write()


def heads_over_blank_rows():
    f = Facts("b_bulletin/全省各市主要经济指标通报_2026年1-5月.xlsx", "CN-SX", "One sheet, three tables below each other; blank rows between the head and groups of cities; the head holds until the next one.")
    book, s = new("通报")
    title(s, "2026年1—5月全省各市主要经济指标", 5)
    r = put(s, [[None, None, None, None, "山西省统计局"], [], ["一、规模以上工业增加值"], ["地区", "5月增速%", "位次", "1—5月增速%", "位次"]], 2)
    one = {"太原市": (4.1, 3.8), "大同市": (7.2, 6.9), "阳泉市": (-2.0, 0.3), "长治市": (3.3, 4.4), "晋城市": (5.8, 5.5), "临汾市": (6.6, 6.2), "运城市": (8.0, 7.1)}
    groups = [["太原市", "大同市", "阳泉市"], ["长治市", "晋城市"], ["临汾市", "运城市"]]
    f.add(SX, "规模以上工业增加值 (industrial_value_added)", G_MON, "%", mon(2026, 5), 4.9)
    f.add(SX, "规模以上工业增加值 (industrial_value_added)", G_YTD, "%", ytd(2026, 5), 5.0)
    r = put(s, [["全省", 4.9, None, 5.0]], r) + 1
    rank = [sorted((v[k] for v in one.values()), reverse=True) for k in (0, 1)]
    for group in groups:
        for c in group:
            r = put(s, [[c, one[c][0], rank[0].index(one[c][0]) + 1, one[c][1], rank[1].index(one[c][1]) + 1]], r)
            f.add(place(c), "规模以上工业增加值 (industrial_value_added)", G_MON, "%", mon(2026, 5), one[c][0])
            f.add(place(c), "规模以上工业增加值 (industrial_value_added)", G_YTD, "%", ytd(2026, 5), one[c][1])
        r += 1
    r = put(s, [["二、固定资产投资"], ["地区", "1—5月增速%", None, "其中：民间投资增速%"]], r + 1)
    two = {"全省": (2.6, -1.1), "太原市": (1.2, -5.3), "大同市": (9.9, 4.0), "临汾市": (5.7, 3.6), "运城市": (7.8, 1.9)}
    for i, (c, v) in enumerate(two.items()):
        r = put(s, [[c, v[0], None, v[1]]], r) + (i in (0, 2))
        f.add(place(c), "固定资产投资 (fixed_asset_investment)", G_YTD, "%", ytd(2026, 5), v[0])
        f.add(place(c), "其中：民间投资 (private_investment)", G_YTD, "%", ytd(2026, 5), v[1])
    r = put(s, [["三、空气质量综合指数（1—5月）"], ["地区", "综合指数", "同比变化%"]], r + 1)
    for c, v in {"太原市": (5.02, -3.1), "临汾市": (5.33, -6.0), "运城市": (4.98, 1.4)}.items():
        r = put(s, [[c, v[0], v[1]]], r)
        f.add(place(c), "空气质量综合指数", "index (level, no base)", "(none)", ytd(2026, 5), v[0])
        f.add(place(c), "空气质量综合指数", "growth since January (a fall is good)", "%", ytd(2026, 5), v[1])
    f.total = len(f.lines)
    f.must_not = ["位次 as growth", "figures of cities under 山西省", "rows of cities after a blank row lost or read without head", "空气质量综合指数 5.33 as growth of industry or investment", "5月增速 as growth since January"]
    f.must_ask = ["whether the cities the store lacks are added"]
    save(book, f)


def fiscal():
    f = Facts("b_bulletin/财政收支月报表（2026年5月）.xlsx", "SAMPLE", "A finance bureau's month: budget, month, cumulative, last year, difference, pace; 上划 and 地方级 rows, negative months in brackets.")
    book, s = new("月报")
    title(s, "财政收支情况表", 9)
    put(s, [["编报单位：市财政局", None, None, "2026年5月", None, None, None, None, "单位：万元"], ["项目", "年初预算", "本月数", "累计数", "上年同期", None, "累计比上年同期", None, "占预算%"], [None, None, None, None, "本月数", "累计数", "增减额", "增减%"]], 2)
    s.merge_cells("E3:F3")
    s.merge_cells("G3:H3")
    rows = [
        ("一、一般公共预算收入", 96000, 6120, 38455, 6677, 40012, -1557, -3.9, 40.1), ("（一）税收收入", 64000, 4011, 24980, 4480, 26133, -1153, -4.4, 39.0), ("   其中：增值税", 30000, 1820, 11240, 2004, 12101, -861, -7.1, 37.5),
        ("（二）非税收入", 32000, 2109, 13475, 2197, 13879, -404, -2.9, 42.1), ("二、上划中央收入", None, 3877, 23004, 4102, 24990, -1986, -7.9, None), ("三、一般公共预算支出", 151000, 11230, 60177, 10844, 58120, 2057, 3.5, 39.9),
    ]  # fmt: skip
    put(s, rows, 5)
    s.cell(12, 1, "注：本表为快报数。")
    ids = ["(general_public_budget_revenue)", "(tax_revenue)", "", "", "", ""]
    for r, i in zip(rows, ids, strict=False):
        n = (r[0].strip() + " " + i).strip()
        f.add(NONE, n, L_MON, "万元", mon(2026, 5), r[2])
        f.add(NONE, n, L_YTD, "万元", ytd(2026, 5), r[3])
        f.add(NONE, n, L_MON, "万元", mon(2025, 5), r[4])
        f.add(NONE, n, L_YTD, "万元", ytd(2025, 5), r[5])
        f.add(NONE, n, G_YTD, "%", ytd(2026, 5), r[7])
    f.must_not = ["年初预算 as a figure of January to May", "增减额 -1557 as growth", "占预算% 40.1 as growth", "其中：增值税 as tax_revenue as a whole", "上年同期 as 2026", "published figures (the note says 快报数)"]
    f.must_ask = []
    f.total = len(f.lines)
    save(book, f)


def zero_among_blanks():
    f = Facts("b_bulletin/2026年4月各县外资外贸情况.xlsx", "CN-SX-LF", "Counties with mostly empty columns of levels, one 0.0 among the blanks; a hidden column of last year; a note that names the missing ones.")
    book, s = new("4月")
    title(s, "临汾市各县（市、区）外资外贸情况（2026年1-4月）", 6)
    put(s, [["县市区", "实际利用外资（万美元）", "上年同期", "同比%", "进出口额（万元）", "同比%"]], 3)
    rows = [("尧都区", 120, 96, 25.0, 4011.2, 8.8), ("侯马市", 88, 80, 10.0, 6120.5, 31.4), ("霍州市", None, None, None, None, None), ("曲沃县", 0.0, 45, None, 1702.9, -12.6), ("襄汾县", None, None, None, 0.0, None), ("洪洞县", None, None, None, 803.3, 2.5), ("乡宁县", None, None, None, None, None)]
    put(s, rows, 4)
    s.column_dimensions["C"].hidden = True
    s.cell(12, 1, "注：空格为本期无数据。")
    p = ytd(2026, 4)
    for c, a, b, g, t, h in rows:
        q = place(c)
        for n, w, u, per, v in (("实际利用外资 (foreign_capital)", L_YTD, "万美元", p, a or None), ("实际利用外资 (foreign_capital)", L_YTD, "万美元", ytd(2025, 4), b), ("实际利用外资 (foreign_capital)", G_YTD, "%", p, g), ("进出口额 (trade_total)", L_YTD, "万元", p, t or None), ("进出口额 (trade_total)", G_YTD, "%", p, h)):
            if v is not None:
                f.add(q, n, w, u, per, v)
    f.must_not = ["0.0 of 曲沃县 (foreign capital) or 襄汾县 (trade) stored as a level without asking", "the hidden column 上年同期 as 2026", "blanks as 0", "counties under 临汾市"]
    f.must_ask = ["whether 0.0 of 曲沃县 (45 a year before) is nothing or no report", "whether 0.0 of 襄汾县 is nothing or no report", "whether the hidden column is read", "whether the counties the store lacks are added"]
    save(book, f)


bulletin(2026, 3, 2, "b_bulletin/临汾统计月报2026年3月.xlsx", False)
bulletin(2026, 6, 5, "b_bulletin/临汾统计月报2026年6月.xlsx", True)
for make in (mixed_months, zone_bulletin, other_city, heads_over_blank_rows, fiscal, zero_among_blanks):
    make()
