"""The migrations make the tables that the code declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Inspector, inspect, select
from sqlalchemy.exc import IntegrityError

from data.store.connection import engine_of, make_file, writing
from data.store.schema import in_utc, metadata, migrate, vintage

NewDatabase = Callable[[], str]


@contextmanager
def closing_engine(database_url: str) -> Iterator[Engine]:
    make_file(database_url)
    engine = engine_of(database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def schema_of(database_url: str, make: Callable[[Connection], object]) -> dict[str, Any]:
    with closing_engine(database_url) as engine:
        with writing(engine) as connection:
            make(connection)
        return read_schema(inspect(engine))


def read_schema(inspector: Inspector) -> dict[str, Any]:
    return {
        table: {
            "columns": [
                column | {"type": str(column["type"])} for column in inspector.get_columns(table)
            ],
            "primary key": inspector.get_pk_constraint(table),
            "foreign keys": inspector.get_foreign_keys(table),
            "checks": sorted(map(str, inspector.get_check_constraints(table))),
            "indexes": inspector.get_indexes(table),
            "unique": inspector.get_unique_constraints(table),
        }
        for table in sorted(inspector.get_table_names())
        if table != "alembic_version"
    }


def test_migrating_makes_the_declared_tables_with_every_constraint(
    new_database: NewDatabase,
) -> None:
    migrated = schema_of(new_database(), migrate)

    assert migrated == schema_of(new_database(), metadata.create_all)
    assert len(migrated) == 26
    assert migrated["observation"]["checks"]


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    assert schema_of(database_url, migrate) == schema_of(database_url, migrate)


def test_a_failure_while_migrating_leaves_no_table(database_url: str) -> None:
    def fail(connection: Connection) -> None:
        migrate(connection)
        assert len(inspect(connection).get_table_names()) == 27
        raise RuntimeError

    with pytest.raises(RuntimeError):
        schema_of(database_url, fail)

    assert schema_of(database_url, lambda connection: None) == {}


@pytest.mark.parametrize(
    "cells",
    [
        {"number": 0},
        {"number": 2, "base": 2},
        {"number": 2, "kind": "withdrawal"},
        {"number": 2, "withdraws": 1},
        {"number": 2, "withdraws": 2, "kind": "withdrawal"},
        {"number": 3, "base": 2},
    ],
)
def test_a_vintage_can_only_look_back_at_one_that_exists(
    database_url: str, cells: dict[str, object]
) -> None:
    row = {"kind": "upload", "author": "", "note": "", "committed_at": datetime.now(UTC)}

    with closing_engine(database_url) as engine, engine.connect() as connection:
        migrate(connection)
        connection.execute(vintage.insert().values(row | {"number": 1}))
        with pytest.raises(IntegrityError):
            connection.execute(vintage.insert().values(row | cells))
        connection.rollback()


def test_a_moment_is_kept_whatever_time_zone_it_was_given_in(database_url: str) -> None:
    in_china = datetime(2026, 4, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    row = {"number": 1, "kind": "upload", "author": "", "note": "", "committed_at": in_china}

    with closing_engine(database_url) as engine, engine.connect() as connection:
        migrate(connection)
        connection.execute(vintage.insert().values(row))
        kept = connection.scalar(select(vintage.c.committed_at))

    assert str(kept) == "2026-04-01 00:00:00+00:00"


def test_a_moment_is_in_utc_or_none() -> None:
    in_china = datetime(2026, 10, 25, 8, tzinfo=timezone(timedelta(hours=8)))

    assert str(in_utc(in_china)) == "2026-10-25 00:00:00+00:00"
    with pytest.raises(ValueError, match="time zone"):
        in_utc(datetime(2026, 10, 25))  # the naive moment is what is refused
