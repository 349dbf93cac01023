"""The method in plain words, for a planner and a curious leader."""

from __future__ import annotations

import streamlit as st

from forecasting.history.fewest_figures import FEWEST_FOR_MODELS
from forecasting.outlook.paths import PATHS_PER_SET, SETS
from ui.language import Language, t, words
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
MEMBERS = ("sarima", "ets", "theta", "persistence")
WIDTH = 760
"""Pixels of a line that is read with ease."""


def show(language: Language) -> None:
    """Show every section, one below the other."""
    numbers = {"fewest": FEWEST_FOR_MODELS, "paths": SETS * PATHS_PER_SET}
    with st.container(key="prose", width=WIDTH):
        st.title(t("method.title", language).replace("|", BREAK), anchor=False)
        st.markdown(t("method.lead", language))
        for section in SECTIONS:
            st.header(t(f"method.head.{section}", language), anchor=False)
            st.markdown(t(f"method.{section}", language, **numbers))
            if section == "members":
                st.markdown("\n".join(_member(method, language) for method in MEMBERS))
            if section == "pool":
                st.markdown(t("method.weights", language))
        st.divider()
        st.caption(t("method.more", language))


def _member(method: str, language: Language) -> str:
    name, told = words.member(method, language), t(f"method.member.{method}", language)
    return t("method.member_line", language, name=name, told=told)
