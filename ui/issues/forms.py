"""Issuing an outlook (出具研判): what will be frozen, by whom, and the first link to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from data.store.issued import IssueRecord
from forecasting.scenario.entries import PointLever, Project
from forecasting.scenario.scenario import Scenario
from ui.frame import address, cache, look, session
from ui.frame.errors import guard, show_error
from ui.frame.navigation import script
from ui.frame.session import Issuing
from ui.frame.shell import View
from ui.issues import issuing, link_forms
from ui.issues.issuing import Wish
from ui.language import format as fmt
from ui.language import t, words
from ui.language.markdown import literal
from ui.scenario.changes import changes

ISSUES_PAGE = str(script("issues"))


def show(wish: Wish, view: View, kind: str) -> None:
    """Show the button, and in its place, once it is pressed, all that issuing takes.

    Parameters
    ----------
    kind
        The page that it is shown on: what is begun on one is not open on another.
    """
    language = view.language
    subject = f"{kind}/{view.area.id}/{wish.asking.year}"
    begun = session.issuing()
    if begun is None or begun.subject != subject:
        if st.button(t("issue.begin", language), key="issue_begin"):
            session.set_issuing(Issuing(subject))
            st.rerun()
        return
    st.header(t("issue.begin", language), anchor=False)
    if begun.number is None:
        _show_form(begun, wish, view)
    else:
        _show_issued(begun.number, view)
    if st.button(t("issue.close", language), key="issue_close"):
        session.set_issuing(None)
        st.rerun()


def _show_form(begun: Issuing, wish: Wish, view: View) -> None:
    language = view.language
    if wish.refused:
        show_error(wish.refused, language)
        return
    _hold_to(begun, wish)
    if begun.changed:
        st.warning(t("issue.changed", language))
    st.markdown(t("issue.lead", language))
    st.markdown("\n".join(f"- {line}" for line in _frozen(wish, view)))
    with guard(language):
        internal = issuing.is_unpublished(wish)
    if internal:
        look.show(look.flash_stamp(language))
        st.markdown(t("issue.internal", language))
    with st.form("issue", border=False):
        issuer = st.text_input(t("issue.issuer", language), _last_issuer(view), max_chars=60)
        note = st.text_area(t("issue.note", language), max_chars=600)
        author = st.text_input(t("issue.author", language), max_chars=60)
        do = t("issue.do", language)
        wanted = st.form_submit_button(do, type="primary", key=_button(begun))
    if wanted:
        with guard(language), st.spinner(t("issue.progress", language)):
            _issue_once(begun, lambda: issuing.issue(wish, issuer, note, author).number)
        st.rerun()


def _hold_to(begun: Issuing, wish: Wish) -> None:
    """Void what the form said before, if it is no longer what would be issued.

    The press of a button runs the page anew, on data that a colleague may have committed since;
    what is issued must be what stood above that button.
    """
    before = begun.shown
    if isinstance(before, Wish) and before != wish:
        pressed = session.pressed(_button(begun))
        begun.changed = pressed or before.asking.snapshot != wish.asking.snapshot
    begun.show(wish)


def _button(begun: Issuing) -> str:
    return f"issue_do_{begun.press}"


def _issue_once(begun: Issuing, issue: Callable[[], int]) -> None:
    """Issue what was begun; a second press, in a run beside the first, finds it issued.

    Its number is kept without a call of Streamlit, at each of which this run may be ended.
    """
    with begun.lock:
        if begun.number is None:
            begun.number = issue()


def _frozen(wish: Wish, view: View) -> list[str]:
    """Say what is about to be frozen."""
    language, asking = view.language, wish.asking
    name = words.name(view.area.name, language)
    lines = [t("issue.what", language, area=name, year=asking.year)]
    if asking.as_of:
        lines.append(fmt.as_of(asking.as_of, language))
    if asking.line is not None:
        kind = "line" if view.area.reference else "threshold"
        lines.append(f"{t(f'control.{kind}', language)} {fmt.threshold(asking.line)}")
    if wish.applied is None:
        lines.append(t("issue.baseline", language))
    elif name := literal(wish.scenario.name.strip()):
        lines.append(t("issue.scenario_named", language, name=name))
    else:
        draft = t("scenario_label.draft", language)
        lines.append(t("issue.scenario", language, name=draft))
    if own := _told_of_own(wish, view):
        lines.append(t("issue.own", language, names=own))
    lines.append(t("issue.vintage", language, vintage=asking.snapshot.vintage))
    return lines


def _told_of_own(wish: Wish, view: View) -> str:
    """Name the levers with names of their own and what will be told of each without its name."""
    language, year, told = view.language, wish.asking.year, []
    entries = wish.applied.scenario.entries if wish.applied else ()
    for entry in entries:
        if isinstance(entry, Project) or not entry.name or not entry.value:
            continue
        bare = entry if isinstance(entry, PointLever) else replace(entry, name="")
        after = Scenario().holding([bare])
        what = changes(Scenario(), after, year, view.catalogue, language)[0].text
        told.append(t("issue.own_one", language, name=literal(entry.name), what=what))
    return t("format.semicolon", language).join(told)


def _last_issuer(view: View) -> str:
    listed = cache.store().issues.listed(view.area.id)
    return listed[0].issuer if listed else ""


def _show_issued(number: int, view: View) -> None:
    language = view.language
    with guard(language):
        issued: IssueRecord = cache.store().issues.find(number)
    st.success(t("issue.done", language, number=number, at=fmt.minute(issued.issued_at)))
    link_forms.show(issued, language, expanded=True)
    with st.container(key="go_on"):
        label = t("issue.to_list", language)
        st.page_link(ISSUES_PAGE, label=label, query_params=address.whole_view())
