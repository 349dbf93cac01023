"""People and access: who may sign in, the links of all, and the audit log."""

from ui.frame import controls
from ui.people import forms, tables

say = controls.choose_language_only()
forms.show_people(say)
tables.show_links(say)
tables.show_audit(say)
