"""The interactive page behind a link: no menu, nothing to change, gone once the link is revoked.

Like everything it imports, this module fits nothing; only the comparison with today does, which
is imported when it is asked for.
"""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

import streamlit as st

from data import clock
from data.store.links import Locked, Opened, Share
from ui.frame import address
from ui.frame.errors import end_page, guard
from ui.frame.site import cookie_of
from ui.frame.store import store
from ui.issues import embedded
from ui.language import Speaker
from ui.language import format as fmt
from ui.links import newer, served_issue
from ui.links.network_address import place_of


def show() -> None:
    """Show the issue behind the link in the address, or ask for its passphrase.

    Who entered by the link itself brings a ticket, and is neither asked nor counted again.
    """
    say = address.speaker()
    share, uncounted = _opened(say)
    with guard(say):
        issue = store().issues.find(share.issue)
        since = newer.since(store(), issue, confidential=share.confidential)
        if told := newer.sentence(since, say):
            with st.container(border=True):
                st.markdown(told)
        embedded.show(issue, say, share)
    with st.container(horizontal=True):
        address.switch_language(say)
    if uncounted:  # last: nobody waits for the disk before there is anything to read
        store().shares.count(share.id)


def _opened(say: Speaker) -> tuple[Share, bool]:
    """Return the link, and whether it has to be counted; a revoked one ends the page."""
    now, known = clock.now(), address.opened_link()
    if known is not None:
        share = store().shares.still_open(known, now)
        if share is None:
            _end_closed(say)
        return share, False
    with guard(say):
        found, uncounted = _found(say, now)
    if isinstance(found, Locked):
        _ask(found, say)
    if found is None:
        _end_closed(say)
    return found.share, uncounted


def _found(say: Speaker, now: datetime) -> tuple[Opened | Locked | None, bool]:
    """Open the link by the ticket that this browser has, else as anybody does, to be counted."""
    token, shares = address.carried(address.TOKEN) or "", store().shares
    ticket = address.cookie(cookie_of(token))
    again = shares.resume(token, ticket, now) if ticket else None
    found = again or shares.open(token, None, now)
    if isinstance(found, Opened):
        _enter(found, say)
    return found, again is None


def _enter(found: Opened, say: Speaker) -> None:
    """Keep that this session has opened the link, if the issue can be shown."""
    served_issue.content(found.issue, say, dark=address.dark())
    address.keep_opened(found.share.id)


def _ask(locked: Locked, say: Speaker) -> NoReturn:
    """Ask for the passphrase; the right one draws the page anew."""
    st.title(say("share.locked"), anchor=False)
    st.markdown(say("share.locked_why"))
    told = st.empty()
    with st.form("unlock", border=False):
        passphrase = st.text_input(say("share.passphrase"), type="password", key="passphrase")
        tried = st.form_submit_button(say("share.enter"), type="primary")
    address.switch_language(say)
    if tried and passphrase.strip():
        locked = _try(passphrase, say)
        if locked.until is None:
            told.error(say("share.wrong", left=locked.remaining))
    if locked.until is not None:
        until = fmt.minute(locked.until).partition(" ")[2]
        told.error(say("share.too_many", until=until))
    end_page()


def _try(passphrase: str, say: Speaker) -> Locked:
    """Return what a wrong passphrase comes to."""
    with guard(say):
        token = address.carried(address.TOKEN) or ""
        found = store().shares.open(
            token,
            passphrase,
            clock.now(),
            visitor=place_of(address.network()),
            ticket=address.cookie(cookie_of(token)),
        )
        if isinstance(found, Opened):
            _enter(found, say)
            store().shares.count(found.share.id)
    if not isinstance(found, Locked):
        st.rerun()
    return found


def _end_closed(say: Speaker) -> NoReturn:
    st.title(say("share.closed"), anchor=False)
    st.markdown(say("share.closed_why"))
    address.switch_language(say)
    end_page()
