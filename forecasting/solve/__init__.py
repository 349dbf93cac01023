"""Least-effort settings that bring the all-clear probability to a wanted level (倒推)."""
