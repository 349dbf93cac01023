"""How indicators are renamed, merged into another and removed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.indicators.edits import added, merge, remove, rename, signed
from data.store.permissions import Permission
from data.store.vintages import Commit
from ui.frame import cache, cut_off, people, session
from ui.frame.author import ask_author
from ui.frame.controls import View
from ui.language import words


def show_indicators(view: View) -> None:
    """Ask which indicator is to change, and how: those that were added can go, too."""
    say, catalogue = view.say, view.catalogue
    st.header(say("indicators.title"), anchor=False)
    if not people.allows(Permission.COMMIT, say("indicators.change"), say):
        return
    new = [one.id for one in added(cache.store(), view.snapshot.vintage)]
    st.caption(say("indicators.lead"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        id = st.selectbox(
            say("indicators.which"), [*new, *(id for id in catalogue.indicators if id not in new)],
            format_func=lambda id: words.title(catalogue[id], say.plain), width=330,
            key=f"edited_{view.snapshot.vintage}",
        )  # fmt: skip
        author = ask_author(
            say("upload.author"), session.author(), width=180, key="indicator_author"
        )
    _show_names(id, author, view)
    if id in new:
        _show_end(id, author, view)


def _show_names(id: str, author: str, view: View) -> None:
    say, indicator = view.say, view.catalogue[id]
    key = f"{id}_{view.snapshot.vintage}"
    with (
        st.form(f"indicator_{key}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input(
            say("areas.name_zh"), indicator.name.zh, max_chars=60, width=260, key=f"zh_{key}"
        )
        english = st.text_input(
            say("areas.name_en"), indicator.name.en, max_chars=80, width=260, key=f"en_{key}"
        )
        if st.form_submit_button(say("indicators.rename")):
            _commit(lambda: rename(cache.store(), id, name, english), "renamed", id, author, view)


def _show_end(id: str, author: str, view: View) -> None:
    """Ask into which indicator it is merged, or whether it is removed."""
    say, catalogue = view.say, view.catalogue
    with st.container(horizontal=True, vertical_alignment="bottom"):
        into = st.selectbox(
            say("indicators.into"), [other for other in catalogue.indicators if other != id],
            index=None, placeholder=say("indicators.choose"), width=330,
            format_func=lambda other: words.title(catalogue[other], say.plain), key=f"into_{id}",
        )  # fmt: skip
        if st.button(say("indicators.merge"), disabled=into is None) and into is not None:
            _commit(lambda: merge(cache.store(), id, into), "merged", id, author, view)
        if st.button(say("indicators.remove")):
            _commit(lambda: remove(cache.store(), id), "removed", id, author, view)


def _commit(make: Callable[[], Commit | None], what: str, id: str, author: str, view: View) -> None:
    say, name = view.say, view.catalogue[id].name

    def draft() -> Commit | None:
        made = make()
        note = say.plain(f"indicators.{what}", name=say.plain.name(name))
        return made and signed(made, author, note)

    def told(_: Commit, number: int) -> str:
        done = say(f"indicators.{what}", name=say.name(name))
        return say("indicators.done", what=done, number=number)

    cut_off.commit_edit(cache.store(), author, draft, told, say)
