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
from ui.language import Language, t
from ui.links.queue import MadeOnce
from ui.report.document.blocks import Report
from ui.report.document.compose import report_of
from ui.report.files import ReportFile, files_of
from ui.report.render.html import Link, embedded, html_of

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


def report(issue: StoredIssue, language: Language) -> Report:
    """Return an issue in words."""
    return report_of(snapshot_of(issue), language, digest=issue.sha256)


def page(issue: StoredIssue, language: Language) -> str:
    """Return an issue as it is served: one document, with links to what else there is of it."""
    return _page(issue, language)


def files(issue: StoredIssue, language: Language) -> tuple[ReportFile, ...]:
    """Return what a reader can keep of an issue; each is made once, when it is asked for."""
    return _kept_files(issue, language)


def content(issue: StoredIssue, language: Language, *, dark: bool) -> str:
    """Return the same for a page of the app, which brings its own links."""
    return _content(issue, language, dark)


def forget() -> None:
    """Forget what was made, so that it is made anew."""
    for kept in (_snapshot, _page, _content, _kept_files, _made):
        kept.cache_clear()


@lru_cache(MOST_ISSUES)
def _snapshot(issue: StoredIssue) -> Snapshot:
    return read_snapshot(issue.document)


@lru_cache(MOST_PAGES)
def _page(issue: StoredIssue, language: Language) -> str:
    other = language.other
    links = (
        Link(t("app.other_language", language), f"?lang={other}", other),
        Link(t("share.live", language), f"?lang={language}&as=live"),
        *(Link(file.label, f"?lang={language}&as={file.kind}") for file in files(issue, language)),
    )
    return html_of(report(issue, language), links=links)


@lru_cache(MOST_PAGES)
def _kept_files(issue: StoredIssue, language: Language) -> tuple[ReportFile, ...]:
    return tuple(
        replace(file, make=partial(_made_once, issue, language, file.kind))
        for file in _files(issue, language)
    )


def _files(issue: StoredIssue, language: Language) -> tuple[ReportFile, ...]:
    return files_of(snapshot_of(issue), language, digest=issue.sha256)


def _made_once(issue: StoredIssue, language: Language, kind: str) -> bytes:
    return _made.get((issue, language, kind), partial(_make, issue, language, kind))


def _make(issue: StoredIssue, language: Language, kind: str) -> bytes:
    (wanted,) = [file for file in _files(issue, language) if file.kind == kind]
    return wanted.make()


@lru_cache(MOST_PAGES)
def _content(issue: StoredIssue, language: Language, dark: bool) -> str:
    return embedded(report(issue, language), dark=dark)
