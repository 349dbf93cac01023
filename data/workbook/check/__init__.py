"""Figures that do not fit: beside stored history, beside each other, beside their own growth."""
