"""Forecasts that were made before are given again bit by bit, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy.exc import OperationalError

from data.store import forecasts as kept_forecasts
from data.store.forecasts import Forecasts, key_of
from data.store.store import Store
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.models.pool import predict
from forecasting.models.predictive import Member, ModelReport, Parameter, Predictive

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture
def forecasts(store: Store) -> Forecasts:
    return store.forecasts


def series(last: float = 0.0) -> LogLevels:
    """Return a series of eight years with a season, and one figure to be told by."""
    rows = np.arange(32.0)
    return LogLevels.of_levels(
        Quarter(2018, 3), 4 + 0.02 * rows + 0.1 * (rows % 4 == 3) + last * (rows == 31)
    )


def made_up() -> list[Predictive]:
    """Return a forecast with numbers that are written with difficulty."""
    report = ModelReport(
        "sarima", (1, 1, 0), (0, 1, 1), (Parameter("ar", 0.1 + 0.2, float("nan")),), (), 9, ()
    )
    covariance = np.array([[1e-300, 0.0], [0.0, np.pi]])
    return [
        Predictive(
            Quarter(2026, 2),
            (Member(1.0, np.array([1 / 3, -0.0]), covariance, float("inf"), report),),
            learned=((Quarter(2026, 1), 2 / 3),),
        )
    ]


def same(one: Predictive, other: Predictive) -> bool:
    """Whether two forecasts agree in every bit that a page can come to show."""
    return repr(one) == repr(other) and all(
        first.mean.tobytes() == second.mean.tobytes()
        and first.covariance.tobytes() == second.covariance.tobytes()
        for first, second in zip(one.members, other.members, strict=True)
    )


@pytest.mark.parametrize("made", [lambda: predict([series(), series(0.1)], 6), made_up])
def test_what_is_kept_is_given_again_bit_by_bit(forecasts: Forecasts, made) -> None:
    kept = made()
    forecasts.keep("pool-3 6 a", kept, NOW)

    found = forecasts.find("pool-3 6 a")

    assert found is not None
    assert all(map(same, kept, found))
    assert len(found) == len(kept)
    assert forecasts.find("pool-3 6 b") is None


def test_a_key_is_of_engine_horizon_and_all_of_the_series() -> None:
    keys = [
        key_of([series()], 6, "pool-3"),
        key_of([series()], 7, "pool-3"),
        key_of([series()], 6, "pool-4"),
        key_of([series(1e-15)], 6, "pool-3"),
        key_of([series(), series()], 6, "pool-3"),
    ]

    assert len(set(keys)) == len(keys)
    assert key_of([series()], 6, "pool-3") == keys[0]


def test_forecasts_of_another_engine_go_and_the_oldest_of_too_many(
    forecasts: Forecasts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_forecasts, "MOST", 2)
    forecasts.keep("pool-2 6 a", made_up(), NOW)
    for days, key in enumerate("abc"):
        forecasts.keep(f"pool-3 6 {key}", made_up(), NOW + timedelta(days))

    there = [forecasts.find(f"pool-{number} 6 {key}") for number in (2, 3) for key in "abc"]

    assert [found is not None for found in there] == [False] * 4 + [True] * 2


def test_a_database_that_cannot_be_written_keeps_none_and_is_no_fault(
    forecasts: Forecasts, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("attempt to write a readonly database"))

    monkeypatch.setattr("data.store.people.writing", refuse)

    forecasts.keep("pool-3 6 a", made_up(), NOW)

    assert forecasts.find("pool-3 6 a") is None
    assert "forecasts are not kept: OperationalError" in caplog.text
