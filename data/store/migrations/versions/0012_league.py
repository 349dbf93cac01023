"""Keep in one index all that places of areas need, so that no row is read for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_read_by_0006"
down_revision = "0011_read_by_0006"


def upgrade() -> None:
    op.drop_index("ix_fleet_result_league", "fleet_result")
    op.create_index(
        "ix_fleet_result_league",
        "fleet_result",
        [
            "year", "quarter", "synthetic", "reference", sa.text("p_all DESC"), "area",
            "issued_at", "kind", "province", "light",
        ],
    )  # fmt: skip
