"""Zone Outlook: the entry of every run. Page config, language, look and navigation."""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from ui.frame import address, look, navigation
from ui.frame.errors import tell_of_defects
from ui.frame.site import SHARED
from ui.language import t

address.follow()
language = address.language()
st.set_page_config(page_title=t("app.name", language), page_icon=look.ICON, layout="wide")
look.apply(language, dark=address.dark())
pages = navigation.pages(language)
page = st.navigation(list(pages.values()), position="hidden")
menu = None
if page.url_path != SHARED:
    address.forget_link()
    menu = navigation.Menu(pages)
    menu.show()
with suppress(StopException), tell_of_defects(language):  # a page may end early
    page.run()
address.publish()
if menu is not None:
    menu.show()
