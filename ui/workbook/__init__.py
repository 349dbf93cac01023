"""The page of uploads: a file chosen, its figures reviewed, committed as a vintage."""
