"""What a store says of years: outlooks, scenarios, what it takes, why it moved, past ones."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
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
from forecasting.cli.options import (
    FROM,
    OF_A_QUESTION,
    WANT,
    Parser,
    add_options,
    to_year,
    to_years,
)
from forecasting.cli.views import case_document, news_document, news_lines
from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.models.pool import Engine
from forecasting.models.runtime import use_one_thread
from forecasting.outlook.question import Question
from forecasting.record.backtest import backtest, years_to_judge
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
    news = add_command(
        listed, "news", _news, "say why an outlook moved since an earlier data vintage",
        "Split the change of an outlook between two data vintages: what revisions, new figures, "
        f"targets and the models estimated anew each did. {THE_STORE}",
    )  # fmt: skip
    backtest = add_command(
        listed, "backtest", _backtest, "judge past years from their origins, as the track record",
        "Judge every year from the end of the year before (origin_quarter 0) and after its first "
        f"three quarters, each time with the figures up to then alone. {THE_STORE}",
    )  # fmt: skip
    for parser in (outlook, scenario, solve, news, backtest):
        parser.add_argument(
            "--area", metavar="AREA", help="its id (the zone that the store serves without it)"
        )
        parser.add_argument(
            "--vintage", type=int, metavar="NUMBER", help="of the data (the newest without it)"
        )
    for parser in (outlook, scenario, solve):
        add_options(parser, OF_A_QUESTION)
    news.add_argument("--year", type=to_year, required=True, help="target year, such as 2026")
    news.add_argument(
        "--since", type=int, required=True, metavar="NUMBER", help="the earlier data vintage"
    )
    backtest.add_argument(
        "--years", type=to_years, metavar="FIRST:LAST",
        help="such as 2014:2025 (all that can be judged without it)",
    )  # fmt: skip
    add_options(backtest, [one for one in OF_A_QUESTION if one[0] == "--threshold"])
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


def _news(options: argparse.Namespace) -> Answer:
    use_one_thread()
    with opened_store() as store:
        view = view_of(store, options.vintage)
        area = area_of(store, view.vintage, options.area)
        news = view.news_since(options.since, area.id, options.year)
    return _answer((news_document(news), news_lines(news)))


def _backtest(options: argparse.Namespace) -> Answer:
    use_one_thread()
    with opened_store() as store:
        view = view_of(store, options.vintage)
        area = area_of(store, view.vintage, options.area)
        known = view.inputs(area.id)
        years: Sequence[int] = years_to_judge(area.id, known.catalogue, known.observations)
        if options.years is not None:
            years = range(options.years[0], options.years[1] + 1)
        question = Question(area, clock.today().year, threshold=options.threshold)
        cases = backtest(question, years, known, view.predict)
        rows = [case_document(case) for case in cases]
    lines = ("\t".join("" if one is None else str(one) for one in row.values()) for row in rows)
    return Answer("\n".join(lines) or f"no figures of {area.id} answer any year", {"cases": rows})


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
