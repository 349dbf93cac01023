"""The page of saved scenarios: side by side, opened, duplicated, deleted."""
