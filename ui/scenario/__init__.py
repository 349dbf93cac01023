"""Scenarios: the draft that every scenario page shares, and a folder for each of these pages."""
