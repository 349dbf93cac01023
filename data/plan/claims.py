"""The claims of an area and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.plan.big_things import StoredClaim, stored_claims
from data.plan.criteria import comparable
from data.views import AreaView
from forecasting.figures.indicator import Area
from forecasting.plan.claims import ClaimOutlook, indicators_of, judge_claim
from forecasting.plan.years import YearPaths


@dataclass(frozen=True, slots=True)
class Card:
    """One of the three, as it is stored and as it may come."""

    stored: StoredClaim
    outlook: ClaimOutlook
    rivals: tuple[Area, ...]


def open_cards(view: AreaView) -> tuple[Card, ...]:
    """Return the cards of an area."""
    stored = stored_claims(view.snapshot.store.plans, view.area.id)
    indicators = tuple(
        id for id in indicators_of([one.claim for one in stored]) if id in view.catalogue
    )
    ahead: Mapping[str, YearPaths] = {}
    if view.has_figures:
        year = view.snapshot.target_year(view.area.id)
        ahead = view.snapshot.paths_ahead(view.area.id, year, indicators)
    return tuple(_card(one, indicators, ahead, view) for one in stored)


def _card(
    stored: StoredClaim,
    indicators: tuple[str, ...],
    ahead: Mapping[str, YearPaths],
    view: AreaView,
) -> Card:
    areas = comparable(view.area, view.snapshot.areas)
    rivals = tuple(area for area in areas if area.id in stored.claim.rivals)
    levels = {area.id: view.levels_of(area.id, indicators) for area in rivals}
    outlook = judge_claim(stored.claim, view.catalogue, ahead, levels)
    return Card(stored, outlook, rivals)
