"""Builders that name only what matters in a test."""

from __future__ import annotations

from collections.abc import Mapping

from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Catalogue,
    Comparator,
    Direction,
    Indicator,
    IndicatorGroup,
    Measure,
    Names,
    Observation,
    PriceBasis,
    Target,
)
from forecasting.figures.period import Month, Quarter, quarters_between
from forecasting.history.history import History, history_of

CURRENT = Basis(PriceBasis.CURRENT)
ZONE = Area("Z", Names("某开发区", "A zone"), AreaKind.ZONE)
REFERENCE = Area("Z", Names("某省", "A province"), AreaKind.PROVINCE, reference=True)


def make_indicator(
    id: str = "output", order: int = 0, shares: tuple[float, float, float, float] | None = None
) -> Indicator:
    return Indicator(
        id=id,
        name=Names(id, id),
        short=Names(id, id),
        aliases=(),
        unit="1e8 CNY",
        measures=(Measure.GROWTH_YTD,),
        basis=CURRENT,
        group=IndicatorGroup.MAIN,
        direction=Direction.UP,
        quarterly_shares=shares,
        order=order,
    )


def make_figures(
    values: Mapping[str, float],
    measure: Measure = Measure.GROWTH_YTD,
    *,
    indicator: str = "output",
    area: str = "Z",
) -> list[Observation]:
    """Return one observation per period label."""
    return [
        Observation(
            area=area,
            indicator=indicator,
            measure=measure,
            month=Month.parse(period),
            value=value,
            unit="%" if measure.is_growth else "1e8 CNY",
            basis=CURRENT,
        )
        for period, value in values.items()
    ]


def chain(figures: list[Observation], indicator: Indicator | None = None) -> History:
    """Return the history of figures that form one."""
    history = history_of(indicator or make_indicator(), figures)
    assert history is not None
    return history


def make_target(indicator: str = "output", threshold: float = 7.0, **changes: object) -> Target:
    values: dict[str, object] = {
        "area": "Z",
        "indicator": indicator,
        "year": 0,
        "comparator": Comparator.ABOVE,
        "threshold": threshold,
        "basis": CURRENT,
        "document": "plan",
    }
    return Target(**(values | changes))  # type: ignore[arg-type]  # fields are named in the test


def make_catalogue(*names: str) -> Catalogue:
    return Catalogue.of([make_indicator(name, order) for order, name in enumerate(names)])


def periods(first: str, last: str) -> list[str]:
    return [str(q) for q in quarters_between(Quarter.parse(first), Quarter.parse(last))]


def steady_figures(
    first: str, last: str, growth: float = 8.0, *, wobble: float = 0.0, indicator: str = "output"
) -> list[Observation]:
    """Return growth since January at a constant rate, with a deterministic wobble."""
    labels = periods(first, last)
    values = {
        label: round(growth + wobble * ((7 * row * row) % 11 - 5) / 5, 1)
        for row, label in enumerate(labels)
    }
    return make_figures(values, indicator=indicator)
