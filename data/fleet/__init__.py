"""Fleet: the outlooks of many areas, from what a store knows into what it keeps."""
