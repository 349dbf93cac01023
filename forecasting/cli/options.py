"""The options of the command line, and what each may be."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from forecasting.figures.period import Quarter
from forecasting.outlook.question import DEFAULT_SEED
from forecasting.scenario.levers import LeverKind

PROGRAM = "python -m forecasting"
USAGE_ERROR = 2
LARGEST_THRESHOLD = 1e6
DATES = "dates"
"""Beside kinds of levers: that projects may come earlier."""
FACTS_HELP = (
    "comma-separated figures in UTF-8 with the columns area, indicator, measure, period, value "
    "and, where they differ from the catalogue, unit, publisher, status, price_basis, "
    "coverage_basis, currency; period is the quarter (2026Q2) or month (2026-06) a figure runs to"
)

Command = Callable[[argparse.Namespace], None]


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Exit with one line that says what is wrong."""
        self.exit(USAGE_ERROR, f"{self.prog}: {message}\n")


def parser_of(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Return the parser; the chosen entry of ``commands`` becomes ``options.command``."""
    parser = Parser(
        prog=PROGRAM,
        description="Probabilities that published growth meets its targets, without the app.",
    )
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    outlook = listed.add_parser(
        "outlook",
        help="judge an area and a year",
        description="Judge an area and a year: the probability of each indicator's target, "
        "and of all.",
    )
    _outlook_options(outlook)
    news = listed.add_parser(
        "news",
        help="say why an outlook moved",
        description="Split the change of an outlook between two sets of figures: what "
        "revisions, new figures and the models estimated anew each did.",
    )
    news.add_argument(
        "before", type=Path, metavar="OLD.csv", help="the figures known before, as in FILE.csv"
    )
    _outlook_options(news)
    scenario = listed.add_parser(
        "scenario",
        help="judge an area and a year under a scenario",
        description="Judge an area and a year with levers, amounts, projects and pins set; "
        "an empty scenario is the outlook itself.",
    )
    _outlook_options(scenario)
    scenario.add_argument(
        "--scenario",
        type=Path,
        required=True,
        metavar="SCENARIO.toml",
        help="what is changed; docs/method.md, section 7, names its tables",
    )
    solver = listed.add_parser(
        "solve",
        help="say what it takes to meet all targets with a wanted probability",
        description="Find the setting of least effort that brings the probability of meeting "
        "all targets to a wanted level, or say that none does and how close it gets.",
    )
    _outlook_options(solver)
    _solve_options(solver)
    history = listed.add_parser(
        "backtest",
        help="judge past years from their four origins",
        description="Judge every year from the end of the year before (origin_quarter 0) and "
        "after its first three quarters, each time with the figures up to then alone.",
    )
    _backtest_options(history)
    forecast = listed.add_parser(
        "forecast",
        help="forecast quarterly levels",
        description="Forecast quarterly levels: mean and quantiles of each future quarter.",
    )
    _forecast_options(forecast)
    for name, command in (
        ("outlook", outlook),
        ("news", news),
        ("scenario", scenario),
        ("solve", solver),
        ("backtest", history),
        ("forecast", forecast),
    ):
        command.set_defaults(command=commands[name])
    return parser


def _outlook_options(parser: argparse.ArgumentParser) -> None:
    _shared_options(parser)
    parser.add_argument("--year", type=_year, required=True, help="target year, such as 2026")
    parser.add_argument(
        "--as-of",
        type=_quarter,
        metavar="QUARTER",
        help="leave out every figure after this quarter, such as 2026Q1",
    )
    parser.add_argument(
        "--independent",
        action="store_true",
        help="set the correlation of shocks across indicators to zero",
    )


def _solve_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--want",
        type=_probability,
        required=True,
        metavar="PROBABILITY",
        help="of meeting all targets, such as 0.8",
    )
    parser.add_argument(
        "--scenario",
        type=Path,
        metavar="SCENARIO.toml",
        help="where to start from, and what stays as it is (default: nothing is changed)",
    )
    parser.add_argument(
        "--allow",
        action="append",
        choices=[*(kind.value for kind in LeverKind), DATES],
        metavar="KIND",
        help=f"a kind of lever that may be turned within its usual range, or {DATES} of projects "
        "that have not begun; may be given several times (default: every action of the zone "
        "that reaches an indicator and lacks no number, and dates): "
        + ", ".join([*LeverKind, DATES]),
    )


def _backtest_options(parser: argparse.ArgumentParser) -> None:
    _shared_options(parser)
    parser.add_argument(
        "--years",
        type=_years,
        required=True,
        metavar="FIRST:LAST",
        help="target years, such as 2014:2025",
    )


def _forecast_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE.csv",
        help="columns id, t (a whole quarter number), y (a level above zero)",
    )
    parser.add_argument(
        "--horizon", type=_horizon, default=8, help="quarters ahead, 1 to 40 (default 8)"
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="OUT.csv",
        help="columns id, h, mean and the quantiles; h counts from 1, the quarter after the last t",
    )


def _shared_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.csv", help=FACTS_HELP)
    parser.add_argument("--area", required=True, help="area id, such as CN")
    parser.add_argument(
        "--threshold",
        type=_number,
        metavar="PERCENT",
        help="replace the threshold of every target (default: the area's targets, or the line "
        "of the zone's plan for an area without any)",
    )
    parser.add_argument(
        "--changes",
        type=Path,
        metavar="FILE.csv",
        help="recorded changes of definition, with the columns area, indicator, period (the "
        "first quarter or month that follows the new one) and document",
    )
    parser.add_argument(
        "--seed",
        type=_seed,
        default=DEFAULT_SEED,
        help=f"of every random draw (default {DEFAULT_SEED})",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year such as 2026")
    return int(text)


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition(":")
    years = _year(first), _year(last)
    if years[0] > years[1]:
        raise argparse.ArgumentTypeError(f"{text!r} ends before it starts")
    return years


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a quarter such as 2026Q1") from error


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) <= LARGEST_THRESHOLD:
        raise argparse.ArgumentTypeError(f"{text!r} is not a percentage such as 7")
    return number


def _probability(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a probability between 0 and 1")
    return number


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 0")
    return int(text)


def _horizon(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 40:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of quarters from 1 to 40")
    return int(text)
