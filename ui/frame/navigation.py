"""The pages of the app and the menu between them; imports nothing that a reader would wait for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from ui.frame import address
from ui.frame.site import SHARED
from ui.language import Speaker

_UI = Path(__file__).resolve().parents[1]
PAGES = {
    "overview": "overview",
    "indicator": "indicator",
    "scenario": "scenario/explore",
    "plan": "plan/criteria",
    "claims": "plan/claims",
    "tasks": "plan/tasks",
    "meeting": "plan/meeting",
    "issues": "issues",
    "track": "record",
    "data": "figures",
    "method": "method",
    "upload": "workbook",
    "vintages": "vintages",
    "targets": "targets",
    "areas": "areas",
    "league": "fleet",
    "alerts": "alerts",
    "projects": "scenario/projects",
    "assumptions": "scenario/assumptions",
    "scenarios": "scenario/saved",
    "people": "people",
    SHARED: "links",
}
"""The folder of every page, by its address."""
FIRST = "overview"
_MENU = (FIRST, "indicator", "scenario", "plan", "issues", "track", "data", "method")
DATA_MENU = ("data", "upload", "vintages", "targets", "areas", "league", "alerts")
PLAN_MENU = ("meeting", "plan", "claims", "tasks")
SCENARIO_MENU = ("scenario", "projects", "assumptions", "scenarios")


def names() -> tuple[str, ...]:
    """Return the name of every page, the one that opens first before the others."""
    return tuple(dict.fromkeys((*_MENU, *PLAN_MENU, *DATA_MENU, *SCENARIO_MENU, "people", SHARED)))


def pages(say: Speaker) -> dict[str, Page]:
    """Return the pages by name; each address is there for everyone."""
    first, *others = names()
    title = say(f"page.{first}")
    return {first: st.Page(script(first), title=title, default=True)} | {
        name: st.Page(script(name), title=say(f"page.{name}"), url_path=name) for name in others
    }


def script(name: str) -> Path:
    """Return the file of a page."""
    return _UI / PAGES[name] / "page.py"


def room_of(name: str) -> str:
    """Return the page of the main menu that a page belongs to; empty where there is none."""
    rooms = {"scenario": SCENARIO_MENU, "plan": PLAN_MENU, "data": DATA_MENU}
    room = next((room for room, names in rooms.items() if name in names), name)
    return room if room in _MENU else ""


class Menu:
    """The links to every page; each carries the whole view, which Streamlit's own would drop.

    The room of the page that is open is marked, on every page of it.
    """

    def __init__(self, pages: dict[str, Page], opened: str) -> None:
        self._pages = {name: pages[name] for name in _MENU}
        self._room = room_of(opened)
        self._times = 0
        self._place = st.container(key="menu").empty()
        self._carried: dict[str, str] | None = None

    def show(self) -> None:
        """Show the links, or show them anew where the page has changed the view."""
        view = address.whole_view()
        if view == self._carried:
            return
        self._carried = view
        self._times += 1  # no key may come twice in a run, not even in what is replaced
        with self._place, st.container(horizontal=True):
            for name, page in self._pages.items():
                if name == self._room:
                    with st.container(key=f"menu_here_{self._times}", width="content"):
                        st.page_link(page, query_params=view)
                else:
                    st.page_link(page, query_params=view)
