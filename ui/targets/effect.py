"""What the commit of edits by hand would do to each probability and to the all-clear."""

from __future__ import annotations

import streamlit as st

from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import Target
from forecasting.outlook.outlook import Outlook
from ui.frame import choices
from ui.language import t
from ui.outlook import effect
from ui.targets import cache
from ui.targets.editor import Desk


def show(desk: Desk, year: int) -> None:
    """Show the probabilities now and after a commit, of the year edited if it can be judged."""
    view, language = desk.view, desk.language
    span = view.snapshot.span(view.area.id)
    if not desk.differences:
        return
    if span is None:
        st.caption(t("editor.effect_without_figures", language))
        return
    years = choices.year_options(span, desk.targets)
    judged = year if year in years else choices.default_year(span, years)
    title = "upload.effect_reference" if view.area.reference else "upload.effect"
    st.header(t(title, language, year=judged), anchor=False)
    if not _touches(desk, judged):
        st.markdown(t("editor.effect_later", language, year=judged))
        return
    st.caption(t("editor.effect_note", language))
    with st.spinner(t("app.spinner", language)):
        now = effect.now(view, judged)
        after = _after(desk, judged)
    if after is None or after.all_clear is None:
        st.markdown(t("editor.effect_none", language))
        return
    _show_counted(now, after, desk)
    effect.show(now, after, view)


def _touches(desk: Desk, year: int) -> bool:
    """Whether any edit bears on a year: what is recorded bears on all of them."""
    return any(
        not isinstance(edit.either, Target) or edit.either.year in (0, year)
        for edit in desk.differences
    )


def _after(desk: Desk, year: int) -> Outlook | None:
    view = desk.view
    try:
        return cache.outlook_with(view.snapshot, view.area.id, year, desk.wanted)
    except AreaWithoutFigures:
        return None


def _show_counted(now: Outlook | None, after: Outlook, desk: Desk) -> None:
    """Say that "all" is no longer all of the same."""
    old, new = len(now.counted) if now else 0, len(after.counted)
    if old != new:
        st.markdown(t("editor.effect_counted", desk.language, old=old, new=new))
