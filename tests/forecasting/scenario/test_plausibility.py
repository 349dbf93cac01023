import numpy as np
import pytest
from scipy.stats import chi2, norm
from scipy.stats import t as student

from forecasting.outlook.judge import Baseline
from forecasting.outlook.paths import shock_correlation
from forecasting.scenario.model import Pin
from forecasting.scenario.pins import FARTHEST, JointPlausibility, plausibility
from tests.forecasting.scenario.gaussian import QUARTERS, SCALE, growth, make_baseline, residuals


def of(baseline: Baseline, *pins: Pin) -> JointPlausibility:
    found = plausibility(baseline, pins)
    assert found is not None
    return found


def test_no_pins_have_no_plausibility() -> None:
    assert plausibility(make_baseline(), []) is None


@pytest.mark.parametrize("deviations", [-3.0, -0.5, 0.0, 1.0, 2.0, 8.0, 20.0])
def test_one_quarter_of_a_gaussian_stands_where_it_stands(deviations: float) -> None:
    (one,) = of(make_baseline(), Pin("a", growth(deviations), QUARTERS[3])).each

    assert one.indicator == "a"
    assert one.growth.deviations == pytest.approx(deviations, abs=1e-6)
    assert one.growth.probability == pytest.approx(2 * norm.sf(abs(deviations)), rel=1e-5)
    assert one.path.deviations == pytest.approx(abs(deviations), abs=1e-6)


def test_a_full_year_pin_stands_where_its_pace_stands() -> None:
    baseline = make_baseline()
    history = baseline.standing[0].history
    last = history.weights(2021)[3]
    year = (1 - last) * history.ytd_at(history.origin) + last * growth(1.5)

    (one,) = of(baseline, Pin("a", year)).each

    assert one.growth.deviations == pytest.approx(1.5, abs=1e-6)


def test_growth_of_several_quarters_is_told_by_their_sum() -> None:
    baseline = make_baseline("2020Q4")
    weights = np.array(baseline.standing[0].history.weights(2021))
    spread = 107 * SCALE * np.sqrt((weights**2).sum())

    (one,) = of(baseline, Pin("a", 7.0 + 2 * spread)).each

    assert one.growth.deviations == pytest.approx(2.0, abs=0.05)
    assert one.growth.probability == pytest.approx(2 * norm.sf(2), rel=0.1)


def test_an_uneven_path_to_what_is_expected_is_told_by_its_path() -> None:
    pins = [Pin("a", growth(2.5), QUARTERS[2]), Pin("a", growth(-2.5), QUARTERS[3])]

    (one,) = of(make_baseline("2021Q2"), *pins).each

    assert abs(one.growth.deviations) < 0.1
    assert one.path.probability == pytest.approx(chi2.sf(2 * 2.5**2, 2))


def test_what_others_have_seen_is_expected_already() -> None:
    baseline = make_baseline(names="ab", behind=True)
    rho = shock_correlation([dict(entry.predictive.shocks) for entry in baseline.forecasts])[0, 1]
    assert rho > 0.5

    (one,) = of(baseline, Pin("a", growth(-1.0), QUARTERS[2])).each

    expected = (-1.0 - 1.5 * rho) / np.sqrt(1 - rho**2)
    assert one.growth.deviations == pytest.approx(expected, abs=1e-6)
    assert one.path.deviations == pytest.approx(-expected, abs=1e-6)


def test_tails_of_a_t_make_far_growth_less_implausible() -> None:
    (one,) = of(make_baseline(freedom=5.0), Pin("a", growth(4.0), QUARTERS[3])).each

    expected = 2 * student.sf(4.0, 5)
    assert one.growth.probability == pytest.approx(expected, rel=0.1)
    assert one.path.probability == pytest.approx(expected, rel=0.1)
    assert one.growth.deviations == pytest.approx(norm.isf(expected / 2), abs=0.05)


def test_pins_against_how_indicators_go_together_are_less_plausible_together() -> None:
    baseline = make_baseline(names="ab")
    rho = shock_correlation([dict(residuals(name)) for name in (0, 1)])[0, 1]
    assert rho > 0.5

    with_it, against = (
        of(
            baseline,
            Pin("a", growth(1.5), QUARTERS[3]),
            Pin("b", growth(sign * 1.5), QUARTERS[3]),
        )
        for sign in (1, -1)
    )

    for found, distance in ((with_it, 2 * 1.5**2 / (1 + rho)), (against, 2 * 1.5**2 / (1 - rho))):
        assert [one.growth.probability for one in found.each] == pytest.approx(
            [2 * norm.sf(1.5)] * 2
        )
        assert found.together.probability == pytest.approx(chi2.sf(distance, 2))
    assert against.together.deviations > 1.8 > with_it.together.deviations


def test_what_is_beyond_all_is_told_as_the_farthest() -> None:
    high = of(make_baseline(), Pin("a", 5000.0, QUARTERS[3])).each[0].growth
    low = of(make_baseline("2021Q2"), Pin("a", -99.0, QUARTERS[3])).each[0].growth

    assert (high.deviations, high.probability) == (FARTHEST, 0.0)
    assert (low.deviations, low.probability) == (-FARTHEST, 0.0)


def test_plausibility_moves_with_the_pin_without_a_jump() -> None:
    baseline = make_baseline("2021Q2", freedom=8.0)
    rates = [7 + 0.5 * step for step in range(12)]

    found = [of(baseline, Pin("a", rate)).each[0].growth.deviations for rate in rates]

    assert found == sorted(found)
    assert max(np.diff(found)) < 1.0
