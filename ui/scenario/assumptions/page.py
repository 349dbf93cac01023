"""Assumptions: every number that a scenario's arithmetic rests on, pins, risks and the log."""

import streamlit as st

from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.assumptions import (
    bottom_up,
    levels,
    levers,
    log,
    own_levers,
    pins,
    rates,
    risks,
)

SECTIONS = {
    "levers": levers.show,
    "rates": rates.show,
    "levels": levels.show,
    "pins": pins.show,
    "own": own_levers.show,
    "below": bottom_up.show,
    "risks": risks.show,
    "log": log.show,
}

draft = opening.opened()
say, dials = draft.say, draft.response.dials
ready = sum(not dial.missing for dial in dials)
waiting = len(dials) - ready
headline = "assumed.headline" if waiting else "assumed.headline_all"
st.title(say(headline, ready=ready, waiting=waiting), anchor=False)
chosen = st.segmented_control(
    say("assumed.title"),
    list(SECTIONS),
    default="levers",
    required=True,
    format_func=lambda section: say(f"assumed.part.{section}"),
    key="assumed_part",
    label_visibility="collapsed",
)
SECTIONS[chosen or "levers"](draft)
notes.show_stamps(draft.view)
