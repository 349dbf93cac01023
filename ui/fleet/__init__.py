"""The league: areas by the chance of meeting all their targets."""
