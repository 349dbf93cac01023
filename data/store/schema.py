"""The tables of the store. Rows are only ever added, save for shares, alerts and what goes again.

Each commit is one row of ``vintage``, numbered 1, 2, 3 over the whole store. The rows it
brings to the tables of figures carry its number as the last part of their key; what comes before
is the natural key. A row with the natural key of an older one revises it.

**Removal.** Targets, changes of definition, versions of areas and indicators can be removed by
hand: a row that revises them says so, and is passed over by readers. A later row with the same
natural key brings them back. Figures are only ever withdrawn, but for those of an indicator that
is merged into another one, whose they become.

**Withdrawal.** A vintage of kind withdrawal brings no rows; it names the one vintage it
withdraws, and from its own number on the rows of that vintage are passed over, so that
each natural key falls back to its newest row that is left. Vintages before it read as
they always did. Withdrawing a withdrawal brings the rows back. The rows themselves carry
no mark: a mark would have to be written afterwards, which nothing here ever is, or be
copied into a second row that restates what it takes back.

Scenarios, parts of plans with their evidence, issues, the links to them (``share``), results of the
fleet, alerts, people with their sign-outs and the audit log are kept without a commit: see the
modules of their names.

**Releases side by side.** While an installation is upgraded, processes of the release before go on
for a while on tables of the next. The revision of a migration that adds and changes nothing else
says since when releases may read its tables: ``0006_read_by_0005`` is read by those whose own
tables are 0005 or later. They show figures, issues and links, count what is read, and refuse every
other write. A plain revision, such as ``0005``, is for its release and later ones alone.

Constraints hold what the types of ``forecasting.figures.indicator`` do not already hold: finite
numbers, vintages that look back and never ahead. That areas and indicators are listed
before they are named depends on the vintage, which no foreign key can say; ``vintages``
checks it. Columns have the names of the fields of those types; of a ``Names`` there are two
columns, of a ``Basis`` three.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    URL,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    desc,
    false,
    insert,
    inspect,
    make_url,
    select,
)

from data.store.errors import LaterRelease, TextTooLong, UpgradeUnderWay
from data.texts import LONGEST_NOTE, LONGEST_TEXT
from forecasting.figures.indicator import (
    AreaKind,
    Comparator,
    Direction,
    IndicatorGroup,
    Measure,
    PriceBasis,
    Status,
)
from forecasting.figures.period import Month, Quarter
from forecasting.outlook.lights import Light

_LARGEST = 2**31 - 1
_READ_BY = re.compile(r"\d{4}_read_by_(\d{4})")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC.

    Raises
    ------
    ValueError
        If it says no time zone: what it means would depend on the machine.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment without its time zone")
    return moment.astimezone(UTC)


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


class AsText(TypeDecorator[Any]):
    """A value kept as the text that ``str`` makes of it, such as a month or a status."""

    impl = Text
    cache_ok = True

    def __init__(self, parse: Callable[[str], object]) -> None:
        super().__init__()
        self.parse = parse

    def process_bind_param(self, value: object, dialect: Dialect) -> str:
        """Return the text of the value."""
        return str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        """Return the value of the text."""
        return None if value is None else self.parse(value)


class AsList(TypeDecorator[tuple[Any, ...]]):
    """A tuple kept as a list in JSON, null for None."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, parse: Callable[[Any], object]) -> None:
        super().__init__()
        self.parse = parse

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Any, ...] | None:
        """Return the values of the list."""
        return None if value is None else tuple(map(self.parse, value))


class AsNumber(TypeDecorator[float]):
    """A number in double precision, with -0.0 as 0.0: SQLite does not keep the sign of zero."""

    impl = Double
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        """Return the number with a positive zero."""
        return None if value is None else value + 0.0


class Compressed(TypeDecorator[bytes]):
    """Bytes that are kept compressed; what is damaged comes back as it stands, for its digest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Return the bytes compressed."""
        return None if value is None else zlib.compress(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Return the bytes."""
        try:
            return None if value is None else zlib.decompress(value)
        except zlib.error:
            return value


def text(name: str, *, key: bool = False, longest: int | None = LONGEST_TEXT) -> Column[str]:
    """Return a text, perhaps an empty one; ``longest`` is None where it is limited elsewhere."""
    return Column(name, Text, nullable=False, primary_key=key, info={"longest": longest})


def typed(name: str, parse: Callable[[str], object], *, key: bool = False) -> Column[Any]:
    """Return a value that is kept as a text."""
    return Column(name, AsText(parse), nullable=False, primary_key=key)


def number(name: str) -> Column[float]:
    """Return a number in double precision."""
    return Column(name, AsNumber, nullable=False)


def finite(name: str) -> CheckConstraint:
    """Return what keeps a number finite."""
    # Not a number is null to SQLite, which the column refuses, and above all to PostgreSQL.
    return CheckConstraint(f"abs({name}) <= 1e308", name)


def flag(name: str) -> Column[bool]:
    """Return a yes or no."""
    return Column(name, Boolean, nullable=False)


def moment(name: str) -> Column[datetime]:
    """Return a moment, kept in UTC."""
    return Column(name, UtcDateTime, nullable=False)


def removed() -> Column[bool]:
    """Return whether a row takes its natural key away."""
    return Column("removed", Boolean, nullable=False, server_default=false())


def removed_since_0006() -> Column[bool]:
    """Return the same of a table that was there before: empty where a row takes nothing away."""
    return Column("removed", Boolean)


def brought_by() -> Column[int]:
    """Return the vintage a row came with."""
    return Column(
        "vintage", Integer, ForeignKey("vintage.number"), primary_key=True, autoincrement=False
    )


vintage = Table(
    "vintage",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    moment("committed_at"),
    text("kind"),
    text("author"),
    text("note", longest=LONGEST_NOTE),
    Column("base", Integer, ForeignKey("vintage.number")),
    Column("withdraws", Integer, ForeignKey("vintage.number")),
    CheckConstraint("number > 0", "number"),
    CheckConstraint("base < number", "base"),
    CheckConstraint("withdraws < number", "withdraws"),
    CheckConstraint("(kind = 'withdrawal') = (withdraws is not null)", "kind"),
)

vintage_receipt = Table(
    "vintage_receipt",
    metadata,
    brought_by(),
    text("sha256"),
    Column("request", Text),
    UniqueConstraint("request"),
    CheckConstraint("length(sha256) = 64", "sha256"),
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
    typed("kind", AreaKind),
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
    Column("aliases", AsList(str), nullable=False),
    text("unit"),
    Column("measures", AsList(Measure), nullable=False),
    typed("price_basis", PriceBasis),
    text("coverage_basis"),
    text("currency"),
    typed("group", IndicatorGroup),
    typed("direction", Direction),
    Column("quarterly_shares", AsList(float)),
    Column("release_day", Integer, nullable=False),
    Column("order", Integer, nullable=False),
    removed_since_0006(),
)

target = Table(
    "target",
    metadata,
    text("area", key=True),
    text("indicator", key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    brought_by(),
    typed("comparator", Comparator),
    number("threshold"),
    number("tolerance"),
    typed("price_basis", PriceBasis),
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
    typed("measure", Measure, key=True),
    typed("price_basis", PriceBasis, key=True),
    text("coverage_basis", key=True),
    text("currency", key=True),
    typed("month", Month.parse, key=True),
    brought_by(),
    number("value"),
    text("unit"),
    typed("status", Status),
    text("publisher"),
    removed_since_0006(),
    finite("value"),
)

definition_change = Table(
    "definition_change",
    metadata,
    text("area", key=True),
    text("indicator", key=True),
    typed("price_basis", PriceBasis, key=True),
    text("coverage_basis", key=True),
    text("currency", key=True),
    typed("quarter", Quarter.parse, key=True),
    brought_by(),
    text("document"),
    removed(),
)

area_version = Table(
    "area_version",
    metadata,
    text("area", key=True),
    typed("quarter", Quarter.parse, key=True),
    brought_by(),
    text("label_zh"),
    text("label_en"),
    text("document"),
    text("note", longest=LONGEST_NOTE),
    removed(),
)

remembered_answer = Table(
    "remembered_answer",
    metadata,
    text("shape", key=True, longest=None),
    # A question holds labels of somebody's file, of any length, which no index bears.
    text("question_sha256", key=True),
    brought_by(),
    text("question", longest=None),
    text("answer", longest=None),
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
    text("document", longest=None),
    Column("vintage", Integer, ForeignKey("vintage.number"), nullable=False),
    Column("edits", JSON, nullable=False),
    flag("removed"),
    CheckConstraint("scenario > 0", "scenario"),
    CheckConstraint("version > 0", "version"),
)

plan_version = Table(
    "plan_version",
    metadata,
    text("area", key=True),
    text("part", key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    moment("saved_at"),
    text("author"),
    text("document", longest=None),
    flag("removed"),
    CheckConstraint("version > 0", "version"),
)

evidence_file = Table(
    "evidence_file",
    metadata,
    text("area", key=True),
    text("sha256", key=True),
    text("name"),
    text("media_type"),
    Column("content", LargeBinary, nullable=False),
    text("author"),
    moment("stored_at"),
    CheckConstraint("length(sha256) = 64", "sha256"),
)

kept_document = Table(
    "kept_document",
    metadata,
    text("token", key=True),
    moment("kept_at"),
    text("document", longest=None),
    Column("opened_at", UtcDateTime),
    CheckConstraint("length(token) = 32", "token"),
)

forecast = Table(
    "forecast",
    metadata,
    text("key", key=True, longest=None),
    moment("kept_at"),
    Column("content", LargeBinary, nullable=False),
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

fleet_result = Table(
    "fleet_result",
    metadata,
    text("area", key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    typed("quarter", Quarter.parse, key=True),
    Column("issued_at", UtcDateTime, primary_key=True),
    Column("vintage", Integer, ForeignKey("vintage.number"), nullable=False),
    text("engine"),
    text("author"),
    text("name_zh"),
    text("name_en"),
    typed("kind", AreaKind),
    text("province"),
    flag("reference"),
    flag("synthetic"),
    Column("p_all", Double),
    Column("light", Text),
    text("weakest"),
    *(Column(light, Integer, nullable=False) for light in Light),
    Column("verdicts", JSON, nullable=False),
    text("inputs_sha256"),
    text("sha256"),
    Column("document", Compressed, nullable=False),
    # The names as bytes that sort as they do, alike in every database; of every row, though SQLite
    # adds no column that says so.
    Column("sort_zh", LargeBinary),
    Column("sort_en", LargeBinary),
    UniqueConstraint("area", "year", "quarter", "vintage", "engine"),
    CheckConstraint("p_all between 0 and 1", "p_all"),
    CheckConstraint("length(inputs_sha256) = 64", "inputs_sha256"),
    CheckConstraint("length(sha256) = 64", "sha256"),
    # All that the places of a league need, so that no row is read for them.
    Index(
        "ix_fleet_result_league",
        "year",
        "quarter",
        "synthetic",
        "reference",
        desc("p_all"),
        "area",
        "issued_at",
        "kind",
        "province",
        "light",
    ),
    *(
        Index(
            f"ix_fleet_result_{language}",
            "year",
            "quarter",
            "synthetic",
            "reference",
            f"sort_{language}",
            "area",
            "issued_at",
            "p_all",
            "kind",
            "province",
        )
        for language in ("zh", "en")
    ),
)

fleet_backtest = Table(
    "fleet_backtest",
    metadata,
    text("area", key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("origins", Integer, primary_key=True, autoincrement=False),
    Column("issued_at", UtcDateTime, primary_key=True),
    Column("vintage", Integer, ForeignKey("vintage.number"), nullable=False),
    text("engine"),
    Column("cases", Integer, nullable=False),
    Column("brier", Double),
    Column("brier_persistence", Double),
    Column("brier_frequency", Double),
    text("inputs_sha256"),
    UniqueConstraint("area", "year", "origins", "vintage", "engine"),
    CheckConstraint("origins > 0", "origins"),
    CheckConstraint("cases >= 0", "cases"),
    CheckConstraint("(cases = 0) = (brier is null)", "brier"),
    CheckConstraint("length(inputs_sha256) = 64", "inputs_sha256"),
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
    Column("passphrase_scrypt", LargeBinary),  # of links made by 0.1.0
    Column("opened", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    Column("passphrase_argon2", Text),
    UniqueConstraint("token_sha256"),
    CheckConstraint("id > 0", "id"),
    CheckConstraint("length(token_sha256) = 64", "token_sha256"),
    CheckConstraint("(salt is null) = (passphrase_scrypt is null)", "salt"),
    CheckConstraint("opened >= 0", "opened"),
    CheckConstraint("(failures > 0) = (failing_since is not null)", "failures"),
    CheckConstraint("deleted_at is null or revoked_at is not null", "deleted_at"),
)

person = Table(
    "person",
    metadata,
    text("account", key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    text("name"),
    text("role"),
    moment("changed_at"),
    text("changed_by"),
    flag("removed"),
    CheckConstraint("version > 0", "version"),
)

alert_line = Table(
    "alert_line",
    metadata,
    text("area", key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("line", Double),
    text("author"),
    moment("chosen_at"),
    CheckConstraint("version > 0", "version"),
    CheckConstraint("line > 0 and line < 1", "line"),
)

alert_state = Table(
    "alert_state",
    metadata,
    text("area", key=True),
    Column("number", Integer, nullable=False),
    Column("vintage", Integer, ForeignKey("vintage.number"), nullable=False),
    moment("noted_at"),
    text("document", longest=None),
    CheckConstraint("number > 0", "number"),
)

alert = Table(
    "alert",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    moment("found_at"),
    text("area"),
    Column("vintage", Integer, ForeignKey("vintage.number"), nullable=False),
    text("document", longest=None),
    CheckConstraint("number > 0", "number"),
)

alert_delivery = Table(
    "alert_delivery",
    metadata,
    Column("alert", Integer, ForeignKey("alert.number"), primary_key=True, autoincrement=False),
    text("channel", key=True),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    moment("due_at"),
    Column("begun_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    text("outcome"),
    text("detail"),
    CheckConstraint("attempt > 0", "attempt"),
    CheckConstraint("ended_at is null or begun_at is not null", "ended_at"),
)

sign_out = Table(
    "sign_out",
    metadata,
    text("account", key=True),
    Column("since", UtcDateTime, primary_key=True),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    moment("at"),
    text("action"),
    text("author"),
    text("subject"),
    Column("details", JSON, nullable=False),
    text("digest"),
    CheckConstraint("number > 0", "number"),
    CheckConstraint("length(digest) = 64", "digest"),
)


backup_metadata = MetaData()
backup_record = Table(
    "backup",
    backup_metadata,
    Column("table", Text, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
)
"""The digest of each table in a backup: SQLite would not notice that a file decayed."""
backup_signature = Table(
    "backup_signature", backup_metadata, Column("hmac", Text, primary_key=True)
)


def is_backup(connection: Connection) -> bool:
    """Return whether a store is a backup, to which nothing was written since."""
    return inspect(connection).has_table(backup_record.name)


def can_be_number(number: int) -> bool:
    """Return whether a number, perhaps of an address, is one a row can be found by."""
    return 0 < number <= _LARGEST


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows.

    Raises
    ------
    TextTooLong
        If a text is longer than its column keeps.
    ValueError
        At a null character, which only SQLite can keep.
    """
    for row in rows:
        for column, cell in row.items():
            longest = table.c[column].info.get("longest")
            if longest is not None and isinstance(cell, str) and len(cell) > longest:
                raise TextTooLong(begins=cell[:40], length=len(cell), limit=longest)
            if any("\0" in text for text in _texts(cell)):
                raise ValueError(f"null character in {table.name}.{column}")
    if rows:
        connection.execute(insert(table), rows)


def _texts(cell: object) -> Iterable[str]:
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, Mapping):
        yield from (text for pair in cell.items() for part in pair for text in _texts(part))
    elif isinstance(cell, list | tuple):
        yield from (text for part in cell for text in _texts(part))


def selection(connection: Connection, table: Table) -> Select[Any] | None:
    """Select what a database, perhaps of an earlier release, has of a table; None of no such."""
    there = inspect(connection)
    if not there.has_table(table.name):
        return None
    names = {column["name"] for column in there.get_columns(table.name)}
    return select(*(column for column in table.columns if column.name in names))


def migrate(connection: Connection, to: str = "head") -> None:
    """Apply the migrations that are missing, within the transaction of ``connection``.

    Those up to a revision, or all of them.

    There is no way down: it would discard vintages, which are kept for ever.

    Raises
    ------
    LaterRelease
        If the tables are of a later release.
    """
    revision_of(connection, place_of(connection.engine.url))
    config = _migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def place_of(database_url: str | URL) -> str:
    """Return what a person calls the place of a store, without a password."""
    url = make_url(database_url)
    server = url.get_backend_name() != "sqlite"
    return url.render_as_string(hide_password=True) if server else url.database or ""


@cache
def newest_revision() -> str:
    """Return the revision of the tables of this release."""
    newest = ScriptDirectory.from_config(_migrations()).get_current_head()
    assert newest is not None
    return newest


def is_later(connection: Connection) -> bool:
    """Return whether the tables are of a later release, which may be served but not written.

    Raises
    ------
    LaterRelease
        If this release may not even read them.
    """
    revision = _current(connection)
    if revision is None or revision in _revisions():
        return False
    read_by = _READ_BY.fullmatch(revision)
    if read_by is None or newest_revision()[:4] < read_by[1]:
        raise LaterRelease(place=place_of(connection.engine.url), revision=revision)
    return True


def refuse_later(connection: Connection) -> None:
    """Raise UpgradeUnderWay if the tables are of a later release."""
    if is_later(connection):
        raise UpgradeUnderWay


def revision_of(connection: Connection, place: str) -> str | None:
    """Return the revision of the tables of a database, None if a store has none there.

    Raises
    ------
    LaterRelease
        If this release does not know the revision.
    """
    revision = _current(connection)
    if revision and revision not in _revisions():
        raise LaterRelease(place=place, revision=revision)
    return revision


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _revisions() -> frozenset[str]:
    scripts = ScriptDirectory.from_config(_migrations()).walk_revisions()
    return frozenset(script.revision for script in scripts)


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
