"""Indicators with figures and without a verdict: their history stands where a verdict would."""

from __future__ import annotations

from collections.abc import Container

import streamlit as st

from data import clock
from data.store.permissions import Permission
from forecasting.figures.indicator import Basis, Observation
from forecasting.history.history import History, history_of
from ui.charts.figures import quarter_figures
from ui.charts.growth import history_spec, ytd_data
from ui.first_steps import checklist
from ui.frame import address, look, page_files, people
from ui.frame.controls import INDICATOR_PAGE, TARGETS_PAGE, View
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences

COLUMNS = 2


def histories_of(view: View, without: Container[str] = ()) -> dict[str, History]:
    """Return the history of each indicator whose figures form growth, in catalogue order.

    Of several bases it is the one whose figures reach furthest.
    """
    figures: dict[str, dict[Basis, list[Observation]]] = {}
    for stored in view.snapshot.figures(view.area.id):
        one = stored.value
        if one.indicator not in without:
            figures.setdefault(one.indicator, {}).setdefault(one.basis, []).append(one)
    found: dict[str, History] = {}
    for indicator in view.catalogue.indicators.values():
        chained = [
            history
            for some in figures.get(indicator.id, {}).values()
            if (history := history_of(indicator, some)) is not None
        ]
        if chained:
            found[indicator.id] = max(chained, key=lambda history: history.origin)
    return found


def latest_growth(history: History, say: Speaker, *, named: str = "") -> str:
    """Say what the newest growth since January is: 2026年上半年增长7.4%; perhaps of what."""
    return say(
        "untargeted.latest_of" if named else "untargeted.latest",
        name=named,
        period=fmt.since_january(history.latest.quarter or history.latest, say),
        growth=fmt.growth(history.latest_ytd, say),
    )


def show_way_to_targets(view: View) -> None:
    """Lead who sets them to targets, unless the first steps of the area do so on the same page."""
    if checklist.is_shown(view) or not people.may(Permission.COMMIT):
        return
    key = f"untargeted.to_targets{words.suffix(view.area.reference)}"
    with st.container(key="next_step_targets", width="content"):
        st.page_link(TARGETS_PAGE, label=view.say(key), query_params=address.whole_view())


def show_histories(histories: dict[str, History], view: View) -> None:
    """Show growth since January of each indicator, with its newest figure in words."""
    entries = list(histories.values())
    for start in range(0, len(entries), COLUMNS):
        with st.container(key=f"histories_{entries[start].indicator.id}"):
            cells = st.columns(COLUMNS, gap="medium")
        for cell, history in zip(cells, entries[start : start + COLUMNS], strict=False):
            with cell:
                _show_history(history, view)
        st.space("small")


def _show_history(history: History, view: View) -> None:
    say, indicator = view.say, history.indicator
    st.page_link(
        INDICATOR_PAGE,
        label=f"**{words.title(indicator, say)}**",
        query_params=address.link_to(indicator.id),
    )
    look.show(look.note(latest_growth(history, say.plain)))
    frame = ytd_data(
        history,
        None,
        say,
        until=clock.last_quarter(),
        synthetic=view.area.synthetic,
        reference=view.area.reference,
    )
    theme = "dark" if address.dark() else "light"
    known = zip(history.quarters, map(float, history.ytd), strict=True)
    page_files.chart(
        frame,
        history_spec(dark=address.dark()),
        quarter_figures(known, words.title(indicator, say.plain), say, single=False),
        key=f"untargeted_{indicator.id}_{theme}",
        alt=sentences.history_alt(history, say.plain, single=False),
    )
