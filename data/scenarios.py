"""Saved scenarios: every version of each, and documents kept for links.

A version is never changed or deleted. Saving, removing and restoring each write the next one,
so versions count from 1 without gaps, and what was removed can be brought back. What is stored
is the document as text: reading it is left to ``forecasting.scenario.document``, which knows
every schema there was.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine, insert, select

from data import schema
from data.commit import check_texts
from data.engine import writing
from data.rows import Cells
from data.saved_scenario import Edit, SavedScenario
from data.scenario_rows import (
    append,
    check_length,
    find,
    follow,
    latest_of,
    next_id,
    unchanged,
    versions_of,
)
from data.view import View

_TOKEN = re.compile(r"[a-z2-7]{32}")


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

    def keep(self, document: str) -> str:
        """Keep a document under a token made of its text, and return the token.

        The same text has the same token and is kept once. The token is 160 bits of the SHA-256
        of the text, in lower-case letters and digits: nobody comes by it who has neither a link
        nor the text.

        Raises
        ------
        ScenarioTooLong
            If the document is longer than any that is kept.
        ValueError
            At a null character.
        """
        check_length([document])
        token = b32encode(sha256(document.encode()).digest()[:20]).decode().lower()
        row: Cells = {"token": token, "kept_at": datetime.now(UTC), "document": document}
        check_texts(schema.kept_document, [row])
        if self.kept(token) is None:
            with writing(self._engine) as connection:
                if _kept(connection, token) is None:
                    connection.execute(insert(schema.kept_document).values(row))
        return token

    def kept(self, token: str) -> str | None:
        """Return the document that is kept under a token, None if none is."""
        if not _TOKEN.fullmatch(token):
            return None
        with self._engine.connect() as connection:
            return _kept(connection, token)


def _kept(connection: Connection, token: str) -> str | None:
    query = select(schema.kept_document.c.document).where(schema.kept_document.c.token == token)
    return connection.scalar(query)
