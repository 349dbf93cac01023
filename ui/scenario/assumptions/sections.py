"""The parts of the page of assumptions, of which one is open at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from ui import scenario_cache
from ui.messages import t
from ui.parts import (
    assumed_below,
    assumed_levels,
    assumed_levers,
    assumed_log,
    assumed_own,
    assumed_pins,
    assumed_risks,
)
from ui.scenario_desk import Desk

_PARTS: Mapping[str, Callable[[Desk], None]] = {
    "levers": assumed_levers.show,
    "levels": assumed_levels.show,
    "pins": assumed_pins.show,
    "own": assumed_own.show,
    "below": assumed_below.show,
    "risks": assumed_risks.show,
    "log": assumed_log.show,
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
    picture = scenario_cache.picture(desk.asking, desk.answer)
    ready = sum(not dial.missing for dial in picture.dials)
    waiting = len(picture.dials) - ready
    key = "assumed.headline" if waiting else "assumed.headline_all"
    return t(key, desk.language, ready=ready, waiting=waiting)
