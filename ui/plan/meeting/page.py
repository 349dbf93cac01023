"""The page for the meeting: the three goals on one screen, as they stand today."""

from data.store.permissions import Permission
from ui.frame import controls, cut_off, people
from ui.frame.errors import guard
from ui.outlook import notes
from ui.plan.meeting import forms, tables

view = controls.choose_area_only()
controls.show_plan_menu(view)
cut_off.settle(view.say)
tables.stop_without_goals(view)
with guard(view.say):
    tables.show_goals(view)
    if people.allows(Permission.EDIT_PLAN, view.say("meeting.requests"), view.say):
        forms.show_requests(view)
notes.show_stamps(view)
