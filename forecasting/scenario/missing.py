"""What an entry lacks before it can be measured, told all at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forecasting.scenario.arithmetic import Arithmetic
from forecasting.scenario.errors import AssumptionMissing, LevelsMissing, ScenarioError, UnitsDiffer
from forecasting.scenario.levers import Lever
from forecasting.scenario.scenario import Entry


def missing_of(
    arithmetic: Arithmetic, unit: Entry, *, partly: bool = False
) -> Iterator[ScenarioError]:
    """Yield every error that ``apply`` would raise of an entry, one after the other.

    Parameters
    ----------
    unit
        Of value 1.
    partly
        Whether levels may be missing.
    """
    whole = unit
    if isinstance(whole, Lever):
        for name in whole.rule.assumptions:
            if whole.assumed(name) is None:
                yield AssumptionMissing(whole.kind, name)
                # With any number in its place the rest of the arithmetic can be looked at.
                whole = replace(whole, assumptions=(*whole.assumptions, (name, 1.0)))
    for part in arithmetic.parts_of(whole):
        try:
            arithmetic.factor(part)
        except UnitsDiffer as error:
            yield error
    lacking = arithmetic.without_level([whole])
    if lacking and not partly:
        yield LevelsMissing(lacking, arithmetic.year - 1)
