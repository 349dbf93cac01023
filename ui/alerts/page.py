"""Alerts: where they go, which lines are watched, and what was sent."""

from ui.alerts import forms, tables
from ui.frame import controls, cut_off
from ui.outlook import notes

view = controls.choose_area_only()
controls.show_data_menu(view)
cut_off.settle(view.say)
channels = tables.show_channels(view)
forms.show_test(channels, view)
forms.show_line(view)
tables.show_log(view)
notes.show_synthetic(view)
