"""Alerts: how areas stood when they were last looked at, what was found, and what became of it.

**Once each.** How an area stands now, the alerts that follow from it and the deliveries to be made
are written in one transaction. Whoever is killed before it finds the same again, and after it
nothing; of two who look at once, the second finds that the first has written.

**At least once.** A delivery is entered as begun before anything is sent, and as sent or failed
afterwards. One that was begun and never ended, since its process was killed or the answer did not
come, is marked as cut off: its message may have arrived. It is made again, and that message says
that it may be a repetition.
A failed one is made again after a pause that grows, until there were ``MOST_ATTEMPTS`` or the alert
is ``TOO_OLD``.

A channel is known here by its name alone: address and secrets stand in the settings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, func, select, update

from data.store import audit, schema
from data.store.errors import AlertLineRefused
from data.store.people import Access
from data.store.roles import Permission
from data.store.schema import in_utc, insert_rows
from data.store.vintages import Tables, latest_vintage, row_of
from forecasting.alerts.rules import Alert, AreaState, TestAlert

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200))
"""Between the attempts to deliver an alert."""
MOST_ATTEMPTS = len(PAUSES) + 1
CUT_OFF_AFTER = timedelta(seconds=45)
"""A delivery that has not ended by then was cut off: sending gives up sooner."""
TOO_OLD = timedelta(days=1)
"""An alert that could not be delivered by then is delivered no more."""

_LINE, _STATE, _ALERT = schema.alert_line, schema.alert_state, schema.alert
_DELIVERY = schema.alert_delivery
_COLUMN = _DELIVERY.c


class DeliveryOutcome(StrEnum):
    """What became of an attempt to deliver an alert."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CUT_OFF = "cut_off"  # begun and never ended: it may have arrived
    DROPPED = "dropped"  # too old, or to a channel that is set up no longer


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
class FoundAlert:
    """An alert as it was found; ``area`` is empty for one that somebody tries channels with."""

    number: int
    found_at: datetime
    area: str
    vintage: int
    alert: Alert

    @property
    def id(self) -> str:
        """What tells it from every other, also after a backup was restored."""
        return f"{self.number}-{self.found_at:%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """An attempt to deliver an alert to a channel.

    Attributes
    ----------
    detail
        Why it failed, without what the channel's address or answer says.
    repeats
        Whether an attempt before it was cut off, whose message may have arrived.
    """

    alert: FoundAlert
    channel: str
    attempt: int
    due_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    outcome: DeliveryOutcome
    detail: str = ""
    repeats: bool = False


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
            _enter_cut_off(connection, now)
            _drop_old(connection, now)
            due = _deliveries().where(
                _COLUMN.channel.in_(channels), _COLUMN.outcome == DeliveryOutcome.WAITING,
                _COLUMN.due_at <= now,
            )  # fmt: skip
            row = connection.execute(due.order_by(_COLUMN.due_at, _COLUMN.alert).limit(1)).first()
            if row is None:
                return None
            waiting = _delivery(row)
            begun = replace(waiting, begun_at=now, outcome=DeliveryOutcome.SENDING)
            _change(connection, waiting, outcome=begun.outcome, begun_at=now)
            cut_off = select(func.count()).where(
                _COLUMN.alert == begun.alert.number, _COLUMN.channel == begun.channel,
                _COLUMN.outcome == DeliveryOutcome.CUT_OFF,
            )  # fmt: skip
            return replace(begun, repeats=bool(connection.scalar(cut_off)))

    def end(
        self, begun: Delivery, outcome: DeliveryOutcome, detail: str, now: datetime
    ) -> Delivery:
        """Enter what became of a delivery, and another after a pause unless it was sent; return it.

        One that took so long that others have entered it as cut off stays that: it is made again.
        Whoever tries a channel is told at once, and that is not tried again.
        """
        with self._access.writing(Permission.ADMINISTER) as connection:
            _end(connection, begun, outcome, detail, in_utc(now))
        return replace(begun, outcome=outcome, detail=detail, ended_at=in_utc(now))

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
            found = [_found(row) for row in connection.execute(newest)]
            made: dict[int, list[Delivery]] = {alert.number: [] for alert in found}
            query = _deliveries().where(_COLUMN.alert.in_(made))
            for row in connection.execute(query.order_by(_COLUMN.channel, _COLUMN.attempt)):
                made[row.number].append(_delivery(row))
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
        _wait(connection, number, channel, 1, found_at)
    return number


def _wait(connection: Connection, alert: int, channel: str, attempt: int, due_at: datetime) -> None:
    row = {
        "alert": alert, "channel": channel, "attempt": attempt, "due_at": due_at,
        "begun_at": None, "ended_at": None, "outcome": DeliveryOutcome.WAITING, "detail": "",
    }  # fmt: skip
    insert_rows(connection, _DELIVERY, [row])


def _enter_cut_off(connection: Connection, now: datetime) -> None:
    """Enter as cut off what was begun and should have ended long ago."""
    begun = _deliveries().where(
        _COLUMN.outcome == DeliveryOutcome.SENDING, _COLUMN.begun_at <= now - CUT_OFF_AFTER
    )
    for row in connection.execute(begun).all():
        _end(connection, _delivery(row), DeliveryOutcome.CUT_OFF, "", now, timedelta())


def _drop_old(connection: Connection, now: datetime) -> None:
    old = select(_ALERT.c.number).where(_ALERT.c.found_at <= now - TOO_OLD)
    waiting = and_(_COLUMN.outcome == DeliveryOutcome.WAITING, _COLUMN.alert.in_(old))
    connection.execute(update(_DELIVERY).where(waiting).values(outcome=DeliveryOutcome.DROPPED))


def _end(
    connection: Connection, begun: Delivery, outcome: DeliveryOutcome, detail: str, now: datetime,
    pause: timedelta | None = None,
) -> None:  # fmt: skip
    """Enter what became of a delivery, and one more after a pause, by default the growing one."""
    changed = _change(connection, begun, outcome=outcome, detail=detail, ended_at=now)
    again = (
        changed
        and outcome in (DeliveryOutcome.FAILED, DeliveryOutcome.CUT_OFF)
        and begun.attempt < MOST_ATTEMPTS
    )
    if again and not isinstance(begun.alert.alert, TestAlert):
        due_at = now + (PAUSES[begun.attempt - 1] if pause is None else pause)
        _wait(connection, begun.alert.number, begun.channel, begun.attempt + 1, due_at)


def _change(connection: Connection, delivery: Delivery, **cells: object) -> bool:
    """Change a delivery unless its outcome has become another; return whether it was changed."""
    same = and_(
        _COLUMN.alert == delivery.alert.number, _COLUMN.channel == delivery.channel,
        _COLUMN.attempt == delivery.attempt, _COLUMN.outcome == delivery.outcome,
    )  # fmt: skip
    return connection.execute(update(_DELIVERY).where(same).values(**cells)).rowcount > 0


def _deliveries() -> Select[Any]:
    """Select deliveries with their alerts."""
    return select(_ALERT, *_COLUMN).join(_DELIVERY, _COLUMN.alert == _ALERT.c.number)


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        _found(row), row.channel, row.attempt, row.due_at, row.begun_at, row.ended_at,
        DeliveryOutcome(row.outcome), row.detail,
    )  # fmt: skip


def _found(row: Row[Any]) -> FoundAlert:
    alert: Alert = msgspec.json.decode(row.document, type=Alert)
    return FoundAlert(row.number, row.found_at, row.area, row.vintage, alert)
