"""Assumptions: every number that a scenario's arithmetic rests on, pins, risks and the log."""

from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.assumptions import sections

draft = opening.opened()
sections.show(draft)
notes.show_stamps(draft.view)
