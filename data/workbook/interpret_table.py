"""The figures of one table, each with all that the texts around it say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from data.workbook.book import Cell, Place
from data.workbook.interpret_claims import NOTHING, Claim, Told, joined
from data.workbook.interpret_columns import (
    WHEN,
    LabelTeller,
    beside,
    elsewhere,
    plain_name,
    with_currency,
)
from data.workbook.interpret_heads import beside_heads, heads_of, with_years
from data.workbook.interpret_lines import Lines
from data.workbook.layout_cells import Grid, Kind
from data.workbook.layout_columns import Columns, columns_of
from data.workbook.layout_roles import Holds
from data.workbook.layout_tables import Table
from data.workbook.numbers import Missing, Number, parse_number
from data.workbook.periods import Period, Reach
from data.workbook.qualifiers import Role
from data.workbook.units import currency_of

_VALUES = (Role.LEVEL, Role.LAST_YEAR)
_FILLED_DOWN = (Holds.AREA, Holds.YEAR, Holds.PERIOD, Holds.LABEL, Holds.INDICATOR, Holds.QUARTER)


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


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell where a figure should be.

    Attributes
    ----------
    number
        None where the cell holds a text that is no number.
    claim
        Shared by all figures of which the same is said.
    year
        Of a text that names a year and no period.
    """

    place: Place
    cell: Cell
    number: Number | None
    claim: Claim
    period: Period | None
    year: int | None
    facts: Facts
    label: str


class Walk:
    """Walks through one table."""

    def __init__(self, labels: LabelTeller, grid: Grid, table: Table, lines: Lines):
        self.labels, self.grid, self.table = labels, grid, table
        self.columns: Columns = columns_of(grid, table)
        self.facts = Facts(lines)
        self.heads = heads_of(grid, table, self.columns, labels, dated=lines.any_year is not None)
        self._beside = beside_heads(self.heads)
        self._claims: dict[tuple[int, int, int], Claim | None] = {}
        self._kept: list[Claim] = []
        self._rows: dict[tuple[bool, tuple[Cell, ...]], Told] = {}
        labels_ = [holds in WHEN for _, holds in self.columns.labels]
        self._whens = tuple(place for place, when in enumerate(labels_) if when)
        self._names = tuple(place for place, when in enumerate(labels_) if not when)
        self._interned: dict[Claim, Claim] = {}
        self.texts = [
            head
            for column in self.columns.figures
            for head in column.heads
            if isinstance(head, str)
        ]

    def findings(self) -> Iterator[Finding]:
        """Yield every cell where a figure should be, row by row."""
        section = Told()
        for row, told in self._rows_told():
            if told is None:
                section = self._section(row, section)
            else:
                yield from self._figures(row, told, section)

    def _rows_told(self) -> list[tuple[int, Told | None]]:
        """Return every row with what its labels say, None for one between the figures."""
        found: list[tuple[int, Told | None]] = []
        last = Told()
        above: list[Cell] = [None] * len(self.columns.labels)
        sections = set(self.table.sections)
        undated = years = False
        for row in sorted((*self.table.body, *sections)):
            if row in sections:
                found.append((row, None))
                last = Told()
                continue
            above = self._label_cells(row, above)
            told = self._row(tuple(above))
            if told.claim.named:
                last = told
            elif last.claim.named and told.claim is not NOTHING:
                told = self._continued(told, last)
            if told.period is not None and told.year is None:
                undated, years = undated or not told.period.year, years or bool(told.period.year)
            found.append((row, told))
        if undated and years:
            carried = iter(with_years([told for _, told in found if told is not None]))
            found = [(row, told and next(carried)) for row, told in found]
        return found

    def _section(self, row: int, before: Told) -> Told:
        """Return what a row between the figures says; one without a year keeps that before."""
        column = self.grid.filled(row, self.table.left, self.table.right)[0]
        told = self.labels.tell(self.grid.cell(row, column))
        if told.period is None and told.year is None:
            return Told(told.claim, before.period, before.year)
        if told.claim is NOTHING:
            return Told(before.claim, told.period, told.year)
        return told

    def _label_cells(self, row: int, above: list[Cell]) -> list[Cell]:
        cells = self.grid.rows[row]
        width = len(cells)
        found: list[Cell] = []
        for column, _ in self.columns.labels:
            found.append(cells[column] if column < width else None)
        if None in found:
            self._fill(row, found, above)
        return found

    def _fill(self, row: int, found: list[Cell], above: list[Cell]) -> None:
        """Fill labels that stand once for several rows, merged or left blank below the first."""
        for place, (column, holds) in enumerate(self.columns.labels):
            if found[place] is not None:
                continue
            anchor = self.grid.anchor(row, column)
            if anchor != (row, column):
                found[place] = self.grid.cell(*anchor)
            elif holds in _FILLED_DOWN and any(
                cell is not None and other not in (Holds.UNIT, Holds.PUBLISHER)
                for cell, (_, other) in zip(
                    found[place + 1 :], self.columns.labels[place + 1 :], strict=True
                )
            ):
                found[place] = above[place]

    def _row(self, cells: tuple[Cell, ...]) -> Told:
        """Return what the labels of a row say together.

        Rows of a long table differ in their periods and repeat everything else.
        """
        when = tuple([cells[place] for place in self._whens])
        name = tuple([cells[place] for place in self._names])
        dated, named = self._rows.get((True, when)), self._rows.get((False, name))
        if dated is None:
            dated = self._rows[True, when] = self._together(when, self._whens)
        if named is None:
            named = self._rows[False, name] = self._together(name, self._names)
            self.texts += [cell for cell in name if isinstance(cell, str)]
        if dated.claim is not NOTHING:
            return self._shared(beside(named, dated))
        return Told(named.claim, named.period or dated.period, named.year or dated.year)

    def _together(self, cells: tuple[Cell, ...], places: tuple[int, ...]) -> Told:
        told = Told()
        for cell, place in zip(cells, places, strict=True):
            told = beside(told, self.labels.labelled(self.columns.labels[place][1], cell))
        return self._shared(told)

    def _shared(self, told: Told) -> Told:
        """Return the same text meaning with a claim that equal ones share."""
        return Told(self._one(told.claim), told.period, told.year)

    def _one(self, claim: Claim) -> Claim:
        """Return the one claim that all equal ones share."""
        claim = NOTHING if claim == NOTHING else claim
        return self._interned.setdefault(claim, claim)

    def _continued(self, told: Told, last: Told) -> Told:
        """Return what 增速(%) below 固定资产投资 says: of that indicator."""
        kept = Claim(ids=last.claim.ids, name=last.claim.name, area=last.claim.area,
                     place=last.claim.place)  # fmt: skip
        return self._shared(
            Told(joined(told.claim, kept), told.period or last.period, told.year or last.year)
        )

    def _figures(self, row: int, told: Told, section: Told) -> Iterator[Finding]:
        cells, percent = self.grid.rows[row], self.grid.sheet.percent
        width = len(cells)
        row_claim = self._one(with_currency(told.claim, cells))
        growing = row_claim.growth and self._has_level(row)
        for index, column in enumerate(self.columns.figures):
            at = column.column
            cell = cells[at] if at < width else None
            if cell is None:
                continue
            number = parse_number(cell, bool(percent) and (row + 1, at + 1) in percent)
            if number is Missing.MISSING:
                continue
            head = self.heads[index]
            claim = self._claim(row_claim, index, section.claim)
            if claim is None:
                continue
            if growing and head.claim.role is Role.GROWTH:
                claim = self._one(replace(claim, role=Role.PACE))
            period = told.period or head.period or section.period
            year = told.year or head.year or section.year
            place = Place(self.grid.sheet.name, row + 1, at + 1)
            found = number if isinstance(number, Number) else None
            yield Finding(place, cell, found, claim, period, year, self.facts, "")

    def _has_level(self, row: int) -> bool:
        """Return whether a column of values, rather than of growth, is filled in a row.

        In a row that is growth itself 增减 is then a difference of two rates.
        """
        return any(
            head.claim.role in _VALUES and self.grid.kind(row, column.column) is Kind.NUMBER
            for head, column in zip(self.heads, self.columns.figures, strict=True)
        )

    def _claim(self, row: Claim, index: int, section: Claim) -> Claim | None:
        key = (id(row), index, id(section))
        if key not in self._claims:
            self._kept += [row, section]
            self._claims[key] = self._of_figure(row, index, section)
        return self._claims[key]

    def _of_figure(self, row: Claim, index: int, section: Claim) -> Claim | None:
        """Return what row, column, section and title say of a figure, None for none at all."""
        head = self.heads[index].claim
        if plain_name(row.name):
            row = replace(row, name="")
        if row.ids and head.ids and row.ids != head.ids:
            return None
        if row.ids and head.name and not head.ids:
            head = elsewhere(head)
        if head.ids and row.name:
            row = elsewhere(row)
        near = joined(row, head)
        if near.named:
            section = replace(section, ids=(), name="")
        near = joined(near, section)
        lines = self.facts.lines
        if not near.named:
            near = joined(near, self._beside[index])
        elif near.currency is None and not any(map(currency_of, near.units)):
            near = joined(near, Claim(currency=self._beside[index].currency))
        if not near.named:
            near = joined(near, lines.indicator)
        near_reach = near.reach
        whole = joined(near, lines.claim, far_away=True)
        if whole.reach is not near_reach:
            whole = replace(whole, reach=near_reach)
        if not whole.named and (near.area or near.place):
            whole = replace(whole, name=next(iter(lines.titles), self.grid.sheet.name))
        self._note(whole)
        return whole if whole.named or whole.left_out else None

    def _note(self, claim: Claim) -> None:
        if claim.growth or claim.index:
            self.facts.growth = True
        if claim.reach is Reach.YTD:
            for id_ in claim.ids or (claim.name,):
                self.facts.said_cumulative.add((id_, claim.growth))
