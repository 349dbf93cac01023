"""Snapshots of schema 2: 1, and what it told of earlier issues that do not compare.

It tells which growth is that of levels, what is assumed of all projects, and of the outlook without
the scenario the chance of all alone. It does not tell what an entry or a view from below does where
a single firm's figure would follow.
"""

from __future__ import annotations

from dataclasses import replace

from forecasting.history.history import History
from forecasting.issues.outlook_1 import all_clear_1
from forecasting.issues.plain import Plain, flag, maybe, number, quarter, several
from forecasting.issues.schema_1 import (
    assumptions_1,
    change_1,
    effect_1,
    entry_1,
    factor_1,
    past_issue_1,
    read_1,
    view_1,
)
from forecasting.issues.snapshot import (
    Apart,
    AssumedEffect,
    AssumedEntry,
    AssumedView,
    Assumptions,
    Change,
    PastIssue,
    Snapshot,
    Unexplained,
)
from forecasting.outlook.outlook import Outlook


def read_2(values: Plain) -> Snapshot:
    """Read a snapshot of schema 2."""
    issued = read_1({**values, "baseline": None})
    return replace(
        issued,
        outlook=_with_derived(issued.outlook, values["outlook"]),
        baseline=maybe(values["baseline"], all_clear_1),
        scenario=maybe(values["scenario"], _assumptions),
        change=maybe(values["change"], _change),
        record=several(values["record"], _past_issue),
    )


def _with_derived(outlook: Outlook, values: Plain) -> Outlook:
    verdicts = zip(outlook.verdicts, values["verdicts"], strict=True)
    excluded = zip(outlook.excluded, values["excluded"], strict=True)
    return replace(
        outlook,
        verdicts=tuple(
            replace(verdict, history=_history(verdict.history, told["history"]))
            for verdict, told in verdicts
        ),
        excluded=tuple(
            entry
            if entry.history is None
            else replace(entry, history=_history(entry.history, told["history"]))
            for entry, told in excluded
        ),
    )


def _history(history: History, values: Plain) -> History:
    return replace(history, derived=frozenset(several(values["derived"], quarter)))


def _change(values: Plain) -> Change:
    return replace(change_1(values), unexplained=maybe(values["unexplained"], Unexplained))


def _past_issue(values: Plain) -> PastIssue:
    return replace(
        past_issue_1(values),
        internal=flag(values["internal"]),
        apart=maybe(values["apart"], Apart),
    )


def _assumptions(values: Plain) -> Assumptions:
    assumed = assumptions_1(values)
    return replace(
        assumed,
        entries=several(values["entries"], _entry),
        projects=replace(assumed.projects, common=several(values["projects"]["common"], factor_1)),
        bottom_up=several(values["bottom_up"], _view),
    )


def _entry(values: Plain) -> AssumedEntry:
    return replace(entry_1(values), effects=several(values["effects"], _effect))


def _effect(values: Plain) -> AssumedEffect:
    return replace(effect_1(values), points=maybe(values["points"], number))


def _view(values: Plain) -> AssumedView:
    return replace(view_1(values), few=flag(values["few"]))
