"""What an item of national rank is held against."""

from __future__ import annotations

import pytest

from forecasting.figures.indicator import Direction
from forecasting.plan.criteria import Scope
from forecasting.plan.lines import LineKind, lines_of, peers_line, yardstick_line
from tests.forecasting.plan.cases import criteria, yardstick


def test_a_line_that_falls_is_taken_to_stand_still() -> None:
    line = yardstick_line([yardstick("output", 100.0, 2021), yardstick("output", 50.0, 2024)],
                          LineKind.NATIONAL)  # fmt: skip

    assert line is not None
    assert line.growth is not None
    assert line.growth < 0
    assert line.course([2025, 2030], Direction.UP).tolist() == [50.0, 50.0]
    assert line.course([2025], Direction.DOWN)[0] < 50.0


def test_the_peers_median_moves_as_that_of_the_same_peers() -> None:
    peers = {"a": {2023: 80.0, 2025: 96.8}, "b": {2023: 100.0, 2025: 121.0}, "c": {2025: 1e4}}

    line = peers_line(peers, 2025)

    assert line is not None
    assert (line.value, line.count, line.growth) == (121.0, 3, None)
    same = peers_line({name: peers[name] for name in "ab"}, 2025)
    assert same is not None
    assert same.growth == pytest.approx(10.0)
    assert same.since == 2023
    assert peers_line({"a": {}}, 2025) is None


def test_years_of_another_definition_are_not_compared() -> None:
    rows = [
        yardstick("output", 200.0, 2019, break_="with_reinvestment"),
        yardstick("output", 100.0, 2021),
        yardstick("output", 121.0, 2023),
    ]

    line = yardstick_line(rows, LineKind.NATIONAL)

    assert line is not None
    assert (line.value, line.since) == (121.0, 2021)
    assert line.growth == pytest.approx(10.0)


def test_the_fairer_line_comes_first_unless_its_definition_is_another() -> None:
    item = next(iter(criteria().items))
    every = [yardstick("output", 100.0, 2019), yardstick("output", 121.0, 2021)]
    fair = yardstick("output", 60.0, 2019, Scope.OUTSIDE_TOP_30)

    first, second = lines_of(item, {}, [*every, fair], 2021)

    assert (first.kind, second.kind) == (LineKind.OUTSIDE_TOP, LineKind.NATIONAL)
    assert first.borrowed
    assert first.course([2021], Direction.UP)[0] == pytest.approx(60 * 1.21)
    broken = yardstick("output", 60.0, 2019, Scope.OUTSIDE_TOP_30, "with_reinvestment")
    first, second = lines_of(item, {}, [*every, broken], 2021)
    assert (first.kind, second.kind) == (LineKind.NATIONAL, LineKind.OUTSIDE_TOP)
    assert second.growth is None
