"""What opens every page about scenarios: the view, the links between them, and the bar.

The bar shows what is open and offers undo and redo, saving, opening, and a copy of the link.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from data.store.permissions import Permission
from data.store.scenarios import LONGEST_NAME, SavedScenario
from data.store.seed import SEED_AUTHOR
from data.texts import as_kept
from forecasting.scenario.toml import write_scenario
from ui.first_steps import checklist
from ui.first_steps.state import FirstStep
from ui.frame import cache, controls, copy_link, cut_off, look, people
from ui.frame.author import ask_author
from ui.frame.errors import end_page, guard, show_error
from ui.language import format as fmt
from ui.outlook import notes
from ui.scenario.saved import sentences
from ui.scenario.state import Draft, open_draft

LONGEST_NOTE = 2000
"""Characters: a page of text."""


class Opening:
    """The draft, and the places above it that are filled once the page has changed it.

    An area without figures ends the page.
    """

    def __init__(self) -> None:
        view, asked = controls.choose_view()
        self._menu = controls.ScenarioMenu(view)
        self._bar = st.container()
        if asked is None:
            self._menu.show()
            notes.show_empty(view)
            end_page()
        checklist.show_next(view, FirstStep.PROJECTS)
        with guard(view.say), st.spinner(view.say("app.spinner")):
            self.draft = open_draft(view, asked)
            _ = self.draft.baseline_outlook  # slow once per question, hence inside the spinner
        self._menu.show()

    def show(self) -> None:
        """Show the bar and the links as the scenario stands now."""
        self._menu.show()
        with self._bar:
            _show_bar(self.draft)


def opened() -> Draft:
    """Show everything above a page and return the draft."""
    opening = Opening()
    opening.show()
    return opening.draft


def _show_bar(draft: Draft) -> None:
    """Show the bar, and what the address said that could not be opened."""
    say = draft.say
    with st.container(horizontal=True, vertical_alignment="center", key="scenario_bar"):
        look.show(_title(draft), "opened", content_wide=True)
        st.space("stretch")
        _show_steps(draft)
        _show_open(draft)
        _show_save(draft)
        copy_link.show(say)
    saved = draft.history.saved
    if saved is not None and (line := sentences.newer(saved, draft.scenario, draft)):
        st.caption(line)
    for fault in draft.faults:
        show_error(fault, say)
    _show_sample(draft)


def _show_sample(draft: Draft) -> None:
    """Offer the scenarios that the sample zone came with, as long as nothing is open there."""
    if not draft.view.area.synthetic or draft.scenario != draft.blank:
        return
    came = [saved for saved in draft.saved_scenarios() if saved.author == SEED_AUTHOR]
    if not came:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="sample_scenarios"):
        look.show(look.note(draft.say("saved.sample")), content_wide=True)
        for saved in reversed(came):
            if st.button(draft.say.verbatim(saved.name), key=f"sample_{saved.id}"):
                draft.open_saved(saved)


def _title(draft: Draft) -> str:
    say, saved = draft.say, draft.history.saved
    name = saved.name if saved else say("scenario_label.draft")
    state = ""
    if draft.is_changed:
        state = say(f"scenario_notice.{'received' if draft.is_received else 'unsaved'}")
    elif saved:
        state = say(
            "saved.version",
            version=saved.version,
            at=fmt.minute(saved.saved_at),
            vintage=saved.vintage,
        )
    title = say("scenario_label.scenario")
    return (
        f'<span class="note">{title}</span> <b>{escape(name)}</b> <span class="note">{state}</span>'
    )


def _show_steps(draft: Draft) -> None:
    say, history = draft.say, draft.history
    if st.button(say("scenario_action.undo"), disabled=not history.can_undo, key="undo"):
        history.undo()
        draft.redraw()
    if st.button(say("scenario_action.redo"), disabled=not history.can_redo, key="redo"):
        history.redo()
        draft.redraw()


def _show_open(draft: Draft) -> None:
    """Show what is saved of this area and year; opening one can be undone."""
    say = draft.say
    listed = draft.saved_scenarios()
    with st.popover(say("scenario_action.open")):
        if draft.is_changed:
            st.caption(say("saved.open_note"))
        if not listed:
            st.caption(say("scenario_notice.no_scenarios"))
        for saved in listed:
            at = fmt.minute(saved.saved_at)
            title = say("saved.listed", name=say.verbatim(saved.name), at=at)
            if st.button(title, key=f"open_{saved.id}", width="stretch"):
                draft.open_saved(saved)
        if st.button(say("saved.new"), key="open_new", width="stretch"):
            draft.open(draft.blank, None)


def _show_save(draft: Draft) -> None:
    say, saved = draft.say, draft.history.saved
    key = f"save_{_round(draft)}"  # closed anew once it is saved, and open while sliders settle
    with st.popover(say("scenario_action.save"), key=key):
        if not people.allows(Permission.SAVE_SCENARIOS, say("scenario_action.save"), say):
            return
        name = st.text_input(
            say("scenario_label.name"),
            value=saved.name if saved else draft.scenario.name,
            max_chars=LONGEST_NAME,
            key=f"save_name_{_round(draft)}",
        )
        note = st.text_area(
            say("scenario_label.note"),
            value=draft.scenario.note,
            max_chars=LONGEST_NOTE,
            key=f"save_note_{_round(draft)}",
        )
        author = ask_author(say("scenario_label.author"), key="save_author")
        with st.container(horizontal=True):
            title = say("scenario_action.save")
            over = bool(saved) and st.button(title, key="save", type="primary")
            title = say("scenario_action.save_as")
            anew = st.button(title, key="save_as", type="secondary" if saved else "primary")
        if over or anew:
            _save(draft, name, note, author, saved if over else None)


def _round(draft: Draft) -> str:
    saved = draft.history.saved
    return f"{saved.id}_{saved.version}" if saved else "new"


def _save(draft: Draft, name: str, note: str, author: str, saved: SavedScenario | None) -> None:
    """Write the next version, or a new scenario; what cannot be written leaves all as it is."""
    scenario = replace(draft.scenario, name=as_kept(name), note=as_kept(note))
    scenarios, area = cache.store().scenarios, draft.view.area.id
    document = write_scenario(scenario)

    def write() -> SavedScenario:
        return scenarios.save(
            area,
            draft.year,
            scenario.name,
            document,
            draft.view.snapshot.vintage,
            author=as_kept(author),
            edits=draft.history.edits_with(scenario),
            scenario=saved.id if saved else None,
            based_on=saved.version if saved else None,
        )

    def find() -> SavedScenario | None:
        wanted = (scenario.name, saved.version + 1 if saved else 1, document)
        for one in scenarios.listed(area):
            if (one.name, one.version, one.document) == wanted:
                return one
        return None

    def go_on(written: SavedScenario) -> None:
        draft.history.put(draft.scenario_of(written), typed=True)
        draft.history.mark_saved(written)
        st.toast(draft.say("scenario_notice.saved", name=draft.say.verbatim(written.name)))
        draft.redraw()

    cut_off.write(write, find, go_on, draft.say)
