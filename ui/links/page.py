"""What a link leads to, for a reader: the issue as it was issued, beside today."""

from ui.links import interactive

interactive.show()
