"""Last year's levels, against which amounts are measured."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from forecasting.figures.indicator import Indicator
from forecasting.scenario.limits import LARGEST, SMALLEST
from ui.frame import session
from ui.language import t, words
from ui.scenario import terms
from ui.scenario.state import Draft

COLUMNS = 3


def show(draft: Draft) -> None:
    """Show a field for every indicator that can still move; what figures say stands in it."""
    language = draft.language
    st.header(t("assumed.levels", language, year=draft.year - 1), anchor=False)
    st.caption(t("assumed.levels_note", language))
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
    language, known = draft.language, draft.baseline.levels.get(indicator.id)
    by_figures = t("assumed.by_figures", language, level=terms.set_figure(known or 0.0))
    unit = words.unit(indicator.unit, language)
    name = words.title(indicator, language)
    missing = t("assumed.to_fill", language)
    key = draft.key("level", indicator.id)
    value: float | None = st.number_input(
        t("lever_label.unit", language, name=name, unit=unit),
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
    language = draft.language
    names = {indicator.id: words.plain_title(indicator, language) for indicator in indicators}
    kept = [one for one in draft.scenario.unmoved if one not in names]
    chosen = st.multiselect(
        t("scenario_label.unmoved", language),
        list(names),
        default=[one for one in draft.scenario.unmoved if one in names],
        format_func=names.__getitem__,
        key=draft.key("unmoved"),
        placeholder=t("assumed.unmoved_none", language),
        help=t("assumed.unmoved_help", language),
    )
    return (*chosen, *kept)
