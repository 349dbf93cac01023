"""Alerts: to whom they go, in which words, and how what changed is found and sent."""
