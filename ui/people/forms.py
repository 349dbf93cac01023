"""What an administrator gives and takes: roles."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data import clock
from data.store.people import Person
from data.store.permissions import Role
from data.texts import as_kept
from ui.frame import cache, cut_off, identity
from ui.language import Speaker
from ui.people import tables


def show_people(say: Speaker) -> None:
    """Show who has a role, and the forms that give one and take it away."""
    listed = cache.store().people.listed()
    st.title(say("people.title", count=len(listed)), anchor=False)
    st.markdown(say("people.lead" if identity.signs_in() else "people.no_sign_in"))
    tables.show_roles(listed, say)
    with st.form("person", border=False):
        st.header(say("people.give"), anchor=False)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            account = st.text_input(
                say("people.account"), placeholder=say("people.account_hint"), max_chars=200,
                width=340,
            )  # fmt: skip
            name = st.text_input(say("people.name"), max_chars=60, width=200)
            role = st.selectbox(
                say("people.role"), [str(role) for role in Role], width=200,
                format_func=lambda role: say(f"role.{role}"),
            )  # fmt: skip
        if st.form_submit_button(say("people.give"), type="primary"):
            _give(as_kept(account), as_kept(name), Role(role), say)
    if listed:
        _show_removal(listed, say)


def _give(account: str, name: str, role: Role, say: Speaker) -> None:
    now = clock.now()

    def find() -> Person | None:
        found = cache.store().people.find(account)
        return found if found and found.changed_at == now else None

    _write(lambda: cache.store().people.put(account, name, role, now), find, "people.given", say)


def _show_removal(listed: tuple[Person, ...], say: Speaker) -> None:
    with st.popover(say("people.remove")):
        st.markdown(say("people.remove_note"))
        who = st.selectbox(
            say("people.who"), listed, format_func=lambda who: _label(who), key="removed_person"
        )
        if st.button(say("people.remove"), key="remove_person"):
            _write(
                lambda: cache.store().people.remove(who.account, clock.now()),
                lambda: None if cache.store().people.find(who.account) else who,
                "people.gone",
                say,
            )


def _label(who: Person) -> str:
    return who.account if who.name == who.account else f"{who.name} · {who.account}"


def _write(
    do: Callable[[], Person], find: Callable[[], Person | None], notice: str, say: Speaker
) -> None:
    def go_on(written: Person) -> None:
        role = say(f"role.{written.role}")
        st.toast(say(notice, name=say.verbatim(written.name), role=role))
        st.rerun()

    cut_off.write(do, find, go_on, say)
