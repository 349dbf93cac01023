"""Levers that a scenario sets up itself: plain amounts, points of growth, and point levers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from forecasting.scenario.levers import Source
from forecasting.scenario.limits import LARGEST
from forecasting.scenario.model import Amount, PointLever
from ui.frame import look
from ui.language import t, words
from ui.scenario import terms
from ui.scenario.state import Draft

_AMOUNT, _POINTS, _LEVER = "amount", "points", "lever"


def show(draft: Draft) -> None:
    """Show what is set up, and a form to add more; it is turned on the page of the scenario."""
    language, scenario = draft.language, draft.scenario
    st.header(t("desk.own_levers", language), anchor=False)
    st.caption(t("assumed.own_note", language))
    entries: list[Amount | PointLever] = [*scenario.amounts, *scenario.points]
    for place, entry in enumerate(entries):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_told(entry, draft), width="content")
            if st.button(
                t("scenario_action.remove", language),
                key=draft.key("drop", str(place)),
                type="tertiary",
            ):
                draft.change(
                    replace(
                        scenario,
                        amounts=tuple(one for one in scenario.amounts if one is not entry),
                        points=tuple(one for one in scenario.points if one is not entry),
                    )
                )
    _show_adding(draft)


def _told(entry: Amount | PointLever, draft: Draft) -> str:
    language = draft.language
    name = terms.entry_name(entry, draft.catalogue, language)
    if isinstance(entry, Amount):
        return f"**{name}**"
    return t(
        "assumed.point_lever",
        language,
        name=name,
        indicator=terms.indicator_name(entry.indicator, draft.catalogue, language),
        size=terms.points(entry.size, language, signed=True),
        spread=terms.points(entry.spread, language),
        source=terms.source_name(entry.source, language),
    )


def _show_adding(draft: Draft) -> None:
    language = draft.language
    kinds: Mapping[str, Callable[[Draft, str, str], None]] = {
        _AMOUNT: _add_amount,
        _POINTS: _add_amount,
        _LEVER: _add_lever,
    }
    indicators = {line.target.indicator: line.history.indicator for line in draft.baseline.standing}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            t("assumed.own_kind", language),
            list(kinds),
            format_func=lambda one: t(f"assumed.own_{one}", language),
            key=draft.key("own_kind"),
            width=190,
        )
        indicator = st.selectbox(
            t("scenario_label.pin_indicator", language),
            list(indicators),
            format_func=lambda one: words.plain_title(indicators[one], language),
            key=draft.key("own_indicator"),
            width=260,
        )
        kinds[kind](draft, kind, indicator)
    look.show(look.note(t(f"assumed.own_{kind}_note", language)))
    levels = {**draft.baseline.levels, **dict(draft.scenario.levels)}
    if kind == _AMOUNT and indicator not in levels:
        name = words.title(indicators[indicator], language)
        st.warning(t("assumed.own_no_level", language, name=name))


def _add_amount(draft: Draft, kind: str, indicator: str) -> None:
    language = draft.language
    name = st.text_input(t("assumed.own_name", language), key=draft.key("own_name"), width=200)
    added = Amount(indicator, 0.0, name.strip(), points=kind == _POINTS)
    # One that differs in nothing but its value would be turned in its place.
    taken = added in [replace(one, value=0.0, start=None) for one in draft.scenario.amounts]
    title = t("scenario_action.add", language)
    if st.button(title, key=draft.key("add_own"), type="primary", disabled=taken):
        draft.change(replace(draft.scenario, amounts=(*draft.scenario.amounts, added)))


def _add_lever(draft: Draft, kind: str, indicator: str) -> None:
    language = draft.language
    name = st.text_input(t("assumed.own_name", language), key=draft.key("own_name"), width=160)
    size = st.number_input(
        t("assumption.size", language), value=0.1, step=0.1, format="%g",
        min_value=-LARGEST, max_value=LARGEST, key=draft.key("own_size"), width=140,
    )  # fmt: skip
    spread = st.number_input(
        t("edit.field.spread", language), value=0.0, min_value=0.0, max_value=LARGEST,
        step=0.1, format="%g", key=draft.key("own_spread"),
        help=t("assumed.spread_help", language), width=140,
    )  # fmt: skip
    sources = [Source.JUDGEMENT, *([Source.ESTIMATED] if spread > 0 else [])]
    source = st.selectbox(
        t("scenario_label.source", language),
        sources,
        format_func=lambda one: terms.source_name(one, language),
        key=draft.key("own_source"),
        width=120,
    )
    taken = {(one.name, one.indicator) for one in draft.scenario.points}
    ready = bool(name.strip()) and size != 0 and (name.strip(), indicator) not in taken
    title = t("scenario_action.add", language)
    if st.button(title, key=draft.key("add_own"), type="primary", disabled=not ready):
        added = PointLever(name.strip(), indicator, 0.0, size, spread, source=source)
        draft.change(replace(draft.scenario, points=(*draft.scenario.points, added)))
