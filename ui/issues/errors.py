"""Errors of what is to be issued.

ScenarioNotWhole              part of the scenario is not in the result that would be issued
"""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.errors import OutlookError


class ScenarioNotWhole(OutlookError):
    """Raised where an issue would say that it is of a scenario whose result lacks part of it.

    Attributes
    ----------
    reasons
        Why each part is left out, and what to do about it.
    """

    code = "scenario_not_whole"

    def __init__(self, reasons: Sequence[OutlookError]) -> None:
        told = "; ".join(map(str, reasons))
        super().__init__(f"part of the scenario cannot be applied, so it is not issued: {told}")
        self.reasons = tuple(reasons)
