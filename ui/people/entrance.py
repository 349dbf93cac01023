"""Which page a person may see, and who they are, at the top of every page."""

from __future__ import annotations

import streamlit as st

from data.store.permissions import Permission
from ui.frame import address, identity, people
from ui.frame.navigation import script
from ui.frame.site import SHARED
from ui.language import Speaker


def is_open() -> bool:
    """Return whether who is there may see the app at all, of which the menu is a part."""
    return people.may(Permission.READ)


def admits(page: str, say: Speaker) -> bool:
    """Return whether who is there may see a page; if not, say why.

    The interactive page of a link asks for the link itself.
    """
    if page == SHARED:
        return True
    if not is_open():
        st.title(say("people.ended"), anchor=False)
        st.markdown(say("people.ended_why"))
        address.switch_language(say)
        return False
    if not people.may_open(page):
        what = say(f"page.{page}")
        st.title(what, anchor=False)
        st.markdown(people.needs(people.NEEDED_BY_PAGE[page], what, say))
        address.switch_language(say)
        return False
    return True


def show_account(say: Speaker) -> None:
    """Show who is there, with the way out and, for an administrator, to the people."""
    who = people.person() if identity.signs_in() else None
    if who is None:
        return
    with st.container(key="account"), st.popover(say.verbatim(who.name), type="tertiary"):
        role = say(f"role.{who.role}")
        st.caption(say("people.signed_in", account=say.verbatim(who.account), role=role))
        if who.may(Permission.ADMINISTER):
            label = say("page.people")
            st.page_link(script("people"), label=label, query_params=address.whole_view())
        if identity.with_provider() and st.button(say("people.sign_out"), key="sign_out"):
            st.logout()
