"""Create the tables of issues and of the links to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "issue",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("scenario", sa.Integer(), nullable=True),
        sa.Column("scenario_version", sa.Integer(), nullable=True),
        sa.Column("unpublished", sa.Boolean(), nullable=False),
        sa.Column("p_all", sa.Double(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_issue_number")),
        sa.CheckConstraint(
            "(scenario is null) = (scenario_version is null)", name=op.f("ck_issue_scenario")
        ),
        sa.CheckConstraint("p_all between 0 and 1", name=op.f("ck_issue_p_all")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_issue_sha256")),
        sa.ForeignKeyConstraint(
            ["scenario", "scenario_version"],
            ["scenario_version.scenario", "scenario_version.version"],
            name=op.f("fk_issue_scenario"),
        ),
        sa.ForeignKeyConstraint(["vintage"], ["vintage.number"], name=op.f("fk_issue_vintage")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_issue")),
    )
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("passphrase_scrypt", sa.LargeBinary(), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id > 0", name=op.f("ck_share_id")),
        sa.CheckConstraint("length(token_sha256) = 64", name=op.f("ck_share_token_sha256")),
        sa.CheckConstraint(
            "(salt is null) = (passphrase_scrypt is null)", name=op.f("ck_share_salt")
        ),
        sa.CheckConstraint("opened >= 0", name=op.f("ck_share_opened")),
        sa.CheckConstraint(
            "(failures > 0) = (failing_since is not null)", name=op.f("ck_share_failures")
        ),
        sa.CheckConstraint(
            "deleted_at is null or revoked_at is not null", name=op.f("ck_share_deleted_at")
        ),
        sa.ForeignKeyConstraint(["issue"], ["issue.number"], name=op.f("fk_share_issue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_share_token_sha256")),
    )
