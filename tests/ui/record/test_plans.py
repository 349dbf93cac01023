"""What the ledger of a zone planned, what was expected of it, and what came. All is invented."""

from __future__ import annotations

from data.store.store import Store
from forecasting.figures.period import Quarter
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, Stage
from forecasting.scenario.toml import write_scenario
from tests.ui.conftest import OpenPage

SIGNED = Quarter(2025, 1)
LEDGER = (
    *(
        Project(str(number), signed=SIGNED, started=SIGNED + 1 if number < 12 else None)
        for number in range(30)
    ),
    Project(
        "building",
        stage=Stage.STARTED,
        started=Quarter(2024, 1),
        recorded=Quarter(2024, 1),
        completion=((2025, 4.0),),
        completed=((2025, 3.0),),
    ),
)


def saved(store: Store, scenario: Scenario, area: str = "SAMPLE") -> None:
    store.scenarios.save(area, 2026, "台账", write_scenario(scenario), store.latest_vintage())


def test_plans_are_shown_with_what_was_expected_and_what_came(
    open_page: OpenPage, store: Store
) -> None:
    saved(store, Scenario(projects=LEDGER))

    page = open_page("track", area="SAMPLE")

    assert "计划与实际" in page.text
    assert "“已签约·两个季度内开工”30个，预计40%，实际40%" in page.text
    assert "30个 12个 12个 40%" in " ".join(page.text.split())
    assert "4.0亿元" in page.text
    assert "3.4亿元" in page.text  # 85% of the yearly plan was expected
    assert "75%" in page.text


def test_nothing_is_shown_where_nothing_is_known(open_page: OpenPage, store: Store) -> None:
    saved(store, Scenario())

    assert "计划与实际" not in open_page("track", area="SAMPLE").text
