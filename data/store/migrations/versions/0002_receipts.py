"""Give every vintage a receipt with its digest, and links passphrases kept by Argon2."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.store.digests import write_missing_receipts

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "vintage_receipt",
        sa.Column("vintage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_vintage_receipt_sha256")),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_vintage_receipt_vintage")
        ),
        sa.PrimaryKeyConstraint("vintage", name=op.f("pk_vintage_receipt")),
        sa.UniqueConstraint("request", name=op.f("uq_vintage_receipt_request")),
    )
    op.add_column("share", sa.Column("passphrase_argon2", sa.Text(), nullable=True))
    write_missing_receipts(op.get_bind())
