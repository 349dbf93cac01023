"""Keep who has signed out, so that a copy of their cookie counts at no process."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_read_by_0006"
down_revision = "0007_read_by_0006"


def upgrade() -> None:
    op.create_table(
        "sign_out",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "since", name=op.f("pk_sign_out")),
    )
