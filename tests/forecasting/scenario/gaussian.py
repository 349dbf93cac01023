"""A zone whose indicators are expected to grow by 7%, with normal errors that go together."""

from collections.abc import Sequence

import numpy as np

from forecasting.arrays import Array
from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.models.predictive import Member, ModelReport, Predictive
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.question import Question
from tests.builders import ZONE, make_catalogue, make_target, steady_figures

SCALE = 0.02
"""Standard deviation of a quarter's log level."""
QUARTERS = [Quarter(2021, k) for k in (1, 2, 3, 4)]


def residuals(name: int) -> tuple[tuple[Quarter, float], ...]:
    common = np.random.default_rng(99).normal(size=60)
    own = np.random.default_rng(name).normal(size=60)
    values = np.sqrt(0.8) * common + np.sqrt(0.2) * own
    return tuple((Quarter(2021, 1) + (row - 60), float(value)) for row, value in enumerate(values))


def make_baseline(
    last: str = "2021Q3", freedom: float = np.inf, *, names: str = "a", behind: bool = False
) -> Baseline:
    """Level growth of 7% is expected of every quarter, with independent normal errors.

    Behind, the first indicator has not seen the last quarter, which surprised the others by 1.5.
    """

    def engine(series: Sequence[LogLevels], horizon: int) -> list[Predictive]:
        return [
            Predictive(one.origin, (Member(1.0, mean(one, horizon), scale, freedom, report(k)),))
            for k, one in enumerate(series)
        ]

    def mean(series: LogLevels, horizon: int) -> Array:
        return np.asarray(series.filled[-4:][:horizon] + np.log(1.07))

    def report(name: int) -> ModelReport:
        seen = ((Quarter.parse(last), 1.5),) if behind and name else ()
        return ModelReport("sarima", None, None, (), (), 60, residuals(name) + seen)

    ahead = Quarter(2021, 4) - Quarter.parse(last) + behind
    scale = SCALE**2 * np.eye(ahead)
    figures = [
        figure
        for name in names
        for figure in steady_figures("2010Q1", last, 7.0, indicator=name)
        if not (behind and name == names[0] and figure.month == Quarter.parse(last).end)
    ]
    targets = [make_target(name) for name in names]
    catalogue = make_catalogue(*names)
    return baseline_of(Question(ZONE, 2021), Inputs(catalogue, targets, figures), engine)


def growth(deviations: float) -> float:
    """Growth of a quarter so many standard deviations above what is expected."""
    return float((1.07 * np.exp(SCALE * deviations) - 1) * 100)
