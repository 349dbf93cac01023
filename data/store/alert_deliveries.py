"""Attempts to deliver alerts: when each is due, and what became of it.

**At least once.** A delivery is entered as begun before anything is sent, and as sent or failed
afterwards. One that was begun and never ended, since its process was killed or the answer did not
come, is marked as cut off: its message may have arrived. It is made again, and that message says
that it may be a repetition.
A failed one is made again after a pause that grows, until there were ``MOST_ATTEMPTS`` or the alert
is ``TOO_OLD``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, select, update

from data.store import schema
from data.store.schema import insert_rows
from forecasting.alerts.rules import Alert, TestAlert

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200))
"""Between the attempts to deliver an alert."""
MOST_ATTEMPTS = len(PAUSES) + 1
CUT_OFF_AFTER = timedelta(seconds=45)
"""A delivery that has not ended by then was cut off: sending gives up sooner."""
TOO_OLD = timedelta(days=1)
"""An alert that could not be delivered by then is delivered no more."""

_ALERT, _DELIVERY = schema.alert, schema.alert_delivery
_COLUMN = _DELIVERY.c


class DeliveryOutcome(StrEnum):
    """What became of an attempt to deliver an alert."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CUT_OFF = "cut_off"  # begun and never ended: it may have arrived
    DROPPED = "dropped"  # too old, or to a channel that is set up no longer


class Obstacle(StrEnum):
    """What kept a message from being taken, or from being taken for all."""

    LATE = "late"
    SERVER = "server"  # it answered that it does not take it
    ROBOT = "robot"
    ANSWER = "answer"  # not that of a robot
    RECIPIENTS = "recipients"  # some of them
    EVERY_RECIPIENT = "every_recipient"
    SENDER = "sender"
    PASSWORD = "password"
    ENCRYPTION = "encryption"
    UNREACHABLE = "unreachable"
    INTERRUPTED = "interrupted"
    OTHER = "other"


class DeliveryReason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a message was not taken, or not for all: nothing of address, secret and answer.

    Attributes
    ----------
    detail
        What the log of the server says of it.
    refused, count
        Recipients whom the server refused, of how many; 0 where it is not about recipients.
    """

    obstacle: Obstacle
    detail: str
    refused: int = 0
    count: int = 0

    def __str__(self) -> str:
        """Return what the log says."""
        return self.detail


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
    reason
        Why it failed, or did not reach all; None where neither is so, and where nobody knows.
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
    reason: DeliveryReason | None = None
    repeats: bool = False


def wait(connection: Connection, alert: int, channel: str, attempt: int, due_at: datetime) -> None:
    """Enter an attempt that is due at a moment."""
    row = {
        "alert": alert, "channel": channel, "attempt": attempt, "due_at": due_at,
        "begun_at": None, "ended_at": None, "outcome": DeliveryOutcome.WAITING, "detail": "",
    }  # fmt: skip
    insert_rows(connection, _DELIVERY, [row])


def enter_cut_off(connection: Connection, now: datetime) -> None:
    """Enter as cut off what was begun and should have ended long ago."""
    begun = deliveries().where(
        _COLUMN.outcome == DeliveryOutcome.SENDING, _COLUMN.begun_at <= now - CUT_OFF_AFTER
    )
    for row in connection.execute(begun).all():
        end_delivery(connection, delivery_of(row), DeliveryOutcome.CUT_OFF, None, now, timedelta())


def drop_old(connection: Connection, now: datetime) -> None:
    """Enter as dropped what waits for an alert that is too old."""
    old = select(_ALERT.c.number).where(_ALERT.c.found_at <= now - TOO_OLD)
    waiting = and_(_COLUMN.outcome == DeliveryOutcome.WAITING, _COLUMN.alert.in_(old))
    connection.execute(update(_DELIVERY).where(waiting).values(outcome=DeliveryOutcome.DROPPED))


def end_delivery(
    connection: Connection, begun: Delivery, outcome: DeliveryOutcome,
    reason: DeliveryReason | None, now: datetime, pause: timedelta | None = None,
) -> None:  # fmt: skip
    """Enter what became of a delivery, and one more after a pause, by default the growing one."""
    detail = "" if reason is None else msgspec.json.encode(reason).decode()
    changed = change(connection, begun, outcome=outcome, detail=detail, ended_at=now)
    again = (
        changed
        and outcome in (DeliveryOutcome.FAILED, DeliveryOutcome.CUT_OFF)
        and begun.attempt < MOST_ATTEMPTS
    )
    if again and not isinstance(begun.alert.alert, TestAlert):
        due_at = now + (PAUSES[begun.attempt - 1] if pause is None else pause)
        wait(connection, begun.alert.number, begun.channel, begun.attempt + 1, due_at)


def change(connection: Connection, delivery: Delivery, **cells: object) -> bool:
    """Change a delivery unless its outcome has become another; return whether it was changed."""
    same = and_(
        _COLUMN.alert == delivery.alert.number, _COLUMN.channel == delivery.channel,
        _COLUMN.attempt == delivery.attempt, _COLUMN.outcome == delivery.outcome,
    )  # fmt: skip
    return connection.execute(update(_DELIVERY).where(same).values(**cells)).rowcount > 0


def deliveries() -> Select[Any]:
    """Select deliveries with their alerts."""
    return select(_ALERT, *_COLUMN).join(_DELIVERY, _COLUMN.alert == _ALERT.c.number)


def delivery_of(row: Row[Any]) -> Delivery:
    """Return the delivery of a row of ``deliveries``."""
    return Delivery(
        found_of(row), row.channel, row.attempt, row.due_at, row.begun_at, row.ended_at,
        DeliveryOutcome(row.outcome),
        msgspec.json.decode(row.detail, type=DeliveryReason) if row.detail else None,
    )  # fmt: skip


def found_of(row: Row[Any]) -> FoundAlert:
    """Return the alert of such a row, or of one of alerts alone."""
    alert: Alert = msgspec.json.decode(row.document, type=Alert)
    return FoundAlert(row.number, row.found_at, row.area, row.vintage, alert)
