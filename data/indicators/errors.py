"""Errors of indicators a person can act on: of each its code, its line and the values in it."""

from __future__ import annotations

from forecasting.errors import OutlookError


class IndicatorError(OutlookError):
    """Base of what may be wrong with an edit of an indicator."""


class IndicatorUnknown(IndicatorError):
    template = "{name} is no indicator"


class IndicatorUnnamed(IndicatorError):
    template = "an indicator needs a name"


class IndicatorThere(IndicatorError):
    template = "{name} is the name of an indicator already"


class IndicatorStays(IndicatorError):
    template = "{name} came with the program and stays: only indicators that were added can go"


class IndicatorHasFigures(IndicatorError):
    template = "{name} has {count} figures: merge it into another, or withdraw their vintages"


class IndicatorHasTargets(IndicatorError):
    template = "{name} has targets or changes of definition of {areas}: remove these first"


class IndicatorInScenario(IndicatorError):
    template = "{name} stands in the scenario {scenario}: remove it there first"


class MergedUnitsDiffer(IndicatorError):
    template = "{name} is in {unit}, which cannot become {wanted}, the unit of {other}"


class MergedFiguresDiffer(IndicatorError):
    template = "{count} figures of {name} differ from those of {other}, the first of {area} {month}"
