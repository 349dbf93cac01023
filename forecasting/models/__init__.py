"""Models of a series and the pool that weighs them: log levels in, distributions out."""
