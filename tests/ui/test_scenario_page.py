"""The page of a scenario, driven without a browser: the address stands for what is dragged."""

from __future__ import annotations

from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.link import short_text
from forecasting.scenario.scenario import Scenario
from tests.ui.conftest import OpenPage

AREA = {"area": "SAMPLE", "year": "2026"}
SIGNED = Scenario(levers=(Lever(LeverKind.SIGNED_INVESTMENT, 10.0),))


def test_without_a_change_the_page_says_what_the_overview_does(open_page: OpenPage) -> None:
    page = open_page("scenario", **AREA)

    assert "没有改动" in page.title


def test_a_link_opens_its_scenario_and_shows_the_arithmetic(open_page: OpenPage) -> None:
    page = open_page("scenario", **AREA, scenario=short_text(SIGNED))

    assert "签约多10亿元" in page.title
    assert "开工率58.8% × 年内完成比例10% = 0.59亿元" in page.text
