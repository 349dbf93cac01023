from __future__ import annotations

import pytest

from forecasting.period import Quarter
from forecasting.scenario.levers import RULES, Lever, LeverKind

NOW = Quarter(2026, 3)


@pytest.mark.parametrize(
    ("lever", "first"),
    [
        (Lever(LeverKind.TAX, 1.0), NOW),
        (Lever(LeverKind.TAX, 1.0, start=Quarter(2026, 4)), Quarter(2026, 4)),
        (Lever(LeverKind.TAX, 1.0, lag=2), Quarter(2027, 1)),
        (Lever(LeverKind.SIGNED_INVESTMENT, 1.0), NOW + RULES[LeverKind.SIGNED_INVESTMENT].lag),
        (Lever(LeverKind.FIRMS_RAISED, 1.0), Quarter(2027, 1)),
        (Lever(LeverKind.FIRMS_RAISED, 1.0, start=Quarter(2025, 4)), Quarter(2026, 1)),
    ],
    ids=str,
)
def test_a_lever_counts_after_its_lag_and_some_only_from_january(
    lever: Lever, first: Quarter
) -> None:
    assert lever.first_counted(NOW) == first
