"""Builders of what is committed on top of the small seeds."""

from __future__ import annotations

from dataclasses import replace

from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import (
    AreaVersion,
    Basis,
    DefinitionChange,
    Measure,
    Names,
    Observation,
    PriceBasis,
)
from forecasting.figures.period import Month, Quarter

GDP = Basis(PriceBasis.COMPARABLE, "standard", "CNY")


def growth(value: float, period: str = "2026Q1", **changed: object) -> Observation:
    figure = Observation("zone", "gdp", Measure.GROWTH_YTD, Month.parse(period), value, "%", GDP)
    return replace(figure, **changed)  # type: ignore[arg-type]  # the tests name its fields


def upload(*observations: Observation, **changed: object) -> Commit:
    draft = Commit(VintageKind.UPLOAD, "analyst", observations=observations)
    return replace(draft, **changed)  # type: ignore[arg-type]  # the tests name its fields


def edit(**changed: object) -> Commit:
    return replace(Commit(VintageKind.EDIT, "analyst"), **changed)  # type: ignore[arg-type]  # as above


def change(quarter: str = "2025Q1", **changed: object) -> DefinitionChange:
    recorded = DefinitionChange("zone", "gdp", GDP, Quarter.parse(quarter), "2025 notice")
    return replace(recorded, **changed)  # type: ignore[arg-type]  # the tests name its fields


def version(quarter: str = "2024Q3", **changed: object) -> AreaVersion:
    enlarged = AreaVersion(
        "zone", Quarter.parse(quarter), Names("扩区后", "Enlarged"), "2024 reply", "两镇划入"
    )
    return replace(enlarged, **changed)  # type: ignore[arg-type]  # the tests name its fields
