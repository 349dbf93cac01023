"""Projects: what they bring, how far they are, one at a time to edit, and the table as a file."""

from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.projects import editor, head, import_file, tables

desk = opening.opened()
head.show(desk)
tables.show(desk)
editor.show(desk)
import_file.show(desk)
notes.show_stamps(desk.view)
