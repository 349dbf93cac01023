"""What the commit of an upload would do to each probability and to the all-clear."""

from __future__ import annotations

import streamlit as st

from data.workbook.review import Review
from forecasting.errors import AreaWithoutFigures
from forecasting.outlook.outlook import Outlook
from ui.frame import choices
from ui.frame.shell import View
from ui.language import t
from ui.outlook import effect
from ui.workbook import cache


def show(review: Review, view: View) -> None:
    """Show the probabilities now and after a commit, where the file touches the area."""
    language = view.language
    touched = [figure for figure in review.written if figure.area == view.area.id]
    if not touched:
        return
    stored = [figure.observation for figure in view.snapshot.figures(view.area.id)]
    span = choices.growth_span([*stored, *touched])
    if span is None:
        return
    years = choices.year_options(span, view.snapshot.targets(view.area.id))
    year = choices.default_year(span, years)
    key = "upload.effect_reference" if view.area.reference else "upload.effect"
    st.header(t(key, language, year=year), anchor=False)
    st.caption(t("upload.effect_note", language))
    with st.spinner(t("app.spinner", language)):
        now = effect.now(view, year)
        after = _after(view, year, review)
    if after is None:
        st.markdown(t("upload.effect_none", language))
    else:
        effect.show(now, after, view)


def _after(view: View, year: int, review: Review) -> Outlook | None:
    try:
        return cache.outlook_with(view.snapshot, view.area.id, year, review.written)
    except AreaWithoutFigures:
        return None
