"""The page that explains the method."""
