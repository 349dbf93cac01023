"""Scenarios: what is saved, side by side, and what was deleted."""

from ui.parts import notes, saved_list, scenario_compare, scenario_opening

desk = scenario_opening.opened()
scenario_compare.show(desk)
saved_list.show(desk)
notes.show_stamps(desk.view)
