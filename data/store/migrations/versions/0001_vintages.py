"""Create the tables of vintages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "vintage",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("withdraws", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'withdrawal') = (withdraws is not null)", name=op.f("ck_vintage_kind")
        ),
        sa.CheckConstraint("base < number", name=op.f("ck_vintage_base")),
        sa.CheckConstraint("number > 0", name=op.f("ck_vintage_number")),
        sa.CheckConstraint("withdraws < number", name=op.f("ck_vintage_withdraws")),
        sa.ForeignKeyConstraint(["base"], ["vintage.number"], name=op.f("fk_vintage_base")),
        sa.ForeignKeyConstraint(
            ["withdraws"], ["vintage.number"], name=op.f("fk_vintage_withdraws")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_vintage")),
    )
    op.create_table(
        "area",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("reference", sa.Boolean(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("home", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["vintage"], ["vintage.number"], name=op.f("fk_area_vintage")),
        sa.PrimaryKeyConstraint("id", "vintage", name=op.f("pk_area")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("short_zh", sa.Text(), nullable=False),
        sa.Column("short_en", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("price_basis", sa.Text(), nullable=False),
        sa.Column("coverage_basis", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("quarterly_shares", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("release_day", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["vintage"], ["vintage.number"], name=op.f("fk_indicator_vintage")),
        sa.PrimaryKeyConstraint("id", "vintage", name=op.f("pk_indicator")),
    )
    op.create_table(
        "observation",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("price_basis", sa.Text(), nullable=False),
        sa.Column("coverage_basis", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.CheckConstraint("abs(value) <= 1e308", name=op.f("ck_observation_value")),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_observation_vintage")
        ),
        sa.PrimaryKeyConstraint(
            "area",
            "indicator",
            "measure",
            "price_basis",
            "coverage_basis",
            "currency",
            "month",
            "vintage",
            name=op.f("pk_observation"),
        ),
    )
    op.create_table(
        "target",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("vintage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("comparator", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Double(), nullable=False),
        sa.Column("tolerance", sa.Double(), nullable=False),
        sa.Column("price_basis", sa.Text(), nullable=False),
        sa.Column("coverage_basis", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.CheckConstraint("abs(threshold) <= 1e308", name=op.f("ck_target_threshold")),
        sa.CheckConstraint("abs(tolerance) <= 1e308", name=op.f("ck_target_tolerance")),
        sa.ForeignKeyConstraint(["vintage"], ["vintage.number"], name=op.f("fk_target_vintage")),
        sa.PrimaryKeyConstraint("area", "indicator", "year", "vintage", name=op.f("pk_target")),
    )
    op.create_table(
        "vintage_file",
        sa.Column("vintage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_vintage_file_sha256")),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_vintage_file_vintage")
        ),
        sa.PrimaryKeyConstraint("vintage", "name", name=op.f("pk_vintage_file")),
    )
