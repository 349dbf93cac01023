"""Alerts: how areas stood when they were last looked at, what was found, and what became of it.

**Once each.** How an area stands now, the alerts that follow from it and the deliveries to be made
are written in one transaction. Whoever is killed before it finds the same again, and after it
nothing; of two who look at once, the second finds that the first has written.

A channel is known here by its name alone: address and secrets stand in the settings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from sqlalchemy import Connection, and_, func, select, update

from data.store import audit, schema
from data.store.alert_deliveries import (
    CUT_OFF_AFTER,
    Delivery,
    DeliveryOutcome,
    DeliveryReason,
    FoundAlert,
    change,
    deliveries,
    delivery_of,
    drop_old,
    end_delivery,
    enter_cut_off,
    found_of,
    wait,
)
from data.store.errors import AlertLineRefused
from data.store.people import Access
from data.store.permissions import Permission
from data.store.schema import in_utc, insert_rows
from data.store.vintages import Tables, latest_vintage, row_of
from forecasting.alerts.rules import Alert, AreaState

_LINE, _STATE, _ALERT = schema.alert_line, schema.alert_state, schema.alert
_DELIVERY = schema.alert_delivery
_COLUMN = _DELIVERY.c


@dataclass(frozen=True, slots=True)
class AlertLine:
    """The line of an area that its all-clear probability is held against: None for no line."""

    area: str
    version: int
    line: float | None
    author: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class NotedState:
    """How an area stood when it was last looked at; ``number`` counts how often that changed."""

    number: int
    vintage: int
    state: AreaState


@dataclass(frozen=True, slots=True)
class LoggedAlert:
    """An alert, and the attempts to deliver it, by channel in their order."""

    alert: FoundAlert
    deliveries: tuple[Delivery, ...]


class Alerts:
    """The alerts of one store; safe to share between threads."""

    def __init__(self, access: Access) -> None:
        self._access, self._engine = access, access.engine

    def lines(self) -> Mapping[str, AlertLine]:
        """Return the newest choice of a line by area, the areas without a line among them."""
        query = select(_LINE).order_by(_LINE.c.version)
        with self._engine.connect() as connection:
            return {row.area: AlertLine(**row._mapping) for row in connection.execute(query)}

    def choose_line(
        self, area: str, line: float | None, now: datetime, author: str = ""
    ) -> AlertLine:
        """Choose the line of an area, None for none; nothing is written where it stands already.

        Raises
        ------
        AlertLineRefused
            If it is not between 0 and 1.
        ValueError
            If there is no such area.
        """
        if line is not None and not 0 < line < 1:
            raise AlertLineRefused(line=f"{100 * line:g}")
        with self._access.writing(Permission.ADMINISTER) as connection:
            Tables.at(connection, latest_vintage(connection)).check_area(area)
            newest = select(_LINE).where(_LINE.c.area == area).order_by(_LINE.c.version.desc())
            row = connection.execute(newest.limit(1)).one_or_none()
            before = None if row is None else AlertLine(**row._mapping)
            if before is not None and before.line == line:
                return before
            version = before.version + 1 if before else 1
            author = self._access.author(connection, author)
            chosen = AlertLine(area, version, line, author, in_utc(now))
            audit.record(
                connection, audit.Action.ALERT_LINE, f"line {area} version {version}", author,
                line=line,
            )  # fmt: skip
            insert_rows(connection, _LINE, [row_of(chosen)])
            return chosen

    def state(self, area: str) -> NotedState | None:
        """Return how an area stood when it was last looked at; None if it never was."""
        with self._engine.connect() as connection:
            return _state(connection, area)

    def note(
        self, area: str, vintage: int, state: AreaState, before: NotedState | None,
        alerts: Sequence[Alert], channels: Collection[str], now: datetime,
    ) -> bool:  # fmt: skip
        """Write how an area stands, with the alerts that follow and a delivery to each channel.

        Parameters
        ----------
        before
            What the alerts follow from.

        Returns
        -------
        bool
            False, and nothing is written, where somebody else has written meanwhile.
        """
        number = before.number if before else 0
        with self._access.writing(Permission.ADMINISTER) as connection:
            found = _state(connection, area)
            if (found.number if found else 0) != number:
                return False
            row = {
                "number": number + 1, "vintage": vintage, "noted_at": in_utc(now),
                "document": msgspec.json.encode(state).decode(),
            }  # fmt: skip
            if found is None:
                insert_rows(connection, _STATE, [{"area": area, **row}])
            else:
                connection.execute(update(_STATE).where(_STATE.c.area == area).values(**row))
            for alert in alerts:
                _append(connection, area, vintage, alert, channels, now)
            return True

    def add(self, alert: Alert, channels: Collection[str], now: datetime) -> int:
        """Write an alert of no area, with a delivery to each channel; return its number."""
        with self._access.writing(Permission.ADMINISTER) as connection:
            vintage = latest_vintage(connection)
            return _append(connection, "", vintage, alert, channels, now)

    def next_due(self, channels: Collection[str]) -> datetime | None:
        """Return when the next delivery to one of some channels is due; None if none waits."""
        waits = and_(_COLUMN.channel.in_(channels), _COLUMN.outcome == DeliveryOutcome.WAITING)
        begun = and_(_COLUMN.channel.in_(channels), _COLUMN.outcome == DeliveryOutcome.SENDING)
        with self._engine.connect() as connection:
            due = connection.scalar(select(func.min(_COLUMN.due_at)).where(waits))
            since = connection.scalar(select(func.min(_COLUMN.begun_at)).where(begun))
        moments = [due, since and since + CUT_OFF_AFTER]
        return min((moment for moment in moments if moment), default=None)

    def begin(self, channels: Collection[str], now: datetime) -> Delivery | None:
        """Enter the next delivery that is due as begun, and return it; None if none is.

        Whatever was cut off, or has grown too old, is entered as that before.
        """
        now = in_utc(now)
        with self._access.writing(Permission.ADMINISTER) as connection:
            enter_cut_off(connection, now)
            drop_old(connection, now)
            due = deliveries().where(
                _COLUMN.channel.in_(channels), _COLUMN.outcome == DeliveryOutcome.WAITING,
                _COLUMN.due_at <= now,
            )  # fmt: skip
            row = connection.execute(due.order_by(_COLUMN.due_at, _COLUMN.alert).limit(1)).first()
            if row is None:
                return None
            waiting = delivery_of(row)
            begun = replace(waiting, begun_at=now, outcome=DeliveryOutcome.SENDING)
            change(connection, waiting, outcome=begun.outcome, begun_at=now)
            cut_off = select(func.count()).where(
                _COLUMN.alert == begun.alert.number, _COLUMN.channel == begun.channel,
                _COLUMN.outcome == DeliveryOutcome.CUT_OFF,
            )  # fmt: skip
            return replace(begun, repeats=bool(connection.scalar(cut_off)))

    def end(
        self, begun: Delivery, outcome: DeliveryOutcome, reason: DeliveryReason | None,
        now: datetime,
    ) -> Delivery:  # fmt: skip
        """Enter what became of a delivery, and another after a pause unless it was sent; return it.

        One that took so long that others have entered it as cut off stays that: it is made again.
        Whoever tries a channel is told at once, and that is not tried again.
        """
        with self._access.writing(Permission.ADMINISTER) as connection:
            end_delivery(connection, begun, outcome, reason, in_utc(now))
        return replace(begun, outcome=outcome, reason=reason, ended_at=in_utc(now))

    def log(self, most: int) -> tuple[LoggedAlert, ...]:
        """Return the newest alerts with their deliveries, the newest first.

        Raises
        ------
        RoleNeeded
            If who acts may not read it.
        """
        newest = select(_ALERT).order_by(_ALERT.c.number.desc()).limit(most)
        with self._engine.connect() as connection:
            self._access.require(connection, Permission.ADMINISTER)
            found = [found_of(row) for row in connection.execute(newest)]
            made: dict[int, list[Delivery]] = {alert.number: [] for alert in found}
            query = deliveries().where(_COLUMN.alert.in_(made))
            for row in connection.execute(query.order_by(_COLUMN.channel, _COLUMN.attempt)):
                made[row.number].append(delivery_of(row))
        return tuple(LoggedAlert(alert, tuple(made[alert.number])) for alert in found)


def _state(connection: Connection, area: str) -> NotedState | None:
    row = connection.execute(select(_STATE).where(_STATE.c.area == area)).one_or_none()
    if row is None:
        return None
    state = msgspec.json.decode(row.document, type=AreaState)
    return NotedState(row.number, row.vintage, state)


def _append(
    connection: Connection, area: str, vintage: int, alert: Alert, channels: Collection[str],
    now: datetime,
) -> int:  # fmt: skip
    """Write an alert with a delivery to each channel, due at once; return its number."""
    number = (connection.scalar(select(func.max(_ALERT.c.number))) or 0) + 1
    found_at = in_utc(now)
    row = {
        "number": number, "found_at": found_at, "area": area, "vintage": vintage,
        "document": msgspec.json.encode(alert).decode(),
    }  # fmt: skip
    insert_rows(connection, _ALERT, [row])
    for channel in channels:
        wait(connection, number, channel, 1, found_at)
    return number
