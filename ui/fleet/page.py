"""The league: areas by the chance of meeting all their targets, page by page."""

from ui.fleet import forms, tables
from ui.frame import cache, controls

say = controls.choose_language_only()
controls.show_data_links(say)
league = cache.store().league
rounds = league.rounds()
if rounds:
    tables.show(league, *forms.choose(league, rounds, say), say)
else:
    tables.show_nothing(say)
