"""Assumptions: every number that a scenario's arithmetic rests on, pins, risks and the log."""

from ui.parts import assumed, notes, scenario_opening

desk = scenario_opening.opened()
assumed.show(desk)
notes.show_stamps(desk.view)
