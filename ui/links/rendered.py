"""Issues as their readers get them: made of the stored document alone, and kept by this process.

Nothing is fitted and no model is imported. A document never changes, so what was made of it is
kept under the issue itself.
"""

from __future__ import annotations

from functools import lru_cache

from data.issued import StoredIssue
from forecasting.snapshot.document import read_snapshot
from forecasting.snapshot.model import Snapshot
from ui.messages import Language, t
from ui.report.compose import report_of
from ui.report.embedded import embedded
from ui.report.html import Link, html_of
from ui.report.model import Report

MOST_ISSUES, MOST_PAGES = 16, 64


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


def file(issue: StoredIssue, language: Language) -> str:
    """Return the same as a file to keep, without links."""
    return html_of(report(issue, language))


def content(issue: StoredIssue, language: Language, *, dark: bool) -> str:
    """Return the same for a page of the app, which brings its own links."""
    return _content(issue, language, dark)


@lru_cache(MOST_ISSUES)
def _snapshot(issue: StoredIssue) -> Snapshot:
    return read_snapshot(issue.document)


@lru_cache(MOST_PAGES)
def _page(issue: StoredIssue, language: Language) -> str:
    other = language.other
    links = (
        Link(t("app.other_language", language), f"?lang={other}", other),
        Link(t("share.live", language), f"?lang={language}&as=live"),
        Link(t("share.file_html", language), f"?lang={language}&as=html"),
    )
    return html_of(report(issue, language), links=links)


@lru_cache(MOST_PAGES)
def _content(issue: StoredIssue, language: Language, dark: bool) -> str:
    return embedded(report(issue, language), dark=dark)
