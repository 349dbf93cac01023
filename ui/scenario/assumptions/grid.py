"""A table that is typed into: its rows are given once a turn, so that typing is not disturbed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from ui.frame import session
from ui.scenario.state import Draft

Row = Mapping[str, Any]
Entry = TypeVar("Entry")
NAME = "name"
"""The column without which a row is no entry."""


def typed(
    name: str,
    entries: Sequence[Entry],
    columns: Mapping[str, Any],
    draft: Draft,
    *,
    write: Callable[[Entry], Row],
    read: Callable[[Row], Entry],
) -> tuple[Entry, ...]:
    """Show entries to be edited, a row each, and return them as typed.

    A row that says what an entry does is that entry: cells may show fewer digits than it has.

    Parameters
    ----------
    name
        Of the table on its page.
    columns
        By the name of a cell, how Streamlit edits it.
    write, read
        An entry's row, and the entry of one, whose empty cells are None.
    """
    key = draft.key("grid", name)
    rows = [{cell: row.get(cell) for cell in columns} for row in map(write, entries)]
    given = session.once(key, lambda: pd.DataFrame(rows, columns=list(columns), dtype=object))
    edited = st.data_editor(
        given,
        column_config=dict(columns),
        hide_index=True,
        num_rows="dynamic",
        key=key,
        placeholder="",
        width="stretch",
    )
    cells = edited.astype(object).where(edited.notna(), None).to_dict("records")
    return tuple(
        entries[rows.index(row)] if row in rows else read(row)
        for row in cells
        if str(row[NAME] or "").strip()
    )
