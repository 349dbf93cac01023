"""The method in plain words, for a planner and a curious leader."""

from __future__ import annotations

import streamlit as st

from forecasting.history.log_levels import FEWEST_FOR_MODELS
from forecasting.outlook.paths import PATHS_PER_SET, SETS
from ui.language import Speaker
from ui.outlook.sentences import BREAK

SECTIONS = (
    "question",
    "quarters",
    "members",
    "pool",
    "outliers",
    "uncertainty",
    "together",
    "scenarios",
    "checked",
    "limits",
)
MEMBERS = ("sarima", "ets", "theta", "persistence", "learned")
WIDTH = 760
"""Pixels of a line that is read with ease."""


def show(say: Speaker) -> None:
    """Show every section, one below the other."""
    numbers = {"fewest": FEWEST_FOR_MODELS, "paths": SETS * PATHS_PER_SET}
    with st.container(key="prose", width=WIDTH):
        st.title(say("method.title").replace("|", BREAK), anchor=False)
        st.markdown(say("method.lead"))
        for section in SECTIONS:
            st.header(say(f"method.head.{section}"), anchor=False)
            st.markdown(say(f"method.{section}", **numbers))
            if section == "members":
                st.markdown("\n".join(_member(method, say) for method in MEMBERS))
            if section == "pool":
                st.markdown(say("method.weights"))
        st.divider()
        st.caption(say("method.more"))


def _member(method: str, say: Speaker) -> str:
    name, told = say(f"member.{method}"), say(f"method.member.{method}")
    return say("method.member_line", name=name, told=told)
