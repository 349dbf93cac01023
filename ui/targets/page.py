"""Targets: what is edited by hand of an area, reviewed, and committed as a vintage."""

import streamlit as st

from ui.frame import shell
from ui.outlook import notes
from ui.targets import commit, definition_changes, editor, effect, review, tables

view = shell.choose_area_only()
shell.show_data_menu(view)
desk = editor.opened(view)
head = st.container()
year = tables.show(desk)
definition_changes.show_changes(desk)
definition_changes.show_versions(desk)
editor.settle(desk)
editor.show_faults(desk)
if desk.edits.forms:
    review.show(desk)
    effect.show(desk, year)
    commit.show(desk)
with head:
    editor.show_head(desk, year)
notes.show_synthetic(view)
