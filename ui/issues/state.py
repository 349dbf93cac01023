"""What lists say of issues: their numbers, as their documents have them."""

from __future__ import annotations

from data.issues import past
from data.issues.contents import IssueContents
from data.store.issues import IssueRecord
from ui.frame import cache
from ui.language import Speaker
from ui.language import format as fmt


def contents(record: IssueRecord) -> IssueContents | None:
    """Return what the document of an issue says; None where it cannot be read."""
    view = cache.VintageView(cache.store().database_url, record.vintage)
    return past.contents(record, view)


def number_of(record: IssueRecord, say: Speaker) -> str:
    """Write the number of an issue in its series."""
    found = contents(record)
    if found is None:
        return say("format.missing")
    return fmt.issue_number(
        found.number, say, scenario=found.scenario, practice=found.practice, label=found.label
    )
