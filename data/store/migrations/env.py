"""Run by Alembic: migrates over the connection, and in the transaction, it is given."""

from __future__ import annotations

from alembic import context

from data.store import schema

context.configure(
    connection=context.config.attributes["connection"], target_metadata=schema.metadata
)
context.run_migrations()
