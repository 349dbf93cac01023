"""The way to national rank: where the zone stands by published criteria, and when gaps close."""
