"""The one reader of tables: the command line and the seeding of the store share it.

A table is comma-separated text in UTF-8 whose first row names its columns, in any order;
columns it does not know are left alone. Reading either returns every row or raises
``TableRefused`` with every problem, never a part and never a guess.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from typing import TypeVar

from forecasting.errors import Problem, TableRefused
from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Catalogue,
    Comparator,
    DefinitionChange,
    Direction,
    Indicator,
    IndicatorGroup,
    Measure,
    Names,
    Observation,
    ObservationKey,
    PriceBasis,
    Status,
    Target,
)
from forecasting.figures.period import Month, Quarter

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_YEAR = re.compile(r"([1-9][0-9]{3})?")
LARGEST = 1e100
"""A number beyond this is a slip, and its products would overflow."""
LATEST = 2_000
"""Quarter numbers lie within this distance of zero: 500 years."""
INDICATOR_COLUMNS = (
    "id", "name_zh", "name_en", "short_zh", "short_en", "aliases", "unit", "measures",
    "price_basis", "coverage_basis", "currency", "group", "direction", "quarterly_shares",
    "release_day",
)  # fmt: skip
AREA_COLUMNS = ("id", "name_zh", "name_en", "kind", "parent", "reference", "synthetic", "home")
TARGET_COLUMNS = (
    "area", "indicator", "year", "comparator", "threshold", "tolerance", "price_basis",
    "coverage_basis", "currency", "document", "counts",
)  # fmt: skip
OBSERVATION_COLUMNS = ("area", "indicator", "measure", "period", "value")
CHANGE_COLUMNS = ("area", "indicator", "period", "document")
BASIS_COLUMNS = ("price_basis", "coverage_basis", "currency")
"""Of figures and changes, which need not have them."""


class TableRow:
    """One row of a table; every reading method notes a problem instead of raising.

    A method that notes a problem returns a stand-in of the right type, so that the rest
    of the row is still checked; ``read_rows`` drops such rows and refuses the table.
    """

    def __init__(self, file: str, number: int, cells: dict[str, str], problems: list[Problem]):
        self._file = file
        self._number = number
        self._cells = cells
        self._problems = problems

    def refuse(self, column: str, expected: str) -> None:
        """Note that this cell is not what was expected."""
        cell = self._cells.get(column, "")
        self._problems.append(Problem(self._file, self._number, column, cell, expected))

    def parsed(
        self, column: str, parse: Callable[[str], Value | None], expected: str, stand_in: Value
    ) -> Value:
        """Return what ``parse`` makes of the cell; it refuses by None or ValueError."""
        try:
            value = parse(self._cells.get(column, ""))
        except ValueError:
            value = None
        if value is None:
            self.refuse(column, expected)
            return stand_in
        return value

    def text(self, column: str, *, default: str | None = None) -> str:
        """Return the cell; without a ``default`` it must not be empty."""
        return self.parsed(column, lambda cell: cell or default, "text", "")

    def choice(
        self, column: str, choices: type[Choice], *, default: Choice | None = None
    ) -> Choice:
        """Return the member of ``choices`` that the cell spells."""
        if default is not None and not self._cells.get(column):
            return default
        return self.parsed(column, choices, "choice", next(iter(choices)))

    def number(self, column: str) -> float:
        """Return a finite number, written as -3.1 or 1e3; not nan, inf or 1_000."""
        return self.parsed(column, parse_number, "number", 0.0)

    def limited(self, column: str, sound: Callable[[float], bool], expected: str) -> float:
        """Return a finite number that is ``sound``."""

        def parse(cell: str) -> float | None:
            value = parse_number(cell)
            return value if value is not None and sound(value) else None

        return self.parsed(column, parse, expected, 1.0)

    def month(self, column: str) -> Month:
        """Return the month a figure runs to."""
        return self.parsed(column, Month.parse, "period", Month(1, 1))

    def year(self, column: str) -> int:
        """Return a year of four digits; 0 for an empty cell."""
        return self.parsed(
            column, lambda cell: int(cell or 0) if _YEAR.fullmatch(cell) else None, "year", 0
        )

    def flag(self, column: str, *, default: bool = False) -> bool:
        """Return whether the cell says yes."""
        return self.parsed(column, {"yes": True, "no": False, "": default}.get, "flag", default)

    def one_of(self, column: str, known: Collection[str] | Catalogue, expected: str) -> str:
        """Return the cell, which must be among ``known``."""
        cell = self.text(column)
        if cell and cell not in known:
            self.refuse(column, expected)
        return cell

    def indicator(self, catalogue: Catalogue) -> tuple[str, Basis]:
        """Return the id of an indicator, and the basis its figures are usually on."""
        name = self.one_of("indicator", catalogue, "indicator")
        known = catalogue.indicators.get(name)
        return name, known.basis if known else Basis(PriceBasis.CURRENT)

    def basis(self, default: Basis) -> Basis:
        """Return the basis in the three basis columns, where empty means the default."""
        return Basis(
            self.choice("price_basis", PriceBasis, default=default.price),
            self.text("coverage_basis", default=default.coverage),
            self.text("currency", default=default.currency),
        )


def parse_number(text: str) -> float | None:
    """Return the number that ``text`` spells in plain digits, None if it does not."""
    value = float(text) if _NUMBER.fullmatch(text) else math.inf
    return value if abs(value) <= LARGEST else None


def read_rows(
    text: str,
    file: str,
    columns: Collection[str],
    read: Callable[[TableRow], Value],
    key: Callable[[Value], object],
    key_column: str,
    taken: Collection[object] = (),
) -> tuple[Value, ...]:
    """Read every row of a table with ``read``.

    Parameters
    ----------
    columns
        Columns the header must have.
    key, key_column
        What must be different in every row, and the column to name when it is not.
    taken
        Keys that other tables have already used.

    Raises
    ------
    TableRefused
        With every problem, in the order of the rows.
    """
    problems: list[Problem] = []
    values: dict[object, Value] = {}
    for row in _rows(text, file, columns, problems):
        before = len(problems)
        value = read(row)
        if len(problems) > before:
            continue
        if key(value) in values or key(value) in taken:
            row.refuse(key_column, "unique")
        values[key(value)] = value
    if problems:
        raise TableRefused(problems)
    return tuple(values.values())


def _rows(
    text: str, file: str, columns: Collection[str], problems: list[Problem]
) -> Iterator[TableRow]:
    """Yield the rows under a sound header; note what is wrong with header and row lengths."""
    # Not strict, a quote that is never closed would swallow every row after it.
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    number = 0
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if not set(columns) <= set(header) or len(set(header)) < len(header):
            problems.append(Problem(file, 1, "header", ",".join(header)[:200], "header"))
            return
        number = 1
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problems.append(Problem(file, number, "row", ",".join(cells)[:200], "cells"))
                continue
            stripped = (cell.strip() for cell in cells)
            yield TableRow(file, number, dict(zip(header, stripped, strict=True)), problems)
    except csv.Error as error:
        problems.append(Problem(file, number + 1, "row", str(error), "csv"))


def read_indicators(text: str, file: str) -> Catalogue:
    """Read the indicator catalogue, in the order of a column ``order``, else of the rows."""
    order = 0

    def read(row: TableRow) -> Indicator:
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
            group=row.choice("group", IndicatorGroup),
            direction=row.choice("direction", Direction),
            quarterly_shares=_shares(row),
            release_day=_release_day(row),
            order=_order(row, order - 1),
        )

    rows = read_rows(text, file, INDICATOR_COLUMNS, read, lambda indicator: indicator.id, "id")
    return Catalogue.of(rows)


def _measures(row: TableRow) -> tuple[Measure, ...]:
    names = row.text("measures", default="").split("|")
    if len(set(names)) < len(names) or not set(names) <= set(Measure):
        row.refuse("measures", "choice")
        return ()
    return tuple(map(Measure, names))


def _shares(row: TableRow) -> tuple[float, float, float, float] | None:
    cell = row.text("quarterly_shares", default="")
    if not cell:
        return None
    shares = [share for part in cell.split("|") if (share := parse_number(part.strip()) or 0) > 0]
    four = len(shares) == 4 and cell.count("|") == 3
    if not (four and math.isclose(math.fsum(shares), 1, abs_tol=1e-6)):
        row.refuse("quarterly_shares", "shares")
        return None
    first, second, third, fourth = shares
    return first, second, third, fourth


def _order(row: TableRow, usual: int) -> int:
    if not row.text("order", default=""):
        return usual
    return int(row.limited("order", lambda order: order >= 0 and order == int(order), "number"))


def _release_day(row: TableRow) -> int:
    if not row.text("release_day", default=""):
        return 0
    return int(row.limited("release_day", lambda day: day in range(1, 32), "day"))


def read_areas(text: str, file: str) -> tuple[Area, ...]:
    """Read the areas; a parent stands above its children in the table."""
    seen: set[str] = set()

    def read(row: TableRow) -> Area:
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

    return read_rows(text, file, AREA_COLUMNS, read, lambda area: area.id, "id")


def read_targets(
    text: str, file: str, catalogue: Catalogue, areas: Collection[str]
) -> tuple[Target, ...]:
    """Read targets; each names its own area, for no target is inherited."""

    def read(row: TableRow) -> Target:
        indicator, usual = row.indicator(catalogue)
        return Target(
            area=row.one_of("area", areas, "area"),
            indicator=indicator,
            year=row.year("year"),
            comparator=row.choice("comparator", Comparator),
            threshold=row.number("threshold"),
            tolerance=_tolerance(row),
            basis=row.basis(usual),
            document=row.text("document"),
            counts=row.flag("counts", default=True),
        )

    return read_rows(
        text,
        file,
        TARGET_COLUMNS,
        read,
        key=lambda target: (target.area, target.indicator, target.year),
        key_column="indicator",
    )


def read_changes(text: str, file: str, catalogue: Catalogue) -> tuple[DefinitionChange, ...]:
    """Read recorded changes of definition; ``period`` is the first month or quarter that follows
    the new one. A month stands for its quarter, in which the level shifts.
    """

    def read(row: TableRow) -> DefinitionChange:
        indicator, usual = row.indicator(catalogue)
        month = row.month("period")
        return DefinitionChange(
            area=row.text("area"),
            indicator=indicator,
            basis=row.basis(usual),
            quarter=Quarter.of_month(month.year, month.month),
            document=row.text("document"),
        )

    return read_rows(
        text,
        file,
        CHANGE_COLUMNS,
        read,
        key=lambda change: (change.area, change.indicator, change.basis, change.quarter),
        key_column="period",
    )


def _tolerance(row: TableRow) -> float:
    about = row.text("comparator", default="") == Comparator.ABOUT
    if not about and not row.text("tolerance", default=""):
        return 0.0
    return row.limited("tolerance", lambda tolerance: about and tolerance > 0, "tolerance")


def read_observations(
    text: str,
    file: str,
    catalogue: Catalogue,
    areas: Collection[str] | None = None,
    taken: Collection[ObservationKey] = (),
) -> tuple[Observation, ...]:
    """Read published figures, one a row.

    Columns ``area, indicator, measure, period, value`` are needed; ``unit, publisher,
    status, price_basis, coverage_basis, currency`` fall back on the catalogue when they
    are empty or absent. ``period`` is the quarter or month the figure runs to.

    Parameters
    ----------
    areas
        Areas that may appear; any when None.
    taken
        Keys of figures that other tables have already given.
    """

    def read(row: TableRow) -> Observation:
        area = row.text("area") if areas is None else row.one_of("area", areas, "area")
        indicator, usual = row.indicator(catalogue)
        measure = row.choice("measure", Measure)
        known = catalogue.indicators.get(indicator)
        usual_unit = "%" if measure.is_growth else (known.unit if known else "")
        unit = row.text("unit", default=usual_unit)
        if known and unit != usual_unit and measure is not Measure.RATIO:
            row.refuse("unit", "unit")
        return Observation(
            area=area,
            indicator=indicator,
            measure=measure,
            month=row.month("period"),
            value=row.number("value"),
            unit=unit,
            basis=row.basis(usual),
            status=row.choice("status", Status, default=Status.PUBLISHED),
            publisher=row.text("publisher", default=""),
        )

    return read_rows(
        text, file, OBSERVATION_COLUMNS, read, lambda figure: figure.key, "period", taken
    )


def read_quarterly_levels(text: str, file: str) -> dict[str, dict[int, float]]:
    """Read ``id,t,y``: for each id, in order of appearance, level ``y`` at quarter number ``t``.

    A level that is not above zero is refused, for growth and logarithms need positive ones; a
    table without rows is, too.
    """

    def read(row: TableRow) -> tuple[str, int, float]:
        number = row.limited("t", lambda t: t.is_integer() and abs(t) <= LATEST, "quarter_id")
        level = row.limited("y", lambda level: level >= 1 / LARGEST, "positive")
        return row.text("id"), int(number), level

    rows = read_rows(
        text, file, ("id", "t", "y"), read, key=lambda value: value[:2], key_column="t"
    )
    if not rows:
        raise TableRefused([Problem(file, 2, "row", "", "rows")])
    series: dict[str, dict[int, float]] = {}
    for name, number, level in rows:
        series.setdefault(name, {})[number] = level
    return series
