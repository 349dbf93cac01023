"""Method: how the numbers come about, in words for those who use them."""

from ui.frame import shell
from ui.method import method

method.show(shell.choose_language_only())
