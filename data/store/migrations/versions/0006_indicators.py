"""Let indicators be removed, and figures with one that is merged into another.

Figures of single months, of stocks and of ratios come with it, which earlier releases cannot read.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for table in ("indicator", "observation"):
        op.add_column(table, sa.Column("removed", sa.Boolean(), nullable=True))
