"""Zone Outlook: the entry of every run. Page config, language, look and navigation."""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from ui.frame import address, cut_off, look, navigation, page_files
from ui.frame.errors import tell_of_defects
from ui.frame.site import SHARED
from ui.people import entrance

address.follow()
page_files.start()
say = address.speaker()
st.set_page_config(page_title=say("app.name"), page_icon=look.ICON, layout="wide")
look.apply(say, dark=address.dark())
pages = navigation.pages(say)
page = st.navigation(list(pages.values()), position="hidden")
menu = None
with suppress(StopException), tell_of_defects(say):  # a page may end early
    if page.url_path != SHARED and entrance.is_open():
        address.forget_link()
        menu = navigation.Menu(pages, page.url_path or navigation.FIRST)
        menu.show()
        entrance.show_account(say)
    if entrance.admits(page.url_path or navigation.FIRST, say):
        cut_off.settle(say)
        page.run()
page_files.show(say)
address.publish()
if menu is not None:
    menu.show()
