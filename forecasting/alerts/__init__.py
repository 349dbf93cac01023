"""Alerts (提醒): which changes people are told of without looking."""
