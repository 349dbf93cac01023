"""Zone Outlook: the entry of every run. Page config, language, look and navigation."""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from ui import look, state
from ui.messages import t
from ui.messages.errors import tell_of_defects
from ui.parts import shell

state.follow()
language = state.language()
st.set_page_config(page_title=t("app.name", language), page_icon=look.ICON, layout="wide")
look.apply(language, dark=state.dark())
pages = shell.pages(language)
page = st.navigation(list(pages.values()), position="hidden")
menu = shell.Menu(pages)
menu.show()
with suppress(StopException), tell_of_defects(language):  # a page may end early
    page.run()
state.publish()
menu.show()
