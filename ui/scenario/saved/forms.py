"""The saved scenarios of an area and year: open, duplicate, delete, and bring back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.plan import documents
from data.plan.plan_scenario import PlanScenario, ScenarioChoice, plan_scenario
from data.store.permissions import Permission
from data.store.plans import PlanPart
from data.store.scenarios import SavedScenario
from data.texts import as_kept
from forecasting.errors import OutlookError
from forecasting.scenario.model import Scenario
from ui.frame import cache, cut_off, people
from ui.frame.author import author_of
from ui.language import format as fmt
from ui.scenario.saved import sentences
from ui.scenario.state import Draft


def show(draft: Draft) -> None:
    """Show what is listed, and below it what was deleted."""
    say = draft.say
    st.header(say("saved.list"), anchor=False)
    listed = draft.saved_scenarios()
    if not listed:
        st.markdown(say("scenario_notice.no_scenarios"))
    planned = plan_scenario(draft.view, draft.year)
    for saved in listed:
        _show_listed(saved, planned, draft)
    every = cache.store().scenarios.removed(draft.view.area.id)
    removed = [saved for saved in every if saved.year == draft.year]
    if removed:
        with st.expander(say("saved.removed", count=len(removed))):
            for saved in removed:
                _show_removed(saved, draft)


def _title(saved: SavedScenario, draft: Draft) -> str:
    say = draft.say
    by = say("saved.by", author=author_of(saved.author, say)) if saved.author else ""
    version = say(
        "saved.version_removed" if saved.removed else "saved.version",
        version=saved.version,
        at=fmt.minute(saved.saved_at),
        vintage=saved.vintage,
    )
    return say("saved.row", name=say.verbatim(saved.name), rest=version + by)


def _newer(saved: SavedScenario, draft: Draft) -> str:
    """Say that newer data have come since; what cannot be read is told where it is opened."""
    try:
        scenario = draft.scenario_of(saved)
    except OutlookError:
        scenario = Scenario()
    return sentences.newer(saved, scenario, draft)


def _show_listed(saved: SavedScenario, planned: PlanScenario, draft: Draft) -> None:
    say, store = draft.say, cache.store().scenarios
    with st.container(horizontal=True, vertical_alignment="center", key=f"saved_{saved.id}"):
        of_plan = planned.saved is not None and planned.saved.id == saved.id
        used = say("saved.plan_chosen" if planned.chosen else "saved.plan_usual") if of_plan else ""
        title = "  \n".join(filter(None, (_title(saved, draft), used, _newer(saved, draft))))
        st.markdown(title, width="stretch")
        if st.button(say("scenario_action.open"), key=f"list_open_{saved.id}"):
            draft.open_saved(saved)
        offered = people.may(Permission.EDIT_PLAN) and not (of_plan and planned.chosen)
        if offered and st.button(say("saved.plan_use"), key=f"list_plan_{saved.id}"):
            _use_for_plan(saved, planned, draft)
        if not people.may(Permission.SAVE_SCENARIOS):
            return
        # With a key each: else the next row takes the open state of one that is deleted.
        with st.popover(say("scenario_action.duplicate"), key=f"list_copy_{saved.id}"):
            name = st.text_input(
                say("scenario_label.name"),
                say("saved.copy_of", name=saved.name),
                key=f"copy_name_{saved.id}_{saved.version}",
            )
            if st.button(say("scenario_action.duplicate"), key=f"copy_{saved.id}"):
                _do(
                    lambda: store.duplicate(saved.id, as_kept(name)),
                    lambda: _copied(saved, as_kept(name), draft),
                    "scenario_notice.duplicated",
                    draft,
                )
        with st.popover(say("scenario_action.delete"), key=f"list_delete_{saved.id}"):
            st.markdown(say("scenario_notice.confirm_delete", name=say.verbatim(saved.name)))
            if st.button(say("scenario_action.delete"), key=f"delete_{saved.id}"):
                _do(
                    lambda: store.remove(saved.id, saved.version),
                    lambda: _changed(saved),
                    "scenario_notice.deleted",
                    draft,
                )


def _show_removed(saved: SavedScenario, draft: Draft) -> None:
    say, store = draft.say, cache.store().scenarios
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_title(saved, draft), width="stretch")
        if not people.may(Permission.SAVE_SCENARIOS):
            return
        name = st.text_input(
            say("scenario_label.name"), saved.name, key=f"restore_name_{saved.id}",
            label_visibility="collapsed", width=200,
        )  # fmt: skip
        if st.button(say("scenario_action.restore"), key=f"restore_{saved.id}"):
            _do(
                lambda: store.restore(saved.id, name=as_kept(name)),
                lambda: _changed(saved),
                "scenario_notice.restored",
                draft,
            )


def _use_for_plan(saved: SavedScenario, planned: PlanScenario, draft: Draft) -> None:
    """Make a scenario that of the plan."""
    area, part = draft.view.area.id, documents.scenario_of(draft.year)
    document = documents.written(ScenarioChoice(scenario=saved.id))

    def write() -> PlanPart:
        return cache.store().plans.save(area, part, document, based_on=planned.version)

    def find() -> PlanPart | None:
        found = cache.store().plans.latest(area, part)
        new = found is not None and found.version > planned.version
        return found if found and new and found.document == document else None

    def go_on(_: PlanPart) -> None:
        st.toast(draft.say("saved.plan_used", name=draft.say.verbatim(saved.name)))
        draft.redraw()

    cut_off.write(write, find, go_on, draft.say)


def _copied(saved: SavedScenario, name: str, draft: Draft) -> SavedScenario | None:
    """Return the copy of a scenario under a name; None if there is none."""
    wanted = (name, 1, saved.document)
    listed = draft.saved_scenarios()
    return next((one for one in listed if (one.name, one.version, one.document) == wanted), None)


def _changed(saved: SavedScenario) -> SavedScenario | None:
    """Return a scenario that was removed or put back since; None if it was not."""
    latest: SavedScenario = cache.store().scenarios.find(saved.id)
    return None if latest.removed == saved.removed else latest


def _do(
    write: Callable[[], SavedScenario],
    find: Callable[[], SavedScenario | None],
    notice: str,
    draft: Draft,
) -> None:
    """Write, say so, and draw the page anew; what cannot be written is told and changes nothing."""

    def go_on(written: SavedScenario) -> None:
        standing = draft.history.saved
        if standing is not None and standing.id == written.id:
            draft.history.start_from(None if written.removed else written)
        st.toast(draft.say(notice, name=draft.say.verbatim(written.name)))
        draft.redraw()

    cut_off.write(write, find, go_on, draft.say)
