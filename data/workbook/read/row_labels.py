"""The rows of one table, each with what its labels say."""

from __future__ import annotations

from dataclasses import replace

from data.workbook.book import Cell
from data.workbook.read.claims import NOTHING, Claim, Told, joined
from data.workbook.read.column_claims import WHEN, LabelTeller, beside
from data.workbook.read.heads import with_years
from data.workbook.tables.cells import Grid, Kind
from data.workbook.tables.columns import Columns
from data.workbook.tables.roles import Holds
from data.workbook.tables.tables import Table
from data.workbook.words.periods import is_day
from data.workbook.words.qualifiers import Role

_FILLED_DOWN = (Holds.AREA, Holds.YEAR, Holds.PERIOD, Holds.LABEL, Holds.INDICATOR, Holds.QUARTER)


class Rows:
    """Reads the labels of one table, rows of the same labels once.

    Attributes
    ----------
    texts
        The labels that name something.
    """

    def __init__(self, labels: LabelTeller, grid: Grid, table: Table, columns: Columns):
        self.labels, self.grid, self.table, self.columns = labels, grid, table, columns
        self.texts: list[str] = []
        self._rows: dict[tuple[bool, tuple[Cell, ...]], Told] = {}
        when = [holds in WHEN for _, holds in columns.labels]
        self._whens = tuple(place for place, dated in enumerate(when) if dated)
        self._names = tuple(place for place, dated in enumerate(when) if not dated)
        self._interned: dict[Claim, Claim] = {}

    def told(self) -> list[tuple[int, Told | None]]:
        """Return every row with what its labels say, None for one between the figures."""
        found: list[tuple[int, Told | None]] = []
        last = Told()
        above: list[Cell] = [None] * len(self.columns.labels)
        sections = set(self.table.sections)
        undated = years = days = False
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
            days = days or told.claim.role is Role.DAY
            found.append((row, told))
        if days:
            found = [(row, told and self._day(row, told)) for row, told in found]
        if undated and years:
            carried = iter(with_years([told for _, told in found if told is not None]))
            found = [(row, told and next(carried)) for row, told in found]
        return found

    def _day(self, row: int, told: Told) -> Told:
        """Return what a row says whose date may be the last day of a month by chance.

        Where other rows are of days within months, it is no period either.
        """
        if any(is_day(self.grid.cell(row, column)) for column, _ in self.columns.labels):
            return self._shared(Told(replace(told.claim, role=Role.DAY)))
        return told

    def section(self, row: int, before: Told) -> Told:
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
        found = [cells[column] if column < width else None for column, _ in self.columns.labels]
        if None in found:
            self._fill(row, found, above)
        if found and found[0] is None and not any(found):
            left = self.grid.filled(row, self.table.left, self.columns.labels[0][0])
            found[0] = next((cells[column] for column in left
                             if self.grid.kind(row, column) is Kind.TEXT), None)  # fmt: skip
        return found

    def _fill(self, row: int, found: list[Cell], above: list[Cell]) -> None:
        """Fill labels that stand once for several rows, merged or left blank below the first."""
        merged = row in self.grid.merged_rows
        for place, (column, holds) in enumerate(self.columns.labels):
            if found[place] is not None:
                continue
            anchor = self.grid.anchor(row, column) if merged else (row, column)
            if merged and anchor != (row, column):
                found[place] = self.grid.cell(*anchor)
            elif (
                above[place] is not None
                and holds in _FILLED_DOWN
                and any(
                    cell is not None and other not in (Holds.UNIT, Holds.PUBLISHER)
                    for cell, (_, other) in zip(
                        found[place + 1 :], self.columns.labels[place + 1 :], strict=True
                    )
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
        return Told(self.one(told.claim), told.period, told.year)

    def one(self, claim: Claim) -> Claim:
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
