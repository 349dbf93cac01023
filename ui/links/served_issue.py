"""Issues as their readers get them: made of the stored document alone, and kept by this process.

Nothing is fitted and no model is imported. A document never changes, so what was made of it is
kept under the issue itself.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

from data.store.issues import StoredIssue
from forecasting.issues.json import read_snapshot
from forecasting.issues.snapshot import Snapshot
from ui.language import Speaker
from ui.links.queue import MadeOnce
from ui.report.document.blocks import Report, marked
from ui.report.document.compose import report_of
from ui.report.files import ReportFile, files_of
from ui.report.render.html import Link, Notice, embedded, html_of

MOST_ISSUES, MOST_PAGES, MOST_FILES = 16, 64, 32

PATIENCE = 20.0
"""Seconds that a file waits for those before it; the slowest takes a few."""

_made: MadeOnce[bytes] = MadeOnce(MOST_FILES, PATIENCE)
"""One file at a time: many who ask for a PDF at once are to wait, not to use up the memory."""


def snapshot_of(issue: StoredIssue) -> Snapshot:
    """Return what was issued.

    Raises
    ------
    LaterSnapshot, DamagedSnapshot
        If this release cannot read it.
    """
    return _snapshot(issue)


def report(issue: StoredIssue, say: Speaker) -> Report:
    """Return an issue in words."""
    return report_of(snapshot_of(issue), say, digest=issue.sha256)


def page(issue: StoredIssue, say: Speaker, newer: str = "") -> str:
    """Return an issue as it is served: one document, with links to what else there is of it.

    Parameters
    ----------
    newer
        What has come since the issue (``ui.links.newer``); stands above it.
    """
    return _page(issue, say, newer)


def files(issue: StoredIssue, say: Speaker) -> tuple[ReportFile, ...]:
    """Return what a reader can keep of an issue; each is made once, when it is asked for."""
    return _kept_files(issue, say)


def content(issue: StoredIssue, say: Speaker, *, dark: bool) -> str:
    """Return the same for a page of the app, which brings its own links."""
    return _content(issue, say, dark)


def forget() -> None:
    """Forget what was made, so that it is made anew."""
    for kept in (_snapshot, _page, _content, _kept_files, _made):
        kept.cache_clear()


@lru_cache(MOST_ISSUES)
def _snapshot(issue: StoredIssue) -> Snapshot:
    return read_snapshot(issue.document)


@lru_cache(MOST_PAGES)
def _page(issue: StoredIssue, say: Speaker, newer: str) -> str:
    other = say.language.other
    live = f"?lang={say.language}&as=live"
    links = (
        Link(say("app.other_language"), f"?lang={other}", other),
        Link(say("share.live"), live),
        *(Link(file.label, f"?lang={say.language}&as={file.kind}") for file in files(issue, say)),
    )
    notice = Notice(marked(newer), Link(say("share.view_today"), live)) if newer else None
    return html_of(report(issue, say), links=links, notice=notice)


@lru_cache(MOST_PAGES)
def _kept_files(issue: StoredIssue, say: Speaker) -> tuple[ReportFile, ...]:
    return tuple(
        replace(file, make=partial(_made_once, issue, say, file.kind))
        for file in _files(issue, say)
    )


def _files(issue: StoredIssue, say: Speaker) -> tuple[ReportFile, ...]:
    return files_of(snapshot_of(issue), say, digest=issue.sha256)


def _made_once(issue: StoredIssue, say: Speaker, kind: str) -> bytes:
    return _made.get((issue, say, kind), partial(_make, issue, say, kind))


def _make(issue: StoredIssue, say: Speaker, kind: str) -> bytes:
    (wanted,) = [file for file in _files(issue, say) if file.kind == kind]
    return wanted.make()


@lru_cache(MOST_PAGES)
def _content(issue: StoredIssue, say: Speaker, dark: bool) -> str:
    return embedded(report(issue, say), dark=dark)
