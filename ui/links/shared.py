"""The page behind a link: no menu, nothing to change, and gone once the link is revoked.

Like everything it imports, this module fits nothing; only the comparison with today does, which
is imported when it is asked for.
"""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

import streamlit as st

from data.store.links import Locked, Opened, Share
from ui.frame import address
from ui.frame.errors import end_page, guard
from ui.frame.site import cookie_of
from ui.frame.store import store
from ui.issues import embedded
from ui.language import Language, clock, t
from ui.language import format as fmt
from ui.links import rendered


def show() -> None:
    """Show the issue behind the link in the address, or ask for its passphrase.

    Who entered by the link itself brings a ticket, and is neither asked nor counted again.
    """
    language = address.language()
    share = _opened(language)
    with guard(language):
        issue = store().issues.find(share.issue)
        embedded.show(issue, language, share)
    with st.container(horizontal=True):
        address.switch_language(language)


def _opened(language: Language) -> Share:
    """Return the link; a revoked one ends the page at its next run."""
    now, known = clock.now(), address.opened_link()
    if known is not None:
        share = store().shares.still_open(known, now)
        if share is None:
            _end_closed(language)
        return share
    with guard(language):
        found = _found(language, now)
    if isinstance(found, Locked):
        _ask(found, language)
    if found is None:
        _end_closed(language)
    return found.share


def _found(language: Language, now: datetime) -> Opened | Locked | None:
    """Open the link by the ticket that this browser has, else as anybody does."""
    token, shares = address.carried(address.TOKEN) or "", store().shares
    ticket = address.cookie(cookie_of(token))
    again = shares.resume(token, ticket, now) if ticket else None
    found = again or shares.open(token, None, now)
    if isinstance(found, Opened):
        _enter(found, language, counted=again is None)
    return found


def _enter(found: Opened, language: Language, *, counted: bool) -> None:
    """Keep that this session has opened the link, and count it, if the issue can be shown."""
    rendered.content(found.issue, language, dark=address.dark())
    address.keep_opened(found.share.id)
    if counted:
        store().shares.count(found.share.id)


def _ask(locked: Locked, language: Language) -> NoReturn:
    """Ask for the passphrase; the right one draws the page anew."""
    st.title(t("share.locked", language), anchor=False)
    st.markdown(t("share.locked_why", language))
    told = st.empty()
    with st.form("unlock", border=False):
        passphrase = st.text_input(
            t("share.passphrase", language), type="password", key="passphrase"
        )
        tried = st.form_submit_button(t("share.enter", language), type="primary")
    address.switch_language(language)
    if tried and passphrase.strip():
        locked = _try(passphrase, language)
        if locked.until is None:
            told.error(t("share.wrong", language, left=locked.remaining))
    if locked.until is not None:
        until = fmt.minute(locked.until).partition(" ")[2]
        told.error(t("share.too_many", language, until=until))
    end_page()


def _try(passphrase: str, language: Language) -> Locked:
    """Return what a wrong passphrase comes to."""
    with guard(language):
        found = store().shares.open(address.carried(address.TOKEN) or "", passphrase, clock.now())
        if isinstance(found, Opened):
            _enter(found, language, counted=True)
    if not isinstance(found, Locked):
        st.rerun()
    return found


def _end_closed(language: Language) -> NoReturn:
    st.title(t("share.closed", language), anchor=False)
    st.markdown(t("share.closed_why", language))
    address.switch_language(language)
    end_page()
