"""Whatever a document may say can be opened, looked at and left as it is."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecasting.scenario.model import Scenario
from tests.forecasting.scenario.strategies import scenarios
from tests.ui.conftest import OpenPage
from tests.ui.desks import PARTS, choose_part, link, now

PAGES = ("scenario", "projects", "scenarios")


@given(
    scenario=scenarios,
    area=st.sampled_from(["SAMPLE", "CN"]),
    language=st.sampled_from(["zh", "en"]),
    place=st.sampled_from([*PAGES, *PARTS]),
)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_scenario_is_opened_and_looking_changes_nothing(
    open_page: OpenPage, scenario: Scenario, area: str, language: str, place: str
) -> None:
    parameters = link(scenario, area=area, lang=language)
    page = open_page("assumptions" if place in PARTS else place, **parameters)
    if place in PARTS:
        page = choose_part(page, place)

    assert now(page, area) == scenario
