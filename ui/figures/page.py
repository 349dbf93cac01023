"""Data: every figure of the area, with its source, basis and vintage."""

from ui.figures import downloads, tables
from ui.frame import shell
from ui.outlook import notes

view = shell.choose_area_only()
shell.show_data_menu(view)
if view.snapshot.figures(view.area.id):
    tables.show(view)
    downloads.show_figures(view)
    notes.show_synthetic(view)
else:
    notes.show_empty(view)
