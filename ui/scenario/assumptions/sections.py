"""The parts of the page of assumptions, of which one is open at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from ui.language import t
from ui.scenario import cache
from ui.scenario.assumptions import bottom_up, levels, levers, log, own_levers, pins, risks
from ui.scenario.desk import Desk

_PARTS: Mapping[str, Callable[[Desk], None]] = {
    "levers": levers.show,
    "levels": levels.show,
    "pins": pins.show,
    "own": own_levers.show,
    "below": bottom_up.show,
    "risks": risks.show,
    "log": log.show,
}


def show(desk: Desk) -> None:
    """Show the choice of parts and the one that is chosen."""
    language = desk.language
    st.title(_headline(desk), anchor=False)
    chosen = st.segmented_control(
        t("assumed.title", language),
        list(_PARTS),
        default="levers",
        required=True,
        format_func=lambda part: t(f"assumed.part.{part}", language),
        key="assumed_part",
        label_visibility="collapsed",
    )
    _PARTS[chosen or "levers"](desk)


def _headline(desk: Desk) -> str:
    """Say how many levers can be turned, and how many wait for a number of the zone's own."""
    picture = cache.picture(desk.asking, desk.answer)
    ready = sum(not dial.missing for dial in picture.dials)
    waiting = len(picture.dials) - ready
    key = "assumed.headline" if waiting else "assumed.headline_all"
    return t(key, desk.language, ready=ready, waiting=waiting)
