"""One file a page: choose, compute, show."""
