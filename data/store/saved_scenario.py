"""What is saved of a scenario: a version, and the edits that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of a document that was changed before it was saved.

    Attributes
    ----------
    path
        The field, such as ``project.2.start_probability``.
    before, after
        Its values as text, empty where it was or is not there.
    """

    at: datetime
    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """One version of a saved scenario.

    Attributes
    ----------
    id
        Of the scenario, the same for all of its versions.
    version
        Counts from 1 within the scenario, without gaps.
    name
        What lists call it; the name within ``document`` is not looked at.
    document
        As ``forecasting.scenario.document.write_scenario`` makes it.
    vintage
        The vintage whose baseline it was saved beside.
    saved_at
        In UTC.
    removed
        Whether this version took the scenario off the list.
    edits
        What was changed since the version before, the oldest first.
    """

    id: int
    version: int
    area: str
    year: int
    name: str
    document: str
    vintage: int
    author: str
    saved_at: datetime
    removed: bool = False
    edits: tuple[Edit, ...] = ()
