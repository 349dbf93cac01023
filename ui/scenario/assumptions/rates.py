"""How much of a plan comes, by reference class: the rates, what each rests on, the zone's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
import streamlit as st

from data.realisation import PublishedRate, published_rates, rate_sources
from forecasting.scenario.realisation import known_outcomes, rates_of
from forecasting.scenario.reference_class import (
    PRIOR,
    ZONE_FACTOR,
    ClassRate,
    Rate,
    RateKey,
    RealisationRates,
)
from ui.frame import look, page_files, session
from ui.language import Language
from ui.language import format as fmt
from ui.scenario.forms import ENDS
from ui.scenario.state import Draft

_CLASS, _QUANTITY, _SOURCE, _RESTS_ON = "class", "quantity", "source", "rests_on"
_MOST = 1000.0
"""Percent of a plan that a rate may say."""


def show(draft: Draft) -> None:
    """Show the rates of all classes to be edited, and what moved them."""
    say = draft.say
    st.header(say("rates.title"), anchor=False)
    st.caption(say("rates.note"))
    usual = rates_of(replace(draft.scenario, rates=()), draft.first_open)
    _show_outcomes(usual, draft)
    rates = _edited(usual, draft)
    factor = _ask_zone_factor(draft)
    new = replace(draft.scenario, rates=rates, zone_factor=factor)
    if set(new.rates) != set(draft.scenario.rates) or factor != draft.scenario.zone_factor:
        draft.change(new, typed=True)
    _show_published(draft)


def _show_outcomes(usual: RealisationRates, draft: Draft) -> None:
    """Say which rates the outcomes of the zone's own ledger have moved."""
    say = draft.say
    outcomes = known_outcomes(draft.scenario.projects, draft.first_open)
    counts = Counter((outcome.reference, outcome.quantity) for outcome in outcomes)
    for key, count in counts.items():
        line = say(
            "rates.moved",
            count=count,
            name=say(f"reference_class.{key[0]}"),
            quantity=say(f"rate_quantity.{key[1]}"),
            before=fmt.share(PRIOR[key][0].expected),
            after=fmt.share(usual.rate(*key).expected),
        )
        look.show(look.note(line))


def _edited(usual: RealisationRates, draft: Draft) -> tuple[ClassRate, ...]:
    """Show a row for each rate, and return those that a scenario has of its own, as typed."""
    say, scenario = draft.say, draft.scenario
    own = {(one.reference, one.quantity): one.rate for one in scenario.rates}
    keys = list(PRIOR)
    rows = [_row(key, own.get(key), usual, draft) for key in keys]
    key = draft.key("grid", "rates")
    edited = st.data_editor(
        session.once(key, lambda: pd.DataFrame(rows)),
        column_config={
            _CLASS: st.column_config.TextColumn(say("realisation.reference"), disabled=True),
            _QUANTITY: st.column_config.TextColumn(say("rates.quantity"), disabled=True),
            **{
                end: st.column_config.NumberColumn(
                    say(f"realisation.{end}"), min_value=0.0, max_value=_MOST, format="%.4g"
                )
                for end in ENDS
            },
            _SOURCE: st.column_config.TextColumn(say("scenario_label.source"), disabled=True),
            _RESTS_ON: st.column_config.TextColumn(say("rates.rests_on"), disabled=True),
        },
        hide_index=True,
        key=key,
        width="stretch",
    )
    typed = []
    for place, rate_key in enumerate(keys):
        cells = edited.iloc[place]
        rate = own.get(rate_key)
        if any(cells[end] != rows[place][end] for end in ENDS):
            rate = _typed(rate_key, cells, rate, usual, draft)
        if rate is not None:
            typed.append(ClassRate(*rate_key, rate.expected, rate.low, rate.high))
    return tuple(typed)


def _typed(
    key: RateKey, cells: pd.Series, given: Rate | None, usual: RealisationRates, draft: Draft
) -> Rate | None:
    """Return a rate as typed: an empty cell is as usual; one that cannot be is refused in words."""
    say, other = draft.say, usual.rate(*key)
    ends = {
        end: getattr(other, end) if pd.isna(cells[end]) else float(cells[end]) / 100 for end in ENDS
    }
    rate = Rate(**ends)
    if all(round(getattr(rate, end) - getattr(other, end), 6) == 0 for end in ENDS):
        return None
    most = 1.0 if PRIOR[key][0].high <= 1 else _MOST
    if rate.possible and rate.high <= most:
        return rate
    name, quantity = say(f"reference_class.{key[0]}"), say(f"rate_quantity.{key[1]}")
    refused = say("rates.impossible", name=name, quantity=quantity)
    look.show(f'<p class="fault">{refused}</p>')
    return given


def _row(
    key: RateKey, own: Rate | None, usual: RealisationRates, draft: Draft
) -> dict[str, str | float]:
    say = draft.say.plain
    reference, quantity = key
    rate = own or usual.rate(reference, quantity)
    if own is not None:
        source = say("source.own")
    elif key in dict(usual.own):
        source = say("realisation.of_zone")
    else:
        source = say(f"source.{PRIOR[key][1]}")
    rests_on = next((one for one in rate_sources() if one.key == key), None)
    zh = say.language is Language.ZH
    return {
        _CLASS: say(f"reference_class.{reference}"),
        _QUANTITY: say(f"rate_quantity.{quantity}"),
        **{end: round(100 * getattr(rate, end), 4) for end in ENDS},
        _SOURCE: source,
        _RESTS_ON: "" if rests_on is None else rests_on.rests_on_zh if zh else rests_on.rests_on_en,
    }


def _ask_zone_factor(draft: Draft) -> float:
    """Show what projects of the zone share, and return it."""
    say, given = draft.say, draft.scenario.zone_factor
    shown = round(given, 6)
    typed = st.number_input(
        say("rates.zone_factor"),
        value=shown,
        min_value=0.0,
        max_value=1.0,
        step=0.1,
        format="%g",
        help=say("rates.zone_factor_help", usual=f"{ZONE_FACTOR:g}"),
        key=draft.key("zone_factor"),
        width=200,
    )
    return given if typed == shown else float(typed)


def _show_published(draft: Draft) -> None:
    """Show the published rates behind those of the classes."""
    say, rows = draft.say, published_rates()
    with st.expander(say("rates.published", count=len(rows))):
        st.caption(say("rates.published_note"))
        names = (
            "place", "cohort", "as_of", "projects", "share_started", "plan_completion_share",
            "money_arrived_share", "share_in_production", "source_title", "source_url", "note",
        )  # fmt: skip
        shares = {name for name in names if "share" in name}
        titles = {
            name: say("rates.note_of" if name == "note" else f"rates.{name}") for name in names
        }
        frame = pd.DataFrame(
            [{title: _cell(row, name) for name, title in titles.items()} for row in rows]
        )
        page_files.table(
            frame,
            say("rates.published", count=len(rows)),
            column_config={
                **{
                    titles[name]: st.column_config.NumberColumn(format="percent") for name in shares
                },
                titles["source_url"]: st.column_config.LinkColumn(),
            },
            width="stretch",
        )


def _cell(row: PublishedRate, name: str) -> str | float | int | None:
    value: str | float | int | None = getattr(row, name)
    return value
