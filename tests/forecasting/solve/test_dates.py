"""Every date of an answer is possible: by the calendar, and by the project's money and pace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import event, given, settings
from hypothesis import strategies as st

from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.scenario.levers import LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, Stage
from forecasting.solve.solution import AdvancedProject, Setting, Solution, solve
from forecasting.solve.wish import Movable, Wish, usual_wish
from tests.forecasting.solve.cases import ELSEWHERE, allow, lever

NOW = Quarter(2021, 3)
"""The first quarter without figures."""
DATES = ("signed", "started", "recorded", "producing", "counted")
BESIDE = Scenario(levers=tuple(lever(kind, value) for kind, value in ELSEWHERE.items()))


def quarters(first: int, last: int) -> st.SearchStrategy[Quarter]:
    """Return quarters by how far they lie from the first without figures."""
    return st.integers(first, last).map(lambda by: NOW + by)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Project, ...]:
    """Draw some projects of every stage, as ledgers have them: some dates missing, some past."""
    return tuple(draw(projects(name)) for name in "abc"[: draw(st.integers(1, 3))])


@st.composite
def projects(draw: st.DrawFn, name: str) -> Project:
    soon = draw(st.booleans())  # so that moving it changes the year
    started = draw(quarters(1, 2) if soon else quarters(-3, 6) | st.none())
    begins = started or NOW
    producing = max(begins, NOW) + draw(st.integers(0, 1 if soon else 8))
    total = draw(st.just(0.0) | st.floats(1.0, 40.0))
    years = draw(st.just({2021, 2022}) if soon else st.sets(st.integers(2021, 2023)))
    shares = st.floats(0.3, 1.0)
    return Project(
        name,
        stage=draw(st.sampled_from(list(Stage))),
        total_investment=total,
        signed=draw(st.none() | st.just(begins + -draw(st.integers(0, 3)))),
        started=started,
        recorded=draw(st.none() | st.just(begins + draw(st.integers(0, 1)))),
        producing=draw(st.just(producing) | st.none()),
        counted=draw(st.just(producing) | st.just(producing + 1) | st.none()),
        completion=tuple((year, (total or 10.0) * draw(shares)) for year in sorted(years)),
        completed=draw(st.just(()) | st.just(((2020, total * 0.3),))) if total else (),
        output=draw(st.floats(20.0, 90.0)),
        tax=draw(st.floats(500.0, 4000.0)),
        certain=True,
    )


def built_by(project: Project, begins: Quarter, first: Quarter) -> Quarter | None:
    """Return in which quarter the last money is spent, quarter by quarter; None if unknown."""
    if project.total_investment <= 0:
        return None
    spent = {**dict(project.completion), **dict(project.completed)}
    left = project.total_investment - sum(
        amount for year, amount in spent.items() if year < first.year
    )
    planned = [day for day in (project.started, project.recorded) if day is not None]
    start = max(planned) if planned else first
    paces = [
        amount / sum(Quarter(year, q) >= start for q in (1, 2, 3, 4))
        for year, amount in project.completion
        if year >= start.year
    ]
    if not any(paces):
        return None
    while left > max(paces) * (1 + 1e-9):
        left -= max(paces)
        begins = begins + 1
    return begins


def settings_of(solution: Solution) -> Iterator[Setting]:
    yield solution.setting
    yield from (one.setting for one in solution.alternatives)


def check(one: AdvancedProject, first: Quarter) -> None:
    """Assert that a project can be done as an answer says."""
    assert one.quarters > 0
    for name in DATES:
        old, new = getattr(one.before, name), getattr(one.project, name)
        if old is None or old < first:
            assert new == old  # nobody dates what is over, or what has no date
        else:
            assert new == old + -one.quarters
            assert new >= first
    old, new = one.before.producing, one.project.producing
    if new is None or new == old:
        return
    dates = [day for day in (one.project.started, one.project.recorded) if day is not None]
    begins = max([*dates, first]) if dates else first
    if (built := built_by(one.before, begins, first)) is not None:
        assert new >= built
    else:  # building takes as long as planned
        before = [day for day in (one.before.started, one.before.recorded) if day is not None]
        planned = max([*before, first]) if before else first
        assert old is not None
        assert new - begins >= old - planned


@given(
    ledger=ledgers(),
    late=st.sampled_from((None, 0, 0, 1)),
    wanted=st.sampled_from((0.55, 0.65, 0.99)),
)
@settings(max_examples=30)
def test_every_date_of_an_answer_is_possible(
    baseline: Baseline, ledger: tuple[Project, ...], late: int | None, wanted: float
) -> None:
    scenario = replace(BESIDE, projects=ledger)
    earliest = None if late is None else NOW + late
    first = NOW if earliest is None else earliest
    usual = usual_wish(baseline, scenario, 0.5, earliest=earliest)
    moves = tuple(Movable(one.project, one.quarters, 1e-4) for one in usual.projects)
    means = (
        allow(LeverKind.NEW_STARTS, 10.0, 0.5, 1.0),
        allow(LeverKind.TAX, 4000.0, 200.0, 500.0),
    )
    solution = solve(baseline, scenario, Wish(wanted, means, moves, earliest))

    for setting in settings_of(solution):
        event("moved" if setting.projects else "not moved")
        for one in setting.projects:
            check(one, first)
        for turned in setting.levers:
            start = getattr(turned.entry, "start", None)
            assert start is None or start >= first
    assert solution.most >= solution.before
    assert solution.setting.most >= solution.setting.probability
