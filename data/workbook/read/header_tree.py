"""The header tree of a table: what stands above, beside and around each of its figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from data.workbook.book import Cell, Place
from data.workbook.read import inheritance
from data.workbook.read.dated_labels import (
    TIMES,
    DatedLabel,
    TextReader,
    is_place,
    is_plain_name,
    of_a_kind,
)
from data.workbook.read.inheritance import FigureContext, Surroundings
from data.workbook.read.titles import Lines
from data.workbook.tables.columns import Columns, FigureColumn, columns_of
from data.workbook.tables.find_tables import Table, says_head
from data.workbook.tables.grid import CellKind, Grid
from data.workbook.words.heads import Head, head_of
from data.workbook.words.labels import NOTHING, Label, joined
from data.workbook.words.normalise import compact
from data.workbook.words.numbers import LARGEST, Missing, Number, parse_number, with_sign
from data.workbook.words.periods import Period, Reach
from data.workbook.words.places import Places
from data.workbook.words.units import currency_of
from forecasting.figures.indicator import Status

_NAMES = (Head.LABEL, Head.INDICATOR, Head.AREA)
_VALUES = (Head.LEVEL, Head.LAST_YEAR)
_OF_YEAR = {"本年", "今年", "本年数", "今年数"}
"""Heads of this year's column beside 上年; below 本月 its figures are of the single month."""
_SINGLE = (Reach.MONTH, Reach.QUARTER)
_VENDOR = {Head.FREQUENCY, Head.PUBLISHER}
"""Rows above the columns of vendors' exports, whose figures are published."""
_BLANK = (CellKind.EMPTY, CellKind.MISSING)
_LOOKED_AT = 50
_FEWEST_ROWS = 3
_ROUNDED = 0.01
"""A difference of two amounts that a column states may differ by so much of itself."""
_THOUSANDS = re.compile(r"-?[0-9]{1,3}"), re.compile(r"[0-9]{3}(?:\.[0-9]+)?")


@dataclass(slots=True)
class TableFacts:
    """What is known of the table that a figure stands in.

    Attributes
    ----------
    sheet
        The name of its sheet.
    cumulative
        Year and month of the periods that say they are cumulative.
    cumulative_labels
        Indicator and growth of the labels that say so.
    growth
        Whether any column or row says growth, so that those that do not are levels.
    quarters
        Whether any period is a single quarter.
    from_january
        Whether the file has no periods but first quarters or Januaries: those are cumulative too.
    unclear
        Whether a period of the table could be either of two months.
    has_blanks
        Says of a cell whether others of its column or row are empty.
    """

    sheet: str
    lines: Lines
    cumulative: set[tuple[int | None, int]] = field(default_factory=set)
    cumulative_labels: set[tuple[str, bool | None]] = field(default_factory=set)
    growth: bool = False
    quarters: bool = False
    from_january: bool = False
    unclear: bool = False
    has_blanks: Callable[[Place], bool] = lambda place: False

    def number(self, cell: Cell, percent: bool) -> Number | Missing | None:
        """Return the number of a cell, below zero where a mark of the table says so."""
        falls = self.lines.falls
        return parse_number(with_sign(cell, falls) if falls else cell, percent)


class FigureCell(NamedTuple):
    """A cell where a figure should be, with all that the texts around say of it.

    Place and number are made when they are asked for: most cells of a file may be of labels that
    nobody knows.

    Attributes
    ----------
    row, column
        Counted from 0.
    numeric
        Whether the cell holds a number; else it holds a text that is none.
    percent
        Whether the spreadsheet shows the number as a percentage.
    label
        One object for all figures of which the same is said.
    year
        Of a text that names a year and no period.
    refused
        Why the cell is refused, whatever it holds.
    """

    row: int
    column: int
    cell: Cell
    numeric: bool
    percent: bool
    label: Label
    period: Period | None
    year: int | None
    facts: TableFacts
    refused: str = ""

    @property
    def place(self) -> Place:
        """Where the cell is."""
        return Place(self.facts.sheet, self.row + 1, self.column + 1)

    @property
    def number(self) -> Number | None:
        """The number in the cell, None where there is none."""
        number = self.facts.number(self.cell, self.percent)
        return None if number is Missing.MISSING else number


class HeaderTree:
    """The labels of one table: of every column, of every row, of the sections between rows."""

    def __init__(
        self, texts: TextReader, places: Places, grid: Grid, table: Table, lines: Lines
    ) -> None:
        self._texts, self._grid, self._table = texts, grid, table
        self._columns = columns_of(grid, table)
        self._around = Surroundings(grid, table, self._columns, texts, places, lines)
        unclear = not grid.unclear.isdisjoint((*table.lines, *table.heads, *table.body))
        self._facts = TableFacts(
            grid.sheet.name, lines, unclear=unclear, has_blanks=self._has_blanks
        )
        self._blank: dict[int, bool] = {}
        self.labels = _Labels(texts, self._columns, self._around)
        heads: Sequence[DatedLabel] = [
            _head_of_column(texts, column) for column in self._columns.figures
        ]
        for rule in inheritance.COLUMN_RULES:
            heads = rule(heads, self._around)
        self._heads = heads
        self._around.named_left = [self._around.shared(label) for label in _left_of(heads)]
        self._headless, self._shifted = _unheaded(grid, table, self._columns)
        columns = [column.column for column in self._columns.figures]
        self._figures = list(zip(columns, heads, self._first_columns_alike(), strict=True))
        self._unmarked = {
            column
            for column, head, _ in self._figures
            if head.label.head is Head.GROWTH and "%" not in head.label.units
        }
        self._of_figures: dict[tuple[int, int], dict[int, Label | None]] = {}

    @property
    def texts(self) -> list[str]:
        """The heads and labels of the table, which files of one shape share."""
        heads = (head for column in self._columns.figures for head in column.heads)
        return [*(head for head in heads if isinstance(head, str)), *self.labels.texts]

    @property
    def numbered(self) -> bool:
        """Whether the table holds numbers where figures or names should be."""
        columns = [column.column for column in self._columns.figures]
        times = {column for column, head in self._columns.labels if head in TIMES}
        if not columns:
            columns = [c for c in range(self._table.left, self._table.right) if c not in times]
        columns += [column for column, head in self._columns.labels if head in _NAMES]
        kind = self._grid.kind
        return any(
            kind(row, column) is CellKind.NUMBER for row in self._table.body for column in columns
        )

    def figure_cells(self) -> list[FigureCell]:
        """Return every cell where a figure should be, row by row."""
        rows = self._rows()
        cells = self._cells(rows)
        if not any(_is_indicator(cell.label) for cell in cells):
            self._around.unnamed = True
            self._of_figures.clear()
            cells = self._cells(rows)
        return cells

    def _rows(self) -> Sequence[DatedLabel]:
        """Return what the labels of every row say, with what they leave open."""
        self._around.rows = sorted((*self._table.body, *self._table.sections))
        labels: Sequence[DatedLabel] = self.labels.of_rows()
        for rule in inheritance.ROW_RULES:
            labels = rule(labels, self._around)
        sections = set(self._table.sections)
        named = [label for row, label in zip(self._around.rows, labels, strict=True)
                 if row not in sections]  # fmt: skip
        self._around.areas = {
            dated.label.area for dated in (*named, *self._heads) if dated.label.area
        }
        return labels

    def _cells(self, labels: Sequence[DatedLabel]) -> list[FigureCell]:
        sections = set(self._table.sections)
        section = DatedLabel()
        cells: list[FigureCell] = []
        for row, label in zip(self._around.rows, labels, strict=True):
            if row in sections:
                section = label
            else:
                cells += self._cells_of(row, label, section)
        return cells

    def _cells_of(self, row: int, label: DatedLabel, section: DatedLabel) -> Iterator[FigureCell]:
        cells, percent = self._grid.rows[row], self._grid.sheet.percent
        width, facts = len(cells), self._facts
        refused = "shifted" if row in self._shifted else ""
        dated = facts.lines.dated
        growing = label.label.growth and self._has_level(row)
        unnamed = self._around.unnamed
        # By the identity of labels, which live as long as the table; then by column.
        known = self._of_figures.setdefault((id(label.label), id(section.label)), {})
        for at, head, first in self._figures:
            cell = cells[at] if at < width else None
            if cell is None:
                continue
            as_percent = bool(percent) and (row + 1, at + 1) in percent
            numeric = type(cell) is float and -LARGEST <= cell <= LARGEST
            if not numeric:
                number = facts.number(cell, as_percent)
                if number is Missing.MISSING:
                    continue
                numeric = number is not None
            if first not in known:
                known[first] = self._together(label.label, first, section.label)
            whole = known[first]
            if whole is None:
                continue
            if growing and head.label.head is Head.GROWTH:
                whole = self._around.shared(replace(whole, head=Head.PACE))
            elif at in self._unmarked and self._is_difference(row, at):
                whole = self._around.shared(replace(whole, head=Head.CHANGE))
            period = label.period or head.period or section.period
            year = label.year or head.year or section.year
            if unnamed and not (period or year or dated or whole.left_out):
                continue
            yield FigureCell(
                row, at, cell, numeric, as_percent, whole, period, year, facts, refused
            )

    def _has_level(self, row: int) -> bool:
        """Return whether a column of values, rather than of growth, is filled in a row.

        In a row that is growth itself 增减 is then a difference of two rates.
        """
        return any(
            head.label.head in _VALUES and self._grid.kind(row, column.column) is CellKind.NUMBER
            for head, column in zip(self._heads, self._columns.figures, strict=True)
        )

    def _is_difference(self, row: int, column: int) -> bool:
        """Return whether a figure is this year's less last year's, and not growth in percent."""
        found: dict[Head, float] = {}
        for head, other in zip(self._heads, self._columns.figures, strict=True):
            role = head.label.head or Head.LEVEL
            number = self._facts.number(self._grid.cell(row, other.column), False)
            if role in (*_VALUES, Head.GROWTH) and isinstance(number, Number):
                if other.column == column:
                    found[Head.CHANGE] = number.value
                    break
                found[role] = number.value
        if not {*_VALUES, Head.CHANGE} <= found.keys() or not (last := found[Head.LAST_YEAR]):
            return False
        change, difference = found[Head.CHANGE], found[Head.LEVEL] - last
        near = abs(change - difference) <= _ROUNDED * abs(difference)
        return near and abs(change - 100 * difference / last) > _ROUNDED * abs(change)

    def _has_blanks(self, place: Place) -> bool:
        row, column, grid = place.row - 1, place.column - 1, self._grid
        if column not in self._blank:
            kinds = (grid.kind(other, column) for other in self._table.body)
            self._blank[column] = any(kind in _BLANK for kind in kinds)
        columns = (figures.column for figures in self._columns.figures)
        return self._blank[column] or any(grid.kind(row, other) in _BLANK for other in columns)

    def _first_columns_alike(self) -> list[int]:
        """Return for every column the first of which the same is said, but for its period."""
        first: dict[tuple[Label, Label, bool], int] = {}
        return [
            first.setdefault((head.label, left, index in self._headless), index)
            for index, (head, left) in enumerate(
                zip(self._heads, self._around.named_left, strict=True)
            )
        ]

    def _together(self, row: Label, index: int, section: Label) -> Label | None:
        """Return what is said of the figure in a row and column, None for none at all."""
        head = self._heads[index].label
        if index in self._headless:
            head = Label(head=Head.HEADLESS)
        plain = of_a_kind(self._columns.figures[index].heads)
        if is_plain_name(row.name):
            row, plain = replace(row, name=""), row.name
        if row.ids and head.ids and row.ids != head.ids:
            return self._of_two(row, head)
        if row.ids and head.name and not head.ids:
            head = _beside_indicator(head)
        if head.ids and row.name:
            row = _beside_indicator(row)
        label = joined(row, head)
        at = FigureContext(self._around, section, index)
        for rule in inheritance.FIGURE_RULES:
            label = rule(label, at)
        if plain and not label.named:
            label = replace(label, name=plain)  # asked about rather than lost without a word
        if label.growth or label.index:
            self._facts.growth = True
        if label.reach is Reach.YTD:
            for id_ in label.ids or (label.name,):
                self._facts.cumulative_labels.add((id_, label.growth))
        return label if label.named or label.left_out else None

    def _of_two(self, row: Label, head: Label) -> Label:
        """Return why a figure of two indicators is left out: 税收占比 beside 一般公共预算收入."""
        if row.left_out or head.left_out:
            return joined(replace(row, ids=()), replace(head, ids=()))
        name = self._texts.name_of(head.ids[0])
        return Label(head=Head.UNKNOWN, unknown=name)


class _Labels:
    """Reads the labels of the rows of one table, rows of the same labels once.

    Attributes
    ----------
    texts
        The labels that name something.
    """

    def __init__(self, texts: TextReader, columns: Columns, around: Surroundings) -> None:
        self._texts, self._columns, self._around = texts, columns.labels, around
        self.texts: list[str] = []
        self._known: dict[tuple[bool, tuple[Cell, ...]], DatedLabel] = {}
        dated = [head in TIMES for _, head in columns.labels]
        self._times = tuple(place for place, is_dated in enumerate(dated) if is_dated)
        self._names = tuple(place for place, is_dated in enumerate(dated) if not is_dated)

    def of_rows(self) -> list[DatedLabel]:
        """Return what the labels of every row say, those of sections among them."""
        around, labels = self._around, []
        sections = set(around.table.sections)
        above: list[Cell] = [None] * len(self._columns)
        for row in around.rows:
            if row in sections:
                column = around.grid.filled(row, around.table.left, around.table.right)[0]
                labels.append(self._texts.read(around.grid.cell(row, column)))
                continue
            cells = around.grid.rows[row]
            width = len(cells)
            own = [cells[column] if column < width else None for column, _ in self._columns]
            if None in own:
                for rule in inheritance.CELL_RULES:
                    rule(own, above, row, around)
            labels.append(self._of_row(tuple(own)))
            above = own
        return labels

    def _of_row(self, cells: tuple[Cell, ...]) -> DatedLabel:
        """Return what the labels of a row say together.

        Rows of a long table differ in their periods and repeat everything else.
        """
        time = tuple([cells[place] for place in self._times])
        name = tuple([cells[place] for place in self._names])
        dated, named = self._known.get((True, time)), self._known.get((False, name))
        if dated is None:
            dated = self._known[True, time] = self._together(time, self._times)
        if named is None:
            named = self._known[False, name] = self._together(name, self._names)
            self.texts += [cell for cell in name if isinstance(cell, str)]
        if dated.label is not NOTHING:
            both = _beside(named, dated)
            return both._replace(label=self._around.shared(both.label))
        return DatedLabel(named.label, named.period or dated.period, named.year or dated.year)

    def _together(self, cells: tuple[Cell, ...], places: tuple[int, ...]) -> DatedLabel:
        label = DatedLabel()
        for cell, place in zip(cells, places, strict=True):
            other = self._texts.read_in_column(self._columns[place][1], cell)
            both = _beside(label, other)
            if _placed(label.label) and _placed(other.label):
                finer = self._texts.finer(label.label, other.label)
                one = replace(both.label, area=finer.area, place=finer.place)
                both = both._replace(label=one)
            label = both
        return label._replace(label=self._around.shared(label.label))


def without_remarks(grid: Grid, table: Table, texts: TextReader) -> Table:
    """Return a table whose head has no rows of remarks: those are lines above it.

    A form writes between title and head who made a table, when and for whom. What words it uses
    cannot be listed; that they tell no columns apart can be seen. Only where rows name what
    figures are of: else an unknown text above may name it.
    """
    columns = columns_of(grid, table)
    rows_named = any(
        texts.read(grid.cell(row, column)).label.ids
        for column, _ in columns.labels
        for row in table.body[:_LOOKED_AT]
    )
    if len(table.heads) < 2 or not rows_named:
        return table
    while len(table.heads) > 1 and _remarks(grid, table, columns, texts):
        row, *heads = table.heads
        table = replace(table, lines=[*table.lines, row], heads=heads)
        columns = columns_of(grid, table)
    return table


def _remarks(grid: Grid, table: Table, columns: Columns, texts: TextReader) -> bool:
    """Return whether the first row of a head says nothing known and tells no columns apart."""
    row, *below = table.heads
    filled = grid.filled(row, table.left, table.right)
    if not all(_unknown(grid.cell(row, column), texts) for column in filled):
        return False
    blocks = (grid.merged(row, column) for column in filled)
    if any(block is not None and block.bottom > below[0] for block in blocks):
        return False  # a corner is merged with the head below
    own = [grid.cell(*grid.anchor(row, column.column)) for column in columns.figures]
    if None not in own and len(set(own)) > 1:
        return False  # every column has a text of its own
    lower = {
        column.column: column.heads
        for column in columns_of(grid, replace(table, heads=below)).figures
    }
    if not all(lower.get(column.column) for column in columns.figures):
        return False  # without it some column would have no head
    return not _needed(columns, lower)


def _unknown(cell: Cell, texts: TextReader) -> bool:
    """Return whether a text says nothing of ours; the day on which it was written is nothing."""
    label = texts.read(cell).label
    if label.head is Head.DAY:
        return True
    if not isinstance(cell, str) or head_of(cell) is not None or says_head(cell):
        return False
    return label == Label(name=label.name) and not is_place(label.name)


def _needed(columns: Columns, lower: Mapping[int, tuple[Cell, ...]]) -> bool:
    """Return whether columns of the same lower heads stand below different texts."""
    above: dict[tuple[Cell, ...], set[tuple[Cell, ...]]] = {}
    for column in columns.figures:
        above.setdefault(lower[column.column], set()).add(column.heads)
    return any(len(texts) > 1 for texts in above.values())


def _head_of_column(texts: TextReader, column: FigureColumn) -> DatedLabel:
    """Return what stands above a column of figures, the lowest row first."""
    whole = DatedLabel()
    heads = [(cell, texts.read(cell)) for cell in reversed(column.heads)]
    single = any(head.label.reach in _SINGLE for _, head in heads)
    for cell, head in heads:
        if is_plain_name(head.label.name):
            head = head._replace(label=replace(head.label, name=""))
        if single and isinstance(cell, str) and compact(cell) in _OF_YEAR:
            head = head._replace(label=replace(head.label, reach=None))
        whole = _beside(whole, head)
    for kind, cell in column.about.items():
        whole = _beside(whole, texts.read_in_column(kind, cell))
    if whole.year and whole.period is None and whole.label.status is Status.ESTIMATE:
        # 2026年预计 is of the whole year, of whatever months the title is.
        whole = whole._replace(period=Period(whole.year, 12, Reach.YTD))
    if column.about.keys() >= _VENDOR and whole.label.status is None:
        whole = whole._replace(label=replace(whole.label, status=Status.PUBLISHED))
    return whole


def _beside(near: DatedLabel, far: DatedLabel) -> DatedLabel:
    """Return what two texts about one column or row say together."""
    period, year = near.period or far.period, near.year or far.year
    if near.period is not None and period is not None and period.year is None and year is None:
        year = far.period.year if far.period else None
    return DatedLabel(joined(near.label, far.label), period, year)


def _is_indicator(label: Label) -> bool:
    """Return whether a label names an indicator, known or not, rather than 金额 or 产值."""
    return label.named and not is_plain_name(label.name)


def _beside_indicator(label: Label) -> Label:
    """Return what an unknown name beside a known indicator says: a place, or nothing of ours."""
    if label.left_out:  # 年初预算 is a plan, whatever 年初 is
        return replace(label, name="")
    if is_place(label.name):
        return replace(label, name="", place=label.place or label.name)
    return replace(label, name="", head=Head.UNKNOWN, unknown=label.name)


def _placed(label: Label) -> bool:
    return bool(label.area or label.place)


def _left_of(heads: Sequence[DatedLabel]) -> Iterator[Label]:
    """Yield for every column the indicator and the money named last, by it or to its left.

    Where no column is in dollars, yuan are the unit of most rows and say nothing of the others.
    """
    last, currency = NOTHING, None
    dollars = any("USD" in (head.label.currency, *map(currency_of, head.label.units))
                  for head in heads)  # fmt: skip
    for head in heads:
        label = head.label
        if label.named:
            last = Label(ids=label.ids, name=label.name)
        money = next(filter(None, map(currency_of, label.units)), None)
        currency = label.currency or money or (None if label.named else currency)
        yield replace(last, currency=currency if dollars else None)


def _unheaded(grid: Grid, table: Table, columns: Columns) -> tuple[frozenset[int], frozenset[int]]:
    """Return the places of columns without a head beside others that have one, and shifted rows.

    A row of a text file has a number beyond the head where a comma within a name or a number
    parted a cell in two: every figure of it may stand below a wrong head.
    """
    figures = columns.figures
    without = [place for place, column in enumerate(figures) if not column.heads]
    if not without or len(without) == len(figures):
        return frozenset(), frozenset()
    last = max(place for place, column in enumerate(figures) if column.heads)
    beyond = [figures[place].column for place in without if place > last]
    within = [column.column for column in figures]
    rows = [
        row
        for row in table.body
        if any(isinstance(grid.cell(row, column), str)
               and grid.kind(row, column) is CellKind.NUMBER for column in beyond)
    ]  # fmt: skip
    few = len(table.body) < _FEWEST_ROWS or len(rows) < len(table.body)
    shifted = [row for row in rows if few or _parted([grid.cell(row, c) for c in within])
               or any(grid.kind(row, c) is CellKind.TEXT for c in within)]  # fmt: skip
    return frozenset(without), frozenset(shifted)


def _parted(cells: Sequence[Cell]) -> bool:
    """Return whether two neighbours look like 1 and 234.5 of an unquoted 1,234.5."""
    texts = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
    first, second = _THOUSANDS
    return any(first.fullmatch(a) and second.fullmatch(b) for a, b in pairwise(texts))
