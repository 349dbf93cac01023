"""The pages about scenarios as AppTest drives them: the draft, and widgets by their field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from streamlit.testing.v1 import AppTest

from forecasting.scenario.link import short_text
from forecasting.scenario.scenario import Scenario
from tests.ui.conftest import ROOT
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


def now(page: Screen, area: str = "SAMPLE") -> Scenario:
    """Return the scenario as it stands."""
    return draft(page, area).now


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


def open_desk(page: str, **parameters: str) -> Screen:
    """Open a page in a session of its own, on the database that the environment names."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params |= parameters
    app.switch_page(f"ui/pages/{page}.py")
    return Screen(app.run())


def go(page: Screen, name: str) -> Screen:
    """Walk to another page in the same session."""
    page.app.switch_page(f"ui/pages/{name}.py")
    return Screen(page.app.run())


def save(
    page: Screen, name: str, *, note: str = "", author: str = "", anew: bool = False
) -> Screen:
    """Save what is open, as the next version of what it stands on or as a new scenario."""
    widget(page.app.text_input, "save_name").set_value(name)
    widget(page.app.text_area, "save_note").set_value(note)
    page.app.text_input(key="save_author").set_value(author)
    return press(page, "save_as" if anew else "save")


def told(page: Screen) -> str:
    """Return the errors that a page tells."""
    return "\n".join(error.value for error in page.app.error)
