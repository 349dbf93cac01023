"""Issues and links: what left the house, who may read it, and how often it was opened."""

from ui.parts import issue_list, notes, shell

view = shell.choose_area_only()
issue_list.show(view)
notes.show_synthetic(view)
