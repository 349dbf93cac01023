"""Tables of what is known before any figure: areas, indicators and targets."""

from __future__ import annotations

from collections.abc import Collection
from math import isclose

from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Catalogue,
    Comparator,
    DefinitionChange,
    Direction,
    Group,
    Indicator,
    Measure,
    Names,
    PriceBasis,
    Target,
)
from forecasting.figures.period import Quarter
from forecasting.figures.tables import Row, parse_number, read_rows

_INDICATOR_COLUMNS = (
    "id", "name_zh", "name_en", "short_zh", "short_en", "aliases", "unit", "measures",
    "price_basis", "coverage_basis", "currency", "group", "direction", "quarterly_shares",
    "release_day",
)  # fmt: skip
_AREA_COLUMNS = ("id", "name_zh", "name_en", "kind", "parent", "reference", "synthetic", "home")
_TARGET_COLUMNS = (
    "area", "indicator", "year", "comparator", "threshold", "tolerance", "price_basis",
    "coverage_basis", "currency", "document", "counts",
)  # fmt: skip


def read_indicators(text: str, file: str) -> Catalogue:
    """Read the indicator catalogue; its order is the order of the rows.

    Raises
    ------
    TableRefused
        With every problem of the table.
    """
    order = 0

    def read(row: Row) -> Indicator:
        nonlocal order
        order += 1
        return Indicator(
            id=row.text("id"),
            name=Names(row.text("name_zh"), row.text("name_en")),
            short=Names(row.text("short_zh"), row.text("short_en")),
            aliases=tuple(filter(None, row.text("aliases", default="").split("|"))),
            unit=row.text("unit"),
            measures=_measures(row),
            basis=Basis(
                row.choice("price_basis", PriceBasis),
                row.text("coverage_basis"),
                row.text("currency", default=""),
            ),
            group=row.choice("group", Group),
            direction=row.choice("direction", Direction),
            quarterly_shares=_shares(row),
            release_day=_release_day(row),
            order=order - 1,
        )

    rows = read_rows(text, file, _INDICATOR_COLUMNS, read, lambda entry: entry.id, "id")
    return Catalogue.of(rows)


def _measures(row: Row) -> tuple[Measure, ...]:
    names = row.text("measures", default="").split("|")
    if len(set(names)) < len(names) or not set(names) <= set(Measure):
        row.refuse("measures", "choice")
        return ()
    return tuple(map(Measure, names))


def _shares(row: Row) -> tuple[float, float, float, float] | None:
    cell = row.text("quarterly_shares", default="")
    if not cell:
        return None
    shares = [share for part in cell.split("|") if (share := parse_number(part.strip()) or 0) > 0]
    if len(shares) != 4 or cell.count("|") != 3 or not isclose(sum(shares), 1, abs_tol=1e-6):
        row.refuse("quarterly_shares", "shares")
        return None
    first, second, third, fourth = shares
    return first, second, third, fourth


def _release_day(row: Row) -> int:
    if not row.text("release_day", default=""):
        return 0
    return int(row.limited("release_day", lambda day: day in range(1, 32), "day"))


def read_areas(text: str, file: str) -> tuple[Area, ...]:
    """Read the areas; a parent stands above its children in the table.

    Raises
    ------
    TableRefused
        With every problem of the table.
    """
    seen: set[str] = set()

    def read(row: Row) -> Area:
        area, parent = row.text("id"), row.text("parent", default="")
        if parent and parent not in seen:
            row.refuse("parent", "area")
        seen.add(area)
        return Area(
            id=area,
            name=Names(row.text("name_zh"), row.text("name_en")),
            kind=row.choice("kind", AreaKind),
            parent=parent,
            reference=row.flag("reference"),
            synthetic=row.flag("synthetic"),
            home=row.flag("home"),
        )

    return read_rows(text, file, _AREA_COLUMNS, read, lambda area: area.id, "id")


def read_targets(
    text: str, file: str, catalogue: Catalogue, areas: Collection[str]
) -> tuple[Target, ...]:
    """Read targets; each names its own area, for no target is inherited.

    Raises
    ------
    TableRefused
        With every problem of the table.
    """

    def read(row: Row) -> Target:
        indicator = row.one_of("indicator", catalogue, "indicator")
        known = catalogue.indicators.get(indicator)
        default = known.basis if known else Basis(PriceBasis.CURRENT)
        return Target(
            area=row.one_of("area", areas, "area"),
            indicator=indicator,
            year=row.year("year"),
            comparator=row.choice("comparator", Comparator),
            threshold=row.number("threshold"),
            tolerance=_tolerance(row),
            basis=row.basis(default),
            document=row.text("document"),
            counts=row.flag("counts", default=True),
        )

    return read_rows(
        text,
        file,
        _TARGET_COLUMNS,
        read,
        key=lambda target: (target.area, target.indicator, target.year),
        key_column="indicator",
    )


def read_changes(text: str, file: str, catalogue: Catalogue) -> tuple[DefinitionChange, ...]:
    """Read recorded changes of definition; ``period`` is the first month or quarter that follows
    the new one.

    Raises
    ------
    TableRefused
        With every problem of the table.
    """

    def read(row: Row) -> DefinitionChange:
        indicator = row.one_of("indicator", catalogue, "indicator")
        known = catalogue.indicators.get(indicator)
        default = known.basis if known else Basis(PriceBasis.CURRENT)
        quarter = row.month("period").quarter
        if quarter is None:
            row.refuse("period", "period")
        return DefinitionChange(
            area=row.text("area"),
            indicator=indicator,
            basis=row.basis(default),
            quarter=quarter or Quarter(1, 1),
            document=row.text("document"),
        )

    return read_rows(
        text,
        file,
        ("area", "indicator", "period", "document"),
        read,
        key=lambda change: (change.area, change.indicator, change.basis, change.quarter),
        key_column="period",
    )


def _tolerance(row: Row) -> float:
    about = row.text("comparator", default="") == Comparator.ABOUT
    if not about and not row.text("tolerance", default=""):
        return 0.0
    return row.limited("tolerance", lambda tolerance: about and tolerance > 0, "tolerance")
