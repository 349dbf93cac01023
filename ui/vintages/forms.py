"""The way back: who withdraws a vintage, and why."""

from __future__ import annotations

import streamlit as st

from data.store.permissions import Permission
from data.store.vintages import Vintage
from data.texts import as_kept
from ui.frame import address, cache, cut_off, people
from ui.frame.author import ask_author
from ui.frame.controls import View


def show_withdrawal(record: Vintage, view: View) -> None:
    """Show the form that withdraws a vintage; of one that is withdrawn, that it is."""
    say, number = view.say, record.number
    if number in cache.store().withdrawn(view.snapshot.vintage):
        st.caption(say("vintages.is_withdrawn"))
        return
    title = say("vintages.withdraw", number=number)
    if not people.allows(Permission.COMMIT, title, say):
        return
    # A form, so that a press that ends the typing is not lost to the run for what was typed.
    with st.expander(title), st.form("withdrawal", border=False, enter_to_submit=False):
        st.markdown(say("vintages.withdraw_note"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            who = ask_author(say("upload.author"), key="withdraw_author", width=180)
            why = st.text_input(say("upload.note"), key="withdraw_note", width=420)
        pressed = st.form_submit_button(
            say("vintages.withdraw_go", number=number), key="withdraw", type="primary"
        )
        if pressed and not who.strip():
            st.markdown(say("upload.who"))
        elif pressed:
            store = cache.store()
            cut_off.withdraw(store, number, as_kept(who), as_kept(why), _show_anew, say)


def _show_anew(_: int) -> None:
    address.forget_comparison()
    st.rerun()
