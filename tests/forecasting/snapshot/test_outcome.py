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
    issued: Outlook, growth: float, status: Status = Status.PUBLISHED
) -> list[Observation]:
    """Return figures with those of the rest of the year, single quarters or since January."""
    known = figures()
    return known + [
        replace(
            next(one for one in known if asks(verdict, one)),
            month=Month(YEAR, month),
            value=growth,
            status=status,
        )
        for verdict in issued.counted
        for month in (9, 12)
    ]


def asks(verdict: Verdict, figure: Observation) -> bool:
    target = verdict.target
    wanted = (target.area, target.indicator, target.basis, verdict.history.measure)
    return (figure.area, figure.indicator, figure.basis, figure.measure) == wanted


def test_a_year_that_runs_has_no_outcome(issued: Outlook) -> None:
    came = outcome_of(issued, figures())

    assert (came.met, came.together, came.score) == ({}, None, None)
    assert came.asked == len(issued.counted) > 1


def test_a_published_year_is_held_against_the_targets_of_then(issued: Outlook) -> None:
    missed = outcome_of(issued, year_ends(issued, -50.0))
    met = outcome_of(issued, year_ends(issued, 50.0))

    assert missed.together is False
    assert not any(missed.met.values())
    assert met.together is True
    said = [verdict.probability for verdict in issued.counted]
    assert missed.score == pytest.approx(sum(p**2 for p in said) / len(said), rel=1e-12)
    assert met.score == pytest.approx(sum((1 - p) ** 2 for p in said) / len(said), rel=1e-12)


def test_the_line_is_the_one_that_was_issued(issued: Outlook) -> None:
    came = outcome_of(issued, year_ends(issued, 7.0))
    higher = outcome_of(issued, year_ends(issued, 7.1))

    assert (came.met["gdp"], higher.met["gdp"]) == (False, True)


def test_a_flash_of_the_year_is_no_outcome(issued: Outlook) -> None:
    assert outcome_of(issued, year_ends(issued, 50.0, Status.FLASH)).met == {}


def test_all_is_known_with_the_last_figure(issued: Outlook) -> None:
    *known, last = year_ends(issued, 50.0)

    came = outcome_of(issued, known)

    assert last.indicator not in came.met
    assert len(came.met) == came.asked - 1
    assert came.together is None
    assert came.score is not None
