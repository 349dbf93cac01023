"""Projects: what they bring, how far they are, one at a time to edit, and the table as a file."""

import streamlit as st

from forecasting.errors import LevelsMissing
from forecasting.scenario.arithmetic import now_of
from ui.frame import look
from ui.frame.errors import told
from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.projects import forms, import_file, sentences, tables

draft = opening.opened()
say, catalogue, applied = draft.say, draft.catalogue, draft.evaluation.applied
st.title(sentences.headline(applied, catalogue, say), anchor=False)
saved = draft.history.saved
if saved is not None:
    before = draft.scenario_of(saved)
    if line := sentences.since_saved(before, draft.scenario, saved.name, say):
        st.markdown(line)
if draft.scenario.projects:
    st.caption(say("ledger.trend_note"))
    if line := sentences.on_top_of_trend(applied, now_of(draft.baseline), catalogue, say):
        st.markdown(line)
    if applied.unmeasured:
        lacking = LevelsMissing(applied.unmeasured, draft.year - 1)
        st.caption("\n\n".join(told(lacking, say)))
else:
    st.markdown(say("scenario_notice.no_projects"))
    forms.offer_plan(draft)
tables.show_funnel(draft)
tables.show_projects(draft)
with look.screen_only("projects"):
    forms.show_editor(draft)
    import_file.show(draft)
notes.show_stamps(draft.view)
