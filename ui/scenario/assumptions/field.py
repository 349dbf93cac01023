"""A field for a number that arithmetic rests on: empty, it stands for the usual one."""

from __future__ import annotations

import streamlit as st

from forecasting.scenario.levers import Assumption
from ui.frame import session
from ui.language import Language, t
from ui.scenario import terms

_WIDTH = 150


def typed(
    name: str,
    rule: Assumption,
    *,
    given: float | None,
    usual: float | None,
    key: str,
    language: Language,
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
            _title(name, language),
            value=session.fresh(key, shown),
            placeholder=_placeholder(usual, scale, language),
            min_value=low,
            max_value=high,
            step=None,
            format="%g",
            help=terms.assumption_help(name, language),
            key=key,
        )
        # What lies outside is marked by Streamlit without a word, and not taken.
        st.caption(_range(low, high, language))
    if entered == shown:
        return given  # the field may show fewer digits than the scenario has
    said = None if entered is None else entered / scale
    return None if said == usual else said


def _range(low: float, high: float, language: Language) -> str:
    key = "format.interval_negative" if low < 0 else "format.interval"
    ends = (terms.set_figure(end) for end in (low, high))
    return t(key, language, **dict(zip(("low", "high"), ends, strict=True)))


def _title(name: str, language: Language) -> str:
    unit = terms.assumption_unit(name, language)
    spoken = terms.assumption_name(name, language)
    title = spoken[:1].upper() + spoken[1:]
    return t("lever_label.unit", language, name=title, unit=unit) if unit else title


def _placeholder(usual: float | None, scale: float, language: Language) -> str:
    if usual is None:
        return t("assumed.to_fill", language)
    return terms.set_figure(round(usual * scale, 6))
