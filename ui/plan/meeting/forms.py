"""What is asked of the level above: kept by version with its author."""

from __future__ import annotations

import streamlit as st

from data.plan import documents
from data.plan.note import stored_requests
from data.texts import as_kept
from forecasting.plan.requests import MOST, Request, Requests
from ui.frame import session
from ui.frame.author import ask_author
from ui.frame.controls import View
from ui.plan.versions import OpenedPart, save_part, show_versions

_APART = "|"
"""Between what is asked, of whom, and by when; one request a line."""


def show_requests(view: View) -> None:
    """Ask what the meeting is to ask of the level above."""
    say = view.say
    stored, version = stored_requests(view)
    opened = session.remembered(f"opened_requests_{view.area.id}", OpenedPart)
    if opened.version is None:
        opened.version = version
    st.header(say("meeting.requests"), anchor=False)
    with st.form(f"requests_{view.area.id}_{opened.version}_{say.language}", border=False):
        typed = st.text_area(
            say("meeting.lines"), "\n".join(map(_line, stored.requests)), height=140,
            placeholder=say("meeting.hint"), help=say("meeting.help", most=MOST),
        )  # fmt: skip
        author = ask_author(say("upload.author"), session.author(), width=180)
        if st.form_submit_button(say("meeting.save"), type="primary"):
            found = tuple(filter(None, map(_request, typed.splitlines())))
            if len(found) > MOST:
                st.markdown(say("meeting.too_many", most=MOST))
            else:
                save_part(
                    documents.REQUESTS, Requests(found), author, opened, view, "meeting.saved"
                )
    show_versions(documents.REQUESTS, view)


def _line(one: Request) -> str:
    return f" {_APART} ".join((one.text, one.of, one.by)).rstrip(f"{_APART} ")


def _request(line: str) -> Request | None:
    text, of, by = (as_kept(part) for part in (*line.split(_APART, 2), "", "")[:3])
    return Request(text, of, by) if text else None
