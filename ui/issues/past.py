"""Earlier issues: what they said, what came of them, and which one a new one compares with.

A document that cannot be read hides no other issue; of it a track record still tells what its
record does.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.store.issued import IssueRecord
from forecasting.issues.model import Apart, PastIssue
from forecasting.issues.outcome import Outcome
from ui.frame import cache
from ui.frame.cache import Snapshot
from ui.issues import cache as issue_cache
from ui.issues.cache import Kept


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier issue as a track record tells it.

    Attributes
    ----------
    p_all
        The all-clear probability that was issued, None where there is none.
    kept, came
        What its document says, and what came of it; None where that cannot be read.
    """

    record: IssueRecord
    p_all: float | None
    kept: Kept | None
    came: Outcome | None

    @property
    def apart(self) -> Apart | None:
        """Why it is not averaged with the others; None where it is."""
        if self.kept is None or self.came is None:
            return Apart.UNREADABLE
        if self.kept.scenario:
            return Apart.SCENARIO
        if not self.kept.planned:
            return Apart.LINE
        return Apart.KNOWN if self.came.hindsight else None

    def told(self, *, internal: bool) -> PastIssue:
        """Return how an issue tells of it; numbers only where it is as ``internal`` itself.

        The number of a ``guarded`` one is never told: a record may hold the same year's without
        its scenario. One that cannot be read may be guarded.
        """
        hidden = self.record.unpublished and not internal
        return PastIssue(
            self.record.number,
            self.record.issued_at.isoformat(),
            self.record.year,
            None if hidden or self.kept is None or self.kept.guarded else self.p_all,
            self.came.together if self.came else None,
            hidden,
            self.apart,
        )


def past(area: str, snapshot: Snapshot) -> list[Past]:
    """Return the issues of an area, the last first, and what came of them by a vintage."""
    issues = cache.store().issues
    said = {entry.number: entry.p_all for entry in issues.track(area)}
    return [
        Past(
            record,
            said.get(record.number),
            issue_cache.kept(record),
            issue_cache.came(record, snapshot),
        )
        for record in issues.listed(area)
    ]


def compared(area: str, year: int, *, internal: bool) -> tuple[IssueRecord, Kept] | None:
    """Return the newest issue that one on the plan's own lines compares with, if there is any.

    Nobody may learn from an open issue what an internal one said: only an ``internal`` one
    compares with it.
    """
    for record in cache.store().issues.listed(area):
        if record.year != year or (record.unpublished and not internal):
            continue
        kept = issue_cache.kept(record)
        if kept is not None and kept.compares:
            return record, kept
    return None
