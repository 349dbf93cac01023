"""The way to national rank: the zone beside the criteria, and when its gaps would close."""

from data.store.permissions import Permission
from ui.frame import controls, cut_off, people
from ui.frame.errors import guard
from ui.outlook import notes
from ui.plan.criteria import forms, tables

view = controls.choose_area_only()
controls.show_plan_menu(view)
cut_off.settle(view.say)
tables.stop_without_zone(view)
with guard(view.say):
    benchmark = forms.choose_version(view)
    tables.show_head(benchmark)
    tables.show_picture(benchmark)
    tables.show_classes(benchmark)
    tables.show_quickest(benchmark)
    tables.show_lacking(benchmark)
    tables.show_sources(benchmark)
    if people.allows(Permission.EDIT_PLAN, view.say("criteria.choices"), view.say):
        forms.show_choices(benchmark)
notes.show_stamps(view)
