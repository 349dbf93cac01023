"""Where tables stand in a sheet, and what their rows and columns are by their looks."""
