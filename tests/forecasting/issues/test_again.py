"""What makes an issue say more than the one before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from forecasting.figures.indicator import Names
from forecasting.figures.period import Quarter
from forecasting.issues.again import asks_the_same, says_the_same
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.issues.plan_note import NotedSchedule, NotedTask, NotedTasks, PlanNote
from forecasting.issues.snapshot import IssueNote, Snapshot
from tests.snapshots import sample_issue

Changed = Callable[[Snapshot], Snapshot]
LATE = NotedTask("1", "园区道路", "建设局", "6月底", "behind", linked=False)


def plan(today: float = 7.5, late: tuple[NotedTask, ...] = ()) -> PlanNote:
    tasks = NotedTasks((("behind", len(late)),), late, schedule=NotedSchedule(today, ()))
    return PlanNote((), Names("2021年版", "2021"), (), tasks, (), unpublished=False)


@cache
def issued() -> Snapshot:
    """Return what is read of an issue with reasons for a change, a record and a plan."""
    return read_snapshot(write_snapshot(replace(sample_issue(applied=False), plan=plan())))


@pytest.mark.parametrize(
    "changed",
    [
        lambda one: replace(one, issue=replace(one.issue, number=9, label="9号", issued_at="x")),
        lambda one: replace(one, change=None, record=()),
        lambda one: replace(one, provenance=replace(one.provenance, vintage=99, app_version="9")),
        lambda one: replace(one, provenance=replace(one.provenance, next_release=None)),
        lambda one: replace(one, plan=plan(today=8.0)),
        lambda one: replace(one, indicators=(*one.indicators, replace(one.indicators[0], id="b"))),
    ],
    ids=["number and day", "issues before", "vintage and release", "next", "today", "reasons"],
)
def test_numbers_days_and_what_was_issued_before_are_no_news(changed: Changed) -> None:
    assert changed(issued()) != issued()
    assert says_the_same(changed(issued()), issued())


@pytest.mark.parametrize(
    "changed",
    [
        lambda one: replace(one, issue=IssueNote(2, "", "另一部门", one.issue.note)),
        lambda one: replace(one, issue=replace(one.issue, note="")),
        lambda one: replace(one, provenance=replace(one.provenance, engine="another")),
        lambda one: replace(one, provenance=replace(one.provenance, unpublished=False)),
        lambda one: replace(one, plan=plan(late=(LATE,))),
        lambda one: replace(one, plan=None),
        lambda one: replace(one, brief=one.brief[1:]),
        lambda one: replace(one, area_version=None),
        lambda one: replace(one, outlook=replace(one.outlook, verdicts=one.outlook.verdicts[1:])),
        lambda one: replace(
            one, indicators=(replace(one.indicators[0], name=Names("改", "B")), *one.indicators[1:])
        ),
    ],
    ids=[
        "issuer", "note", "engine", "unpublished", "late", "plan", "brief", "area", "verdicts",
        "name",
    ],
)  # fmt: skip
def test_whatever_else_readers_are_told_is_news(changed: Changed) -> None:
    assert not says_the_same(changed(issued()), issued())


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (lambda one: replace(one, issue=IssueNote(9, "")), True),
        (lambda one: replace(one, planned=False), False),
        (lambda one: replace(one, outlook=replace(one.outlook, as_of=Quarter(2026, 1))), False),
        (lambda one: replace(one, outlook=replace(one.outlook, year=2027)), False),
        (lambda one: replace(one, scenario=sample_issue().scenario), False),
    ],
    ids=["number", "line", "as of", "year", "scenario"],
)
def test_a_question_is_that_of_area_year_line_period_and_scenario(
    changed: Changed, same: bool
) -> None:
    assert asks_the_same(changed(issued()), issued()) is same
