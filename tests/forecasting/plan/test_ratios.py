"""An indicator in percent of that of the city above."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.plan.ratios import ratio_levels, ratio_paths
from forecasting.plan.years import REACH, YearPaths, year_paths
from tests.forecasting.plan.cases import CITY, LEVEL, QUESTION, known, normal_engine


@pytest.fixture(scope="module")
def ahead() -> dict[str, YearPaths]:
    return year_paths(QUESTION, known(), ("output", "trade"), normal_engine)


def test_a_ratio_to_the_city_is_of_years_that_both_are_known_of() -> None:
    assert ratio_levels({2024: 90.0, 2025: LEVEL}, CITY) == {2025: pytest.approx(10.0)}
    assert ratio_levels({2024: 90.0}, CITY) == {}


def test_the_paths_of_a_ratio_are_those_of_the_zone_over_where_the_city_goes(
    ahead: dict[str, YearPaths],
) -> None:
    paths = ratio_paths(ahead["output"], CITY)

    assert paths is not None
    own, share = ahead["output"].ahead(), paths.ahead()
    assert own is not None
    assert share is not None
    city = 1000.0 * 1.25 ** (np.arange(1, REACH + 1) / 3)
    np.testing.assert_allclose(share, own / city * 100, rtol=1e-12)
    assert ratio_paths(ahead["output"], {}) is None
    falling = ratio_paths(ahead["output"], {2024: 1200.0, 2025: 1000.0})
    assert falling is not None
    still = falling.ahead()
    assert still is not None
    np.testing.assert_allclose(still, own / 10.0, rtol=1e-12)  # else the gap closed by itself
