"""Family g: project ledgers as bureaus keep them, and forms that are no ledger. All figures and projects are invented."""

import datetime as dt

from kit import (
    HM,
    HMZ,
    Facts,
    mon,
    new,
    put,
    save,
    title,
    ytd,
)
from openpyxl.utils import get_column_letter

INV, YEAR, DONE, PLAN = "project, total investment", "project, investment planned for the year", "project, investment done this year", "project, investment done since the start"


def totals_and_sections():
    f = Facts("g_ledgers/2026年重点项目台账.xlsx", "CN-SX-LF-HMZ", "A ledger with a row of totals first, sections with their own subtotals, numbers that start again, a unit in the title line and merged responsible offices.")
    book, s = new("台账")
    title(s, "侯马经济开发区2026年重点工程项目台账", 10)
    put(s, [["填报单位：经济发展部", None, None, None, None, None, None, "单位：万元", None, "截至2026年9月30日"], ["序号", "项目名称", "建设单位", "建设性质", "建设年限", "总投资", "2026年计划投资", "1-9月完成投资", "形象进度", "责任领导"]], 2)
    sections = [
        ("一、续建项目（3个）", [("年产30万吨精密铸件项目", "山西甲铸造有限公司", "续建", "2024-2026", 62000, 18000, 15210, "主厂房完工，设备安装70%", "张某"), ("现代中药提取车间扩建项目", "乙制药有限公司", "续建", "2025-2026", 21000, 9000, 6650, "主体封顶", "李某"), ("某保税物流园二期", "丙物流有限公司", "续建", "2023-2026", 48000, 12000, 12400, "完工", "李某")]),
        ("二、新建项目（3个）", [("智能仓储装备制造项目", "丁装备有限公司", "新建", "2026-2028", 105000, 20000, 8800, "基础施工", "王某"), ("标准化厂房四期", "开发区建投公司", "新建", "2026-2027", 32000, 15000, 9120, "土方开挖", "王某"), ("污水处理厂提标改造", "开发区建投公司", "新建", "2026", 6800, 6800, 3200, None, "赵某")]),
        ("三、前期项目（1个）", [("氢能零部件产业园", "待定", "前期", "2027-2029", 150000, None, None, "签订框架协议", "赵某")]),
    ]  # fmt: skip
    r = put(s, [[None, "合计（7个）", None, None, None, 424800, 80800, 55380, None, None]], 4)
    for name, rows in sections:
        sums = [sum(p[k] or 0 for p in rows) or None for k in (4, 5, 6)]
        r = put(s, [[name, None, None, None, None, *sums]], r)
        s.merge_cells(start_row=r - 1, start_column=1, end_row=r - 1, end_column=5)
        for i, p in enumerate(rows, 1):
            r = put(s, [[i, *p]], r)
            for w, v in ((INV, p[4]), (YEAR, p[5]), (DONE, p[6])):
                if v is not None:
                    f.add(HMZ, f"项目 {p[0]}", w, "万元", ytd(2026, 9) if w == DONE else "2026" if w == YEAR else "(none)", v)
    s.merge_cells("J7:J8")
    s.merge_cells("J10:J11")
    put(s, [["填表人：", None, "审核人：", None, None, None, None, "2026年10月8日"]], r + 1)
    f.must_not = ["合计 (424800) or a section's subtotal counted as a project", "8 or 11 projects in place of 7", "合计 55380 as the zone's fixed_asset_investment", "万元 read as 亿元", "责任领导 as a company"]
    f.must_ask = ["the probability that a project starts (no column says it)"]
    save(book, f)


def merged_units():
    f = Facts("g_ledgers/省市重点工程进展情况表（9月）.xlsx", "CN-SX-LF", "Heads in two rows with 亿元 and 万元 in different columns; county and office in cells merged over projects; counties without suffix.")
    book, s = new("9月")
    title(s, "临汾市2026年省市重点工程进展情况表", 9)
    put(s, [["县市区", "序号", "项目名称", "总投资（亿元）", "投资进度（万元）", None, None, "开工时间", "计划竣工时间"], [None, None, None, None, "年度计划", "9月完成", "累计完成", None, None]], 3)
    for m in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:H4", "I3:I4"):
        s.merge_cells(m)
    rows = [
        ("尧都", 1, "城市更新示范片区", 24.6, 60000, 5100, 41200, "2025.3", "2027年底"), ("尧都", 2, "数字经济产业园", 8.2, 25000, 1900, 17750, dt.datetime(2026, 4, 12), "2027.10"), ("侯马", 3, "智能仓储装备制造项目", 10.5, 20000, 1600, 8800, "2026年5月", "2028年6月"),
        ("侯马", 4, "某保税物流园二期", 4.8, 12000, 300, 12400, "2023年9月", "2026.9"), ("洪洞", 5, "焦化升级改造", 31.0, 80000, 7000, 66300, "2024/6", "2026/12"), ("襄汾", 6, "遗址公园配套", 2.35, 9000, 700, 5200, "2025年10月", "2026年12月"),
    ]  # fmt: skip
    put(s, [[r[0] if i in (0, 2, 4, 5) else None, *r[1:]] for i, r in enumerate(rows)], 5)
    s.merge_cells("A5:A6")
    s.merge_cells("A7:A8")
    s["H6"].number_format = "yyyy-mm-dd"
    put(s, [["合计", None, "6个", 81.45, 206000, 16600, 151650]], 11)
    where = {"尧都": "尧都(区)", "侯马": HM, "洪洞": "洪洞(县)", "襄汾": "襄汾(县)"}
    for c, _, n, inv, plan, month, done, *_ in rows:
        p, n = where[c], f"项目 {n}"
        f.add(p, n, INV, "亿元", "(none)", inv)
        f.add(p, n, YEAR, "万元", "2026", plan)
        f.add(p, n, "project, investment done in a single month", "万元", mon(2026, 9), month)
        f.add(p, n, "project, investment done, 累计 (since January or since the start: not said)", "万元", "2026-09", done)
    f.must_not = ["总投资 (亿元) and 年度计划 (万元) in one unit", "projects of 尧都 or 洪洞 under 侯马", "合计 as a project", "9月完成 as 累计完成", "the dates as figures"]
    f.must_ask = ["whether 累计完成 is since January or since the start of the project", "which counties the store lacks are added, or the projects of others left out"]
    save(book, f)


def several_tables():
    f = Facts("g_ledgers/项目清单（签约、开工、投产）.xlsx", "CN-SX-LF-HMZ", "Three tables on one sheet, one a stage, with different columns and heads; a fourth sheet lists all again (counted once).")
    book, s = new("三个一批")
    r = put(s, [["“三个一批”项目清单（2026年三季度）"], [], ["一、签约项目"], ["序号", "项目名称", "投资方", "签约金额（亿元）", "签约时间"], [1, "光学玻璃生产线", "江苏A公司", 5.2, "2026-07-18"], [2, "医用敷料项目", "河南B公司", 1.6, "2026-08-30"], [3, "冷链物流园", "北京C公司", 3.0, "2026-09-22"], ["小计", None, None, 9.8]]) + 1
    r = put(s, [["二、开工项目"], ["序号", "项目名称", "总投资（亿元）", "年度计划投资（亿元）", "开工日期", "用地（亩）"], [1, "铝合金轮毂项目", 2.4, 0.9, "2026-07-05", 66], [2, "医用敷料项目", 1.6, 0.5, "2026-09-28", 30], ["小计", None, 4.0, 1.4, None, 96]], r) + 1
    put(s, [["三、投产项目"], ["序号", "项目名称", "总投资（亿元）", "设计年产值（亿元）", "投产日期", "预计年税收（万元）"], [1, "精密铸件一期", 3.1, 4.5, "2026-08-08", 1350], [2, "预制菜加工", 0.8, 1.2, "2026-09-01", 260]], r)
    s2 = book.create_sheet("汇总")
    put(s2, [["序号", "项目名称", "阶段", "总投资（亿元）"], [1, "光学玻璃生产线", "签约", 5.2], [2, "冷链物流园", "签约", 3.0], [3, "铝合金轮毂项目", "开工", 2.4], [4, "医用敷料项目", "开工", 1.6], [5, "精密铸件一期", "投产", 3.1], [6, "预制菜加工", "投产", 0.8], ["合计", None, None, 16.1]])
    for n, v in (("光学玻璃生产线", 5.2), ("医用敷料项目", 1.6), ("冷链物流园", 3.0)):
        f.add("(the zone of the page)", f"项目 {n}", "project, contracted amount (签约金额)", "亿元", "2026Q3", v)
    for n, a, b, c in (("铝合金轮毂项目", 2.4, 0.9, 66), ("医用敷料项目", 1.6, 0.5, 30)):
        f.add("(the zone of the page)", f"项目 {n}", INV, "亿元", "(none)", a)
        f.add("(the zone of the page)", f"项目 {n}", YEAR, "亿元", "2026", b)
        f.add("(the zone of the page)", f"项目 {n}", "project, land", "亩", "(none)", c)
    for n, a, b, c in (("精密铸件一期", 3.1, 4.5, 1350), ("预制菜加工", 0.8, 1.2, 260)):
        f.add("(the zone of the page)", f"项目 {n}", INV, "亿元", "(none)", a)
        f.add("(the zone of the page)", f"项目 {n}", "project, designed output a year", "亿元", "(none)", b)
        f.add("(the zone of the page)", f"项目 {n}", "project, expected tax a year", "万元", "(none)", c)
    f.must_not = ["7 or 13 projects in place of 6 (汇总 lists them again; 医用敷料项目 is signed and started)", "小计 or 合计 as projects", "签约金额 as investment of this year", "the columns of the second table under the heads of the first", "预计年税收 in 亿元"]
    f.must_ask = ["whether 医用敷料项目 in two stages is one project (started)"]
    save(book, f)


def single_project():
    f = Facts("g_ledgers/项目基本情况表.xlsx", "CN-SX-LF-HMZ", "A sheet about one project, keys and values in pairs: no ledger and no table of figures. Refused with that reason.")
    book, s = new("基本情况")
    title(s, "重点项目基本情况表", 4)
    put(s, [["项目名称", "年产5000吨碳纤维复合材料项目", None, None], ["建设单位", "山西戊新材料有限公司", "建设地点", "侯马经济开发区东片区"], ["总投资（万元）", 86000, "其中：固定资产投资（万元）", 71000], ["资金来源", "自筹30000万元、银行贷款56000万元", None, None], ["建设起止年限", "2026.6—2028.6", "占地面积（亩）", 152], ["年产值（万元）", 120000, "年税收（万元）", 5600], ["建设内容及规模", "建设2条生产线及配套设施，建筑面积6.2万平方米", None, None], ["存在问题", "用电增容需协调", None, None], ["联系人", "某某", "联系电话", "0357-0000000"]], 2)
    f.total = 0
    f.must_not = ["固定资产投资 71000 as the zone's fixed_asset_investment", "年税收 5600 as tax_revenue", "年产值 120000 as industrial_output", "a telephone number as a figure", "the keys as projects of a ledger"]
    f.must_ask = []
    f.more["refuse"] = "a form about a single project, no ledger"
    save(book, f)


def research_form():
    f = Facts("g_ledgers/企业研究开发项目情况107-1表.xlsx", "CN-SX-LF", "The statistical form of R&D projects of one firm: it looks like a ledger (项目名称, 起始日期) and is none; amounts in 千元.")
    book, s = new("107-1")
    title(s, "企业研究开发项目情况", 9)
    put(s, [[None] * 7 + ["表    号：", "107-1表"], ["统一社会信用代码", "91140000XXXXXXXXXX", None, None, None, None, None, "制定机关：", "国家统计局"], ["单位详细名称：山西己药业股份有限公司", None, "2025年", None, None, None, None, "计量单位：", "千元、人"], ["序号", "项目名称", "项目来源", "项目开展形式", "项目起始日期", "项目完成日期", "项目研究开发人员", "项目经费支出", "其中：用科研仪器设备"], ["甲", "乙", 1, 2, 3, 4, 5, 6, 7], [1, "新型缓释制剂研究", 5, 10, "202403", "202612", 14, 3211, 402], [2, "连翘提取工艺优化", 5, 21, "202501", "202512", 8, 1180, 96], [3, "生产线数字孪生", 1, 10, "202505", "202706", 11, 2044, 710], ["单位负责人：", None, "统计负责人：", None, "填表人：", None, "联系电话：", None, "报出日期：2026年1月15日"]], 2)
    f.total = 0
    f.must_not = ["R&D projects as construction projects", "项目经费支出 3211 (千元) as investment", "the row 甲 乙 1 2 3 as figures", "202403 as a figure", "any figure of the firm under 临汾市"]
    f.must_ask = []
    f.more["refuse"] = "a firm's R&D form (107-1), no ledger of investment projects"
    save(book, f)


def attracting_investment():
    f = Facts("g_ledgers/招商引资签约项目台账（动态更新）.xlsx", "CN-SX-LF-HMZ", "Contracts with dates in six spellings, amounts with the unit in the cell, dollars, a struck project, duplicates on a hidden old sheet, filter remnants.")
    book, s = new("签约台账")
    put(s, [["招商引资签约项目台账（动态更新）"], ["编号", "项目名称", "投资方及注册地", "签约日期", "投资额", "落地情况", "备注"]])
    rows = [
        ("ZS-001", "新能源汽车零部件", "浙江宁波甲公司", "2026.1.8", "3.5亿元", "已开工", None), ("ZS-002", "特种电缆", "河北乙公司", "2026年2月", "8000万元", "已开工", None), ("ZS-003", "跨境电商产业园", "香港丙公司", dt.datetime(2026, 3, 15), "1200万美元", "办理手续", "外资"),
        ("ZS-004", "高端铸造模具", "运城丁公司", "20260402", "1.2", "未落地", "单位亿元"), ("ZS-005", "装配式建筑", "太原戊公司", "5月", "2-3亿元", "终止", "2026年8月终止"), ("ZS-006", "食品加工", "临汾己公司", "2026-6-20", "约5000万元", "已投产", None),
    ]  # fmt: skip
    put(s, rows, 3)
    s["D5"].number_format = "yyyy/m/d"
    for n, v, u, p in (("新能源汽车零部件", "3.5", "亿元", "2026-01-08"), ("特种电缆", "8000", "万元", "2026-02"), ("跨境电商产业园", "1200", "万美元", "2026-03-15"), ("高端铸造模具", "1.2", "亿元 (from the remark)", "2026-04-02"), ("食品加工", "5000", "万元 (约)", "2026-06-20")):
        f.add("(the zone of the page)", f"项目 {n}", "project, contracted amount", u, p, v)
    old = book.create_sheet("旧表")
    put(old, [["编号", "项目名称", "签约日期", "投资额"], *[[r[0], r[1], r[3], r[4]] for r in rows[:3]]])
    old.sheet_state = "hidden"
    s.auto_filter.ref = "A2:G8"
    f.must_not = ["projects of the hidden sheet counted again", "places of investors (宁波, 香港, 运城, 太原) as places of the figures", "1.2 as 1.2 万元 or 元", "20260402 as an amount", "2-3亿元 as 2 or 3 or -1 without asking", "装配式建筑 (终止) as live", "1200万美元 as yuan"]
    f.must_ask = ["2-3亿元 of 装配式建筑", "5月: of which year", "约5000万元 (not exact)"]
    save(book, f)


def monthly_dispatch():
    f = Facts("g_ledgers/重点项目月调度表.xlsx", "CN-SX-LF-HM", "Two rows a project (计划 and 完成) with months across: values of single months, a cumulative column, an unfinished year; totals row by formula.")
    book, s = new("调度")
    title(s, "侯马市2026年重点项目投资月调度表", 13)
    put(s, [["单位：万元"], ["序号", "项目", "总投资", "类别", *[f"{m}月" for m in range(1, 8)], "累计", "备注"]], 2)
    rows = [("铁路专用线改造", 18800, (300, 300, 600, 800, 900, 900, 1000), (280, 310, 590, 640, 1010, 850, None)), ("县域医疗中心", 26500, (200, 200, 500, 500, 800, 1200, 1200), (200, 150, 470, 610, 760, 1190, None)), ("老旧管网更新", 9300, (0, 0, 400, 700, 700, 700, 700), (0, 0, 0, 520, 730, 905, None))]
    r = 4
    for i, (n, inv, plan, done) in enumerate(rows, 1):
        put(s, [[i, n, inv, "计划", *plan, sum(plan)], [None, None, None, "完成", *done, sum(v or 0 for v in done)]], r)
        for c in "ABC":
            s.merge_cells(f"{c}{r}:{c}{r + 1}")
        r += 2
        f.add(HM, f"项目 {n}", INV, "万元", "(none)", inv)
        for k, v in enumerate(done, 1):
            if v is not None:
                f.add(HM, f"项目 {n}", "project, investment done in a single month", "万元", mon(2026, k), v)
        f.add(HM, f"项目 {n}", DONE, "万元", ytd(2026, 6), sum(v or 0 for v in done))
        f.add(HM, f"项目 {n}", "project, investment planned for January to July", "万元", ytd(2026, 7), sum(plan))
    s.cell(r, 2, "合计")
    s.cell(r, 3, "=C4+C6+C8")
    for k in range(5, 13):
        col = get_column_letter(k)
        s.cell(r, k, f"={col}5+{col}7+{col}9")
    f.total = 48
    f.must_not = ["计划 as 完成", "累计 of 完成 as of July (July is blank)", "blank July as 0", "合计 (formulas without stored values) as a project or as 0", "six projects in place of three", "months chained as cumulative levels"]
    f.must_ask = []
    save(book, f)


for make in (totals_and_sections, merged_units, several_tables, single_project, research_form, attracting_investment, monthly_dispatch):
    make()
