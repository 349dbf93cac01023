"""Reading the tables as they stood at a vintage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, Row, Select, Table, func, select

from data.store import schema
from data.store.errors import UnknownVintage
from data.store.rows import indicator_of
from forecasting.figures.indicator import Catalogue


def latest_vintage(connection: Connection) -> int:
    """Return the number of the newest vintage, 0 if there is none."""
    return connection.scalar(select(func.max(schema.vintage.c.number))) or 0


def known(table: Table, vintage: int, withdrawn: Collection[int]) -> Select[Any]:
    """Select the rows of a table that were known at a vintage.

    For each natural key that is the row of the newest vintage, neither after ``vintage``
    nor among the ``withdrawn``: what came later is invisible, so a past forecast cannot
    see its own future. Where that row says that its key was removed, there is none.
    """
    natural_key = [column for column in table.primary_key if column is not table.c.vintage]
    newest_first = func.row_number().over(partition_by=natural_key, order_by=table.c.vintage.desc())
    ranked = (
        select(table, newest_first.label("rank"))
        .where(table.c.vintage <= vintage, table.c.vintage.not_in(withdrawn))
        .subquery()
    )
    query = select(ranked).where(ranked.c.rank == 1)
    return query.where(~ranked.c.removed) if "removed" in table.c else query


@dataclass(frozen=True, slots=True)
class View:
    """The tables as they stood at one vintage, read over one connection.

    Attributes
    ----------
    withdrawn
        Vintages that were withdrawn by then.
    """

    connection: Connection
    vintage: int
    withdrawn: frozenset[int]

    @classmethod
    def at(cls, connection: Connection, vintage: int) -> Self:
        """Look at the tables as they stood at ``vintage``.

        Raises
        ------
        UnknownVintage
            If no vintage has that number.
        """
        latest = latest_vintage(connection)
        if not 1 <= vintage <= latest:
            raise UnknownVintage(vintage=vintage, latest=latest)
        return cls(connection, vintage, withdrawn_by(connection, vintage))

    def rows(self, table: Table, **cells: str) -> Sequence[Row[Any]]:
        """Return the known rows of a table, those with these cells of the natural key."""
        query = known(table, self.vintage, self.withdrawn)
        query = query.where(*(query.selected_columns[name] == cell for name, cell in cells.items()))
        return self.connection.execute(query).all()

    def catalogue(self) -> Catalogue:
        """Return the known indicators, in their order."""
        indicators = map(indicator_of, self.rows(schema.indicator))
        return Catalogue.of(sorted(indicators, key=lambda entry: (entry.order, entry.id)))

    def unlisted(self) -> tuple[str, ...]:
        """Return the areas and indicators that known rows name and that are not known."""
        areas = self.rows(schema.area)
        named = {area.parent for area in areas} - {""}
        listed = {area.id for area in areas}
        indicators = {indicator.id for indicator in self.rows(schema.indicator)}
        missing = named - listed
        missing |= {version.area for version in self.rows(schema.area_version)} - listed
        for table in (schema.target, schema.observation, schema.definition_change):
            rows = known(table, self.vintage, self.withdrawn).subquery()
            pairs = select(rows.c.area, rows.c.indicator).distinct()
            for area, indicator in self.connection.execute(pairs):
                missing |= {area} - listed | {indicator} - indicators
        return tuple(sorted(missing))


def withdrawn_by(connection: Connection, vintage: int) -> frozenset[int]:
    """Return the vintages withdrawn by ``vintage``.

    A withdrawal is younger than what it withdraws, so the newest are settled first.
    """
    column = schema.vintage.c
    query = (
        select(column.number, column.withdraws)
        .where(column.withdraws.is_not(None), column.number <= vintage)
        .order_by(column.number.desc())
    )
    withdrawn: set[int] = set()
    for number, withdraws in connection.execute(query):
        if number not in withdrawn:
            withdrawn.add(withdraws)
    return frozenset(withdrawn)
