"""Finding what changed since areas were last looked at, and delivering the alerts that follow.

Looked at are the areas that the store serves (``Area.home``) and those with a chosen line.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from data.alerts.channels import Channel
from data.alerts.deadline import MayHaveArrived, NotSent
from data.alerts.messages import message_of
from data.alerts.sending import send
from data.clock import day_of, now
from data.indicators.national import national
from data.plan.documents import latest, part_of
from data.store.alert_deliveries import Delivery, DeliveryOutcome
from data.store.store import Store
from data.views import BaselineKey, StoreView
from forecasting.alerts.rules import (
    ENDS_WITHIN,
    AreaState,
    EndingLink,
    TestAlert,
    alerts_between,
    with_outlook,
)
from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import Area
from forecasting.plan.tasks import Ledger, progress

PATIENCE = timedelta(seconds=90)
"""How long the next attempt at a delivery is waited for, before it is left to a later check."""
_TRIES = 5
_LOGGER = logging.getLogger(__name__)


class Noted(NamedTuple):
    """What was written when areas were looked at: of how many, and how many alerts follow."""

    areas: int
    alerts: int


def watched(store: Store, view: StoreView) -> tuple[Area, ...]:
    """Return the areas that are looked at."""
    lines = store.alerts.lines()
    chosen = {area for area, line in lines.items() if line.line is not None}
    return tuple(area for area in view.areas if area.home or area.id in chosen)


def find(store: Store, view: StoreView, channels: Collection[str], now: datetime) -> Noted:
    """Note how each area stands that stands otherwise than before, and the alerts that follow.

    Parameters
    ----------
    store
        Acting for the program: alerts are not of who happens to be at a page.
    view
        The newest vintage.
    channels
        To which each alert will be delivered.
    """
    found = [_find_in(area, store, view, channels, now) for area in watched(store, view)]
    noted = [alerts for alerts in found if alerts is not None]
    return Noted(len(noted), sum(noted))


def _find_in(
    area: Area, store: Store, view: StoreView, channels: Collection[str], now: datetime
) -> int | None:
    """Return how many alerts follow; None where nothing was written."""
    for _ in range(_TRIES):
        before = store.alerts.state(area.id)
        if before is not None and before.vintage > view.vintage:
            return None  # who has committed since looks, too
        state = _state(area.id, store, view, now)
        if before is not None and before.state == state:
            return None
        alerts = alerts_between(before.state if before else None, state)
        if store.alerts.note(area.id, view.vintage, state, before, alerts, channels, now):
            return len(alerts)
    return None  # others look at it all the time


def _state(area: str, store: Store, view: StoreView, now: datetime) -> AreaState:
    today, span = day_of(now), view.span(area)
    year = view.target_year(area)
    chosen = store.alerts.lines().get(area)

    def judged(state: AreaState) -> AreaState:
        try:
            outlook = BaselineKey(view, area, state.year).outlook
        except AreaWithoutFigures:
            return state
        line = chosen.line if chosen else None
        return with_outlook(state, outlook, line, today, unpublished=view.has_flash(area))

    is_over = span is not None and span[1].year == year - 1
    return judged(
        AreaState(
            year=year, late=_late(area, store, today), links=_ending(area, store, now),
            over=judged(AreaState(year=year - 1)) if is_over else None,
        )
    )  # fmt: skip


def _late(area: str, store: Store, today: date) -> tuple[str, ...]:
    """Return the tasks of this year that are late, by year and id."""
    ledger, _ = latest(store.plans, area, part_of(today.year), Ledger)
    late = [task.id for task in ledger.tasks if progress(task, ledger, today.year, today).late]
    return tuple(sorted(f"{today.year}/{id}" for id in late))


def _ending(area: str, store: Store, now: datetime) -> tuple[EndingLink, ...]:
    """Return the links to issues of an area that are about to end."""
    issues = {issue.number for issue in store.issues.listed(area)}
    return tuple(
        sorted(
            EndingLink(link=share.id, issue=share.issue, ends=share.expires_at)
            for share in store.shares.listed()
            if share.issue in issues
            and share.opens(now)
            and share.expires_at is not None
            and share.expires_at - now <= ENDS_WITHIN
        )
    )


def deliver(
    store: Store, channels: Collection[Channel], patience: timedelta = PATIENCE,
    clock: Callable[[], datetime] = now, sleep: Callable[[float], object] = time.sleep,
) -> tuple[Delivery, ...]:  # fmt: skip
    """Make the deliveries that are due, or will be before patience ends; return how each ended."""
    by_name = {channel.name: channel for channel in channels}
    until, ended = clock() + patience, []
    while (due := store.alerts.next_due(by_name)) is not None and due <= until:
        sleep(max((due - clock()).total_seconds(), 0.0))
        begun = store.alerts.begin(by_name, clock())
        if begun is not None:
            ended.append(_deliver(store, begun, by_name[begun.channel], clock))
    return tuple(ended)


def _deliver(
    store: Store, begun: Delivery, channel: Channel, clock: Callable[[], datetime]
) -> Delivery:
    found = begun.alert
    area = next((one for one in store.areas(found.vintage) if one.id == found.area), None)
    catalogue = store.catalogue(found.vintage)
    named = national(catalogue, area) if area else catalogue
    message = message_of(begun, channel.language, area, named)
    try:
        outcome, reason = DeliveryOutcome.SENT, send(message, channel)
    except NotSent as refused:
        unknown = isinstance(refused, MayHaveArrived)
        outcome = DeliveryOutcome.CUT_OFF if unknown else DeliveryOutcome.FAILED
        reason = refused.reason
        _LOGGER.warning("alert %s is not sent to %s: %s", found.id, channel.name, reason)
    return store.alerts.end(begun, outcome, reason, clock())


def try_channels(
    store: Store, channels: Collection[Channel], clock: Callable[[], datetime] = now
) -> tuple[Delivery, ...]:
    """Send a test to channels, once each; return how each ended."""
    number = store.alerts.add(TestAlert(), [channel.name for channel in channels], clock())
    ended = deliver(store, channels, timedelta(), clock)
    return tuple(delivery for delivery in ended if delivery.alert.number == number)
