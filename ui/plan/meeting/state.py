"""What an outlook says of the plan besides growth, as it stands today."""

from __future__ import annotations

from data.plan import documents
from forecasting.figures.indicator import AreaKind, Status
from forecasting.issues.plan_note import PlanNote
from forecasting.issues.take_plan import noted_claim, noted_classes
from forecasting.plan.requests import Requests
from ui.frame import cache
from ui.frame.controls import View
from ui.plan.claims.state import open_cards
from ui.plan.criteria.state import open_benchmark


def plan_note(view: View) -> PlanNote | None:
    """Return what is said of a zone's plan today; None of an area that is no zone."""
    if view.area.kind is not AreaKind.ZONE:
        return None
    cards, benchmark = open_cards(view), open_benchmark(view)
    asked = {one.indicator for card in cards for one in card.stored.claim.quantities}
    asked |= {item.item.indicator for item in benchmark.compared}
    requests, _ = stored_requests(view)
    return PlanNote(
        claims=tuple(noted_claim(card.stored.thing.name, card.outlook) for card in cards),
        criteria=benchmark.criteria.name,
        classes=noted_classes(benchmark.classes, view.catalogue),
        tasks=None,
        requests=requests.requests,
        unpublished=any(
            figure.value.status is Status.FLASH and figure.value.indicator in asked
            for figure in view.snapshot.figures(view.area.id)
        ),
    )


def stored_requests(view: View) -> tuple[Requests, int]:
    """Return what is asked of the level above, and the version of it."""
    return documents.latest(cache.store().plans, view.area.id, documents.REQUESTS, Requests)
