"""Who a change is from: asked where nobody signs in, and known where they do."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.frame import identity, people


def ask_author(label: str, value: str = "", **field: Any) -> str:
    """Ask who does something; who signed in is not asked."""
    if not identity.signs_in():
        typed: str = st.text_input(label, value, **field)
        return typed
    who = people.person()
    return who.name if who else ""
