from datetime import UTC, date, datetime

import pytest

from data import clock
from forecasting.figures.period import Quarter

MIDNIGHT = datetime(2026, 9, 30, 16, tzinfo=UTC)
"""The start of October in the zone; eight hours more until it starts at UTC."""


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (MIDNIGHT, date(2026, 10, 1)),
        (MIDNIGHT.replace(hour=15, minute=59), date(2026, 9, 30)),
        (datetime(2026, 12, 31, 20, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_today_is_that_of_the_zone(
    monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date
) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)

    assert clock.today() == day


@pytest.mark.parametrize(
    ("moment", "quarter"),
    [
        (MIDNIGHT, Quarter(2026, 4)),
        (MIDNIGHT.replace(hour=15), Quarter(2026, 3)),
        (datetime(2026, 12, 31, 20, tzinfo=UTC), Quarter(2027, 1)),
    ],
)
def test_this_quarter_is_that_of_the_zone(
    monkeypatch: pytest.MonkeyPatch, moment: datetime, quarter: Quarter
) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)

    assert clock.quarter() == quarter


def test_a_day_ends_at_midnight_in_the_zone() -> None:
    assert clock.end_of_day(date(2026, 9, 30)) == MIDNIGHT
