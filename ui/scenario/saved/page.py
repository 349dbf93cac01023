"""Scenarios: what is saved, side by side, and what was deleted."""

from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.saved import compare, tables

desk = opening.opened()
compare.show(desk)
tables.show(desk)
notes.show_stamps(desk.view)
