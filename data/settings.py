"""Settings of an installation, read from its environment, and the version of the program."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

from data.store.errors import (
    KeyTooShort,
    ProxySecretTooShort,
    SignInHoursUnreadable,
    UnsupportedDatabase,
)

ROOT = Path(__file__).resolve().parent.parent
OPEN_TO_ANYONE = "ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING"
SHORTEST_KEY = 32
LONGEST_SIGN_IN = 720.0
"""Hours; the cookie of a sign-in lasts no longer."""
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
    sign_in_header
        ``SIGN_IN_HEADER``: the header in which a proxy names who signed in with it; empty where
        people sign in with the app, or nobody does.
    sign_in_claim
        ``SIGN_IN_CLAIM``: what of a person's identity is their account. Default: ``email``.
    sign_in_hours
        ``SIGN_IN_HOURS``: after how long somebody must sign in again. Default: 12.
    alert_channels_file
        ``ALERT_CHANNELS_FILE``: where alerts go (``data.alerts.channels``); None for nowhere.
    """

    database_url: str = field(repr=False)  # it may hold a password
    seeds_folder: Path
    open_to_anyone: bool = False
    sign_in_header: str = ""
    sign_in_claim: str = "email"
    sign_in_hours: float = 12.0
    alert_channels_file: Path | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings; one that is empty counts as not given.

        Raises
        ------
        UnsupportedDatabase
            If ``DATABASE_URL`` is of another database.
        SignInHoursUnreadable
            If ``SIGN_IN_HOURS`` is no number of hours.
        """
        url = environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'outlook.sqlite3'}"
        folder = environ.get("SEEDS_FOLDER") or ROOT / "seeds"
        channels = environ.get("ALERT_CHANNELS_FILE")
        return cls(
            _with_driver(url),
            Path(folder),
            environ.get(OPEN_TO_ANYONE) == "yes",
            environ.get("SIGN_IN_HEADER", ""),
            environ.get("SIGN_IN_CLAIM") or "email",
            _hours(environ.get("SIGN_IN_HOURS") or "12"),
            Path(channels) if channels else None,
        )


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
    key = _secret(environ, "BACKUP_KEY")
    if 0 < len(key) < SHORTEST_KEY:
        raise KeyTooShort(length=len(key), limit=SHORTEST_KEY)
    return key.encode() or None


def proxy_secret(environ: Mapping[str, str]) -> str:
    """Return by what a proxy proves that it is the one: ``SIGN_IN_PROXY_SECRET``, or of its file.

    Raises
    ------
    ProxySecretTooShort
        If there is none, or it could be found by trying.
    OSError
        If the file cannot be read.
    """
    secret = _secret(environ, "SIGN_IN_PROXY_SECRET")
    if len(secret) < SHORTEST_KEY:
        raise ProxySecretTooShort(length=len(secret), limit=SHORTEST_KEY)
    return secret


def _secret(environ: Mapping[str, str], name: str) -> str:
    """Return a secret of the environment, or of the file it names; empty where there is none."""
    secret = environ.get(name, "")
    if not secret and (file := environ.get(f"{name}_FILE")):
        secret = Path(file).read_text(encoding="utf-8")
    return secret.strip()


def _hours(given: str) -> float:
    try:
        hours = float(given)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= LONGEST_SIGN_IN:
        raise SignInHoursUnreadable(given=given, limit=LONGEST_SIGN_IN)
    return hours


def _with_driver(url: str) -> str:
    """Name the driver that is installed in the address of a database."""
    if url.startswith("sqlite:///"):
        return url
    if _POSTGRESQL.match(url):
        return _POSTGRESQL.sub("postgresql+psycopg://", url, count=1)
    raise UnsupportedDatabase(scheme=url.partition(":")[0])


@cache
def version() -> str:
    """Return the version of the program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
