"""What heads, labels and figures leave open, and from which other texts they take it.

Each rule is a function and says one thing. Rules of columns and of rows look at what stands above
every column, or beside every row, in their order in the sheet; rules of figures look at one figure
and at what is around its table. They are applied in the order of the tuples below, each to what
those before it made of the labels. A new rule is written here and put into its tuple; the test of
each rule switches it off and finds a file of the corpus that is read differently then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

from data.workbook.book import Cell
from data.workbook.read.dated_labels import (
    DatedLabel,
    TextReader,
    is_place,
    is_total,
    of_a_kind,
    without_name,
)
from data.workbook.read.titles import Lines
from data.workbook.tables.columns import Columns
from data.workbook.tables.find_tables import Table
from data.workbook.tables.grid import CellKind, Grid
from data.workbook.words.heads import Head
from data.workbook.words.labels import NOTHING, Label, is_part, joined
from data.workbook.words.normalise import compact, plain
from data.workbook.words.numbers import Number, parse_number
from data.workbook.words.periods import LATEST, Period, Reach, find_year, is_day, parse_year
from data.workbook.words.places import Places
from data.workbook.words.units import currency_of
from forecasting.figures.indicator import Status

Labels = Sequence[DatedLabel]
_LOOKED_AT = 50
_MOST_RANKS = 400
_SUMS = {"合计", "总计", "累计"}
_DONE_LAST_YEAR = re.compile(r"[上去]年(?:实际完成|完成|实际|实绩)[数值额]?(?:\(|$)")
_WHOLE_LAST_YEAR = re.compile(r"[上去]年(?:实绩|总[量额值]|总计)[数值]?(?:\(|$)")
_SAME_MONTHS = 1.0
"""Points by which growth may differ from that of two levels of the same months."""
_CHANGED = re.compile(r"(?:同比|[比较与][上去]年(?:同期)?)?(?:增减|升降|变动|变化|(增长))$")
_FILLED_DOWN = (Head.AREA, Head.YEAR, Head.PERIOD, Head.LABEL, Head.INDICATOR, Head.QUARTER)


@dataclass(slots=True)
class Surroundings:
    """What rules look at besides labels.

    Attributes
    ----------
    rows
        Rows with labels, sections among them.
    lines
        What titles, notes and names say of the whole table.
    areas
        Areas that rows and columns name.
    named_left
        For every column the indicator and the currency that it or the nearest to its left names;
        yuan only beside dollars.
    unnamed
        Whether figures without any name are taken for one indicator.
    """

    grid: Grid
    table: Table
    columns: Columns
    texts: TextReader
    places: Places
    lines: Lines
    rows: list[int] = field(default_factory=list)
    areas: Collection[str] = ()
    named_left: Sequence[Label] = ()
    unnamed: bool = False
    _shared: dict[Label, Label] = field(default_factory=lambda: {NOTHING: NOTHING})

    def shared(self, label: Label) -> Label:
        """Return the one label that all equal ones share, so that equal ones are one object."""
        return self._shared.setdefault(label, label)

    def with_sections(self, labels: Labels) -> Iterator[tuple[int, DatedLabel, bool]]:
        """Yield every row with its label, and whether it is a section."""
        sections = set(self.table.sections)
        for row, dated in zip(self.rows, labels, strict=True):
            yield row, dated, row in sections


@dataclass(slots=True)
class FigureContext:
    """Where in a table a figure stands: below which section, in which column."""

    around: Surroundings
    section: Label
    column: int


# Cells of label columns


def merged_label_repeated(cells: list[Cell], above: list[Cell], row: int, at: Surroundings) -> None:
    """Repeat the text of merged cells in each of their rows."""
    if row not in at.grid.merged_rows:
        return
    for place, (column, _) in enumerate(at.columns.labels):
        if cells[place] is None and (anchor := at.grid.anchor(row, column)) != (row, column):
            cells[place] = at.grid.cell(*anchor)


def label_filled_down(cells: list[Cell], above: list[Cell], row: int, at: Surroundings) -> None:
    """Take a label from the row above where it is blank and one to its right is not."""
    labels = at.columns.labels
    for place, (column, head) in enumerate(labels):
        if cells[place] is not None or above[place] is None or head not in _FILLED_DOWN:
            continue
        if row in at.grid.merged_rows and at.grid.anchor(row, column) != (row, column):
            continue
        following = zip(cells[place + 1 :], labels[place + 1 :], strict=True)
        if any(
            cell is not None and other not in (Head.UNIT, Head.PUBLISHER)
            for cell, (_, other) in following
        ):
            cells[place] = above[place]


def label_from_margin(cells: list[Cell], above: list[Cell], row: int, at: Surroundings) -> None:
    """Take a text to the left of the label columns for the label of a row that has none."""
    if cells and not any(cells):
        margin = at.grid.filled(row, at.table.left, at.columns.labels[0][0])
        texts = [column for column in margin if at.grid.kind(row, column) is CellKind.TEXT]
        cells[0] = at.grid.cell(row, texts[0]) if texts else None


# Heads of columns, left to right


def year_from_corner(heads: Labels, at: Surroundings) -> Labels:
    """Give the first period the year that stands above the labels: 2023年 beside 一季度, 上半年."""
    if at.lines.any_year is not None:
        return heads
    corners = (
        at.texts.read(at.grid.cell(row, column)).any_year
        for row in at.table.heads
        for column, _ in at.columns.labels
    )
    return _first_of(heads, next(filter(None, corners), None))


def year_from_plan(heads: Labels, at: Surroundings) -> Labels:
    """Give the first period the year of a plan: beside 2026年目标 the period 1-6月 is of 2026."""
    if at.lines.any_year is not None:
        return heads
    return _first_of(heads, next((one.year for one in heads if one.year and one.label.left_out), 0))


def years_carried_right(heads: Labels, at: Surroundings) -> Labels:
    """Give periods without a year that of the column before, unless a title says the year."""
    return heads if at.lines.any_year is not None else _with_years(heads)


def form_from_left(heads: Labels, at: Surroundings) -> Labels:
    """Take the form of the column before where a head names an area alone: 全省 beside 增速."""
    form, inherited = NOTHING, []
    for head in heads:
        label = head.label
        if label.left_out:
            pass
        elif (label.area or label.place) and label == Label(area=label.area, place=label.place):
            head = head._replace(label=joined(label, form))
        else:
            form = Label(head=label.head, growth=label.growth, units=label.units)
        inherited.append(head)
    return inherited


def kind_from_left(heads: Labels, at: Surroundings) -> Labels:
    """Take 进出口额 beside 实际利用外资 for another indicator, which has this name."""
    last, inherited = NOTHING, []
    for column, head in zip(at.columns.figures, heads, strict=True):
        own = "" if head.label.named else of_a_kind(column.heads)
        if own and last.ids and own.removesuffix("额") not in at.texts.name_of(last.ids[0]):
            head = head._replace(label=replace(head.label, name=own))
        last = head.label if head.label.named else last
        inherited.append(head)
    return inherited


def reach_from_left(heads: Labels, at: Surroundings) -> Labels:
    """Take 累计, 当月 from the columns before, up to the next period or named indicator.

    A head that stands above several columns names the indicator of all of them; one that names
    an indicator beside another takes no form from it.
    """
    reach: Reach | None = None
    above: Label = NOTHING
    inherited = []
    for column, head in zip(at.columns.figures, heads, strict=True):
        undated = head.period is None and head.year is None
        named = _indicator_in(head.label)
        if not head.label.left_out:
            own = bool(column.heads) and _indicator_in(at.texts.read(column.heads[-1]).label).named
            goes_on = undated and not own and (not named.named or named == above)
            reach = head.label.reach or (reach if goes_on else None)
            above = named if named.named else above
        if undated and reach is not head.label.reach:
            head = head._replace(label=replace(head.label, reach=reach))
        inherited.append(head)
    return inherited


def _indicator_in(label: Label) -> Label:
    """Return the indicator that a head names; an unknown 全市 or 洪洞县 is a place."""
    return Label(ids=label.ids, name="" if is_place(label.name) else label.name)


def same_months_as_left(heads: Labels, at: Surroundings) -> Labels:
    """Give 2025年同期 the months of the columns before: beside 2026年1-9月 it is 2025年1-9月."""
    inherited = []
    for head, last in zip(heads, _latest_before(heads), strict=True):
        if head.label.last_year and head.year is not None and last.period is not None:
            label = replace(head.label, last_year=False, head=Head.LEVEL)
            period = Period(head.year, last.period.month, last.period.reach)
            head = DatedLabel(label, period, head.year)
        inherited.append(head)
    return inherited


def months_of_year(heads: Labels, at: Surroundings) -> Labels:
    """Give 2025年 beside 2026年 the months of the title; 2025年实绩 beside them is the whole year.

    Only a column of the title's year under the same words tells that its months go for both.
    """
    year, period = at.lines.any_year, at.lines.period
    if year is None or period is None:
        return heads
    columns = list(zip(at.columns.figures, heads, strict=True))
    words = {
        _without_year(column.heads)
        for column, head in columns
        if head.period is None and head.year == year
    }
    inherited = []
    for column, head in columns:
        if head.period is None and head.year not in (None, year) and not head.label.last_year:
            same = _without_year(column.heads) in words
            months = (period.month, period.reach) if same else (12, Reach.YTD)
            head = head._replace(period=Period(head.year, *months))
        inherited.append(head)
    return inherited


def _without_year(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return the texts of a head but for its year."""
    texts = [cell for cell in cells if isinstance(cell, str) and parse_year(cell) is None]
    dated = [find_year(text) for text in texts]
    return tuple(
        compact(found[1] if found else text) for text, found in zip(texts, dated, strict=True)
    )


def total_right_of_months(heads: Labels, at: Surroundings) -> Labels:
    """Take 合计 right of 1-2月, 3月, 4月 for January to the last month that every row has.

    Where rows end in different months nothing says how far it goes, and it is left out.
    """
    months: list[tuple[int, Period]] = []
    inherited = []
    for column, head in zip(at.columns.figures, heads, strict=True):
        if head.period is not None:
            if months and months[-1][1].year != head.period.year:
                months = []
            months.append((column.column, head.period))
        elif head.year is None and _single_from_january(months) and _is_sum_head(column.heads):
            ends = {
                max((one.month for other, one in months if _filled(row, other, at)), default=0)
                for row in at.table.body
                if _filled(row, column.column, at)
            }
            head = _summed(head, months[0][1].year, ends, at)
        inherited.append(head)
    return inherited


def _is_sum_head(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell, str) and compact(cell) in _SUMS - {"累计"} for cell in cells)


def _summed(dated: DatedLabel, year: int | None, ends: set[int], at: Surroundings) -> DatedLabel:
    """Return the label of a sum of months that end where all do, else one that is left out."""
    if len(ends) == 1 and (end := next(iter(ends))):
        return dated._replace(period=Period(year, end, Reach.YTD))
    unknown = replace(dated.label, name="", head=Head.UNKNOWN, unknown="合计")
    return dated._replace(label=at.shared(unknown))


def last_year_beside_target(heads: Labels, at: Surroundings) -> Labels:
    """Take 上年完成 beside a target for the whole of last year: the target starts from it."""
    year = at.lines.any_year
    if year is None or not any(head.label.head is Head.TARGET for head in heads):
        return heads
    inherited = []
    for column, head in zip(at.columns.figures, heads, strict=True):
        texts = (compact(text) for text in column.heads if isinstance(text, str))
        if head.period is None and head.year is None and any(map(_DONE_LAST_YEAR.match, texts)):
            label = replace(head.label, last_year=False, head=Head.LEVEL)
            head = DatedLabel(label, Period(year - 1, 12, Reach.YTD), year - 1)
        inherited.append(head)
    return inherited


def total_of_last_year(heads: Labels, at: Surroundings) -> Labels:
    """Take 上年实绩, 去年总量 for the whole of last year, of whatever months the others are.

    Where growth beside it is that of the two levels, it is of the same months all the same.
    """
    years = [head.any_year or 0 for head in heads if not head.label.last_year]
    year = at.lines.any_year or max(years, default=0) or None
    inherited = []
    for column, head in zip(at.columns.figures, heads, strict=True):
        texts = [compact(text) for text in column.heads if isinstance(text, str)]
        named = any(map(_WHOLE_LAST_YEAR.match, (*texts, "".join(texts))))
        undated = head.period is None and head.year is None and head.label.last_year
        if undated and named and not _of_same_months(column.column, heads, at):
            head = head._replace(period=Period(year, 12, Reach.YTD))
        inherited.append(head)
    return inherited


def _of_same_months(last: int, heads: Labels, at: Surroundings) -> bool:
    """Return whether growth is that of the level beside it and of a column of last year."""
    columns = list(zip((column.column for column in at.columns.figures), heads, strict=True))
    levels = [column for column, head in columns
              if head.label.growth is not True and not head.label.last_year
              and not head.label.left_out]  # fmt: skip
    rates = [column for column, head in columns if head.label.head is Head.GROWTH]
    if not levels or not rates:
        return False
    gaps = []
    for row in at.table.body[:_LOOKED_AT]:
        cells = (parse_number(at.grid.cell(row, column)) for column in (levels[0], last, rates[0]))
        now, before, rate = (cell.value if isinstance(cell, Number) else None for cell in cells)
        if now is not None and before and rate is not None:
            gaps.append(abs(100 * (now / before - 1) - rate))
    return bool(gaps) and median(gaps) <= _SAME_MONTHS


def period_from_left(heads: Labels, at: Surroundings) -> Labels:
    """Take the latest period of the columns before: growth beside 2026年 and 2025年 is of 2026.

    Beside 1-9月（预计） it is an estimate, too.
    """
    inherited = []
    for head, last in zip(heads, _latest_before(heads), strict=True):
        if head.period is None and head.year is None:
            label = head.label
            if last.label.status is Status.ESTIMATE and label.status is None:
                label = replace(label, status=Status.ESTIMATE)
            head = DatedLabel(label, last.period, last.year)
        inherited.append(head)
    return inherited


def change_beside_growth(heads: Labels, at: Surroundings) -> Labels:
    """Take 增减 for a difference of two levels where another column is the growth in percent."""
    columns = list(zip(at.columns.figures, heads, _of_what(heads), strict=True))
    growing = [
        (_says_percent(column.heads), of)
        for column, head, of in columns
        if (head.label.head is Head.GROWTH or "%" in head.label.units)
        and not (head.label.left_out or _bare_change(column.heads, head))
    ]
    inherited = []
    for column, head, of in columns:
        changed = _bare_change(column.heads, head)
        # 增长 is growth beside 名义增长, too.
        if changed and any(one == of and (percent or not changed[1]) for percent, one in growing):
            head = _as(head, Head.CHANGE)
        inherited.append(head)
    return inherited


def _of_what(heads: Labels) -> Iterator[tuple[object, ...]]:
    """Yield what the figures of every column are of, whatever their form."""
    last = NOTHING
    for head in heads:
        label = head.label
        last = label if label.named else last
        yield (last.ids, last.name, label.area, label.place, label.reach, head.period, head.year)


def _bare_change(cells: Sequence[Cell], dated: DatedLabel) -> re.Match[str] | None:
    """Return the match of a head that says 增减 and not in which unit."""
    text = next((cell for cell in reversed(cells) if isinstance(cell, str)), "")
    bare = dated.label.head is Head.GROWTH and not dated.label.units
    return _CHANGED.match(compact(text)) if bare else None


def _says_percent(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell, str) and "%" in compact(cell) for cell in cells)


def pace_from_cells(heads: Labels, at: Surroundings) -> Labels:
    """Take a column for differences of rates where most of its cells say 百分点."""
    return [
        _as(head, Head.PACE) if _in_points(column.column, at) else head
        for column, head in zip(at.columns.figures, heads, strict=True)
    ]


def _in_points(column: int, at: Surroundings) -> bool:
    """Return whether most numbers of a column are 百分点: one of a share says nothing of others."""
    cells = [at.grid.cell(row, column) for row in at.table.body[:_LOOKED_AT]]
    if not any(isinstance(cell, str) for cell in cells):
        return False
    numbers = [number for cell in cells if isinstance(number := parse_number(cell), Number)]
    return 2 * sum(number.unit == "pp" for number in numbers) > len(numbers)


def ranks_from_title(heads: Labels, at: Surroundings) -> Labels:
    """Take all columns for ranks where a title says so and all figures are small whole numbers."""
    if not at.lines.ranks:
        return heads
    cells = (
        parse_number(at.grid.cell(row, column.column))
        for row in at.table.body[:_LOOKED_AT]
        for column in at.columns.figures
    )
    numbers = [cell.value for cell in cells if isinstance(cell, Number)]
    if not all(0 < number < _MOST_RANKS and number.is_integer() for number in numbers):
        return heads
    return [_as(head, Head.RANK) for head in heads]


# Labels of rows, downwards


def indicator_from_above(labels: Labels, at: Surroundings) -> Labels:
    """Take indicator and area from the last row that names one: 增速(%) below 固定资产投资.

    Its money as well, unless it names its own: below 万元 and below 万美元 growth differs.
    """
    last, inherited = DatedLabel(), []
    for _, dated, is_section in at.with_sections(labels):
        if is_section:
            last = DatedLabel()
        elif dated.label.named:
            last = dated
        elif last.label.named and dated.label is not NOTHING:
            of = last.label
            kept = Label(ids=of.ids, name=of.name, area=of.area, place=of.place)
            if not any(map(currency_of, dated.label.units)):
                money = next(filter(None, map(currency_of, of.units)), None)
                kept = replace(kept, currency=of.currency or money)
            label = at.shared(joined(dated.label, kept))
            dated = DatedLabel(label, dated.period or last.period, dated.year or last.year)
        inherited.append(dated)
    return inherited


def whole_of_part(labels: Labels, at: Surroundings) -> Labels:
    """Give 其中：民营 the unit and the name of the row above that is no part itself.

    Rows indented below a part are parts of the same whole.
    """
    columns = [column for column, _ in at.columns.labels]
    texts = {at.grid.cell(row, column) for row in at.table.body for column in columns}
    if not any(isinstance(text, str) and is_part(text) for text in texts):
        return labels
    whole, inside, inherited = NOTHING, False, []
    for row, dated, is_section in at.with_sections(labels):
        cells = (at.grid.cell(row, column) for column in columns)
        own = next((cell for cell in cells if isinstance(cell, str) and cell.strip()), "")
        inside = not is_section and (is_part(own) or (inside and own[:1].isspace()))
        if inside:
            dated = dated._replace(label=at.shared(_part_of(whole, dated.label, at)))
        elif dated.label.named or is_section:
            whole = dated.label
        inherited.append(dated)
    return inherited


def _part_of(whole: Label, label: Label, at: Surroundings) -> Label:
    """Return the label of a part with the unit of its whole, and the name where it is unknown."""
    name = at.texts.name_of(whole.ids[0]) if whole.ids else whole.full_name
    named = name if label.name and not label.ids else ""
    return replace(label, units=label.units or whole.units, whole=named)


def total_of_places(labels: Labels, at: Surroundings) -> Labels:
    """Take 合计 below rows of places for a place: whose sum it is, only a person knows."""
    rows = list(at.with_sections(labels))
    places = sum(bool(one.label.area or one.label.place or is_place(one.label.name))
                 for _, one, is_section in rows if not is_section)  # fmt: skip
    if 2 * places < len(at.table.body):
        return labels
    inherited = []
    for row, dated, _ in rows:
        cells = [at.grid.cell(row, column) for column, _ in at.columns.labels]
        total = next((cell for cell in cells if isinstance(cell, str) and is_total(cell)), "")
        if total and not (dated.label.area or dated.label.place):
            label = replace(dated.label, place=plain(total).replace(" ", ""), name="")
            dated = dated._replace(label=at.shared(label))
        inherited.append(dated)
    return inherited


def total_of_months(labels: Labels, at: Surroundings) -> Labels:
    """Take 合计 below 1月, 2月, 3月 for January to the last month that every column has.

    Where columns end in different months nothing says how far it goes, and it is left out.
    """
    months: list[tuple[int, Period]] = []
    inherited = []
    for row, dated, is_section in at.with_sections(labels):
        if is_section:
            months = []
        elif dated.period is not None:
            months.append((row, dated.period))
        elif dated.year is None and _single_from_january(months) and _is_sum(row, at):
            columns = [figures.column for figures in at.columns.figures]
            ends = {
                max((one.month for other, one in months if _filled(other, column, at)), default=0)
                for column in columns
                if _filled(row, column, at)
            }
            dated = _summed(dated, months[0][1].year, ends, at)
        inherited.append(dated)
    return inherited


def _single_from_january(months: Sequence[tuple[int, Period]]) -> bool:
    """Return whether they are single months or quarters of one year from its first, or 1-2月."""
    first = next((period for _, period in months), None)
    if first is None:
        return False
    begins = {Reach.QUARTER: 3, Reach.YTD: 2}.get(first.reach, 1)
    return (
        len(months) > 1
        and first.month == begins
        and len({period.year for _, period in months}) == 1
        and all(period.reach is not Reach.YTD for _, period in months[1:])
    )


def _is_sum(row: int, at: Surroundings) -> bool:
    cells = (at.grid.cell(row, column) for column, _ in at.columns.labels)
    return any(isinstance(cell, str) and compact(cell) in _SUMS for cell in cells)


def _filled(row: int, column: int, at: Surroundings) -> bool:
    return at.grid.kind(row, column) is CellKind.NUMBER


def days_from_other_rows(labels: Labels, at: Surroundings) -> Labels:
    """Take the last day of a month for a day, no period, where other rows are of days."""
    if not any(dated.label.head is Head.DAY for dated in labels):
        return labels
    return [
        DatedLabel(at.shared(replace(dated.label, head=Head.DAY)))
        if not is_section
        and any(is_day(at.grid.cell(row, column)) for column, _ in at.columns.labels)
        else dated
        for row, dated, is_section in at.with_sections(labels)
    ]


def years_carried_down(labels: Labels, at: Surroundings) -> Labels:
    """Give periods without a year that of the row before, where some rows name theirs."""
    rows = list(at.with_sections(labels))
    body = [dated for _, dated, is_section in rows if not is_section]
    named = {bool(one.period.year) for one in body if one.period is not None and one.year is None}
    if len(named) < 2:
        return labels
    carried = iter(_with_years(body))
    return [dated if is_section else next(carried) for _, dated, is_section in rows]


def section_from_before(labels: Labels, at: Surroundings) -> Labels:
    """Give a section what it leaves open of the one before: when, or all but when."""
    before, inherited = DatedLabel(), []
    for _, dated, is_section in at.with_sections(labels):
        if is_section:
            if dated.period is None and dated.year is None:
                dated = DatedLabel(dated.label, before.period, before.year)
            elif dated.label is NOTHING:
                dated = dated._replace(label=before.label)
            before = dated
        inherited.append(dated)
    return inherited


def currency_from_cells(labels: Labels, at: Surroundings) -> Labels:
    """Take the currency of a row from its cells or its unit: 2905万美元, and its growth as well."""
    inherited = []
    for row, dated in zip(at.rows, labels, strict=True):
        if dated.label.currency is None:
            money = {_currency_in(cell) for cell in at.grid.rows[row] if isinstance(cell, str)}
            money.update(map(currency_of, dated.label.units))
            money.discard("")
            if len(money) == 1:
                label = at.shared(replace(dated.label, currency=money.pop()))
                dated = dated._replace(label=label)
        inherited.append(dated)
    return inherited


@lru_cache(maxsize=65536)
def _currency_in(text: str) -> str:
    """Return the currency of the number in a cell, empty where it is not money."""
    number = parse_number(text)
    return currency_of(number.unit) if isinstance(number, Number) else ""


# Figures, from near to far


def words_of_section(label: Label, at: FigureContext) -> Label:
    """Take what the section says; its indicator only where row and column name none."""
    if not (label.named and at.section.named):
        return joined(label, at.section)
    ids = at.section.ids
    name = at.around.texts.name_of(ids[0]) if ids else at.section.full_name
    return joined(label, replace(without_name(at.section), section=name))


def indicator_from_left(label: Label, at: FigureContext) -> Label:
    """Take the indicator of a column to the left: 比上年增长(%) beside 地区生产总值(亿元)."""
    named = at.around.named_left[at.column]
    return label if label.named else joined(label, Label(named.ids, named.name))


def currency_from_left(label: Label, at: FigureContext) -> Label:
    """Take the money of a column to the left: growth beside 金额(万美元) is in dollars.

    Yuan are taken where other columns are in dollars, so that growth of both is told apart.
    """
    stated = label.currency is not None or any(map(currency_of, label.units))
    currency = at.around.named_left[at.column].currency
    return joined(label, Label(currency=currency)) if currency and not stated else label


def indicator_of_title(label: Label, at: FigureContext) -> Label:
    """Take the indicator of the title where nothing nearer names one."""
    return label if label.named else joined(label, at.around.lines.indicator)


def area_of_title(label: Label, at: FigureContext) -> Label:
    """Take the area of the title for a bare 开发区; whose 合计 is, only a person knows."""
    if not label.place or is_total(label.place):
        return label
    area = at.around.places.of_kind(label.place, at.around.lines.label.area)
    return replace(label, area=area, place="") if area else label


def name_of_title(label: Label, at: FigureContext) -> Label:
    """Take the title for the name of an indicator where nothing else names one."""
    if label.named or not (at.around.unnamed or label.area or label.place):
        return label
    title = next(iter(at.around.lines.titles), "")
    return replace(label, name=title or at.around.grid.sheet.name, nameless=not title)


def words_of_title(label: Label, at: FigureContext) -> Label:
    """Take what titles, notes and names say, but for 累计: that is asked about another way."""
    whole = joined(label, at.around.lines.label, far_away=True)
    return whole if whole.reach is label.reach else replace(whole, reach=label.reach)


CellRule = Callable[[list[Cell], list[Cell], int, Surroundings], None]
LabelRule = Callable[[Labels, Surroundings], Labels]
FigureRule = Callable[[Label, FigureContext], Label]

CELL_RULES: tuple[CellRule, ...] = (merged_label_repeated, label_filled_down, label_from_margin)
COLUMN_RULES: tuple[LabelRule, ...] = (
    year_from_corner,
    year_from_plan,
    years_carried_right,
    form_from_left,
    kind_from_left,
    reach_from_left,
    same_months_as_left,
    months_of_year,
    total_right_of_months,
    last_year_beside_target,
    total_of_last_year,
    period_from_left,
    change_beside_growth,
    pace_from_cells,
    ranks_from_title,
)
ROW_RULES: tuple[LabelRule, ...] = (
    total_of_places,
    total_of_months,
    whole_of_part,
    indicator_from_above,
    days_from_other_rows,
    years_carried_down,
    section_from_before,
    currency_from_cells,
)
FIGURE_RULES: tuple[FigureRule, ...] = (
    words_of_section,
    indicator_from_left,
    currency_from_left,
    indicator_of_title,
    area_of_title,
    name_of_title,
    words_of_title,
)


def _as(dated: DatedLabel, head: Head) -> DatedLabel:
    return dated._replace(label=replace(dated.label, head=head))


def _first_of(heads: Labels, year: int | None) -> Labels:
    """Return heads of which the first period, if it names no year, is of a year."""
    place = next((place for place, head in enumerate(heads) if head.period is not None), None)
    if place is None or not year or (period := heads[place].period) is None or period.year:
        return heads
    dated = heads[place]._replace(period=replace(period, year=year))
    return [*heads[:place], dated, *heads[place + 1 :]]


def _latest_before(heads: Labels) -> Iterator[DatedLabel]:
    """Yield for every head the latest of the dated ones side by side that end before it."""
    run: list[DatedLabel] = []
    latest, together = DatedLabel(), False
    for head in heads:
        yield latest
        if head.label.left_out:
            continue
        dated = head.period is not None or head.year is not None
        if dated and not head.label.last_year:
            run = [*run, head] if together else [head]
            latest = max(reversed(run), key=_end)  # of 6月 and 1-6月 the nearer
            together = True
        else:
            together = False


def _end(dated: DatedLabel) -> tuple[int, int]:
    """Return year and month to compare by; a year alone ends after all its months.

    A period that names no year is of the title's, or of one that is asked for: the latest.
    """
    if dated.period is None:
        return dated.year or 0, 13
    return dated.any_year or LATEST, dated.period.month


def _with_years(labels: Labels) -> Labels:
    """Return labels, each period without a year with that of the run it stands in.

    A run is a period that names its year and those after it that name none.
    """
    dated = [(place, one.period) for place, one in enumerate(labels) if one.period is not None]
    starts = [at for at, (_, period) in enumerate(dated) if period.year is not None]
    inherited = list(labels)
    for start, end in pairwise([*starts, len(dated)]):
        run = dated[start:end]
        years = _years_of_run([period for _, period in run])
        for (place, period), year in zip(run, years, strict=True):
            inherited[place] = labels[place]._replace(period=replace(period, year=year))
    return inherited


def _years_of_run(run: Sequence[Period]) -> Iterator[int | None]:
    """Yield the year of each period of a run, None where it has to be asked.

    A run that never falls is of one year. Any other goes forwards or backwards in time, whichever
    takes fewer months: after 2025年1-9月 the periods 1-12月, 1-3月 are of 2025 and 2026, after
    2026年1-3月 the periods 1-12月, 1-9月 are of 2025. One step down, or both ways as long, could
    be either.
    """
    year = run[0].year
    pairs = list(pairwise(period.month for period in run))
    steps = [later - earlier for earlier, later in pairs if later != earlier]
    falls = any(step < 0 for step in steps)
    forwards = sum(step % 12 for step in steps)
    backwards = 12 * len(steps) - forwards
    unclear = falls and (len(steps) == 1 or forwards == backwards)
    yield year
    for earlier, later in pairs:
        if year is None or (unclear and later != earlier):
            year = None
        elif falls and forwards < backwards:
            year += later < earlier
        elif falls:
            year -= later > earlier
        yield year
