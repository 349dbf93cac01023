"""What the make_*.py programs share: saving byte for byte alike, and the facts beside a file."""

import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

ROOT = Path(__file__).parent
STAMP = (2026, 1, 1, 0, 0, 0)

# Ids seen in the expectations of the existing corpus and in seeds/plan.toml.
IDS = {"gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "tax_revenue", "industrial_investment", "general_public_budget_revenue", "trade_total", "exports", "exports_usd", "industrial_operating_revenue", "rural_resident_income", "urban_resident_income", "resident_income", "electricity", "industrial_electricity", "technical_transformation_investment", "industrial_output", "foreign_capital", "private_investment", "freight_volume", "freight_trains", "energy_intensity", "equipment_output", "pharmaceutical_output", "bonded_trade"}

CN = "全国 (CN)"
SX = "山西省 (CN-SX)"
LF = "临汾市 (CN-SX-LF)"
HM = "侯马市 (CN-SX-LF-HM)"
HMZ = "侯马经济开发区 (CN-SX-LF-HMZ)"
NONE = "(no place in the file)"

# What a figure is.
G_YTD = "growth since January"
G_MON = "growth of a single month"
G_QTR = "growth of a single quarter"
G_YEAR = "growth of the whole year"
L_YTD = "level since January"
L_MON = "level of a single month"
L_QTR = "level of a single quarter"
L_YEAR = "level of the whole year"
STOCK = "stock at end"
G_STOCK = "growth of the stock at end, on a year before"
RATIO = "ratio"
PRICE = "price"


def ytd(year, month):
    return f"{year}-01..{year}-{month:02d}"


def mon(year, month):
    return f"{year}-{month:02d}"


def end(year, month):
    return f"{year}-{month:02d} end"


class Facts:
    """The facts of one file, as a person reads them."""

    def __init__(self, path, area, about, **more):
        self.path, self.area, self.about, self.more = ROOT / path, area, about, more
        self.lines, self.must_not, self.must_ask, self.total = [], [], [], None
        self.path.parent.mkdir(parents=True, exist_ok=True)

    def add(self, place, indicator, what, unit, period, value):
        for name in re.findall(r"\(([a-z]+(?:_[a-z]+)*)\)", indicator):
            assert name in IDS, name
        if isinstance(value, float):
            value = repr(round(value, 6) + 0.0)
            value = value[:-2] if value.endswith(".0") else value
        parts = [str(p).strip() for p in (place, indicator, what, unit, period, value)]
        assert all(p and "|" not in p and "\n" not in p for p in parts), parts
        line = " | ".join(parts)
        assert line not in self.lines, line
        self.lines.append(line)

    def write(self):
        total = self.total or len(self.lines)
        assert total == len(self.lines) if total <= 40 else len(self.lines) >= 20, (self.path, total, len(self.lines))

        def text(value):
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

        out = [f"# {self.about}", f'area = "{self.area}"']
        out += [f"{key} = {text(value)}" for key, value in self.more.items()]
        out += [f"facts_in_file = {total}", "facts = '''", *self.lines, "'''"]
        for key in ("must_not", "must_ask"):
            values = getattr(self, key)
            out += ["", f"{key} = ["] + [f"    {text(v)}," for v in values] + ["]"]
        Path(f"{self.path}.facts.toml").write_text("\n".join(out) + "\n", encoding="utf-8")


def rezip(data, change=lambda name, body: body):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            info = zipfile.ZipInfo(item.filename, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, change(item.filename, old.read(item)))
    return out.getvalue()


def book_bytes(book):
    book.properties.creator = "模拟"
    book.properties.description = "模拟数据: every figure is invented"
    raw = io.BytesIO()
    book.save(raw)

    def change(name, body):
        if name == "docProps/core.xml":
            body = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", body)
        return body

    return rezip(raw.getvalue(), change)


def save(book, facts):
    facts.path.write_bytes(book_bytes(book))
    facts.write()


def new(title="Sheet1"):
    book = Workbook()
    book.active.title = title
    return book, book.active


THIN = Border(*[Side(style="thin")] * 4)


def title(sheet, text, width, row=1):
    sheet.cell(row, 1, text).font = Font(name="宋体", bold=True, size=16)
    sheet.cell(row, 1).alignment = Alignment(horizontal="center")
    if width > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def put(sheet, rows, row=1, col=1, grid=False):
    """Rows of cells, None for an empty one; the number of the row after the last."""
    for r, cells in enumerate(rows):
        for c, value in enumerate(cells):
            if value is not None:
                sheet.cell(row + r, col + c, value)
            if grid:
                sheet.cell(row + r, col + c).border = THIN
    return row + len(rows)


def spread(rows):
    """Cells that are equal to the first of their row are no merge; for csv only."""
    return "\r\n".join(",".join(cell(c) for c in row) for row in rows) + "\r\n"


def cell(value):
    value = "" if value is None else str(value)
    return '"' + value.replace('"', '""') + '"' if re.search(r'[",\n]', value) else value
