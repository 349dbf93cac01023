"""The plan: the way to national rank and the three big things; tasks and their meeting to come."""
