"""Track record: what would have been said of past years, and what came."""

from ui.ending import end_page
from ui.parts import notes, shell, track, track_issues, track_tables

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
    track_tables.show_scores(record, view)
if record.answers:
    track_tables.show_years(record, view)
track_issues.show(view)
track_tables.show_small_print(view)
