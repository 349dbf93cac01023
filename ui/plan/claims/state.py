"""The claims of an area and what comes of them, kept between reruns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.plan.big_things import StoredClaim, stored_claims
from forecasting.figures.indicator import Area
from forecasting.plan.claims import ClaimOutlook, indicators_of, judge_claim
from forecasting.plan.years import YearPaths
from ui.frame import cache
from ui.frame.controls import View
from ui.plan.years import comparable_areas, levels_of, paths_ahead


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
        ahead = paths_ahead(snapshot.database, snapshot.vintage, view.area.id, year, indicators)
    return tuple(_card(one, indicators, ahead, view) for one in stored)


def _card(
    stored: StoredClaim,
    indicators: tuple[str, ...],
    ahead: Mapping[str, YearPaths],
    view: View,
) -> Card:
    rivals = tuple(area for area in comparable_areas(view) if area.id in stored.claim.rivals)
    levels = {area.id: levels_of(view, area.id, indicators) for area in rivals}
    outlook = judge_claim(stored.claim, view.catalogue, ahead, levels)
    return Card(stored, outlook, rivals)
