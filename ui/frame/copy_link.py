"""The button that copies the address of the page, or another."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.language import Speaker

_CSS = """
button { font: 600 1rem var(--st-font); color: var(--st-primary-color); background: transparent;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: .25rem .75rem; min-height: 2.5rem; cursor: pointer; white-space: nowrap }
button:hover, button:focus-visible { border-color: var(--st-primary-color) }
output { font-size: .8125rem; color: var(--st-text-color); overflow-wrap: anywhere; display: block }
textarea { position: fixed; opacity: 0 }
"""
_component = st.components.v2.component(
    "copy_link", css=_CSS, js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def show(say: Speaker, address: str = "", *, key: str = "copy_link") -> None:
    """Show the button; without an ``address`` it copies that of the page."""
    words = {
        "label": say("scenario_action.copy_link"),
        "copied": say("scenario_notice.link_copied"),
        "address": address,
    }
    _component(data=words, key=key, width="content")
