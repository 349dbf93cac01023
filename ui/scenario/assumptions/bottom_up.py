"""Views from below: an indicator's year out of key firms, projects and everything else."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from forecasting.errors import LevelsMissing, OutlookError
from forecasting.scenario.bottom_up import (
    BottomUpAnswer,
    bottom_up_answers,
    rest_as_modelled,
    without_level,
)
from forecasting.scenario.model import BottomUp, Item, Rest
from forecasting.scenario.number_limits import LARGEST, LEAST_GROWTH
from ui.frame import look
from ui.frame.columns import Column, table
from ui.frame.errors import show_error
from ui.language import format as fmt
from ui.language import words
from ui.scenario.assumptions import forms
from ui.scenario.assumptions.sentences import bottom_up_sentence
from ui.scenario.state import Draft

_QUARTERS = (1, 2, 3, 4)
LEAST_SPREAD = 0.1
"""Points, that a view begins with: nothing is in no doubt."""


def show(draft: Draft) -> None:
    """Choose an indicator, show its view beside the model's, and let it be edited."""
    say = draft.say
    st.header(say("scenario_label.bottom_up"), anchor=False)
    st.caption(say("scenario_label.bottom_up_note"))
    indicators = {line.target.indicator: line.history.indicator for line in draft.baseline.standing}
    views = {view.indicator: view for view in draft.scenario.bottom_up}
    chosen = st.selectbox(
        say("scenario_label.pin_indicator"),
        list(indicators),
        index=next((k for k, one in enumerate(indicators) if one in views), 0),
        format_func=lambda one: words.title(indicators[one], say.plain),
        key=draft.key("below_indicator"),
        width=300,
    )
    view = views.get(chosen)
    if view is None:
        if st.button(say("assumed.below_begin"), key=draft.key("begin", chosen)):
            modelled = rest_as_modelled(draft.baseline, chosen) or Rest(0.0)
            rounded = Rest(round(modelled.growth, 1), max(round(modelled.spread, 1), LEAST_SPREAD))
            _put(BottomUp(chosen, rounded), draft, typed=False)
        return
    _show_answer(view, draft)
    new = _edited(view, draft)
    problems = list(_problems(new))
    for problem, name in problems:
        st.markdown(say(f"assumed.below_{problem}", name=say.verbatim(name)))
    if problems:
        st.markdown(say("assumed.below_not_taken"))
    elif new != view:
        _put(new, draft, typed=True)
    if st.button(say("scenario_action.remove"), key=draft.key("end", chosen)):
        rest = tuple(one for one in draft.scenario.bottom_up if one.indicator != chosen)
        draft.change(replace(draft.scenario, bottom_up=rest))


def _problems(view: BottomUp) -> Iterator[tuple[str, str]]:
    """Yield what a scenario cannot hold, with the name of the item."""
    for item in view.items:
        if any(map(math.isnan, (*item.base, *item.known))):
            yield "gap", item.name
        if item.problem:
            yield "problem", item.name
    names = Counter(item.name for item in view.items)
    yield from (("twice", name) for name, count in names.items() if count > 1)


def _put(view: BottomUp, draft: Draft, *, typed: bool) -> None:
    others = tuple(one for one in draft.scenario.bottom_up if one.indicator != view.indicator)
    draft.change(replace(draft.scenario, bottom_up=(*others, view)), typed=typed)


def _show_answer(view: BottomUp, draft: Draft) -> None:
    """Show what the view comes to beside the model, or why it comes to nothing."""
    say = draft.say
    if lacking := without_level(draft.baseline, draft.scenario, [view]):
        show_error(LevelsMissing(lacking, draft.year - 1), say)
        return
    if not view.items:
        st.markdown(say("assumed.below_empty"))
        return
    try:
        answers = bottom_up_answers(draft.baseline, draft.evaluation.usable, partly=True)
    except OutlookError as error:
        show_error(error, say)
        return
    for answer in answers:
        if answer.indicator == view.indicator:
            catalogue, outlook = draft.catalogue, draft.baseline_outlook
            st.markdown(bottom_up_sentence(answer, outlook, catalogue, say))
            _show_sides(answer, draft)


def _show_sides(answer: BottomUpAnswer, draft: Draft) -> None:
    say = draft.say
    sides = {"below": answer.below, "model": answer.model}

    def interval(name: str) -> str:
        return look.range_cell(sides[name].quantiles.q10, sides[name].quantiles.q90, say)

    columns: list[Column[str]] = [
        Column("", "l strong", lambda name: say(f"assumed.side_{name}")),
        Column(say("column.expected"), "", lambda name: fmt.percent(sides[name].quantiles.median)),
        Column(say("column.interval"), "", cell=interval),
        Column(
            say("column.probability"), "", lambda name: fmt.probability(sides[name].probability)
        ),
    ]
    look.show(table(columns, sides))


def _edited(view: BottomUp, draft: Draft) -> BottomUp:
    say = draft.say
    weight = st.slider(
        say("assumed.weight"), 0, 100, round(100 * view.weight), 5, format="%d%%",
        key=draft.key("weight", view.indicator), help=say("assumed.weight_help"),
    )  # fmt: skip
    with st.container(horizontal=True):
        growth = st.number_input(
            say("assumed.rest_growth"), value=view.rest.growth, min_value=LEAST_GROWTH,
            max_value=LARGEST, step=0.5, format="%g",
            key=draft.key("rest_growth", view.indicator), width=240,
        )  # fmt: skip
        spread = st.number_input(
            say("assumed.rest_spread"), value=view.rest.spread, min_value=0.0,
            max_value=LARGEST, step=0.5, format="%g",
            key=draft.key("rest_spread", view.indicator), width=240,
        )  # fmt: skip
    st.caption(say("assumed.items_note"))
    name = f"items {view.indicator}"
    items = forms.entries_editor(name, view.items, _columns(draft), draft, write=_row, read=_item)
    share = view.weight if weight == round(100 * view.weight) else weight / 100
    return replace(view, weight=share, rest=Rest(growth, spread), items=items)


def _columns(draft: Draft) -> dict[str, Any]:
    say, year = draft.say, draft.year
    number = partial(st.column_config.NumberColumn, max_value=LARGEST)
    columns: dict[str, Any] = {
        "name": st.column_config.TextColumn(say("assumed.item_name"), required=True, pinned=True),
        "base": number(say("assumed.item_base", year=year - 1), min_value=0.0),
    }
    for quarter in _QUARTERS:
        name = say(f"period.quarter_name.{quarter}")
        columns[f"base_{quarter}"] = number(
            say("assumed.item_quarter", year=year - 1, quarter=name), min_value=0.0
        )
    for quarter in _QUARTERS:
        name = say(f"period.quarter_name.{quarter}")
        columns[f"known_{quarter}"] = number(
            say("assumed.item_quarter", year=year, quarter=name), min_value=0.0
        )
    for field, least in (("growth", LEAST_GROWTH), ("amount", 0.0), ("spread", 0.0)):
        columns[field] = number(say(f"assumed.item_{field}"), min_value=least)
    columns["probability"] = number(
        say("assumed.item_probability"), min_value=0.0, max_value=100.0, default=100.0
    )
    return columns


def _row(item: Item) -> dict[str, Any]:
    row: dict[str, Any] = {"name": item.name, "growth": item.growth, "amount": item.amount}
    if len(item.base) == 1:
        row["base"] = item.base[0]
    else:
        row |= {f"base_{k}": level for k, level in zip(_QUARTERS, item.base, strict=True)}
    row |= {f"known_{k}": level for k, level in zip(_QUARTERS, item.known, strict=False)}
    return row | {"spread": item.spread, "probability": round(100 * item.probability, 6)}


def _item(row: Mapping[str, Any]) -> Item:
    """Return an item as typed: four quarters of last year before the year alone.

    A quarter that is left out beside others is not a number: nobody said that it was zero.
    """
    quarters = [row[f"base_{k}"] for k in _QUARTERS]
    base: Sequence[float | None] = [row["base"] or 0.0]
    if any(level is not None for level in quarters):
        base = quarters
    known = [row[f"known_{k}"] for k in _QUARTERS]
    while known and known[-1] is None:
        known.pop()
    probability = row["probability"]
    return Item(
        name=str(row["name"]).strip(),
        base=tuple(map(_level, base)),
        known=tuple(map(_level, known)),
        growth=row["growth"],
        amount=row["amount"],
        spread=max(float(row["spread"] or 0.0), 0.0),
        probability=1.0 if probability is None else float(probability) / 100,
    )


def _level(typed: float | None) -> float:
    return math.nan if typed is None else float(typed)
