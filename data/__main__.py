"""What is done to a store without the app: ``python -m data``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from sqlalchemy.exc import OperationalError

from data.commands.command import THE_STORE, Answer, CommandRefused, ExitCode
from data.store.errors import IssuedMeanwhile, PlanChanged, StaleBase
from forecasting.cli.options import Parser, to_json
from forecasting.errors import OutlookError

PROGRAM = "python -m data"
_COMMANDS = {
    "stores": ("init", "verify", "backup", "restore", "move", "audit"),
    "figures": ("import", "export"),
    "outlooks": ("outlook", "scenario", "solve", "news", "backtest"),
    "issues": ("issue", "issues"),
    "fleet": ("fleet",),
    "league": ("league",),
    "links": ("link",),
    "targets": ("targets",),
    "areas": ("areas",),
    "indicators": ("indicators",),
    "plan": ("plan",),
    "tasks": ("tasks",),
    "people": ("people",),
    "alerts": ("alerts",),
}
"""The modules of ``data.commands``, with what each adds: only that of the command asked for is
imported, since models take two seconds."""
_CONFLICTS = (StaleBase, PlanChanged, IssuedMeanwhile)
"""Somebody else wrote meanwhile."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code, where it is refused with one line on standard error."""
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(given[0] if given else "").parse_args(given)
    try:
        answer: Answer = options.command(options)
    except _CONFLICTS as error:
        return _refuse(error, ExitCode.CONFLICT)
    except (CommandRefused, OutlookError, OperationalError, OSError) as error:
        return _refuse(error, ExitCode.REFUSED)
    if options.json or answer.code is ExitCode.QUESTIONS:
        print(to_json(dict(answer.document)), end="")
    else:
        print(answer.text)
    return answer.code


def _refuse(error: Exception, code: ExitCode) -> int:
    print(f"{PROGRAM}: {_line(error)}", file=sys.stderr)
    return code


def _line(error: Exception) -> str:
    if isinstance(error, OperationalError):
        return " ".join(str(error.orig).split())
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).splitlines())


def _parser(command: str) -> Parser:
    """Return the parser of a command; of all of them where there is none of that name."""
    parser = Parser(
        prog=PROGRAM,
        description="Act on a store without the app. Whatever is written is written whole or not "
        "at all, and a command that is run again after it was cut off ends as it would have.",
        epilog=f"{THE_STORE} docs/operating.md says what the exit codes mean.",
    )
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    asked = [subject for subject, names in _COMMANDS.items() if command in names]
    for subject in asked or _COMMANDS:
        import_module(f"data.commands.{subject}").add_to(listed)
    return parser


if __name__ == "__main__":
    sys.exit(main())
