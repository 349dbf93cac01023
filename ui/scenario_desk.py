"""What every page about scenarios stands on: the draft, its answer, and the one way to change it.

The draft is in the address after every step, so a reload, a restart of the server and a copied
link bring it back. Projects and firms do not stand there by name: their part is kept in the
database under a token, as is a scenario that is too long for an address.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn
from urllib.parse import quote

import streamlit as st

from data.errors import ScenarioNotKept
from data.saved_scenario import SavedScenario
from forecasting.baseline import Baseline
from forecasting.errors import OutlookError
from forecasting.outlook import Outlook
from forecasting.period import Quarter
from forecasting.scenario.arithmetic import Arithmetic
from forecasting.scenario.dials import turned
from forecasting.scenario.document import read_scenario, write_scenario
from forecasting.scenario.link import from_short_text, short_text
from forecasting.scenario.scenario import Scenario
from ui import scenario_cache, state, unsaved
from ui.messages import Language
from ui.parts.shell import Asked, View
from ui.scenario_cache import Answer, Asking
from ui.scenario_draft import Draft

LONGEST_IN_ADDRESS = 3000
"""Characters; chat programs cut longer links."""
_KEPT = "."
"""Before the token of what is kept in the database."""


@dataclass(slots=True)
class Desk:
    """A reader's scenario of an area and a year.

    Attributes
    ----------
    faults
        Why what the address says could not be opened.
    """

    view: View
    asked: Asked
    draft: Draft
    faults: list[OutlookError] = field(default_factory=list)

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.view.language

    @property
    def asking(self) -> Asking:
        """What the scenario is asked about."""
        asked = self.asked
        return Asking(
            self.view.snapshot, self.view.area.id, asked.year, asked.as_of, asked.threshold
        )

    @property
    def baseline(self) -> Baseline:
        """What stands before any scenario."""
        return scenario_cache.baseline(self.asking)

    @property
    def before(self) -> Outlook:
        """The outlook without the scenario."""
        return scenario_cache.before(self.asking)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands."""
        return self.draft.now

    @property
    def answer(self) -> Answer:
        """The answer to it."""
        return scenario_cache.answered(self.asking, self.scenario)

    @property
    def first_open(self) -> Quarter:
        """The first quarter that no indicator has figures of: where what is new starts."""
        return Arithmetic(self.baseline, Scenario()).frame.now

    def key(self, *names: str) -> str:
        """Return the key of a widget that takes its value from the scenario."""
        place = "/".join(quote(name, safe="") for name in names)
        return f"{place}_{self.view.area.id}_{self.asked.year}_{self.draft.turn}_{self.language}"

    def put(self, scenario: Scenario, *, typed: bool = False) -> None:
        """Take a step, perhaps ``typed`` into widgets, without drawing the page anew."""
        self.draft.put(scenario, typed=typed)
        self.publish()

    def change(self, scenario: Scenario, *, typed: bool = False) -> NoReturn:
        """Take a step, perhaps ``typed`` into widgets, and draw the page anew."""
        self.draft.put(scenario, typed=typed)
        self.redraw()

    def redraw(self) -> NoReturn:
        """Draw the page anew after the draft has taken a step of its own."""
        self.publish()
        st.rerun()

    def turn(self, values: Mapping[int, float]) -> None:
        """Turn dials of the present answer, by their number; the address follows at once."""
        scenario = self.scenario
        dials = self.answer.dials
        for number, value in values.items():
            scenario = turned(scenario, dials[number], value)
        self.put(scenario)
        state.publish()

    def publish(self) -> None:
        """Put the scenario into the address."""
        saved = self.draft.saved
        text = None if self.scenario == Scenario() else _text_of(self.scenario)
        number = str(saved.id) if saved else None
        state.carry(state.SCENARIO, text)
        state.carry(state.SAVED, number)
        unsaved.set_addressed(unsaved.Addressed(self.view.area.id, self.asked.year, text, number))


def opened(view: View, asked: Asked) -> Desk:
    """Return the desk of an area and a year, with what a new address says put on it."""
    desk = Desk(view, asked, unsaved.draft(view.area.id, asked.year))
    text, saved = state.carried(state.SCENARIO), state.carried(state.SAVED)
    if _is_new(text, saved):
        _adopt(desk, text, saved)
    desk.publish()
    return desk


def _is_new(text: str | None, saved: str | None) -> bool:
    """Return whether an address comes from outside: a link, or a walk back.

    A click soon after a step comes with the address before it, which this session gave and which
    nobody walked back to.
    """
    known = unsaved.addressed()
    if known is None:
        return bool(text or saved)
    if (known.text, known.saved) == (text, saved):
        return False
    return state.walked() or not unsaved.has_addressed(text, saved)


def _adopt(desk: Desk, text: str | None, number: str | None) -> None:
    """Put on the desk what an address says; what cannot be opened leaves all as it is."""
    saved = _saved_of(desk, number)
    try:
        scenario = _scenario_of(text, saved, desk)
        if saved is not None and (desk.draft.saved is None or desk.draft.saved.id != saved.id):
            desk.draft.open(scenario_of(saved, desk.view.catalogue.indicators), saved)
    except OutlookError as error:
        desk.faults.append(error)
        return
    if saved is None and desk.draft.saved is not None:
        desk.draft.open(scenario, None)
    desk.draft.put(scenario)


def _saved_of(desk: Desk, number: str | None) -> SavedScenario | None:
    """Return the saved scenario of a number in an address; None where it is of something else."""
    if number is None or not number.isdecimal():
        return None
    try:
        saved = scenario_cache.scenarios().find(int(number))
    except OutlookError as error:
        desk.faults.append(error)
        return None
    here = (desk.view.area.id, desk.asked.year)
    return saved if (saved.area, saved.year) == here else None


def _scenario_of(text: str | None, saved: SavedScenario | None, desk: Desk) -> Scenario:
    """Return the scenario of an address; names of firms and projects stand in the database."""
    indicators = desk.view.catalogue.indicators
    if text is None:
        return scenario_of(saved, indicators) if saved else Scenario()
    public, _, token = text.partition(_KEPT)
    scenario = from_short_text(public, indicators) if public else Scenario()
    if not token:
        return scenario
    document = scenario_cache.scenarios().kept(token)
    if document is None:
        desk.faults.append(ScenarioNotKept())
        return scenario
    kept = read_scenario(document, indicators)
    if not public:
        return kept
    return replace(scenario, projects=kept.projects, bottom_up=kept.bottom_up)


def scenario_of(saved: SavedScenario, indicators: Collection[str]) -> Scenario:
    """Return the scenario that a version holds, under the name it is listed by."""
    return replace(read_scenario(saved.document, indicators), name=saved.name)


def _text_of(scenario: Scenario) -> str:
    """Return a scenario for the address; what names firms and projects only by a token."""
    text = short_text(replace(scenario, projects=(), bottom_up=()))
    if len(text) > LONGEST_IN_ADDRESS:
        return _KEPT + _keep(scenario)
    named = Scenario(projects=scenario.projects, bottom_up=scenario.bottom_up)
    return text if named == Scenario() else text + _KEPT + _keep(named)


def _keep(scenario: Scenario) -> str:
    return scenario_cache.scenarios().keep(write_scenario(scenario))
