"""The parts of the page of assumptions, of which one is open at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from ui.language import t
from ui.scenario.assumptions import bottom_up, levels, levers, log, own_levers, pins, risks
from ui.scenario.state import Draft

_PARTS: Mapping[str, Callable[[Draft], None]] = {
    "levers": levers.show,
    "levels": levels.show,
    "pins": pins.show,
    "own": own_levers.show,
    "below": bottom_up.show,
    "risks": risks.show,
    "log": log.show,
}


def show(draft: Draft) -> None:
    """Show the choice of parts and the one that is chosen."""
    language = draft.language
    st.title(_headline(draft), anchor=False)
    chosen = st.segmented_control(
        t("assumed.title", language),
        list(_PARTS),
        default="levers",
        required=True,
        format_func=lambda part: t(f"assumed.part.{part}", language),
        key="assumed_part",
        label_visibility="collapsed",
    )
    _PARTS[chosen or "levers"](draft)


def _headline(draft: Draft) -> str:
    """Say how many levers can be turned, and how many wait for a number of the zone's own."""
    picture = draft.response
    ready = sum(not dial.missing for dial in picture.dials)
    waiting = len(picture.dials) - ready
    key = "assumed.headline" if waiting else "assumed.headline_all"
    return t(key, draft.language, ready=ready, waiting=waiting)
