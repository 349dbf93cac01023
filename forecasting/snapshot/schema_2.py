"""Snapshots of schema 2: 1, and what it told of earlier issues that do not compare."""

from __future__ import annotations

from dataclasses import replace

from forecasting.snapshot.model import Apart, Change, PastIssue, Snapshot, Unexplained
from forecasting.snapshot.plain import Plain, flag, maybe, several
from forecasting.snapshot.schema_1 import change_1, past_issue_1, read_1


def read_2(values: Plain) -> Snapshot:
    """Read a snapshot of schema 2."""
    return replace(
        read_1(values),
        change=maybe(values["change"], _change),
        record=several(values["record"], _past_issue),
    )


def _change(values: Plain) -> Change:
    return replace(change_1(values), unexplained=maybe(values["unexplained"], Unexplained))


def _past_issue(values: Plain) -> PastIssue:
    return replace(
        past_issue_1(values),
        internal=flag(values["internal"]),
        apart=maybe(values["apart"], Apart),
    )
