"""The order in which what is known is listed: the nation first, then as in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    DefinitionChange,
    Indicator,
    Measure,
    Observation,
)

_AREA_KINDS = list(AreaKind)
_MEASURES = list(Measure)


def area_order(area: Area) -> tuple[int, str]:
    """Return what sorts areas from the nation down, then by id."""
    return _AREA_KINDS.index(area.kind), area.id


def indicator_order(indicator: Indicator) -> tuple[int, str]:
    """Return what sorts indicators as the catalogue has them."""
    return indicator.order, indicator.id


def positions(ids: Iterable[str]) -> dict[str, int]:
    """Return the place of each id of an ordered catalogue."""
    return {id: place for place, id in enumerate(ids)}


def figure_order(figure: Observation, indicators: Mapping[str, int]) -> tuple[object, ...]:
    """Return what sorts an area's figures by indicator, measure, basis and month."""
    return (
        indicators[figure.indicator],
        _MEASURES.index(figure.measure),
        _basis_order(figure.basis),
        figure.month,
    )


def change_order(change: DefinitionChange, indicators: Mapping[str, int]) -> tuple[object, ...]:
    """Return what sorts an area's changes of definition by indicator, basis and quarter."""
    return indicators[change.indicator], _basis_order(change.basis), change.quarter


def _basis_order(basis: Basis) -> tuple[str, str, str]:
    return basis.price, basis.coverage, basis.currency
