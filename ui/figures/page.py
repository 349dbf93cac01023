"""Data: every figure of the area with its source, basis and vintage, and the indicators."""

from ui.figures import downloads, forms, tables
from ui.first_steps import checklist
from ui.frame import controls, cut_off
from ui.outlook import notes

view = controls.choose_area_only()
controls.show_data_menu(view)
if view.snapshot.figures(view.area.id):
    checklist.show_next(view)
    tables.show(view)
    downloads.show_figures(view)
    cut_off.settle(view.say)
    forms.show_indicators(view)
    notes.show_synthetic(view)
else:
    notes.show_empty(view)
