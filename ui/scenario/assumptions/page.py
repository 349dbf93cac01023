"""Assumptions: every number that a scenario's arithmetic rests on, pins, risks and the log."""

import streamlit as st

from ui.language import t
from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.assumptions import bottom_up, levels, levers, log, own_levers, pins, risks

SECTIONS = {
    "levers": levers.show,
    "levels": levels.show,
    "pins": pins.show,
    "own": own_levers.show,
    "below": bottom_up.show,
    "risks": risks.show,
    "log": log.show,
}

draft = opening.opened()
language, dials = draft.language, draft.response.dials
ready = sum(not dial.missing for dial in dials)
waiting = len(dials) - ready
headline = "assumed.headline" if waiting else "assumed.headline_all"
st.title(t(headline, language, ready=ready, waiting=waiting), anchor=False)
chosen = st.segmented_control(
    t("assumed.title", language),
    list(SECTIONS),
    default="levers",
    required=True,
    format_func=lambda section: t(f"assumed.part.{section}", language),
    key="assumed_part",
    label_visibility="collapsed",
)
SECTIONS[chosen or "levers"](draft)
notes.show_stamps(draft.view)
