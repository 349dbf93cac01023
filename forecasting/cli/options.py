"""The options of the command line, what each may be, and how documents are printed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from forecasting.figures.period import Quarter, parse_period
from forecasting.outlook.question import DEFAULT_SEED
from forecasting.scenario.levers import LeverKind

PROGRAM = "python -m forecasting"
USAGE_ERROR = 2
LARGEST_THRESHOLD = 1e6
DATES = "dates"
"""What may be allowed besides kinds of levers: earlier dates of projects."""

Command = Callable[[argparse.Namespace], None]
Option = tuple[str, dict[str, Any]]
Value = TypeVar("Value")


class Parser(argparse.ArgumentParser):
    """A parser that reports an error in one line."""

    def error(self, message: str) -> NoReturn:
        """Exit with one line that says what is wrong."""
        self.exit(USAGE_ERROR, f"{self.prog}: {message}\n")


def parser_of(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Return the parser; the chosen one of ``commands`` becomes ``options.command``."""
    parser = Parser(
        prog=PROGRAM,
        description="Probabilities that published growth meets its targets, without the app.",
    )
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in commands.items():
        short, description, options = _COMMANDS[name]
        own = listed.add_parser(name, help=short, description=description)
        add_options(own, options)
        own.set_defaults(command=command)
    return parser


def add_options(parser: argparse.ArgumentParser, options: Iterable[Option]) -> None:
    """Let a command take options."""
    for flag, settings in options:
        parser.add_argument(flag, **settings)


def _option(flag: str, help_: str, **settings: Any) -> Option:
    return flag, {"help": help_, **settings}


def checked(
    read: Callable[[str], Value], sound: Callable[[Value], bool], wanted: str
) -> Callable[[str], Value]:
    """Return a reader that refuses what is not sound, saying what is wanted."""

    def read_sound(text: str) -> Value:
        try:
            value = read(text)
        except ValueError:
            value = None
        if value is None or not sound(value):
            raise argparse.ArgumentTypeError(f"{text!r} is not {wanted}")
        return value

    return read_sound


def _span(text: str) -> tuple[int, int]:
    first, _, last = text.partition(":")
    return int(first), int(last)


to_year = checked(int, lambda year: 1000 <= year <= 9999, "a year such as 2026")
to_years = checked(
    _span, lambda span: 1000 <= span[0] <= span[1] <= 9999, "a span of years such as 2014:2025"
)
to_quarter = checked(Quarter.parse, lambda _: True, "a quarter such as 2026Q1")
_period = checked(parse_period, lambda _: True, "a quarter or month such as 2026Q1 or 2026-05")
_percent = checked(float, lambda number: abs(number) <= LARGEST_THRESHOLD, "a percentage such as 7")
to_probability = checked(float, lambda number: 0 < number < 1, "a probability between 0 and 1")
_seed = checked(int, lambda seed: seed >= 0, "a whole number of at least 0")
_horizon = checked(int, lambda horizon: 1 <= horizon <= 40, "a number of quarters from 1 to 40")

_THRESHOLD = _option(
    "--threshold",
    "replace the threshold of every target (default: the area's targets, or the line of the "
    "zone's plan for an area without any)",
    type=_percent,
    metavar="PERCENT",
)
_SEED = _option(
    "--seed", f"of every random draw (default {DEFAULT_SEED})", type=_seed, default=DEFAULT_SEED
)
_SHARED = (
    _option(
        "file",
        "comma-separated figures in UTF-8 with the columns area, indicator, measure, period, "
        "value and, where they differ from the catalogue, unit, publisher, status, price_basis, "
        "coverage_basis, currency; period is the quarter (2026Q2) or month (2026-06) a figure "
        "runs to; or a .csv that the app exports, in Chinese or English; or a .zip or folder that "
        "it exports, with indicators, targets and changes of its own",
        type=Path,
        metavar="FILE",
    ),
    _option("--area", "area id, such as CN", required=True),
    _THRESHOLD,
    _option(
        "--changes",
        "recorded changes of definition, with the columns area, indicator, period (the first "
        "quarter or month that follows the new one) and document",
        type=Path,
        metavar="FILE.csv",
    ),
    _SEED,
    _option("--json", "print JSON", action="store_true"),
)
FROM = _option(
    "--from",
    "the first quarter in which anything can still be done (default: today's)",
    type=to_quarter,
    dest="earliest",
    metavar="QUARTER",
)

_YEAR = (
    _option("--year", "target year, such as 2026", type=to_year, required=True),
    _option(
        "--as-of",
        "leave out every figure after this quarter or month, such as 2026Q1 or 2026-05",
        type=_period,
        metavar="PERIOD",
    ),
    _option(
        "--independent",
        "set the correlation of shocks across indicators to zero",
        action="store_true",
    ),
)
OF_A_QUESTION = (_THRESHOLD, _SEED, *_YEAR)
"""What may be varied of a question, wherever the figures are."""
_OF_A_YEAR = (*_SHARED, *_YEAR)
WANT = (
    _option(
        "--want",
        "of meeting all targets, such as 0.8",
        type=to_probability,
        required=True,
        metavar="PROBABILITY",
    ),
    _option(
        "--allow",
        f"a kind of lever that may be turned within its usual range, or {DATES} of "
        "projects that have not begun; may be given several times (default: every action "
        "of the zone but taxes that reaches an indicator and lacks no number, and dates): "
        + ", ".join([*LeverKind, DATES]),
        action="append",
        choices=[*(kind.value for kind in LeverKind), DATES],
        metavar="KIND",
    ),
)
_COMMANDS: Mapping[str, tuple[str, str, tuple[Option, ...]]] = {
    "outlook": (
        "judge an area and a year",
        "Judge an area and a year: the probability of each indicator's target, and of all.",
        _OF_A_YEAR,
    ),
    "news": (
        "say why an outlook moved",
        "Split the change of an outlook between two sets of figures: what revisions, new figures "
        "and the models estimated anew each did.",
        (
            _option(
                "before",
                "the figures known before, as in FILE.csv",
                type=Path,
                metavar="OLD.csv",
            ),
            *_OF_A_YEAR,
        ),
    ),
    "scenario": (
        "judge an area and a year under a scenario",
        "Judge an area and a year with levers, amounts, projects and pins set; an empty scenario "
        "is the outlook itself.",
        (
            *_OF_A_YEAR,
            _option(
                "--scenario",
                "what is changed; docs/method.md, section 7, names its tables",
                type=Path,
                required=True,
                metavar="SCENARIO.toml",
            ),
            FROM,
        ),
    ),
    "solve": (
        "say what it takes to meet all targets with a wanted probability",
        "Find the setting of least effort that brings the probability of meeting all targets to "
        "a wanted level, or say that none does and how close it gets.",
        (
            *_OF_A_YEAR,
            *WANT,
            _option(
                "--scenario",
                "where to start from, and what stays as it is (default: nothing is changed)",
                type=Path,
                metavar="SCENARIO.toml",
            ),
            FROM,
        ),
    ),
    "backtest": (
        "judge past years from their origins",
        "Judge every year from the end of the year before (origin_quarter 0) and after its first "
        "three quarters, each time with the figures up to then alone.",
        (
            *_SHARED,
            _option(
                "--by-month",
                "judge after every month that has a figure as well; month is the last one known",
                action="store_true",
            ),
            _option(
                "--years",
                "target years, such as 2014:2025",
                type=to_years,
                required=True,
                metavar="FIRST:LAST",
            ),
        ),
    ),
    "forecast": (
        "forecast quarterly levels",
        "Forecast quarterly levels: mean and quantiles of each future quarter.",
        (
            _option(
                "file",
                "columns id, t (a whole quarter number), y (a level above zero)",
                type=Path,
                metavar="FILE.csv",
            ),
            _option("--horizon", "quarters ahead, 1 to 40 (default 8)", type=_horizon, default=8),
            _option(
                "--out",
                "columns id, h, mean and the quantiles; h counts from 1, the quarter after the "
                "last t",
                type=Path,
                required=True,
                metavar="OUT.csv",
            ),
        ),
    ),
}


def to_json(document: dict[str, Any] | list[dict[str, Any]]) -> str:
    """Return a document as JSON text that ends with a line break, the same bytes everywhere."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
