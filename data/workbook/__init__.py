"""Workbooks as analysts have them: opened safely, read as they are, doubts put as questions."""
