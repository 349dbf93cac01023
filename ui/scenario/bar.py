"""The bar over every page about scenarios: what is open, undo and redo, save, open, copy."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from data.store.saved_scenario import SavedScenario
from data.store.scenario_rows import LONGEST_NAME
from data.texts import as_kept
from forecasting.errors import OutlookError
from forecasting.scenario.document import write_scenario
from forecasting.scenario.model import Scenario
from ui.frame import copy_link, look
from ui.frame.errors import show_error
from ui.language import Language, t
from ui.language import format as fmt
from ui.language.markdown import literal
from ui.scenario import cache
from ui.scenario.desk import Desk, scenario_of
from ui.scenario.saved import sentences

LONGEST_NOTE = 2000
"""Characters: a page of text."""


def show(desk: Desk) -> None:
    """Show the bar, and what the address said that could not be opened."""
    language = desk.language
    with st.container(horizontal=True, vertical_alignment="center", key="scenario_bar"):
        look.show(_title(desk), "opened", content_wide=True)
        st.space("stretch")
        _show_steps(desk)
        _show_open(desk)
        _show_save(desk)
        copy_link.show(language)
    saved = desk.draft.saved
    if saved is not None and (line := sentences.newer(saved, desk.scenario, desk)):
        st.caption(line)
    for fault in desk.faults:
        show_error(fault, language)


def _title(desk: Desk) -> str:
    """Return what is open, and whether all of it is saved."""
    language, saved = desk.language, desk.draft.saved
    name = saved.name if saved else t("scenario_label.draft", language)
    state = ""
    if is_changed(desk):
        state = t("scenario_notice.unsaved", language)
    elif saved:
        state = t(
            "saved.version",
            language,
            version=saved.version,
            at=fmt.minute(saved.saved_at),
            vintage=saved.vintage,
        )
    title = t("scenario_label.scenario", language)
    return (
        f'<span class="note">{title}</span> <b>{escape(name)}</b> <span class="note">{state}</span>'
    )


def is_changed(desk: Desk) -> bool:
    """Return whether the scenario differs from what is saved of it."""
    saved = desk.draft.saved
    if saved is None:
        return desk.scenario != Scenario()
    return desk.scenario != scenario_of(saved, desk.view.catalogue.indicators)


def _show_steps(desk: Desk) -> None:
    language, draft = desk.language, desk.draft
    if st.button(t("scenario_action.undo", language), disabled=not draft.can_undo, key="undo"):
        draft.undo()
        desk.redraw()
    if st.button(t("scenario_action.redo", language), disabled=not draft.can_redo, key="redo"):
        draft.redo()
        desk.redraw()


def _show_open(desk: Desk) -> None:
    """Show what is saved of this area and year; opening one can be undone."""
    language = desk.language
    listed = saved_here(desk)
    with st.popover(t("scenario_action.open", language)):
        if is_changed(desk):
            st.caption(t("saved.open_note", language))
        if not listed:
            st.caption(t("scenario_notice.no_scenarios", language))
        for saved in listed:
            if st.button(_label(saved, language), key=f"open_{saved.id}", width="stretch"):
                open_saved(desk, saved)
        if st.button(t("saved.new", language), key="open_new", width="stretch"):
            desk.open(Scenario(), None)


def saved_here(desk: Desk) -> list[SavedScenario]:
    """Return the saved scenarios of the area and year, the newest first."""
    listed = cache.scenarios().listed(desk.view.area.id)
    return [saved for saved in listed if saved.year == desk.asked.year]


def open_saved(desk: Desk, saved: SavedScenario) -> None:
    """Put a saved scenario on the desk and draw the page anew."""
    try:
        scenario = scenario_of(saved, desk.view.catalogue.indicators)
    except OutlookError as error:
        show_error(error, desk.language)
        return
    desk.open(scenario, saved)


def _label(saved: SavedScenario, language: Language) -> str:
    at = fmt.minute(saved.saved_at)
    return t("saved.listed", language, name=literal(saved.name), at=at)


def _show_save(desk: Desk) -> None:
    language, saved = desk.language, desk.draft.saved
    key = f"save_{_round(desk)}"  # closed anew once it is saved, and open while sliders settle
    with st.popover(t("scenario_action.save", language), key=key):
        name = st.text_input(
            t("scenario_label.name", language),
            value=saved.name if saved else desk.scenario.name,
            max_chars=LONGEST_NAME,
            key=f"save_name_{_round(desk)}",
        )
        note = st.text_area(
            t("scenario_label.note", language),
            value=desk.scenario.note,
            max_chars=LONGEST_NOTE,
            key=f"save_note_{_round(desk)}",
        )
        author = st.text_input(t("scenario_label.author", language), key="save_author")
        with st.container(horizontal=True):
            title = t("scenario_action.save", language)
            over = bool(saved) and st.button(title, key="save", type="primary")
            title = t("scenario_action.save_as", language)
            anew = st.button(title, key="save_as", type="secondary" if saved else "primary")
        if over or anew:
            _save(desk, name, note, author, saved if over else None)


def _round(desk: Desk) -> str:
    saved = desk.draft.saved
    return f"{saved.id}_{saved.version}" if saved else "new"


def _save(desk: Desk, name: str, note: str, author: str, saved: SavedScenario | None) -> None:
    """Write the next version, or a new scenario; what cannot be written leaves all as it is."""
    scenario = replace(desk.scenario, name=as_kept(name), note=as_kept(note))
    try:
        written = cache.scenarios().save(
            desk.view.area.id,
            desk.asked.year,
            scenario.name,
            write_scenario(scenario),
            desk.view.snapshot.vintage,
            author=as_kept(author),
            edits=desk.draft.edits_with(scenario),
            scenario=saved.id if saved else None,
            based_on=saved.version if saved else None,
        )
    except OutlookError as error:
        show_error(error, desk.language)
        return
    desk.draft.put(scenario_of(written, desk.view.catalogue.indicators), typed=True)
    desk.draft.stand_on(written)
    st.toast(t("scenario_notice.saved", desk.language, name=literal(written.name)))
    desk.redraw()
