"""Keep what a fleet run says of each area, and how past years were judged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_read_by_0006"
down_revision = "0009_read_by_0006"

_LIGHTS = ("achievable", "hopeful", "pressed", "hard", "met", "missed")


def upgrade() -> None:
    op.create_table(
        "fleet_result",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("reference", sa.Boolean(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("p_all", sa.Double()),
        sa.Column("light", sa.Text()),
        sa.Column("weakest", sa.Text(), nullable=False),
        *(sa.Column(light, sa.Integer(), nullable=False) for light in _LIGHTS),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.Column("inputs_sha256", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("p_all between 0 and 1", name=op.f("ck_fleet_result_p_all")),
        sa.CheckConstraint(
            "length(inputs_sha256) = 64", name=op.f("ck_fleet_result_inputs_sha256")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_fleet_result_sha256")),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_fleet_result_vintage")
        ),
        sa.PrimaryKeyConstraint(
            "area", "year", "quarter", "issued_at", name=op.f("pk_fleet_result")
        ),
        sa.UniqueConstraint(
            "area", "year", "quarter", "vintage", "engine", name=op.f("uq_fleet_result_area")
        ),
    )
    op.create_index("ix_fleet_result_league", "fleet_result", ["year", "quarter", "p_all"])
    op.create_table(
        "fleet_backtest",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origins", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("brier", sa.Double()),
        sa.Column("brier_persistence", sa.Double()),
        sa.Column("brier_frequency", sa.Double()),
        sa.Column("inputs_sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("origins > 0", name=op.f("ck_fleet_backtest_origins")),
        sa.CheckConstraint("cases >= 0", name=op.f("ck_fleet_backtest_cases")),
        sa.CheckConstraint("(cases = 0) = (brier is null)", name=op.f("ck_fleet_backtest_brier")),
        sa.CheckConstraint(
            "length(inputs_sha256) = 64", name=op.f("ck_fleet_backtest_inputs_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_fleet_backtest_vintage")
        ),
        sa.PrimaryKeyConstraint(
            "area", "year", "origins", "issued_at", name=op.f("pk_fleet_backtest")
        ),
        sa.UniqueConstraint(
            "area", "year", "origins", "vintage", "engine", name=op.f("uq_fleet_backtest_area")
        ),
    )
