"""What has come since an issue: newer figures and newer issues, as far as a reader may know.

The issue itself never changes. Nothing here computes: figures are compared, and issues counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from data.store.issues import IssueRecord, StoredIssue
from data.store.store import Store
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Observation, ObservationKey, Status
from forecasting.figures.period import Month
from forecasting.issues.snapshot import Snapshot
from ui.language import Speaker
from ui.language import format as fmt
from ui.links import served_issue
from ui.report.document.small_print import number_of

MOST_COMPARED = 64
"""Pairs of vintages of which what came between is kept."""


@dataclass(frozen=True, slots=True)
class Since:
    """What has come since an issue.

    Attributes
    ----------
    issue
        The newest one of the same series, of a scenario that of the same saved one; None where
        there is none.
    later
        The document of that.
    numbered
        Whether the reader may know which.
    figures
        Whether any figure that the issue rests on was added, revised or withdrawn.
    month
        The month to which figures run now, where that is later than at the issue.
    """

    issue: IssueRecord | None = None
    later: Snapshot | None = None
    numbered: bool = False
    figures: bool = False
    month: Month | None = None


def since(store: Store, issue: StoredIssue, *, confidential: bool) -> Since:
    """Return what has come since an issue.

    Parameters
    ----------
    confidential
        Whether the reader may know of what is not published: else of figures only the published
        ones count, and an issue with others stays without its number.
    """
    issued = served_issue.snapshot_of(issue)
    latest, later = _newest_like(store, issue, issued)
    indicators = frozenset(verdict.indicator_id for verdict in issued.outlook.verdicts)
    figures, month = _compared(
        store, issue.area, issue.vintage, store.latest_vintage(), indicators, confidential
    )
    numbered = latest is not None and (confidential or not latest.unpublished)
    return Since(latest, later, numbered, figures, month)


def sentence(since: Since, say: Speaker) -> str:
    """Say what has come since an issue; empty where nothing has."""
    said = []
    if since.issue is not None and since.later is not None and since.numbered:
        date = fmt.date(since.issue.issued_at, say)
        said.append(say("newer.issue", number=number_of(since.later, say), date=date))
    elif since.issue is not None:
        said.append(say("newer.issue_unnumbered"))
    if since.month is not None:
        said.append(say("newer.figures", period=fmt.until(since.month, say)))
    elif since.figures:
        said.append(say("newer.revised"))
    if not said:
        return ""
    return say("format.between_sentences").join([*said, say("newer.frozen")])


def _newest_like(
    store: Store, issue: StoredIssue, issued: Snapshot
) -> tuple[IssueRecord | None, Snapshot | None]:
    """Return the newest later issue of a kind, and its document.

    With the same saved scenario or without any, on planned lines or not. One that cannot be read is
    passed over.
    """
    for record in store.issues.listed(issue.area):
        if record.number <= issue.number:
            break
        if record.year != issue.year or _scenario(record) != _scenario(issue):
            continue
        try:
            later = served_issue.snapshot_of(store.issues.find(record.number))
        except OutlookError:
            continue
        if _kind(later) == _kind(issued):
            return record, later
    return None, None


def _scenario(record: IssueRecord) -> int | None:
    return record.scenario[0] if record.scenario else None


def _kind(issued: Snapshot) -> tuple[bool, bool]:
    return issued.scenario is not None, issued.planned


@lru_cache(MOST_COMPARED)
def _compared(
    store: Store,
    area: str,
    before: int,
    now: int,
    indicators: frozenset[str],
    confidential: bool,
) -> tuple[bool, Month | None]:
    """Return whether figures differ between two vintages, and the month they newly run to."""
    if before == now:
        return False, None
    then, since = (
        _figures(store, area, vintage, indicators, confidential) for vintage in (before, now)
    )
    last_then, last = (
        max((figure.month for figure in known.values()), default=None) for known in (then, since)
    )
    later = last is not None and (last_then is None or last > last_then)
    return then != since, last if later else None


def _figures(
    store: Store, area: str, vintage: int, indicators: frozenset[str], confidential: bool
) -> dict[ObservationKey, Observation]:
    """Return what a forecast may rest on, by key: no estimates and none beside the series."""
    shown = {Status.PUBLISHED, Status.FLASH} if confidential else {Status.PUBLISHED}
    return {
        figure.key: figure
        for figure in store.observations(vintage, area)
        if figure.indicator in indicators and figure.measure.forms_series and figure.status in shown
    }
