"""Projects: what they bring, how far they are, one at a time to edit, and the table as a file."""

from ui.outlook import notes
from ui.scenario import opening
from ui.scenario.projects import editor, head, import_file, tables

draft = opening.opened()
head.show(draft)
tables.show(draft)
editor.show(draft)
import_file.show(draft)
notes.show_stamps(draft.view)
