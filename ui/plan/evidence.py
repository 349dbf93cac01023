"""Files of evidence: taken in with the form of a card or a task, and given to who reads the page.

No issue and nothing that is made of one names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.store.evidence import LARGEST_MEGABYTES, EvidenceFile, StoredEvidence
from forecasting.plan.evidence import Evidence, with_file
from ui.frame import cache
from ui.frame.author import author_of
from ui.frame.controls import View
from ui.language import Speaker
from ui.language import format as fmt
from ui.workbook.forms import show_our_words

KILOBYTE = 1024


def ask_file(key: str, say: Speaker) -> UploadedFile | None:
    """Ask for a file of evidence within a form, which stores it when it is saved."""
    with st.container(key="uploader_evidence"):
        show_our_words(say)
        return st.file_uploader(
            say("plan.evidence.file", megabytes=LARGEST_MEGABYTES),
            key=f"evidence_file_{key}",
            help=say("plan.evidence.help"),
        )


def attached(listed: tuple[Evidence, ...], file: UploadedFile | None) -> tuple[Evidence, ...]:
    """Return documents with an uploaded file, if there is one."""
    if file is None:
        return listed
    stored = EvidenceFile(file.name, file.getvalue())
    return with_file(listed, stored.name, stored.sha256)


def stored_files(view: View) -> dict[str, StoredEvidence]:
    """Return the records of the files of an area by digest."""
    return cache.store().plans.files(view.area.id)


def show_files(
    listed: Iterable[Evidence], stored: Mapping[str, StoredEvidence], key: str, view: View
) -> None:
    """Show the stored files among documents: each to be downloaded, with its day and author."""
    for place, one in enumerate(listed):
        if record := stored.get(one.file):
            _show_file(one, record, f"evidence_{key}_{place}", view)


def _show_file(one: Evidence, record: StoredEvidence, key: str, view: View) -> None:
    say, area = view.say, view.area.id
    size = f"{max(record.size / KILOBYTE, 0.1):,.1f}"
    with st.container(gap=None):
        st.download_button(
            say("plan.evidence.download", name=say.verbatim(one.name), size=size),
            lambda: cache.store().plans.file(area, record.sha256),
            record.name,
            record.media_type,
            key=f"{key}_{record.sha256[:12]}",
            on_click="ignore",
            type="tertiary",
        )
        author = author_of(record.author, say)
        st.caption(
            say("plan.evidence.stored_by", author=author, day=fmt.date(record.stored_at, say))
        )
