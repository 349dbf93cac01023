"""Settings of an installation, read from its environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from data.store.errors import KeyTooShort, UnsupportedDatabase

ROOT = Path(__file__).resolve().parent.parent
OPEN_TO_ANYONE = "ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING"
SHORTEST_KEY = 32
_POSTGRESQL = re.compile(r"postgres(ql)?(\+psycopg)?://")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with a default that works without any.

    Attributes
    ----------
    database_url
        ``DATABASE_URL``: where vintages are kept, as ``sqlite:///FILE``,
        ``postgresql://...`` or ``postgres://...``. Default: the SQLite file
        ``var/outlook.sqlite3`` of this repository, made on first use.
    seeds_folder
        ``SEEDS_FOLDER``: the tables a fresh store starts from. Default: ``seeds`` of this
        repository.
    open_to_anyone
        ``ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING``: ``yes`` lets other machines use an app to
        which nobody signs in. Default: this machine alone.
    """

    database_url: str = field(repr=False)  # it may hold a password
    seeds_folder: Path
    open_to_anyone: bool = False

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings; one that is empty counts as not given.

        Raises
        ------
        UnsupportedDatabase
            If ``DATABASE_URL`` is of another database.
        """
        url = environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'outlook.sqlite3'}"
        folder = environ.get("SEEDS_FOLDER") or ROOT / "seeds"
        return cls(_with_driver(url), Path(folder), environ.get(OPEN_TO_ANYONE) == "yes")


def backup_key(environ: Mapping[str, str]) -> bytes | None:
    """Return what backups are signed with: ``BACKUP_KEY``, or what ``BACKUP_KEY_FILE`` holds.

    None where neither is set. Spaces and line ends around it do not count.

    Raises
    ------
    KeyTooShort
        If it could be found by trying.
    OSError
        If the file cannot be read.
    """
    key = environ.get("BACKUP_KEY", "")
    if not key and (file := environ.get("BACKUP_KEY_FILE")):
        key = Path(file).read_text(encoding="utf-8")
    key = key.strip()
    if 0 < len(key) < SHORTEST_KEY:
        raise KeyTooShort(length=len(key), limit=SHORTEST_KEY)
    return key.encode() or None


def _with_driver(url: str) -> str:
    """Name the driver that is installed in the address of a database."""
    if url.startswith("sqlite:///"):
        return url
    if _POSTGRESQL.match(url):
        return _POSTGRESQL.sub("postgresql+psycopg://", url, count=1)
    raise UnsupportedDatabase(scheme=url.partition(":")[0])
