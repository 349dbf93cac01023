"""What a command answers, whatever its figures came from: as plain values, and as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forecasting.cli.options import DATES
from forecasting.cli.views import (
    Values,
    outlook_document,
    outlook_lines,
    scenario_document,
    scenario_lines,
    solution_document,
    solution_lines,
)
from forecasting.errors import UnknownYear
from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.models.pool import Engine, predict
from forecasting.outlook.judge import Baseline, baseline_of, judge
from forecasting.outlook.question import Question
from forecasting.scenario.apply import Applied, apply
from forecasting.scenario.levers import LeverKind
from forecasting.scenario.model import Scenario
from forecasting.solve.solution import solve
from forecasting.solve.wish import left_out, usual_wish

Answered = tuple[Values, str]


def outlook_answer(question: Question, known: Inputs, engine: Engine = predict) -> Answered:
    """Return the outlook of an area and year.

    Raises
    ------
    UnknownYear
        If nothing is asked of that year.
    """
    outlook = judge(question, known, engine)
    if not outlook.verdicts:
        raise UnknownYear(area=question.area.id, year=question.year)
    return outlook_document(outlook), outlook_lines(outlook)


def baseline_from(
    question: Question, known: Inputs, opens: Quarter, engine: Engine = predict
) -> Baseline:
    """Return the baseline of an area and year, in which nothing begins before ``opens``.

    Raises
    ------
    UnknownYear
        If nothing is asked of that year.
    """
    baseline = baseline_of(question, known, engine)
    if not baseline.standing:
        raise UnknownYear(area=question.area.id, year=question.year)
    return replace(baseline, opens=min(opens, Quarter(question.year, 4)))


def scenario_answer(baseline: Baseline, scenario: Scenario) -> Answered:
    """Return the outlook under a scenario.

    What lacks last year's level of some indicators moves the rest.

    Raises
    ------
    LevelsMissing
        If something moves nothing for want of a level.
    """
    applied = _applied(baseline, scenario)
    return scenario_document(baseline, applied), scenario_lines(baseline, applied)


def _applied(baseline: Baseline, scenario: Scenario) -> Applied:
    applied = apply(baseline, scenario, partly=True)
    if applied.unmeasured:
        apply(baseline, scenario.holding(applied.without_effect))  # refuses what lacks a level
    return applied


def solve_answer(
    baseline: Baseline, scenario: Scenario, want: float, allowed: Sequence[str] | None
) -> Answered:
    """Return the setting of least effort that reaches a wanted probability of all targets.

    As on the page, a lever that lacks last year's level of some indicators is turned for the rest.

    Parameters
    ----------
    allowed
        Kinds of levers that may be turned, and ``DATES``; None for every action of the zone
        but taxes.
    """
    kinds = None if allowed is None else [LeverKind(kind) for kind in allowed if kind != DATES]
    dates = allowed is None or DATES in allowed
    wish = usual_wish(
        baseline, scenario, want, kinds, dates=dates, partly=True, earliest=baseline.opens
    )
    _applied(baseline, scenario)  # refuses what the answer, fed back, would be refused for
    solution = solve(baseline, scenario, wish, partly=True)
    left = left_out(baseline, scenario) if allowed is None else ()
    unmeasured = _applied(baseline, solution.setting.scenario).unmeasured
    document = solution_document(baseline.question, wish, solution, left, unmeasured)
    return document, solution_lines(solution, left, unmeasured)
