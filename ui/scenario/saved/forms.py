"""The saved scenarios of an area and year: open, duplicate, delete, and bring back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.store.scenarios import SavedScenario
from data.texts import as_kept
from forecasting.errors import OutlookError
from forecasting.scenario.model import Scenario
from ui.frame import cache
from ui.frame.errors import show_error
from ui.language import format as fmt
from ui.language import t
from ui.language.markdown import literal
from ui.scenario.saved import sentences
from ui.scenario.state import Draft


def show(draft: Draft) -> None:
    """Show what is listed, and below it what was deleted."""
    language = draft.language
    st.header(t("saved.list", language), anchor=False)
    listed = draft.saved_scenarios()
    if not listed:
        st.markdown(t("scenario_notice.no_scenarios", language))
    for saved in listed:
        _show_listed(saved, draft)
    every = cache.store().scenarios.removed(draft.view.area.id)
    removed = [saved for saved in every if saved.year == draft.year]
    if removed:
        with st.expander(t("saved.removed", language, count=len(removed))):
            for saved in removed:
                _show_removed(saved, draft)


def _title(saved: SavedScenario, draft: Draft) -> str:
    language = draft.language
    by = t("saved.by", language, author=literal(saved.author)) if saved.author else ""
    version = t(
        "saved.version_removed" if saved.removed else "saved.version",
        language,
        version=saved.version,
        at=fmt.minute(saved.saved_at),
        vintage=saved.vintage,
    )
    return t("saved.row", language, name=literal(saved.name), rest=version + by)


def _newer(saved: SavedScenario, draft: Draft) -> str:
    """Say that newer data have come since; what cannot be read is told where it is opened."""
    try:
        scenario = draft.scenario_of(saved)
    except OutlookError:
        scenario = Scenario()
    return sentences.newer(saved, scenario, draft)


def _show_listed(saved: SavedScenario, draft: Draft) -> None:
    language, store = draft.language, cache.store().scenarios
    with st.container(horizontal=True, vertical_alignment="center", key=f"saved_{saved.id}"):
        title = "  \n".join(filter(None, (_title(saved, draft), _newer(saved, draft))))
        st.markdown(title, width="stretch")
        if st.button(t("scenario_action.open", language), key=f"list_open_{saved.id}"):
            draft.open_saved(saved)
        with st.popover(t("scenario_action.duplicate", language)):
            name = st.text_input(
                t("scenario_label.name", language),
                t("saved.copy_of", language, name=saved.name),
                key=f"copy_name_{saved.id}_{saved.version}",
            )
            if st.button(t("scenario_action.duplicate", language), key=f"copy_{saved.id}"):
                _do(
                    lambda: store.duplicate(saved.id, as_kept(name)),
                    "scenario_notice.duplicated",
                    draft,
                )
        with st.popover(t("scenario_action.delete", language)):
            st.markdown(t("scenario_notice.confirm_delete", language, name=literal(saved.name)))
            if st.button(t("scenario_action.delete", language), key=f"delete_{saved.id}"):
                _do(lambda: store.remove(saved.id, saved.version), "scenario_notice.deleted", draft)


def _show_removed(saved: SavedScenario, draft: Draft) -> None:
    language, store = draft.language, cache.store().scenarios
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_title(saved, draft), width="stretch")
        name = st.text_input(
            t("scenario_label.name", language), saved.name, key=f"restore_name_{saved.id}",
            label_visibility="collapsed", width=200,
        )  # fmt: skip
        if st.button(t("scenario_action.restore", language), key=f"restore_{saved.id}"):
            _do(
                lambda: store.restore(saved.id, name=as_kept(name)),
                "scenario_notice.restored",
                draft,
            )


def _do(write: Callable[[], SavedScenario], notice: str, draft: Draft) -> None:
    """Write, say so, and draw the page anew; what cannot be written is told and changes nothing."""
    try:
        written = write()
    except OutlookError as error:
        show_error(error, draft.language)
        return
    standing = draft.history.saved
    if standing is not None and standing.id == written.id:
        draft.history.start_from(None if written.removed else written)
    st.toast(t(notice, draft.language, name=literal(written.name)))
    draft.redraw()
