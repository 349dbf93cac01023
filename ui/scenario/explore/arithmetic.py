"""How every entry of a scenario comes to move what it moves: the arithmetic, line by line."""

from __future__ import annotations

from html import escape

import streamlit as st

from forecasting.errors import LevelsMissing
from forecasting.scenario.apply import Effect
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.model import Entry
from forecasting.scenario.projects import Project
from ui.frame import look
from ui.frame.errors import told
from ui.scenario import terms
from ui.scenario.explore.sentences import arithmetic, basis, basis_count, effect_remarks, no_effect
from ui.scenario.projects.sentences import on_top_of_trend
from ui.scenario.sentences import conditions
from ui.scenario.state import Draft


def show(draft: Draft) -> None:
    """Show the arithmetic of everything that is turned, or why it does nothing."""
    say, applied = draft.say, draft.evaluation.applied
    by_entry: dict[Entry, list[Effect]] = {}
    for effect in applied.effects:
        by_entry.setdefault(effect.entry, []).append(effect)
    idle = applied.without_effect
    turned = [entry for entry in idle if isinstance(entry, Project) or entry.value]
    if not turned and not set(by_entry).difference(idle):
        return
    st.header(say("scenario_label.arithmetic"), anchor=False)
    now = now_of(draft.baseline)
    if line := on_top_of_trend(applied, now, draft.catalogue, say):
        st.markdown(line)
    for entry, effects in by_entry.items():
        if entry not in idle:
            _show_entry(entry, effects, draft)
    for entry in turned:
        st.markdown(no_effect(entry, applied, draft.catalogue, say))
    if applied.unmeasured:
        lacking = LevelsMissing(applied.unmeasured, draft.year - 1)
        st.markdown("\n\n".join(told(lacking, say)))
    if counted := basis_count(applied, say.plain):
        look.show(look.note(counted))


def show_conditions(draft: Draft) -> None:
    """Show beside the headline what a scenario rests on; what moves nothing is none yet.

    The number beside the sliders has the stamp; where there are none, it stands here.
    """
    say, applied = draft.say, draft.evaluation.applied
    if applied.outlook.known or not (applied.drivers or applied.scenario.pins):
        return
    first, *others = conditions(applied, draft.catalogue, say)
    stamp = f'<span class="stamp" lang="{say.language}">{say("report.scenario")}</span> '
    look.show(f"<p>{'' if draft.can_move else stamp}{escape(first)}</p>", "conditions")
    for line in others:
        st.markdown(f"**{line}**")


def _show_entry(entry: Entry, effects: list[Effect], draft: Draft) -> None:
    say, catalogue = draft.say, draft.catalogue
    with st.container(gap="xxsmall"):
        st.markdown(f"**{terms.entry_name(entry, catalogue, say)}**")
        for effect in effects:
            lines = [arithmetic(effect, catalogue, say), *effect_remarks(effect, catalogue, say)]
            st.markdown(say("format.between_sentences").join(lines))
        for told_of in dict.fromkeys(basis(effect, say.plain) for effect in effects):
            if told_of:
                look.show(look.note(told_of))
