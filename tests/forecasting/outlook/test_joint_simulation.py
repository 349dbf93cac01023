"""The all-clear against a slow simulation by statsmodels that shares no code with it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pytest
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecasting.arrays import Array
from forecasting.figures.indicator import Inputs, Measure, Observation
from forecasting.figures.period import Quarter
from forecasting.models.predictive import Member, ModelReport, Predictive
from forecasting.outlook import paths
from forecasting.outlook.judge import outlook_of, prepare
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from tests.builders import ZONE, make_catalogue, make_figures, make_target

CORRELATION = 0.7
FIRST = Quarter(2010, 1)
LAST = Quarter(2026, 4)
SLOW_PATHS = 30_000
SEED = 20261124
Lines = tuple[float, float]
"""The growth that each of two indicators has to exceed, in percent."""
TO_CUT = 0.05
"""Published growth of more than 7.0 is growth of 7.05 and more."""


@dataclass(frozen=True)
class Zone:
    """An indicator whose growth on the year before is an AR(1) about zero, and what it grew."""

    name: str
    phi: float
    deviation: float
    shocks: Array

    @cached_property
    def levels(self) -> Array:
        """Log levels from the base year on."""
        growth, levels = 0.0, [0.0] * 4
        for row, shock in enumerate(self.shocks):
            growth = self.phi * growth + self.deviation * shock
            levels.append(levels[row] + growth)
        return np.array(levels)

    @cached_property
    def fitted(self) -> Any:
        model = SARIMAX(self.levels, order=(1, 0, 0), seasonal_order=(0, 1, 0, 4))
        return model.smooth([self.phi, self.deviation**2])

    @property
    def origin(self) -> Quarter:
        return FIRST + (len(self.shocks) - 1)

    @property
    def ahead(self) -> int:
        return LAST - self.origin

    def figures(self) -> list[Observation]:
        """Growth since January in percent, not rounded."""
        level = np.exp(self.levels)
        values = {}
        for row in range(4, len(level)):
            january = row - row % 4
            now, before = level[january : row + 1].sum(), level[january - 4 : row - 3].sum()
            values[str(FIRST + (row - 4))] = float(now / before - 1) * 100
        return make_figures(values, Measure.GROWTH_YTD, indicator=self.name)

    def predictive(self, level: float, freedom: float) -> Predictive:
        """The forecast of statsmodels at the parameters known, from a last log level on."""
        forecast = self.fitted.get_forecast(self.ahead)
        response = self.fitted.impulse_responses(self.ahead - 1)
        moving = np.array(
            [
                [response[i - j] if i >= j else 0.0 for j in range(self.ahead)]
                for i in range(self.ahead)
            ]
        )
        covariance = self.deviation**2 * moving @ moving.T
        assert np.diag(covariance) == pytest.approx(forecast.var_pred_mean)
        residuals = self.fitted.standardized_forecasts_error[0]
        report = ModelReport(
            method="sarima",
            order=(1, 0, 0),
            seasonal_order=(0, 1, 0),
            parameters=(),
            outliers=(),
            observations=len(self.shocks),
            residuals=tuple((FIRST + row, float(value)) for row, value in enumerate(residuals[4:])),
        )
        mean = forecast.predicted_mean - self.levels[-1] + level
        return Predictive(self.origin, (Member(1.0, mean, covariance, freedom, report),))

    def simulated(self, shocks: Array) -> Array:
        """Log levels after the origin, path by path, for standard normal shocks of the quarters.

        Parameters
        ----------
        shocks
            Shape ``(paths, quarters ahead)``.
        """
        model, state = self.fitted.model.ssm, self.fitted.filtered_state[:, -1]
        none = np.zeros((self.ahead + 1, 1))
        levels, simulator = np.empty((len(shocks), self.ahead + 1)), None
        for row, path in enumerate(self.deviation * shocks):
            # The simulation begins at the origin itself, whose state is known.
            disturbances = np.append(path, 0.0)[:, None]
            simulated, _, simulator = model.simulate(
                self.ahead + 1, none, disturbances, state, simulator=simulator,
                return_simulator=True,
            )  # fmt: skip
            levels[row] = simulated[:, 0]
        assert levels[:, 0] == pytest.approx(self.levels[-1], abs=1e-8)
        return levels[:, 1:]

    def growth_of_year(self, levels: Array) -> Array:
        """Growth of the last year in percent: its level over that of the year before."""
        known = np.broadcast_to(self.levels, (len(levels), len(self.levels)))
        every = np.exp(np.concatenate([known, levels], axis=1))
        return (every[:, -4:].sum(axis=1) / every[:, -8:-4].sum(axis=1) - 1) * 100


def pair(further: int) -> tuple[Zone, Zone]:
    """Two indicators up to the first quarter, the second ``further`` quarters longer."""
    rows = Quarter(2026, 1) - FIRST + 1
    rng = np.random.default_rng(SEED)
    common, own = rng.normal(size=(2, rows + further))
    together = CORRELATION * common + np.sqrt(1 - CORRELATION**2) * own
    together[rows:] = -1.0  # what surprised in the quarters that the first has not seen
    return Zone("a", 0.8, 0.02, common[:rows]), Zone("b", 0.5, 0.03, together)


def slow_shocks(one: Zone, other: Zone) -> tuple[Array, Array]:
    """Correlated shocks of the quarters ahead, given those that the longer has already had."""
    rng = np.random.default_rng(SEED + 1)
    further = one.ahead - other.ahead
    rest = np.sqrt(1 - CORRELATION**2)
    theirs = rng.normal(size=(SLOW_PATHS, one.ahead))
    if further:
        theirs[:, :further] = other.shocks[-further:]
    own = CORRELATION * theirs + rest * rng.normal(size=theirs.shape)
    return own, theirs[:, further:]


@pytest.fixture(scope="module", params=[0, 1], ids=["same origin", "one quarter more"])
def case(request: pytest.FixtureRequest) -> tuple[tuple[Zone, Zone], tuple[Array, Array]]:
    zones = pair(request.param)
    slow = tuple(
        zone.simulated(shocks) for zone, shocks in zip(zones, slow_shocks(*zones), strict=True)
    )
    return zones, (slow[0], slow[1])


def fast(
    zones: tuple[Zone, Zone], freedom: float, lines: Lines = (0.0, 0.0), **changes: bool
) -> Outlook:
    question = Question(ZONE, LAST.year, **changes)
    targets = [make_target(zone.name, line) for zone, line in zip(zones, lines, strict=True)]
    figures = [figure for zone in zones for figure in zone.figures()]
    pending = prepare(question, Inputs(make_catalogue("a", "b"), targets, figures))
    for series, zone in zip(pending.series, zones, strict=True):
        assert series.values - series.values[0] == pytest.approx(zone.levels, abs=1e-9)
    predictives = [
        zone.predictive(series.values[-1], freedom)
        for series, zone in zip(pending.series, zones, strict=True)
    ]
    return outlook_of(pending.with_forecasts(predictives).drawn())


def middle(growth: list[Array]) -> Lines:
    """Lines that each indicator exceeds about half the time."""
    first, second = (round(float(np.median(values)), 1) for values in growth)
    return first, second


@pytest.fixture(autouse=True)
def known_correlation(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = np.array([[1.0, CORRELATION], [CORRELATION, 1.0]])
    monkeypatch.setattr(paths, "shock_correlation", lambda residuals: matrix)


def with_tails(zones: tuple[Zone, Zone], slow: tuple[Array, Array], freedom: float) -> list[Array]:
    """Turn Gaussian paths into those of a multivariate t, each indicator by its own chi-square."""
    if np.isinf(freedom):
        return list(slow)
    rng = np.random.default_rng(SEED + 2)
    return [
        (centre := zone.fitted.get_forecast(zone.ahead).predicted_mean)
        + (levels - centre) * np.sqrt(freedom / rng.chisquare(freedom, (len(levels), 1)))
        for zone, levels in zip(zones, slow, strict=True)
    ]


@pytest.mark.parametrize("freedom", [np.inf, 4.0])
def test_single_and_joint_probabilities_are_those_of_a_slow_simulation(
    case: tuple[tuple[Zone, Zone], tuple[Array, Array]], freedom: float
) -> None:
    zones, slow = case
    growth = [
        zone.growth_of_year(levels)
        for zone, levels in zip(zones, with_tails(zones, slow, freedom), strict=True)
    ]
    lines = middle(growth)
    met = [values >= line + TO_CUT for values, line in zip(growth, lines, strict=True)]

    outlook = fast(zones, freedom, lines)

    assert outlook.all_clear is not None
    for own, verdict in zip(met, outlook.verdicts, strict=True):
        probability = float(own.mean())
        error = 4 * np.sqrt(probability * (1 - probability) * (1 / SLOW_PATHS + 1 / 8192))
        assert 0.3 < probability < 0.7
        assert verdict.probability == pytest.approx(probability, abs=error)
    together = float((met[0] & met[1]).mean())
    error = 4 * np.hypot(np.sqrt(together * (1 - together) / SLOW_PATHS), outlook.all_clear.error)
    assert outlook.all_clear.probability == pytest.approx(together, abs=error)
    assert error < 0.02


def test_the_case_tells_correlated_shocks_from_independent_ones(
    case: tuple[tuple[Zone, Zone], tuple[Array, Array]],
) -> None:
    zones, slow = case
    lines = middle([zone.growth_of_year(levels) for zone, levels in zip(zones, slow, strict=True)])

    together = fast(zones, np.inf, lines).all_clear

    assert together is not None
    assert together.probability > together.independent + 0.05


@pytest.mark.parametrize("freedom", [np.inf, 4.0])
def test_the_quantiles_of_the_year_are_those_of_a_slow_simulation(
    case: tuple[tuple[Zone, Zone], tuple[Array, Array]], freedom: float
) -> None:
    zones, slow = case
    outlook = fast(zones, freedom)
    for zone, levels, verdict in zip(
        zones, with_tails(zones, slow, freedom), outlook.verdicts, strict=True
    ):
        growth = zone.growth_of_year(levels)
        for level, quantile in ((0.1, verdict.quantiles.q10), (0.9, verdict.quantiles.q90)):
            share = float((growth <= quantile).mean())
            assert share == pytest.approx(level, abs=4 * 0.3 * np.sqrt(1 / SLOW_PATHS + 1 / 8192))


def test_a_bad_surprise_in_one_lowers_the_other_that_has_not_seen_the_quarter() -> None:
    even, ragged = (fast(pair(further), np.inf).verdicts[0] for further in (0, 1))

    assert ragged.probability < even.probability - 0.1
