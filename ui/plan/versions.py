"""Parts of the plan by version: who filled in which and when, and how the next one is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.plan import documents
from data.store.evidence import EvidenceFile
from data.store.plans import PlanPart
from data.texts import as_kept
from ui.frame import cache, cut_off, look, session, upload_quota
from ui.frame.author import author_of
from ui.frame.columns import Column, table
from ui.frame.controls import View
from ui.language import format as fmt


@dataclass(slots=True)
class OpenedPart:
    """The version of a part that a form was filled from; None before it is shown."""

    version: int | None = None


def save_part(
    part: str,
    new: msgspec.Struct,
    author: str,
    opened: OpenedPart,
    view: View,
    saved_key: str,
    then: Callable[[], None] = lambda: None,
    file: UploadedFile | None = None,
) -> None:
    """Save the next version of a part of an area's plan, unless nobody says who does.

    Parameters
    ----------
    saved_key
        Of the message that says which version it is.
    then
        What else is done once it is saved, before the page is drawn anew.
    file
        Evidence that it names, stored along with it.
    """
    say, area, base = view.say, view.area.id, opened.version or 0
    if not author.strip():
        st.markdown(say("upload.who"))
        return
    session.keep_author(author)
    document = documents.written(new)
    files = [] if file is None else [EvidenceFile(file.name, file.getvalue())]

    def write() -> PlanPart:
        plans = cache.store().plans
        return plans.save(area, part, document, based_on=base, author=as_kept(author), files=files)

    def find() -> PlanPart | None:
        found = cache.store().plans.latest(area, part)
        return found if found and found.version > base and found.document == document else None

    def end(saved: PlanPart) -> None:
        opened.version = saved.version
        then()
        if file is not None:
            upload_quota.free(file)
        st.toast(say(saved_key, version=saved.version))
        st.rerun()

    cut_off.write(write, find, end, say)


def show_versions(part: str, view: View) -> None:
    """Show every version of a part of an area's plan, the newest first."""
    say = view.say.plain
    versions = cache.store().plans.versions(view.area.id, part)
    if not versions:
        return
    columns: list[Column[PlanPart]] = [
        Column(say("plan.version"), "", lambda one: str(one.version)),
        Column(say("plan.author"), "l strong wrap", lambda one: author_of(one.author, say)),
        Column(say("plan.saved_at"), "l", lambda one: fmt.minute(one.saved_at)),
    ]
    with st.expander(say("plan.versions", count=len(versions))):
        look.show(table(columns, versions))
