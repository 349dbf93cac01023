"""Checks of figures: slips, different values for one figure, growth that disagrees with levels."""
