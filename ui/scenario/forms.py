"""What every entry of a scenario is asked: how much of it comes, by its class or by its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from forecasting.scenario.model import Turnable
from forecasting.scenario.realisation import rates_of, realised
from forecasting.scenario.reference_class import Rate
from ui.frame import look, session
from ui.language import format as fmt
from ui.scenario import sentences
from ui.scenario.state import Draft

ENDS = ("expected", "low", "high")
_MOST = 1000.0
"""Percent of what is planned that may be typed."""
_WIDTH = 110

Asked = TypeVar("Asked", bound=Turnable)


def ask_rate(
    given: Rate | None, usual: Rate, key: Callable[[str], str], draft: Draft
) -> Rate | None:
    """Show the fields of a rate in percent, and return it as typed; None where all are empty.

    What is left empty is as usual. A rate that cannot be is refused in words, and the one that
    was given stays.
    """
    say = draft.say
    typed: dict[str, float | None] = {}
    for end in ENDS:
        value: float | None = None if given is None else getattr(given, end)
        shown = None if value is None else float(f"{100 * value:.10g}")
        entered = st.number_input(
            say(f"realisation.{end}"),
            value=session.fresh(key(end), shown),
            placeholder=f"{100 * getattr(usual, end):.4g}",
            min_value=0.0,
            max_value=max(_MOST, shown or 0.0),
            step=None,
            format="%g",
            key=key(end),
            width=_WIDTH,
        )
        typed[end] = value if entered == shown else None if entered is None else entered / 100
    if all(value is None for value in typed.values()):
        return None
    rate = Rate(**{e: getattr(usual, e) if v is None else v for e, v in typed.items()})
    if rate.possible:
        return rate
    look.show(f'<p class="fault">{say("realisation.impossible")}</p>')
    return given


def ask_realisation(entry: Asked, names: tuple[str, ...], draft: Draft) -> Asked:
    """Show how much of an amount or a lever is taken to come, and return it as typed."""
    say = draft.say
    rates = rates_of(draft.scenario, draft.first_open)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        certain = st.checkbox(
            say("realisation.certain"),
            entry.certain,
            key=draft.key("certain", *names),
            help=say("realisation.certain_help"),
        )
        share = entry.realised
        if not certain:
            usual = realised(replace(entry, realised=None), rates)
            share = ask_rate(share, usual, lambda end: draft.key("realised", end, *names), draft)
    new = replace(entry, certain=certain, realised=share)
    line = sentences.comes(new, rates, say.plain)
    look.show(look.note(fmt.capitalised(line)))
    return new
