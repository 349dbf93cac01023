"""What is remembered of a file under review, beside what ``cache`` keeps of vintages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import streamlit as st

from data.projects.read import ProjectsRead, read_projects
from data.workbook.book import Book
from data.workbook.open.opening import open_book, pasted_book
from data.workbook.read.interpret import read
from data.workbook.reading import Context
from data.workbook.review import Review, review
from forecasting.figures.indicator import Observation, ObservationKey
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from ui.frame import cache
from ui.frame.cache import VintageView
from ui.frame.session import Upload
from ui.language import clock

MOST_BOOKS = 4
MOST_REVIEWS = 16
MOST_OUTLOOKS = 32


def open_file(upload: Upload) -> Book:
    """Open a file under review.

    Raises
    ------
    WorkbookRefused
        If it cannot be opened, or should not be.
    """
    return _book(*_file(upload), upload.content)


def review_of(snapshot: VintageView, area: str, upload: Upload) -> Review:
    """Hold a file under review, with the answers given so far, against a vintage."""
    answers = tuple(sorted(upload.answers.items()))
    return _review(
        snapshot.database,
        snapshot.vintage,
        area,
        clock.today().year,
        *_file(upload),
        answers,
        upload.content,
    )


def projects_of(upload: Upload, year: int, unit: str) -> ProjectsRead:
    """Read the table of projects in a file, with the year and unit of what does not say them.

    Raises
    ------
    WorkbookRefused
        If it cannot be opened, or should not be.
    """
    return _projects(*_file(upload), year, unit, upload.content)


def outlook_with(
    snapshot: VintageView, area: str, year: int, written: Sequence[Observation]
) -> Outlook:
    """Return what the outlook would be if these figures were written."""
    digest = sha256(repr(written).encode()).hexdigest()
    return _outlook(snapshot.database, snapshot.vintage, area, year, digest, written)


def _file(upload: Upload) -> tuple[str, str, str, bool]:
    """Return what tells opened books apart: the content, its name and how it is opened."""
    return upload.digest, upload.name, upload.encoding, upload.pasted


@st.cache_resource(show_spinner=False, max_entries=MOST_BOOKS)
def _book(digest: str, name: str, encoding: str, pasted: bool, _content: bytes) -> Book:
    if pasted:
        return pasted_book(_content.decode())
    return open_book(name, _content, encoding or None)


@st.cache_resource(show_spinner=False, max_entries=MOST_REVIEWS)
def _review(
    database: str,
    vintage: int,
    area: str,
    year: int,
    digest: str,
    name: str,
    encoding: str,
    pasted: bool,
    answers: tuple[tuple[str, str], ...],
    _content: bytes,
) -> Review:
    known = _known(database, vintage)
    context = Context(
        catalogue=cache.store().catalogue(vintage),
        areas=VintageView(database, vintage).areas,
        area=area,
        year=year,
        known=known,
        remembered=cache.store().remembered(vintage),
    )
    book = _book(digest, name, encoding, pasted, _content)
    return review(read(book, context, dict(answers)), known, vintage)


@st.cache_resource(show_spinner=False, max_entries=MOST_BOOKS)
def _projects(
    digest: str, name: str, encoding: str, pasted: bool, year: int, unit: str, _content: bytes
) -> ProjectsRead:
    return read_projects(_book(digest, name, encoding, pasted, _content), year=year, unit=unit)


@st.cache_resource(show_spinner=False, max_entries=MOST_BOOKS)
def _known(database: str, vintage: int) -> dict[ObservationKey, Observation]:
    return cache.store().known(vintage)


@st.cache_resource(show_spinner=False, max_entries=MOST_OUTLOOKS)
def _outlook(
    database: str, vintage: int, area: str, year: int, digest: str, _written: Sequence[Observation]
) -> Outlook:
    asked = VintageView(database, vintage)
    figures = {stored.value.key: stored.value for stored in asked.figures(area)}
    figures |= {figure.key: figure for figure in _written if figure.area == area}
    known = replace(
        asked.inputs(area),
        observations=list(figures.values()),
        changes=asked.changes_with(area, figures.values()),
    )
    return judge(Question(asked.area(area), year), known, cache.remembering_predict)
