"""Keep the files that prove what a plan claims, and how far its tasks are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_read_by_0006"
down_revision = "0008_read_by_0006"


def upgrade() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_evidence_file_sha256")),
        sa.PrimaryKeyConstraint("area", "sha256", name=op.f("pk_evidence_file")),
    )
