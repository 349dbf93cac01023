"""What recorded changes mean for every series of an area."""

from __future__ import annotations

from collections.abc import Iterable

from forecasting.figures.indicator import AreaVersion, DefinitionChange, Observation


def changes_of(
    changes: Iterable[DefinitionChange],
    versions: Iterable[AreaVersion],
    figures: Iterable[Observation],
) -> tuple[DefinitionChange, ...]:
    """Return the changes of definition, among them those that versions of areas bring.

    An area that is enlarged or redrawn changes every series of it: each indicator on each basis
    of its figures. What is recorded of an indicator itself stands before what its area implies
    for the same quarter, so that no shift of level is counted twice.
    """
    series = dict.fromkeys((figure.area, figure.indicator, figure.basis) for figure in figures)
    implied = [
        DefinitionChange(area, indicator, basis, version.quarter, version.document)
        for version in versions
        for area, indicator, basis in series
        if area == version.area
    ]
    return tuple({change.key: change for change in (*implied, *changes)}.values())
