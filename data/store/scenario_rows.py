"""Reading and writing versions of scenarios, over the connection that is given."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, select

from data.store import schema
from data.store.columns import can_be
from data.store.commit import check_texts
from data.store.errors import (
    ScenarioChanged,
    ScenarioNameTaken,
    ScenarioNameTooLong,
    ScenarioTooLong,
    ScenarioUnnamed,
    UnknownScenario,
)
from data.store.rows import Cells
from data.store.saved_scenario import Edit, SavedScenario

LONGEST_NAME = 100
LONGEST = 1_000_000
"""Characters of a document with its edits: two thousand projects, filled in."""

_TABLE = schema.scenario_version
_COLUMN = _TABLE.c


def latest_of(connection: Connection, area: str, *, removed: bool) -> tuple[SavedScenario, ...]:
    """Return the latest version of every scenario that is removed, or is not, the newest first."""
    query = _latest().where(_COLUMN.area == area, _COLUMN.removed == removed)
    query = query.order_by(_COLUMN.saved_at.desc(), _COLUMN.scenario.desc())
    return tuple(map(_scenario_of, connection.execute(query)))


def versions_of(connection: Connection, scenario: int) -> tuple[SavedScenario, ...]:
    """Return every version of a scenario, the first one first.

    Raises
    ------
    UnknownScenario
        If there is no such scenario.
    """
    rows = []
    if can_be(scenario):
        query = select(_TABLE).where(_COLUMN.scenario == scenario)
        rows = [*connection.execute(query.order_by(_COLUMN.version))]
    if not rows:
        raise UnknownScenario(scenario=scenario)
    return tuple(map(_scenario_of, rows))


def find(connection: Connection, scenario: int, version: int | None = None) -> SavedScenario:
    """Return a version of a scenario, by default its latest.

    Raises
    ------
    UnknownScenario
        If there is no such scenario or version.
    """
    query = select(_TABLE).where(_COLUMN.scenario == scenario)
    if version is not None:
        query = query.where(_COLUMN.version == version)
    if can_be(scenario) and (version is None or can_be(version)):
        row = connection.execute(query.order_by(_COLUMN.version.desc()).limit(1)).one_or_none()
        if row is not None:
            return _scenario_of(row)
    raise UnknownScenario(scenario=scenario)


def unchanged(connection: Connection, scenario: int, based_on: int) -> SavedScenario:
    """Return the latest version of a scenario if it is the one its author opened.

    Raises
    ------
    UnknownScenario, ScenarioChanged
        If there is no such scenario or version, or the version is not the latest.
    """
    find(connection, scenario, based_on)
    latest = find(connection, scenario)
    if latest.version != based_on:
        raise ScenarioChanged(name=latest.name, base=based_on, latest=latest.version)
    return latest


def next_id(connection: Connection) -> int:
    """Return the number of a new scenario."""
    return (connection.scalar(select(func.max(_COLUMN.scenario))) or 0) + 1


def follow(
    connection: Connection, latest: SavedScenario, author: str, *, removed: bool
) -> SavedScenario:
    """Write a version with the document of ``latest`` after it."""
    version = replace(
        latest, version=latest.version + 1, author=author, saved_at=datetime.now(UTC),
        removed=removed, edits=(),
    )  # fmt: skip
    return append(connection, version)


def append(connection: Connection, saved: SavedScenario) -> SavedScenario:
    """Write the next version of a scenario and return it as it is kept.

    Raises
    ------
    ScenarioUnnamed, ScenarioNameTooLong, ScenarioNameTaken, ScenarioTooLong
        If it cannot be kept under its name, or at all.
    ValueError
        At a null character.
    """
    saved = replace(saved, name=" ".join(saved.name.split()))
    _check_name(connection, saved)
    row, edits = _cells(saved), [_edit_cells(edit) for edit in saved.edits]
    check_length((saved.document, *(text for cells in edits for text in cells.values())))
    check_texts(_TABLE, [row, *edits])
    connection.execute(insert(_TABLE).values(row | {"edits": edits}))
    return saved


def check_length(texts: Iterable[str]) -> None:
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


def _cells(saved: SavedScenario) -> Cells:
    return {
        "scenario": saved.id,
        "version": saved.version,
        "saved_at": saved.saved_at,
        "author": saved.author,
        "area": saved.area,
        "year": saved.year,
        "name": saved.name,
        "document": saved.document,
        "vintage": saved.vintage,
        "removed": saved.removed,
    }


def _scenario_of(row: Row[Any]) -> SavedScenario:
    return SavedScenario(
        id=row.scenario,
        version=row.version,
        area=row.area,
        year=row.year,
        name=row.name,
        document=row.document,
        vintage=row.vintage,
        author=row.author,
        saved_at=row.saved_at,
        removed=row.removed,
        edits=tuple(map(_edit_of, row.edits)),
    )


def _edit_cells(edit: Edit) -> dict[str, str]:
    at = edit.at.astimezone(UTC).isoformat()
    return {"at": at, "path": edit.path, "before": edit.before, "after": edit.after}


def _edit_of(cells: Mapping[str, str]) -> Edit:
    at = datetime.fromisoformat(cells["at"])
    return Edit(at, cells["path"], cells["before"], cells["after"])
