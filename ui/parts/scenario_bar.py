"""The bar over every page about scenarios: what is open, undo and redo, save, open, copy."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from data.saved_scenario import SavedScenario
from forecasting.errors import OutlookError
from forecasting.scenario.document import write_scenario
from forecasting.scenario.scenario import Scenario
from ui import copy_link, look, scenario_cache
from ui import format as fmt
from ui.messages import Language, t
from ui.messages.errors import show_error
from ui.messages.markdown import literal
from ui.scenario_desk import Desk, scenario_of


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
        state = t("saved.version", language, version=saved.version, at=fmt.minute(saved.saved_at))
    label = t("scenario_label.scenario", language)
    return (
        f'<span class="note">{label}</span> <b>{escape(name)}</b> <span class="note">{state}</span>'
    )


def is_changed(desk: Desk) -> bool:
    """Return whether the scenario differs from what is saved of it."""
    saved = desk.draft.saved
    if saved is None:
        return desk.scenario != Scenario()
    return desk.scenario != scenario_of(saved, desk.view.catalogue.indicators)


def _show_steps(desk: Desk) -> None:
    language, draft = desk.language, desk.draft
    undo = t("scenario_action.undo", language)
    if st.button(undo, disabled=not draft.can_undo, key="undo"):
        draft.undo()
        desk.redraw()
    redo = t("scenario_action.redo", language)
    if st.button(redo, disabled=not draft.can_redo, key="redo"):
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
            desk.draft.open(Scenario(), None)
            desk.redraw()


def saved_here(desk: Desk) -> list[SavedScenario]:
    """Return the saved scenarios of the area and year, the newest first."""
    listed = scenario_cache.scenarios().listed(desk.view.area.id)
    return [saved for saved in listed if saved.year == desk.asked.year]


def open_saved(desk: Desk, saved: SavedScenario) -> None:
    """Put a saved scenario on the desk and draw the page anew."""
    try:
        scenario = scenario_of(saved, desk.view.catalogue.indicators)
    except OutlookError as error:
        show_error(error, desk.language)
        return
    desk.draft.open(scenario, saved)
    desk.redraw()


def _label(saved: SavedScenario, language: Language) -> str:
    at = fmt.minute(saved.saved_at)
    return t("saved.listed", language, name=literal(saved.name), at=at)


def _show_save(desk: Desk) -> None:
    language, saved = desk.language, desk.draft.saved
    key = f"save_{desk.draft.turn}_{_round(desk)}"  # a new one is closed: what is saved is done
    with st.popover(t("scenario_action.save", language), key=key):
        name = st.text_input(
            t("scenario_label.name", language),
            value=saved.name if saved else desk.scenario.name,
            key=f"save_name_{_round(desk)}",
        )
        note = st.text_area(
            t("scenario_label.note", language),
            value=desk.scenario.note,
            key=f"save_note_{_round(desk)}",
        )
        author = st.text_input(t("scenario_label.author", language), key="save_author")
        with st.container(horizontal=True):
            label = t("scenario_action.save", language)
            over = bool(saved) and st.button(label, key="save", type="primary")
            label = t("scenario_action.save_as", language)
            anew = st.button(label, key="save_as", type="secondary" if saved else "primary")
        if over or anew:
            _save(desk, name, note, author, saved if over else None)


def _round(desk: Desk) -> str:
    saved = desk.draft.saved
    return f"{saved.id}_{saved.version}" if saved else "new"


def _save(desk: Desk, name: str, note: str, author: str, saved: SavedScenario | None) -> None:
    """Write the next version, or a new scenario; what cannot be written leaves all as it is."""
    scenario = replace(desk.scenario, name=name.strip(), note=note.strip())
    desk.put(scenario, typed=True)
    try:
        written = scenario_cache.scenarios().save(
            desk.view.area.id,
            desk.asked.year,
            name,
            write_scenario(scenario),
            desk.view.snapshot.vintage,
            author=author.strip(),
            edits=desk.draft.edits,
            scenario=saved.id if saved else None,
            based_on=saved.version if saved else None,
        )
    except OutlookError as error:
        show_error(error, desk.language)
        return
    desk.draft.stand_on(written)
    st.toast(t("scenario_notice.saved", desk.language, name=literal(written.name)))
    desk.redraw()
