"""Pins: indicators held to a growth rate, how plausible that is, and what the others then do."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from forecasting.errors import OutlookError
from forecasting.figures.period import Quarter
from forecasting.scenario.model import Pin
from forecasting.scenario.pins import JointPlausibility, pinned, plausibility
from ui.frame import look
from ui.frame.errors import show_error
from ui.language import format as fmt
from ui.language import words
from ui.scenario import terms
from ui.scenario.assumptions.sentences import plausibility_lines, thresholds_note
from ui.scenario.sentences import pin_text
from ui.scenario.state import Draft

_YEAR = "year"


def show(draft: Draft) -> None:
    """Show the pins, how plausible they are, and a row to add one."""
    say, pins = draft.say, draft.scenario.pins
    st.header(say("scenario_label.pins"), anchor=False)
    st.caption(say("assumed.pins_note"))
    if not pins:
        st.markdown(say("scenario_notice.no_pins"))
    for place, pin in enumerate(pins):
        with st.container(horizontal=True, vertical_alignment="center"):
            text = pin_text(pin, draft.year, draft.catalogue, say)
            st.markdown(text, width="content")
            if st.button(
                say("scenario_action.remove"), key=draft.key("unpin", str(place)), type="tertiary"
            ):
                rest = (*pins[:place], *pins[place + 1 :])
                draft.change(replace(draft.scenario, pins=rest))
    _show_plausibility(draft)
    _show_adding(draft)


def _show_plausibility(draft: Draft) -> None:
    """Say how plausible the pins are; where they cannot hold, why."""
    say = draft.say
    if not draft.scenario.pins:
        return
    if draft.evaluation.fault is not None and not draft.evaluation.usable.pins:
        show_error(draft.evaluation.fault, say)
        return

    def make() -> JointPlausibility | None:
        return plausibility(draft.baseline, draft.scenario.pins)

    found = draft.computed(draft.scenario, "plausibility", make)
    catalogue = draft.catalogue
    for line in plausibility_lines(found, draft.scenario.pins, draft.year, catalogue, say):
        st.markdown(line)
    look.show(look.note(thresholds_note(say)))
    look.show(look.note(say("plausible.association")))


def _show_adding(draft: Draft) -> None:
    say = draft.say
    lines = {
        line.target.indicator: line.history
        for line in draft.baseline.standing
        if line.history.origin < Quarter(draft.year, 4)
    }
    if not lines:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        indicator = st.selectbox(
            say("scenario_label.pin_indicator"),
            list(lines),
            format_func=lambda one: words.title(lines[one].indicator, say.plain),
            key=draft.key("pin_indicator"),
            width=260,
        )
        quarter, cumulative = _choose_period(indicator, lines[indicator].origin, draft)
        growth = st.number_input(
            say("scenario_label.pin_growth"), value=None, step=0.5, format="%g",
            key=draft.key("pin_growth"), width=140,
        )  # fmt: skip
        asked = st.button(say("scenario_action.add"), key=draft.key("pin"), type="primary")
    if asked and growth is not None:
        _add(Pin(indicator, growth, quarter, cumulative), draft)
    elif asked:
        st.markdown(say("assumed.pin_growth_needed"))


def _choose_period(indicator: str, origin: Quarter, draft: Draft) -> tuple[Quarter | None, bool]:
    """Show what can be held; return its quarter, and whether it counts since January."""
    periods = _periods(origin, draft)
    period = st.selectbox(
        draft.say("scenario_label.pin_quarter"),
        list(periods),
        format_func=lambda name: periods[name][0],
        key=draft.key("pin_period", indicator),
        width=170,
    )
    return periods[period][1:]


def _periods(origin: Quarter, draft: Draft) -> dict[str, tuple[str, Quarter | None, bool]]:
    """Return what can be held: the year, and the quarters ahead alone or since January."""
    say, year = draft.say, draft.year
    ahead = [Quarter(year, number) for number in (1, 2, 3, 4) if Quarter(year, number) > origin]
    found: dict[str, tuple[str, Quarter | None, bool]] = {
        _YEAR: (say("period.span.4"), None, False)
    }
    for quarter in ahead:
        found[str(quarter)] = (terms.quarter_name(quarter, year, say), quarter, False)
    for quarter in ahead[:-1]:
        if quarter.quarter > 1:
            span = fmt.span(quarter.quarter, say)
            found[f"{quarter} since January"] = (span, quarter, True)
    return found


def _add(pin: Pin, draft: Draft) -> None:
    """Add a pin, or say why it cannot hold with the others and leave all as it is."""
    pins = (*draft.scenario.pins, pin)
    try:
        pinned(draft.baseline, pins)
    except OutlookError as error:
        show_error(error, draft.say)
        return
    draft.change(replace(draft.scenario, pins=pins))
