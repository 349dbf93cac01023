"""The scenario that a reader works on: its steps, its address, and its saved versions.

The draft is in the address after every step, so a reload, a restart of the server and a copied
link bring it back. A step that cannot be kept is refused with its reason, and the draft stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import InitVar, dataclass, field, replace
from typing import Any, NamedTuple, NoReturn

import streamlit as st

from data import clock
from data.store.errors import ScenarioNotKept
from data.store.scenarios import Edit, SavedScenario, token_of
from data.store.seed import SEED_AUTHOR
from data.views import BaselineKey
from forecasting.errors import LinkTooLong, OutlookError, ScenarioRefused
from forecasting.figures.indicator import Catalogue, Names
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.arithmetic import now_of, opening_of
from forecasting.scenario.changes import FieldChange, changes_between
from forecasting.scenario.evaluation import Evaluation
from forecasting.scenario.levers import Lever
from forecasting.scenario.link import Linked, from_short_text, short_text
from forecasting.scenario.model import Scenario
from forecasting.scenario.response import Response, turned
from forecasting.scenario.toml import read_scenario, write_scenario
from ui.frame import address, cache, session, widget_keys
from ui.frame.controls import Selection, View
from ui.frame.errors import show_error
from ui.language import Speaker
from ui.scenario import evaluation

MOST_STEPS = 200
MOST_EDITS = 2000
"""Edits logged between two savings; of more, the oldest are dropped."""
MOST_ADDRESSES = 500
LONGEST_IN_ADDRESS = 3000
"""Characters; chat programs cut longer links."""
_KEPT = "."
"""Before the token of what is kept in the database; twice where that is the whole scenario."""
_SEPARATOR, _ESCAPE = "/", "%"


class ScenarioElsewhere(OutlookError):
    """A saved scenario is of another area or year than the page shows."""

    template = "the scenario {name!r} is of {area.en} in {year}: choose these first"


class LinkElsewhere(OutlookError):
    """The scenario of a link is of another area or year than the page shows."""

    template = "the scenario of this link is of {area.en} in {year}: choose these first"


class LinkWithoutArea(OutlookError):
    """A link names an area that is not listed, so that another is shown."""

    template = "no area {area!r} is listed: {shown.en} is shown instead"


class LinkWithoutYear(OutlookError):
    """A link names a year that nothing can be said of, so that another is shown."""

    template = "nothing can be said of the year {found!r}: {shown} is shown instead"


@dataclass(slots=True)
class _Origin:
    """What steps start from: a saved version or none, and every edit since."""

    saved: SavedScenario | None = None
    edits: list[Edit] = field(default_factory=list)


@dataclass(slots=True)
class UndoHistory:
    """The steps of a scenario, to undo and redo, and the log of its edits.

    Attributes
    ----------
    turn
        Changes when widgets must take their values from the scenario anew: after every step
        that was not typed into them.
    received
        What an address brought last, whoever made it; None where everything was made here.
    """

    turn: int = 0
    received: Scenario | None = None
    _steps: list[tuple[Scenario, _Origin]] = field(init=False)
    _place: int = field(init=False, default=0)
    begin: InitVar[Scenario | None] = None

    def __post_init__(self, begin: Scenario | None) -> None:
        """Begin with a scenario; None is the empty one."""
        self._steps = [(begin or Scenario(), _Origin())]

    @property
    def now(self) -> Scenario:
        """The scenario as it stands."""
        return self._steps[self._place][0]

    @property
    def saved(self) -> SavedScenario | None:
        """The saved version that it started from; None for a new one."""
        return self._origin.saved

    @property
    def edits(self) -> list[Edit]:
        """Every change since it was opened or saved, steps back among them."""
        return self._origin.edits

    def edits_with(self, scenario: Scenario) -> list[Edit]:
        """Return every change since it was opened or saved, with those that lead to another."""
        now = clock.now()
        led = (
            Edit(now, path_of(change), change.before, change.after)
            for change in changes_between(self.now, scenario)
        )
        return [*self.edits, *led][-MOST_EDITS:]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self._place < len(self._steps) - 1

    def put(self, scenario: Scenario, *, typed: bool = False) -> None:
        """Take a step, perhaps ``typed`` into widgets; steps taken back are gone then."""
        if scenario == self.now:
            return
        self._log(scenario)
        self.turn += not typed
        self._append(scenario, self._origin)

    def undo(self) -> None:
        """Take the last step back."""
        self._move(-1)

    def redo(self) -> None:
        """Take a step that was taken back again."""
        self._move(1)

    def open(self, scenario: Scenario, saved: SavedScenario | None) -> None:
        """Go on with a saved scenario, or with none; what was there can be undone.

        Undoing goes back to where that started, which nothing is saved over then.
        """
        self.turn += 1
        self._append(scenario, _Origin(saved))

    def mark_saved(self, saved: SavedScenario | None) -> None:
        """Start from what was just saved: no edit is logged of it any more."""
        self._origin.saved = saved
        self._origin.edits.clear()

    def start_from(self, saved: SavedScenario | None) -> None:
        """Start from another version of the same content and keep every edit."""
        self._origin.saved = saved

    @property
    def _origin(self) -> _Origin:
        return self._steps[self._place][1]

    def _append(self, scenario: Scenario, origin: _Origin) -> None:
        self._steps = [*self._steps[: self._place + 1], (scenario, origin)][-MOST_STEPS:]
        self._place = len(self._steps) - 1

    def _move(self, by: int) -> None:
        place = self._place + by
        if 0 <= place < len(self._steps):
            scenario, origin = self._steps[place]
            if origin is self._origin:
                self._log(scenario)
            self._place = place
            self.turn += 1

    def _log(self, after: Scenario) -> None:
        self.edits[:] = self.edits_with(after)


def path_of(change: FieldChange) -> str:
    """Return where a change is, as one text; fields may be named after a firm, with any sign."""
    field_ = change.field.replace(_ESCAPE, _ESCAPE + "25").replace(_SEPARATOR, _ESCAPE + "2F")
    return _SEPARATOR.join((change.section, change.entry, field_))


def change_of(edit: Edit) -> FieldChange:
    """Return the change that an edit logs."""
    section, _, rest = edit.path.partition(_SEPARATOR)
    entry, _, escaped = rest.rpartition(_SEPARATOR)
    field_ = escaped.replace(_ESCAPE + "2F", _SEPARATOR).replace(_ESCAPE + "25", _ESCAPE)
    return FieldChange(section, entry, field_, edit.before, edit.after)


def address_of(scenario: Scenario, area: str, year: int) -> str | None:
    """Return a scenario for the address; None for the empty one, which the address leaves out.

    Projects and firms do not stand there by name: their part is kept in the database under a
    token, as is a scenario that is too long for an address.

    Raises
    ------
    ScenarioTooLong
        If it is longer than any that is kept.
    """
    if scenario == Scenario():
        return None
    try:
        text = short_text(replace(scenario, projects=(), bottom_up=()), area, year)
    except LinkTooLong:
        text = ""
    if not 0 < len(text) <= LONGEST_IN_ADDRESS:
        return short_text(Scenario(), area, year) + _KEPT + _KEPT + _keep(scenario)
    named = _named(scenario)
    return text if named == Scenario() else text + _KEPT + _keep(named)


def numbers_only(scenario: Scenario) -> Scenario:
    """Return the numbers that the levers of a scenario assume, with every one at rest."""
    levers = tuple(Lever(one.kind, 0.0, assumptions=one.assumptions) for one in scenario.levers)
    return Scenario(
        levers=tuple(lever for lever in levers if lever.assumptions), levels=scenario.levels
    )


def _keep(scenario: Scenario) -> str:
    return cache.store().scenarios.keep(write_scenario(scenario))


def _named(scenario: Scenario) -> Scenario:
    """Return the part of a scenario that names firms and projects."""
    return Scenario(projects=scenario.projects, bottom_up=scenario.bottom_up)


def read_address(
    text: str, indicators: Collection[str], versions: Iterable[Scenario] = ()
) -> tuple[Linked, OutlookError | None]:
    """Return the scenario of an address, and why a part of it is missing, or None.

    Parameters
    ----------
    versions
        The saved ones that the address goes with: they hold what is not kept for it any more.

    Raises
    ------
    ScenarioRefused, LaterScenario
        If it cannot be read.
    """
    public, _, rest = text.partition(_KEPT)
    token, whole = rest.removeprefix(_KEPT), not public or rest.startswith(_KEPT)
    linked = from_short_text(public, indicators) if public else Linked(Scenario())
    if not token:
        return linked, None
    document = cache.store().scenarios.open_kept(token)
    kept = read_scenario(document, indicators) if document else _with_token(token, versions)
    if kept is None:
        return linked, ScenarioNotKept()
    if not whole:
        kept = replace(linked.scenario, projects=kept.projects, bottom_up=kept.bottom_up)
    return replace(linked, scenario=kept), None


def _with_token(token: str, versions: Iterable[Scenario]) -> Scenario | None:
    """Return the version, or the named part of one, that has a token; None where none has."""
    parts = (part for scenario in versions for part in (_named(scenario), scenario))
    return next((part for part in parts if token_of(write_scenario(part)) == token), None)


class _Addressed(NamedTuple):
    """The scenario that the address was given, and whose it is."""

    area: str
    year: int
    text: str | None
    saved: str | None


def _addressed() -> list[_Addressed]:
    """Return what this session gave the address, the last one at the end."""
    given: list[_Addressed] = session.remembered("addressed", list)
    return given


def _history(area: str, year: int, begin: Scenario) -> UndoHistory:
    histories: dict[tuple[str, int], UndoHistory] = session.remembered("drafts", dict)
    return histories.setdefault((area, year), UndoHistory(begin=begin))


@dataclass(slots=True)
class Draft:
    """A reader's scenario of an area and a year: what every page about scenarios starts from.

    Attributes
    ----------
    faults
        Why what the address names could not be opened.
    blank
        What a new scenario starts from; it changes nothing.
    """

    view: View
    asked: Selection
    history: UndoHistory
    faults: list[OutlookError] = field(default_factory=list)
    blank: Scenario = field(default_factory=Scenario)
    _evaluated: tuple[Scenario, Evaluation] | None = field(init=False, repr=False, default=None)

    @property
    def say(self) -> Speaker:
        """Who speaks to the reader."""
        return self.view.say

    @property
    def catalogue(self) -> Catalogue:
        """The indicators, by the names that are usual in the area."""
        return self.view.catalogue

    @property
    def year(self) -> int:
        """The year that it is about."""
        return self.asked.year

    @property
    def baseline_key(self) -> BaselineKey:
        """What its baseline is fitted for."""
        asked = self.asked
        return BaselineKey(
            self.view.snapshot, self.view.area.id, asked.year, asked.as_of, asked.threshold
        )

    @property
    def baseline(self) -> Baseline:
        """What stands before any scenario, fitted at first use."""
        return self.baseline_key.baseline

    @property
    def baseline_outlook(self) -> Outlook:
        """The outlook without the scenario."""
        return self.baseline_key.outlook

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands."""
        return self.history.now

    @property
    def evaluation(self) -> Evaluation:
        """What the scenario comes to; the parts of a page ask for it again and again."""
        if self._evaluated is None or self._evaluated[0] is not self.scenario:
            self._evaluated = (
                self.scenario,
                self.baseline_key.evaluation(self.scenario),
            )
        return self._evaluated[1]

    @property
    def response(self) -> Response:
        """What its dials do, however they are turned."""
        return evaluation.response_of(self.baseline_key, self.evaluation)

    def computed(self, scenario: Scenario, kind: str, make: Callable[[], Any]) -> Any:
        """Return what a page makes of a scenario, made once."""
        return evaluation.computed(self.baseline_key, scenario, kind, make)

    @property
    def first_open(self) -> Quarter:
        """The first quarter that no indicator has figures of."""
        return now_of(self.baseline)

    @property
    def first_possible(self) -> Quarter:
        """Where what is new starts: not before today's quarter, however late figures come."""
        return opening_of(self.baseline)

    @property
    def is_changed(self) -> bool:
        """Whether the scenario differs from its saved version."""
        saved = self.history.saved
        return self.scenario != (self.blank if saved is None else self.scenario_of(saved))

    @property
    def is_received(self) -> bool:
        """Whether the scenario is as an address brought it: its reader has changed nothing."""
        return self.scenario == self.history.received

    @property
    def can_move(self) -> bool:
        """Whether anything of the year can still move."""
        outlook = self.baseline_outlook
        return outlook.all_clear is not None and not all(one.known for one in outlook.verdicts)

    def key(self, *names: str) -> str:
        """Return the key of a widget that takes its value from the scenario."""
        place = widget_keys.place(*names)
        return (
            f"{place}_{self.view.area.id}_{self.asked.year}_{self.history.turn}_{self.say.language}"
        )

    def put(self, scenario: Scenario, *, typed: bool = False) -> bool:
        """Take a step, perhaps ``typed`` into widgets, without drawing the page anew.

        Returns
        -------
        bool
            Whether it is taken; of one that cannot be kept the page shows why.
        """
        fault = self._take(scenario, typed=typed)
        if fault is not None:
            show_error(fault, self.say)
        return fault is None

    def _take(self, scenario: Scenario, *, typed: bool = False) -> OutlookError | None:
        """Take a step, or return why it cannot be kept."""
        try:
            self._address_of(scenario)
        except OutlookError as error:
            return error
        self.history.put(scenario, typed=typed)
        self.publish()
        return None

    def change(self, scenario: Scenario, *, typed: bool = False, notice: str = "") -> None:
        """Take a step, perhaps ``typed`` into widgets, and draw the page anew with a notice."""
        if not self.put(scenario, typed=typed):
            return
        if notice:
            st.toast(notice)
        st.rerun()

    def open(self, scenario: Scenario, saved: SavedScenario | None) -> None:
        """Go on with a saved scenario, or with none, and draw the page anew."""
        try:
            self._address_of(scenario)
        except OutlookError as error:
            show_error(error, self.say)
            return
        self.history.open(scenario, saved)
        self.redraw()

    def open_saved(self, saved: SavedScenario) -> None:
        """Go on with a saved scenario, or show why it cannot be read."""
        try:
            scenario = self.scenario_of(saved)
        except OutlookError as error:
            show_error(error, self.say)
            return
        self.open(scenario, saved)

    def redraw(self) -> NoReturn:
        """Draw the page anew after the history has taken a step of its own."""
        self.publish()
        st.rerun()

    def set_dials(self, values: Mapping[int, float]) -> OutlookError | None:
        """Set dials of the present evaluation, by their number, or return why they cannot be."""
        scenario = self.scenario
        dials = self.evaluation.dials
        for number, value in values.items():
            scenario = turned(scenario, dials[number], value)
        return self._take(scenario)

    def publish(self) -> None:
        """Put the scenario into the address."""
        saved = self.history.saved
        text = self._address_of(self.scenario)
        number = str(saved.id) if saved else None
        address.carry(address.SCENARIO, text)
        address.carry(address.SAVED, number)
        given = _addressed()
        new = _Addressed(self.view.area.id, self.asked.year, text, number)
        if given[-1:] != [new]:
            given.append(new)
            del given[:-MOST_ADDRESSES]

    def _address_of(self, scenario: Scenario) -> str | None:
        if scenario == self.blank:
            return None
        return address_of(scenario, self.view.area.id, self.asked.year)

    def scenario_of(self, saved: SavedScenario) -> Scenario:
        """Return the scenario that a version holds."""
        return saved.scenario(self.view.catalogue.indicators)

    def saved_scenarios(self) -> list[SavedScenario]:
        """Return the saved scenarios of the area and year, the newest first."""
        listed = cache.store().scenarios.listed(self.view.area.id)
        return [saved for saved in listed if saved.year == self.asked.year]


def open_draft(view: View, asked: Selection) -> Draft:
    """Return the draft of an area and a year, changed to what a new address names."""
    blank = _blank(view, asked.year)
    draft = Draft(view, asked, _history(view.area.id, asked.year, blank), blank=blank)
    text, saved = address.carried(address.SCENARIO), address.carried(address.SAVED)
    if _is_new(text, saved):
        draft.faults += _not_shown(draft)
        if not draft.faults:
            _open_address(draft, text, saved)
    try:
        draft.publish()
    except OutlookError as error:
        draft.faults.append(error)
    return draft


def _blank(view: View, year: int) -> Scenario:
    """Return what a new scenario of an area starts from: nothing, or the sample zone's numbers.

    Those are what its levers assume in the scenarios that it came with, with every lever at rest:
    what only a zone knows, so that every slider can be tried at once.
    """
    if not view.area.synthetic:
        return Scenario()
    listed = cache.store().scenarios.listed(view.area.id)
    came = [saved for saved in listed if saved.author == SEED_AUTHOR and saved.year == year]
    for saved in came:
        with suppress(OutlookError):
            return numbers_only(read_scenario(saved.document, view.catalogue.indicators))
    return Scenario()


def _is_new(text: str | None, saved: str | None) -> bool:
    """Return whether an address comes from outside: a link, or a walk back.

    A click soon after a step comes with the address before it, which this session gave and which
    nobody walked back to.
    """
    given = [(one.text, one.saved) for one in _addressed()]
    if not given:
        return bool(text or saved)
    if given[-1] == (text, saved):
        return False
    return address.walked() or (text, saved) not in given


def _not_shown(draft: Draft) -> Iterator[OutlookError]:
    """Yield why the page shows another area or year than the address names."""
    if (area := address.refused(address.AREA)) is not None:
        yield LinkWithoutArea(area=area, shown=draft.view.area.name)
    if (year := address.refused(address.YEAR)) is not None:
        yield LinkWithoutYear(found=year, shown=draft.asked.year)


def _open_address(draft: Draft, text: str | None, number: str | None) -> None:
    """Change a draft to what an address names; what cannot be opened leaves all as it is."""
    saved = _saved_of(draft, number)
    if draft.faults and text is None:
        return
    history = draft.history
    try:
        scenario = _scenario_in(text, saved, draft)
        if saved is not None and (history.saved is None or history.saved.id != saved.id):
            history.open(draft.scenario_of(saved), saved)
    except OutlookError as error:
        draft.faults.append(error)
        return
    if saved is None and history.saved is not None:
        history.open(scenario, None)
    history.put(scenario)
    history.received = scenario


def _saved_of(draft: Draft, number: str | None) -> SavedScenario | None:
    """Return the saved scenario of a number in an address; why there is none is a fault."""
    if number is None:
        return None
    try:
        if not number.isdecimal():
            raise ScenarioRefused("saved", number, "link")
        saved = cache.store().scenarios.find(int(number))
    except OutlookError as error:
        draft.faults.append(error)
        return None
    if (saved.area, saved.year) == (draft.view.area.id, draft.asked.year):
        return saved
    area = _area_name(draft, saved.area)
    draft.faults.append(ScenarioElsewhere(name=saved.name, area=area, year=saved.year))
    return None


def _scenario_in(text: str | None, saved: SavedScenario | None, draft: Draft) -> Scenario:
    """Return the scenario of an address; what of it is kept nowhere is a fault."""
    if text is None:
        return draft.scenario_of(saved) if saved else draft.blank
    versions = cache.store().scenarios.versions(saved.id) if saved else ()
    indicators = draft.view.catalogue.indicators
    linked, missing = read_address(text, indicators, map(draft.scenario_of, versions))
    area, year = linked.area or draft.view.area.id, linked.year or draft.asked.year
    if (area, year) != (draft.view.area.id, draft.asked.year):
        raise LinkElsewhere(area=_area_name(draft, area), year=year)
    if missing is not None:
        draft.faults.append(missing)
    return linked.scenario


def _area_name(draft: Draft, area: str) -> Names:
    """Return the name of an area, or its id where it is not listed here."""
    names = {one.id: one.name for one in draft.view.snapshot.areas}
    return names.get(area, Names(area, area))
