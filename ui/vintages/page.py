"""Vintages: the history of the store, two of them compared, and why the outlook moved."""

from ui.frame import controls
from ui.news import charts
from ui.outlook import notes
from ui.vintages import compare, tables

view = controls.choose_area_only()
controls.show_data_menu(view)
tables.show_head(view)
old, new = compare.choose(view)
compare.show(old, new, view)
charts.show(old, new, view)
tables.show_one(new, view)
tables.show_list(view)
notes.show_synthetic(view)
