"""Who a change is from: asked where nobody signs in, known where they do, and named."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.store.people import COMMAND_LINE
from data.store.seed import SEED_AUTHOR
from ui.frame import identity, people
from ui.language import Speaker

_WORDS = {SEED_AUTHOR: "kind.system", COMMAND_LINE: "kind.command_line"}


def ask_author(label: str, value: str = "", **field: Any) -> str:
    """Ask who does something; who signed in is not asked."""
    if not identity.signs_in():
        typed: str = st.text_input(label, value, **field)
        return typed
    who = people.person()
    return who.name if who else ""


def author_of(author: str, say: Speaker) -> str:
    """Name an author, who may be the program itself or a command without a name."""
    return say(_WORDS[author]) if author in _WORDS else say.verbatim(author)
