"""How many figures models need at least."""

from __future__ import annotations

FEWEST_FOR_MODELS = 12
"""Under so many figures no model is asked; growth is taken to persist."""
