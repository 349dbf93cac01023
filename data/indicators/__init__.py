"""Indicators: how those of the catalogue are renamed, merged and removed."""
