"""Issued outlooks: every one as it left the house, under a number without gaps.

An issue is never changed or deleted. What is stored is its document as bytes: making and reading
it is left to ``forecasting.issues``, which knows every schema there was. The probabilities it
answered with stand beside it, so that a track record needs no document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Row, func, select

from data.store import audit, schema
from data.store.errors import DamagedIssue, IssuedMeanwhile, UnknownIssue
from data.store.people import Access
from data.store.permissions import Permission
from data.store.scenarios import find_scenario
from data.store.schema import can_be_number, in_utc, insert_rows
from data.store.vintages import Tables, row_of

_TABLE = schema.issue
_COLUMN = _TABLE.c
_RECORD = [column for column in _COLUMN if column.name not in ("document", "p_all", "answers")]


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """What lists say of an issue.

    Attributes
    ----------
    number
        Counts from 1 over the whole store, without gaps.
    issued_at
        In UTC.
    issuer, author
        The unit that issued it, and who did so.
    vintage
        The vintage it was judged at.
    scenario
        Number and version of the saved scenario that was applied; None for the baseline, and
        for a scenario that nobody saved.
    unpublished
        Whether any figure in it was not published by then.
    sha256
        Of the document, in hexadecimal.
    """

    number: int
    area: str
    year: int
    issued_at: datetime
    issuer: str
    author: str
    vintage: int
    scenario: tuple[int, int] | None
    unpublished: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredIssue(IssueRecord):
    """An issue with its document, byte for byte as it was issued."""

    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class IssuedProbabilities:
    """What an issue answered, for when the year is over.

    Attributes
    ----------
    p_all
        The probability that every target which counts is met, None where none counts.
    answers
        The probability of each indicator's target, by indicator.
    """

    number: int
    issued_at: datetime
    year: int
    p_all: float | None
    answers: Mapping[str, float]


class Issues:
    """The issues of one store; safe to share between threads."""

    def __init__(self, access: Access) -> None:
        self._access, self._engine = access, access.engine

    def issue(
        self, area: str, year: int, document: bytes, vintage: int, *,
        issued_at: datetime, unpublished: bool, p_all: float | None, answers: Mapping[str, float],
        issuer: str = "", author: str = "", scenario: tuple[int, int] | None = None,
        after: int | None = None,
    ) -> StoredIssue:  # fmt: skip
        """Write the next issue, whole or not at all.

        Parameters
        ----------
        vintage
            The vintage the outlook was judged at.
        issued_at
            As the document says it.
        unpublished
            Whether any figure in the document is not published; every link to it then needs
            a passphrase and an expiry.
        p_all, answers
            What the document answers: the probability that all targets which count are met,
            None where none counts, and that of each indicator.
        scenario
            Number and version of the saved scenario that was applied, if there was one.
        after
            Number of the newest issue that the document knows of, 0 of none: it is issued under
            the next number or not at all. None where it tells of no other.

        Raises
        ------
        IssuedMeanwhile
            If there is an issue later than ``after``.
        UnknownVintage, UnknownScenario
            If there is no such vintage, scenario or version.
        ValueError
            If the area is not listed; if the scenario is of another area or year; if a
            probability is none; at a null character; if ``issued_at`` has no time zone.
        """
        issued_at = in_utc(issued_at)
        _check_probabilities(p_all, answers)
        with self._access.writing(Permission.ISSUE) as connection:
            author = self._access.author(connection, author)
            _check_subject(connection, area, year, vintage, scenario)
            number = _newest(connection) + 1
            if after is not None and number != after + 1:
                raise IssuedMeanwhile(number=number - 1)
            issued = StoredIssue(
                number, area, year, issued_at, issuer, author, vintage, scenario, unpublished,
                sha256(document).hexdigest(), document,
            )  # fmt: skip
            row = row_of(issued) | {"p_all": p_all, "answers": dict(answers)}
            row["scenario"], row["scenario_version"] = scenario or (None, None)
            audit.record(
                connection,
                audit.Action.ISSUE,
                f"issue {number}",
                author,
                vintage=vintage,
                sha256=issued.sha256,
            )
            insert_rows(connection, _TABLE, [row])
            return issued

    def find(self, number: int) -> StoredIssue:
        """Return an issue, byte for byte as it was issued.

        Raises
        ------
        UnknownIssue, DamagedIssue
            If there is no such issue, or its document is not what was issued.
        """
        with self._engine.connect() as connection:
            return find_issue(connection, number)

    def listed(self, area: str) -> tuple[IssueRecord, ...]:
        """Return what was issued for an area, the newest first, without the documents."""
        query = select(*_RECORD).where(_COLUMN.area == area).order_by(_COLUMN.number.desc())
        with self._engine.connect() as connection:
            return tuple(IssueRecord(**_cells(row)) for row in connection.execute(query))

    def newest(self) -> int:
        """Return the number of the newest issue of any area, 0 if there is none."""
        with self._engine.connect() as connection:
            return _newest(connection)

    def track(self, area: str) -> tuple[IssuedProbabilities, ...]:
        """Return the probabilities issued for an area, the oldest first."""
        names = (_COLUMN.number, _COLUMN.issued_at, _COLUMN.year, _COLUMN.p_all, _COLUMN.answers)
        query = select(*names).where(_COLUMN.area == area).order_by(_COLUMN.number)
        with self._engine.connect() as connection:
            return tuple(IssuedProbabilities(*row) for row in connection.execute(query))


def find_issue(connection: Connection, number: int) -> StoredIssue:
    """Return an issue whose document is as it was issued.

    Raises
    ------
    UnknownIssue, DamagedIssue
        If there is no such issue, or its document is not what was issued.
    """
    row = _row(connection, number, *_RECORD, _COLUMN.document)
    if sha256(row.document).hexdigest() != row.sha256:
        raise DamagedIssue(number=number)
    return StoredIssue(**_cells(row))


def is_unpublished(connection: Connection, number: int) -> bool:
    """Return whether any figure of an issue was not published by then.

    Raises
    ------
    UnknownIssue
        If there is no such issue.
    """
    unpublished: bool = _row(connection, number, _COLUMN.unpublished).unpublished
    return unpublished


def _newest(connection: Connection) -> int:
    return connection.scalar(select(func.max(_COLUMN.number))) or 0


def _row(connection: Connection, number: int, *columns: Column[Any]) -> Row[Any]:
    query = select(*columns).where(_COLUMN.number == number)
    row = connection.execute(query).one_or_none() if can_be_number(number) else None
    if row is None:
        raise UnknownIssue(number=number)
    return row


def _cells(row: Row[Any]) -> dict[str, Any]:
    """Return the cells of a row, with number and version of the scenario as a pair."""
    cells = dict(row._mapping)
    version = cells.pop("scenario_version")
    return cells | {"scenario": None if version is None else (row.scenario, version)}


def _check_probabilities(p_all: float | None, answers: Mapping[str, float]) -> None:
    together = [] if p_all is None else [("all", p_all)]
    for name, p in [*answers.items(), *together]:
        if not 0 <= p <= 1:
            raise ValueError(f"no probability: {p} for {name}")


def _check_subject(
    connection: Connection, area: str, year: int, vintage: int, scenario: tuple[int, int] | None
) -> None:
    """Check that the area is listed at the vintage, and the scenario one of it."""
    Tables.at(connection, vintage).check_area(area)
    if scenario is not None:
        saved = find_scenario(connection, *scenario)
        if (area, year) != (saved.area, saved.year):
            raise ValueError(f"scenario {saved.id} is of {saved.area} in {saved.year}")
