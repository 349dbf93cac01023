"""Track record: what would have been said of past years, and what came."""

from ui.first_steps import checklist
from ui.frame import controls
from ui.frame.errors import end_page
from ui.outlook import notes
from ui.record import tables

view, threshold, place = controls.choose_area_and_line()

if not view.has_figures:
    notes.show_empty(view)
    end_page()

checklist.show_next(view)
record = tables.choose_record(tables.judge_years(view, threshold), view, place)
if record.every is None:
    tables.show_nothing(view, threshold)
else:
    tables.show_headline(record, view)
    tables.show_picture(record, view)
    tables.show_scores(record, view)
if record.answers:
    tables.show_years(record, view)
tables.show_issues(view)
tables.show_plans(view)
tables.show_small_print(view)
