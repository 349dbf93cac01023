"""The page for the meeting: the three goals of the plan on one screen and one sheet."""
