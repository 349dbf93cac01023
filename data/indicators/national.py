"""The names that indicators have in the nation alone: there 国内生产总值 is no 地区生产总值."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from forecasting.figures.indicator import Area, AreaKind, Catalogue, Names

NATIONAL_NAMES: Mapping[str, Names] = MappingProxyType(
    {"gdp": Names("国内生产总值", "Gross domestic product")}
)
"""By the id of the indicator."""


def national(catalogue: Catalogue, area: Area) -> Catalogue:
    """Return the catalogue with the names that are usual in an area."""
    if area.kind is not AreaKind.NATION:
        return catalogue
    return Catalogue.of(
        [
            replace(indicator, name=NATIONAL_NAMES.get(indicator.id, indicator.name))
            for indicator in catalogue.indicators.values()
        ]
    )
