"""What an administrator tries and chooses: a test of the channels, and the line of an area."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data import clock
from data.alerts.channels import Channel
from data.alerts.check import try_channels
from data.store.alerts import AlertLine
from ui.alerts import sentences, tables
from ui.frame import cache, cut_off, session
from ui.frame.author import ask_author
from ui.frame.controls import View
from ui.frame.errors import guard

USUAL_LINE = 60.0
"""Percent: the line that is offered where none was chosen."""


def show_test(channels: Sequence[Channel], view: View) -> None:
    """Offer to send a test to each channel, and say which of them took it."""
    say = view.say
    if not channels or not st.button(say("alerts.test"), key="alerts_test"):
        return
    with guard(say), st.spinner(say("alerts.testing")):
        ended = try_channels(cache.store(), channels)
    for one in ended:
        channel, outcome = say.verbatim(one.channel), sentences.outcome(one, say)
        st.markdown(say("alerts.tried", channel=channel, outcome=outcome))


def show_line(view: View) -> None:
    """Ask for the line of the area that is looked at, and show those that were chosen."""
    say, area = view.say, view.area
    lines = cache.store().alerts.lines()
    chosen = lines.get(area.id)
    line = chosen.line if chosen else None
    st.header(say("alerts.lines"), anchor=False)
    st.caption(say("alerts.line_note"))
    shown = [one for one in lines.values() if one.line is not None]
    if shown:
        tables.show_lines(shown, view)
    key = f"{area.id}_{chosen.version if chosen else 0}"
    with (
        st.form(f"alerts_line_{key}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        percent = st.number_input(
            say("alerts.line_of", area=say.name(area.name)),
            value=USUAL_LINE if line is None else round(100 * line, 6), step=1.0, format="%g",
            key=f"alerts_percent_{key}", width=260,
        )  # fmt: skip
        author = ask_author(say("upload.author"), session.author(), width=180)
        if st.form_submit_button(say("alerts.choose"), type="primary"):
            _choose(percent / 100, author, view)
        if line is not None and st.form_submit_button(say("alerts.choose_none")):
            _choose(None, author, view)


def _choose(line: float | None, author: str, view: View) -> None:
    say, area = view.say, view.area
    if not author.strip():
        st.markdown(say("upload.who"))
        return
    session.keep_author(author)
    now = clock.now()

    def find() -> AlertLine | None:
        found = cache.store().alerts.lines().get(area.id)
        return found if found and found.line == line else None

    def end(_: AlertLine) -> None:
        st.toast(say("alerts.chosen", area=say.name(area.name)))
        st.rerun()

    cut_off.write(
        lambda: cache.store().alerts.choose_line(area.id, line, now, author), find, end, say
    )
