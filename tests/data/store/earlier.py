"""Databases as earlier releases left them."""

from __future__ import annotations

from sqlalchemy import MetaData, select

from data.store.connection import engine_of, writing
from data.store.migration import migrate
from data.store.schema import metadata
from data.store.store import Store


def write_as_of(revision: str, store: Store, database_url: str) -> None:
    """Write what a store holds into a new database with the tables of an earlier revision."""
    engine = engine_of(database_url)
    with store._engine.connect() as source, writing(engine) as connection:
        migrate(connection, revision)
        earlier = MetaData()
        earlier.reflect(connection)
        for table in metadata.sorted_tables:
            if table.name in earlier.tables:
                columns = [table.c[column.name] for column in earlier.tables[table.name].columns]
                rows = [dict(row._mapping) for row in source.execute(select(*columns))]
                if rows:
                    connection.execute(table.insert(), rows)
    engine.dispose()
