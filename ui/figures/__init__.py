"""The page of data: every figure of an area, and figures as files."""
