"""The tables of the store. Rows are only ever added, save for kept documents and shares.

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
beside. ``kept_document`` holds scenarios that nobody named, for links too long to hold them; its
rows are dropped some time after they were last in an address (see ``data.store.scenarios``).

**Issues** are outlooks that left the house, numbered 1, 2, 3 over the whole store, each with its
document. ``share`` has a row for each link to one. A share is counted when it is opened, and its
row says when it was revoked or deleted; nothing else in it changes but that a deleted one loses
its label. Of a token there is only the hash, of a passphrase only salt and scrypt.

Constraints hold what the types of ``forecasting.figures.indicator`` do not already hold: finite
numbers, vintages that look back and never ahead. That areas and indicators are listed
before they are named depends on the vintage, which no foreign key can say; ``commit``
checks it.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from data.store.columns import UtcDateTime, brought_by, finite, flag, moment, number, removed, text
from data.store.columns import metadata as metadata  # for those who ask for all tables

vintage = Table(
    "vintage",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    moment("committed_at"),
    text("kind"),
    text("author"),
    text("note"),
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
    brought_by(),
    text("name", key=True),
    text("sha256"),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("length(sha256) = 64", "sha256"),
)

area = Table(
    "area",
    metadata,
    text("id", key=True),
    brought_by(),
    text("name_zh"),
    text("name_en"),
    text("kind"),
    text("parent"),
    flag("reference"),
    flag("synthetic"),
    flag("home"),
)

indicator = Table(
    "indicator",
    metadata,
    text("id", key=True),
    brought_by(),
    text("name_zh"),
    text("name_en"),
    text("short_zh"),
    text("short_en"),
    Column("aliases", JSON, nullable=False),
    text("unit"),
    Column("measures", JSON, nullable=False),
    text("price_basis"),
    text("coverage_basis"),
    text("currency"),
    text("group"),
    text("direction"),
    Column("quarterly_shares", JSON(none_as_null=True)),
    Column("release_day", Integer, nullable=False),
    Column("order", Integer, nullable=False),
)

target = Table(
    "target",
    metadata,
    text("area", key=True),
    text("indicator", key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    brought_by(),
    text("comparator"),
    number("threshold"),
    number("tolerance"),
    text("price_basis"),
    text("coverage_basis"),
    text("currency"),
    text("document"),
    flag("counts"),
    removed(),
    finite("threshold"),
    finite("tolerance"),
)

observation = Table(
    "observation",
    metadata,
    text("area", key=True),
    text("indicator", key=True),
    text("measure", key=True),
    text("price_basis", key=True),
    text("coverage_basis", key=True),
    text("currency", key=True),
    text("month", key=True),
    brought_by(),
    number("value"),
    text("unit"),
    text("status"),
    text("publisher"),
    finite("value"),
)

definition_change = Table(
    "definition_change",
    metadata,
    text("area", key=True),
    text("indicator", key=True),
    text("price_basis", key=True),
    text("coverage_basis", key=True),
    text("currency", key=True),
    text("quarter", key=True),
    brought_by(),
    text("document"),
    removed(),
)

area_version = Table(
    "area_version",
    metadata,
    text("area", key=True),
    text("quarter", key=True),
    brought_by(),
    text("label_zh"),
    text("label_en"),
    text("document"),
    text("note"),
    removed(),
)

remembered_answer = Table(
    "remembered_answer",
    metadata,
    text("shape", key=True),
    # A question holds labels of somebody's file, of any length, which no index bears.
    text("question_sha256", key=True),
    brought_by(),
    text("question"),
    text("answer"),
    CheckConstraint("length(question_sha256) = 64", "question_sha256"),
)

scenario_version = Table(
    "scenario_version",
    metadata,
    Column("scenario", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    moment("saved_at"),
    text("author"),
    text("area"),
    Column("year", Integer, nullable=False),
    text("name"),
    text("document"),
    Column("vintage", Integer, ForeignKey("vintage.number"), nullable=False),
    Column("edits", JSON, nullable=False),
    flag("removed"),
    CheckConstraint("scenario > 0", "scenario"),
    CheckConstraint("version > 0", "version"),
)

kept_document = Table(
    "kept_document",
    metadata,
    text("token", key=True),
    moment("kept_at"),
    text("document"),
    Column("opened_at", UtcDateTime),
    CheckConstraint("length(token) = 32", "token"),
)

issue = Table(
    "issue",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    moment("issued_at"),
    text("issuer"),
    text("author"),
    text("area"),
    Column("year", Integer, nullable=False),
    Column("vintage", Integer, ForeignKey("vintage.number"), nullable=False),
    Column("scenario", Integer),
    Column("scenario_version", Integer),
    flag("unpublished"),
    Column("p_all", Double),
    Column("answers", JSON, nullable=False),
    text("sha256"),
    Column("document", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["scenario", "scenario_version"],
        ["scenario_version.scenario", "scenario_version.version"],
    ),
    CheckConstraint("number > 0", "number"),
    CheckConstraint("(scenario is null) = (scenario_version is null)", "scenario"),
    CheckConstraint("p_all between 0 and 1", "p_all"),
    CheckConstraint("length(sha256) = 64", "sha256"),
)

share = Table(
    "share",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("issue", Integer, ForeignKey("issue.number"), nullable=False),
    text("token_sha256"),
    text("label"),
    text("author"),
    moment("created_at"),
    Column("expires_at", UtcDateTime),
    Column("salt", LargeBinary),
    Column("passphrase_scrypt", LargeBinary),
    Column("opened", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    UniqueConstraint("token_sha256"),
    CheckConstraint("id > 0", "id"),
    CheckConstraint("length(token_sha256) = 64", "token_sha256"),
    CheckConstraint("(salt is null) = (passphrase_scrypt is null)", "salt"),
    CheckConstraint("opened >= 0", "opened"),
    CheckConstraint("(failures > 0) = (failing_since is not null)", "failures"),
    CheckConstraint("deleted_at is null or revoked_at is not null", "deleted_at"),
)
