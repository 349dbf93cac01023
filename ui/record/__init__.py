"""The track record: what past years would have been told, and what came."""
