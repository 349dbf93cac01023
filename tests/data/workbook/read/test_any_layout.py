"""The same figures are read out of any of the usual ways to lay them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.workbook.book import Book, Cell, Sheet
from data.workbook.read.interpret import read
from data.workbook.reading import Context
from forecasting.figures.indicator import Catalogue, Measure, Names
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE

INDICATORS = {
    "gdp": ("地区生产总值", "GDP", "生产总值", "一、地区生产总值(GDP)"),
    "fixed_asset_investment": ("固定资产投资", "固定资产投资（不含农户）", "二、固定资产投资"),
    "industrial_investment": ("工业投资", "其中：工业投资", "  #工业投资"),
    "tax_revenue": ("税收收入", "各项税收", "（一）税收收入"),
    "retail_sales": ("社会消费品零售总额", "社零总额", "社 会 消 费 品 零 售 总 额"),
    "loans": ("各项贷款余额", "（一）各项贷款余额"),
}
LOANS = replace(
    CATALOGUE["gdp"], id="loans", name=Names("各项贷款余额", "Loans"),
    short=Names("贷款", "Loans"), aliases=(), measures=(Measure.LEVEL_END, Measure.GROWTH_END),
)  # fmt: skip
KNOWN = Context(
    Catalogue.of([*CATALOGUE.indicators.values(), LOANS]), AREAS, "ZONE", Month(2026, 12)
)
PLACES = {"CN-SX": "山西省", "CITY": "临汾市", "COUNTY": "侯马市"}
MONTHS = {
    3: ("{}年一季度", "{}年1-3月", "{}年1—3月", "{}Q1", "{}年第一季度"),
    6: ("{}年上半年", "{}年1-6月", "{}年1～6月"),
    8: ("{}年1-8月", "{}年1—8月份"),
    9: ("{}年前三季度", "{}年1-9月", "{}年第1-3季度"),
    12: ("{}年全年", "{}年1-12月", "{}年"),
}
GROWTH = ("增速(%)", "同比增长（%）", "增长%", "同比±%", "比上年同期增长(%)")
LEVEL = ("累计（亿元）", "绝对额(亿元)", "总量(亿元)", "完成额（亿元）")
Key = tuple[str, str, bool | str, int, int]


@dataclass(frozen=True)
class Words:
    """How one file spells things."""

    spelled: tuple[int, ...]
    growth: str
    level: str
    single: bool = False

    @property
    def span(self) -> str:
        return "当月" if self.single else "累计"

    def indicator(self, id_: str) -> str:
        names = INDICATORS[id_]
        return names[self.spelled[0] % len(names)]

    def period(self, year: int, month: int) -> str:
        forms = (f"{{}}年{month}月",) if self.single else MONTHS[month]
        return forms[self.spelled[1] % len(forms)].format(year)

    def measure(self, growth: bool) -> str:
        return self.growth if growth else self.level

    def under(self, head: str) -> str:
        """Return a head below a period, which says by itself that it runs from January."""
        return self.span + head if self.single else head

    def form(self, id_: str, growth: bool) -> str:
        span = "end" if id_ == "loans" else "month" if self.single else "ytd"
        return f"{'growth' if growth else 'level'}_{span}"


Table = dict[Key, float]
Rows = list[tuple[Cell, ...]]


def periods_across(figures: Table, words: Words, area: str) -> Rows:
    periods = list(dict.fromkeys(key[3:] for key in figures))
    series = list(dict.fromkeys(key[1:3] for key in figures))
    rows: Rows = [("指标", *(words.period(*period) for period in periods))]
    for id_, growth in series:
        label = f"{words.indicator(id_)}{words.span}{words.measure(growth)}"
        rows.append((label, *(figures.get((area, id_, growth, *period)) for period in periods)))
    return rows


def periods_down(figures: Table, words: Words, area: str) -> Rows:
    return [
        (("时间" if place == 0 else row[0]), *row[1:])
        for place, row in enumerate(zip(*periods_across(figures, words, area), strict=True))
    ]


def measures_under_periods(figures: Table, words: Words, area: str) -> Rows:
    periods = list(dict.fromkeys(key[3:] for key in figures))
    indicators = list(dict.fromkeys(key[1] for key in figures))
    heads: Rows = [
        ("指标", *(cell for period in periods for cell in (words.period(*period), None))),
        (
            None,
            *(
                cell
                for _ in periods
                for cell in (words.under(words.level), words.under(words.growth))
            ),
        ),
    ]
    return heads + [
        (words.indicator(id_), *(
            figures.get((area, id_, growth, *period))
            for period in periods for growth in (False, True)
        ))
        for id_ in indicators
    ]  # fmt: skip


def one_a_row(figures: Table, words: Words, area: str) -> Rows:
    rows: Rows = [("地区", "指标", "时间", "数值", "单位")]
    for (place, id_, growth, year, month), value in figures.items():
        label = f"{words.indicator(id_)}_{words.span}{'增速' if growth else '值'}"
        unit = "%" if growth else "亿元"
        rows.append((PLACES[place], label, words.period(year, month), value, unit))
    return rows


def areas_down(figures: Table, words: Words, area: str) -> Rows:
    columns = list(dict.fromkeys(key[1:] for key in figures))
    areas = list(dict.fromkeys(key[0] for key in figures))
    heads = [
        f"{words.period(year, month)}{words.indicator(id_)}{words.span}{words.measure(growth)}"
        for id_, growth, year, month in columns
    ]
    return [("地区", *heads)] + [
        (PLACES[place], *(figures.get((place, *column)) for column in columns)) for place in areas
    ]


ONE_AREA = (periods_across, periods_down, measures_under_periods)
ALL = (*ONE_AREA, one_a_row, areas_down)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, Rows]:
    """Draw figures by what they are of, and the rows of a sheet that holds them."""
    layout = draw(st.sampled_from(ALL))
    areas = draw(
        st.lists(st.sampled_from(sorted(PLACES)), min_size=1, unique=True, max_size=3)
        if layout not in ONE_AREA
        else st.sampled_from(sorted(PLACES)).map(lambda area: [area])
    )
    ids = draw(st.lists(st.sampled_from(sorted(INDICATORS)), min_size=1, max_size=4, unique=True))
    year = draw(st.integers(2015, 2026))
    months = draw(st.lists(st.sampled_from([6, 8, 9, 12]), min_size=1, max_size=3, unique=True))
    kinds = draw(st.sampled_from([[True], [False], [False, True]]))
    values = st.integers(-99, 999).map(lambda number: number / 10)
    figures = {
        (area, id_, growth, year, month): draw(values)
        for area in areas for month in months for id_ in ids for growth in kinds
    }  # fmt: skip
    single = draw(st.booleans())
    words = Words(
        (draw(st.integers(0, 9)), draw(st.integers(0, 9))),
        draw(st.sampled_from(GROWTH)),
        draw(st.sampled_from(LEVEL[1:] if single else LEVEL)),
        single,
    )
    if layout is areas_down:  # 其中 and numbers stand before labels, not within heads
        words = replace(words, spelled=(0, words.spelled[1]))
    figures = dict(draw(st.permutations(list(figures.items()))))
    rows = layout(figures, words, areas[0])
    width = len(rows[0])
    above: Rows = []
    if layout in ONE_AREA or draw(st.booleans()):
        title = f"{PLACES[areas[0]] if layout in ONE_AREA else ''}主要经济指标（模拟数据）"
        above.append((title,))
    if draw(st.booleans()):
        above.append((*[None] * (width - 1), "单位：亿元、%"))
    below: Rows = [("注：本表为模拟数据。",)] if draw(st.booleans()) else []
    blank = [()] if draw(st.booleans()) else []
    forms = {
        (area, id_, words.form(id_, growth), year, month): value
        for (area, id_, growth, year, month), value in figures.items()
    }
    return forms, [*blank, *above, *rows, *blank, *below]


@settings(max_examples=250, deadline=None)
@given(tables())
def test_the_same_figures_are_read_from_every_layout(drawn: tuple[Table, Rows]) -> None:
    figures, rows = drawn
    book = Book("", (Sheet("Sheet1", tuple(rows)),))

    found = read(book, KNOWN, {})

    read_as = {
        (
            entry.observation.area,
            entry.observation.indicator,
            str(entry.observation.measure),
            entry.observation.month.year,
            entry.observation.month.month,
        ): entry.observation.value
        for entry in found.figures
    }
    assert {str(entry.code) for entry in found.open} <= {"basis", "status"}
    assert read_as == figures


def values_of(*sheets: Sheet, file: str = "") -> dict[tuple[object, ...], float]:
    """Return every figure by what it is of, whatever is still asked."""
    found = read(Book(file, sheets), KNOWN, {})
    return {entry.observation.key: entry.observation.value for entry in found.figures}


@settings(max_examples=40, deadline=None)
@given(tables(), st.data())
def test_a_blank_column_changes_no_figure(drawn: tuple[Table, Rows], data: st.DataObject) -> None:
    _, rows = drawn
    at = data.draw(st.integers(0, max(map(len, rows))))
    widened = [(*row[:at], None, *row[at:]) if len(row) > at else row for row in rows]

    before, after = (values_of(Sheet("Sheet1", tuple(sheet))) for sheet in (rows, widened))

    assert after == before


@settings(max_examples=40, deadline=None)
@given(tables(), st.data())
def test_a_row_more_changes_no_figure_of_the_others(
    drawn: tuple[Table, Rows], data: st.DataObject
) -> None:
    _, rows = drawn
    body = [place for place, row in enumerate(rows)
            if any(isinstance(cell, float) for cell in row)]  # fmt: skip
    added = data.draw(st.sampled_from(body))
    fewer = [row for place, row in enumerate(rows) if place != added]

    before, after = (values_of(Sheet("Sheet1", tuple(sheet))) for sheet in (fewer, rows))

    assert before == {key: value for key, value in after.items() if key in before}
    assert len(after) >= len(before)


@settings(max_examples=30, deadline=None)
@given(st.lists(tables(), min_size=2, max_size=3))
def test_the_order_of_sheets_changes_no_figure(drawn: list[tuple[Table, Rows]]) -> None:
    sheets = [Sheet(f"表{number}", tuple(rows)) for number, (_, rows) in enumerate(drawn)]

    def read_in(order: list[Sheet]) -> set[tuple[object, ...]]:
        found = read(Book("", tuple(order)), KNOWN, {})
        kept = [entry for entry in found.figures if not any("twice" in id for id in entry.doubts)]
        return {(entry.observation.key, entry.place.sheet, entry.found) for entry in kept}

    repeats = set.symmetric_difference(read_in(sheets), read_in(sheets[::-1]))
    assert {key for key, *_ in repeats} <= held_twice(sheets)


def held_twice(sheets: list[Sheet]) -> set[object]:
    """Return the figures that several sheets hold, of which the first is kept."""
    once = [set(values_of(sheet)) for sheet in sheets]
    return {
        key for place, keys in enumerate(once) for other in once[:place] for key in keys & other
    }


def in_title(place: str, rows: Rows) -> tuple[Sheet, str]:
    return Sheet("Sheet1", ((f"{place}主要经济指标",), *rows)), ""


def in_name_of_sheet(place: str, rows: Rows) -> tuple[Sheet, str]:
    return Sheet(place, tuple(rows)), ""


def in_name_of_file(place: str, rows: Rows) -> tuple[Sheet, str]:
    return Sheet("Sheet1", tuple(rows)), f"{place}2026年9月月报.xlsx"


def in_section(place: str, rows: Rows) -> tuple[Sheet, str]:
    return Sheet("Sheet1", (rows[0], (place,), *rows[1:])), ""


def in_label(place: str, rows: Rows) -> tuple[Sheet, str]:
    named = [(f"{place}{label}", *values) for label, *values in rows[1:]]
    return Sheet("Sheet1", (rows[0], *named)), ""


def in_head(place: str, rows: Rows) -> tuple[Sheet, str]:
    head = [cell if number == 0 else f"{place}{cell}" for number, cell in enumerate(rows[0])]
    return Sheet("Sheet1", (tuple(head), *rows[1:])), ""


def in_column(place: str, rows: Rows) -> tuple[Sheet, str]:
    placed = [(place if number else "地区", *row) for number, row in enumerate(rows)]
    return Sheet("Sheet1", tuple(placed)), ""


def in_contents(place: str, rows: Rows) -> tuple[Sheet, str]:
    pages = (("表名", "页码"), (f"{place}主要经济指标", 1.0), ("工业经济效益", 2.0))
    return Sheet("目录", (("目录",), *pages)), ""


OTHERS = st.sampled_from(["忻州市", "绵阳市", "尧都区", "襄汾县", "平遥县", "江苏省"])
POSITIONS = st.sampled_from(
    [in_title, in_name_of_sheet, in_name_of_file, in_section, in_label, in_head, in_column,
     in_contents]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(OTHERS, POSITIONS), min_size=1, max_size=3),
    st.lists(st.sampled_from(["固定资产投资增速(%)", "税收收入累计(亿元)", "地区生产总值增速(%)"]),
             min_size=1, unique=True),
    st.integers(0, 3),
)  # fmt: skip
@example([("忻州市", in_contents), ("绵阳市", in_contents)], ["固定资产投资增速(%)"], 0)
def test_no_figure_of_another_place_is_of_the_area_chosen(
    named: list[tuple[str, Callable[[str, Rows], tuple[Sheet, str]]]], labels: list[str], at: int
) -> None:
    """One sheet names no place, and the others name other places: nothing is ours unasked."""
    rows: Rows = [("指标", "2026年1-6月", "2026年1-9月"), *((label, 7.1, 7.3) for label in labels)]
    sheets, files = zip(*(position(place, rows) for place, position in named), strict=True)
    placed = [*sheets[:at], Sheet("", tuple(rows)), *sheets[at:]]
    book = Book("".join(files), tuple(replace(sheet, name=f"{number}{sheet.name}")
                                      for number, sheet in enumerate(placed)))  # fmt: skip

    found = read(book, KNOWN, {})

    own = [entry for entry in found.figures if entry.observation.area == "ZONE"]
    asked = ("area:", "sheets")  # which area a place is, or which the sheets are of
    assert all(any(id_.startswith(asked) for id_ in entry.doubts) for entry in own)
