"""What is remembered of a file under review, beside what ``cache`` keeps of vintages.

What was made of a file is kept with it, and goes with it when its review ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import streamlit as st

from data import clock
from data.projects.read import ProjectsRead, read_projects
from data.store.vintages import Committed
from data.workbook.book import Book
from data.workbook.open.opening import open_book, pasted_book
from data.workbook.read.within_limits import read_within_limits
from data.workbook.reading import Context
from data.workbook.review import Review, review
from forecasting.figures.indicator import Observation, ObservationKey
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from ui.frame import cache
from ui.frame.cache import VintageView
from ui.frame.session import Upload

MOST_KNOWN = 4
MOST_OUTLOOKS = 32


def open_file(upload: Upload, password: str = "") -> Book:
    """Open a file under review.

    Parameters
    ----------
    password
        What opens an encrypted workbook, which is kept open afterwards; it is kept nowhere.

    Raises
    ------
    WorkbookRefused
        If it cannot be opened, or should not be.
    """

    def opened() -> Book:
        if upload.pasted:
            return pasted_book(upload.content.decode())
        return open_book(upload.name, upload.content, upload.encoding or None, password)

    return upload.remembered("book", upload.encoding, opened)


def review_of(snapshot: VintageView, area: str, upload: Upload) -> Review:
    """Hold a file under review, with the answers given so far, against a vintage.

    Raises
    ------
    WorkbookRefused
        If the file takes more time or memory to be read than it may.
    """
    database, vintage, month = snapshot.database, snapshot.vintage, clock.month()
    known = _known(database, vintage)

    def reviewed() -> Review:
        context = Context(
            catalogue=cache.store().catalogue(vintage),
            areas=snapshot.areas,
            area=area,
            month=month,
            known=known,
            remembered=cache.store().remembered(vintage),
        )
        reading = read_within_limits(open_file(upload), context, upload.answers)
        return review(reading, known, vintage, _replaced(database, vintage))

    answers = tuple(sorted(upload.answers.items()))
    key = (database, vintage, area, month, upload.encoding, answers)
    return upload.remembered("review", key, reviewed)


def projects_of(upload: Upload, year: int, unit: str) -> ProjectsRead:
    """Read the table of projects in a file, with the year and unit of what does not say them.

    Raises
    ------
    WorkbookRefused
        If it cannot be opened, or should not be.
    """
    return upload.remembered(
        f"projects {unit}",
        (upload.encoding, year),
        lambda: read_projects(open_file(upload), year=year, unit=unit),
    )


def outlook_with(
    snapshot: VintageView, area: str, year: int, written: Sequence[Observation]
) -> Outlook:
    """Return what the outlook would be if these figures were written."""
    digest = sha256(repr(written).encode()).hexdigest()
    return _outlook(snapshot.database, snapshot.vintage, area, year, digest, written)


@st.cache_resource(show_spinner=False, max_entries=MOST_KNOWN)
def _known(database: str, vintage: int) -> dict[ObservationKey, Observation]:
    return cache.store().known(vintage)


@st.cache_resource(show_spinner=False, max_entries=MOST_KNOWN)
def _replaced(
    database: str, vintage: int
) -> dict[ObservationKey, tuple[Committed[Observation], ...]]:
    return cache.store().replaced(vintage)


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
