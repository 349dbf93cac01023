"""Levers that a scenario sets up itself: plain amounts, points of growth, and point levers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from forecasting.scenario.levers import Source
from forecasting.scenario.model import Amount, PointLever
from forecasting.scenario.number_limits import LARGEST
from forecasting.scenario.response import exchanged
from ui.frame import look
from ui.language import words
from ui.scenario import terms
from ui.scenario.forms import ask_realisation
from ui.scenario.state import Draft

_AMOUNT, _POINTS, _LEVER = "amount", "points", "lever"


def show(draft: Draft) -> None:
    """Show what is set up, and a form to add more; it is turned on the page of the scenario."""
    say, scenario = draft.say, draft.scenario
    st.header(say("desk.own_levers"), anchor=False)
    st.caption(say("assumed.own_note"))
    entries: list[Amount | PointLever] = [*scenario.amounts, *scenario.points]
    for place, entry in enumerate(entries):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_told(entry, draft), width="content")
            if st.button(
                say("scenario_action.remove"), key=draft.key("drop", str(place)), type="tertiary"
            ):
                draft.change(
                    replace(
                        scenario,
                        amounts=tuple(one for one in scenario.amounts if one is not entry),
                        points=tuple(one for one in scenario.points if one is not entry),
                    )
                )
        new = ask_realisation(entry, ("own", str(place)), draft)
        if new != entry:
            which = entries[:place].count(entry)
            draft.change(exchanged(scenario, entry, new, which), typed=True)
    _show_adding(draft)


def _told(entry: Amount | PointLever, draft: Draft) -> str:
    say = draft.say
    name = terms.entry_name(entry, draft.catalogue, say)
    if isinstance(entry, Amount):
        return f"**{name}**"
    return say(
        "assumed.point_lever",
        name=name,
        indicator=terms.indicator_name(entry.indicator, draft.catalogue, say),
        size=terms.points(entry.size, say, signed=True),
        spread=terms.points(entry.spread, say),
        source=terms.source_name(entry.source, say),
    )


def _show_adding(draft: Draft) -> None:
    say = draft.say
    kinds: Mapping[str, Callable[[Draft, str, str], None]] = {
        _AMOUNT: _add_amount,
        _POINTS: _add_amount,
        _LEVER: _add_lever,
    }
    indicators = {line.target.indicator: line.history.indicator for line in draft.baseline.standing}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            say("assumed.own_kind"),
            list(kinds),
            format_func=lambda one: say(f"assumed.own_{one}"),
            key=draft.key("own_kind"),
            width=190,
        )
        indicator = st.selectbox(
            say("scenario_label.pin_indicator"),
            list(indicators),
            format_func=lambda one: words.title(indicators[one], say.plain),
            key=draft.key("own_indicator"),
            width=260,
        )
        kinds[kind](draft, kind, indicator)
    look.show(look.note(say(f"assumed.own_{kind}_note")))
    levels = {**draft.baseline.levels, **dict(draft.scenario.levels)}
    if kind == _AMOUNT and indicator not in levels:
        name = words.title(indicators[indicator], say)
        st.warning(say("assumed.own_no_level", name=name))


def _add_amount(draft: Draft, kind: str, indicator: str) -> None:
    say = draft.say
    name = st.text_input(say("assumed.own_name"), key=draft.key("own_name"), width=200)
    added = Amount(indicator, 0.0, name.strip(), points=kind == _POINTS)
    # One that differs in nothing but its value would be turned in its place.
    taken = added in [replace(one, value=0.0, start=None) for one in draft.scenario.amounts]
    title = say("scenario_action.add")
    if st.button(title, key=draft.key("add_own"), type="primary", disabled=taken):
        draft.change(replace(draft.scenario, amounts=(*draft.scenario.amounts, added)))


def _add_lever(draft: Draft, kind: str, indicator: str) -> None:
    say = draft.say
    name = st.text_input(say("assumed.own_name"), key=draft.key("own_name"), width=160)
    size = st.number_input(
        say("assumption.size"), value=0.1, step=0.1, format="%g",
        min_value=-LARGEST, max_value=LARGEST, key=draft.key("own_size"), width=140,
    )  # fmt: skip
    spread = st.number_input(
        say("edit.field.spread"), value=0.0, min_value=0.0, max_value=LARGEST,
        step=0.1, format="%g", key=draft.key("own_spread"),
        help=say("assumed.spread_help"), width=140,
    )  # fmt: skip
    sources = [Source.JUDGEMENT, *([Source.ESTIMATED] if spread > 0 else [])]
    source = st.selectbox(
        say("scenario_label.source"),
        sources,
        format_func=lambda one: terms.source_name(one, say),
        key=draft.key("own_source"),
        width=120,
    )
    taken = {(one.name, one.indicator) for one in draft.scenario.points}
    ready = bool(name.strip()) and size != 0 and (name.strip(), indicator) not in taken
    title = say("scenario_action.add")
    if st.button(title, key=draft.key("add_own"), type="primary", disabled=not ready):
        added = PointLever(name.strip(), indicator, 0.0, size, spread, source=source)
        draft.change(replace(draft.scenario, points=(*draft.scenario.points, added)))
