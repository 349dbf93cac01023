"""Create the tables of recorded changes and remembered answers; let targets be removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column(
        "target", sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False)
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
