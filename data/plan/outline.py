"""The outline of the plan that comes with the program."""

from __future__ import annotations

from functools import lru_cache

from data.settings import ROOT
from forecasting.plan.outline import Outline, read_outline

PLAN = ROOT / "seeds" / "plan.toml"


@lru_cache(maxsize=1)
def shipped_outline() -> Outline:
    """Return the lines, batches and drives of the plan, read once."""
    return read_outline(PLAN.read_text("utf-8"))
