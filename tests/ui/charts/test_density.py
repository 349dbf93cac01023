from itertools import pairwise
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.outlook.quantiles import QUANTILE_LEVELS, Quantiles
from ui.charts.density import density


def test_normal_quantiles_give_the_normal_curve() -> None:
    normal = NormalDist(7.0, 1.5)
    values, height = density(Quantiles(*map(normal.inv_cdf, QUANTILE_LEVELS)))

    peak = normal.pdf(7.0)
    assert height == pytest.approx([normal.pdf(value) / peak for value in values], abs=1e-9)


@given(st.lists(st.floats(0.01, 50.0), min_size=6, max_size=6), st.floats(-100.0, 100.0))
def test_any_rising_quantiles_give_rising_values_and_a_peak_of_one(
    steps: list[float], first: float
) -> None:
    quantiles = [first]
    for step in steps:
        quantiles.append(quantiles[-1] + step)

    values, height = density(Quantiles(*quantiles))

    assert all(left < right for left, right in pairwise(values))
    assert max(height) == 1.0
    assert min(height) > 0


def test_one_value_has_no_curve() -> None:
    assert density(Quantiles(*(7.0,) * 7)) == ((), ())
