"""Targets: what is edited by hand of an area, reviewed, and committed as a vintage."""

import streamlit as st

from data.store.permissions import Permission
from ui.first_steps import checklist
from ui.first_steps.state import FirstStep
from ui.frame import controls, cut_off, people, session
from ui.outlook import notes
from ui.targets import adoption, commit, definition_changes, forms, state, tables

view = controls.choose_area_only()
controls.show_data_menu(view)
editor = state.open_editor(view)
cut_off.settle(view.say, editor.edits)
commit.settle_lost(editor)
if editor.edits.committed is None:  # else what was committed leads on
    checklist.show_next(view, FirstStep.TARGETS)
head = st.container()
if people.allows(Permission.COMMIT, view.say("editor.edit"), view.say):
    adoption.show(editor)
    year = forms.show_targets(editor)
    definition_changes.show_changes(editor)
    definition_changes.show_versions(editor)
    state.settle(editor)
    state.show_faults(editor)
    if editor.edits.forms:
        commit.show_review(editor)
        commit.show_effect(editor, year)
        commit.show_commit(editor)
    with head:
        commit.show_head(editor, year)
else:
    tables.show_stored(editor)
session.carry_edits(editor.edits)
notes.show_synthetic(view)
