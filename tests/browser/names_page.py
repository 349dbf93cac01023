"""A page of names in Markdown, at every place that one may stand: ``streamlit run`` serves it."""

from __future__ import annotations

import streamlit as st

from tests.ui.language.test_markdown import NAMES
from ui.language.markdown import literal

st.title("names")
for place, name in enumerate(NAMES):
    with st.container(key=f"name_{place}"):
        st.markdown(literal(name))
        st.markdown(f"甲 {literal(name)} 乙")
        st.header(literal(name), anchor=False)
        st.checkbox(literal(name), key=f"box_{place}")
