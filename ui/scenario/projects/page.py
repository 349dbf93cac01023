"""Projects: what they bring, how far they are, one at a time to edit, and the table as a file."""

from ui.parts import (
    notes,
    projects_editor,
    projects_head,
    projects_import,
    projects_table,
    scenario_opening,
)

desk = scenario_opening.opened()
projects_head.show(desk)
projects_table.show(desk)
projects_editor.show(desk)
projects_import.show(desk)
notes.show_stamps(desk.view)
