"""The pages about scenarios as AppTest drives them: the draft, and widgets by their field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from streamlit.testing.v1 import AppTest

from data.store.store import Store
from forecasting.figures.indicator import Measure, Observation
from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind, Source
from forecasting.scenario.link import short_text
from forecasting.scenario.model import Amount, BottomUp, Item, Pin, PointLever, Rest, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.risks import Constraint, Risk
from forecasting.scenario.toml import read_scenario, write_scenario
from tests.ui.conftest import ROOT
from tests.ui.pages import switch_page
from tests.ui.reading import Screen
from tests.ui.scenarios import indicators
from ui.scenario.state import UndoHistory

PARTS = ("levers", "rates", "levels", "pins", "own", "below", "risks", "log")
"""Of the page of assumptions."""
SAMPLE = {"area": "SAMPLE", "year": "2026", "lang": "zh"}
FIXED, VALUE_ADDED = "fixed_asset_investment", "industrial_value_added"
KEY_FIRM = Item("重点企业甲", (20.0,), growth=4.0, spread=2.0, probability=0.9)
NEW_FIRM = Item("新厂", (0.0, 0.0, 0.0, 0.0), (0.0, 1.0), amount=3.0)
VIEW = BottomUp(VALUE_ADDED, Rest(5.0, 1.0), (KEY_FIRM, NEW_FIRM), weight=0.25)
RISK = Risk("固废督察", Constraint.ECOLOGY, 0.2, 0.3, 2.0, "整改中", "环保局")
FULL = Scenario(
    name="加快",
    note="说明",
    levels=((VALUE_ADDED, 80.0), ("freight_trains", 100.0)),
    unmoved=("industrial_electricity",),
    levers=(
        Lever(LeverKind.SIGNED_INVESTMENT, 10.0, assumptions=(("start_rate", 0.7),)),
        Lever(LeverKind.SIGNED_INVESTMENT, 5.0, "二期", Quarter(2027, 4), 3),
        Lever(LeverKind.TAX, 500.0, one_off=True),
        Lever(LeverKind.STOPPAGE, 70.0, assumptions=(("weight", 0.3),)),
    ),
    amounts=(Amount(FIXED, 2.0), Amount("gdp", 0.3, "大会", points=True)),
    points=(PointLever("客流", "retail_sales", 1.0, 0.4, 0.1, source=Source.ESTIMATED),),
    projects=(Project("05", completion=((2026, 1.0),)),),
    pins=(
        Pin("industrial_investment", 8.0),
        Pin("retail_sales", 5.0, Quarter(2026, 3)),
        Pin("gdp", 5.5, Quarter(2026, 3), cumulative=True),
    ),
    bottom_up=(VIEW,),
    risks=(RISK,),
    price_index=1.03,
    sales_rate=0.95,
)
"""A scenario of the simulated zone with everything in it; all names and figures are invented."""


def latin(scenario: Scenario) -> Scenario:
    """Return the same scenario with all names in Latin letters."""
    text = re.sub(
        r"[\u3400-\u9fff]+",
        lambda found: f"N{len(found[0])}x{ord(found[0][0])}",
        write_scenario(scenario),
    )
    return read_scenario(text, indicators().indicators)


def link(scenario: Scenario, **changed: str) -> dict[str, str]:
    """Return the parameters of a link that opens a scenario, of the simulated zone by default."""
    asked = SAMPLE | changed
    return asked | {"scenario": text_of(scenario, asked["area"], int(asked["year"]))}


def latest_growth(store: Store, area: str, indicator: str) -> Observation:
    """Return the last figure of cumulative growth in the first vintage."""
    figures = store.observations(1, area, indicator)
    return [figure for figure in figures if figure.measure is Measure.GROWTH_YTD][-1]


def text_of(scenario: Scenario, area: str = "SAMPLE", year: int = 2026) -> str:
    """Return a scenario as its address says it, with all names in it."""
    return short_text(scenario, area, year)


def history(page: Screen, area: str = "SAMPLE", year: int = 2026) -> UndoHistory:
    """Return the steps of the draft that the page's session works on."""
    found: UndoHistory = page.app.session_state["drafts"][area, year]
    return found


def now(page: Screen, area: str = "SAMPLE") -> Scenario:
    """Return the scenario as it stands."""
    return history(page, area).now


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
    switch_page(app, page)
    return Screen(app.run())


def go(page: Screen, name: str) -> Screen:
    """Walk to another page in the same session."""
    switch_page(page.app, name)
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
