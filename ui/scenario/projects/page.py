"""Projects: what they bring, how far they are, one at a time to edit, and the table as a file."""

import streamlit as st

from forecasting.errors import LevelsMissing
from forecasting.scenario.arithmetic import now_of
from ui.frame.errors import told
from ui.language import t
from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.projects import forms, import_file, sentences, tables

draft = opening.opened()
language, catalogue, applied = draft.language, draft.catalogue, draft.evaluation.applied
st.title(sentences.headline(applied, catalogue, language), anchor=False)
saved = draft.history.saved
if saved is not None:
    before = draft.scenario_of(saved)
    if line := sentences.since_saved(before, draft.scenario, saved.name, language):
        st.markdown(line)
if draft.scenario.projects:
    st.caption(t("ledger.trend_note", language))
    if line := sentences.on_top_of_trend(applied, now_of(draft.baseline), catalogue, language):
        st.markdown(line)
    if applied.unmeasured:
        lacking = LevelsMissing(applied.unmeasured, draft.year - 1)
        st.caption("\n\n".join(told(lacking, language)))
else:
    st.markdown(t("scenario_notice.no_projects", language))
tables.show_funnel(draft)
tables.show_projects(draft)
forms.show_editor(draft)
import_file.show(draft)
notes.show_stamps(draft.view)
