"""A table that is typed into: its rows are given once a turn, so that typing is not disturbed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ui import unsaved
from ui.scenario_desk import Desk

Row = Mapping[str, Any]


def typed(
    name: str, rows: Sequence[Row], columns: Mapping[str, Any], desk: Desk
) -> list[dict[str, Any]]:
    """Show rows to be edited and return them as typed; empty cells are None, empty rows left out.

    Parameters
    ----------
    name
        Of the table on its page.
    columns
        By the name of a cell, how Streamlit edits it.
    """
    key = desk.key("grid", name)
    given = unsaved.once(key, lambda: pd.DataFrame(list(rows), columns=list(columns), dtype=object))
    edited = st.data_editor(
        given,
        column_config=dict(columns),
        hide_index=True,
        num_rows="dynamic",
        key=key,
        width="stretch",
    )
    cells = edited.astype(object).where(edited.notna(), None).to_dict("records")
    return [row for row in cells if any(cell not in (None, "") for cell in row.values())]
