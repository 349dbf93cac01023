"""Solving where last year's level of an indicator is not known."""

import pytest

from forecasting.errors import LevelsMissing
from forecasting.outlook.judge import Baseline
from forecasting.scenario.apply import apply
from forecasting.scenario.model import Amount, Scenario
from forecasting.solve.solution import solve
from forecasting.solve.wish import usual_wish
from tests.forecasting.scenario.builders import NO_LEVEL

LACKING = Scenario(amounts=(Amount(NO_LEVEL, 1.0),))


def test_a_scenario_that_lacks_a_level_is_refused_unless_asked_otherwise(
    baseline: Baseline,
) -> None:
    with pytest.raises(LevelsMissing):
        solve(baseline, LACKING, usual_wish(baseline, LACKING, 0.5, partly=True))


def test_the_rest_is_solved_for_and_the_setting_says_what_applying_it_partly_does(
    baseline: Baseline,
) -> None:
    wish = usual_wish(baseline, LACKING, 0.5, partly=True)
    found = solve(baseline, LACKING, wish, partly=True)
    alone = solve(baseline, Scenario(), usual_wish(baseline, Scenario(), 0.5))

    applied = apply(baseline, found.setting.scenario, partly=True).outlook.all_clear
    assert applied is not None
    assert found.setting.probability == applied.probability == alone.setting.probability
    assert found.setting.levers == alone.setting.levers
