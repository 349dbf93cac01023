"""Builders of what is committed on top of the small seeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import (
    AreaKind,
    AreaVersion,
    Basis,
    Comparator,
    DefinitionChange,
    Measure,
    Names,
    Observation,
    PriceBasis,
)
from forecasting.figures.period import Month, Quarter
from forecasting.fleet.results import FleetResult, FleetRun, VerdictLine
from forecasting.outlook.lights import Light

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


def fleet_run(**changed: object) -> FleetRun:
    run = FleetRun(
        year=2026, quarter=Quarter(2026, 2), as_of=None, vintage=1,
        issued_at=datetime(2026, 7, 25, 1, 2, 3, 4, UTC), today=date(2026, 7, 25),
        app_version="1", engine="pool",
    )  # fmt: skip
    return replace(run, **changed)  # type: ignore[arg-type]  # the tests name its fields


def fleet_result(name: str = "示例开发区", **changed: object) -> FleetResult:
    document = name.encode()
    line = VerdictLine(
        indicator="gdp", counts=True, comparator=Comparator.ABOVE, threshold=7.0,
        probability=0.7, light=Light.HOPEFUL, latest=Month(2026, 6), growth=7.2,
        q10=6.1, median=7.2, q90=8.4,
    )  # fmt: skip
    result = FleetResult(
        area="zone", name=Names(name, "Sample zone"), kind=AreaKind.ZONE, province="shanxi",
        reference=False, synthetic=True, p_all=1 / 3, light=Light.PRESSED, weakest="gdp",
        lights={Light.HOPEFUL: 1}, verdicts=(line,), inputs_sha256="0" * 64,
        sha256=sha256(document).hexdigest(), document=document,
    )  # fmt: skip
    return replace(result, **changed)  # type: ignore[arg-type]  # the tests name its fields
