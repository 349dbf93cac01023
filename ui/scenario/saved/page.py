"""Scenarios: what is saved, side by side, and what was deleted."""

from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.saved import forms, tables

draft = opening.opened()
tables.show(draft)
forms.show(draft)
notes.show_stamps(draft.view)
