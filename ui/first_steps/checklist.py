"""The checklist: every step with its state and its link, or the next step alone."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.store.permissions import Permission
from ui.first_steps.state import FirstStep, StepsDone, progress_of
from ui.frame import address, look, people
from ui.frame.controls import OVERVIEW_PAGE, TARGETS_PAGE, UPLOAD_PAGE, View
from ui.frame.navigation import script
from ui.language import Speaker

_PAGES = {
    FirstStep.TARGETS: TARGETS_PAGE,
    FirstStep.HISTORY: UPLOAD_PAGE,
    FirstStep.PROJECTS: str(script("projects")),
    FirstStep.OUTLOOK: OVERVIEW_PAGE,
    FirstStep.ISSUE: OVERVIEW_PAGE,
}
_NEEDED = {
    FirstStep.TARGETS: Permission.COMMIT,
    FirstStep.HISTORY: Permission.COMMIT,
    FirstStep.PROJECTS: Permission.SAVE_SCENARIOS,
    FirstStep.OUTLOOK: Permission.READ,
    FirstStep.ISSUE: Permission.ISSUE,
}
"""What the person who does a step must be allowed; nobody else is led to it."""
_DONE, _WAITING = "✓", "○"


def show(view: View, progress: StepsDone | None) -> None:
    """Show every step on the overview, until the first outlook has left the house."""
    if progress is None or FirstStep.ISSUE in progress.done:
        return
    say = view.say
    with st.container(border=True, key="first_steps", gap="small"):
        look.show(f'<p class="name">{escape(_title(progress, say))}</p>')
        for step in FirstStep:
            _show_step(step, progress, view)


def is_shown(view: View) -> bool:
    """Return whether the pages of an area lead through its first steps."""
    progress = progress_of(view)
    return progress is not None and FirstStep.ISSUE not in progress.done


def show_next(view: View, here: FirstStep | None = None) -> None:
    """Show the next step in a line, as every page but the overview does.

    Parameters
    ----------
    here
        The step that the page is for: as the next one it needs no link.
    """
    progress = progress_of(view)
    if progress is None or FirstStep.ISSUE in progress.done or progress.next is None:
        return
    say, step = view.say, progress.next
    with st.container(horizontal=True, vertical_alignment="center", key="first_steps_line"):
        line = say(
            "first_steps.line", done=_title(progress, say), step=say(f"first_steps.{step}.title")
        )
        look.show(look.note(line), content_wide=True)
        if step is not here:
            show_link(step, view)


def show_link(step: FirstStep, view: View) -> None:
    """Show the button that leads to a step, to who may do it."""
    _show_way(step, "next_step", view)


def _show_way(step: FirstStep, key: str, view: View) -> None:
    if not people.may(_NEEDED[step]):
        return
    with st.container(key=key, width="content"):
        st.page_link(
            _PAGES[step],
            label=view.say(f"first_steps.{step}.go"),
            query_params=_parameters(view),
        )


def show_home(view: View) -> None:
    """Lead from the overview of another area to the home zone, until that has an outlook."""
    snapshot = view.snapshot
    for area in snapshot.areas:
        if area.home and area != view.area and area.id not in snapshot.filled:
            home = View(snapshot, area, view.say)
            progress = progress_of(home)
            assert progress is not None
            name = view.say.name(area.name)
            with st.container(horizontal=True, vertical_alignment="center", key="first_steps_home"):
                line = view.say(
                    "first_steps.home", area=name, done=len(progress.done), total=len(FirstStep)
                )
                st.markdown(line, width="content")
                with st.container(key="next_step_home", width="content"):
                    st.page_link(
                        OVERVIEW_PAGE,
                        label=view.say("first_steps.home_go"),
                        query_params=address.link_to_area(area.id),
                    )


def _show_step(step: FirstStep, progress: StepsDone, view: View) -> None:
    say, done = view.say, step in progress.done
    ready = FirstStep.HISTORY in progress.done or step in (FirstStep.TARGETS, FirstStep.HISTORY)
    with st.container(horizontal=True, vertical_alignment="center", key=f"first_step_{step}"):
        sign = _DONE if done else _WAITING
        note = "done_note" if done else "note"
        title = say(f"first_steps.{step}.title")
        told = say(f"first_steps.{step}.{note}", year=progress.year)
        st.markdown(f":primary[{sign}] **{title}** {told}", width="stretch")
        if done or not ready or step in (FirstStep.OUTLOOK, FirstStep.ISSUE):
            return
        key = "next_step" if step is progress.next else f"go_on_{step}"
        _show_way(step, key, view)


def _parameters(view: View) -> dict[str, str]:
    return address.whole_view() | {address.AREA: view.area.id}


def _title(progress: StepsDone, say: Speaker) -> str:
    return say("first_steps.title", done=len(progress.done), total=len(FirstStep))
