"""Keep what people say of an area's plan: how it is compared, and what it claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_read_by_0006"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "plan_version",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_plan_version_version")),
        sa.PrimaryKeyConstraint("area", "part", "version", name=op.f("pk_plan_version")),
    )
