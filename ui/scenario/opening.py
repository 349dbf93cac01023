"""What opens every page about scenarios: the view, the links between them, the desk, the bar."""

from __future__ import annotations

import streamlit as st

from ui.frame import controls
from ui.frame.errors import end_page, guard
from ui.language import t
from ui.outlook import notes
from ui.scenario import bar, desk
from ui.scenario.desk import Desk


class Opening:
    """The desk, and the places above it that are filled once the page has changed it.

    An area without figures ends the page.
    """

    def __init__(self) -> None:
        view, asked = controls.choose_view()
        self._menu = controls.ScenarioMenu(view)
        self._bar = st.container()
        if asked is None:
            self._menu.show()
            notes.show_empty(view)
            end_page()
        with guard(view.language), st.spinner(t("app.spinner", view.language)):
            self.desk = desk.opened(view, asked)
            _ = self.desk.before
        self._menu.show()

    def show(self) -> None:
        """Show the bar and the links as the scenario stands now."""
        self._menu.show()
        with self._bar:
            bar.show(self.desk)


def opened() -> Desk:
    """Show everything above a page and return the desk."""
    opening = Opening()
    opening.show()
    return opening.desk
