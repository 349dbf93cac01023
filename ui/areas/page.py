"""Areas: which there are, how they stand beside each other, and how they are added and changed."""

from data.store.permissions import Permission
from ui.areas import forms, tables
from ui.frame import controls, cut_off, people
from ui.outlook import notes

view = controls.choose_area_only()
controls.show_data_menu(view)
cut_off.settle(view.say)
tables.show_head(view)
tables.show_standings(view)
if people.allows(Permission.COMMIT, view.say("areas.change"), view.say):
    forms.show_addition(view)
    forms.show_change(view)
notes.show_synthetic(view)
