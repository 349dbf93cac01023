"""Family h: old and other formats. All figures are invented.

Needs xlwt and msoffcrypto-tool: run with /tmp/corpus16/venv/bin/python. The .xlsb is written record by record, the
.ods as its two XML files; the .et is a BIFF8 book under that name, as old WPS wrote it.
"""

import datetime as dt
import io
import random
import struct
import zipfile
from types import SimpleNamespace
from xml.sax.saxutils import escape

import xlwt
from kit import (
    G_MON,
    G_YTD,
    HM,
    HMZ,
    L_MON,
    L_YTD,
    LF,
    NONE,
    STAMP,
    STOCK,
    Facts,
    book_bytes,
    end,
    mon,
    new,
    put,
    save,
    ytd,
)
from msoffcrypto.format import ooxml
from msoffcrypto.method import ecma376_agile
from msoffcrypto.method.container import ecma376_encrypted


def old_book():
    return xlwt.Workbook(encoding="utf-8")


def xls(sheet, rows, row=0):
    for r, cells in enumerate(rows):
        for c, v in enumerate(cells):
            if v is not None:
                sheet.write(row + r, c, v)
    return row + len(rows)


def xls_bytes(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def yearly_xls():
    f = Facts("h_formats/201912月报.xls", "CN-SX-LF", "Excel 97 with merged heads and three sheets of one month; the second sheet lags a month; an empty Sheet3.")
    book = old_book()
    s = book.add_sheet("综合")
    s.write_merge(0, 0, 0, 4, "临汾市主要经济指标（2019年1-12月）")
    s.write_merge(1, 2, 0, 0, "指标")
    s.write_merge(1, 2, 1, 1, "单位")
    s.write_merge(1, 1, 2, 3, "1-12月累计")
    s.write(2, 2, "完成")
    s.write(2, 3, "比上年同期±%")
    rows = [("地区生产总值", "亿元", 1452.6, 4.1, "(gdp)"), ("规模以上工业增加值", "%", None, 2.9, "(industrial_value_added)"), ("固定资产投资", "%", None, 8.8, "(fixed_asset_investment)"), ("社会消费品零售总额", "亿元", 701.4, 7.6, "(retail_sales)"), ("一般公共预算收入", "亿元", 130.02, 0.9, "(general_public_budget_revenue)")]
    xls(s, [r[:4] for r in rows], 3)
    for n, u, a, b, i in rows:
        if a is not None:
            f.add(LF, f"{n} {i}", L_YTD, u, ytd(2019, 12), a)
        f.add(LF, f"{n} {i}", G_YTD, "%", ytd(2019, 12), b)
    s = book.add_sheet("外贸")
    xls(s, [["海关进出口"], ["2019年1-11月", None, "单位：万元"], ["指标", "累计", "同比±%"], ["进出口总额", 80331, -22.7], ["其中：出口", 30122, 5.4]])
    f.add(LF, "进出口总额 (trade_total)", L_YTD, "万元", ytd(2019, 11), 80331)
    f.add(LF, "进出口总额 (trade_total)", G_YTD, "%", ytd(2019, 11), -22.7)
    f.add(LF, "其中：出口 (exports)", L_YTD, "万元", ytd(2019, 11), 30122)
    f.add(LF, "其中：出口 (exports)", G_YTD, "%", ytd(2019, 11), 5.4)
    book.add_sheet("Sheet3")
    f.must_not = ["外贸 (1-11月) as December"]
    f.must_ask = []
    f.path.write_bytes(xls_bytes(book))
    f.write()


class Linked(xlwt.Workbook):
    """A book that carries a link to another one which no formula refers to."""

    def _Workbook__all_links_rec(self):  # noqa: N802
        name = "\x01上年台账.xls"
        sheet = "Sheet1"
        sup = struct.pack("<HHB", 1, len(name), 1) + name.encode("utf-16le")
        sup += struct.pack("<HB", len(sheet), 0) + sheet.encode()
        ext = struct.pack("<HHHH", 1, 0, 0, 0)
        return struct.pack("<HH", 0x01AE, len(sup)) + sup + struct.pack("<HH", 0x0017, len(ext)) + ext


def linked_xls():
    f = Facts("h_formats/县区投资（含链接）.xls", "CN-SX-LF-HM", "Excel 97 with a link record to another book (上年台账.xls) that no formula uses: read, not refused.")
    book = Linked(encoding="utf-8")
    s = book.add_sheet("投资")
    data = [(4, 3.34, 9.0, 5.5), (5, 5.02, 8.1, 7.7), (6, 8.87, 8.8, 10.2), (7, 10.4, 8.3, 9.9)]
    xls(s, [["侯马市固定资产投资（2026年）"], ["月份", "固定资产投资（亿元）", "同比增长%", "其中：工业投资增长%"], *[[f"1-{m}月", a, b, c] for m, a, b, c in data]])
    for m, a, b, c in data:
        f.add(HM, "固定资产投资 (fixed_asset_investment)", L_YTD, "亿元", ytd(2026, m), a)
        f.add(HM, "固定资产投资 (fixed_asset_investment)", G_YTD, "%", ytd(2026, m), b)
        f.add(HM, "其中：工业投资 (industrial_investment)", G_YTD, "%", ytd(2026, m), c)
    f.must_not = ["the file refused because of the unused link", "上年台账 as an indicator or a sheet"]
    f.must_ask = []
    f.path.write_bytes(xls_bytes(book))
    f.write()


def dates_1904():
    f = Facts("h_formats/用电量（Mac）.xls", "CN-SX-LF", "Excel 97 whose dates count from 1904; month ends as dates down the side; single months.")
    book = old_book()
    book.dates_1904 = True
    s = book.add_sheet("用电")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    xls(s, [["临汾市分月用电量"], ["日期", "当月全社会用电量（万千瓦时）", "当月工业用电量（万千瓦时）", "当月工业用电量同比（%）"]])
    base = dt.datetime(1904, 1, 1)
    data = [(dt.datetime(2018, 9, 30), 150221, 104410, 3.3), (dt.datetime(2018, 10, 31), 148890, 103902, 2.9), (dt.datetime(2018, 11, 30), 155013, 109877, 4.0), (dt.datetime(2018, 12, 31), 169204, 118003, 5.1)]
    for i, (d, a, b, c) in enumerate(data, 2):
        s.write(i, 0, (d - base).days, day)
        for k, v in enumerate((a, b, c), 1):
            s.write(i, k, v)
        f.add(LF, "全社会用电量 (electricity)", L_MON, "万千瓦时", mon(2018, d.month), a)
        f.add(LF, "工业用电量 (industrial_electricity)", L_MON, "万千瓦时", mon(2018, d.month), b)
        f.add(LF, "工业用电量 (industrial_electricity)", G_MON, "%", mon(2018, d.month), c)
    f.must_not = ["months of 2014 (four years and a day early, when 1904 is overlooked)", "single months as level since January"]
    f.must_ask = []
    f.path.write_bytes(xls_bytes(book))
    f.write()


def et_book():
    f = Facts("h_formats/乡镇办事处财政收入.et", "CN-SX-LF-HM", "WPS book (.et, BIFF8): townships of a county-level city, none of which any store has; a total row.")
    book = old_book()
    s = book.add_sheet("Sheet1")
    rows = [("新田乡", 1203, 8.8), ("凤城乡", 988, -3.1), ("高村乡", 702, 4.0), ("路东街道办事处", 2410, 1.9), ("合计", 5303, 2.6)]
    xls(s, [["侯马市各乡（街道）一般公共预算收入完成情况"], ["2026年1-6月", None, "单位：万元"], ["乡（街道）", "累计完成", "同比增长%"], *rows])
    for n, a, b in rows:
        p = HM + "? (合计 of the four listed)" if n == "合计" else n
        f.add(p, "一般公共预算收入 (general_public_budget_revenue)", L_YTD, "万元", ytd(2026, 6), a)
        f.add(p, "一般公共预算收入 (general_public_budget_revenue)", G_YTD, "%", ytd(2026, 6), b)
    f.must_not = ["a township under 侯马市", "合计 as the city's whole revenue without asking (the city's own level is not in it)"]
    f.must_ask = ["whether 合计 is 侯马市", "the townships: added or left out"]
    f.path.write_bytes(xls_bytes(book))
    f.write()


def xlsx_named_xls():
    f = Facts("h_formats/全市主要指标（改后缀）.xls", "CN-SX-LF", "An .xlsx that someone renamed .xls.")
    book, s = new("Sheet1")
    put(s, [["临汾市2026年1-2月主要指标"], ["指标", "单位", "1-2月", "增速%"], ["规模以上工业增加值", "%", None, 5.3], ["社会消费品零售总额", "亿元", 132.05, 3.7], ["税收收入", "亿元", 20.1, -1.9], ["工业用电量", "万千瓦时", 231077, 2.2]])
    for n, u, a, b in (("规模以上工业增加值 (industrial_value_added)", "", None, 5.3), ("社会消费品零售总额 (retail_sales)", "亿元", 132.05, 3.7), ("税收收入 (tax_revenue)", "亿元", 20.1, -1.9), ("工业用电量 (industrial_electricity)", "万千瓦时", 231077, 2.2)):
        if a is not None:
            f.add(LF, n, L_YTD, u, ytd(2026, 2), a)
        f.add(LF, n, G_YTD, "%", ytd(2026, 2), b)
    f.must_not = ["the file refused as damaged because its name and content differ"]
    save(book, f)


def encrypted():
    f = Facts("h_formats/经济运行快报（加密）.xlsx", "CN-SX-LF-HMZ", "Encrypted .xlsx (agile): the password is asked for and used; a wrong one is said to be wrong.", password="hm2026")
    book, s = new("快报")
    put(s, [["侯马经济开发区2026年10月经济运行快报（内部）"], ["指标", "单位", "10月", "1-10月", "同比%"], ["规上工业总产值", "亿元", 9.91, 96.4, 7.8], ["固定资产投资", "亿元", 1.88, 17.9, 10.1], ["税收收入", "亿元", 0.51, 5.12, 1.7], ["进出口总额", "亿元", 0.93, 8.44, 27.3]])
    for n, a, b, c in (("规上工业总产值 (industrial_output)", 9.91, 96.4, 7.8), ("固定资产投资 (fixed_asset_investment)", 1.88, 17.9, 10.1), ("税收收入 (tax_revenue)", 0.51, 5.12, 1.7), ("进出口总额 (trade_total)", 0.93, 8.44, 27.3)):
        f.add(HMZ, n, L_MON, "亿元", mon(2026, 10), a)
        f.add(HMZ, n, L_YTD, "亿元", ytd(2026, 10), b)
        f.add(HMZ, n, "growth, since January or of October: the head 同比% stands last, after 1-10月", "%", ytd(2026, 10), c)
    f.must_not = ["figures as published (快报, 内部)", "the file refused as damaged instead of asking for its password", "the password kept or shown"]
    f.must_ask = ["the password", "whether 同比% is of January to October (most probable: next to it) or of October"]
    rnd = random.Random(1608)
    ecma376_encrypted.datetime2filetime = lambda now, real=ecma376_encrypted.datetime2filetime: real(dt.datetime(*STAMP))
    ecma376_agile.secrets = SimpleNamespace(token_bytes=rnd.randbytes)  # the same salts each time
    plain, out = io.BytesIO(book_bytes(book)), io.BytesIO()
    ooxml.OOXMLFile(plain).encrypt("hm2026", out)
    f.path.write_bytes(out.getvalue())
    f.write()


def unicode_text():
    f = Facts("h_formats/Unicode文本导出.txt", "SAMPLE", "UTF-16 with tabs and quotes as Excel's Unicode text; thousands separators; trailing tabs; long dashes for nothing.")
    rows = [("指标", "单位", "2026年一季度", "2026年上半年", "2026年前三季度"), ("地区生产总值", "亿元", "30.11", "64.9", "99.72"), ("社会消费品零售总额", "万元", '"120,331"', '"248,077"', '"377,902"'), ("外贸进出口总额", "万元", "——", '"31,204"', '"49,880"'), ("公路货运量", "万吨", "402.5", "871.1", '"1,330.7"'), ("银行存款余额", "亿元", "233.8", "239.02", "241.6")]
    text = "开发区主要指标（累计）\t\t\t\t\r\n" + "".join("\t".join(r) + "\t\r\n" for r in rows)
    f.path.write_bytes(b"\xff\xfe" + text.encode("utf-16le"))
    for n, w, r in (("地区生产总值 (gdp)", L_YTD, rows[1]), ("社会消费品零售总额 (retail_sales)", L_YTD, rows[2]), ("外贸进出口总额 (trade_total)", L_YTD, rows[3]), ("公路货运量", L_YTD, rows[4]), ("银行存款余额", STOCK, rows[5])):
        for m, v in zip((3, 6, 9), r[2:], strict=False):
            v = v.strip('"').replace(",", "")
            if v != "——":
                f.add(NONE, n, w, r[1], end(2026, m) if w == STOCK else ytd(2026, m), v)
    f.must_not = ["银行存款余额 as a flow although the title says 累计", "—— as 0", "一季度 of the title's 累计 as single quarters for 上半年 or 前三季度"]
    f.must_ask = ["which 开发区 (the title names none)", "whether 公路货运量 is freight_volume"]
    f.write()


def ods():
    f = Facts("h_formats/各县主要指标.ods", "CN-SX-LF", "OpenDocument: merged and covered cells, repeated columns and a million repeated rows, percentages stored as fractions.")
    def c(v=None, kind="", span="", repeat=1):
        rep = f' table:number-columns-repeated="{repeat}"' if repeat > 1 else ""
        if v is None:
            return f"<table:{kind or 'table'}-cell{rep}/>".replace("table:covered-cell", "table:covered-table-cell").replace("table:table-cell", "table:table-cell")
        if isinstance(v, str):
            return f'<table:table-cell office:value-type="string"{span}{rep}><text:p>{escape(v)}</text:p></table:table-cell>'
        if kind == "percentage":
            return f'<table:table-cell office:value-type="percentage" office:value="{v}"{rep}><text:p>{v * 100:.1f}%</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{v}"{rep}><text:p>{v}</text:p></table:table-cell>'

    def span(cols=1, rows=1):
        return f' table:number-columns-spanned="{cols}" table:number-rows-spanned="{rows}"'

    data = [("全市", 431.7, 0.04, 80.2, -0.012), ("尧都区", 130.5, 0.021, 13.1, 0.033), ("侯马市", 39.9, 0.052, 5.0, 0.061), ("襄汾县", 33.1, 0.038, 5.0, -0.074), ("乡宁县", 28.8, 0.044, 12.7, -0.115)]
    rows = [
        c("2026年上半年各县（市、区）主要指标", span=span(5)) + c(kind="covered", repeat=4),
        c(repeat=4) + c("单位：亿元"),
        c("县（市、区）", span=span(1, 2)) + c("社会消费品零售总额", span=span(2)) + c(kind="covered") + c("一般公共预算收入", span=span(2)) + c(kind="covered"),
        c(kind="covered") + c("1-6月") + c("增速") + c("1-6月") + c("增速"),
        *[c(n) + c(a) + c(b, "percentage") + c(d) + c(e, "percentage") for n, a, b, d, e in data],
    ]
    body = "".join(f"<table:table-row>{r}<table:table-cell table:number-columns-repeated=\"16379\"/></table:table-row>" for r in rows)
    body += '<table:table-row table:number-rows-repeated="1048567"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    ns = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in (("office", "office"), ("table", "table"), ("text", "text")))
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ns} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="上半年"><table:table-column table:number-columns-repeated="16384"/>{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    manifest = '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    with zipfile.ZipFile(f.path, "w") as z:
        for name, text in (("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(info, text)
    for n, a, b, d, e in data:
        p = {"全市": LF, "侯马市": HM}.get(n, n)
        for lab, lv, g in (("社会消费品零售总额 (retail_sales)", a, b), ("一般公共预算收入 (general_public_budget_revenue)", d, e)):
            f.add(p, lab, L_YTD, "亿元", ytd(2026, 6), lv)
            f.add(p, lab, G_YTD, "%", ytd(2026, 6), round(g * 100, 1))
    f.must_not = ["0.04 as growth of 0.04 % (the cell shows 4.0%)", "counties under 临汾市", "a million rows read one by one"]
    f.must_ask = ["whether the counties the store lacks are added"]
    f.write()


def xlsb():
    f = Facts("h_formats/工业产销总值.xlsb", "CN-SX-LF", "Binary workbook: two sheets, shared strings, merged title.")

    def rec(kind, body=b""):
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, n = b"", len(body)
        while True:
            n, low = n >> 7, n & 0x7F
            size += bytes([low | (0x80 if n else 0)])
            if not n:
                return head + size + body

    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16le")

    strings = []

    def sheet(rows, merge):
        width = max(map(len, rows))
        out = rec(129) + rec(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + rec(145)
        for r, cells in enumerate(rows):
            out += rec(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 1) + struct.pack("<II", 0, width - 1))
            for k, v in enumerate(cells):
                if v is None:
                    continue
                place = struct.pack("<II", k, 0)
                if isinstance(v, str):
                    if v not in strings:
                        strings.append(v)
                    out += rec(7, place + struct.pack("<I", strings.index(v)))
                else:
                    out += rec(5, place + struct.pack("<d", v))
        out += rec(146) + rec(177, struct.pack("<I", 1)) + rec(176, struct.pack("<IIII", *merge)) + rec(178) + rec(130)
        return out

    one = [["规模以上工业总产值（2026年1-5月）"], ["单位：亿元"], ["指标", "5月", "1-5月", "1-5月增速%"], ["规模以上工业总产值", 201.7, 954.3, 1.8], ["  #煤炭", 61.2, 288.4, -4.4], ["  #装备制造", 22.9, 101.1, 12.7], ["  #医药", 2.04, 9.87, 6.0]]
    two = [["产品产销率（2026年5月）"], [None], ["指标", "产销率%", "比上年同期±百分点"], ["规模以上工业", 97.4, 0.6], ["  #轻工业", 95.1, -1.2]]
    sheets = [sheet(one, (0, 0, 0, 3)), sheet(two, (0, 0, 0, 2))]
    names = ["总产值", "产销率"]
    book = rec(131) + rec(153, struct.pack("<III", 0x10020, 0, 0)) + rec(143)
    for i, n in enumerate(names, 1):
        book += rec(156, struct.pack("<II", 0, i) + wide(f"rId{i}") + wide(n))
    book += rec(144) + rec(132)
    sst = rec(159, struct.pack("<II", len(strings), len(strings))) + b"".join(rec(19, b"\0" + wide(t)) for t in strings) + rec(160)
    xf = struct.pack("<HHHHHBBHBB", 0, 0, 0, 0, 0, 0, 0, 0x0008, 0, 0)[:16]
    font = struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 134, 0) + struct.pack("<BBhBBBB", 7, 1, 0, 0, 0, 0, 255) + b"\0" + wide("宋体")
    fill = struct.pack("<I", 0) + bytes([3, 64, 0, 0, 0, 0, 0, 255]) + bytes([3, 65, 0, 0, 255, 255, 255, 255]) + struct.pack("<I5dI", 0, 0, 0, 0, 0, 0, 0)
    border = b"\0" + (b"\0\0" + bytes([1, 0, 0, 0, 0, 0, 0, 0])) * 5
    style = rec(278) + rec(611, struct.pack("<I", 1)) + rec(43, font) + rec(612) + rec(603, struct.pack("<I", 1)) + rec(45, fill) + rec(604) + rec(613, struct.pack("<I", 1)) + rec(46, border) + rec(614)
    style += rec(626, struct.pack("<I", 1)) + rec(47, b"\xff\xff" + xf[2:]) + rec(627) + rec(617, struct.pack("<I", 1)) + rec(47, xf) + rec(618) + rec(279)
    kind = "application/vnd.ms-excel."
    types = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += "".join(f'<Override PartName="/xl/worksheets/sheet{i}.bin" ContentType="{kind}worksheet"/>' for i in (1, 2))
    types += f'<Override PartName="/xl/styles.bin" ContentType="{kind}styles"/><Override PartName="/xl/sharedStrings.bin" ContentType="{kind}sharedStrings"/></Types>'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    links = head + "".join(f'<Relationship Id="rId{i}" Type="{rel}/{t}" Target="{p}"/>' for i, (t, p) in enumerate([("worksheet", "worksheets/sheet1.bin"), ("worksheet", "worksheets/sheet2.bin"), ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")], 1)) + "</Relationships>"
    parts = {"[Content_Types].xml": types, "_rels/.rels": head + f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.bin"/></Relationships>', "xl/workbook.bin": book, "xl/_rels/workbook.bin.rels": links, "xl/worksheets/sheet1.bin": sheets[0], "xl/worksheets/sheet2.bin": sheets[1], "xl/styles.bin": style, "xl/sharedStrings.bin": sst}
    with zipfile.ZipFile(f.path, "w") as z:
        for name, body in parts.items():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, body)
    where = NONE
    for n, a, b, c in ((r[0].strip(), *r[1:]) for r in one[3:]):
        n = n + (" (industrial_output)" if n == "规模以上工业总产值" else " (规模以上工业总产值)")
        f.add(where, n, L_MON, "亿元", mon(2026, 5), a)
        f.add(where, n, L_YTD, "亿元", ytd(2026, 5), b)
        f.add(where, n, G_YTD, "%", ytd(2026, 5), c)
    for n, a, b in ((r[0].strip(), *r[1:]) for r in two[3:]):
        f.add(where, f"{n} 产销率", "ratio, of May or since January: not said", "%", mon(2026, 5), a)
        f.add(where, f"{n} 产销率", "difference of a ratio on a year before", "百分点", mon(2026, 5), b)
    f.must_not = ["产销率 97.4 as growth or as industrial_output", "±百分点 as growth", "#煤炭 as industrial_output"]
    f.must_ask = ["whether 产销率 is of May or since January"]
    f.write()


for make in (yearly_xls, linked_xls, dates_1904, et_book, xlsx_named_xls, encrypted, unicode_text, ods, xlsb):
    make()
