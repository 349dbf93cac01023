"""What a store says of a year: the outlook, a scenario on it, and what it takes."""

from __future__ import annotations

import argparse
from pathlib import Path

from data import clock
from data.commands.command import (
    THE_STORE,
    Answer,
    Listed,
    add_command,
    area_of,
    check_targets,
    opened_store,
    saved_at,
    text_of,
    to_saved,
    view_of,
)
from data.store.store import Store
from forecasting.cli.answers import (
    Answered,
    baseline_from,
    outlook_answer,
    scenario_answer,
    solve_answer,
)
from forecasting.cli.options import FROM, OF_A_QUESTION, WANT, Parser, add_options
from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.models.pool import Engine
from forecasting.models.runtime import use_one_thread
from forecasting.outlook.question import Question
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario


def add_to(listed: Listed) -> None:
    """Add the commands on a year."""
    outlook = add_command(
        listed, "outlook", _outlook, "judge an area and a year, as the overview does",
        f"Print the probability of each target of a year, and of all. {THE_STORE}",
    )  # fmt: skip
    scenario = add_command(
        listed, "scenario", _scenario, "judge an area and a year under a scenario",
        f"Print the outlook under a scenario that is saved, or of a file. {THE_STORE}",
    )  # fmt: skip
    solve = add_command(
        listed, "solve", _solve, "say what it takes to meet all targets with a wanted probability",
        "Print the setting of least effort that brings the probability of meeting all targets to "
        f"a wanted level, or that none does and how close it gets. {THE_STORE}",
    )  # fmt: skip
    for parser in (outlook, scenario, solve):
        parser.add_argument(
            "--area", metavar="AREA", help="its id (the zone that the store serves without it)"
        )
        parser.add_argument(
            "--vintage", type=int, metavar="NUMBER", help="of the data (the newest without it)"
        )
        add_options(parser, OF_A_QUESTION)
    for parser, required in ((scenario, True), (solve, False)):
        _add_scenario(parser, required=required)
        add_options(parser, [FROM])
    add_options(solve, WANT)


def _add_scenario(parser: Parser, *, required: bool) -> None:
    where = parser.add_mutually_exclusive_group(required=required)
    where.add_argument(
        "--saved", type=to_saved, metavar="NUMBER[/VERSION]", help="a scenario that is saved"
    )
    where.add_argument(
        "--scenario", type=Path, metavar="SCENARIO.toml",
        help="what is changed; docs/method.md, section 7, names its tables",
    )  # fmt: skip


def _outlook(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        question, known, engine = _asked(store, options)
        return _answer(outlook_answer(question, known, engine))


def _scenario(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        question, known, engine = _asked(store, options)
        scenario = _chosen(store, question, known, options)
        baseline = baseline_from(question, known, _opens(options), engine)
        return _answer(scenario_answer(baseline, scenario))


def _solve(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        question, known, engine = _asked(store, options)
        scenario = _chosen(store, question, known, options)
        baseline = baseline_from(question, known, _opens(options), engine)
        return _answer(solve_answer(baseline, scenario, options.want, options.allow))


def _answer(answered: Answered) -> Answer:
    document, lines = answered
    return Answer(lines.rstrip("\n"), document)


def _asked(store: Store, options: argparse.Namespace) -> tuple[Question, Inputs, Engine]:
    """Return what is asked, what the vintage knows of it, and what forecasts.

    Raises
    ------
    CommandRefused
        If there are figures, and nothing that they are to reach.
    """
    use_one_thread()
    view = view_of(store, options.vintage)
    question = Question(
        area=area_of(store, view.vintage, options.area), year=options.year, as_of=options.as_of,
        threshold=options.threshold, seed=options.seed, correlated=not options.independent,
    )  # fmt: skip
    known = view.inputs(question.area.id)
    check_targets(question, known)
    return question, known, view.predict


def _chosen(
    store: Store, question: Question, known: Inputs, options: argparse.Namespace
) -> Scenario:
    """Return the scenario of a number or a file, without either an empty one."""
    text = ""
    if options.saved is not None:
        text = saved_at(store, options.saved, question.area, question.year).document
    elif options.scenario is not None:
        text = text_of(options.scenario)
    return read_scenario(text, known.catalogue.indicators)


def _opens(options: argparse.Namespace) -> Quarter:
    """Return the first quarter in which anything can be done: as asked, or today's."""
    found: Quarter = options.earliest or clock.quarter()
    return found
