"""The plan beside growth: the way to national rank, the three big things, the tasks."""
