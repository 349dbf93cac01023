"""Tables of projects as tests write them, and what was read in short."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl

from data.projects.problems import Code
from data.projects.read import ProjectsRead, read_projects
from data.workbook.open.opening import open_book, pasted_book
from forecasting.scenario.projects import Project


def workbook(*rows: Sequence[object], merged: Sequence[str] = (), name: str = "Sheet1") -> bytes:
    """Return a workbook of one sheet as a spreadsheet saves it."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(file)
    return file.getvalue()


def reading(
    content: bytes, file: str = "", year: int | None = None, unit: str = ""
) -> ProjectsRead:
    """Read a file."""
    return read_projects(open_book(file, content), year=year, unit=unit)


def pasted(text: str, year: int | None = None, unit: str = "") -> ProjectsRead:
    """Read lines whose cells are parted by ``|``."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return read_projects(pasted_book("\n".join(lines).replace("|", "\t")), year=year, unit=unit)


def one(text: str) -> Project:
    """Return the only project of a table that has nothing to tell."""
    found = pasted(text)
    assert found.problems == ()
    (project,) = found.projects
    return project


def told(found: ProjectsRead) -> list[tuple[Code, int, int]]:
    """Return what was told: code, row, column."""
    return [(problem.code, problem.row, problem.column) for problem in found.problems]
