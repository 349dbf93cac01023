"""What the learned member is taught: years that begin in January, and shifted ones."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.figures.period import Quarter
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.learned import slowing, table_of
from tools.learn_growth import Case, cases_of, reversion, shifted

QUARTERS, FIRST = 26, 2008
"""Of growth: to the second quarter of 2014."""


def series() -> LogLevels:
    growth = 0.08 + np.random.default_rng(3).normal(scale=0.02, size=QUARTERS)
    levels = list(np.log([0.2, 0.3, 0.2, 0.3]))
    for rate in growth:
        levels.append(levels[-SEASON] + rate)
    values = np.array(levels)
    return LogLevels(Quarter(FIRST - 1, 1), values, values, growth=growth)


def shifted_cases() -> list[tuple[int, Case]]:
    """Return the cases of every shifted year, with the quarters it is shifted by."""
    return [
        (by, case)
        for by, own in enumerate(shifted(series()), start=1)
        for case in cases_of("group", own)
    ]


def test_a_shifted_year_is_the_four_quarters_after_its_beginning() -> None:
    levels = np.exp(series().values)
    cases = shifted_cases()
    assert {by for by, _ in cases} == {1, 2, 3}
    for by, case in cases:
        begin = (case.year - 1 - (FIRST - 1)) * SEASON + by
        growth = levels[begin : begin + SEASON].sum() / levels[begin - SEASON : begin].sum()
        assert case.ends[-1] == pytest.approx(100 * np.log(growth))


def test_a_shifted_year_is_named_by_the_year_it_ends_in() -> None:
    """What is learned from the years before one must not reach into it."""
    latest = {by: max(case.year for own, case in shifted_cases() if own == by) for by in (1, 2, 3)}
    assert latest == {1: 2014, 2: 2014, 3: 2013}  # the last figure is of the second quarter of 2014


def test_what_is_seen_of_a_shifted_year_ends_with_its_known_quarters() -> None:
    for by, case in shifted_cases():
        end = (case.year - 1 - (FIRST - 1)) * SEASON + by + case.known
        np.testing.assert_array_equal(case.series.values, series().values[by:end])


def test_what_pools_missed_by_is_regressed_on_fast_growth_year_by_year() -> None:
    """A year counts as much with many cases as with one; the slope is shrunk less."""
    cases = [case for case in cases_of("group", series()) if case.year in (2011, 2012)]
    columns = np.array([slowing(*table_of(case.series)) for case in cases])
    scores = columns @ [0.5, -0.2]
    learned = reversion(cases, scores, 2013)
    many = cases + [case for case in cases if case.year == 2012] * 5
    again = reversion(
        many, np.array([slowing(*table_of(c.series)) for c in many]) @ [0.5, -0.2], 2013
    )
    np.testing.assert_allclose(again, learned)
    years = [np.array([case.year == year for case in cases]) for year in (2011, 2012)]
    gram = sum(columns[own].T @ columns[own] / own.sum() for own in years)
    aim = sum(columns[own].T @ scores[own] / own.sum() for own in years)
    np.testing.assert_allclose((gram + np.diag([3.5, 0.5])) @ learned, aim)
    np.testing.assert_array_equal(reversion(cases, scores, 2011), 0.0)
