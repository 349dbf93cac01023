"""Create the tables of release 0.1.0."""

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
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
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
    op.create_table(
        "definition_change",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("price_basis", sa.Text(), nullable=False),
        sa.Column("coverage_basis", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_definition_change_vintage")
        ),
        sa.PrimaryKeyConstraint(
            "area",
            "indicator",
            "price_basis",
            "coverage_basis",
            "currency",
            "quarter",
            "vintage",
            name=op.f("pk_definition_change"),
        ),
    )
    op.create_table(
        "area_version",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("label_zh", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_area_version_vintage")
        ),
        sa.PrimaryKeyConstraint("area", "quarter", "vintage", name=op.f("pk_area_version")),
    )
    op.create_table(
        "remembered_answer",
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("question_sha256", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "length(question_sha256) = 64", name=op.f("ck_remembered_answer_question_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_remembered_answer_vintage")
        ),
        sa.PrimaryKeyConstraint(
            "shape", "question_sha256", "vintage", name=op.f("pk_remembered_answer")
        ),
    )
    op.create_table(
        "scenario_version",
        sa.Column("scenario", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("scenario > 0", name=op.f("ck_scenario_version_scenario")),
        sa.CheckConstraint("version > 0", name=op.f("ck_scenario_version_version")),
        sa.ForeignKeyConstraint(
            ["vintage"], ["vintage.number"], name=op.f("fk_scenario_version_vintage")
        ),
        sa.PrimaryKeyConstraint("scenario", "version", name=op.f("pk_scenario_version")),
    )
    op.create_table(
        "kept_document",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(token) = 32", name=op.f("ck_kept_document_token")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_kept_document")),
    )
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
