"""What the tables of the store are put together from."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    false,
)

_LARGEST = 2**31 - 1

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
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


def text(name: str, *, key: bool = False) -> Column[str]:
    """Return a text, perhaps an empty one."""
    return Column(name, Text, nullable=False, primary_key=key)


def number(name: str) -> Column[float]:
    """Return a number in double precision."""
    return Column(name, Double, nullable=False)


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
    """Return whether a row takes its natural key away; a migration added it to rows of before."""
    return Column("removed", Boolean, nullable=False, server_default=false())


def brought_by() -> Column[int]:
    """Return the vintage a row came with."""
    return Column(
        "vintage", Integer, ForeignKey("vintage.number"), primary_key=True, autoincrement=False
    )


def can_be(number: int) -> bool:
    """Return whether a number, perhaps of an address, is one a row can be found by."""
    return 0 < number <= _LARGEST
