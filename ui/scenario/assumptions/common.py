"""What is assumed of every project, and of every lever that says no other."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from forecasting.scenario.levers import COMMON
from forecasting.scenario.model import Scenario
from ui.language import t
from ui.scenario.assumptions import field
from ui.scenario.desk import Desk


def show(desk: Desk) -> None:
    """Show a field for each."""
    language, own, usual = desk.language, desk.scenario.common, Scenario().common
    st.header(t("assumed.common", language), anchor=False, help=t("assumed.common_help", language))
    said = {}
    with st.container(horizontal=True, key=desk.key("common")):
        for name, rule in COMMON.items():
            value = field.typed(
                name,
                rule,
                given=None if own[name] == usual[name] else own[name],
                usual=usual[name],
                key=desk.key("common", name),
                language=language,
            )
            said[name] = usual[name] if value is None else value
    if said != own:
        price_index, sales_rate = (said[name] for name in ("price_index", "sales_rate"))
        new = replace(desk.scenario, price_index=price_index, sales_rate=sales_rate)
        desk.change(new, typed=True)
