"""Errors of solving.

SolveError                    base of them all
├── WantRefused               what is wanted is no probability that paths can show
├── NoAllClear                no target counts, so nothing is to be reached
├── NotAnAction               growth itself is to be solved for
├── BoundsRefused             bounds, step or weight of a lever make no range
├── LeverWithoutReach         a lever that is asked for moves nothing this year
└── ProjectFixed              a project cannot come earlier, for it has begun or is not there
"""

from __future__ import annotations

from forecasting.scenario.errors import ScenarioError


class SolveError(ScenarioError):
    """Base of the errors of solving."""


class WantRefused(SolveError):
    """Raised when the wanted probability does not lie strictly between 0 and 1."""

    code = "want_refused"

    def __init__(self, wanted: float) -> None:
        line = f"{wanted:g} cannot be wanted: give a probability between 0 and 1, such as 0.8"
        super().__init__(line, wanted=wanted)


class NoAllClear(SolveError):
    """Raised when no target counts."""

    code = "no_all_clear"

    def __init__(self, year: int) -> None:
        line = f"no target of {year} counts, so there is nothing to reach"
        super().__init__(line, year=year)


class NotAnAction(SolveError):
    """Raised when growth itself is to be solved for."""

    code = "not_an_action"

    def __init__(self, entry: str) -> None:
        line = (
            f"{entry} is growth itself, not an action: allow levers, amounts or projects, "
            "from which growth follows"
        )
        super().__init__(line, entry=entry)


class BoundsRefused(SolveError):
    """Raised when bounds are no range or hold too many steps, or step or weight is not above 0."""

    code = "bounds_refused"

    def __init__(self, entry: str, low: float, high: float, step: float, weight: float) -> None:
        line = (
            f"{entry} cannot go from {low:g} to {high:g} in steps of {step:g} with weight "
            f"{weight:g}: bounds have to rise and hold few enough steps, step and weight to be "
            "above zero"
        )
        super().__init__(line, entry=entry, low=low, high=high, step=step, weight=weight)


class LeverWithoutReach(SolveError):
    """Raised when a lever that is asked for moves nothing this year."""

    code = "lever_without_reach"

    def __init__(self, lever: str, year: int) -> None:
        line = f"the lever {lever} moves nothing of {year} here: allow another"
        super().__init__(line, lever=lever, year=year)


class ProjectFixed(SolveError):
    """Raised when a project has begun, or is none of the scenario's."""

    code = "project_fixed"

    def __init__(self, project: str) -> None:
        line = f"the dates of project {project} stand: allow one of the scenario that has not begun"
        super().__init__(line, project=project)
