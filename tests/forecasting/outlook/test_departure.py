"""When last year's base explains why a full year departs from its growth so far."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecasting.history.history import History
from forecasting.outlook.departure import base_effect, explained_by_base
from forecasting.outlook.outlook import Verdict
from tests.builders import chain, make_figures, make_indicator
from tests.ui.outlooks import make_verdict

LAST_YEAR_LOW_THEN_HIGH = {"2025Q2": 4.0, "2025Q4": 7.0}
"""4% in the first half and 10% in the second, of equal halves."""


def history(figures: dict[str, float]) -> History:
    equal = make_indicator(shares=(0.25, 0.25, 0.25, 0.25))
    return chain(make_figures({"2024Q4": 5.0} | figures), equal)


def verdict(median: float, figures: dict[str, float], **changes: object) -> Verdict:
    made = make_verdict(0.4, ytd=(7.0, 7.1), median=median)
    return replace(made, history=history(figures), **changes)  # type: ignore[arg-type]  # named


def test_the_base_brings_down_growth_that_keeps_its_pace_of_two_years() -> None:
    base = base_effect(history({"2025Q2": 4.0, "2025Q4": 7.0, "2026Q2": 7.1}))

    assert base is not None
    assert base.last_part == pytest.approx(4.0)
    assert base.last_rest == pytest.approx(10.0)
    second_half = (1.071 * 1.04 / 1.1 - 1) * 100
    assert base.effect == pytest.approx(0.5 * (second_half - 7.1))
    assert base.effect == pytest.approx(-2.92, abs=0.01)


@pytest.mark.parametrize(
    ("median", "explained"),
    [(6.3, True), (4.1, True), (6.7, False), (7.1, False), (8.0, False), (1.0, False)],
)
def test_the_base_explains_what_it_brings_at_least_half_of(median: float, explained: bool) -> None:
    made = verdict(median, LAST_YEAR_LOW_THEN_HIGH | {"2026Q2": 7.1})

    assert (explained_by_base(made) is not None) is explained


def test_a_low_base_brings_growth_up() -> None:
    high_then_low = {"2025Q2": 10.0, "2025Q4": 7.0, "2026Q2": 7.1}

    assert explained_by_base(verdict(9.0, high_then_low)) is not None
    assert explained_by_base(verdict(6.0, high_then_low)) is None


def test_a_steady_base_explains_nothing() -> None:
    steady = {"2025Q2": 7.0, "2025Q4": 7.0, "2026Q2": 7.1}

    assert explained_by_base(verdict(5.0, steady)) is None


def test_nothing_is_explained_without_last_year_or_before_the_first_quarter() -> None:
    assert explained_by_base(verdict(5.0, {"2025Q4": 7.0, "2026Q2": 7.1})) is None
    assert explained_by_base(make_verdict(0.4, ytd=(), median=5.0)) is None
    known = verdict(5.0, LAST_YEAR_LOW_THEN_HIGH | {"2026Q4": 7.1}, pace=None)
    assert explained_by_base(known) is None
