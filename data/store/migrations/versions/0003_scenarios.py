"""Create the tables of saved scenarios."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "scenario_version",
        sa.Column("scenario", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("scenario > 0", name=op.f("ck_scenario_version_scenario")),
        sa.CheckConstraint("version > 0", name=op.f("ck_scenario_version_version")),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_scenario_version_vintage")
        ),
        sa.PrimaryKeyConstraint("scenario", "version", name=op.f("pk_scenario_version")),
    )
    op.create_table(
        "kept_document",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("length(token) = 32", name=op.f("ck_kept_document_token")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_kept_document")),
    )
