"""The fields that several sections share: a number of the arithmetic, and a table to type into."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from forecasting.scenario.levers import Assumption
from ui.frame import session
from ui.language import Speaker
from ui.language import format as fmt
from ui.scenario import terms
from ui.scenario.state import Draft

_WIDTH = 150


def assumption_input(
    name: str, rule: Assumption, *, given: float | None, usual: float | None, key: str, say: Speaker
) -> float | None:
    """Show the field of an assumption and return what it says; None where that is the usual.

    Parameters
    ----------
    given
        What the scenario says, in the unit it is stored in, as everything here.
    usual
        What holds where it says nothing; None where only the zone knows it.
    """
    scale = terms.assumption_scale(name)
    shown = None if given is None else round(given * scale, 6)
    low, high = rule.low * scale, rule.high * scale
    with st.container(width=_WIDTH, gap="xxsmall"):
        entered = st.number_input(
            _title(name, say),
            value=session.fresh(key, shown),
            placeholder=_placeholder(usual, scale, say),
            min_value=low,
            max_value=high,
            step=None,
            format="%g",
            help=say(f"assumption_help.{name}"),
            key=key,
        )
        # What lies outside is marked by Streamlit without a word, and not taken.
        st.caption(_interval(low, high, say))
    if entered == shown:
        return given  # the field may show fewer digits than the scenario has
    typed = None if entered is None else entered / scale
    return None if typed == usual else typed


def _interval(low: float, high: float, say: Speaker) -> str:
    key = "format.interval_negative" if low < 0 else "format.interval"
    ends = (terms.set_figure(end) for end in (low, high))
    return say(key, **dict(zip(("low", "high"), ends, strict=True)))


def _title(name: str, say: Speaker) -> str:
    unit = terms.assumption_unit(name, say)
    spoken = say(f"assumption.{name}")
    title = fmt.capitalised(spoken)
    return say("lever_label.unit", name=title, unit=unit) if unit else title


def _placeholder(usual: float | None, scale: float, say: Speaker) -> str:
    if usual is None:
        return say("assumed.to_fill")
    return terms.set_figure(round(usual * scale, 6))


Row = Mapping[str, Any]
Entry = TypeVar("Entry")
NAME = "name"
"""The column without which a row is no entry."""


def entries_editor(
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
