"""Vintages: what is committed, what was known at each, and in which order it is listed.

Functions that write run in a transaction of ``connection.writing``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, Generic, Self, TypeVar, get_type_hints

from sqlalchemy import BindParameter, Connection, Row, Select, Table, bindparam, func, select

from data.store import audit, schema
from data.store.digests import write_receipt
from data.store.errors import AlreadyWithdrawn, SeedStays, StaleBase, StillNeeded, UnknownVintage
from data.store.schema import insert_rows
from forecasting.figures.indicator import (
    Area,
    AreaVersion,
    AreaVersionKey,
    Basis,
    Catalogue,
    DefinitionChange,
    DefinitionChangeKey,
    Indicator,
    Measure,
    Names,
    Observation,
    ObservationKey,
    Target,
    TargetKey,
)
from forecasting.figures.period import Month

Removable = Target | DefinitionChange | AreaVersion
"""What can be removed by hand, as an indicator can; figures are withdrawn with their vintage."""

Naming = tuple[set[str], set[str]]
"""Ids of areas and of indicators that are named."""

T = TypeVar("T")
Cells = dict[str, Any]

_TABLES: Mapping[type, Table] = {
    Area: schema.area,
    Indicator: schema.indicator,
    Target: schema.target,
    DefinitionChange: schema.definition_change,
    AreaVersion: schema.area_version,
    Observation: schema.observation,
}


SKEW = timedelta(minutes=1)
"""By how much the clocks of several servers may differ."""

FIRST_VINTAGE = 1
"""The one that has none before it."""


class VintageKind(StrEnum):
    """How a vintage came about."""

    SEED = "seed"
    UPLOAD = "upload"
    EDIT = "edit"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Commit:
    """What one commit adds: new values, and revisions of values with the same key.

    Attributes
    ----------
    base
        The vintage its author looked at. The commit is refused when it is no longer the
        latest; None when nothing was looked at.
    removed
        What no longer holds; of each only what identifies it matters. Removing what is
        not there changes nothing. Figures only go with their indicator.
    answers
        What was answered about files, by shape and question, for the next file of that shape.
    files
        The bytes of the files it was read from, by name.
    request
        Names this commit among all, so that whoever lost the answer can ask whether it was
        written (``Store.committed``); None where nobody will.
    """

    kind: VintageKind
    author: str
    note: str = ""
    base: int | None = None
    areas: tuple[Area, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[Target, ...] = ()
    observations: tuple[Observation, ...] = ()
    changes: tuple[DefinitionChange, ...] = ()
    area_versions: tuple[AreaVersion, ...] = ()
    removed: tuple[Removable | Indicator | Observation, ...] = ()
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Vintage:
    """The record of one commit.

    Attributes
    ----------
    number
        Counts from 1 over the whole store, without gaps.
    committed_at
        In UTC.
    base
        The vintage its author looked at, if any.
    withdraws
        The vintage it hides, if its kind is withdrawal.
    """

    number: int
    committed_at: datetime
    kind: VintageKind
    author: str
    note: str
    base: int | None
    withdraws: int | None

    @property
    def ahead_of_clock(self) -> bool:
        """Whether it was committed later than it is now by this machine: its clock is wrong."""
        return self.committed_at > datetime.now(UTC) + SKEW


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file a vintage was read from; ``sha256`` is in hexadecimal."""

    name: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileRecord:
    """That a vintage was read from a file, without the bytes.

    Attributes
    ----------
    size
        In bytes.
    withdrawn
        Whether the vintage is withdrawn by now.
    """

    vintage: int
    name: str
    sha256: str
    size: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Committed(Generic[T]):
    """A value and the number of the vintage that brought it."""

    value: T
    vintage: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What was known at one vintage, by what identifies each value."""

    areas: Mapping[str, Committed[Area]]
    indicators: Mapping[str, Committed[Indicator]]
    targets: Mapping[TargetKey, Committed[Target]]
    changes: Mapping[DefinitionChangeKey, Committed[DefinitionChange]]
    area_versions: Mapping[AreaVersionKey, Committed[AreaVersion]]
    figures: Mapping[ObservationKey, Committed[Observation]]


# Writing


def append(connection: Connection, commit: Commit) -> int:
    """Write a commit as the next vintage and return its number.

    One whose request was written already is not written twice: its number is returned.

    Raises
    ------
    StaleBase
        If the commit was based on a vintage that is no longer the latest.
    ValueError
        If it names an area or an indicator that is not listed by then, or holds a null
        character, which only one of the databases can keep.
    """
    if commit.request is not None:
        written = committed(connection, commit.request)
        if written is not None:
            return written
    number = _insert_vintage(connection, commit)
    for table, rows in _rows_of(commit).items():
        insert_rows(connection, table, [row | {"vintage": number} for row in rows])
    write_receipt(connection, number, commit.request)
    # What was named before is listed still, unless something was taken away.
    named = None if commit.removed else _named_by(commit)
    if names := Tables.at(connection, number).unlisted(named):
        raise ValueError(f"not listed: {', '.join(names)}")
    return number


def _named_by(commit: Commit) -> Naming:
    """Return the areas and indicators that the values of a commit name."""
    values: Iterable[Target | Observation | DefinitionChange]
    values = [*commit.targets, *commit.observations, *commit.changes]
    areas = {value.area for value in (*values, *commit.area_versions)}
    areas |= {area.parent for area in commit.areas} - {""}
    return areas, {value.indicator for value in values}


def committed(connection: Connection, request: str) -> int | None:
    """Return the vintage that a request became, None if it was not written."""
    column = schema.vintage_receipt.c
    number: int | None = connection.scalar(select(column.vintage).where(column.request == request))
    return number


def withdraw(connection: Connection, vintage: int, author: str, note: str) -> int:
    """Write a vintage that withdraws another, and return its number.

    Raises
    ------
    UnknownVintage, SeedStays, AlreadyWithdrawn, StillNeeded
        If there is no such vintage, or it cannot be withdrawn.
    """
    Tables.at(connection, vintage)
    kind = select(schema.vintage.c.kind).where(schema.vintage.c.number == vintage)
    if connection.scalar(kind) == VintageKind.SEED:
        raise SeedStays(vintage=vintage)
    if vintage in Tables.at(connection, latest_vintage(connection)).withdrawn:
        raise AlreadyWithdrawn(vintage=vintage)
    commit = Commit(VintageKind.WITHDRAWAL, author, note)
    number = _insert_vintage(connection, commit, withdraws=vintage)
    write_receipt(connection, number)
    if names := Tables.at(connection, number).unlisted():
        raise StillNeeded(vintage=vintage, names=", ".join(names))
    return number


def _insert_vintage(connection: Connection, commit: Commit, withdraws: int | None = None) -> int:
    latest = latest_vintage(connection)
    if commit.base not in (None, latest):
        raise StaleBase(base=commit.base, latest=latest)
    record = Vintage(
        latest + 1,
        datetime.now(UTC),
        commit.kind,
        commit.author,
        commit.note,
        commit.base,
        withdraws,
    )
    audit.record(
        connection,
        audit.Action.WITHDRAWAL if withdraws else audit.Action.COMMIT,
        f"vintage {record.number}",
        commit.author,
        kind=str(commit.kind),
        base=commit.base,
        withdraws=withdraws,
    )
    insert_rows(connection, schema.vintage, [row_of(record)])
    return record.number


def _rows_of(commit: Commit) -> dict[Table, list[Cells]]:
    """Return the rows a commit adds to each table, without their vintage."""
    rows: dict[Table, list[Cells]] = {
        schema.vintage_file: [
            {"name": name, "sha256": sha256(content).hexdigest(), "content": content}
            for name, content in commit.files.items()
        ]
    }
    for area in commit.areas:
        rows.setdefault(schema.area, []).append(row_of(area))
    for value in (*commit.indicators, *commit.observations):
        rows.setdefault(_TABLES[type(value)], []).append(row_of(value) | {"removed": None})
    rows[schema.remembered_answer] = [
        {
            "shape": shape,
            "question_sha256": sha256(question.encode()).hexdigest(),
            "question": question,
            "answer": answer,
        }
        for (shape, question), answer in commit.answers.items()
    ]
    standing: tuple[Removable, ...] = (*commit.targets, *commit.changes, *commit.area_versions)
    for values, removed in ((standing, False), (commit.removed, True)):
        for entry in values:
            row = row_of(entry) | {"removed": removed}
            rows.setdefault(_TABLES[type(entry)], []).append(row)
    return rows


def row_of(value: Any) -> Cells:
    """Return the cells of a value by column: of names two of them, of a basis three."""
    cells: Cells = {}
    for name, hint in _fields(type(value)):  # type: ignore[arg-type]  # a class is hashable
        cell = getattr(value, name)
        if hint is Names:
            cells[f"{name}_zh"], cells[f"{name}_en"] = cell.zh, cell.en
        elif hint is Basis:
            cells["price_basis"], cells["coverage_basis"] = cell.price, cell.coverage
            cells["currency"] = cell.currency
        else:
            cells[name] = cell
    return cells


def _values_of(kind: type[T], rows: Sequence[Row[Any]]) -> list[T]:
    """Return the values of rows that ``row_of`` made."""
    if not rows:
        return []
    at = {column: place for place, column in enumerate(rows[0]._fields)}
    parts: list[tuple[Callable[..., Any] | None, tuple[int, ...]]] = []
    for name, hint in _fields(kind):  # type: ignore[arg-type]  # a class is hashable
        if hint is Names:
            parts.append((Names, (at[f"{name}_zh"], at[f"{name}_en"])))
        elif hint is Basis:
            columns = "price_basis", "coverage_basis", "currency"
            parts.append((Basis, tuple(at[column] for column in columns)))
        else:
            parts.append((None, (at[name],)))
    return [
        kind(*[
            make(*[row[place] for place in places]) if make else row[places[0]]
            for make, places in parts
        ])
        for row in rows
    ]  # fmt: skip


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))


# Reading


@dataclass(frozen=True, slots=True)
class Tables:
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
        asked = {"at": self.vintage, "without": list(self.withdrawn), **cells}
        return self.connection.execute(_known_at_any(table, tuple(cells)), asked).all()

    def committed(self, kind: type[T], **cells: str) -> list[Committed[T]]:
        """Return the known values of a kind, those with these cells of the natural key."""
        rows = self.rows(_TABLES[kind], **cells)
        values = _values_of(kind, rows)
        return [Committed(value, row.vintage) for value, row in zip(values, rows, strict=True)]

    def values(self, kind: type[T], **cells: str) -> list[T]:
        """Return what ``committed`` does, without the vintages."""
        return _values_of(kind, self.rows(_TABLES[kind], **cells))

    def replaced(self) -> list[Committed[Observation]]:
        """Return the figures that others took the place of, each with the vintage that did so."""
        table = schema.observation
        natural_key = [column for column in table.primary_key if column is not table.c.vintage]
        next_one = func.lag(table.c.vintage).over(
            partition_by=natural_key, order_by=table.c.vintage.desc()
        )
        known = (
            select(table, next_one.label("replaced_by"))
            .where(table.c.vintage <= self.vintage, table.c.vintage.not_in(self.withdrawn))
            .subquery()
        )
        query = select(known).where(known.c.replaced_by.is_not(None))
        rows = self.connection.execute(query.order_by(known.c.vintage)).all()
        figures = _values_of(Observation, rows)
        return [Committed(one, row.replaced_by) for one, row in zip(figures, rows, strict=True)]

    def areas_by_month(self, indicator: str) -> dict[Month, int]:
        """Return of how many real areas cumulative growth up to each month is known."""
        growth = _growth_of(indicator, self.vintage, self.withdrawn).subquery()
        area = _known(schema.area, self.vintage, self.withdrawn).subquery()
        query = select(growth.c.month, func.count(growth.c.area.distinct()))
        query = query.join(area, growth.c.area == area.c.id).where(~area.c.synthetic)
        return {row[0]: row[1] for row in self.connection.execute(query.group_by(growth.c.month))}

    def growth_between(self, indicator: str, first: Month, last: Month) -> list[Observation]:
        """Return the cumulative growth of an indicator up to some months, in every area."""
        query = _growth_of(indicator, self.vintage, self.withdrawn)
        month = query.selected_columns.month
        rows = self.connection.execute(query.where(month.between(first, last))).all()
        return _values_of(Observation, rows)

    def catalogue(self) -> Catalogue:
        """Return the known indicators, in their order."""
        return Catalogue.of(sorted(self.values(Indicator), key=indicator_order))

    def contents(self) -> Contents:
        """Return everything known."""
        return Contents(
            areas=_by_key(self.committed(Area), lambda area: area.id),
            indicators=_by_key(self.committed(Indicator), lambda indicator: indicator.id),
            targets=_by_key(self.committed(Target), lambda target: target.key),
            changes=_by_key(self.committed(DefinitionChange), lambda change: change.key),
            area_versions=_by_key(self.committed(AreaVersion), lambda version: version.key),
            figures=_by_key(self.committed(Observation), lambda figure: figure.key),
        )

    def areas_with_targets(self, year: int) -> frozenset[str]:
        """Return the areas that have targets of a year, or standing ones."""
        targets = _known(schema.target, self.vintage, self.withdrawn).subquery()
        query = select(targets.c.area).where(targets.c.year.in_((0, year))).distinct()
        return frozenset(self.connection.scalars(query))

    def check_area(self, area: str) -> None:
        """Raise ``ValueError`` if an area is not listed."""
        if area not in {row.id for row in self.rows(schema.area)}:
            raise ValueError(f"not listed: {area}")

    def unlisted(self, named: Naming | None = None) -> tuple[str, ...]:
        """Return the areas and indicators that are named and not known: by all known rows.

        ``named`` are those to look at where the others are listed for sure: with millions of rows
        that takes a hundredth of the time.
        """
        areas, indicators = self._named() if named is None else named
        areas = areas - {row.id for row in self.rows(schema.area)}
        indicators = indicators - {row.id for row in self.rows(schema.indicator)}
        return tuple(sorted(areas | indicators))

    def _named(self) -> Naming:
        """Return the areas and indicators that known rows name."""
        areas = {area.parent for area in self.rows(schema.area)} - {""}
        areas |= {version.area for version in self.rows(schema.area_version)}
        indicators = set()
        for table in (schema.target, schema.observation, schema.definition_change):
            rows = _known(table, self.vintage, self.withdrawn).subquery()
            pairs = select(rows.c.area, rows.c.indicator).distinct()
            for area, indicator in self.connection.execute(pairs):
                areas.add(area)
                indicators.add(indicator)
        return areas, indicators


def latest_vintage(connection: Connection) -> int:
    """Return the number of the newest vintage, 0 if there is none."""
    return connection.scalar(select(func.max(schema.vintage.c.number))) or 0


def vintage_records(connection: Connection) -> tuple[Vintage, ...]:
    """Return the record of every vintage, the oldest first."""
    rows = connection.execute(select(schema.vintage).order_by(schema.vintage.c.number))
    return tuple(Vintage(**{**row._mapping, "kind": VintageKind(row.kind)}) for row in rows)


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


@cache
def _known_at_any(table: Table, cells: tuple[str, ...]) -> Select[Any]:
    """Select what ``_known`` does, of a vintage and cells that are named when it is executed.

    Pages ask it again and again, and to build it takes longer than to execute it.
    """
    query = _known(table, bindparam("at"), bindparam("without", expanding=True))
    return query.where(*(query.selected_columns[name] == bindparam(name) for name in cells))


def _known(
    table: Table,
    vintage: int | BindParameter[Any],
    withdrawn: Collection[int] | BindParameter[Any],
) -> Select[Any]:
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
    return query.where(ranked.c.removed.is_not(True)) if "removed" in table.c else query


def _growth_of(indicator: str, vintage: int, withdrawn: Collection[int]) -> Select[Any]:
    """Select the known cumulative growth of an indicator."""
    query = _known(schema.observation, vintage, withdrawn)
    column = query.selected_columns
    return query.where(column.indicator == indicator, column.measure == Measure.GROWTH_YTD)


def _by_key(values: Iterable[Committed[T]], key_of: Callable[[T], Any]) -> dict[Any, Committed[T]]:
    return {key_of(committed.value): committed for committed in values}


# The order in which what is known is listed: the nation first, then as in the catalogue.

_MEASURES = list(Measure)


def area_order(area: Area) -> tuple[int, str]:
    """Return what sorts areas from the nation down, then by id."""
    return area.kind.level, area.id


def indicator_order(indicator: Indicator) -> tuple[int, str]:
    """Return what sorts indicators as the catalogue has them."""
    return indicator.order, indicator.id


def positions(ids: Iterable[str]) -> dict[str, int]:
    """Return the place of each id of an ordered catalogue."""
    return {id: place for place, id in enumerate(ids)}


def figure_order(figure: Observation, indicators: Mapping[str, int]) -> tuple[object, ...]:
    """Return what sorts an area's figures by indicator, measure, basis and month."""
    return (
        indicators[figure.indicator],
        _MEASURES.index(figure.measure),
        _basis_order(figure.basis),
        figure.month,
    )


def change_order(change: DefinitionChange, indicators: Mapping[str, int]) -> tuple[object, ...]:
    """Return what sorts an area's changes of definition by indicator, basis and quarter."""
    return indicators[change.indicator], _basis_order(change.basis), change.quarter


def _basis_order(basis: Basis) -> tuple[str, str, str]:
    return basis.price, basis.coverage, basis.currency
