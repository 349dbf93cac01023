"""Last year's levels, against which amounts are measured."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from forecasting.figures.indicator import Indicator
from forecasting.scenario.number_limits import LARGEST, SMALLEST
from ui.frame import session
from ui.language import words
from ui.scenario import terms
from ui.scenario.state import Draft

COLUMNS = 3


def show(draft: Draft) -> None:
    """Show a field for every indicator that can still move; what figures say stands in it."""
    say = draft.say
    st.header(say("assumed.levels", year=draft.year - 1), anchor=False)
    st.caption(say("assumed.levels_note"))
    indicators = [line.history.indicator for line in draft.baseline.standing]
    given = dict(draft.scenario.levels)
    for start in range(0, len(indicators), COLUMNS):
        columns = st.columns(COLUMNS)
        for column, indicator in zip(columns, indicators[start:], strict=False):
            with column:
                typed = _field(indicator, given.get(indicator.id), draft)
            given.pop(indicator.id, None)
            if typed is not None:
                given[indicator.id] = typed
    unmoved = _choose_unmoved(indicators, draft)
    known = [indicator.id for indicator in indicators]
    levels = tuple(sorted(given.items(), key=lambda pair: _place(pair[0], known)))
    new = replace(draft.scenario, levels=levels, unmoved=unmoved)
    if set(new.levels) != set(draft.scenario.levels) or set(unmoved) != set(draft.scenario.unmoved):
        draft.change(new, typed=True)


def _place(indicator: str, known: list[str]) -> int:
    return known.index(indicator) if indicator in known else len(known)


def _field(indicator: Indicator, given: float | None, draft: Draft) -> float | None:
    say, known = draft.say, draft.baseline.levels.get(indicator.id)
    by_figures = say("assumed.by_figures", level=terms.set_figure(known or 0.0))
    unit = say.word("unit", indicator.unit)
    name = words.title(indicator, say)
    missing = say("assumed.to_fill")
    key = draft.key("level", indicator.id)
    value: float | None = st.number_input(
        say("lever_label.unit", name=name, unit=unit),
        value=session.fresh(key, given),
        min_value=SMALLEST,
        max_value=LARGEST,
        step=None,
        format="%g",
        placeholder=missing if known is None else by_figures,
        key=key,
    )
    return value


def _choose_unmoved(indicators: list[Indicator], draft: Draft) -> tuple[str, ...]:
    say = draft.say
    names = {indicator.id: words.title(indicator, say.plain) for indicator in indicators}
    kept = [one for one in draft.scenario.unmoved if one not in names]
    chosen = st.multiselect(
        say("scenario_label.unmoved"),
        list(names),
        default=[one for one in draft.scenario.unmoved if one in names],
        format_func=names.__getitem__,
        key=draft.key("unmoved"),
        placeholder=say("assumed.unmoved_none"),
        help=say("assumed.unmoved_help"),
    )
    return (*chosen, *kept)
