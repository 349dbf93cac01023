"""Zone Outlook: the entry of every run. Page config, language, look and navigation."""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from ui.frame import look, navigation, state
from ui.frame.errors import tell_of_defects
from ui.frame.site import SHARED
from ui.language import t

state.follow()
language = state.language()
st.set_page_config(page_title=t("app.name", language), page_icon=look.ICON, layout="wide")
look.apply(language, dark=state.dark())
pages = navigation.pages(language)
page = st.navigation(list(pages.values()), position="hidden")
menu = None
if page.url_path != SHARED:
    state.forget_link()
    menu = navigation.Menu(pages)
    menu.show()
with suppress(StopException), tell_of_defects(language):  # a page may end early
    page.run()
state.publish()
if menu is not None:
    menu.show()
