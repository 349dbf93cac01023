"""Say of documents kept for links when one was last opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column(
        "kept_document", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True)
    )
