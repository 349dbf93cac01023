"""Files made by somebody who had not seen the reader: no fact is lost, none is read wrong unasked.

``corpus/by_others/README.md`` says what ``.facts.toml`` holds. What becomes of a fact is seen at
the cells that hold its value: read right, read and asked about, told in a remark or refused.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import isclose
from pathlib import Path

import pytest

from data.workbook.book import Book, Place
from data.workbook.open.opening import WorkbookRefused, open_book, pasted_book
from data.workbook.read import interpret
from data.workbook.read.records import Records
from data.workbook.reading import Context, ReadFigure, Reading
from data.workbook.words.numbers import Number, parse_number
from data.workbook.words.units import convert, parse_unit
from forecasting.figures.period import Month
from tests.data.workbook.test_corpus import seeds

FOLDER = Path(__file__).parent / "corpus" / "by_others"
SUFFIX = ".facts.toml"
FILES = sorted(
    path.with_name(path.name.removesuffix(SUFFIX)) for path in FOLDER.rglob(f"*{SUFFIX}")
)
ALWAYS_ASKED = ("status", "basis")
KNOWN = {
    "规上工业总产值": "industrial_output",
    "地区生产总值指数": "gdp",
    "单位工业增加值能耗": "energy_intensity",
}
"""Labels that the catalogue knows, which was not at hand when the files were made."""
READ_AS_WRITTEN = {
    ("粘贴.txt", "D8"): "(2.4) is below zero, as accounts write it",
    ("粘贴.txt", "D12"): "持平 is growth of nothing",
    ("月报第3页_转换.xlsx", "D9"): "the unit of the row is %",
}
"""Figures that no fact names, since whoever made the files would rather be asked."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of ``facts``."""

    area: str
    indicator: str
    measure: str
    month: str
    value: float
    written: float
    unit: str

    @classmethod
    def of(cls, line: str, chosen: str) -> Fact:
        place, label, what, unit, period, value = (part.strip() for part in line.split(" | "))
        known = re.search(r"\(([A-Z][A-Z-]+)\)$", place)
        ids = [id_ for id_ in re.findall(r"\(([a-z_]+)\)", label) if id_ in seeds().catalogue]
        index = what.startswith("index")
        return cls(
            area=known[1] if known else chosen if "no place" in place else "",
            indicator=ids[0] if ids else KNOWN.get(label, ""),
            measure=measure_of(what),
            month=month_of(period),
            value=float(value) - 100 if index else float(value),
            written=float(value),
            unit="%" if index else parse_unit(unit) or "",
        )

    def is_read_in(self, figure: ReadFigure) -> bool:
        read = figure.observation
        value = convert(self.value, self.unit, read.unit) if self.unit else self.value
        return (self.area, self.indicator, self.measure, self.month) == (
            read.area, read.indicator, str(read.measure), str(read.month)
        ) and isclose(self.value if value is None else value, read.value, rel_tol=1e-6)  # fmt: skip


def measure_of(what: str) -> str:
    """Return the measure that a form in words is, empty where it is none of ours."""
    span = (
        "month" if "single month" in what
        else "quarter" if "single quarter" in what
        else "ytd" if "since January" in what or "whole year" in what else ""
    )  # fmt: skip
    of_last_year = what.startswith("index") and "last year = 100" in what
    if of_last_year or re.match(
        r"(?:(?:nominal|real) )?growth,? (?:since|of a single|of the whole)", what
    ):
        return f"growth_{span}"
    if what.startswith("level") or "intensity" in what:
        return f"level_{span}"
    if what.startswith(("stock", "growth of the stock")):
        return "growth_end" if what.startswith("growth") else "level_end"
    return "ratio" if what.startswith(("ratio", "price", "index", "average rate")) else ""


def month_of(period: str) -> str:
    last = period.split()[0].split("..")[-1]
    if quarter := re.fullmatch(r"(\d{4})Q([1-4])", last):
        return f"{quarter[1]}-{3 * int(quarter[2]):02d}"
    return f"{last}-12" if len(last) == 4 else last


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, and the cells of which something is said."""

    book: Book
    reading: Reading
    told: frozenset[Place]


@cache
def read(file: Path) -> Read | None:
    """Return what is read of a file, None where it is refused with a reason."""
    kept: list[Records] = []

    class Kept(Records):
        def __init__(self, *args: object) -> None:
            super().__init__(*args)  # type: ignore[arg-type]
            kept.append(self)

    try:
        book = opened(file)
    except WorkbookRefused:
        return None
    catalogue, areas = seeds().catalogue, seeds().areas
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interpret, "Records", Kept)
        reading = interpret.read(
            book, Context(catalogue, areas, facts_of(file)["area"], Month(2026, 12)), {}
        )
    told = {cell.place for _, cell in kept[-1].omitted if cell} | {c.place for c in reading.refused}
    sheets = {
        name
        for remark in reading.remarks
        if remark.code in ("sheets_unread", "sheets_hidden")
        for name in remark.values["names"]
    }
    told |= {
        Place(sheet.name, row, column)
        for sheet in book.sheets
        if sheet.name in sheets
        for row, cells in enumerate(sheet.rows, 1)
        for column, _ in enumerate(cells, 1)
    }
    return Read(book, reading, frozenset(told))


def opened(file: Path) -> Book:
    content = file.read_bytes()
    if file.name == "粘贴.txt":
        return pasted_book(content.decode())
    return open_book(file.name, content, password=facts_of(file).get("password", ""))


def facts_of(file: Path) -> dict[str, str]:
    return tomllib.loads(file.with_name(file.name + SUFFIX).read_text("utf-8"))


def facts(file: Path) -> list[Fact]:
    content = facts_of(file)
    return [Fact.of(line, content["area"]) for line in content["facts"].strip().splitlines()]


def places_of(book: Book, value: float) -> Iterator[Place]:
    """Yield the cells that hold a number, or a text in which it stands."""
    for sheet in book.sheets:
        for row, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells, 1):
                number = parse_number(cell, (row, column) in sheet.percent)
                found = [number.value] if isinstance(number, Number) else []
                if isinstance(cell, str) and not found:
                    found = [
                        float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", cell.replace(" ", ""))
                    ]
                if any(isclose(abs(one), abs(value), abs_tol=1e-6) for one in found):
                    yield Place(sheet.name, row, column)


def unasked(figure: ReadFigure) -> bool:
    return all(doubt.startswith(ALWAYS_ASKED) for doubt in figure.doubts)


ORDER = ("right", "asked", "told", "wrong", "lost")


def outcome(fact: Fact, found: Read) -> str:
    """Return the best that became of a fact in the cells that hold its value."""
    figures = {figure.place: figure for figure in found.reading.figures}
    outcomes = ["lost"]
    for place in places_of(found.book, fact.written):
        if figure := figures.get(place):
            right = fact.is_read_in(figure)
            outcomes.append("asked" if not unasked(figure) else "right" if right else "wrong")
        elif place in found.told:
            outcomes.append("told")
    return min(outcomes, key=ORDER.index)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_fact_is_lost_or_read_wrong_unasked(file: Path) -> None:
    found, known = read(file), facts(file)
    if found is None:
        return  # the reason is tested where files are opened
    bad = [(outcome(fact, found), fact) for fact in known]
    assert [one for one in bad if one[0] in ("wrong", "lost")] == []
    if int(facts_of(file)["facts_in_file"]) > len(known):
        return
    strange = [
        f"{figure.place} {figure.observation}"
        for figure in found.reading.figures
        if unasked(figure)
        and not any(fact.is_read_in(figure) for fact in known)
        and (file.name, str(figure.place)) not in READ_AS_WRITTEN
    ]
    assert strange == []


def test_as_many_facts_are_read_as_before() -> None:
    """Say in README.md and here what a change makes of the facts."""
    counts: Counter[str] = Counter()
    for file in FILES:
        found = read(file)
        counts.update(outcome(fact, found) if found else "refused" for fact in facts(file))

    assert counts == {"right": 409, "asked": 523, "told": 560, "refused": 27}
