"""What it would take: the least effort that brings the all-clear to a wanted probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from forecasting.errors import OutlookError
from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Scenario
from forecasting.scenario.response import exchanged
from forecasting.solve.solution import LeverAside, Setting, Solution, levers_aside, solve
from forecasting.solve.wish import MOST_STEPS, WANTED, Allowed, Wish, is_tax, usual_wish
from ui.frame import look, session
from ui.frame.errors import show_error
from ui.language import format as fmt
from ui.scenario import terms
from ui.scenario.explore import sentences
from ui.scenario.explore.tornado import tornado_of
from ui.scenario.state import Draft

USUAL = 0.7
_CARDS = 3


def show(draft: Draft) -> None:
    """Show the question, and once it is asked the answer to it as the scenario stands.

    It takes a second, which a slider that is let go must not wait for.
    """
    say = draft.say
    st.header(say("scenario_label.solve"), anchor=False)
    reference = draft.view.area.reference
    wanted_key = "scenario_label.wanted_reference" if reference else "scenario_label.wanted"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.segmented_control(
            say(wanted_key),
            WANTED,
            default=USUAL,
            required=True,
            format_func=fmt.probability,
            key="wanted",
        )
        subject = repr((draft.baseline_key, draft.evaluation.usable))
        if st.button(say("scenario_action.solve"), key="solve", type="primary"):
            session.ask_for(subject)
    try:
        means = _choose_means(draft)
        if not (means.levers or means.projects):
            st.markdown(say("solving.nothing_allowed"))
        elif session.asked_for(subject):
            with st.spinner(say("app.spinner")):
                wish = replace(means, probability=wanted or USUAL)
                found = _solved(draft, wish)
            _show_answer(found, wish, draft)
    except OutlookError as error:
        show_error(error, say)
    look.show(look.note(say("scenario_label.solve_note")))


def _solved(draft: Draft, wish: Wish) -> Solution:
    usable = draft.evaluation.usable

    def make() -> Solution:
        return solve(draft.baseline, usable, wish, partly=True)

    found: Solution = draft.computed(usable, f"solve {wish!r}", make)
    return found


def _choose_means(draft: Draft) -> Wish:
    """Show which levers and dates may be used and how far, behind an expander."""
    say, usable = draft.say, draft.evaluation.usable

    def usual() -> Wish:
        return usual_wish(draft.baseline, usable, USUAL, taxes=True, partly=True, earliest=earliest)

    earliest = draft.first_possible
    wish: Wish = draft.computed(usable, f"means {earliest}", usual)
    with st.expander(say("solving.means")):
        if any(is_tax(one) for one in wish.levers):
            look.show(look.note(say("solving.tax")))
        bounded = [_bounded(one, place, draft) for place, one in enumerate(wish.levers)]
        dates = bool(wish.projects) and st.checkbox(
            say("solving.dates"), value=True, key=draft.key("means_dates")
        )
        look.show(look.note(say("scenario_label.effort_note")))
    levers = tuple(one for one in bounded if one is not None)
    return replace(wish, levers=levers, projects=wish.projects if dates else ())


def _bounded(one: Allowed, place: int, draft: Draft) -> Allowed | None:
    """Show whether a lever may be turned, how far and how hard that is; None where it may not."""
    say = draft.say
    assert isinstance(one.entry, Lever)  # amounts and points of the reader's own are not solved for
    lever = one.entry
    name = terms.entry_name(lever, draft.catalogue, say)
    unit = terms.lever_unit(lever.kind, say)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        allowed = st.checkbox(
            name, value=not is_tax(one),
            key=draft.key("means", lever.kind, str(place)), width=330,
        )  # fmt: skip
        if not allowed:
            return None
        usual = max(one.high, lever.value)
        most = st.number_input(
            say("solving.most", unit=unit),
            value=usual, min_value=max(one.low, lever.value),
            max_value=max(one.low + MOST_STEPS * one.step, usual), step=one.step, format="%g",
            key=draft.key("most", lever.kind, str(place)), width=160,
        )  # fmt: skip
        weight = st.number_input(
            say("scenario_label.effort"), value=one.weight, min_value=0.05, max_value=20.0,
            step=0.5, format="%g", key=draft.key("effort", lever.kind, str(place)), width=130,
        )  # fmt: skip
    return replace(one, high=float(most), weight=float(weight))


def _left_out(found: Solution, wish: Wish, draft: Draft) -> tuple[LeverAside, ...]:
    """Return what the levers would bring that are not among the means."""
    setting = found.setting

    def make() -> tuple[LeverAside, ...]:
        return levers_aside(draft.baseline, wish, setting, partly=True)

    aside: tuple[LeverAside, ...] = draft.computed(setting.scenario, f"aside {wish!r}", make)
    return aside


def _show_answer(found: Solution, wish: Wish, draft: Draft) -> None:
    say, catalogue = draft.say, draft.catalogue
    st.markdown(sentences.solve_sentence(found, draft.baseline_outlook, catalogue, say))
    if found.reached and not sentences.is_worth_showing(found):
        return  # nothing has to be done
    left_out = _left_out(found, wish, draft)
    if line := sentences.levers_left_out(
        left_out, found.setting, draft.baseline_outlook, catalogue, say
    ):
        st.markdown(line)
    aside = tornado_of(draft)
    if aside is not None and (line := sentences.left_aside(aside, draft.baseline_outlook, say)):
        st.markdown(line)
    if not sentences.is_worth_showing(found):
        return
    others = found.alternatives[: _CARDS - 1]
    first = say("solve.kind_least")
    if not found.reached:
        first = say("solving.nearest")
    cards = [(first, found.setting)]
    cards += [(sentences.alternative_title(one, catalogue, say), one.setting) for one in others]
    _show_cards(cards, found, draft)


def _show_cards(cards: Sequence[tuple[str, Setting]], found: Solution, draft: Draft) -> None:
    say, catalogue = draft.say, draft.catalogue
    columns = st.columns(len(cards), gap="medium")
    for place, (name, setting) in enumerate(cards):
        with columns[place]:
            title = sentences.setting_title(setting, found, draft.baseline_outlook, say)
            st.markdown(say("solving.card", name=name, title=title))
            opens = draft.first_possible
            steps = sentences.solve_steps(setting, draft.year, opens, catalogue, say)
            st.markdown("\n".join(f"{k}. {step}" for k, step in enumerate(steps, start=1)))
            if bound := sentences.solve_bounds(setting, catalogue, say.plain):
                look.show(look.note(bound))
            if st.button(say("scenario_action.take_over"), key=draft.key("take", str(place))):
                draft.change(_taken(draft.scenario, setting))


def _taken(scenario: Scenario, setting: Setting) -> Scenario:
    """Return the scenario as it stands with what a setting turns."""
    for one in setting.levers:
        before = replace(one.entry, value=one.before)
        scenario = exchanged(scenario, before, one.entry)
    advanced = {one.before: one.project for one in setting.projects}
    projects = tuple(advanced.get(project, project) for project in scenario.projects)
    return replace(scenario, projects=projects)
