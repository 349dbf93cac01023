"""Issued outlooks: every one as it left the house, under a number without gaps.

An issue is never changed or deleted. What is stored is its document as bytes: making and reading
it is left to ``forecasting.issues``, which knows every schema there was. The probabilities it
answered with stand beside it, so that a track record needs no document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine

from data.store import issue_rows, scenario_rows, schema
from data.store.connection import writing
from data.store.errors import IssuedMeanwhile
from data.store.issued import IssuedProbabilities, IssueRecord, StoredIssue, in_utc
from data.store.view import View


class Issues:
    """The issues of one store; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def issue(
        self, area: str, year: int, make: Callable[[int], bytes], vintage: int, *,
        issued_at: datetime, unpublished: bool, p_all: float | None, answers: Mapping[str, float],
        issuer: str = "", author: str = "", scenario: tuple[int, int] | None = None,
        after: int | None = None,
    ) -> StoredIssue:  # fmt: skip
        """Write the next issue, whole or not at all.

        Parameters
        ----------
        make
            Makes the document from the number. Every other writer waits for it meanwhile, so
            whatever takes long is done before; it may not write to the store. If it raises,
            nothing is issued and no number is used up.
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
        with writing(self._engine) as connection:
            _check_whose(connection, area, year, vintage, scenario)
            number = issue_rows.next_number(connection)
            if after is not None and number != after + 1:
                raise IssuedMeanwhile(number=number - 1)
            document = make(number)
            issued = StoredIssue(
                number, area, year, issued_at, issuer, author, vintage, scenario, unpublished,
                sha256(document).hexdigest(), document,
            )  # fmt: skip
            answered = IssuedProbabilities(number, issued_at, year, p_all, answers)
            issue_rows.append(connection, issued, answered)
            return issued

    def find(self, number: int) -> StoredIssue:
        """Return an issue, byte for byte as it was issued.

        Raises
        ------
        UnknownIssue, DamagedIssue
            If there is no such issue, or its document is not what was issued.
        """
        with self._engine.connect() as connection:
            return issue_rows.find(connection, number)

    def listed(self, area: str) -> tuple[IssueRecord, ...]:
        """Return what was issued for an area, the newest first, without the documents."""
        with self._engine.connect() as connection:
            return issue_rows.listed(connection, area)

    def newest(self) -> int:
        """Return the number of the newest issue of any area, 0 if there is none."""
        with self._engine.connect() as connection:
            return issue_rows.next_number(connection) - 1

    def track(self, area: str) -> tuple[IssuedProbabilities, ...]:
        """Return the probabilities issued for an area, the oldest first."""
        with self._engine.connect() as connection:
            return issue_rows.track(connection, area)


def _check_probabilities(p_all: float | None, answers: Mapping[str, float]) -> None:
    together = [] if p_all is None else [("all", p_all)]
    for name, p in [*answers.items(), *together]:
        if not 0 <= p <= 1:
            raise ValueError(f"no probability: {p} for {name}")


def _check_whose(
    connection: Connection, area: str, year: int, vintage: int, scenario: tuple[int, int] | None
) -> None:
    """Check that the area is listed at the vintage, and the scenario one of it."""
    if area not in {row.id for row in View.at(connection, vintage).rows(schema.area)}:
        raise ValueError(f"not listed: {area}")
    if scenario is not None:
        saved = scenario_rows.find(connection, *scenario)
        if (area, year) != (saved.area, saved.year):
            raise ValueError(f"scenario {saved.id} is of {saved.area} in {saved.year}")
