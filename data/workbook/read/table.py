"""The figures of one table, each with all that the texts around it say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from data.workbook.book import Cell, Place
from data.workbook.read.claims import Claim, Told, joined, without_name
from data.workbook.read.column_claims import WHEN, LabelTeller, elsewhere, plain_name, with_currency
from data.workbook.read.heads import all_whole, as_ranks, beside_heads, corner_year, heads_of
from data.workbook.read.lines import Lines
from data.workbook.read.row_labels import Rows
from data.workbook.read.shifted import unheaded
from data.workbook.tables.cells import Grid, Kind
from data.workbook.tables.columns import Columns, columns_of
from data.workbook.tables.roles import Holds
from data.workbook.tables.tables import Table
from data.workbook.words.numbers import Missing, Number, parse_number, with_sign
from data.workbook.words.periods import Period, Reach
from data.workbook.words.qualifiers import Role
from data.workbook.words.units import currency_of

_NAMES = (Holds.LABEL, Holds.INDICATOR, Holds.AREA)
_VALUES = (Role.LEVEL, Role.LAST_YEAR)


@dataclass(slots=True)
class Facts:
    """What is known of the table that a figure stands in.

    Attributes
    ----------
    cumulative
        Year and month of the periods that say they are cumulative.
    said_cumulative
        Indicator and growth of the labels that say so.
    growth
        Whether any column or row says growth, so that those that do not are levels.
    quarters
        Whether any period is a single quarter.
    from_january
        Whether the file has no periods but first quarters or Januaries: those are cumulative too.
    """

    lines: Lines
    cumulative: set[tuple[int | None, int]] = field(default_factory=set)
    said_cumulative: set[tuple[str, bool | None]] = field(default_factory=set)
    growth: bool = False
    quarters: bool = False
    from_january: bool = False


class Finding(NamedTuple):
    """A cell where a figure should be.

    Attributes
    ----------
    number
        None where the cell holds a text that is no number.
    claim
        Shared by all figures of which the same is said.
    year
        Of a text that names a year and no period.
    refused
        Why a cell is refused, whatever it holds.
    """

    place: Place
    cell: Cell
    number: Number | None
    claim: Claim
    period: Period | None
    year: int | None
    facts: Facts
    label: str
    refused: str = ""


class Walk:
    """Walks through one table."""

    def __init__(self, labels: LabelTeller, grid: Grid, table: Table, lines: Lines):
        self.labels, self.grid, self.table = labels, grid, table
        self.columns: Columns = columns_of(grid, table)
        self.facts = Facts(lines)
        dated = lines.any_year is not None
        corner = None if dated else corner_year(grid, table, self.columns, labels)
        self.heads = heads_of(grid, table, self.columns, labels, dated, corner)
        if lines.ranks and all_whole(grid, table, self.columns):
            self.heads = as_ranks(self.heads)
        self._headless, self._shifted = unheaded(grid, table, self.columns)
        self._claims: dict[tuple[int, int, int], Claim | None] = {}
        self._kept: list[Claim] = []
        self._rows = Rows(labels, grid, table, self.columns)
        self._beside = [self._rows.one(claim) for claim in beside_heads(self.heads)]
        self._alike = self._first_alike()
        self._among: set[str] = set()
        self._unnamed = False  # whether figures without any name are taken for one indicator
        self._rows.texts += [
            head
            for column in self.columns.figures
            for head in column.heads
            if isinstance(head, str)
        ]

    @property
    def texts(self) -> list[str]:
        """The heads and labels of the table, which files of one shape share."""
        return self._rows.texts

    @property
    def numbered(self) -> bool:
        """Whether the table holds numbers where figures or names should be."""
        columns = [column.column for column in self.columns.figures]
        whens = {column for column, holds in self.columns.labels if holds in WHEN}
        if not columns:
            columns = [c for c in range(self.table.left, self.table.right) if c not in whens]
        columns += [column for column, holds in self.columns.labels if holds in _NAMES]
        kind = self.grid.kind
        return any(
            kind(row, column) is Kind.NUMBER for row in self.table.body for column in columns
        )

    def findings(self) -> list[Finding]:
        """Return every cell where a figure should be, row by row."""
        found = self._walked()
        if not any(entry.claim.named for entry in found):
            self._unnamed = True
            self._claims.clear()
            found = self._walked()
        return found

    def _walked(self) -> list[Finding]:
        found: list[Finding] = []
        section = Told()
        rows = self._rows.told()
        said = (*(told for _, told in rows if told is not None), *self.heads)
        self._among = {told.claim.area for told in said if told.claim.area}
        for row, told in rows:
            if told is None:
                section = self._rows.section(row, section)
            else:
                found += self._figures(row, told, section)
        return found

    def _figures(self, row: int, told: Told, section: Told) -> Iterator[Finding]:
        cells, percent = self.grid.rows[row], self.grid.sheet.percent
        width = len(cells)
        row_claim = with_currency(told.claim, cells)
        if row_claim is not told.claim:
            row_claim = self._rows.one(row_claim)
        refused = "shifted" if row in self._shifted else ""
        dated, falls = self.facts.lines.dated, self.facts.lines.falls
        growing = row_claim.growth and self._has_level(row)
        for index, column in enumerate(self.columns.figures):
            at = column.column
            cell = cells[at] if at < width else None
            if cell is None:
                continue
            shown_percent = bool(percent) and (row + 1, at + 1) in percent
            number = parse_number(with_sign(cell, falls) if falls else cell, shown_percent)
            if number is Missing.MISSING:
                continue
            head = self.heads[index]
            claim = self._claim(row_claim, index, section.claim)
            if claim is None:
                continue
            if growing and head.claim.role is Role.GROWTH:
                claim = self._rows.one(replace(claim, role=Role.PACE))
            period = told.period or head.period or section.period
            year = told.year or head.year or section.year
            if self._unnamed and not (period or year or dated or claim.left_out):
                continue
            place = Place(self.grid.sheet.name, row + 1, at + 1)
            found = number if isinstance(number, Number) else None
            yield Finding(place, cell, found, claim, period, year, self.facts, "", refused)

    def _has_level(self, row: int) -> bool:
        """Return whether a column of values, rather than of growth, is filled in a row.

        In a row that is growth itself 增减 is then a difference of two rates.
        """
        return any(
            head.claim.role in _VALUES and self.grid.kind(row, column.column) is Kind.NUMBER
            for head, column in zip(self.heads, self.columns.figures, strict=True)
        )

    def _first_alike(self) -> list[int]:
        """Return for every column the first of which the same is said, but for its period."""
        first: dict[tuple[Claim, Claim, bool], int] = {}
        return [
            first.setdefault((head.claim, self._beside[index], index in self._headless), index)
            for index, head in enumerate(self.heads)
        ]

    def _claim(self, row: Claim, index: int, section: Claim) -> Claim | None:
        first = self._alike[index]
        key = (id(row), first, id(section))
        if key not in self._claims:
            self._kept += [row, section]
            self._claims[key] = self._of_figure(row, first, section)
        return self._claims[key]

    def _of_figure(self, row: Claim, index: int, section: Claim) -> Claim | None:
        """Return what row, column, section and title say of a figure, None for none at all."""
        head = self.heads[index].claim
        if index in self._headless:
            head = Claim(role=Role.HEADLESS)
        if plain_name(row.name):
            row = replace(row, name="")
        if row.ids and head.ids and row.ids != head.ids:
            return None
        if row.ids and head.name and not head.ids:
            head = elsewhere(head)
        if head.ids and row.name:
            row = elsewhere(row)
        near = joined(row, head)
        if near.named and section.named:
            section = without_name(section)
        near = joined(near, section)
        lines = self.facts.lines
        if not near.named:
            near = joined(near, self._beside[index])
        elif (
            near.currency is None
            and (currency := self._beside[index].currency)
            and not any(map(currency_of, near.units))
        ):
            near = joined(near, Claim(currency=currency))
        if not near.named:
            near = joined(near, lines.indicator)
        near = self.labels.placed(near, lines.claim, self._among)
        near_reach = near.reach
        whole = joined(near, lines.claim, far_away=True)
        if whole.reach is not near_reach:
            whole = replace(whole, reach=near_reach)
        if not whole.named and (self._unnamed or near.area or near.place):
            whole = replace(whole, name=next(iter(lines.titles), self.grid.sheet.name))
        self._note(whole)
        return whole if whole.named or whole.left_out else None

    def _note(self, claim: Claim) -> None:
        if claim.growth or claim.index:
            self.facts.growth = True
        if claim.reach is Reach.YTD:
            for id_ in claim.ids or (claim.name,):
                self.facts.said_cumulative.add((id_, claim.growth))
