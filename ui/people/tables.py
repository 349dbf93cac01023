"""Who has a role, which links open, and what the audit log holds."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data import clock
from data.store.audit import Action, AuditEntry, rows_of
from data.store.people import Person
from data.store.permissions import NEEDED, Permission, Role
from data.workbook.write.csv_text import csv_of
from ui.frame import cache, look
from ui.frame.author import author_of
from ui.frame.columns import Column, table
from ui.frame.errors import guard
from ui.language import Speaker
from ui.language import format as fmt
from ui.links import forms as link_forms

SHOWN = 30
"""Entries of the audit log that stand on the page, the newest; the file has all."""


def show_roles(listed: Sequence[Person], say: Speaker) -> None:
    """Show who has a role, and what each role may do."""
    columns: list[Column[Person]] = [
        Column(say("people.name"), "l raw strong wrap", lambda who: who.name),
        Column(say("people.role"), "l", lambda who: say(f"role.{who.role}")),
        Column(say("people.account"), "l raw wrap", lambda who: who.account),
        Column(say("people.since"), "l wrap wide", lambda who: _changed(who, say)),
    ]
    if listed:
        look.show(table(columns, listed))
    with st.expander(say("people.roles")):
        for role in Role:
            may = [of for of in Permission if NEEDED[of] is role]
            told = say("format.semicolon").join(say(f"permission.{of}") for of in may)
            st.markdown(say("people.role_may", role=say(f"role.{role}"), what=told))
        st.caption(say("people.role_order"))


def show_links(say: Speaker) -> None:
    """Show every link that opens, whoever made it, to be revoked."""
    now = clock.now()
    listed = [share for share in cache.store().shares.listed() if share.opens(now)]
    st.header(say("people.links", count=len(listed)), anchor=False)
    st.caption(say("people.links_note" if listed else "people.no_links"))
    for share in listed:
        link_forms.show_link(share, now, say)


def show_audit(say: Speaker) -> None:
    """Show the newest entries of the audit log, of an action or all, and offer all as a file."""
    st.header(say("people.audit"), anchor=False)
    with guard(say):
        entries = cache.store().audit.entries()
    st.caption(say("people.audit_note", count=len(entries)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        action = st.selectbox(
            say("people.action"), [None, *Action], width=200, key="audit_action",
            format_func=lambda of: say(f"audit.{of}") if of else say("people.every_action"),
        )  # fmt: skip
        authors = sorted({entry.author for entry in entries})
        author = st.selectbox(
            say("people.author"), [None, *authors], width=240, key="audit_author",
            format_func=lambda of: _author(of, say) if of is not None else say("people.everybody"),
        )  # fmt: skip
        st.download_button(
            say("people.audit_file"),
            lambda: csv_of(rows_of(entries)),
            f"{say.plain('people.audit_file_name')}.csv",
            key="audit_file",
            on_click="ignore",
        )
    found = [
        entry
        for entry in reversed(entries)
        if action in (None, entry.action) and author in (None, entry.author)
    ]
    columns: list[Column[AuditEntry]] = [
        Column(say("people.number"), "", lambda entry: str(entry.number)),
        Column(say("people.at"), "l", lambda entry: fmt.minute(entry.at)),
        Column(say("people.action"), "l", lambda entry: say(f"audit.{entry.action}")),
        Column(say("people.author"), "l raw wrap", lambda entry: _author(entry.author, say)),
        Column(say("people.subject"), "l wrap wide", lambda entry: _subject(entry, say)),
    ]
    look.show(table(columns, found[:SHOWN]))
    if len(found) > SHOWN:
        st.caption(say("people.audit_more", count=len(found) - SHOWN))


def _changed(who: Person, say: Speaker) -> str:
    at, by = fmt.minute(who.changed_at), _author(who.changed_by, say)
    return say("people.changed", at=at, by=by)


def _author(author: str, say: Speaker) -> str:
    """Say who did something: a person, the program itself, or nobody who said so."""
    return author_of(author, say.plain) if author else say("people.nobody")


def _subject(entry: AuditEntry, say: Speaker) -> str:
    kind, _, rest = entry.subject.partition(" ")
    number, _, version = rest.partition(" version ")
    said = say(f"subject.{kind}", number=number)
    return say("subject.version", subject=said, version=version) if version else said
