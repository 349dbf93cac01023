"""What every page about scenarios stands on: the draft, its answer, and the one way to change it.

The draft is in the address after every step, so a reload, a restart of the server and a copied
link bring it back. What can be kept nowhere is told, and the draft stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

import streamlit as st

from data.store.saved_scenario import SavedScenario
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Names
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.document import read_scenario
from forecasting.scenario.errors import ScenarioRefused
from forecasting.scenario.model import Scenario
from forecasting.scenario.response import turned
from ui.frame import address as state
from ui.frame import session, widget_keys
from ui.frame.controls import Asked, View
from ui.frame.errors import show_error
from ui.language import Language
from ui.scenario import address, cache
from ui.scenario.cache import Answer, Asking
from ui.scenario.draft import Draft
from ui.scenario.errors import LinkElsewhere, LinkWithoutArea, LinkWithoutYear, ScenarioElsewhere


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
        return cache.baseline(self.asking)

    @property
    def before(self) -> Outlook:
        """The outlook without the scenario."""
        return cache.before(self.asking)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands."""
        return self.draft.now

    @property
    def answer(self) -> Answer:
        """The answer to it."""
        return cache.answered(self.asking, self.scenario)

    @property
    def first_open(self) -> Quarter:
        """The first quarter that no indicator has figures of: where what is new starts."""
        return now_of(self.baseline)

    def key(self, *names: str) -> str:
        """Return the key of a widget that takes its value from the scenario."""
        place = widget_keys.place(*names)
        return f"{place}_{self.view.area.id}_{self.asked.year}_{self.draft.turn}_{self.language}"

    def put(self, scenario: Scenario, *, typed: bool = False) -> bool:
        """Take a step, perhaps ``typed`` into widgets, without drawing the page anew.

        Returns
        -------
        bool
            Whether it is taken; one that cannot be kept is told and is not.
        """
        try:
            self._text_of(scenario)
        except OutlookError as error:
            show_error(error, self.language)
            return False
        self.draft.put(scenario, typed=typed)
        self.publish()
        return True

    def change(self, scenario: Scenario, *, typed: bool = False, said: str = "") -> None:
        """Take a step, perhaps ``typed`` into widgets, and draw the page anew.

        Parameters
        ----------
        said
            Announced once it is taken.
        """
        if not self.put(scenario, typed=typed):
            return
        if said:
            st.toast(said)
        st.rerun()

    def open(self, scenario: Scenario, saved: SavedScenario | None) -> None:
        """Go on with a saved scenario, or with none, and draw the page anew."""
        try:
            self._text_of(scenario)
        except OutlookError as error:
            show_error(error, self.language)
            return
        self.draft.open(scenario, saved)
        self.redraw()

    def redraw(self) -> NoReturn:
        """Draw the page anew after the draft has taken a step of its own."""
        self.publish()
        st.rerun()

    def turn(self, values: Mapping[int, float]) -> bool:
        """Turn dials of the present answer, by their number; the address follows at once.

        Returns
        -------
        bool
            Whether they could be turned.
        """
        scenario = self.scenario
        dials = self.answer.dials
        for number, value in values.items():
            scenario = turned(scenario, dials[number], value)
        taken = self.put(scenario)
        state.publish()
        return taken

    def publish(self) -> None:
        """Put the scenario into the address."""
        saved = self.draft.saved
        text = self._text_of(self.scenario)
        number = str(saved.id) if saved else None
        state.carry(state.SCENARIO, text)
        state.carry(state.SAVED, number)
        session.set_addressed(session.Addressed(self.view.area.id, self.asked.year, text, number))

    def _text_of(self, scenario: Scenario) -> str | None:
        return address.text_of(scenario, self.view.area.id, self.asked.year)


def opened(view: View, asked: Asked) -> Desk:
    """Return the desk of an area and a year, with what a new address says put on it."""
    desk = Desk(view, asked, session.draft(view.area.id, asked.year))
    text, saved = state.carried(state.SCENARIO), state.carried(state.SAVED)
    if _is_new(text, saved):
        desk.faults += _not_shown(desk)
        if not desk.faults:
            _adopt(desk, text, saved)
    try:
        desk.publish()
    except OutlookError as error:
        desk.faults.append(error)
    return desk


def _is_new(text: str | None, saved: str | None) -> bool:
    """Return whether an address comes from outside: a link, or a walk back.

    A click soon after a step comes with the address before it, which this session gave and which
    nobody walked back to.
    """
    known = session.addressed()
    if known is None:
        return bool(text or saved)
    if (known.text, known.saved) == (text, saved):
        return False
    return state.walked() or not session.has_addressed(text, saved)


def _not_shown(desk: Desk) -> Iterator[OutlookError]:
    """Yield what an address asked for that this page cannot show: its scenario is of that."""
    if (area := state.refused(state.AREA)) is not None:
        yield LinkWithoutArea(area, desk.view.area.name)
    if (year := state.refused(state.YEAR)) is not None:
        yield LinkWithoutYear(year, desk.asked.year)


def _adopt(desk: Desk, text: str | None, number: str | None) -> None:
    """Put on the desk what an address says; what cannot be opened leaves all as it is."""
    saved = _saved_of(desk, number)
    if desk.faults and text is None:
        return
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
    """Return the saved scenario of a number in an address; why there is none is a fault."""
    if number is None:
        return None
    try:
        if not number.isdecimal():
            raise ScenarioRefused("saved", number, "link")
        saved = cache.scenarios().find(int(number))
    except OutlookError as error:
        desk.faults.append(error)
        return None
    if (saved.area, saved.year) == (desk.view.area.id, desk.asked.year):
        return saved
    desk.faults.append(ScenarioElsewhere(saved.name, _area_name(desk, saved.area), saved.year))
    return None


def _scenario_of(text: str | None, saved: SavedScenario | None, desk: Desk) -> Scenario:
    """Return the scenario of an address; what of it is kept nowhere is a fault."""
    indicators = desk.view.catalogue.indicators
    if text is None:
        return scenario_of(saved, indicators) if saved else Scenario()
    versions = _versions(saved, indicators) if saved else ()
    linked, missing = address.read(text, indicators, versions)
    area, year = linked.area or desk.view.area.id, linked.year or desk.asked.year
    if (area, year) != (desk.view.area.id, desk.asked.year):
        raise LinkElsewhere(_area_name(desk, area), year)
    if missing is not None:
        desk.faults.append(missing)
    return linked.scenario


def _versions(saved: SavedScenario, indicators: Collection[str]) -> Iterator[Scenario]:
    for version in cache.scenarios().versions(saved.id):
        yield scenario_of(version, indicators)


def _area_name(desk: Desk, area: str) -> Names:
    """Return the name of an area, or its id where it is not listed here."""
    names = {one.id: one.name for one in desk.view.snapshot.areas}
    return names.get(area, Names(area, area))


def scenario_of(saved: SavedScenario, indicators: Collection[str]) -> Scenario:
    """Return the scenario that a version holds, under the name it is listed by."""
    return replace(read_scenario(saved.document, indicators), name=saved.name)
