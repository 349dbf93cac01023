"""How areas are added, by the names of places or one by one, and changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from data.areas.edits import added, changed, commit_of, names_in, own
from data.store.vintages import Commit
from forecasting.figures.indicator import Area, AreaKind, Names
from ui.frame import cache, cut_off, session
from ui.frame.author import ask_author
from ui.frame.controls import View


def show_addition(view: View) -> None:
    """Ask for the names of places that become areas, or for one that is in no list of places."""
    say = view.say
    st.header(say("areas.add"), anchor=False)
    with st.form("areas_add", border=False):
        names = st.text_area(
            say("areas.names"), placeholder=say("areas.names_example"), height=110, width=560
        )
        author = ask_author(say("upload.author"), session.author(), width=180)
        if st.form_submit_button(say("areas.add_go"), type="primary"):
            _commit(lambda areas: added(names_in(names), areas), author, view)
    with st.expander(say("areas.add_own")), st.form("areas_own", border=False):
        st.caption(say("areas.add_own_note"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(say("areas.name_zh"), max_chars=60, width=260)
            english = st.text_input(say("areas.name_en"), max_chars=80, width=260)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = _choose_kind(AreaKind.ZONE, "own", view)
            parent = _choose_parent(view.area.parent, "own", view)
        author = ask_author(say("upload.author"), session.author(), width=180)
        if st.form_submit_button(say("areas.add_go"), type="primary"):
            _commit(lambda areas: [own(name, english, kind, parent, areas)], author, view)


def show_change(view: View) -> None:
    """Ask what is to change of the area that is looked at."""
    say, area = view.say, view.area
    st.header(say("areas.change_title", area=say.name(area.name)), anchor=False)
    st.caption(say("areas.change_note"))
    key = f"{area.id}_{view.snapshot.vintage}_{say.language}"
    with st.form(f"areas_change_{key}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(say("areas.name_zh"), area.name.zh, max_chars=60, width=260)
            english = st.text_input(say("areas.name_en"), area.name.en, max_chars=80, width=260)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = _choose_kind(area.kind, key, view)
            parent = _choose_parent(area.parent, key, view, without=area.id)
        home = area.home or st.checkbox(say("areas.home"), key=f"home_{key}")
        author = ask_author(say("upload.author"), session.author(), width=180)
        if st.form_submit_button(say("areas.change_go"), type="primary"):
            new = replace(
                area, name=Names(name.strip(), english.strip()), kind=kind, parent=parent,
                home=home,
            )  # fmt: skip
            _commit(lambda areas: changed(new, areas), author, view)


def _choose_kind(kind: AreaKind, key: str, view: View) -> AreaKind:
    chosen = st.selectbox(
        view.say("areas.kind"), [str(one) for one in AreaKind], list(AreaKind).index(kind),
        format_func=lambda kind: view.say.plain(f"area_kind.{kind}"), key=f"kind_{key}", width=150,
    )  # fmt: skip
    return AreaKind(chosen)


def _choose_parent(parent: str, key: str, view: View, without: str = "") -> str:
    say = view.say
    above = {area.id: area for area in view.snapshot.areas if area.id != without}
    options = ["", *above]
    chosen: str = st.selectbox(
        say("areas.parent"), options, options.index(parent) if parent in options else 0,
        format_func=lambda id: say.plain.name(above[id].name) if id else say.plain("areas.none"),
        key=f"parent_{key}", width=260,
    )  # fmt: skip
    return chosen


def _commit(make: Callable[[Sequence[Area]], Sequence[Area]], author: str, view: View) -> None:
    say = view.say

    def draft() -> Commit | None:
        new = make(view.snapshot.areas)
        note = say.plain("areas.note", areas=say("format.comma").join(one.name.zh for one in new))
        return commit_of(new, author, note, view.snapshot.vintage) if new else None

    def told(made: Commit, number: int) -> str:
        names = say("format.comma").join(say.name(area.name) for area in made.areas)
        return say("areas.done", areas=names, number=number)

    cut_off.commit_edit(cache.store(), author, draft, told, say)
