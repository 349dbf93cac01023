from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.models import pool
from forecasting.models.pool import Memory, ModelForecasts, predict
from forecasting.models.predictive import OutlierKind, Predictive

SEASON = np.array([0.0, 0.1, 0.15, 0.3])
HORIZON = 4


def levels(rows: int, seed: int, noise: float = 0.006) -> Array:
    """Log levels with a season and a slowly drifting growth on the year before."""
    rng = np.random.default_rng([11, seed])
    growth = 0.08 + np.cumsum(rng.normal(0, noise, rows))
    values = list(SEASON)
    for row in range(rows):
        values.append(values[row] + growth[row])
    return np.array(values)


def of(values: Array, *, chained: bool = True, holes: tuple[int, ...] = ()) -> LogLevels:
    """A series of which some rows, counted from the fifth quarter, are missing."""
    first = Quarter(2003, 1)
    known = values.copy()
    known[[row + 4 for row in holes]] = np.nan
    if not chained:
        return LogLevels.of_levels(first, known)
    growth = values[4:] - values[:-4]
    growth[list(holes)] = np.nan
    return LogLevels(first, known, values, growth)


def ragged(count: int) -> list[LogLevels]:
    """Series of all lengths, chained and plain, calm and wild, with holes, pulses and steps."""
    batch = []
    for seed in range(count):
        rng = np.random.default_rng([12, seed])
        rows = int(rng.integers(1, 56))
        values = levels(rows, seed, noise=float(rng.choice([0.001, 0.006, 0.03])))
        if seed % 3 == 1:
            values[rng.integers(4, rows + 4)] += rng.choice([-0.3, 0.3])
        if seed % 5 == 2:
            values[rng.integers(4, rows + 4) :] += 0.3
        holes = rng.choice(rows - 1, min(rows - 1, seed % 4), replace=False) if rows > 6 else ()
        batch.append(of(values, chained=seed % 4 != 3, holes=tuple(int(row) for row in holes)))
    return batch


def numbers(predictive: Predictive) -> list[Array]:
    return [
        np.concatenate(
            [member.mean, member.covariance.ravel(), [member.weight, member.degrees_of_freedom]]
        )
        for member in predictive.members
    ]


def assert_same(one: Predictive, other: Predictive) -> None:
    """Numbers agree to 1e-9 of the largest of their kind; words agree altogether."""
    assert one.origin == other.origin
    for own, others in zip(one.members, other.members, strict=True):
        report = replace(own.report, parameters=(), residuals=(), outliers=(), candidates=())
        assert report == replace(
            others.report, parameters=(), residuals=(), outliers=(), candidates=()
        )
        assert [entry.name for entry in own.report.candidates] == [
            entry.name for entry in others.report.candidates
        ]
        assert own.weight == pytest.approx(others.weight, rel=1e-9)
        assert own.degrees_of_freedom == pytest.approx(others.degrees_of_freedom, rel=1e-9)
        for mine, theirs in ((own.mean, others.mean), (own.covariance, others.covariance)):
            assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-9 * np.abs(theirs).max())


@pytest.fixture(scope="module")
def hundred() -> tuple[list[LogLevels], list[Predictive]]:
    batch = ragged(100)
    return batch, predict(batch, HORIZON)


def test_a_series_alone_is_forecast_as_in_a_batch_of_a_hundred(
    hundred: tuple[list[LogLevels], list[Predictive]],
) -> None:
    batch, together = hundred
    assert {len(entry.members) for entry in together} == {1, 3, 4}
    for series, among_others in zip(batch[::6], together[::6], strict=True):
        assert_same(predict([series], HORIZON)[0], among_others)


def test_the_order_of_a_batch_changes_nothing(
    hundred: tuple[list[LogLevels], list[Predictive]],
) -> None:
    batch, together = hundred
    order = np.random.default_rng(5).permutation(len(batch))[:40]

    shuffled = predict([batch[place] for place in order], HORIZON)

    for place, entry in zip(order, shuffled, strict=True):
        assert_same(entry, together[place])


def test_the_same_batch_twice_gives_the_same_bytes() -> None:
    batch = ragged(12)
    first, second = (
        [values.tobytes() for entry in predict(batch, HORIZON) for values in numbers(entry)]
        for _ in range(2)
    )

    assert first == second


def test_a_series_twice_in_a_batch_has_one_forecast() -> None:
    series = of(levels(40, 1))
    one, other = predict([series, replace(series)], HORIZON)

    assert [v.tobytes() for v in numbers(one)] == [v.tobytes() for v in numbers(other)]


def test_a_longer_horizon_changes_nothing_before_it() -> None:
    batch = ragged(12)
    shorter, *longer = (predict(batch, horizon) for horizon in (HORIZON, 8, 20))
    for further in longer:
        for short, long in zip(shorter, further, strict=True):
            for own, others in zip(short.members, long.members, strict=True):
                part = others.covariance[:HORIZON, :HORIZON]
                assert own.mean == pytest.approx(others.mean[:HORIZON], rel=1e-9)
                assert own.covariance == pytest.approx(part, rel=1e-9, abs=1e-9 * part.max())
                assert own.weight == pytest.approx(others.weight, rel=1e-9)
    assert [len(each[0].model.mean) for each in (shorter, *longer)] == [4, 8, 20]


def test_nothing_is_forecast_of_an_empty_batch() -> None:
    assert predict([], HORIZON) == []


def test_memory_changes_nothing_and_nothing_is_asked_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    models = pool.forecast_by_models

    def counting(batch: list[LogLevels], horizon: int) -> object:
        asked.append(len(batch))
        return models(batch, horizon)

    batch, memory = ragged(12), {}
    plain = predict(batch, HORIZON)
    monkeypatch.setattr(pool, "forecast_by_models", counting)

    first, second = (predict(batch, HORIZON, memory) for _ in range(2))

    for one, two, three in zip(plain, first, second, strict=True):
        mine = [values.tobytes() for values in numbers(one)]
        assert mine == [values.tobytes() for values in numbers(two)]
        assert mine == [values.tobytes() for values in numbers(three)]
    assert asked[0] == len(memory) > len(batch) / 2
    assert asked[1:] in ([], [0])


def test_only_what_is_new_is_asked_when_a_year_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    models = pool.forecast_by_models

    def counting(batch: list[LogLevels], horizon: int) -> object:
        asked.append(len(batch))
        return models(batch, horizon)

    monkeypatch.setattr(pool, "forecast_by_models", counting)
    values, memory = levels(48, 2), {}
    predict([of(values[:-4])], HORIZON, memory)
    predict([of(values)], HORIZON, memory)

    assert asked == [6, 1]  # a series and its five earlier years; then the new year alone


def test_what_another_thread_remembers_meanwhile_is_not_taken_for_nothing_said() -> None:
    series = of(levels(40, 1))

    class Filling(dict[bytes, ModelForecasts]):
        """Another thread fills it right after it was looked into."""

        def get(self, key: bytes, default: Any = None) -> Any:
            found = super().get(key, default)
            self[key] = known.get(key, ())
            return found

    known: dict[bytes, ModelForecasts] = {}
    (alone,) = predict([series], HORIZON, known)
    (beside,) = predict([series], HORIZON, Filling())

    assert len(beside.members) == len(alone.members) > 1


def test_what_was_said_for_one_year_answers_two() -> None:
    memory: Memory = {}
    series = of(levels(40, 1))
    predict([series], 4, memory)
    known = len(memory)
    predict([series], 8, memory)

    assert len(memory) == known


def test_what_was_said_for_one_horizon_does_not_answer_a_longer_one() -> None:
    memory: Memory = {}
    series = of(levels(40, 1))
    predict([series], 8, memory)

    assert len(predict([series], 12, memory)[0].model.mean) == 12


def test_series_that_differ_in_a_switch_alone_are_told_apart() -> None:
    values = levels(48, 3)
    values[30] -= 0.2
    series = of(values)
    variants = [
        series,
        replace(series, outliers=False),
        replace(series, breaks=(series.first + 20,)),
        replace(series, growth=None),
        replace(series, first=series.first + 4),
    ]
    assert len({variant.content() for variant in variants}) == len(variants)

    memory: Memory = {}
    means = [predict([variant], HORIZON, memory)[0].members[0].mean for variant in variants[:3]]
    assert len({mean.tobytes() for mean in means}) == 3


@pytest.mark.parametrize("chained", [True, False])
def test_without_the_search_for_outliers_a_shock_stays_in(chained: bool) -> None:
    values = levels(48, 3)
    values[30] -= 0.2
    series = of(values, chained=chained)

    found, left = predict([series, replace(series, outliers=False)], HORIZON)

    assert [entry.quarter for entry in found.model.report.outliers] == [series.first + 30]
    assert [member.report.outliers for member in left.members] == [()] * len(left.members)
    for calm, shocked in zip(found.members, left.members, strict=True):
        assert shocked.covariance[0, 0] > 1.3 * calm.covariance[0, 0], calm.report.method


@pytest.mark.parametrize("outliers", [True, False])
@pytest.mark.parametrize("chained", [True, False])
def test_a_recorded_change_of_definition_leaves_the_forecast_where_it_was(
    chained: bool, outliers: bool
) -> None:
    calm, stepped = levels(48, 3), levels(48, 3)
    stepped[30:] -= 0.25
    changed = replace(
        of(stepped, chained=chained), breaks=(Quarter(2003, 1) + 30,), outliers=outliers
    )

    with_break, without = predict([changed, of(calm, chained=chained)], HORIZON)

    for own, reference in zip(with_break.members, without.members, strict=True):
        spread = np.sqrt(np.diag(reference.covariance))
        name = own.report.method
        assert np.abs(own.mean + 0.25 - reference.mean).max() < 0.02, name
        assert np.sqrt(np.diag(own.covariance)) == pytest.approx(spread, rel=0.35), name
        (outlier,) = own.report.outliers
        assert (outlier.quarter, outlier.kind) == (changed.first + 30, OutlierKind.DEFINITION)
        assert outlier.size == pytest.approx(100 * np.expm1(-0.25), abs=1.5)


def test_a_small_change_of_definition_is_taken_off_though_no_search_would_find_it() -> None:
    values = levels(48, 3)
    values[30:] += 0.004
    changed = replace(of(values), breaks=(Quarter(2003, 1) + 30,))

    (predictive,) = predict([changed], HORIZON)

    assert [entry.kind for entry in predictive.model.report.outliers] == [OutlierKind.DEFINITION]


def test_a_change_of_definition_is_taken_off_where_no_outliers_are_looked_for() -> None:
    values = levels(48, 3)
    values[20:] += 0.25
    values[36] -= 0.25
    changed = replace(of(values), breaks=(Quarter(2003, 1) + 20,), outliers=False)

    (predictive,) = predict([changed], HORIZON)

    assert [(entry.quarter, entry.kind) for entry in predictive.model.report.outliers] == [
        (changed.first + 20, OutlierKind.DEFINITION)
    ]


def test_changes_of_definition_do_not_use_up_the_outliers_allowed() -> None:
    values = levels(48, 3, noise=0.002)
    shocks, changes = (8, 14, 40, 46), (20, 24, 28, 34)
    for row in changes:
        values[row:] += 0.25
    for row in shocks:
        values[row] -= 0.25
    changed = replace(of(values), breaks=tuple(Quarter(2003, 1) + row for row in changes))

    (predictive,) = predict([changed], HORIZON)

    kinds = {
        entry.quarter - changed.first: entry.kind for entry in predictive.model.report.outliers
    }
    assert kinds == dict.fromkeys(shocks, OutlierKind.ADDITIVE) | dict.fromkeys(
        changes, OutlierKind.DEFINITION
    )


@pytest.mark.parametrize("row", [-3, 0, 52, 60])
@pytest.mark.parametrize("chained", [True, False])
def test_a_change_of_definition_outside_the_series_is_none(row: int, chained: bool) -> None:
    series = of(levels(48, 3), chained=chained)
    recorded = replace(series, breaks=(series.first + row,))

    plain, same = predict([series, recorded], HORIZON)

    assert_same(plain, same)
    assert same.model.report.outliers == ()


@pytest.mark.parametrize("row", [1, 2, 3, 4, 5, 50, 51])
@pytest.mark.parametrize("chained", [True, False])
def test_a_change_of_definition_at_either_end_leaves_the_forecast_sane(
    row: int, chained: bool
) -> None:
    calm, stepped = levels(48, 3), levels(48, 3)
    stepped[row:] += 0.25
    changed = replace(of(stepped, chained=chained), breaks=(Quarter(2003, 1) + row,))

    with_break, without = predict([changed, of(calm, chained=chained)], HORIZON)

    for own, reference in zip(with_break.members, without.members, strict=True):
        apart = np.abs(own.mean - 0.25 - reference.mean).max()
        assert apart < 0.1, own.report.method


def test_a_change_of_definition_within_a_gap_leaves_the_forecast_finite() -> None:
    for holes in ((20, 21, 22, 23), (20, 21, 22), (18, 19, 20)):
        series = of(levels(48, 3), holes=holes)
        for row in range(22, 30):
            (predictive,) = predict([replace(series, breaks=(series.first + row,))], HORIZON)
            for member in predictive.members:
                assert np.abs(member.mean - levels(52, 3)[-4:]).max() < 0.4


def test_two_changes_of_definition_are_both_taken_off() -> None:
    calm, stepped = levels(48, 3), levels(48, 3)
    stepped[20:] += 0.25
    stepped[33:] -= 0.4
    breaks = (Quarter(2003, 1) + 33, Quarter(2003, 1) + 20)

    with_breaks, without = predict([replace(of(stepped), breaks=breaks), of(calm)], HORIZON)

    assert [entry.quarter for entry in with_breaks.model.report.outliers] == sorted(breaks)
    for own, reference in zip(with_breaks.members, without.members, strict=True):
        assert np.abs(own.mean + 0.15 - reference.mean).max() < 0.03, own.report.method


@pytest.mark.parametrize("holes", [(), (46,), (45, 46)])
@pytest.mark.parametrize("chained", [True, False])
def test_a_shock_of_the_last_quarter_is_blamed_on_no_earlier_one(
    chained: bool, holes: tuple[int, ...]
) -> None:
    for seed in range(4):
        values = levels(48, seed, noise=0.0) + np.random.default_rng(seed).normal(0, 2e-3, 52)
        values[-1] += 3.0

        (predictive,) = predict([of(values, chained=chained, holes=holes)], HORIZON)

        found = predictive.model.report.outliers
        assert [outlier for outlier in found if predictive.origin - outlier.quarter < 12] == []
        assert max((abs(outlier.size) for outlier in found), default=0) < 2  # of 1900 percent


@pytest.mark.parametrize("size", [-0.1, 0.4])
def test_a_shock_far_larger_than_usual_is_found_in_every_series(size: float) -> None:
    batch = []
    for seed in range(30):
        values = levels(40, seed)
        values[30] += size
        batch.append(of(values))

    for predictive in predict(batch, HORIZON):
        found = [outlier.quarter for outlier in predictive.model.report.outliers]
        assert Quarter(2003, 1) + 30 in found


@pytest.mark.parametrize("trailing", [1, 2, 4])
def test_quarters_known_only_together_at_the_end_leave_the_forecast_where_it_was(
    trailing: int,
) -> None:
    values = levels(48, 3)
    holes = tuple(range(48 - trailing, 48))

    shorter, together = predict([of(values[:-trailing]), of(values, holes=holes)], 8)

    for own, reference in zip(together.members, shorter.members, strict=True):
        later = reference.mean[trailing : trailing + HORIZON]
        spread = np.sqrt(np.diag(reference.covariance))[trailing : trailing + HORIZON]
        assert np.abs(own.mean[:HORIZON] - later).max() < 2 * spread.max(), own.report.method
