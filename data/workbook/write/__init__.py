"""Figures as .xlsx and .csv that the reader reads back unchanged."""
