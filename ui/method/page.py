"""Method: how the numbers come about, in words for those who use them."""

from ui.parts import method, shell

method.show(shell.choose_language_only())
