"""What is done to a store without the app: ``python -m data``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from data.commands import (
    alerts,
    areas,
    figures,
    fleet,
    indicators,
    issues,
    league,
    links,
    outlooks,
    people,
    plan,
    stores,
    targets,
    tasks,
)
from data.commands.command import THE_STORE, Answer, CommandRefused, ExitCode
from data.store.errors import IssuedMeanwhile, PlanChanged, StaleBase
from forecasting.cli.options import Parser
from forecasting.cli.views import to_json
from forecasting.errors import OutlookError

PROGRAM = "python -m data"
_SUBJECTS = (
    stores,
    figures,
    outlooks,
    issues,
    fleet,
    league,
    links,
    targets,
    areas,
    indicators,
    plan,
    tasks,
    people,
    alerts,
)
_CONFLICTS = (StaleBase, PlanChanged, IssuedMeanwhile)
"""Somebody else wrote meanwhile."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code, where it is refused with one line on standard error."""
    options = _parser().parse_args(arguments)
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


def _parser() -> Parser:
    parser = Parser(
        prog=PROGRAM,
        description="Act on a store without the app. Whatever is written is written whole or not "
        "at all, and a command that is run again after it was cut off ends as it would have.",
        epilog=f"{THE_STORE} docs/operating.md says what the exit codes mean.",
    )
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    for subject in _SUBJECTS:
        subject.add_to(listed)
    return parser


if __name__ == "__main__":
    sys.exit(main())
