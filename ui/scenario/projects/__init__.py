"""The page of projects: their table, their editor, and the table as a file."""
