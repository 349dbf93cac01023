"""Small tables as tests write them, and what the reader of a test knows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data.store.seed import read_seeds
from data.workbook.book import Book, Cell, Sheet
from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading
from forecasting.figures.indicator import Area, AreaKind, Catalogue, Names
from forecasting.figures.period import Month

CATALOGUE = read_seeds(Path(__file__).parents[3] / "seeds").catalogue
AREAS = (
    Area("CN", Names("全国", "China"), AreaKind.NATION),
    Area("CN-SX", Names("山西省", "Shanxi"), AreaKind.PROVINCE, "CN"),
    Area("CITY", Names("临汾市", "Linfen"), AreaKind.CITY, "CN-SX"),
    Area("COUNTY", Names("侯马市", "Houma"), AreaKind.COUNTY, "CITY"),
    Area("ZONE", Names("侯马经济开发区", "Houma Zone"), AreaKind.ZONE, "COUNTY"),
)


def sheet(text: str, name: str = "Sheet1") -> Sheet:
    """Return a sheet from lines whose cells are parted by ``|``; numbers become numbers."""
    rows = [tuple(_cell(part.strip()) for part in line.split("|")) for line in _lines(text)]
    return Sheet(name, tuple(rows))


def book(*sheets: Sheet | str, file: str = "") -> Book:
    """Return a book of sheets."""
    return Book(
        file, tuple(entry if isinstance(entry, Sheet) else sheet(entry) for entry in sheets)
    )


def reading(
    *sheets: Sheet | str,
    area: str = "ZONE",
    answers: Mapping[str, str] | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Reading:
    """Read sheets with no figure known."""
    return read(book(*sheets), Context(catalogue, AREAS, area, Month(2026, 12)), answers or {})


def figures(found: Reading) -> list[str]:
    """Return figures in short: ``gdp growth_ytd 2026-09 7.3``, the area where it is another."""
    return [
        " ".join(
            (
                *(() if entry.observation.area == "ZONE" else (entry.observation.area,)),
                entry.observation.indicator,
                entry.observation.measure,
                str(entry.observation.month),
                f"{entry.observation.value:g}",
            )
        )
        for entry in found.figures
    ]


def asked(found: Reading) -> list[str]:
    """Return the ids of the open questions."""
    return [entry.id for entry in found.open]


def _lines(text: str) -> list[str]:
    lines = text.strip("\n").split("\n")
    return [line for line in lines if line.strip()]


def _cell(part: str) -> Cell:
    if not part:
        return None
    try:
        return float(part)
    except ValueError:
        return part
