"""Method: how the numbers come about, in words for those who use them."""

from ui.frame import controls
from ui.method import method

method.show(controls.choose_language_only())
