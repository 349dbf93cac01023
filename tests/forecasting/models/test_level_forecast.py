import numpy as np
import pytest
from scipy.stats import t as student

from forecasting.figures.period import Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.models.level_forecast import forecast_levels, log_quantiles
from forecasting.models.pool import predict
from forecasting.models.predictive import Member, ModelReport, Predictive

QUANTILES = (0.1, 0.5, 0.9)


def test_the_mean_of_a_level_is_that_of_the_lognormals_of_its_members() -> None:
    levels = {t: 100 * 1.02**t * (1 + (7 * t * t % 11 - 5) / 100) for t in range(24)}
    logs = np.log(list(levels.values()))
    members = predict([LogLevels.of_levels(Quarter(0, 1), logs)], 4)[0].members

    for step, (mean, _) in enumerate(forecast_levels(levels, 4, QUANTILES)):
        expected = sum(
            member.weight * np.exp(member.mean[step] + member.covariance[step, step] / 2)
            for member in members
        )
        assert mean == pytest.approx(expected)


def test_quantiles_are_those_of_the_mixture() -> None:
    report = ModelReport("sarima", None, None, (), (), 0, ())
    parts = [(0.25, -1.0, 0.5, 5.0), (0.75, 2.0, 1.0, 30.0)]
    members = tuple(
        Member(weight, np.array([mean]), np.array([[scale**2]]), freedom, report)
        for weight, mean, scale, freedom in parts
    )

    (quantiles,) = log_quantiles(Predictive(Quarter(2020, 1), members), np.array([0.1, 0.5, 0.9]))

    for level, quantile in zip((0.1, 0.5, 0.9), quantiles, strict=True):
        below = sum(w * student.cdf((quantile - m) / s, f) for w, m, s, f in parts)
        assert below == pytest.approx(level, abs=1e-9)


def test_levels_may_come_in_any_order() -> None:
    levels = {t: 100 * 1.02**t + t % 3 for t in range(24)}
    assert forecast_levels(dict(reversed(levels.items())), 2, QUANTILES) == forecast_levels(
        levels, 2, QUANTILES
    )
