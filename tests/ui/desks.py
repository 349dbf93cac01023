"""The pages about scenarios as AppTest drives them: the draft, and widgets by their field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forecasting.scenario.link import short_text
from forecasting.scenario.scenario import Scenario
from tests.ui.reading import Screen
from ui.scenario_draft import Draft

SAMPLE = {"area": "SAMPLE", "year": "2026", "lang": "zh"}


def link(scenario: Scenario, **changed: str) -> dict[str, str]:
    """Return the parameters of a link that opens a scenario of the simulated zone."""
    return SAMPLE | {"scenario": short_text(scenario)} | changed


def draft(page: Screen, area: str = "SAMPLE", year: int = 2026) -> Draft:
    """Return the draft that the page's session works on."""
    found: Draft = page.app.session_state["drafts"][area, year]
    return found


def now(page: Screen) -> Scenario:
    """Return the scenario as it stands."""
    return draft(page).now


def widget(widgets: Sequence[Any], *names: str) -> Any:
    """Return the widget of a field, whose key ends in what changes."""
    place = "/".join(names)
    (found,) = [one for one in widgets if str(one.key).startswith(f"{place}_")]
    return found


def press(page: Screen, *names: str) -> Screen:
    """Press a button by its whole key, or by the names its key opens with."""
    exact = [one for one in page.app.button if one.key == names[0]]
    button = exact[0] if exact else widget(page.app.button, *names)
    return Screen(button.click().run())


def choose_part(page: Screen, part: str) -> Screen:
    """Open a part of the page of assumptions."""
    return Screen(page.app.button_group(key="assumed_part").set_value(part).run())
