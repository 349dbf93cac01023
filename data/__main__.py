"""What is done to a whole store: ``python -m data``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import OperationalError

from data.settings import Settings
from data.store.backup import back_up, move, restore
from forecasting.cli.options import USAGE_ERROR, Parser
from forecasting.errors import OutlookError

PROGRAM = "python -m data"
THE_STORE = "The store is the one of the app: DATABASE_URL, or var/outlook.sqlite3 without it."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or 2 with one line on standard error for what a person can mend."""
    options = _parser().parse_args(arguments)
    try:
        print(options.command(options))
    except (OutlookError, OperationalError, OSError) as error:
        print(f"{PROGRAM}: {_line(error)}", file=sys.stderr)
        return USAGE_ERROR
    return 0


def _back_up(options: argparse.Namespace) -> str:
    return f"{options.file} holds every data vintage to {back_up(_address(None), options.file)}"


def _restore(options: argparse.Namespace) -> str:
    return f"the store holds every data vintage to {restore(options.file, _address(None))}"


def _move(options: argparse.Namespace) -> str:
    source = _address(options.source) if "://" in options.source else Path(options.source)
    latest = move(source, _address(options.target))
    return f"the new database holds every data vintage to {latest}"


def _address(given: str | None) -> str:
    """Return the address of a database as the app takes it, by default that of the app."""
    environ = os.environ if given is None else {"DATABASE_URL": given}
    return Settings.from_environ(environ).database_url


def _line(error: Exception) -> str:
    if isinstance(error, OperationalError):
        return " ".join(str(error.orig).split())
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _parser() -> Parser:
    parser = Parser(
        prog=PROGRAM,
        description="Back up, restore or move a store: every data vintage, with the original "
        "files, and every saved scenario. All is copied or nothing, and what arrived is compared "
        "with what was read.",
        epilog=THE_STORE,
    )
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    backup = listed.add_parser(
        "backup",
        help="write the store into one file",
        description=f"Write the store into one SQLite file, also while the app serves. {THE_STORE}",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that does not exist yet")
    backup.set_defaults(command=_back_up)
    again = listed.add_parser(
        "restore",
        help="write a backup into an empty database",
        description="Write a backup into an empty database, after proving that it is as it was "
        f"written. {THE_STORE}",
    )
    again.add_argument("file", type=Path, metavar="FILE", help="a file that backup wrote")
    again.set_defaults(command=_restore)
    _add_move(
        listed.add_parser(
            "move",
            help="write the store into another database, such as from SQLite to PostgreSQL",
            description="Write a store into another, empty database; the old one stays as it is. "
            "Stop the app first, and set DATABASE_URL to the new one before it starts again.",
        )
    )
    return parser


def _add_move(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="SOURCE", help="a SQLite file, sqlite:///FILE or postgresql://..."
    )
    parser.add_argument(
        "target",
        nargs="?",
        metavar="TARGET",
        help="sqlite:///FILE or postgresql://...; without it DATABASE_URL, which keeps a "
        "password out of the list of processes",
    )
    parser.set_defaults(command=_move)


if __name__ == "__main__":
    sys.exit(main())
