"""Forms of issues: issuing an outlook (出具研判), and making, showing and ending links to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import streamlit as st

from data import clock
from data.issues import issuing
from data.issues.issuing import IssueHead, IssueRequest
from data.store.errors import ShareWithoutEnd
from data.store.issues import IssueRecord
from data.store.links import LONGEST_LABEL, USUAL_DAYS, Share
from data.store.people import Permission
from data.store.secrets import Token, propose_passphrase
from data.texts import as_kept
from forecasting.scenario.model import PointLever, Scenario
from forecasting.scenario.projects import Project
from forecasting.solve.wish import WANTED
from ui.frame import address, cache, copy_link, cut_off, look, people, session
from ui.frame.controls import View
from ui.frame.errors import guard, show_error
from ui.frame.navigation import script
from ui.frame.session import Issuing
from ui.frame.site import Site
from ui.issues import state
from ui.language import Speaker
from ui.language import format as fmt
from ui.scenario.sentences import changes

ISSUES_PAGE = str(script("issues"))
LONGEST_NUMBER = 40


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
            say("issue.issuer"), _last_issuer(view), max_chars=60, key="issue_issuer"
        )
        note = st.text_area(say("issue.note"), max_chars=600)
        with_note = _asked_for_note(wish, say)
        named = _asked_for_names(wish, say)
        level = _asked_for_level(wish, say)
        author = people.ask_author(say("issue.author"), max_chars=60)
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
    return st.checkbox(say("issue.named"), key="issue_named")


def _asked_for_level(wish: IssueRequest, say: Speaker) -> float | None:
    """Ask whether what is next says what it takes by levers, and to which chance of all.

    A scenario says so itself.
    """
    together = wish.outlook.all_clear
    reference = wish.key.snapshot.area(wish.key.area).reference
    if wish.applied or reference or wish.key.as_of is not None or together is None:
        return None
    higher = [level for level in WANTED if level > together.probability]
    if together.weakest is None or not higher:
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
    show_link_form(issued, say, expanded=True)
    with st.container(key="go_on"):
        label = say("issue.to_list")
        st.page_link(ISSUES_PAGE, label=label, query_params=address.whole_view())


def show_link_form(issued: IssueRecord, say: Speaker, *, expanded: bool = False) -> None:
    """Show the links to an issue, and the form that makes another, perhaps open already."""
    now = clock.now()
    shares = cache.store().shares.listed(issued.number)
    for share in shares:
        show_share(share, now, say)
    if not people.allows(Permission.ISSUE, say("link.new"), say):
        return
    with st.expander(say("link.new"), expanded=expanded and not shares):
        _show_link_form(issued, len(shares), now, say)


def _show_link_form(issued: IssueRecord, made: int, now: datetime, say: Speaker) -> None:
    """Show the form, which is empty again after a link is made."""
    needed = issued.unpublished
    today = clock.day_of(now)
    key = f"{issued.number}_{made}"
    with st.form(f"share_{key}", border=False):
        st.caption(say("link.needs" if needed else "link.free"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = st.text_input(
                say("link.label"),
                max_chars=LONGEST_LABEL,
                key=f"share_label_{key}",
                placeholder=say("link.label_hint"),
            )
            # Without bounds: of a day beyond one Streamlit speaks English and keeps the day before,
            # with which a link would then be made. The store refuses it.
            expiry = st.date_input(
                say("link.expiry"),
                today + timedelta(days=USUAL_DAYS),
                key=f"share_expiry_{key}",
                width=170,  # with the button that clears it; beside other fields it would have less
            )
            passphrase = st.text_input(say("share.passphrase"), key=f"share_pass_{key}")
            author = people.ask_author(say("link.author"), max_chars=60, key=f"share_author_{key}")
        # A day that is typed wrong is none to Streamlit: that must not make a link without end.
        endless = not needed and st.checkbox(say("link.endless"), key=f"share_endless_{key}")
        with st.container(horizontal=True):  # the first is what the Enter key presses
            wanted = st.form_submit_button(say("link.make"), type="primary")
            st.form_submit_button(
                say("link.propose"), on_click=_propose, args=(f"share_pass_{key}",)
            )
        st.caption(say("link.note_down"))
    if wanted:
        until = clock.end_of_day(expiry) if isinstance(expiry, date) and not endless else None
        if until is None and not (endless or needed):
            show_error(ShareWithoutEnd(), say)
            return
        shares = cache.store().shares
        make = partial(
            shares.create,
            issued.number,
            label=as_kept(label),
            now=now,
            expires_at=until,
            passphrase=passphrase,
            author=as_kept(author),
        )
        before = {share.id for share in shares.listed(issued.number)}

        def find() -> tuple[Share, None] | None:
            new = [one for one in shares.listed(issued.number) if one.id not in before]
            return next(((one, None) for one in new if one.created_at == now), None)

        def show(made: tuple[Share, Token | None]) -> None:
            share, token = made
            session.keep_link(share.id, token)
            if token is None:
                st.toast(say("link.without_address"))
            st.rerun()

        cut_off.write(make, find, show, say)


def _propose(key: str) -> None:
    """Fill in a passphrase that is hard to guess and easy to tell."""
    session.fill(key, propose_passphrase())


def show_share(share: Share, now: datetime, say: Speaker) -> None:
    """Show a link, and to who may the ways to end it."""
    with st.container(key=f"share_row_{share.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_passphrase_hint(share, now, say), width="stretch")
            if not people.may(Permission.ISSUE):
                return
            if share.opens(now):
                with st.popover(say("link.revoke")):
                    st.markdown(say("link.revoke_sure", label=say.verbatim(share.label)))
                    key = f"share_revoke_{share.id}"
                    if st.button(say("link.revoke"), key=key):
                        who = session.author()
                        _end(lambda: cache.store().shares.revoke(share.id, now, who), share, say)
            with st.popover(say("link.delete")):
                st.markdown(say("link.delete_sure", label=say.verbatim(share.label)))
                if st.button(say("link.delete"), key=f"share_delete_{share.id}"):
                    who = session.author()
                    _end(lambda: cache.store().shares.delete(share.id, now, who), share, say)
        token = session.link_of(share.id)
        if token is not None:
            _show_link(share, token, say)


def _show_link(share: Share, token: str, say: Speaker) -> None:
    """Show the address of a link that was just made: the one time that it can be shown."""
    path = Site.at(st.get_option("server.baseUrlPath")).link(token)
    st.code(f"{address.served_at()}{path}", language=None, wrap_lines=True)
    st.caption(say("link.once_protected" if share.protected else "link.once"))
    with st.container(horizontal=True):
        copy_link.show(say, path, key=f"share_copy_{share.id}")
        if st.button(say("link.copied"), key=f"share_seen_{share.id}"):
            session.keep_link(share.id, None)
            st.rerun()


def _passphrase_hint(share: Share, now: datetime, say: Speaker) -> str:
    at, author = fmt.minute(share.created_at), say.verbatim(share.author)
    parts = [
        say("link.created_by", at=at, author=author) if author else say("link.created", at=at),
        say("link.opened", count=share.opened),
        say("link.locked" if share.protected else "link.unlocked"),
    ]
    if share.revoked_at is not None:
        parts.append(say("link.revoked", at=fmt.minute(share.revoked_at)))
    elif share.expires_at is None:
        parts.append(say("link.endless"))
    elif share.expired(now):
        parts.append(say("link.expired", at=fmt.minute(share.expires_at)))
    else:
        last = share.expires_at - timedelta(seconds=1)  # it ends with a day, at midnight
        parts.append(say("link.expires", day=fmt.date(last, say)))
    return f"**{say.verbatim(share.label)}** " + say("issues.between").join(parts)


def _end(write: Callable[[], object], share: Share, say: Speaker) -> None:
    """Revoke or delete a link, and forget its address."""

    def find() -> Share | None:
        listed = cache.store().shares.listed(share.issue)
        stands = any((one.id, one.revoked_at) == (share.id, share.revoked_at) for one in listed)
        return None if stands else share

    def forget(_: object) -> None:
        session.keep_link(share.id, None)
        st.rerun()

    cut_off.write(write, find, forget, say)
