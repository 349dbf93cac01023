"""Bins of probability and Wilson's interval, by hand and by slow oracles."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.record.reliability import BIN_EDGES, reliability, wilson_interval


def test_wilsons_interval_by_hand() -> None:
    # With z2 = 3.8415, 8 of 10: (.8 + z2/20 -+ 1.96 sqrt(.016 + z2/400)) / (1 + z2/10)
    assert wilson_interval(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert wilson_interval(0, 10) == pytest.approx((0.0, 0.2775328), abs=1e-6)
    assert wilson_interval(10, 10) == pytest.approx((0.7224672, 1.0), abs=1e-6)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_inverts_the_score_test(counts: tuple[int, int]) -> None:
    met, count = counts
    share = met / count

    def inside(p: float) -> bool:
        return abs(share - p) <= 1.959963984540054 * math.sqrt(p * (1 - p) / count)

    def edge(within: float, without: float) -> float:
        for _ in range(80):
            middle = (within + without) / 2
            within, without = (middle, without) if inside(middle) else (within, middle)
        return within

    lower, upper = wilson_interval(met, count)
    assert lower == pytest.approx(edge(share, 0.0) if met else 0.0, abs=1e-9)
    assert upper == pytest.approx(edge(share, 1.0) if met < count else 1.0, abs=1e-9)


def test_bins_by_hand() -> None:
    low, high = reliability([0.02, 0.04, 0.9, 1.0, 0.95], [False, True, True, True, False])

    assert (low.low, low.high, low.count, low.met) == (0.0, 0.1, 2, 1)
    assert (low.mean, low.observed) == (pytest.approx(0.03), 0.5)
    assert (high.low, high.high, high.count, high.met) == (0.9, 1.0, 3, 2)
    assert (high.lower, high.upper) == wilson_interval(2, 3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_every_answer_is_in_exactly_the_bin_of_its_probability(
    pairs: list[tuple[float, bool]],
) -> None:
    bins = reliability([p for p, _ in pairs], [met for _, met in pairs])

    assert sum(bin.count for bin in bins) == len(pairs)
    assert sum(bin.met for bin in bins) == sum(met for _, met in pairs)
    for bin in bins:
        last = bin.high == BIN_EDGES[-1]
        held = [p for p, _ in pairs if bin.low <= p < bin.high or (last and p == 1.0)]
        assert bin.count == len(held)
        assert bin.mean == pytest.approx(sum(held) / len(held))
        assert bin.lower <= bin.observed + 1e-12
        assert bin.observed <= bin.upper + 1e-12
