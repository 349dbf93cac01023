"""Forms of issues: issuing an outlook (出具研判), and making, showing and ending links to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from data.issues import issuing
from data.issues.issuing import (
    LONGEST_ISSUER,
    LONGEST_NOTE,
    LONGEST_NUMBER,
    IssueHead,
    IssueRequest,
)
from data.store.issues import IssueRecord
from data.store.permissions import Permission
from data.texts import LONGEST_AUTHOR
from forecasting.scenario.model import PointLever, Scenario
from forecasting.scenario.projects import Project
from forecasting.solve.wish import WANTED
from ui.frame import address, cache, cut_off, look, people, session
from ui.frame.author import ask_author
from ui.frame.controls import View
from ui.frame.errors import guard, show_error
from ui.frame.navigation import script
from ui.frame.session import Issuing
from ui.issues import state
from ui.language import Speaker
from ui.language import format as fmt
from ui.links import forms as link_forms
from ui.scenario.sentences import changes

ISSUES_PAGE = str(script("issues"))


def show_issue_form(wish: IssueRequest, view: View, kind: str) -> None:
    """Show the button, and in its place, once it is pressed, all that issuing takes.

    Parameters
    ----------
    kind
        The page that it is shown on: what is begun on one is not open on another.
    """
    say = view.say
    subject = f"{kind}/{view.area.id}/{wish.key.year}"
    begun = session.issuing()
    if begun is None or begun.subject != subject:
        may = people.allows(Permission.ISSUE, say("issue.begin"), say)
        if may and st.button(say("issue.begin"), key="issue_begin"):
            session.set_issuing(Issuing(subject))
            st.rerun()
        return
    st.header(say("issue.begin"), anchor=False)
    if begun.number is None:
        _show_form(begun, wish, view)
    else:
        _show_issued(begun.number, view)
    if st.button(say("issue.close"), key="issue_close"):
        session.set_issuing(None)
        st.rerun()


def _show_form(begun: Issuing, wish: IssueRequest, view: View) -> None:
    say = view.say
    if wish.refused:
        show_error(wish.refused, say)
        return
    _hold_to(begun, wish)
    if begun.changed:
        st.warning(say("issue.changed"))
    st.markdown(say("issue.lead"))
    st.markdown("\n".join(f"- {line}" for line in _frozen(wish, view)))
    with guard(say):
        internal = issuing.is_unpublished(wish)
    if internal:
        look.show(look.flash_stamp(say))
        st.markdown(say("issue.internal"))
    with st.form("issue", border=False):
        number = _asked_for_number(wish, say)
        issuer = st.text_input(
            say("issue.issuer"),
            _last_issuer(view),
            max_chars=LONGEST_ISSUER,
            key="issue_issuer",
        )
        note = st.text_area(say("issue.note"), max_chars=LONGEST_NOTE)
        with_note = _asked_for_note(wish, say)
        named = _asked_for_names(wish, say)
        level = _asked_for_level(wish, say)
        author = ask_author(say("issue.author"), max_chars=LONGEST_AUTHOR)
        do = say("issue.do")
        wanted = st.form_submit_button(do, type="primary", key=_button(begun))
    if wanted:
        with st.spinner(say("issue.progress")):
            head = IssueHead(issuer, note, author, with_note, number, named, level)
            drafted: set[str] = set()
            cut_off.write(
                lambda: _issue_once(begun, lambda: issuing.issue(wish, head, drafted).number),
                lambda: issuing.find_issued(cache.store(), wish.key.area, drafted),
                lambda found: _issue_once(begun, lambda: found),
                say,
            )
        if begun.number is not None:
            st.rerun()


def _asked_for_number(wish: IssueRequest, say: Speaker) -> str:
    """Ask for the number; the next one of its series is proposed, and is no wish for it."""
    series = wish.series
    proposed = fmt.issue_number(
        series.next_number(), say.plain, scenario=series.scenario, practice=series.practice
    )
    typed = st.text_input(
        say("issue.number"), proposed, max_chars=LONGEST_NUMBER, help=say("issue.number_help")
    )
    return "" if typed.strip() == proposed else typed


def _asked_for_names(wish: IssueRequest, say: Speaker) -> bool:
    """Ask whether to name projects in what is next, which makes the issue internal."""
    reference = wish.key.snapshot.area(wish.key.area).reference
    if reference or wish.key.as_of is not None or not wish.ledger.projects:
        return False
    if not wish.scenario.projects:
        st.caption(say("issue.plan_scenario", name=say.verbatim(wish.plan_scenario.name)))
    return st.checkbox(say("issue.named"), key="issue_named")


def _asked_for_level(wish: IssueRequest, say: Speaker) -> float | None:
    """Ask whether what is next says what it takes by levers, and to which chance of all."""
    chance = wish.chance_to_raise
    higher = [level for level in WANTED if chance is not None and level > chance]
    if not higher:
        return None
    return st.selectbox(
        say("issue.needed"),
        [None, *higher],
        format_func=lambda level: fmt.probability(level) if level else say("issue.not_needed"),
        key="issue_needed",
    )


def _asked_for_note(wish: IssueRequest, say: Speaker) -> bool:
    """Ask whether readers may see the note of the scenario, which was written for colleagues."""
    note = wish.applied.scenario.note.strip() if wish.applied else ""
    if not note:
        return False
    return st.checkbox(say("issue.with_note", note=say.verbatim(note)), key="issue_with_note")


def _hold_to(begun: Issuing, wish: IssueRequest) -> None:
    """Void what the form said before, if it is no longer what would be issued.

    The press of a button runs the page anew, on data that a colleague may have committed since;
    what is issued must be what stood above that button.
    """
    before = begun.shown
    if isinstance(before, IssueRequest) and before != wish:
        pressed = session.pressed(_button(begun))
        begun.changed = pressed or before.key.snapshot != wish.key.snapshot
    begun.show(wish)


def _button(begun: Issuing) -> str:
    return f"issue_do_{begun.press}"


def _issue_once(begun: Issuing, issue: Callable[[], int]) -> int:
    """Issue what was begun; a second press, in a run beside the first, finds it issued.

    Its number is kept without a call of Streamlit, at each of which this run may be ended.
    """
    with begun.lock:
        if begun.number is None:
            begun.number = issue()
        return begun.number


def _frozen(wish: IssueRequest, view: View) -> list[str]:
    """Say what is about to be frozen."""
    say, key = view.say, wish.key
    name = say.name(view.area.name)
    what = "issue.what" if wish.applied is None else "report.title_scenario"
    lines = [say(what, area=name, year=key.year)]
    if key.as_of:
        lines.append(fmt.as_of(key.as_of, say))
    if key.line is not None:
        kind = "line" if view.area.reference else "threshold"
        lines.append(f"{say(f'control.{kind}')} {fmt.threshold(key.line)}")
    if wish.applied is None:
        lines.append(say("issue.baseline"))
    elif name := say.verbatim(wish.scenario.name.strip()):
        lines.append(say("issue.scenario_named", name=name))
    else:
        draft = say("scenario_label.draft")
        lines.append(say("issue.scenario", name=draft))
    if own := _own_levers(wish, view):
        lines.append(say("issue.own", names=own))
    lines.append(say("issue.vintage", vintage=key.snapshot.vintage))
    return lines


def _own_levers(wish: IssueRequest, view: View) -> str:
    """Name the levers with names of their own and what will be told of each without its name."""
    say, year, told = view.say, wish.key.year, []
    entries = wish.applied.scenario.entries if wish.applied else ()
    for entry in entries:
        if isinstance(entry, Project) or not entry.name or not entry.value:
            continue
        bare = entry if isinstance(entry, PointLever) else replace(entry, name="")
        after = Scenario().holding([bare])
        what = changes(Scenario(), after, year, view.catalogue, say)[0].text
        told.append(say("issue.own_one", name=say.verbatim(entry.name), what=what))
    return say("format.semicolon").join(told)


def _last_issuer(view: View) -> str:
    listed = cache.store().issues.listed(view.area.id)
    return listed[0].issuer if listed else ""


def _show_issued(number: int, view: View) -> None:
    say = view.say
    with guard(say):
        issued: IssueRecord = cache.store().issues.find(number)
    name = state.number_of(issued, say)
    st.success(say("issue.done", number=name, at=fmt.minute(issued.issued_at)))
    link_forms.show_links(issued, say, expanded=True)
    with st.container(key="go_on"):
        label = say("issue.to_list")
        st.page_link(ISSUES_PAGE, label=label, query_params=address.whole_view())
