"""Short, broken and wild series: a sensible distribution or a clear refusal, never a NaN.

Warnings are errors in these tests, so arithmetic that overflows or divides by zero fails them.
"""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecasting.__main__ import main
from forecasting.errors import AreaWithoutFigures, UnknownYear
from forecasting.figures.indicator import Inputs, Measure, Observation
from forecasting.figures.period import Quarter
from forecasting.models.level_forecast import forecast_levels
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.outlook.quantiles import QUANTILE_LEVELS
from forecasting.outlook.question import Question
from tests.builders import ZONE, make_catalogue, make_figures, make_target, periods

YEAR = 2025
CATALOGUE = make_catalogue("a", "b")
WILD = (29_924.0, -52.0, 0.0, 300.0, -99.0)
"""Growth of zones as it was published, and worse."""


def judged(figures: list[Observation], *names: str) -> Outlook:
    targets = [make_target(name) for name in names or ("a",)]
    return judge(Question(ZONE, YEAR), Inputs(CATALOGUE, targets, figures))


def growth_figures(
    growth: list[float], last: str = "2025Q2", missing: tuple[int, ...] = (), name: str = "a"
) -> list[Observation]:
    """Growth since January up to a last quarter, some of it missing."""
    end = Quarter.parse(last)
    labels = periods(str(end + (1 - len(growth))), last)
    values = dict(zip(labels, growth, strict=True))
    kept = {label: values[label] for row, label in enumerate(labels) if row not in missing}
    return make_figures(kept, indicator=name)


def steady(rows: int, seed: int = 1, noise: float = 1.0) -> list[float]:
    """Growth in percent as it is published, about 8 and with noise, rounded to 0.1."""
    rng = np.random.default_rng([9, seed])
    return [round(float(value), 1) for value in 8 + noise * rng.normal(size=rows)]


def assert_sensible(outlook: Outlook, *, wide: bool = False) -> None:
    """Every number is finite and in order, and the median within reach of the figures."""
    assert outlook.verdicts
    for verdict in outlook.verdicts:
        assert 0 <= verdict.probability <= 1
        for quantiles in (verdict.quantiles, *(point.quantiles for point in verdict.fan)):
            assert np.isfinite(quantiles).all()
            assert list(quantiles) == sorted(quantiles)
        for member in verdict.members:
            assert 0 <= member.weight <= 1
            if member.quantiles is not None:
                assert list(member.quantiles) == sorted(member.quantiles)
                assert np.isfinite(member.quantiles).all()
        if not wide:
            assert_within_reach(verdict)
    if outlook.all_clear is not None:
        assert 0 <= outlook.all_clear.probability <= 1
        assert math.isfinite(outlook.all_clear.error)


def assert_within_reach(verdict: Verdict) -> None:
    """The median lies no farther outside the figures than half their range and ten points."""
    figures = verdict.history.ytd[np.isfinite(verdict.history.ytd)]
    low, high = min(figures.min(), 0.0), max(figures.max(), 0.0)
    margin = 10 + (high - low) / 2
    assert low - margin <= verdict.quantiles.median <= high + margin


@pytest.mark.parametrize("rows", [1, 2, 4, 5, *range(11, 17), 20, 102])
@pytest.mark.parametrize("rate", [0.0, 8.0, -52.0])
def test_growth_that_never_changes_is_forecast_to_stay(rows: int, rate: float) -> None:
    outlook = judged(growth_figures([rate] * rows))

    assert_sensible(outlook)
    (verdict,) = outlook.verdicts
    assert verdict.quantiles.median == pytest.approx(rate, abs=1.5)


@pytest.mark.parametrize("rows", range(12, 17))
@pytest.mark.parametrize("seed", range(3))
def test_twelve_to_sixteen_figures_are_enough_for_a_sensible_answer(rows: int, seed: int) -> None:
    outlook = judged(growth_figures(steady(rows, seed)))

    assert_sensible(outlook)
    (verdict,) = outlook.verdicts
    assert 2 < verdict.quantiles.median < 14
    assert verdict.quantiles.q90 - verdict.quantiles.q10 < 20


def test_four_hundred_figures_are_none_too_many() -> None:
    outlook = judged(growth_figures(steady(400)))

    assert_sensible(outlook)
    assert outlook.verdicts[0].method == "pool"


@pytest.mark.parametrize("last", ["2024Q4", "2025Q2"])
@pytest.mark.parametrize(
    "kept", ["24", "4", "1", "134", "234", "13"], ids=lambda kept: f"quarters {kept}"
)
def test_figures_of_some_quarters_of_the_year_alone_are_forecast(last: str, kept: str) -> None:
    growth = steady(36)
    labels = periods(str(Quarter.parse(last) + -35), last)
    missing = tuple(
        row for row, label in enumerate(labels) if label[-1] not in kept and label != last
    )

    outlook = judged(growth_figures(growth, last, missing))

    assert_sensible(outlook)
    assert 0 < outlook.verdicts[0].quantiles.median < 16


@pytest.mark.parametrize("missing", [1, 2, 3, 5])
def test_quarters_missing_just_before_the_last_leave_the_forecast_sane(missing: int) -> None:
    rows = 44
    figures = growth_figures(steady(rows), "2025Q3", tuple(range(rows - 1 - missing, rows - 1)))

    outlook = judged(figures)

    assert_sensible(outlook)
    assert outlook.verdicts[0].quantiles.median == pytest.approx(8.0, abs=3.0)


@pytest.mark.parametrize("rate", WILD)
@pytest.mark.parametrize(("rows", "place"), [(14, -1), (29, -1), (29, 0), (29, -2), (29, 11)])
def test_one_wild_figure_leaves_a_sensible_answer(rate: float, rows: int, place: int) -> None:
    growth = steady(rows)
    growth[place] = rate

    assert_sensible(judged(growth_figures(growth)))


@pytest.mark.parametrize("rate", WILD)
def test_a_wild_figure_of_years_ago_hardly_moves_the_answer(rate: float) -> None:
    growth = steady(50)
    calm = judged(growth_figures(growth)).verdicts[0]
    growth[12 * 4 - 20 + 1] = rate  # a fourth quarter's, which only that quarter has to explain

    (verdict,) = judged(growth_figures(growth)).verdicts

    assert verdict.quantiles.median == pytest.approx(calm.quantiles.median, abs=3.0)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_growth_of_minus_a_hundred_and_less_is_answered(sign: float) -> None:
    """A level of zero, or below: no logarithm stands for it."""
    growth = steady(30)
    growth[11] = -100.0
    growth[18] = -140.0 if sign < 0 else -100.0

    assert_sensible(judged(growth_figures(growth)))


@pytest.mark.parametrize("place", ["2019Q2", "2025Q2", "2024Q4", "2012Q1"])
@pytest.mark.parametrize("level", [0.0, -30.0])
def test_a_level_of_zero_or_below_is_answered_or_refused(level: float, place: str) -> None:
    rng = np.random.default_rng(2)
    values = {
        label: (100 + row) * float(np.exp(rng.normal(0, 0.02)))
        for row, label in enumerate(periods("2012Q1", "2025Q2"))
    }
    values[place] = level

    outlook = judged(make_figures(values, Measure.LEVEL_QUARTER, indicator="a"))

    if outlook.verdicts:
        assert_sensible(outlook, wide=True)
    else:
        assert [entry.target.indicator for entry in outlook.excluded] == ["a"]


@pytest.mark.parametrize("level", [0.0, -30.0])
def test_levels_that_are_all_zero_or_below_are_refused(level: float) -> None:
    values = dict.fromkeys(periods("2012Q1", "2025Q2"), level)

    outlook = judged(make_figures(values, Measure.LEVEL_QUARTER, indicator="a"))

    assert outlook.verdicts == ()
    assert [entry.reason for entry in outlook.excluded] == ["no_figures"]


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e12])
def test_the_unit_of_levels_does_not_matter(scale: float) -> None:
    rng = np.random.default_rng(3)
    values = {
        label: 100 * 1.02**row * float(np.exp(rng.normal(0, 0.02)))
        for row, label in enumerate(periods("2012Q1", "2025Q2"))
    }
    plain, scaled = (
        judged(
            make_figures(
                {label: value * factor for label, value in values.items()},
                Measure.LEVEL_QUARTER,
                indicator="a",
            )
        )
        for factor in (1.0, scale)
    )

    assert_sensible(scaled)
    assert scaled.verdicts[0].quantiles == pytest.approx(plain.verdicts[0].quantiles, abs=0.02)


@settings(max_examples=15)
@given(
    growth=st.lists(
        st.one_of(
            st.floats(-60, 200).map(lambda rate: round(rate, 1)),
            st.floats(6, 10).map(lambda rate: round(rate, 1)),
            st.sampled_from(WILD),
        ),
        min_size=1,
        max_size=30,
    ),
    missing=st.sets(st.integers(0, 38), max_size=10),
    last=st.sampled_from(["2024Q4", "2025Q1", "2025Q2", "2025Q3"]),
)
def test_any_history_of_growth_has_an_answer(
    growth: list[float], missing: set[int], last: str
) -> None:
    gone = tuple(row for row in missing if row < len(growth) - 1)
    figures = growth_figures(growth, last, gone)
    figures += growth_figures(steady(30), "2025Q1", name="b")

    assert_sensible(judged(figures, "a", "b"), wide=True)


def test_an_area_without_figures_is_refused_in_words() -> None:
    with pytest.raises(AreaWithoutFigures, match="no figures of area 'Z'"):
        judged([])


def test_a_year_that_no_figure_reaches_is_refused_in_words() -> None:
    assert "reach into 2030" in str(UnknownYear(area="Z", year=2030))


def drawn_levels(rows: int, seed: int, *, season: float = 0.1, noise: float = 0.02) -> np.ndarray:
    """Levels that grow by 2% a quarter, with a season."""
    rng = np.random.default_rng([8, seed])
    quarters = season * np.tile([0.0, 1.0, 0.5, 2.0], rows)[:rows]
    return 100 * np.exp(0.02 * np.arange(rows) + quarters + noise * rng.normal(size=rows))


def forecast(
    levels: np.ndarray, missing: tuple[int, ...] = (), horizon: int = 8
) -> list[tuple[float, tuple[float, ...]]]:
    known = {row: float(v) for row, v in enumerate(levels) if row not in missing}
    return forecast_levels(known, horizon, QUANTILE_LEVELS)


def assert_sane_levels(
    rows: list[tuple[float, tuple[float, ...]]], levels: np.ndarray, factor: float = 3.0
) -> None:
    """Quantiles in order and finite, medians within a factor of the range of the levels."""
    for mean, quantiles in rows:
        assert list(quantiles) == sorted(quantiles)
        assert np.isfinite(quantiles).all()
        assert math.isfinite(mean)
        assert mean > 0
        assert levels.min() / factor <= quantiles[3] <= levels.max() * factor


@pytest.mark.parametrize("rows", [1, 2, 5, *range(11, 17), 40])
@pytest.mark.parametrize("level", [1e-6, 7.0, 1e12])
def test_a_level_that_never_changes_is_forecast_to_stay(rows: int, level: float) -> None:
    for mean, quantiles in forecast(np.full(rows, level)):
        assert quantiles[3] == pytest.approx(level, rel=1e-3)
        assert mean == pytest.approx(level, rel=0.2)


@pytest.mark.parametrize("rows", [*range(12, 17), 400])
def test_short_and_long_levels_are_forecast_near_their_trend(rows: int) -> None:
    levels = drawn_levels(rows, rows)

    answer = forecast(levels)

    assert_sane_levels(answer, levels)
    trend = 100 * np.exp(0.02 * (rows + 3) + 0.1 * [0.0, 1.0, 0.5, 2.0][(rows + 3) % 4])
    assert answer[3][1][3] == pytest.approx(trend, rel=0.25)


@pytest.mark.parametrize("rows", [24, 25, 27])
@pytest.mark.parametrize("season", [0.0, 0.4])
@pytest.mark.parametrize(
    "kept", ["13", "24", "124", "134", "1"], ids=lambda kept: f"quarters {kept}"
)
def test_levels_of_some_quarters_of_the_year_alone_are_forecast(
    kept: str, season: float, rows: int
) -> None:
    levels = drawn_levels(rows, 1, season=season)
    missing = tuple(row for row in range(rows - 1) if str(row % 4 + 1) not in kept)

    assert_sane_levels(forecast(levels, missing), levels)


@pytest.mark.parametrize("row", range(1, 9))
@pytest.mark.parametrize("rows", [15, 40])
def test_a_level_missing_near_the_start_is_forecast_around(row: int, rows: int) -> None:
    levels = drawn_levels(rows, 2)

    answer = forecast(levels, (row,))

    assert_sane_levels(answer, levels)
    assert answer[3][1][3] == pytest.approx(forecast(levels)[3][1][3], rel=0.1)


@pytest.mark.parametrize("place", [0, -1, -2, 7])
@pytest.mark.parametrize("factor", [1e-6, 1e-2, 1e2, 1e9])
def test_one_level_out_of_all_proportion_is_survived(factor: float, place: int) -> None:
    levels = drawn_levels(32, 4)
    levels[place] *= factor

    assert_sane_levels(forecast(levels), levels)


@pytest.mark.parametrize("holes", [(), (30,), (29, 30)])
@pytest.mark.parametrize("noise", [1e-4, 0.02])
def test_a_last_level_out_of_all_proportion_does_not_run_away(
    noise: float, holes: tuple[int, ...]
) -> None:
    levels = drawn_levels(32, 4, noise=noise)
    levels[-1] *= 20.0

    for _, quantiles in forecast(levels, holes):
        assert levels[0] / 5 < quantiles[3] < levels[-1] * 5


@settings(max_examples=20)
@example(rows=24, seed=0, season=0.0, noise=1e-4, gaps={1}, spike=0.0, place=3, scale=1.0)
@example(rows=14, seed=1, season=0.0, noise=0.02, gaps={2}, spike=0.0, place=3, scale=1.0)
@example(rows=15, seed=1, season=0.3, noise=1e-4, gaps={1}, spike=0.0, place=3, scale=1.0)
@example(rows=13, seed=3, season=0.3, noise=0.02, gaps={3}, spike=0.0, place=3, scale=1.0)
@example(rows=80, seed=0, season=0.0, noise=1e-4, gaps={13}, spike=20.0, place=79, scale=1e12)
@given(
    rows=st.integers(1, 60),
    seed=st.integers(0, 10_000),
    season=st.sampled_from([0.0, 0.1, 0.4]),
    noise=st.sampled_from([0.0, 1e-4, 0.02, 0.5]),
    gaps=st.sets(st.integers(0, 58), max_size=10),
    spike=st.sampled_from([0.0, -14.0, -1.0, 1.0, 20.0]),
    place=st.integers(0, 59),
    scale=st.sampled_from([1e-6, 1.0, 1e12]),
)
def test_any_levels_have_a_forecast(
    rows: int,
    seed: int,
    season: float,
    noise: float,
    gaps: set[int],
    spike: float,
    place: int,
    scale: float,
) -> None:
    levels = scale * drawn_levels(rows, seed, season=season, noise=noise)
    levels[place % rows] *= math.exp(spike)
    missing = tuple(row for row in gaps if row < rows - 1)

    answer = forecast(levels, missing, horizon=4)

    if abs(spike) < 10:
        assert_sane_levels(answer, levels, factor=10.0)
    for _, quantiles in answer:
        assert list(quantiles) == sorted(quantiles)
        assert np.isfinite(quantiles).all()


@pytest.mark.parametrize("level", ["0", "-3", "nan", "inf", "1e-200", ""])
def test_a_level_without_a_logarithm_is_refused_by_row(
    level: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, out = tmp_path / "levels.csv", tmp_path / "out.csv"
    table.write_text(f"id,t,y\na,1,5\na,2,{level}\n", encoding="utf-8")

    assert main(["forecast", str(table), "--out", str(out)]) == 2

    said = capsys.readouterr().err
    assert said.startswith("python -m forecasting: levels.csv, row 3, y: ")
    assert said.count("\n") == 1
    assert not out.exists()


def test_the_command_forecasts_odd_levels(tmp_path: Path) -> None:
    odd = {
        "constant": (np.full(20, 3.0), ()),
        "tiny": (1e-6 * drawn_levels(30, 1), ()),
        "huge": (1e12 * drawn_levels(30, 1), ()),
        "one missing": (drawn_levels(30, 1), (2,)),
        "ten missing": (drawn_levels(40, 1), tuple(range(9, 19))),
        "jump at the end": (np.append(drawn_levels(30, 1), 3e4), ()),
        "jump at the start": (np.insert(drawn_levels(30, 1), 0, 3e4), ()),
        "short": (drawn_levels(12, 1), ()),
    }
    table, out = tmp_path / "levels.csv", tmp_path / "out.csv"
    lines = [
        f"{name},{t},{level!r}"
        for name, (levels, missing) in odd.items()
        for t, level in enumerate(map(float, levels))
        if t not in missing
    ]
    table.write_text("\n".join(["id,t,y", *lines]), encoding="utf-8")

    assert main(["forecast", str(table), "--horizon", "4", "--out", str(out)]) == 0

    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4 * len(odd)
    for row in rows:
        levels, _ = odd[row["id"]]
        quantiles = [float(value) for name, value in row.items() if name.startswith("q")]
        assert len(quantiles) == 7
        assert quantiles == sorted(quantiles)
        assert levels.min() / 3 <= quantiles[3] <= levels.max() * 3
