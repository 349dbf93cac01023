"""The page of assumptions: numbers of the arithmetic, pins, bottom-up views, risks and the log."""
