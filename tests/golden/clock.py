"""A clock that stands still, so that no output holds the day on which it was made."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from types import ModuleType
from typing import Any

LAYERS = ("forecasting", "data", "ui")
"""Streamlit and SQLAlchemy keep their clock, which they need to wait."""


NOW = datetime(2026, 10, 25, 2, tzinfo=UTC)
"""When files are read and pages are opened."""
_moment = NOW


class _LikeTheRealOne(type):
    """Everything that is a date is one of the standing kind, too; so tables by type know both."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__base__)

    def __eq__(cls, other: object) -> bool:
        return other is cls or other is cls.__base__

    def __hash__(cls) -> int:
        return hash(cls.__base__)


class StandingDatetime(datetime, metaclass=_LikeTheRealOne):
    """Makes real ones; its clock stands still."""

    def __new__(cls, *fields: Any, **named: Any) -> datetime:  # type: ignore[misc]
        return datetime(*fields, **named)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return _moment.astimezone(tz) if tz else _moment.replace(tzinfo=None)


class StandingDate(date, metaclass=_LikeTheRealOne):
    """Makes real ones; its clock stands still."""

    def __new__(cls, *fields: Any, **named: Any) -> date:  # type: ignore[misc]
        return date(*fields, **named)

    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return _moment.date()


STANDING: dict[type, type] = {datetime: StandingDatetime, date: StandingDate}


@contextmanager
def standing_at(moment: datetime = NOW) -> Iterator[None]:
    """Let ``datetime.now`` and ``date.today`` of every module of the project return a moment."""
    global _moment
    before, _moment = _moment, moment
    replaced = [
        (module, name, value)
        for module in _modules()
        for name, value in vars(module).items()
        if isinstance(value, type) and value in STANDING
    ]
    for module, name, value in replaced:
        setattr(module, name, STANDING[value])
    try:
        yield
    finally:
        _moment = before
        for module, name, value in replaced:
            setattr(module, name, value)


def _modules() -> list[ModuleType]:
    _import_all()
    return [
        module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in LAYERS and module is not None
    ]


@cache
def _import_all() -> None:
    """Import what a page would import later, after the clock was stopped."""
    for layer in LAYERS:
        package = importlib.import_module(layer)
        for found in pkgutil.walk_packages(package.__path__, f"{layer}."):
            if not _runs(found.name):
                importlib.import_module(found.name)


def _runs(name: str) -> bool:
    """Whether importing a module does its work: pages, commands and migrations."""
    return any(part in ("page", "__main__", "migrations") for part in name.split("."))
