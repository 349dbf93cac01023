"""What became of an issue: the targets of then, and the year's figure once it is published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecasting.indicator import Observation, Status
from forecasting.outlook import Outlook, Verdict
from forecasting.period import Month
from forecasting.snapshot.outcome import outcome_of
from tests.snapshots import YEAR, figures, sample_issue


@pytest.fixture(scope="module")
def issued() -> Outlook:
    return sample_issue(applied=False, moved=False).outlook


def year_ends(
    issued: Outlook, growth: float | None = None, status: Status = Status.PUBLISHED
) -> list[Observation]:
    """Return figures with those of the year; without a growth it ends on each target's line."""
    known = figures()
    return known + [
        replace(
            year_before(verdict, known),
            month=Month(YEAR, 12),
            value=grown(verdict, known, growth),
            status=status,
        )
        for verdict in issued.counted
    ]


def year_before(verdict: Verdict, known: list[Observation]) -> Observation:
    target, measure = verdict.target, verdict.history.measure
    wanted = (target.area, target.indicator, measure, target.basis, Month(YEAR - 1, 12))
    return next(one for one in known if one.key == wanted)


def grown(verdict: Verdict, known: list[Observation], growth: float | None) -> float:
    """Return the figure of a year that has grown so: the growth, or the level."""
    rate = verdict.target.threshold if growth is None else growth
    before = year_before(verdict, known)
    return rate if before.measure.is_growth else before.value * (1 + rate / 100)


def test_a_year_that_runs_has_no_outcome(issued: Outlook) -> None:
    came = outcome_of(issued, figures())

    assert (came.met, came.together, came.score) == ({}, None, None)
    assert came.asked == len(issued.counted) > 1


def test_a_published_year_is_held_against_the_targets_of_then(issued: Outlook) -> None:
    missed = outcome_of(issued, year_ends(issued))
    met = outcome_of(issued, year_ends(issued, 50.0))

    assert missed.together is False
    assert not any(missed.met.values())
    assert met.together is True
    said = [verdict.probability for verdict in issued.counted]
    assert missed.score == pytest.approx(sum(p**2 for p in said) / len(said), rel=1e-12)
    assert met.score == pytest.approx(sum((1 - p) ** 2 for p in said) / len(said), rel=1e-12)


def test_a_flash_of_the_year_is_no_outcome(issued: Outlook) -> None:
    assert outcome_of(issued, year_ends(issued, status=Status.FLASH)).met == {}


def test_all_is_known_with_the_last_figure(issued: Outlook) -> None:
    *known, last = year_ends(issued, 50.0)

    came = outcome_of(issued, known)

    assert last.indicator not in came.met
    assert len(came.met) == came.asked - 1
    assert came.together is None
    assert came.score is not None
