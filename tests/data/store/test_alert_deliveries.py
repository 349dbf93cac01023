"""Alerts are delivered at least once, and a message that may have arrived already says so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from data.store.alert_deliveries import (
    CUT_OFF_AFTER,
    MOST_ATTEMPTS,
    PAUSES,
    TOO_OLD,
    Delivery,
    DeliveryOutcome,
    DeliveryReason,
    Obstacle,
)
from data.store.store import Store
from forecasting.alerts.rules import TestAlert
from tests.data.store.test_alerts import ALERT, CHANNELS, NOW, note

REFUSED = DeliveryReason(Obstacle.SERVER, "status 500")


def begin(store: Store, now: datetime = NOW, channels: tuple[str, ...] = CHANNELS) -> Delivery:
    begun = store.alerts.begin(channels, now)
    assert begun is not None
    return begun


def outcomes(store: Store) -> list[tuple[str, int, str]]:
    return [
        (made.channel, made.attempt, str(made.outcome))
        for logged in store.alerts.log(9)
        for made in logged.deliveries
    ]


def test_a_delivery_is_begun_by_one_alone_and_ends_as_sent(store: Store) -> None:
    note(store)
    assert store.alerts.next_due(CHANNELS) == NOW
    assert store.alerts.next_due(()) is None

    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(lambda _: store.alerts.begin(CHANNELS, NOW), range(4)))

    mine = [delivery for delivery in begun if delivery is not None]
    assert sorted(one.channel for one in mine) == ["hook", "mail"]
    for one in mine:
        store.alerts.end(one, DeliveryOutcome.SENT, None, NOW + timedelta(seconds=1))
    assert store.alerts.next_due(CHANNELS) is None
    assert outcomes(store) == [("hook", 1, "sent"), ("mail", 1, "sent")]


def test_a_delivery_that_fails_is_made_again_after_growing_pauses_and_then_given_up(
    store: Store,
) -> None:
    note(store, ("hook",))
    now = NOW

    for pause in (*PAUSES, None):
        begun = begin(store, now)
        store.alerts.end(begun, DeliveryOutcome.FAILED, REFUSED, now)
        due = store.alerts.next_due(CHANNELS)
        assert due == (None if pause is None else now + pause)
        if due is not None:
            assert store.alerts.begin(CHANNELS, due - timedelta(seconds=1)) is None
            now = due

    assert outcomes(store) == [("hook", n + 1, "failed") for n in range(MOST_ATTEMPTS)]


def test_a_delivery_that_was_cut_off_is_made_again_and_says_that_it_may_repeat(
    store: Store,
) -> None:
    note(store, ("hook",))
    assert not begin(store).repeats
    over = NOW + CUT_OFF_AFTER
    assert store.alerts.next_due(CHANNELS) == over
    assert store.alerts.begin(CHANNELS, over - timedelta(seconds=1)) is None

    again = begin(store, over)

    assert (again.attempt, again.repeats, again.alert.alert) == (2, True, ALERT)
    assert outcomes(store) == [("hook", 1, "cut_off"), ("hook", 2, "sending")]


@pytest.mark.parametrize("outcome", [DeliveryOutcome.FAILED, DeliveryOutcome.SENT])
def test_a_delivery_that_ends_after_others_took_it_for_cut_off_stays_that(
    store: Store, outcome: DeliveryOutcome
) -> None:
    note(store, ("hook",))
    slow = begin(store)
    begin(store, NOW + CUT_OFF_AFTER)

    store.alerts.end(slow, outcome, None, NOW + 2 * CUT_OFF_AFTER)

    assert outcomes(store) == [("hook", 1, "cut_off"), ("hook", 2, "sending")]


def test_what_waits_too_long_or_for_a_channel_that_is_gone_is_dropped(store: Store) -> None:
    note(store, ("hook", "gone"))
    assert store.alerts.begin(("hook",), NOW + TOO_OLD) is None

    assert outcomes(store) == [("gone", 1, "dropped"), ("hook", 1, "dropped")]


def test_a_test_is_not_repeated_where_it_fails(store: Store) -> None:
    number = store.alerts.add(TestAlert(), ["hook"], NOW)
    store.alerts.end(begin(store), DeliveryOutcome.FAILED, REFUSED, NOW)

    assert store.alerts.next_due(CHANNELS) is None
    assert [one.alert.number for one in store.alerts.log(9)] == [number]
    assert store.alerts.log(9)[0].alert.area == ""


def test_why_a_delivery_failed_is_kept_with_its_code_and_numbers(store: Store) -> None:
    in_part = DeliveryReason(Obstacle.RECIPIENTS, "1 of 2 refused", refused=1, count=2)
    note(store)
    first, second = begin(store), begin(store)
    assert store.alerts.end(first, DeliveryOutcome.SENT, in_part, NOW).reason == in_part
    store.alerts.end(second, DeliveryOutcome.FAILED, REFUSED, NOW)

    (logged,) = store.alerts.log(9)

    assert [made.reason for made in logged.deliveries] == [in_part, REFUSED, None]
