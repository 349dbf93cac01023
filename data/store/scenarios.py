"""Saved scenarios: every version of each, and documents kept for links.

A version is never changed or deleted. Saving, removing and restoring each write the next one,
so versions count from 1 without gaps, and what was removed can be brought back. What is stored
is the document as text: reading it is left to ``forecasting.scenario.document``, which knows
every schema there was.

Every step of a scenario with projects puts a whole document into the address. It is dropped once
nobody can want it any more: ``UNOPENED`` after it was last put into an address, or ``OPENED`` after
a link with it was last opened, whichever is later. Saved versions hold their own documents.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, insert, or_, select, update

from data.store import schema
from data.store.commit import check_texts
from data.store.connection import writing
from data.store.rows import Cells
from data.store.saved_scenario import Edit, SavedScenario
from data.store.scenario_rows import (
    append,
    check_length,
    find,
    follow,
    latest_of,
    next_id,
    unchanged,
    versions_of,
)
from data.store.view import View

UNOPENED = timedelta(days=14)
"""For how long an address that nobody has opened works: for the way back, and to send it."""
OPENED = timedelta(days=365)
"""For how long a link works that nobody opens any more."""
A_DAY = timedelta(days=1)
"""Moments are renewed once a day, so that not every run of a page writes."""

_TOKEN = re.compile(r"[a-z2-7]{32}")
_KEPT = schema.kept_document


def token_of(document: str) -> str:
    """Return what a document is kept under.

    It is 160 bits of the SHA-256 of the text, in lower-case letters and digits: nobody comes by
    it who has neither a link nor the text.
    """
    return b32encode(sha256(document.encode()).digest()[:20]).decode().lower()


class Scenarios:
    """The saved scenarios of one store; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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
        with writing(self._engine) as connection:
            if area not in {row.id for row in View.at(connection, vintage).rows(schema.area)}:
                raise ValueError(f"not listed: {area}")
            number = next_id(connection)
            if scenario is not None and based_on is not None:
                latest, number = unchanged(connection, scenario, based_on), scenario
                if (area, year) != (latest.area, latest.year):
                    raise ValueError(f"scenario {scenario} is of {latest.area} in {latest.year}")
            saved = SavedScenario(
                id=number, version=(based_on or 0) + 1, area=area, year=year, name=name,
                document=document, vintage=vintage, author=author, saved_at=datetime.now(UTC),
                edits=tuple(edits),
            )  # fmt: skip
            return append(connection, saved)

    def listed(self, area: str) -> tuple[SavedScenario, ...]:
        """Return the latest version of every scenario of an area, the newest first."""
        with self._engine.connect() as connection:
            return latest_of(connection, area, removed=False)

    def removed(self, area: str) -> tuple[SavedScenario, ...]:
        """Return the last version of every scenario of an area that is removed, newest first."""
        with self._engine.connect() as connection:
            return latest_of(connection, area, removed=True)

    def find(self, scenario: int, version: int | None = None) -> SavedScenario:
        """Return a version of a scenario, by default its latest, removed or not.

        Raises
        ------
        UnknownScenario
            If there is no such scenario or version.
        """
        with self._engine.connect() as connection:
            return find(connection, scenario, version)

    def versions(self, scenario: int) -> tuple[SavedScenario, ...]:
        """Return every version of a scenario, the first one first.

        Raises
        ------
        UnknownScenario
            If there is no such scenario.
        """
        with self._engine.connect() as connection:
            return versions_of(connection, scenario)

    def remove(self, scenario: int, based_on: int, author: str = "") -> SavedScenario:
        """Take a scenario off the list; removing one that is removed changes nothing.

        Raises
        ------
        UnknownScenario, ScenarioChanged
            If there is no such scenario, or others changed it since version ``based_on``.
        """
        with writing(self._engine) as connection:
            latest = unchanged(connection, scenario, based_on)
            return latest if latest.removed else follow(connection, latest, author, removed=True)

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
        with writing(self._engine) as connection:
            latest = find(connection, scenario)
            if not latest.removed:
                return latest
            name = latest.name if name is None else name
            return follow(connection, replace(latest, name=name), author, removed=False)

    def duplicate(self, scenario: int, name: str, author: str = "") -> SavedScenario:
        """Write the latest version of a scenario as a new one with another name.

        Raises
        ------
        UnknownScenario, ScenarioUnnamed, ScenarioNameTooLong, ScenarioNameTaken
            If there is no such scenario, or none can have that name.
        """
        with writing(self._engine) as connection:
            original = replace(find(connection, scenario), name=name)
            first = replace(original, id=next_id(connection), version=0)
            return follow(connection, first, author, removed=False)

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
        check_length([document])
        token = token_of(document)
        now = now or datetime.now(UTC)
        row: Cells = {"token": token, "kept_at": now, "document": document}
        check_texts(_KEPT, [row])
        query = select(_KEPT.c.kept_at).where(_KEPT.c.token == token)
        with self._engine.connect() as connection:
            kept_at = connection.scalar(query)
        if kept_at is None or now - kept_at > A_DAY:
            with writing(self._engine) as connection:
                _drop_old(connection, now)
                same = update(_KEPT).where(_KEPT.c.token == token)
                if not connection.execute(same.values(kept_at=now)).rowcount:
                    connection.execute(insert(_KEPT).values(row))
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
            with writing(self._engine) as connection:
                connection.execute(
                    update(_KEPT).where(_KEPT.c.token == token).values(opened_at=now)
                )
        return document


def _drop_old(connection: Connection, now: datetime) -> None:
    """Drop the documents that are in no address any more, as far as anybody can know."""
    unused = or_(_KEPT.c.opened_at.is_(None), _KEPT.c.opened_at < now - OPENED)
    connection.execute(delete(_KEPT).where(_KEPT.c.kept_at < now - UNOPENED, unused))
