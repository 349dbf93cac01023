"""Targets, definition changes and area versions as they are typed by hand."""
