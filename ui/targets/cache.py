"""What is kept between reruns of edits by hand, beside what ``cache`` keeps of vintages."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import streamlit as st

from data.store.vintage import Removable
from data.targets.forms import Key, Spans, spans_of
from forecasting.figures.indicator import AreaVersion, DefinitionChange, Target
from forecasting.history.definition_changes import changes_of
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from ui.frame import cache
from ui.frame.cache import Snapshot

MOST_OUTLOOKS = 32
MOST_ENTRIES = 64


def entries(snapshot: Snapshot, area: str) -> Mapping[Key, Removable]:
    """Return what can be edited by hand of an area, as it is stored."""
    return _entries(snapshot.database, snapshot.vintage, area)


def spans(snapshot: Snapshot, area: str) -> Spans:
    """Return the first and last quarter of each series of an area."""
    return _spans(snapshot.database, snapshot.vintage, area)


def outlook_with(
    snapshot: Snapshot, area: str, year: int, wanted: Mapping[Key, Removable]
) -> Outlook:
    """Return what the outlook would be if these entries, and no others, held."""
    digest = sha256(repr(list(wanted.values())).encode()).hexdigest()
    return _outlook(snapshot.database, snapshot.vintage, area, year, digest, wanted)


@st.cache_resource(show_spinner=False, max_entries=MOST_ENTRIES)
def _entries(database: str, vintage: int, area: str) -> Mapping[Key, Removable]:
    store = cache.store()
    known: tuple[Removable, ...] = (
        *store.targets(vintage, area),
        *store.changes(vintage, area),
        *store.area_versions(vintage, area),
    )
    return {entry.key: entry for entry in known}


@st.cache_resource(show_spinner=False, max_entries=MOST_ENTRIES)
def _spans(database: str, vintage: int, area: str) -> Spans:
    figures = Snapshot(database, vintage).figures(area)
    return spans_of(stored.observation for stored in figures)


@st.cache_resource(show_spinner=False, max_entries=MOST_OUTLOOKS)
def _outlook(
    database: str,
    vintage: int,
    area: str,
    year: int,
    digest: str,
    _wanted: Mapping[Key, Removable],
) -> Outlook:
    asked = Snapshot(database, vintage)
    figures = [stored.observation for stored in asked.figures(area)]
    held = _wanted.values()
    return judge(
        Question(asked.area(area), year),
        asked.catalogue(area),
        [entry for entry in held if isinstance(entry, Target)],
        figures,
        engine=cache.remembering_predict,
        changes=changes_of(
            [entry for entry in held if isinstance(entry, DefinitionChange)],
            [entry for entry in held if isinstance(entry, AreaVersion)],
            figures,
        ),
    )
