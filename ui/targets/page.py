"""Targets: what is edited by hand of an area, reviewed, and committed as a vintage."""

import streamlit as st

from ui.parts import (
    editor,
    editor_commit,
    editor_effect,
    editor_recorded,
    editor_review,
    editor_targets,
    notes,
    shell,
)

view = shell.choose_area_only()
shell.show_data_menu(view)
desk = editor.opened(view)
head = st.container()
year = editor_targets.show(desk)
editor_recorded.show_changes(desk)
editor_recorded.show_versions(desk)
editor.settle(desk)
editor.show_faults(desk)
if desk.edits.forms:
    editor_review.show(desk)
    editor_effect.show(desk, year)
    editor_commit.show(desk)
with head:
    editor.show_head(desk, year)
notes.show_synthetic(view)
