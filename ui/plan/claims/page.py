"""The three big things: a card each, and what is filled in of them."""

from data.plan.claims import open_cards
from data.store.permissions import Permission
from ui.frame import controls, cut_off, people
from ui.outlook import notes
from ui.plan.claims import forms, tables

view = controls.choose_area_only()
controls.show_plan_menu(view)
cut_off.settle(view.say)
tables.stop_without_zone(view)
cards = open_cards(view)
tables.show_head(cards, view)
tables.show_cards(cards, view)
if people.allows(Permission.EDIT_PLAN, view.say("claims.fill"), view.say):
    forms.show_form(cards, view)
notes.show_stamps(view)
