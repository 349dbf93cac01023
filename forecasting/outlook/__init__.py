"""The outlook of an area and a year: joint paths, verdicts and the all-clear probability."""
