"""Fleet: the outlooks of many areas, made anywhere."""
