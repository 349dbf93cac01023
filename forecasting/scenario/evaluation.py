"""What a scenario comes to: all of it, or as much of it as can be applied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from forecasting.errors import AssumptionMissing, OutlookError
from forecasting.outlook.judge import Baseline
from forecasting.scenario.apply import Applied, apply
from forecasting.scenario.model import Scenario, Turnable
from forecasting.scenario.response import dials_of


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What a scenario comes to, as far as it can be applied.

    Attributes
    ----------
    scenario
        The scenario as it was set up.
    usable
        The same without the levers that lack an assumption and, where they cannot hold, without
        its pins or the weights of its views from below.
    applied
        What that does.
    dials
        Those of the scenario and one for every other lever, as they stand.
    lacking
        What its turned levers lack.
    fault
        Why its pins cannot hold or its views from below be mixed in; None where they can.
    """

    scenario: Scenario
    usable: Scenario
    applied: Applied
    dials: tuple[Turnable, ...]
    lacking: tuple[AssumptionMissing, ...]
    fault: OutlookError | None

    @property
    def errors(self) -> list[OutlookError]:
        """Why it is not all of the scenario."""
        return [*([self.fault] if self.fault else []), *self.lacking]


def evaluate(base: Baseline, scenario: Scenario) -> Evaluation:
    """Apply a scenario as far as it can be."""
    complete, lacking = _without_incomplete(scenario)
    usable, applied, fault = _applied(base, complete)
    reached = {line.target.indicator for line in base.standing}
    return Evaluation(scenario, usable, applied, dials_of(scenario, reached), lacking, fault)


def _applied(base: Baseline, scenario: Scenario) -> tuple[Scenario, Applied, OutlookError | None]:
    """Return what of a scenario can be applied, what that does, and why the rest cannot."""
    unweighted = tuple(replace(view, weight=0.0) for view in scenario.bottom_up)
    relaxations: tuple[dict[str, Any], ...] = (
        {},
        {"pins": ()},
        {"bottom_up": unweighted},
        {"pins": (), "bottom_up": unweighted},
    )
    fault: OutlookError | None = None
    for relaxed in relaxations:
        usable = replace(scenario, **relaxed)
        try:
            return usable, apply(base, usable, partly=True), fault
        except OutlookError as error:
            fault = fault or error
    assert fault is not None
    raise fault


def _without_incomplete(scenario: Scenario) -> tuple[Scenario, tuple[AssumptionMissing, ...]]:
    """Return a scenario without the levers that lack a number, and what turned ones lack."""
    complete, lacking = [], []
    for lever in scenario.levers:
        names = [name for name in lever.rule.assumptions if lever.assumed(name) is None]
        lacking += [
            AssumptionMissing(lever=lever.kind, assumption=name)
            for name in names
            if lever.value != 0
        ]
        if not names:
            complete.append(lever)
    return replace(scenario, levers=tuple(complete)), tuple(lacking)
