"""Issues and links: what left the house, who may read it, and how often it was opened."""

from ui.first_steps import checklist
from ui.frame import controls
from ui.issues import tables
from ui.outlook import notes

view = controls.choose_area_only()
checklist.show_next(view)
tables.show(view)
notes.show_synthetic(view)
