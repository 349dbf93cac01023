"""The projects that move something this year, in a table that stands beside the sliders."""

from __future__ import annotations

from math import fsum

import streamlit as st

from forecasting.scenario.apply import Effect
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.projects import Project
from forecasting.scenario.realisation import is_begun, rates_of, start_probability
from ui.frame import address, look
from ui.frame.columns import Column, table
from ui.frame.navigation import script
from ui.language import format as fmt
from ui.scenario.projects import sentences
from ui.scenario.state import Draft

MOST = 6
"""Projects of the table; the ledger has all."""


def show_projects_in_play(draft: Draft) -> None:
    """Show the projects that move most this year, and where all of them stand."""
    if not draft.scenario.projects:
        return
    say, year = draft.say, draft.year
    found = sentences.effects_by_project(draft.evaluation.applied)
    effects = dict(sorted(found.items(), key=lambda one: -abs(fsum(one[1][0].points))))
    named = sentences.by_id(draft.scenario.projects)
    st.header(say("in_play.title"), anchor=False)
    if effects:
        look.show(table(_columns(draft, effects), [named[id] for id in list(effects)[:MOST]]))
    rest = len(named) - min(len(effects), MOST)
    key = "in_play.none" if not effects else "in_play.rest" if rest else "in_play.all"
    with st.container(horizontal=True, vertical_alignment="center"):
        look.show(look.note(say(key, count=rest, year=year)), content_wide=True)
        st.page_link(
            script("projects"), label=say("in_play.ledger"), query_params=address.whole_view()
        )


def _columns(draft: Draft, effects: dict[str, list[Effect]]) -> list[Column[Project]]:
    say, year, now = draft.say, draft.year, now_of(draft.baseline)
    rates = rates_of(draft.scenario, now)
    missing = say("format.missing")

    def name(project: Project) -> str:
        return look.named(
            sentences.name_of(project, say.plain), say(f"projects.stage.{project.stage}")
        )

    def completion(project: Project) -> str:
        return fmt.figure(dict(project.completion).get(year, 0.0))

    def chance(project: Project) -> str:
        if is_begun(project, now):
            return missing
        return fmt.share(start_probability(project, rates, now))

    def pulled(project: Project) -> str:
        return sentences.pulls(effects[project.id][:1], draft.catalogue, say.plain)

    return [
        Column(say("ledger.name"), "l", cell=name),
        Column(say("ledger.completion", year=year), "wrap", completion),
        Column(say("ledger.chance"), "wrap", chance),
        Column(
            say("ledger.dates"), "l wrap", lambda one: sentences.next_dates(one, now, year, say)
        ),
        Column(say("ledger.pulled"), "l wrap wide", pulled),
    ]
