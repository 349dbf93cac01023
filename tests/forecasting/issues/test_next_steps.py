"""What is next comes from the ledger, and names nobody but to insiders."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.period import Quarter
from forecasting.issues.next_steps import next_date, next_steps_of
from forecasting.issues.snapshot import NextSteps, Step
from forecasting.issues.take import take
from forecasting.outlook.judge import outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import Effect
from forecasting.scenario.projects import Project, Stage, carried
from tests.forecasting.issues.takes import NOTE as HEAD
from tests.forecasting.issues.takes import forecast, material

YEAR, NOW = 2021, Quarter(2021, 3)
SECRET = "绝密"


def outlook() -> Outlook:
    return outlook_of(forecast())


def weakest() -> str:
    together = outlook().all_clear
    assert together is not None
    assert together.weakest is not None
    return together.weakest.indicator_id


def effect(project: Project, amount: float, indicator: str = "") -> Effect:
    return Effect(
        project, indicator or weakest(), 1.0, (), "1e8 CNY", (0.0, 0.0, amount, amount), 0.0, 0.0,
        100.0, (0.0, 0.0, amount, amount), False, None,
    )  # fmt: skip


def project(place: int, **changed: object) -> Project:
    values = {
        "id": f"{SECRET}{place}", "name": f"{SECRET}项目{place}", "owner": f"{SECRET}单位{place}",
        "blocking": f"{SECRET}堵点{place}" if place % 2 else "", "started": NOW,
    }  # fmt: skip
    return Project(**(values | changed))  # type: ignore[arg-type]


def steps(*projects: Project, named: bool = False) -> NextSteps:
    effects = [effect(one, 0.5) for one in projects]
    found = next_steps_of(outlook(), projects, effects, {weakest(): 80.0}, NOW, named=named)
    assert found is not None
    return found


def test_the_gap_is_what_expected_growth_lacks_in_points_and_in_amount() -> None:
    verdict = next(v for v in outlook().verdicts if v.indicator_id == weakest())
    found = steps()

    assert found.gap == pytest.approx(verdict.cut.lower - verdict.quantiles.median)
    assert found.amount == pytest.approx(found.gap * 0.8)
    assert (found.indicator, found.listed, found.steps) == (weakest(), False, ())


def test_only_projects_that_move_the_weakest_link_are_counted() -> None:
    own, other, idle = project(1), project(2), project(3)
    effects = [effect(own, 0.5), effect(other, 0.5, "another"), effect(idle, 0.0)]
    found = next_steps_of(outlook(), (own, other, idle), effects, {}, NOW, named=True)

    assert found is not None
    assert (found.projects, found.blocked, found.amount) == (1, 1, None)
    assert [step.project for step in found.steps] == [own.name]


@pytest.mark.parametrize(
    ("of_trend", "on_top", "told"),
    [(0, 2, False), (0, 3, True), (3, 0, True), (2, 3, False), (3, 2, False), (3, 3, True)],
)
def test_a_sum_is_told_only_where_it_gives_no_project_away(
    of_trend: int, on_top: int, told: bool
) -> None:
    """A reader may know the sum of what the baseline carries, or of what comes on top."""
    listed = [carried(project(place)) for place in range(of_trend)]
    listed += [project(10 + place) for place in range(on_top)]
    found = steps(*listed)

    count = of_trend + on_top
    assert (found.projects, found.carried) == (count, of_trend)
    assert found.brings == (pytest.approx(count * 1.0) if told else None)
    assert (found.points is None) is not told


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.none() | st.integers(0, 3))))
def test_who_is_no_insider_reads_no_name(drawn: list[tuple[int, bool, int | None]]) -> None:
    projects = [
        project(place, owner=f"{SECRET}单位{unit}", started=None if later is None else NOW + later)
        for place, (unit, _, later) in enumerate(drawn)
    ]
    found = steps(*projects)

    units = [one.owner for one in projects]
    for step in found.steps:
        assert (step.project, step.blocking) == ("", "")
        assert not step.owner or units.count(step.owner) >= 3
    assert sum(step.count for step in found.steps) == len(projects)
    assert not found.named


def test_insiders_read_project_unit_date_and_what_holds_it_up() -> None:
    late = project(1, started=NOW + 1)
    found = steps(late, project(2, started=None), project(3), named=True)

    assert found.named
    assert found.steps == (
        Step("started", NOW, f"{SECRET}单位3", 1, 1, f"{SECRET}项目3", f"{SECRET}堵点3"),
        Step("started", NOW + 1, f"{SECRET}单位1", 1, 1, f"{SECRET}项目1", f"{SECRET}堵点1"),
        Step("started", None, f"{SECRET}单位2", 1, 0, f"{SECRET}项目2"),
    )


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"started": NOW + 1, "producing": NOW + 3}, ("started", NOW + 1)),
        ({"started": NOW + -4, "producing": NOW, "stage": Stage.STARTED}, ("producing", NOW)),
        ({"started": None}, ("started", None)),
        ({"started": NOW + -1, "recorded": NOW}, ("started", NOW + -1)),
        (
            {"started": NOW + -3, "producing": NOW + -1, "counted": NOW, "stage": Stage.STARTED},
            ("producing", NOW + -1),
        ),
        ({"started": NOW + -1, "stage": Stage.STARTED, "completion": ((YEAR, 1.0),)},
         ("recorded", None)),
        ({"started": NOW + -1, "recorded": NOW + -1, "stage": Stage.STARTED}, None),
    ],
)  # fmt: skip
def test_what_a_project_reaches_next(
    changed: dict[str, object], wanted: tuple[str, Quarter | None] | None
) -> None:
    assert next_date(project(1, **changed), NOW) == wanted


def test_nothing_is_next_where_nothing_is_short() -> None:
    reference = replace(outlook(), area=replace(outlook().area, reference=True))
    for told in (reference, replace(outlook(), all_clear=None)):
        assert next_steps_of(told, (), (), {}, NOW) is None


def test_an_issue_that_names_projects_is_internal() -> None:
    for named in (False, True):
        found = steps(project(1), named=named)
        taken = take(HEAD, outlook(), material(), next_steps=found)
        assert not taken.provenance.unpublished
        assert taken.internal is named
