"""Alerts are found once each, and lines kept by version."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from data.store.alerts import NotedState
from data.store.audit import Action
from data.store.errors import AlertLineRefused
from data.store.store import Store
from forecasting.alerts.rules import AreaState, OutlookChanged, TasksLate

NOW = datetime(2026, 10, 25, 1, 2, 3, tzinfo=UTC)
STATE = AreaState(year=2026, late=("2026/a",))
ALERT = TasksLate(turned=1, late=1)
CHANNELS = ("hook", "mail")


def note(store: Store, channels: tuple[str, ...] = CHANNELS) -> bool:
    return store.alerts.note("zone", 1, STATE, None, [ALERT], channels, NOW)


def test_a_state_and_what_follows_from_it_are_written_together_and_once(store: Store) -> None:
    assert store.alerts.state("zone") is None
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda _: note(store), range(4)))

    assert sorted(written) == [False, False, False, True]
    assert store.alerts.state("zone") == NotedState(1, 1, STATE)
    (logged,) = store.alerts.log(9)
    assert (logged.alert.id, logged.alert.alert) == ("1-20261025T010203Z", ALERT)
    assert [made.channel for made in logged.deliveries] == ["hook", "mail"]

    changed = AreaState(year=2026, unpublished=True)
    alerts = (OutlookChanged(year=2026, unpublished=True), ALERT)
    assert store.alerts.note("zone", 1, changed, store.alerts.state("zone"), alerts, (), NOW)
    assert store.alerts.state("zone") == NotedState(2, 1, changed)
    assert [one.alert.number for one in store.alerts.log(2)] == [3, 2]
    assert [one.deliveries for one in store.alerts.log(2)] == [(), ()]


def test_a_line_is_kept_by_version_with_its_author(store: Store) -> None:
    alerts = store.alerts
    first = alerts.choose_line("zone", 0.6, NOW, "王工")
    assert alerts.choose_line("zone", 0.6, NOW, "李工") == first
    second = alerts.choose_line("zone", None, NOW, "李工")

    assert (first.version, second.version, second.line) == (1, 2, None)
    assert alerts.lines() == {"zone": second}
    entered = [one for one in store.audit.entries() if one.action is Action.ALERT_LINE]
    assert [(one.author, one.subject, one.details) for one in entered] == [
        ("王工", "line zone version 1", {"line": 0.6}),
        ("李工", "line zone version 2", {"line": None}),
    ]
    for line in (0.0, 1.0, -0.5, float("nan")):
        with pytest.raises(AlertLineRefused, match=f"a line of {100 * line:g}%: choose one"):
            alerts.choose_line("zone", line, NOW)
    with pytest.raises(ValueError, match="nowhere"):
        alerts.choose_line("nowhere", 0.5, NOW)
