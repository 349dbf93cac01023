"""Scenarios: what is saved, side by side, and what was deleted."""

from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.saved import compare, tables

draft = opening.opened()
compare.show(draft)
tables.show(draft)
notes.show_stamps(draft.view)
