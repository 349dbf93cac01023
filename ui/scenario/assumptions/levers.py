"""What the arithmetic of levers and projects assumes, and when each lever counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import COMMON, Lever, LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.number_limits import MOST_LAG
from forecasting.scenario.response import exchanged
from ui.frame import look, session
from ui.language import format as fmt
from ui.scenario import terms
from ui.scenario.assumptions import forms
from ui.scenario.forms import ask_realisation
from ui.scenario.state import Draft
from ui.scenario.terms import LEVER_GROUPS

_QUARTERS_AHEAD = 6
_FIRST = "first"


def show(draft: Draft) -> None:
    """Show every lever that reaches something here, by group."""
    say = draft.say
    st.caption(say("assumed.levers_note"))
    _show_common(draft)
    alike: Counter[tuple[str, ...]] = Counter()
    equal: Counter[Lever] = Counter()
    for group, kinds in LEVER_GROUPS.items():
        own = [dial for kind in kinds for dial in _levers(draft) if dial.kind is kind]
        if own:
            st.header(say(f"lever_group.{group}"), anchor=False)
        for lever in own:
            names = (lever.kind, lever.name)
            number, which = alike[names], equal[lever]
            alike[names] += 1
            equal[lever] += 1
            _show_lever(lever, (*names, str(number)) if number else names, which, draft)
    _show_adding(draft)


def _levers(draft: Draft) -> list[Lever]:
    return [dial for dial in draft.evaluation.dials if isinstance(dial, Lever)]


def _show_lever(lever: Lever, names: Sequence[str], which: int, draft: Draft) -> None:
    """Show a lever, the ``which``-th of equal ones, under ``names`` that no other has."""
    say = draft.say
    with st.container(key=draft.key("lever", *names), gap="xsmall"):
        name = terms.entry_name(lever, draft.catalogue, say)
        st.markdown(f"**{name}**", help=say(f"lever_help.{lever.kind}"))
        with st.container(horizontal=True, vertical_alignment="top"):
            new = _with_assumptions(lever, names, draft)
            new = _with_timing(new, names, draft)
            removed = say("scenario_action.remove")
            if lever.name and st.button(removed, key=draft.key("drop", *names)):
                rest = list(draft.scenario.levers)
                rest.remove(lever)  # one of those that are equal, whichever
                draft.change(replace(draft.scenario, levers=tuple(rest)))
        if sources := _sources(new, draft):
            look.show(look.note(sources))
        new = ask_realisation(new, ("lever", *names), draft)
    if new != lever:
        draft.change(exchanged(draft.scenario, lever, new, which), typed=True)


def _with_assumptions(lever: Lever, names: Sequence[str], draft: Draft) -> Lever:
    """Show a field for every number the arithmetic needs, and return the lever as typed."""
    own = dict(lever.assumptions)
    typed = {}
    for name, rule in lever.rule.assumptions.items():
        typed[name] = forms.assumption_input(
            name,
            rule,
            given=own.get(name),
            usual=draft.scenario.common.get(name, rule.default),
            key=draft.key(name, *names),
            say=draft.say,
        )
    given = {name: value for name, value in typed.items() if value is not None}
    return lever if given == own else replace(lever, assumptions=tuple(given.items()))


def _with_timing(lever: Lever, names: Sequence[str], draft: Draft) -> Lever:
    """Show when a lever starts and counts, and return it as typed."""
    start = _choose_start(lever, names, draft)
    lag = _choose_lag(lever, names, draft)
    one_off = lever.one_off
    if lever.kind is LeverKind.TAX:
        with st.container(width="content"):
            st.space("small")  # as high as the labels of the fields beside it
            one_off = st.checkbox(
                draft.say("scenario_label.one_off"), one_off, key=draft.key("one_off", *names)
            )
    return replace(lever, start=start, lag=lag, one_off=one_off)


def _choose_start(lever: Lever, names: Sequence[str], draft: Draft) -> Quarter | None:
    """Show the quarter it starts in, and return it; None is the first that is open."""
    say, year = draft.say, draft.year
    now = draft.first_possible
    quarters = {_FIRST: None} | {str(now + k): now + k for k in range(1, _QUARTERS_AHEAD)}
    if lever.start is not None:
        quarters.setdefault(str(lever.start), lever.start)
    start = st.selectbox(
        say("scenario_label.start"),
        list(quarters),
        index=0 if lever.start is None else list(quarters).index(str(lever.start)),
        format_func=lambda name: terms.quarter_name(quarters[name] or now, year, say),
        key=draft.key("start", *names),
        width=150,
    )
    return quarters[start]


def _choose_lag(lever: Lever, names: Sequence[str], draft: Draft) -> int | None:
    """Show after how many quarters it counts, and return them; None is as usual."""
    key = draft.key("lag", *names)
    lag = st.number_input(
        draft.say("assumed.lag"),
        value=session.fresh(key, lever.lag),
        placeholder=str(lever.rule.lag),
        min_value=0,
        max_value=MOST_LAG,
        key=key,
        width=130,
    )
    return None if lag == lever.rule.lag and lag != lever.lag else lag


def _sources(lever: Lever, draft: Draft) -> str:
    say, own = draft.say.plain, dict(lever.assumptions)
    usual = draft.scenario.common
    sources = []
    for name, rule in lever.rule.assumptions.items():
        value = own.get(name, usual.get(name, rule.default))
        if value is not None:
            sources.append(
                say(
                    "assumed.source",
                    name=say(f"assumption.{name}"),
                    value=terms.assumption_value(name, value, say),
                    source=terms.source_name(rule.source, say, own=name in own),
                )
            )
    return say("format.semicolon").join(fmt.capitalised(one) for one in sources)


def _show_adding(draft: Draft) -> None:
    """Let a second lever of a kind be added, under a name that tells them apart."""
    say = draft.say
    with st.expander(say("assumed.another")):
        kinds = list(dict.fromkeys(lever.kind for lever in _levers(draft)))
        kind = st.selectbox(
            say("scenario_label.allowed"),
            kinds,
            format_func=lambda kind: say(f"lever.{kind}"),
            key=draft.key("another"),
        )
        name = st.text_input(say("assumed.own_name"), key=draft.key("another_name"))
        taken = {(lever.kind, lever.name) for lever in _levers(draft)}
        free = bool(name.strip()) and (kind, name.strip()) not in taken
        if st.button(say("scenario_action.add"), disabled=not free, key=draft.key("add_another")):
            added = Lever(kind, 0.0, name.strip())
            draft.change(replace(draft.scenario, levers=(*draft.scenario.levers, added)))


def _show_common(draft: Draft) -> None:
    say, own, usual = draft.say, draft.scenario.common, Scenario().common
    st.header(say("assumed.common"), anchor=False, help=say("assumed.common_help"))
    typed = {}
    with st.container(horizontal=True, key=draft.key("common")):
        for name, rule in COMMON.items():
            value = forms.assumption_input(
                name,
                rule,
                given=None if own[name] == usual[name] else own[name],
                usual=usual[name],
                key=draft.key("common", name),
                say=say,
            )
            typed[name] = usual[name] if value is None else value
    if typed != own:
        price_index, sales_rate = (typed[name] for name in ("price_index", "sales_rate"))
        new = replace(draft.scenario, price_index=price_index, sales_rate=sales_rate)
        draft.change(new, typed=True)
