"""The claims of an area and what comes of them, kept between reruns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from data.plan.big_things import StoredClaim, stored_claims
from forecasting.figures.indicator import Area
from forecasting.outlook.question import Question
from forecasting.plan.claims import ClaimOutlook, indicators_of, judge_claim
from forecasting.plan.gaps import Levels
from forecasting.plan.years import YearPaths, levels_by_year, year_paths
from ui.frame import cache
from ui.frame.controls import View

MOST_KEPT = 24


@dataclass(frozen=True, slots=True)
class Card:
    """One of the three, as it is stored and as it may come."""

    stored: StoredClaim
    outlook: ClaimOutlook
    rivals: tuple[Area, ...]


def open_cards(view: View) -> tuple[Card, ...]:
    """Return the cards of an area."""
    stored = stored_claims(cache.store().plans, view.area.id)
    indicators = tuple(
        id for id in indicators_of([one.claim for one in stored]) if id in view.catalogue
    )
    ahead: Mapping[str, YearPaths] = {}
    if view.has_figures:
        snapshot, year = view.snapshot, view.snapshot.target_year(view.area.id)
        ahead = _ahead(snapshot.database, snapshot.vintage, view.area.id, year, indicators)
    return tuple(_card(one, indicators, ahead, view) for one in stored)


def _card(
    stored: StoredClaim,
    indicators: tuple[str, ...],
    ahead: Mapping[str, YearPaths],
    view: View,
) -> Card:
    rivals = tuple(area for area in possible_rivals(view) if area.id in stored.claim.rivals)
    levels = {area.id: _levels(view, area.id, indicators) for area in rivals}
    outlook = judge_claim(stored.claim, view.catalogue, ahead, levels)
    return Card(stored, outlook, rivals)


def possible_rivals(view: View) -> tuple[Area, ...]:
    """Return the areas a claim may name; simulated figures only with their like."""
    return tuple(
        area
        for area in view.snapshot.areas
        if area.id != view.area.id and area.synthetic == view.area.synthetic
    )


def _levels(view: View, area: str, indicators: tuple[str, ...]) -> dict[str, Levels]:
    figures = [figure.value for figure in view.snapshot.figures(area)]
    catalogue = view.catalogue
    return {id: levels_by_year(id, area, catalogue[id].basis, figures) for id in indicators}


@st.cache_resource(show_spinner=False, max_entries=MOST_KEPT)
def _ahead(
    database: str, vintage: int, area: str, year: int, indicators: tuple[str, ...]
) -> dict[str, YearPaths]:
    asked = cache.VintageView(database, vintage)
    return year_paths(
        Question(asked.area(area), year), asked.inputs(area), indicators, asked.predict
    )
