"""One indicator: its history, its fan, and how its verdict comes about."""
