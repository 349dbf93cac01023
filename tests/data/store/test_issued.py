"""What is kept of links without a database: attempts, times, and what is shown of secrets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.store.links import ATTEMPTS, WINDOW, Attempts, Share
from data.store.schema import in_utc
from data.store.secrets import Token

NOW = datetime(2026, 10, 25, tzinfo=UTC)
steps = st.lists(
    st.timedeltas(timedelta(0), timedelta(minutes=8)) | st.just(timedelta(0)), max_size=60
)


@given(steps)
@example(
    [timedelta(0)] * ATTEMPTS + [WINDOW - timedelta(microseconds=1), timedelta(microseconds=1)]
)
def test_of_those_who_try_without_end_five_are_looked_at_in_each_window(
    waits: list[timedelta],
) -> None:
    attempts, now, looked_at = Attempts(), NOW, []
    for wait in waits:
        now += wait
        if attempts.until(now) is None:
            attempts = attempts.failed(now)
            looked_at.append(now)

    # No six of them are within one window of the first of them.
    windows: list[list[datetime]] = []
    for moment in looked_at:
        if not windows or moment >= windows[-1][0] + WINDOW:
            windows.append([])
        windows[-1].append(moment)
    assert all(len(window) <= ATTEMPTS for window in windows)
    assert attempts.since == (windows[-1][0] if windows else None)


@given(steps)
def test_whoever_is_told_to_wait_is_let_try_at_that_moment_and_not_before(
    waits: list[timedelta],
) -> None:
    attempts, now = Attempts(), NOW
    for wait in waits:
        now += wait
        until = attempts.until(now)
        assert (until is None) == (attempts.left(now) > 0)
        if until is None:
            attempts = attempts.failed(now)
        else:
            assert now < until <= now + WINDOW
            assert attempts.left(until - timedelta(microseconds=1)) == 0
            assert attempts.left(until) == ATTEMPTS


def test_a_clock_that_was_set_back_opens_nothing_that_was_closed() -> None:
    attempts = Attempts()
    for _ in range(ATTEMPTS):
        attempts = attempts.failed(NOW)

    assert attempts.until(NOW - timedelta(days=1)) == NOW + WINDOW


@given(st.integers(-3, 3), st.integers(-14, 14))
def test_a_share_opens_until_the_moment_of_its_expiry_in_every_time_zone(
    seconds: int, hours: int
) -> None:
    share = Share(1, 1, "a", "", NOW - timedelta(days=1), NOW, protected=False)
    moment = (NOW + timedelta(seconds=seconds)).astimezone(timezone(timedelta(hours=hours)))

    assert share.opens(moment) == (seconds < 0)
    assert share.expired(moment) == (seconds >= 0)


def test_a_moment_is_in_utc_or_none() -> None:
    in_china = datetime(2026, 10, 25, 8, tzinfo=timezone(timedelta(hours=8)))

    assert str(in_utc(in_china)) == "2026-10-25 00:00:00+00:00"
    with pytest.raises(ValueError, match="time zone"):
        in_utc(datetime(2026, 10, 25))  # the naive moment is what is refused


def test_a_token_shows_itself_where_it_is_written_and_not_where_it_is_inspected() -> None:
    token = Token("secret")

    assert (f"/s/{token}", str(token), token == "secret") == ("/s/secret", "secret", True)
    assert "secret" not in repr((token, [token], {"token": token}))
