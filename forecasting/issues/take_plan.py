"""Taking what an issue says of the plan from what was judged of it."""

from __future__ import annotations

from collections.abc import Iterable

from forecasting.figures.indicator import Catalogue, Direction, Names
from forecasting.issues.plan_note import (
    NotedClaim,
    NotedClass,
    NotedItem,
    NotedQuantity,
    NotedYears,
)
from forecasting.plan.claims import ClaimOutlook, QuantityOutlook
from forecasting.plan.criteria import CriteriaItem
from forecasting.plan.gaps import ClassStanding, ItemStanding

FEWEST_YEARS = 2
"""Years of which a fan can be drawn."""


def noted_claim(name: Names, outlook: ClaimOutlook) -> NotedClaim:
    """Return what an issue says of a big thing."""
    claim = outlook.claim
    quantities = tuple(map(_noted_quantity, outlook.quantities))
    return NotedClaim(name, claim.claim, claim.judge, quantities, outlook.together)


def _noted_quantity(outlook: QuantityOutlook) -> NotedQuantity:
    wanted, indicator = outlook.quantity, outlook.indicator
    known_year, known = outlook.known[-1] if outlook.known else (None, None)
    place = outlook.place
    return NotedQuantity(
        name=indicator.name if indicator else Names(wanted.indicator, wanted.indicator),
        aim=str(wanted.aim),
        unit=indicator.unit if indicator else "",
        wanted=wanted.wanted,
        year=wanted.year,
        known_year=known_year,
        known=known,
        place=None
        if place is None or not place.known
        else (place.best, place.worst, place.known + 1),
        probability=outlook.probability,
        lacking=str(outlook.lacking or ""),
        years=_years(outlook),
        direction=Direction.DOWN if indicator and indicator.direction is Direction.DOWN else None,
    )


def _years(outlook: QuantityOutlook) -> NotedYears | None:
    drawn = len(outlook.known) + len(outlook.fan) >= FEWEST_YEARS
    if not (drawn and outlook.fan) or outlook.indicator is None:
        return None
    years = [year for year, _ in outlook.fan]
    direction = outlook.indicator.direction
    rivals = (line.course(years, direction).tolist() for line in outlook.rivals.values())
    return NotedYears(outlook.known, outlook.fan, tuple(map(tuple, rivals)))


def noted_classes(classes: Iterable[ClassStanding], catalogue: Catalogue) -> tuple[NotedClass, ...]:
    """Return what an issue says of the classes of a version; those that are public at all."""
    noted = []
    for one in classes:
        short = [
            (item.attained, item)
            for item in one.compared
            if item.main is not None and not item.main.met
        ]
        ratio, farthest = min(short, key=lambda pair: pair[0]) if short else (None, None)
        closing = one.closing
        noted.append(
            NotedClass(
                name=one.criteria_class.name,
                weight=one.criteria_class.weight,
                compared=len(one.compared),
                met=one.met,
                farthest=_farthest(farthest.item, catalogue) if farthest else None,
                ratio=ratio,
                closed=closing.forecast if closing else None,
                year=closing.forecast_year if closing else None,
                items=tuple(_noted_item(item) for item in one.compared),
            )
        )
    return tuple(noted)


def _farthest(item: CriteriaItem, catalogue: Catalogue) -> Names:
    return item.name if item.over is not None else catalogue[item.indicator].name


def _noted_item(item: ItemStanding) -> NotedItem:
    assert item.main is not None  # it is compared
    line = item.main.line
    return NotedItem(
        name=item.item.name,
        attained=item.attained,
        line=str(line.kind if line.scope is None else line.scope),
        line_year=line.year,
        count=line.count,
        mark=line.break_,
        others=tuple(item.line_at(other) for other in item.against[1:]),
    )
