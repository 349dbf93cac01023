"""Figures that the documentation quotes; never part of the tests."""
