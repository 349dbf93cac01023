"""Saved scenarios: every version of each, and documents kept for links.

A version is never changed or deleted. Saving, removing and restoring each write the next one,
so versions count from 1 without gaps, and what was removed can be brought back. What is stored
is the document as text: reading it is left to ``forecasting.scenario.toml``, which knows
every schema there was.

Every step of a scenario with projects puts a whole document into the address. It is dropped once
nobody can want it any more: ``UNOPENED`` after it was last put into an address, or ``OPENED`` after
a link with it was last opened, whichever is later. Saved versions hold their own documents.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b32encode
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, or_, select, update

from data.store import audit, schema
from data.store.errors import (
    ScenarioChanged,
    ScenarioNameTaken,
    ScenarioNameTooLong,
    ScenarioTooLong,
    ScenarioUnnamed,
    UnknownScenario,
)
from data.store.people import Access
from data.store.permissions import Permission
from data.store.schema import can_be_number, insert_rows
from data.store.vintages import Tables
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario

LONGEST_NAME = 100
LONGEST = 1_000_000
"""Characters of a document with its edits: two thousand projects, filled in."""

UNOPENED = timedelta(days=14)
"""For how long an address that nobody has opened works: for the way back, and to send it."""
OPENED = timedelta(days=365)
"""For how long a link works that nobody opens any more."""
A_DAY = timedelta(days=1)
"""Moments are renewed once a day, so that not every run of a page writes."""

_TOKEN = re.compile(r"[a-z2-7]{32}")
_TABLE = schema.scenario_version
_COLUMN = _TABLE.c
_KEPT = schema.kept_document


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of a document that was changed before it was saved.

    Attributes
    ----------
    path
        The field, such as ``project.2.start_probability``.
    before, after
        Its values as text, empty where it was or is not there.
    """

    at: datetime
    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """One version of a saved scenario.

    Attributes
    ----------
    id
        Of the scenario, the same for all of its versions.
    version
        Counts from 1 within the scenario, without gaps.
    name
        What lists call it; the name within ``document`` is not looked at.
    document
        As ``forecasting.scenario.toml.write_scenario`` makes it.
    vintage
        The vintage whose baseline it was saved beside.
    saved_at
        In UTC.
    removed
        Whether this version took the scenario off the list.
    edits
        What was changed since the version before, the oldest first.
    """

    id: int
    version: int
    area: str
    year: int
    name: str
    document: str
    vintage: int
    author: str
    saved_at: datetime
    removed: bool = False
    edits: tuple[Edit, ...] = ()

    def scenario(self, indicators: Collection[str]) -> Scenario:
        """Return the scenario that it holds, under the name it is listed by.

        Raises
        ------
        ScenarioRefused, LaterScenario
            If it cannot be read.
        """
        return replace(read_scenario(self.document, indicators), name=self.name)


def token_of(document: str) -> str:
    """Return what a document is kept under.

    It is 160 bits of the SHA-256 of the text, in lower-case letters and digits: nobody comes by
    it who has neither a link nor the text.
    """
    return b32encode(sha256(document.encode()).digest()[:20]).decode().lower()


class Scenarios:
    """The saved scenarios of one store; safe to share between threads."""

    def __init__(self, access: Access) -> None:
        self._access, self._engine = access, access.engine

    def save(
        self, area: str, year: int, name: str, document: str, vintage: int, *,
        author: str = "", edits: Iterable[Edit] = (),
        scenario: int | None = None, based_on: int | None = None,
    ) -> SavedScenario:  # fmt: skip
        """Write a new scenario, or the next version of one.

        Parameters
        ----------
        name
            Spaces around it are left out.
        scenario, based_on
            The scenario to go on with and the version its author opened; None for a new one.

        Raises
        ------
        ScenarioChanged
            If ``based_on`` is no longer the latest; nothing is written.
        ScenarioUnnamed, ScenarioNameTooLong, ScenarioNameTaken, ScenarioTooLong
            If it cannot be kept under this name, or at all.
        UnknownScenario, UnknownVintage
            If there is no such scenario, version or vintage.
        ValueError
            If the area is not listed, or is another than before, as is the year; at a null
            character; if ``scenario`` comes without ``based_on``.
        """
        if (scenario is None) != (based_on is None):
            raise ValueError("a scenario goes on from the version that its author opened")
        with self._access.writing(Permission.SAVE_SCENARIOS) as connection:
            Tables.at(connection, vintage).check_area(area)
            number = _next_id(connection)
            if scenario is not None and based_on is not None:
                latest, number = _unchanged(connection, scenario, based_on), scenario
                if (area, year) != (latest.area, latest.year):
                    raise ValueError(f"scenario {scenario} is of {latest.area} in {latest.year}")
            saved = SavedScenario(
                id=number, version=(based_on or 0) + 1, area=area, year=year, name=name,
                document=document, vintage=vintage, author=self._access.author(connection, author),
                saved_at=datetime.now(UTC), edits=tuple(edits),
            )  # fmt: skip
            return _append(connection, saved)

    def listed(self, area: str) -> tuple[SavedScenario, ...]:
        """Return the latest version of every scenario of an area, the newest first."""
        with self._engine.connect() as connection:
            return _latest_of(connection, area, removed=False)

    def removed(self, area: str) -> tuple[SavedScenario, ...]:
        """Return the last version of every scenario of an area that is removed, newest first."""
        with self._engine.connect() as connection:
            return _latest_of(connection, area, removed=True)

    def find(self, scenario: int, version: int | None = None) -> SavedScenario:
        """Return a version of a scenario, by default its latest, removed or not.

        Raises
        ------
        UnknownScenario
            If there is no such scenario or version.
        """
        with self._engine.connect() as connection:
            return find_scenario(connection, scenario, version)

    def versions(self, scenario: int) -> tuple[SavedScenario, ...]:
        """Return every version of a scenario, the first one first.

        Raises
        ------
        UnknownScenario
            If there is no such scenario.
        """
        if not can_be_number(scenario):
            raise UnknownScenario(scenario=scenario)
        query = select(_TABLE).where(_COLUMN.scenario == scenario).order_by(_COLUMN.version)
        with self._engine.connect() as connection:
            versions = tuple(map(_scenario_of, connection.execute(query)))
        if not versions:
            raise UnknownScenario(scenario=scenario)
        return versions

    def remove(self, scenario: int, based_on: int, author: str = "") -> SavedScenario:
        """Take a scenario off the list; removing one that is removed changes nothing.

        Raises
        ------
        UnknownScenario, ScenarioChanged
            If there is no such scenario, or others changed it since version ``based_on``.
        """
        with self._access.writing(Permission.SAVE_SCENARIOS) as connection:
            latest = _unchanged(connection, scenario, based_on)
            return (
                latest
                if latest.removed
                else _follow(
                    connection, latest, self._access.author(connection, author), removed=True
                )
            )

    def restore(self, scenario: int, author: str = "", name: str | None = None) -> SavedScenario:
        """Put a removed scenario back on the list; restoring a listed one changes nothing.

        Parameters
        ----------
        name
            For when its own has been given to another meanwhile.

        Raises
        ------
        UnknownScenario, ScenarioUnnamed, ScenarioNameTooLong, ScenarioNameTaken
            If there is no such scenario, or it cannot be listed under its name.
        """
        with self._access.writing(Permission.SAVE_SCENARIOS) as connection:
            latest = find_scenario(connection, scenario)
            if not latest.removed:
                return latest
            name = latest.name if name is None else name
            latest, author = replace(latest, name=name), self._access.author(connection, author)
            return _follow(connection, latest, author, removed=False)

    def duplicate(self, scenario: int, name: str, author: str = "") -> SavedScenario:
        """Write the latest version of a scenario as a new one with another name.

        Raises
        ------
        UnknownScenario, ScenarioUnnamed, ScenarioNameTooLong, ScenarioNameTaken
            If there is no such scenario, or none can have that name.
        """
        with self._access.writing(Permission.SAVE_SCENARIOS) as connection:
            original = replace(find_scenario(connection, scenario), name=name)
            first = replace(original, id=_next_id(connection), version=0)
            return _follow(
                connection, first, self._access.author(connection, author), removed=False
            )

    def keep(self, document: str, now: datetime | None = None) -> str:
        """Keep a document for an address, drop those whose time is over, and return the token.

        The same text has the same token and is kept once.

        Raises
        ------
        ScenarioTooLong
            If the document is longer than any that is kept.
        ValueError
            At a null character.
        """
        _check_length([document])
        token = token_of(document)
        now = now or datetime.now(UTC)
        query = select(_KEPT.c.kept_at).where(_KEPT.c.token == token)
        with self._engine.connect() as connection:
            kept_at = connection.scalar(query)
        if kept_at is None or now - kept_at > A_DAY:
            with self._access.writing(Permission.READ) as connection:
                _drop_old(connection, now)
                same = update(_KEPT).where(_KEPT.c.token == token)
                if not connection.execute(same.values(kept_at=now)).rowcount:
                    row = {"token": token, "kept_at": now, "document": document}
                    insert_rows(connection, _KEPT, [row])
        return token

    def kept(self, token: str) -> str | None:
        """Return the document that is kept under a token, None if none is."""
        if not _TOKEN.fullmatch(token):
            return None
        query = select(_KEPT.c.document).where(_KEPT.c.token == token)
        with self._engine.connect() as connection:
            return connection.scalar(query)

    def open_kept(self, token: str, now: datetime | None = None) -> str | None:
        """Return what ``kept`` does, and remember that a link with it was opened."""
        document, now = self.kept(token), now or datetime.now(UTC)
        if document is None:
            return None
        long_ago = or_(_KEPT.c.opened_at.is_(None), _KEPT.c.opened_at < now - A_DAY)
        query = select(_KEPT.c.token).where(_KEPT.c.token == token, long_ago)
        with self._engine.connect() as connection:
            stale = connection.scalar(query) is not None
        if stale:
            with self._access.writing(Permission.READ) as connection:
                connection.execute(
                    update(_KEPT).where(_KEPT.c.token == token).values(opened_at=now)
                )
        return document


def _drop_old(connection: Connection, now: datetime) -> None:
    """Drop the documents that are in no address any more, as far as anybody can know."""
    unused = or_(_KEPT.c.opened_at.is_(None), _KEPT.c.opened_at < now - OPENED)
    connection.execute(delete(_KEPT).where(_KEPT.c.kept_at < now - UNOPENED, unused))


def _latest_of(connection: Connection, area: str, *, removed: bool) -> tuple[SavedScenario, ...]:
    """Return the latest version of every scenario that is removed, or is not, the newest first."""
    query = _latest().where(_COLUMN.area == area, _COLUMN.removed == removed)
    query = query.order_by(_COLUMN.saved_at.desc(), _COLUMN.scenario.desc())
    return tuple(map(_scenario_of, connection.execute(query)))


def find_scenario(
    connection: Connection, scenario: int, version: int | None = None
) -> SavedScenario:
    """Return a version of a scenario, by default its latest.

    Raises
    ------
    UnknownScenario
        If there is no such scenario or version.
    """
    query = select(_TABLE).where(_COLUMN.scenario == scenario)
    if version is not None:
        query = query.where(_COLUMN.version == version)
    if can_be_number(scenario) and (version is None or can_be_number(version)):
        row = connection.execute(query.order_by(_COLUMN.version.desc()).limit(1)).one_or_none()
        if row is not None:
            return _scenario_of(row)
    raise UnknownScenario(scenario=scenario)


def _unchanged(connection: Connection, scenario: int, based_on: int) -> SavedScenario:
    """Return the latest version of a scenario if it is the one its author opened."""
    find_scenario(connection, scenario, based_on)
    latest = find_scenario(connection, scenario)
    if latest.version != based_on:
        raise ScenarioChanged(name=latest.name, base=based_on, latest=latest.version)
    return latest


def _next_id(connection: Connection) -> int:
    """Return the number of a new scenario."""
    return (connection.scalar(select(func.max(_COLUMN.scenario))) or 0) + 1


def _follow(
    connection: Connection, latest: SavedScenario, author: str, *, removed: bool
) -> SavedScenario:
    """Write a version with the document of ``latest`` after it."""
    version = replace(
        latest, version=latest.version + 1, author=author, saved_at=datetime.now(UTC),
        removed=removed, edits=(),
    )  # fmt: skip
    return _append(connection, version)


def _append(connection: Connection, saved: SavedScenario) -> SavedScenario:
    """Write the next version of a scenario and return it as it is kept."""
    saved = replace(saved, name=" ".join(saved.name.split()))
    _check_name(connection, saved)
    row = _row_of(saved)
    _check_length((saved.document, *(text for edit in row["edits"] for text in edit.values())))
    audit.record(
        connection,
        audit.Action.SCENARIO,
        f"scenario {saved.id} version {saved.version}",
        saved.author,
        removed=saved.removed,
        sha256=sha256(saved.document.encode()).hexdigest(),
    )
    insert_rows(connection, _TABLE, [row])
    return saved


def _check_length(texts: Iterable[str]) -> None:
    """Raise ``ScenarioTooLong`` if texts are longer together than is kept."""
    if (length := sum(map(len, texts))) > LONGEST:
        raise ScenarioTooLong(length=length, limit=LONGEST)


def _check_name(connection: Connection, saved: SavedScenario) -> None:
    if not saved.name:
        raise ScenarioUnnamed
    if len(saved.name) > LONGEST_NAME:
        raise ScenarioNameTooLong(length=len(saved.name), limit=LONGEST_NAME)
    others = _latest().where(
        _COLUMN.area == saved.area,
        _COLUMN.year == saved.year,
        _COLUMN.scenario != saved.id,
        ~_COLUMN.removed,
    )
    for other in connection.scalars(others.with_only_columns(_COLUMN.name)):
        if _look(other) == _look(saved.name):
            raise ScenarioNameTaken(name=other, year=saved.year)


def _look(name: str) -> str:
    """Return what names have in common that a reader cannot tell apart, such as （1） and (1)."""
    return unicodedata.normalize("NFKC", name).casefold()


def _latest() -> Select[Any]:
    """Select the latest version of every scenario."""
    newest = (
        select(_COLUMN.scenario, func.max(_COLUMN.version).label("version"))
        .group_by(_COLUMN.scenario)
        .subquery()
    )
    same = and_(_COLUMN.scenario == newest.c.scenario, _COLUMN.version == newest.c.version)
    return select(_TABLE).join(newest, same)


def _row_of(saved: SavedScenario) -> dict[str, Any]:
    row = {field.name: getattr(saved, field.name) for field in fields(saved)}
    edits = [asdict(edit) | {"at": edit.at.astimezone(UTC).isoformat()} for edit in saved.edits]
    return row | {"scenario": row.pop("id"), "edits": edits}


def _scenario_of(row: Row[Any]) -> SavedScenario:
    cells = dict(row._mapping)
    edits = [Edit(**edit | {"at": datetime.fromisoformat(edit["at"])}) for edit in row.edits]
    return SavedScenario(id=cells.pop("scenario"), **cells | {"edits": tuple(edits)})
