"""Data: every figure of the area, with its source, basis and vintage."""

from ui.parts import downloads, figures, notes, shell

view = shell.choose_area_only()
shell.show_data_menu(view)
if view.snapshot.figures(view.area.id):
    figures.show(view)
    downloads.show_figures(view)
    notes.show_synthetic(view)
else:
    notes.show_empty(view)
