import numpy as np
import pytest

from forecasting.levels import forecast_levels


def test_the_mean_of_a_level_is_that_of_the_lognormal() -> None:
    levels = {t: 100 * 1.02**t * (1 + (7 * t * t % 11 - 5) / 100) for t in range(24)}

    for mean, quantiles in forecast_levels(levels, 4):
        half_width = np.log(quantiles[4] / quantiles[2]) / 2  # 0.674 standard deviations or more
        assert np.log(mean / quantiles[3]) == pytest.approx((half_width / 0.69) ** 2 / 2, rel=0.1)


def test_levels_may_come_in_any_order() -> None:
    levels = {t: 100 * 1.02**t + t % 3 for t in range(24)}
    assert forecast_levels(dict(reversed(levels.items())), 2) == forecast_levels(levels, 2)
