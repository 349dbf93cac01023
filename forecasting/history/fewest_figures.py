"""How many figures each step needs at least."""

from __future__ import annotations

FEWEST_FOR_MODELS = 12
"""Under so many figures no model is asked; growth is taken to persist."""
FEWEST_FOR_DIFFERENCING = 12
"""Under so many rows no test decides on differences: none are taken."""
FEWEST_FOR_SEASON = 8
"""Rows from which Theta estimates a season."""
FEWEST_FOR_OUTLIERS = 16
"""Under so many figures nothing is usual enough for anything to be unusual."""
FEWEST_FOR_DIAGNOSTICS = 16
"""Under four years of errors none are tested: a test would hardly ever object."""
FEWEST_YEARS_FOR_WEIGHTS = 2
"""Under so many past years members of the pool keep their prior weights."""
