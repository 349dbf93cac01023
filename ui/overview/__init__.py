"""The overview: what the indicators are likely to reach this year, each and together."""
