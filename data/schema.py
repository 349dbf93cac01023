"""The tables of the store. Rows are only ever added.

Each commit is one row of ``vintage``, numbered 1, 2, 3 over the whole store. The rows it
brings to the tables of figures carry its number as the last part of their key; what comes before
is the natural key. A row with the natural key of an older one revises it.

**Removal.** Targets, changes of definition and versions of areas can be removed by hand: a row
that revises them says so, and is passed over by readers. A later row with the same natural key
brings them back. Figures are only ever withdrawn.

**Withdrawal.** A vintage of kind withdrawal brings no rows; it names the one vintage it
withdraws, and from its own number on the rows of that vintage are passed over, so that
each natural key falls back to its newest row that is left. Vintages before it read as
they always did. Withdrawing a withdrawal brings the rows back. The rows themselves carry
no mark: a mark would have to be written afterwards, which nothing here ever is, or be
copied into a second row that restates what it takes back.

**Scenarios** are saved without a commit: ``scenario_version`` has a row for each time one was
saved, removed or restored, numbered from 1 within the scenario, with the vintage it was saved
beside. ``kept_document`` holds scenarios that nobody named, for links too long to hold them.

Constraints hold what the types of ``forecasting.indicator`` do not already hold: finite
numbers, vintages that look back and never ahead. That areas and indicators are listed
before they are named depends on the vintage, which no foreign key can say; ``commit``
checks it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    false,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone, also where the database keeps none (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any time zone to UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, primary_key=key)


def _number(name: str) -> Column[float]:
    return Column(name, Double, nullable=False)


def _finite(name: str) -> CheckConstraint:
    # Not a number is null to SQLite, which the column refuses, and above all to PostgreSQL.
    return CheckConstraint(f"abs({name}) <= 1e308", name)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _removed() -> Column[bool]:
    """Return whether a row takes its natural key away; a migration added it to rows of before."""
    return Column("removed", Boolean, nullable=False, server_default=false())


def _vintage() -> Column[int]:
    """Return the vintage a row came with."""
    return Column(
        "vintage", Integer, ForeignKey("vintage.number"), primary_key=True, autoincrement=False
    )


vintage = Table(
    "vintage",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("committed_at", UtcDateTime, nullable=False),
    _text("kind"),
    _text("author"),
    _text("note"),
    Column("base", Integer, ForeignKey("vintage.number")),
    Column("withdraws", Integer, ForeignKey("vintage.number")),
    CheckConstraint("number > 0", "number"),
    CheckConstraint("base < number", "base"),
    CheckConstraint("withdraws < number", "withdraws"),
    CheckConstraint("(kind = 'withdrawal') = (withdraws is not null)", "kind"),
)

vintage_file = Table(
    "vintage_file",
    metadata,
    _vintage(),
    _text("name", key=True),
    _text("sha256"),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("length(sha256) = 64", "sha256"),
)

area = Table(
    "area",
    metadata,
    _text("id", key=True),
    _vintage(),
    _text("name_zh"),
    _text("name_en"),
    _text("kind"),
    _text("parent"),
    _flag("reference"),
    _flag("synthetic"),
    _flag("home"),
)

indicator = Table(
    "indicator",
    metadata,
    _text("id", key=True),
    _vintage(),
    _text("name_zh"),
    _text("name_en"),
    _text("short_zh"),
    _text("short_en"),
    Column("aliases", JSON, nullable=False),
    _text("unit"),
    Column("measures", JSON, nullable=False),
    _text("price_basis"),
    _text("coverage_basis"),
    _text("currency"),
    _text("group"),
    _text("direction"),
    Column("quarterly_shares", JSON(none_as_null=True)),
    Column("release_day", Integer, nullable=False),
    Column("order", Integer, nullable=False),
)

target = Table(
    "target",
    metadata,
    _text("area", key=True),
    _text("indicator", key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    _vintage(),
    _text("comparator"),
    _number("threshold"),
    _number("tolerance"),
    _text("price_basis"),
    _text("coverage_basis"),
    _text("currency"),
    _text("document"),
    _flag("counts"),
    _removed(),
    _finite("threshold"),
    _finite("tolerance"),
)

observation = Table(
    "observation",
    metadata,
    _text("area", key=True),
    _text("indicator", key=True),
    _text("measure", key=True),
    _text("price_basis", key=True),
    _text("coverage_basis", key=True),
    _text("currency", key=True),
    _text("month", key=True),
    _vintage(),
    _number("value"),
    _text("unit"),
    _text("status"),
    _text("publisher"),
    _finite("value"),
)

definition_change = Table(
    "definition_change",
    metadata,
    _text("area", key=True),
    _text("indicator", key=True),
    _text("price_basis", key=True),
    _text("coverage_basis", key=True),
    _text("currency", key=True),
    _text("quarter", key=True),
    _vintage(),
    _text("document"),
    _removed(),
)

area_version = Table(
    "area_version",
    metadata,
    _text("area", key=True),
    _text("quarter", key=True),
    _vintage(),
    _text("label_zh"),
    _text("label_en"),
    _text("document"),
    _text("note"),
    _removed(),
)

remembered_answer = Table(
    "remembered_answer",
    metadata,
    _text("shape", key=True),
    # A question holds labels of somebody's file, of any length, which no index bears.
    _text("question_sha256", key=True),
    _vintage(),
    _text("question"),
    _text("answer"),
    CheckConstraint("length(question_sha256) = 64", "question_sha256"),
)

scenario_version = Table(
    "scenario_version",
    metadata,
    Column("scenario", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("saved_at", UtcDateTime, nullable=False),
    _text("author"),
    _text("area"),
    Column("year", Integer, nullable=False),
    _text("name"),
    _text("document"),
    Column("vintage", Integer, ForeignKey("vintage.number"), nullable=False),
    Column("edits", JSON, nullable=False),
    _flag("removed"),
    CheckConstraint("scenario > 0", "scenario"),
    CheckConstraint("version > 0", "version"),
)

kept_document = Table(
    "kept_document",
    metadata,
    _text("token", key=True),
    Column("kept_at", UtcDateTime, nullable=False),
    _text("document"),
    CheckConstraint("length(token) = 32", "token"),
)
