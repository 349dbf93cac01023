"""The store: every vintage that was committed, and what was known at each.

A vintage never changes, so whatever is read at one may be kept for ever under
``(store.database_url, vintage)``. Vintages are numbered from 1; asking for any other
raises ``UnknownVintage``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Self

from sqlalchemy import Connection, Engine, and_, exists, func, select

from data.store import schema, vintages
from data.store.alerts import Alerts
from data.store.audit import Audit
from data.store.connection import engine_of, is_there, keep_to_owner, make_file, writing
from data.store.errors import EmptyStore
from data.store.fleet import Fleet
from data.store.forecasts import Forecasts
from data.store.issues import Issues
from data.store.league import League
from data.store.links import Shares
from data.store.people import Access, People
from data.store.permissions import Permission
from data.store.plans import Plans
from data.store.scenarios import Scenarios
from data.store.schema import is_backup, is_later, migrate, newest_revision, place_of, revision_of
from data.store.vintages import (
    Commit,
    Committed,
    Contents,
    FileRecord,
    StoredFile,
    Tables,
    Vintage,
    area_order,
    change_order,
    figure_order,
    latest_vintage,
    positions,
    vintage_records,
    withdrawn_by,
)
from forecasting.figures.indicator import (
    Area,
    AreaVersion,
    Catalogue,
    DefinitionChange,
    Observation,
    ObservationKey,
    Status,
    Target,
)
from forecasting.figures.period import Month, Quarter


class Store:
    """Everything ever committed to one database; safe to share between threads."""

    def __init__(self, engine: Engine, database_url: str, access: Access | None = None) -> None:
        self._engine = engine
        self._access = access or Access(engine)
        self.database_url = database_url

    @classmethod
    def open(cls, database_url: str) -> Self:
        """Return the store at an address; the database is reached on first use."""
        return cls(engine_of(database_url), database_url)

    def acting_as(self, account: str, since: datetime | None = None) -> Self:
        """Return the same store for who signed in: it writes what their role allows, as they.

        Parameters
        ----------
        account
            Empty for a visitor, who may write nothing.
        since
            When they signed in: once they sign out they may write nothing.
        """
        return type(self)(self._engine, self.database_url, Access(self._engine, account, since))

    def close(self) -> None:
        """Close the connections that are kept for later use."""
        self._engine.dispose()

    def prepare(self, first: Callable[[], Commit]) -> int:
        """Make the store where there is none, up to date and with ``first()`` as its vintage 1.

        All of it is one transaction that excludes every other writer: processes that
        start at once end with one schema and one first vintage, and a failure leaves the
        database as it was. Returns the latest vintage.

        Raises
        ------
        LaterRelease
            If a later release wrote the store.
        """
        make_file(self.database_url)
        with writing(self._engine) as connection:
            _make_ready(connection)
            return latest_vintage(connection) or vintages.append(connection, first())

    def update(self) -> int:
        """Bring the schema of a store up to date, and its files to their owner.

        Returns the latest vintage. Where nothing may be written, a store that is up to date is
        served as it is; so is one of a later release that this one may read.

        Raises
        ------
        EmptyStore
            If there is none: what is gone is never made anew without being asked for.
        LaterRelease
            If a later release wrote it that does not let this one read.
        """
        if not is_there(self.database_url):
            raise EmptyStore(place=place_of(self.database_url))
        keep_to_owner(self.database_url)
        latest, ready = self.check()
        if not ready:
            with writing(self._engine) as connection:
                _make_ready(connection)
        return latest

    def check(self) -> tuple[int, bool]:
        """Return the latest vintage, and whether the tables can be served as they are.

        Raises
        ------
        EmptyStore, LaterRelease
            If there is nothing that this release can serve.
        """
        with self._engine.connect() as connection:
            later = is_later(connection)
            revision = revision_of(connection, "") if not later else ""
            latest = latest_vintage(connection) if revision is not None else 0
            ready = later or (revision == newest_revision() and not is_backup(connection))
        if not latest:
            raise EmptyStore(place=place_of(self.database_url))
        return latest, ready

    def commit(self, commit: Commit) -> int:
        """Write a commit as the next vintage, whole or not at all, and return its number.

        Raises
        ------
        StaleBase
            If the commit was based on a vintage that is no longer the latest.
        ValueError
            If it names an area or an indicator that is not listed by then.
        RoleNeeded
            If who acts may not commit.
        """
        with self._access.writing(Permission.COMMIT) as connection:
            author = self._access.author(connection, commit.author)
            return vintages.append(connection, replace(commit, author=author))

    def committed(self, request: str) -> int | None:
        """Return the vintage that a request became (``Commit.request``); None if it was not kept.

        Whoever was cut off while committing asks this. The answer waits until no other writer is
        left, so that a commit which is still under way is not told as lost.
        """
        with self._access.writing(Permission.READ) as connection:
            return vintages.committed(connection, request)

    def await_writers(self) -> None:
        """Wait until no write is under way: what is read then tells whether one was kept."""
        with self._access.writing(Permission.READ):
            pass

    def withdraw(self, vintage: int, author: str, note: str = "") -> int:
        """Write a vintage that hides another from its own number on; return its number.

        Each figure falls back to its newest vintage that is not withdrawn. Withdrawing a
        withdrawal takes it back.

        Raises
        ------
        UnknownVintage, SeedStays, AlreadyWithdrawn, StillNeeded
            If there is no such vintage, or it cannot be withdrawn.
        RoleNeeded
            If who acts may not withdraw.
        """
        with self._access.writing(Permission.COMMIT) as connection:
            author = self._access.author(connection, author)
            return vintages.withdraw(connection, vintage, author, note)

    def withdrawal_of(self, vintage: int) -> int | None:
        """Return the newest vintage that withdraws another, None if that one stands."""
        records = self.vintages()
        if vintage not in self.withdrawn(records[-1].number):
            return None
        return max(record.number for record in records if record.withdraws == vintage)

    def latest_vintage(self) -> int:
        """Return the number of the newest vintage, 0 if there is none."""
        with self._engine.connect() as connection:
            return latest_vintage(connection)

    def vintages(self) -> tuple[Vintage, ...]:
        """Return the record of every vintage, the oldest first."""
        with self._engine.connect() as connection:
            return vintage_records(connection)

    def withdrawn(self, vintage: int) -> frozenset[int]:
        """Return the numbers of the vintages that were withdrawn by ``vintage``."""
        with self._at(vintage) as view:
            return view.withdrawn

    def files(self, vintage: int) -> tuple[StoredFile, ...]:
        """Return the files that this one vintage was read from, by name."""
        column = schema.vintage_file.c
        query = select(column.name, column.sha256, column.content).where(column.vintage == vintage)
        with self._at(vintage) as view:
            files = [StoredFile(*row) for row in view.connection.execute(query)]
        return tuple(sorted(files, key=lambda file: file.name))

    def file(self, vintage: int, name: str) -> bytes:
        """Return the bytes of one of the files that this one vintage was read from."""
        column = schema.vintage_file.c
        query = select(column.content).where(column.vintage == vintage, column.name == name)
        with self._at(vintage) as view:
            content: bytes = view.connection.execute(query).scalar_one()
        return content

    def file_records(self, sha256: str | None = None) -> tuple[FileRecord, ...]:
        """Return every file ever committed, or those with a hash, the oldest first."""
        column = schema.vintage_file.c
        size = func.length(column.content)
        query = select(column.vintage, column.name, column.sha256, size)
        if sha256 is not None:
            query = query.where(column.sha256 == sha256)
        with self._engine.connect() as connection:
            withdrawn = withdrawn_by(connection, latest_vintage(connection))
            found = [
                FileRecord(*row, row.vintage in withdrawn) for row in connection.execute(query)
            ]
        return tuple(sorted(found, key=lambda file: (file.vintage, file.name)))

    def areas(self, vintage: int) -> tuple[Area, ...]:
        """Return the areas known at a vintage, from the nation down, then by id."""
        with self._at(vintage) as view:
            return tuple(sorted(view.values(Area), key=area_order))

    def areas_with_figures(self, vintage: int) -> frozenset[str]:
        """Return the ids of the areas that have any figure at a vintage; no figure is read."""
        column, area = schema.observation.c, schema.area.c.id
        with self._at(vintage) as view:
            stands = and_(column.vintage <= vintage, column.vintage.not_in(view.withdrawn))
            query = select(area).where(exists().where(column.area == area, stands)).distinct()
            return frozenset(view.connection.scalars(query))

    def catalogue(self, vintage: int) -> Catalogue:
        """Return the indicators known at a vintage."""
        with self._at(vintage) as view:
            return view.catalogue()

    def targets(self, vintage: int, area: str) -> tuple[Target, ...]:
        """Return an area's targets known at a vintage, in catalogue order, then by year."""
        with self._at(vintage) as view:
            position = positions(view.catalogue().indicators)
            targets = view.values(Target, area=area)
            return tuple(sorted(targets, key=lambda to: (position[to.indicator], to.year)))

    def changes(self, vintage: int, area: str) -> tuple[DefinitionChange, ...]:
        """Return an area's recorded changes of definition, in catalogue order, the oldest first."""
        with self._at(vintage) as view:
            position = positions(view.catalogue().indicators)
            changes = view.values(DefinitionChange, area=area)
            return tuple(sorted(changes, key=lambda change: change_order(change, position)))

    def area_versions(self, vintage: int, area: str) -> tuple[AreaVersion, ...]:
        """Return the versions of an area after its first, the oldest first."""
        with self._at(vintage) as view:
            versions = view.values(AreaVersion, area=area)
            return tuple(sorted(versions, key=lambda version: version.quarter))

    def observations(
        self, vintage: int, area: str, indicator: str | None = None
    ) -> tuple[Observation, ...]:
        """Return an area's figures known at a vintage, of one indicator or of all.

        They are in catalogue order, then by measure, basis and month.
        """
        return tuple(figure.value for figure in self.figures(vintage, area, indicator))

    def figures(
        self, vintage: int, area: str, indicator: str | None = None
    ) -> tuple[Committed[Observation], ...]:
        """Return the same as ``observations``, each with the vintage that brought it."""
        cells = {"area": area} | ({"indicator": indicator} if indicator else {})
        with self._at(vintage) as view:
            position = positions(view.catalogue().indicators)
            figures = view.committed(Observation, **cells)
        return tuple(sorted(figures, key=lambda figure: figure_order(figure.value, position)))

    def areas_by_month(self, vintage: int, indicator: str) -> dict[Month, int]:
        """Return of how many real areas cumulative growth is known, by month, the newest first."""
        with self._at(vintage) as view:
            found = view.areas_by_month(indicator)
        return dict(sorted(found.items(), reverse=True))

    def growth_to(self, vintage: int, indicator: str, month: Month) -> tuple[Observation, ...]:
        """Return cumulative growth in every area to a month and to each of the twelve before it.

        The newest are first; those of one area and month are in the order of their bases.
        """
        with self._at(vintage) as view:
            found = view.growth_between(indicator, Month(month.year - 1, month.month), month)
        in_order = sorted(found, key=lambda figure: figure_order(figure, {indicator: 0}))
        return tuple(sorted(in_order, key=lambda figure: figure.month, reverse=True))

    def year_vintages(self, vintage: int, area: str, year: int) -> tuple[int, ...]:
        """Return at which vintages full-year growth can have become known, the oldest first.

        The first brought a figure that runs to December. The others brought figures of that
        year or of the one before: an earlier quarter may have been the last one missing, and
        growth may rest on levels. None was withdrawn by ``vintage``, or came after it.
        """
        column = schema.observation.c
        months = [Month(y, m) for y in (year - 1, year) for m in range(1, 13)]
        with self._at(vintage) as view:
            brought = (
                select(column.vintage)
                .where(column.area == area, column.vintage <= vintage)
                .where(column.vintage.not_in(view.withdrawn))
            )
            first = view.connection.scalar(
                brought.with_only_columns(func.min(column.vintage)).where(
                    column.month == Month(year, 12)
                )
            )
            if first is None:
                return ()
            query = brought.where(column.month.in_(months), column.vintage >= first).distinct()
            return tuple(sorted(view.connection.scalars(query)))

    def observations_then(self, then: int, vintage: int, area: str) -> tuple[Observation, ...]:
        """Return an area's figures known at ``then``, without what was withdrawn by ``vintage``."""
        with self._at(then) as view:
            withdrawn = withdrawn_by(view.connection, vintage)
            return tuple(replace(view, withdrawn=withdrawn).values(Observation, area=area))

    def newest_quarter(self, vintage: int) -> Quarter | None:
        """Return the last quarter that any published figure known at a vintage reaches to the end.

        None where there is no published figure.
        """
        column = schema.observation.c
        with self._at(vintage) as view:
            newest: Month | None = view.connection.scalar(
                select(func.max(column.month)).where(
                    column.vintage <= vintage,
                    column.vintage.not_in(view.withdrawn),
                    column.status == Status.PUBLISHED,
                )
            )
        if newest is None:
            return None
        return newest.quarter or Quarter.of_month(newest.year, newest.month) + -1

    def areas_with_targets(self, vintage: int, year: int) -> frozenset[str]:
        """Return the areas that have targets of a year, or standing ones, by a vintage."""
        with self._at(vintage) as view:
            return view.areas_with_targets(year)

    def known(self, vintage: int) -> dict[ObservationKey, Observation]:
        """Return every figure of every area known at a vintage."""
        with self._at(vintage) as view:
            return {figure.key: figure for figure in view.values(Observation)}

    def replaced(self, vintage: int) -> dict[ObservationKey, tuple[Committed[Observation], ...]]:
        """Return the figures that others took the place of by a vintage, the oldest first.

        Each has the vintage that replaced it. What was withdrawn by then is not among them.
        """
        found: dict[ObservationKey, tuple[Committed[Observation], ...]] = {}
        with self._at(vintage) as view:
            for figure in view.replaced():
                found[figure.value.key] = (*found.get(figure.value.key, ()), figure)
        return found

    def contents(self, vintage: int) -> Contents:
        """Return everything known at a vintage, each value with the vintage that brought it."""
        with self._at(vintage) as view:
            return view.contents()

    def remembered(self, vintage: int) -> dict[tuple[str, str], str]:
        """Return what was answered about files by a vintage, by shape and question."""
        with self._at(vintage) as view:
            rows = view.rows(schema.remembered_answer)
        return {(row.shape, row.question): row.answer for row in rows}

    @property
    def scenarios(self) -> Scenarios:
        """The saved scenarios, which no vintage holds."""
        return Scenarios(self._access)

    @property
    def plans(self) -> Plans:
        """What people say of the plan of each area, which no vintage holds."""
        return Plans(self._access)

    @property
    def forecasts(self) -> Forecasts:
        """The forecasts made before, which no vintage holds."""
        return Forecasts(self._access)

    @property
    def issues(self) -> Issues:
        """The issued outlooks, which no vintage holds."""
        return Issues(self._access)

    @property
    def fleet(self) -> Fleet:
        """What runs of the fleet say of each area, which no vintage holds."""
        return Fleet(self._access)

    @property
    def shares(self) -> Shares:
        """The links to issued outlooks."""
        return Shares(self._access)

    @property
    def league(self) -> League:
        """Areas beside each other, by what the fleet says of them."""
        return League(self._access)

    @property
    def alerts(self) -> Alerts:
        """How areas stood when alerts were last looked for, and what was sent of changes."""
        return Alerts(self._access)

    @property
    def audit(self) -> Audit:
        """The log of who changed what and when."""
        return Audit(self._engine, partial(self._access.require, permission=Permission.ADMINISTER))

    @property
    def people(self) -> People:
        """Who may sign in, and their roles."""
        return People(self._access)

    @contextmanager
    def _at(self, vintage: int) -> Iterator[Tables]:
        with self._engine.connect() as connection:
            yield Tables.at(connection, vintage)


def _make_ready(connection: Connection) -> None:
    """Bring the schema up to date; a backup that is served as it is becomes a store."""
    migrate(connection)
    schema.backup_metadata.drop_all(connection)
