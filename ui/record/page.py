"""Track record: what would have been said of past years, and what came."""

from ui.frame import shell
from ui.frame.ending import end_page
from ui.outlook import notes
from ui.record import issues, tables
from ui.record import record as track

view, threshold, place = shell.choose_area_and_line()

if not view.has_figures:
    notes.show_empty(view)
    end_page()

record = track.choose_record(track.judge_years(view, threshold), view, place)
if record.every is None:
    track.show_nothing(view, threshold)
else:
    track.show_headline(record, view)
    track.show_picture(record, view)
    tables.show_scores(record, view)
if record.answers:
    tables.show_years(record, view)
issues.show(view)
tables.show_small_print(view)
