"""Vintages: the history of the store, two of them compared, and why the outlook moved."""

from ui.parts import notes, shell, vintage_compare, vintage_news, vintages

view = shell.choose_area_only()
shell.show_data_menu(view)
vintages.show_head(view)
old, new = vintage_compare.choose(view)
vintage_compare.show(old, new, view)
vintage_news.show(old, new, view)
vintages.show_one(new, view)
vintages.show_list(view)
notes.show_synthetic(view)
