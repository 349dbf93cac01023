"""The ledger of tasks: what is done, what is late, and what that holds back."""

from data.plan.tasks.ledger import open_ledger
from data.store.permissions import Permission
from ui.frame import controls, cut_off, people
from ui.frame.errors import guard
from ui.outlook import notes
from ui.plan.tasks import forms, tables

view = controls.choose_area_only()
controls.show_plan_menu(view)
cut_off.settle(view.say)
with guard(view.say):
    standing = open_ledger(view, forms.choose_year(view))
    tables.show_head(standing)
    tables.show_picture(standing)
    tables.show_tallies(standing)
    tables.show_ledger(standing)
    tables.show_evidence(standing)
    tables.show_late(standing)
    tables.show_outline(standing)
    if people.allows(Permission.EDIT_PLAN, view.say("tasks.edit"), view.say):
        forms.show(standing)
notes.show_stamps(view)
