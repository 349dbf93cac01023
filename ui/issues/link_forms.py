"""Making a link to an issue, and the links there are: who it is for, how often opened, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import streamlit as st

from data.store.errors import ShareWithoutEnd
from data.store.issued import IssueRecord, Share, Token
from data.store.links import LONGEST_LABEL, MOST_DAYS
from data.store.passphrase import proposed
from data.texts import as_kept
from forecasting.errors import OutlookError
from ui.frame import address, cache, copy_link, session
from ui.frame.errors import show_error
from ui.frame.site import Site
from ui.language import Language, clock, t
from ui.language import format as fmt
from ui.language.markdown import literal

USUAL_DAYS = 30
"""Until a link expires, unless another day is chosen, or none where all is published."""


def show(issued: IssueRecord, language: Language, *, expanded: bool = False) -> None:
    """Show the links to an issue, and the form that makes another, perhaps open already."""
    now = clock.now()
    shares = cache.store().shares.listed(issued.number)
    for share in shares:
        _show_share(share, now, language)
    with st.expander(t("link.new", language), expanded=expanded and not shares):
        _show_form(issued, len(shares), now, language)


def _show_form(issued: IssueRecord, made: int, now: datetime, language: Language) -> None:
    """Show the form, which is empty again after a link is made."""
    needed = issued.unpublished
    today = clock.day_of(now)
    key = f"{issued.number}_{made}"
    with st.form(f"share_{key}", border=False):
        st.caption(t("link.needs" if needed else "link.free", language))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = st.text_input(
                t("link.label", language),
                max_chars=LONGEST_LABEL,
                key=f"share_label_{key}",
                placeholder=t("link.label_hint", language),
            )
            expiry = st.date_input(
                t("link.expiry", language),
                today + timedelta(days=USUAL_DAYS),
                min_value=today,
                max_value=today + timedelta(days=MOST_DAYS) if needed else None,
                key=f"share_expiry_{key}",
            )
            passphrase = st.text_input(t("share.passphrase", language), key=f"share_pass_{key}")
            author = st.text_input(
                t("link.author", language), max_chars=60, key=f"share_author_{key}"
            )
        # A day that is typed wrong is none to Streamlit: that must not make a link without end.
        endless = not needed and st.checkbox(
            t("link.endless", language), key=f"share_endless_{key}"
        )
        with st.container(horizontal=True):  # the first is what the Enter key presses
            wanted = st.form_submit_button(t("link.make", language), type="primary")
            st.form_submit_button(
                t("link.propose", language), on_click=_propose, args=(f"share_pass_{key}",)
            )
        st.caption(t("link.note_down", language))
    if wanted:
        until = clock.end_of_day(expiry) if isinstance(expiry, date) and not endless else None
        if until is None and not (endless or needed):
            show_error(ShareWithoutEnd(), language)
            return
        make = partial(
            cache.store().shares.create,
            issued.number,
            label=as_kept(label),
            now=now,
            expires_at=until,
            passphrase=passphrase,
            author=as_kept(author),
        )
        _make(make, language)


def _propose(key: str) -> None:
    """Fill in a passphrase that is hard to guess and easy to tell."""
    session.fill(key, proposed())


def _make(make: Callable[[], tuple[Share, Token]], language: Language) -> None:
    try:
        share, token = make()
    except OutlookError as error:
        show_error(error, language)
        return
    session.keep_link(share.id, token)
    st.rerun()


def _show_share(share: Share, now: datetime, language: Language) -> None:
    with st.container(key=f"share_row_{share.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_told(share, now, language), width="stretch")
            if share.opens(now):
                with st.popover(t("link.revoke", language)):
                    st.markdown(t("link.revoke_sure", language, label=literal(share.label)))
                    key = f"share_revoke_{share.id}"
                    if st.button(t("link.revoke", language), key=key):
                        _end(lambda: cache.store().shares.revoke(share.id, now), share, language)
            with st.popover(t("link.delete", language)):
                st.markdown(t("link.delete_sure", language, label=literal(share.label)))
                if st.button(t("link.delete", language), key=f"share_delete_{share.id}"):
                    _end(lambda: cache.store().shares.delete(share.id, now), share, language)
        token = session.link_of(share.id)
        if token is not None:
            _show_link(share, token, language)


def _show_link(share: Share, token: str, language: Language) -> None:
    """Show the address of a link that was just made: the one time that it can be shown."""
    path = Site.at(st.get_option("server.baseUrlPath")).link(token)
    st.code(f"{address.served_at()}{path}", language=None, wrap_lines=True)
    st.caption(t("link.once_protected" if share.protected else "link.once", language))
    with st.container(horizontal=True):
        copy_link.show(language, path, key=f"share_copy_{share.id}")
        if st.button(t("link.copied", language), key=f"share_seen_{share.id}"):
            session.keep_link(share.id, None)
            st.rerun()


def _told(share: Share, now: datetime, language: Language) -> str:
    at, author = fmt.minute(share.created_at), literal(share.author)
    parts = [
        t("link.created_by", language, at=at, author=author)
        if author
        else t("link.created", language, at=at),
        t("link.opened", language, count=share.opened),
        t("link.locked" if share.protected else "link.unlocked", language),
    ]
    if share.revoked_at is not None:
        parts.append(t("link.revoked", language, at=fmt.minute(share.revoked_at)))
    elif share.expires_at is None:
        parts.append(t("link.endless", language))
    else:
        key = "link.expired" if share.expired(now) else "link.expires"
        parts.append(t(key, language, at=fmt.minute(share.expires_at)))
    return f"**{literal(share.label)}** " + t("issues.between", language).join(parts)


def _end(write: Callable[[], object], share: Share, language: Language) -> None:
    try:
        write()
    except OutlookError as error:
        show_error(error, language)
        return
    session.keep_link(share.id, None)
    st.rerun()
