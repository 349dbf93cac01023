"""Keep how areas stood when alerts were last looked for, the alerts, and what became of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_read_by_0006"
down_revision = "0010_read_by_0006"


def upgrade() -> None:
    op.create_table(
        "alert_line",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Double()),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_alert_line_version")),
        sa.CheckConstraint("line > 0 and line < 1", name=op.f("ck_alert_line_line")),
        sa.PrimaryKeyConstraint("area", "version", name=op.f("pk_alert_line")),
    )
    op.create_table(
        "alert_state",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_alert_state_number")),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_alert_state_vintage")
        ),
        sa.PrimaryKeyConstraint("area", name=op.f("pk_alert_state")),
    )
    op.create_table(
        "alert",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_alert_number")),
        sa.ForeignKeyConstraint(["vintage"], ["vintage.number"], name=op.f("fk_alert_vintage")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_alert")),
    )
    op.create_table(
        "alert_delivery",
        sa.Column("alert", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.CheckConstraint("attempt > 0", name=op.f("ck_alert_delivery_attempt")),
        sa.CheckConstraint(
            "ended_at is null or begun_at is not null", name=op.f("ck_alert_delivery_ended_at")
        ),
        sa.ForeignKeyConstraint(["alert"], ["alert.number"], name=op.f("fk_alert_delivery_alert")),
        sa.PrimaryKeyConstraint("alert", "channel", "attempt", name=op.f("pk_alert_delivery")),
    )
