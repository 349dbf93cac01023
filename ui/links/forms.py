"""The links to an issue: each with the ways to end it, and the form that makes another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import streamlit as st

from data import clock
from data.store.errors import ShareWithoutEnd
from data.store.issues import IssueRecord
from data.store.links import LONGEST_LABEL, USUAL_DAYS, Share
from data.store.passphrases import propose_passphrase
from data.store.permissions import Permission
from data.store.tokens import Token
from data.texts import LONGEST_AUTHOR, as_kept
from ui.frame import address, cache, copy_link, cut_off, people, session
from ui.frame.author import ask_author, author_of
from ui.frame.errors import show_error
from ui.frame.site import Site
from ui.language import Speaker
from ui.language import format as fmt


def show_links(issued: IssueRecord, say: Speaker, *, expanded: bool = False) -> None:
    """Show the links to an issue, and the form that makes another, perhaps open already."""
    now = clock.now()
    shares = cache.store().shares.listed(issued.number)
    for share in shares:
        show_link(share, now, say)
    if not people.allows(Permission.ISSUE, say("link.new"), say):
        return
    with st.expander(say("link.new"), expanded=expanded and not shares):
        _show_form(issued, len(shares), now, say)


def _show_form(issued: IssueRecord, made: int, now: datetime, say: Speaker) -> None:
    """Show the form, which is empty again after a link is made."""
    needed = issued.unpublished
    today = clock.day_of(now)
    key = f"{issued.number}_{made}"
    with st.form(f"share_{key}", border=False):
        st.caption(say("link.needs" if needed else "link.free"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = st.text_input(
                say("link.label"),
                max_chars=LONGEST_LABEL,
                key=f"share_label_{key}",
                placeholder=say("link.label_hint"),
            )
            # Without bounds: of a day beyond one Streamlit speaks English and keeps the day before,
            # with which a link would then be made. The store refuses it.
            expiry = st.date_input(
                say("link.expiry"),
                today + timedelta(days=USUAL_DAYS),
                key=f"share_expiry_{key}",
                width=170,  # with the button that clears it; beside other fields it would have less
            )
            passphrase = st.text_input(say("share.passphrase"), key=f"share_pass_{key}")
            author = ask_author(
                say("link.author"), max_chars=LONGEST_AUTHOR, key=f"share_author_{key}"
            )
        # A day that is typed wrong is none to Streamlit: that must not make a link without end.
        endless = not needed and st.checkbox(say("link.endless"), key=f"share_endless_{key}")
        with st.container(horizontal=True):  # the first is what the Enter key presses
            wanted = st.form_submit_button(say("link.make"), type="primary")
            st.form_submit_button(
                say("link.propose"), on_click=_propose, args=(f"share_pass_{key}",)
            )
        st.caption(say("link.note_down"))
    if wanted:
        until = clock.end_of_day(expiry) if isinstance(expiry, date) and not endless else None
        if until is None and not (endless or needed):
            show_error(ShareWithoutEnd(), say)
            return
        shares = cache.store().shares
        make = partial(
            shares.create,
            issued.number,
            label=as_kept(label),
            now=now,
            expires_at=until,
            passphrase=passphrase,
            author=as_kept(author),
        )
        before = {share.id for share in shares.listed(issued.number)}

        def find() -> tuple[Share, None] | None:
            new = [one for one in shares.listed(issued.number) if one.id not in before]
            return next(((one, None) for one in new if one.created_at == now), None)

        def show(made: tuple[Share, Token | None]) -> None:
            share, token = made
            session.keep_link(share.id, token)
            if token is None:
                st.toast(say("link.without_address"))
            st.rerun()

        cut_off.write(make, find, show, say)


def _propose(key: str) -> None:
    """Fill in a passphrase that is hard to guess and easy to tell."""
    session.fill(key, propose_passphrase())


def show_link(share: Share, now: datetime, say: Speaker) -> None:
    """Show a link, and to who may the ways to end it."""
    with st.container(key=f"share_row_{share.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_passphrase_hint(share, now, say), width="stretch")
            if not people.may(Permission.ISSUE):
                return
            if share.opens(now):
                # With a key each: else the next one takes the open state of one that went.
                with st.popover(say("link.revoke"), key=f"share_revoking_{share.id}"):
                    st.markdown(say("link.revoke_sure", label=say.verbatim(share.label)))
                    key = f"share_revoke_{share.id}"
                    if st.button(say("link.revoke"), key=key):
                        who = session.author()
                        _end(lambda: cache.store().shares.revoke(share.id, now, who), share, say)
            with st.popover(say("link.delete"), key=f"share_deleting_{share.id}"):
                st.markdown(say("link.delete_sure", label=say.verbatim(share.label)))
                if st.button(say("link.delete"), key=f"share_delete_{share.id}"):
                    who = session.author()
                    _end(lambda: cache.store().shares.delete(share.id, now, who), share, say)
        token = session.link_of(share.id)
        if token is not None:
            _show_address(share, token, say)


def _show_address(share: Share, token: str, say: Speaker) -> None:
    """Show the address of a link that was just made: the one time that it can be shown."""
    path = Site.at(st.get_option("server.baseUrlPath")).link(token)
    st.code(f"{address.served_at()}{path}", language=None, wrap_lines=True)
    st.caption(say("link.once_protected" if share.protected else "link.once"))
    with st.container(horizontal=True):
        copy_link.show(say, path, key=f"share_copy_{share.id}")
        if st.button(say("link.copied"), key=f"share_seen_{share.id}"):
            session.keep_link(share.id, None)
            st.rerun()


def _passphrase_hint(share: Share, now: datetime, say: Speaker) -> str:
    at, author = fmt.minute(share.created_at), author_of(share.author, say)
    parts = [
        say("link.created_by", at=at, author=author) if author else say("link.created", at=at),
        say("link.opened", count=share.opened),
        say("link.locked" if share.protected else "link.unlocked"),
    ]
    if share.revoked_at is not None:
        parts.append(say("link.revoked", at=fmt.minute(share.revoked_at)))
    elif share.expires_at is None:
        parts.append(say("link.endless"))
    elif share.expired(now):
        parts.append(say("link.expired", at=fmt.minute(share.expires_at)))
    else:
        last = share.expires_at - timedelta(seconds=1)  # it ends with a day, at midnight
        parts.append(say("link.expires", day=fmt.date(last, say)))
    return f"**{say.verbatim(share.label)}** " + say("link.between").join(parts)


def _end(write: Callable[[], object], share: Share, say: Speaker) -> None:
    """Revoke or delete a link, and forget its address."""

    def find() -> Share | None:
        listed = cache.store().shares.listed(share.issue)
        stands = any((one.id, one.revoked_at) == (share.id, share.revoked_at) for one in listed)
        return None if stands else share

    def forget(_: object) -> None:
        session.keep_link(share.id, None)
        st.rerun()

    cut_off.write(write, find, forget, say)
