"""What a reader of a page would issue, and an issue beside today's data."""

from __future__ import annotations

from data.issues.issuing import IssueRequest, answer_today
from data.store.issues import StoredIssue
from data.views import BaselineKey
from ui.frame import cache
from ui.frame.controls import Selection, View
from ui.language import Speaker
from ui.links import served_issue
from ui.report.document.blocks import Report
from ui.report.document.compose import report_of
from ui.scenario.state import Draft


def request_at(view: View, asked: Selection) -> IssueRequest:
    """Return what a reader of an outlook would issue."""
    return IssueRequest(
        BaselineKey(view.snapshot, view.area.id, asked.year, asked.as_of, asked.threshold)
    )


def request_of(draft: Draft) -> IssueRequest:
    """Return what a reader of a scenario would issue."""
    saved = draft.history.saved
    as_saved = saved is not None and draft.scenario == draft.scenario_of(saved)
    number = (saved.id, saved.version) if saved and as_saved else None
    return IssueRequest(draft.baseline_key, draft.scenario, number)


def beside_today(stored: StoredIssue, say: Speaker, *, open_to_all: bool) -> Report | None:
    """Return an issue beside the same outlook on today's data.

    None where that holds figures which are not published and the report is ``open_to_all``.

    Raises
    ------
    LaterSnapshot, DamagedSnapshot
        If this release cannot read the issue.
    """
    then = served_issue.snapshot_of(stored)
    today = answer_today(stored, then, cache.current())
    if open_to_all and today.provenance.unpublished:
        return None
    return report_of(then, say, today, digest=stored.sha256)
