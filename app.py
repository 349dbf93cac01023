"""Zone Outlook: the entry of every run. Page config, language, look and navigation."""

import streamlit as st

from ui import look, state
from ui.messages import t
from ui.parts import shell

language = state.language()
st.set_page_config(page_title=t("app.name", language), page_icon=look.ICON, layout="wide")
look.apply(language, dark=state.dark())
st.navigation(shell.pages(language), position="top").run()
