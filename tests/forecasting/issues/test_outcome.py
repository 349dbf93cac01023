"""What became of an issue: the targets of then, and the year's figure once it is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from forecasting.figures.indicator import Measure, Observation, Status
from forecasting.figures.period import Month
from forecasting.history.history import history_of
from forecasting.issues.outcome import Outcome, outcome_of
from forecasting.outlook.outlook import Outlook, Verdict
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


def came_of(issued: Outlook, *views: Sequence[Observation]) -> Outcome:
    """Return what became of an issue by figures that came one after the other."""
    return outcome_of(issued, figures(), views, views[-1])


def test_a_year_that_runs_has_no_outcome(issued: Outlook) -> None:
    came = came_of(issued, figures())

    assert (came.met, came.now, came.together, came.score) == ({}, {}, None, None)
    assert came.asked == len(issued.counted) > 1
    assert not came.known


def test_a_published_year_is_held_against_the_targets_of_then(issued: Outlook) -> None:
    missed = came_of(issued, year_ends(issued, -50.0))
    met = came_of(issued, year_ends(issued, 50.0))

    assert missed.together is False
    assert not any(missed.met.values())
    assert met.together is True
    said = [verdict.probability for verdict in issued.counted]
    assert missed.score == pytest.approx(sum(p**2 for p in said) / len(said), rel=1e-12)
    assert met.score == pytest.approx(sum((1 - p) ** 2 for p in said) / len(said), rel=1e-12)


def test_the_line_is_the_one_that_was_issued(issued: Outlook) -> None:
    came = came_of(issued, year_ends(issued, 7.0))
    higher = came_of(issued, year_ends(issued, 7.1))

    assert (came.met["gdp"], higher.met["gdp"]) == (False, True)


def test_a_flash_of_the_year_is_no_outcome(issued: Outlook) -> None:
    assert came_of(issued, year_ends(issued, 50.0, Status.FLASH)).met == {}


def test_all_is_known_with_the_last_figure(issued: Outlook) -> None:
    *known, last = year_ends(issued, 50.0)

    came = came_of(issued, known)

    assert last.indicator not in came.met
    assert len(came.met) == came.asked - 1
    assert came.together is None
    assert came.score is not None


def test_what_counts_is_the_figure_as_first_published(issued: Outlook) -> None:
    first, revised = year_ends(issued, 50.0), year_ends(issued, -50.0)

    came = came_of(issued, figures(), first, revised)

    assert came == replace(came_of(issued, first), now=came.now)
    assert (came.together, came.together_now) == (True, False)
    assert not any(came.now.values())


def test_each_figure_is_first_published_at_a_time_of_its_own(issued: Outlook) -> None:
    some, every = year_ends(issued, -50.0)[:-2], year_ends(issued, 50.0)
    last = every[-1].indicator

    came = came_of(issued, some, every)

    assert came.met == {name: name == last for name in came.now}
    assert all(came.now.values())


def test_a_flash_before_the_figure_is_no_publication(issued: Outlook) -> None:
    flash = year_ends(issued, -50.0, Status.FLASH)

    assert came_of(issued, flash, year_ends(issued, 50.0)).together is True


def test_growth_that_only_levels_tell_is_looked_for_in_whole_views(issued: Outlook) -> None:
    verdict = issued.counted[0]
    name = verdict.history.indicator
    line = replace(issued, verdicts=(verdict,))

    def levels(latest: float) -> list[Observation]:
        form = next(one for one in figures() if asks(verdict, one))
        values = {YEAR - 1: 100.0, YEAR: latest}
        return [
            replace(form, measure=Measure.LEVEL_YTD, unit="1e8 CNY", month=Month(year, month),
                    value=value * month / 12)
            for year, value in values.items() for month in (3, 6, 9, 12)
        ]  # fmt: skip

    before = [one for one in levels(150.0) if one.month != Month(YEAR - 1, 12)]
    assert history_of(name, levels(150.0)) is not None

    came = came_of(line, before, levels(150.0), levels(50.0))

    assert (came.together, came.together_now) == (True, False)


def test_views_are_asked_for_until_all_is_known(issued: Outlook) -> None:
    def views() -> Iterator[list[Observation]]:
        yield figures()
        yield year_ends(issued, 50.0)
        raise AssertionError("all was known")

    assert outcome_of(issued, figures(), views(), figures()).together is True


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.FLASH])
def test_what_was_known_when_it_was_issued_is_not_scored(issued: Outlook, status: Status) -> None:
    ends = year_ends(issued, 50.0, status)
    gdp = [one for one in ends if one.indicator == "gdp"]
    rest = [one for one in figures() if one.indicator != "gdp"]
    now = year_ends(issued, 50.0)

    some = outcome_of(issued, gdp + rest, [now], now)
    every = outcome_of(issued, ends, [now], now)

    assert some.together is every.together is True
    assert some.known == {"gdp"}
    assert set(some.errors) == set(some.met) - {"gdp"}
    assert not some.hindsight
    assert every.hindsight
    assert (every.errors, every.score) == ({}, None)


def test_a_verdict_that_was_issued_as_known_is_not_scored(issued: Outlook) -> None:
    """Also where the figure is gone since: a wrong upload that was taken back."""
    first, *others = issued.verdicts
    known = replace(issued, verdicts=(replace(first, complete=True), *others))

    came = came_of(known, year_ends(issued, 50.0))

    assert came.known == {first.indicator_id}
    assert first.indicator_id not in came.errors
