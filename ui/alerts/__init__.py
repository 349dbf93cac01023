"""Alerts: where they go, which lines are watched, and what was sent."""
