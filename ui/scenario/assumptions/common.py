"""What is assumed of every project, and of every lever that says no other."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from forecasting.scenario.levers import COMMON
from forecasting.scenario.model import Scenario
from ui.language import t
from ui.scenario.assumptions import field
from ui.scenario.state import Draft


def show(draft: Draft) -> None:
    """Show a field for each."""
    language, own, usual = draft.language, draft.scenario.common, Scenario().common
    st.header(t("assumed.common", language), anchor=False, help=t("assumed.common_help", language))
    said = {}
    with st.container(horizontal=True, key=draft.key("common")):
        for name, rule in COMMON.items():
            value = field.typed(
                name,
                rule,
                given=None if own[name] == usual[name] else own[name],
                usual=usual[name],
                key=draft.key("common", name),
                language=language,
            )
            said[name] = usual[name] if value is None else value
    if said != own:
        price_index, sales_rate = (said[name] for name in ("price_index", "sales_rate"))
        new = replace(draft.scenario, price_index=price_index, sales_rate=sales_rate)
        draft.change(new, typed=True)
