"""The targets of an area as they stand, for who does not edit them."""

from __future__ import annotations

import streamlit as st

from forecasting.figures.indicator import Target
from ui.frame import look
from ui.frame.columns import Column, table
from ui.language import words
from ui.targets import sentences
from ui.targets.state import TargetEditor


def show_stored(editor: TargetEditor) -> None:
    """Show every target of the area, the newest year first."""
    say, catalogue = editor.say, editor.view.catalogue
    reference = words.suffix(editor.view.area.reference)
    st.header(say(f"editor.targets{reference}"), anchor=False)
    if not editor.targets:
        st.markdown(say(f"editor.no_targets{reference}"))
        return
    columns: list[Column[Target]] = [
        Column(say("editor.year"), "l", lambda to: sentences.year_name(to.year, say)),
        Column(
            say("control.indicator"),
            "l strong",
            lambda to: words.title(catalogue[to.indicator], say.plain),
        ),
        Column(say(f"editor.targets{reference}"), "l", lambda to: words.clause(to, say.plain)),
        Column(say("editor.document"), "l wrap wide", lambda to: to.document),
    ]
    look.show(table(columns, sorted(editor.targets, key=lambda to: -to.year)))
