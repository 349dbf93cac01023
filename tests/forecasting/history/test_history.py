import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.indicator import Measure, Observation, Status
from forecasting.figures.period import Month, Quarter
from forecasting.figures.seeds import Seeds
from forecasting.figures.target import published
from forecasting.history.history import History, history_of, quarters_after_gap
from forecasting.history.shares import ShareSource
from tests.builders import chain, make_figures, make_indicator, periods

OUTPUT = make_indicator()
NATION = ("gdp", "industrial_value_added", "fixed_asset_investment")
SKEWED = (0.2, 0.24, 0.26, 0.3)


def nation(seeds: Seeds, name: str) -> list[Observation]:
    return [o for o in seeds.observations if o.area == "CN" and o.indicator == name]


def rebuilt_ytd(history: History) -> dict[Quarter, float]:
    """Add single quarters up again with the year's weights, the slow and obvious way."""
    rebuilt = {}
    for row, quarter in enumerate(history.quarters):
        weights = history.weights(quarter.year)[: quarter.quarter]
        rates = history.growth[row - quarter.quarter + 1 : row + 1]
        level = sum(w * (1 + g / 100) for w, g in zip(weights, rates, strict=True))
        rebuilt[quarter] = (level / sum(weights) - 1) * 100
    return rebuilt


def test_all_206_published_cumulative_growth_figures_of_the_nation_are_reproduced(
    seeds: Seeds,
) -> None:
    compared = 0
    for name in NATION:
        figures = nation(seeds, name)
        rebuilt = rebuilt_ytd(chain(figures, seeds.catalogue[name]))
        for figure in figures:
            quarter = figure.month.quarter
            if figure.measure is Measure.GROWTH_YTD and quarter is not None:
                assert published(rebuilt[quarter]) == figure.value, figure
                compared += 1

    assert compared == 206


@pytest.mark.parametrize("name", NATION)
def test_removing_any_one_figure_leaves_the_other_years_usable(seeds: Seeds, name: str) -> None:
    figures = nation(seeds, name)
    whole = chain(figures, seeds.catalogue[name])
    ends = [o for o in figures if o.measure is Measure.GROWTH_YTD and o.month.quarter]
    for removed in ends:
        history = chain([o for o in figures if o is not removed], seeds.catalogue[name])

        assert np.isfinite(history.bridged).all()
        for quarter in history.quarters:
            if quarter.year != removed.month.year:
                assert math.isfinite(history.growth[quarter - history.quarters[0]])
        assert whole.figures - history.figures == 1


def test_single_quarters_follow_the_rebasing_identity() -> None:
    indicator = make_indicator(shares=SKEWED)
    figures = make_figures({"2020Q1": 10.0, "2020Q2": 5.0, "2020Q3": 6.0, "2020Q4": 7.0})

    history = chain(figures, indicator)

    # (1.05 * 0.44 - 1.10 * 0.20) / 0.24 - 1 and so on, by hand
    assert history.growth == pytest.approx([10.0, 0.8333333, 7.6923077, 9.3333333])


def test_the_level_starts_with_the_base_years_shares_and_chains_growth() -> None:
    indicator = make_indicator(shares=SKEWED)

    history = chain(make_figures({"2020Q1": 10.0, "2020Q2": 10.0}), indicator)

    assert np.exp(history.log_level) == pytest.approx([*SKEWED, 0.22, 0.264])
    assert history.quarters == (Quarter(2020, 1), Quarter(2020, 2))
    assert history.origin == Quarter(2020, 2)


def test_weights_are_last_years_published_levels_when_all_four_exist() -> None:
    figures = make_figures({"2021Q1": 8.0})
    figures += make_figures(
        {"2020Q1": 10.0, "2020Q2": 30.0, "2020Q3": 60.0, "2020Q4": 100.0}, Measure.LEVEL_YTD
    )

    assert chain(figures).weights(2021) == pytest.approx((0.1, 0.2, 0.3, 0.4))


def test_partly_revised_year_ends_of_fixed_asset_levels_take_the_median(seeds: Seeds) -> None:
    name = "fixed_asset_investment"

    shares = chain(nation(seeds, name), seeds.catalogue[name]).shares

    flagged = [year for year, entry in shares.items() if entry.source == "median"]
    assert flagged == [2018, 2019, 2020]


def test_a_missing_quarter_stays_missing_and_its_neighbour_with_it() -> None:
    values = dict.fromkeys(periods("2019Q1", "2021Q4"), 8.0)
    del values["2020Q2"]

    history = chain(make_figures(values))

    missing = [str(q) for q, g in zip(history.quarters, history.growth, strict=True) if g != g]
    assert missing == ["2020Q2", "2020Q3"]
    assert np.isnan(history.log_level[[9, 10]]).all()
    assert np.exp(history.bridged[-1]) == pytest.approx(0.25 * 1.08**3)


def test_published_growth_stands_before_levels() -> None:
    figures = make_figures({"2021Q1": 8.0})
    figures += make_figures({"2020Q1": 10.0, "2021Q1": 20.0}, Measure.LEVEL_YTD)

    history = chain(figures)

    assert history.measure is Measure.GROWTH_YTD
    assert history.ytd.tolist() == [8.0]


def test_growth_of_single_quarters_fills_what_cumulative_growth_leaves_open() -> None:
    figures = make_figures({"2021Q1": 8.0, "2021Q2": 8.0})
    figures += make_figures({"2021Q3": 11.0, "2021Q1": 99.0}, Measure.GROWTH_QUARTER)

    history = chain(figures)

    assert history.growth == pytest.approx([8.0, 8.0, 11.0])
    assert history.ytd == pytest.approx([8.0, 8.0, 9.0])


def test_single_quarters_after_a_missing_one_are_known_and_not_used() -> None:
    figures = make_figures({"2020Q4": 8.0, "2021Q1": 8.0})
    figures += make_figures({"2021Q1": 7.0, "2021Q3": 11.0, "2021Q4": 9.0}, Measure.GROWTH_QUARTER)

    history = chain(figures)

    assert history.origin == Quarter(2021, 1)
    assert quarters_after_gap(history, figures) == [Quarter(2021, 3), Quarter(2021, 4)]
    filled = [*figures, *make_figures({"2021Q2": 8.0}, Measure.GROWTH_QUARTER)]
    assert quarters_after_gap(chain(filled), filled) == []


def test_levels_alone_give_growth_where_the_year_before_is_known() -> None:
    values = {"2020Q1": 10.0, "2020Q2": 30.0, "2020Q3": 60.0, "2020Q4": 100.0}
    values |= {"2021Q1": 11.0, "2021Q2": 33.0, "2021Q3": 66.0, "2021Q4": 120.0}

    history = chain(make_figures(values, Measure.LEVEL_YTD))

    assert history.measure is Measure.LEVEL_YTD
    assert history.ytd == pytest.approx([10.0, 10.0, 10.0, 20.0])
    assert history.growth == pytest.approx([10.0, 10.0, 10.0, 35.0])


def test_single_quarter_levels_are_summed_to_cumulative_ones() -> None:
    values = dict(zip(periods("2020Q1", "2021Q2"), [1, 2, 3, 4, 2, 2], strict=True))

    history = chain(make_figures(values, Measure.LEVEL_QUARTER))

    assert history.ytd == pytest.approx([100.0, 100 / 3])


def test_growth_of_single_months_is_never_chained() -> None:
    assert history_of(OUTPUT, make_figures({"2021Q4": 5.0}, Measure.GROWTH_MONTH)) is None


def test_months_between_quarter_ends_do_not_enter_the_series() -> None:
    figures = make_figures({"2021Q1": 8.0, "2021-04": 50.0})

    assert chain(figures).quarters == (Quarter(2021, 1),)
    assert figures[1].month == Month(2021, 4)


@pytest.mark.parametrize("level", [0.0, -3.0])
def test_a_base_level_that_is_not_above_zero_gives_no_growth(level: float) -> None:
    values = {"2020Q1": level, "2020Q2": 30.0, "2021Q1": 20.0, "2021Q2": 36.0}

    history = chain(make_figures(values, Measure.LEVEL_YTD))

    assert math.isnan(history.ytd[0])
    assert history.ytd[1] == pytest.approx(20.0)


def test_bridged_quarters_make_the_published_year_with_those_whose_growth_is_known() -> None:
    values = dict.fromkeys(periods("2019Q1", "2019Q4"), 8.0) | {"2020Q4": 8.0, "2021Q1": 8.0}
    known = make_figures({"2020Q2": 20.0}, Measure.GROWTH_QUARTER)

    levels = np.exp(chain([*make_figures(values), *known]).bridged)

    assert levels[8:12] / levels[4:8] == pytest.approx([1.04, 1.2, 1.04, 1.04])
    assert levels[8:12].sum() == pytest.approx(1.08 * levels[4:8].sum())


@pytest.mark.parametrize("nothing", [-100.0, -99.0])
@pytest.mark.parametrize("first", [-34.0, -33.0])  # by rounding a little above and at -100
def test_a_quarter_without_activity_is_bridged_and_gives_no_weight(
    first: float, nothing: float
) -> None:
    values = {label: 5.0 + 13 * row % 7 for row, label in enumerate(periods("2020Q1", "2025Q3"))}
    values |= {"2023Q1": first, "2023Q3": nothing}

    history = chain(make_figures(values, Measure.GROWTH_QUARTER))

    row = history.quarters.index(Quarter(2023, 3))
    assert history.growth[row] == pytest.approx(nothing)
    assert np.isnan(history.log_levels().growth).tolist() == [  # type: ignore[arg-type]  # chained
        at == row for at in range(len(history.quarters))
    ]
    assert np.flatnonzero(np.isnan(history.log_level)) == row + 4
    assert history.weights(2024) == (0.25, 0.25, 0.25, 0.25)
    assert history.bridged.min() > -3


def test_next_years_growth_is_known_where_rounding_leaves_a_little_of_nothing() -> None:
    growth = [5.4, 8.3, 46.6, 5.9, -4.9, 0.8, 24.8, 22.5, 20.1, -100.0, 33.1, -10.2, 17.3, 11.1]
    figures = dict(zip(periods("2021Q1", "2024Q2"), growth, strict=True))

    assert chain(make_figures(figures, Measure.GROWTH_QUARTER)).growth[-1] == pytest.approx(11.1)


@given(
    values=st.dictionaries(
        st.sampled_from(periods("2015Q1", "2020Q4")), st.floats(-100, 30_000), min_size=1
    )
)
def test_any_growth_gives_a_chain_without_a_hole_in_its_base(values: dict[str, float]) -> None:
    history = chain(make_figures(values))

    assert np.isfinite(history.bridged).all()
    assert history.origin == max(Quarter.parse(label) for label in values)
    assert history.figures == len(values)


def test_growth_is_unknown_before_the_first_and_after_the_last_quarter() -> None:
    history = chain(make_figures({"2020Q1": 1.0, "2020Q2": 2.0}))

    assert math.isnan(history.ytd_at(Quarter(2019, 4)))
    assert math.isnan(history.ytd_at(Quarter(2020, 3)))


def test_a_series_of_levels_alone_keeps_the_shares_of_its_levels() -> None:
    sums = dict.fromkeys(range(2010, 2016), (20.0, 45.0, 70.0, 100.0))
    sums[2016] = (20.0, 45.0, 70.0, 85.0)
    values = {f"{y}Q{k}": v for y, row in sums.items() for k, v in enumerate(row, start=1)}

    history = chain(make_figures(values, Measure.LEVEL_YTD))

    assert history.shares[2016].source is ShareSource.LEVELS
    assert history.weights(2017) == pytest.approx((20 / 85, 25 / 85, 25 / 85, 15 / 85))


def test_next_years_weights_are_the_last_years_comparable_levels() -> None:
    values = {"2020Q1": 10.0, "2020Q2": 5.0, "2020Q3": 6.0, "2020Q4": 7.0}

    history = chain(make_figures(values), make_indicator(shares=SKEWED))

    levels = np.exp(history.log_level[-4:])
    assert history.weights(2021) == pytest.approx(levels / levels.sum())


def test_next_years_weights_are_the_last_years_levels_where_published() -> None:
    figures = make_figures(dict.fromkeys(periods("2020Q1", "2020Q4"), 8.0))
    for year, sums in ((2019, (10.0, 20.0, 30.0, 40.0)), (2020, (10.0, 30.0, 60.0, 100.0))):
        values = {f"{year}Q{k}": level for k, level in enumerate(sums, start=1)}
        figures += make_figures(values, Measure.LEVEL_YTD)

    assert chain(figures).weights(2021) == pytest.approx((0.1, 0.2, 0.3, 0.4))


def test_levels_of_a_year_with_a_negative_quarter_give_no_shares() -> None:
    figures = make_figures({"2021Q1": 8.0})
    figures += make_figures(
        {"2020Q1": 10.0, "2020Q2": 30.0, "2020Q3": 20.0, "2020Q4": 100.0}, Measure.LEVEL_YTD
    )

    assert chain(figures).shares[2020].source is ShareSource.EQUAL


def test_a_published_sum_stands_before_the_sum_of_published_quarters() -> None:
    values = {"2020Q1": 10.0, "2020Q2": 20.0, "2021Q1": 11.0, "2021Q2": 22.0}
    figures = make_figures(values, Measure.LEVEL_YTD)
    figures += make_figures({"2021Q1": 11.0, "2021Q2": 99.0}, Measure.LEVEL_QUARTER)

    assert chain(figures).ytd == pytest.approx([10.0, 10.0])


def test_a_year_with_a_missing_quarter_gives_no_chained_shares() -> None:
    values = dict.fromkeys(periods("2019Q1", "2021Q1"), 8.0)
    del values["2020Q2"]

    shares = chain(make_figures(values), make_indicator(shares=SKEWED)).shares

    assert [shares[year].source for year in (2019, 2020)] == ["chained", "usual"]


@pytest.mark.parametrize(
    ("known", "growth"),
    [
        ({}, [8.0] * 4),  # a year without figures: what was known last
        ({"2020Q1": 20.0}, [20.0] * 4),  # after the last figure: that figure
        ({"2020Q1": 8.0, "2020Q3": 12.0, "2020Q4": 12.0}, [8.0, 14.0, 14.0, 12.0]),  # the gap's
        ({"2020Q1": -100.0}, [-50.0] * 4),  # never down to nothing
    ],
)
def test_missing_quarters_are_bridged_with_the_best_growth_known(
    known: dict[str, float], growth: list[float]
) -> None:
    values = dict.fromkeys(periods("2019Q1", "2019Q4"), 8.0) | known | {"2021Q1": 8.0}

    history = chain(make_figures(values))

    assert np.exp(history.bridged[8:12]) / 0.27 == pytest.approx([1 + g / 100 for g in growth])


def test_growth_published_of_single_months_for_years_stands_before_levels() -> None:
    figures = rising("2010Q1", "2015Q4")
    figures += make_figures(dict.fromkeys(periods("2013Q1", "2015Q4"), 5.0), Measure.GROWTH_MONTH)

    assert history_of(OUTPUT, figures) is None


@pytest.mark.parametrize("measure", [Measure.GROWTH_MONTH, Measure.GROWTH_YTD])
def test_growth_published_between_quarter_ends_costs_no_levels(measure: Measure) -> None:
    figures = make_figures(dict.fromkeys(periods("2020Q1", "2021Q1"), 100.0), Measure.LEVEL_YTD)

    history = chain([*figures, *make_figures({"2021-05": 5.0}, measure)])

    assert (history.measure, history.ytd.tolist()) == (Measure.LEVEL_YTD, [0.0])


def rising(first: str, last: str) -> list[Observation]:
    """Return cumulative levels that rise by 6% a year."""
    quarters = [Quarter.parse(label) for label in periods(first, last)]
    return make_figures(
        {str(q): 25.0 * q.quarter * 1.06 ** (q.year - 2010) for q in quarters}, Measure.LEVEL_YTD
    )


def test_one_published_growth_stands_before_levels_and_costs_none_of_them() -> None:
    history = chain([*rising("2010Q1", "2015Q3"), *make_figures({"2015Q3": 6.9})])

    assert history.ytd == pytest.approx([6.0] * 18 + [6.9])
    assert history.derived == set(history.quarters) - {Quarter(2015, 3)}
    assert history.measure is Measure.GROWTH_YTD


def test_a_published_single_quarter_stands_before_levels_as_well() -> None:
    figures = [*rising("2010Q1", "2015Q3"), *make_figures({"2015Q3": 9.0}, Measure.GROWTH_QUARTER)]

    history = chain(figures)

    assert history.growth[-1] == pytest.approx(9.0)
    assert history.ytd[-2:] == pytest.approx([6.0, 7.0])


@pytest.mark.parametrize(("published", "derived"), [(11, True), (12, False)])
def test_levels_give_no_growth_once_enough_is_published_for_a_model(
    published: int, derived: bool
) -> None:
    known = dict.fromkeys(periods("2013Q1", "2015Q4")[-published:], 7.0)

    history = chain([*rising("2010Q1", "2015Q4"), *make_figures(known)])

    assert bool(history.derived) is derived
    assert history.figures == (20 if derived else 12)


def test_levels_on_their_own_say_that_growth_is_theirs() -> None:
    history = chain(rising("2010Q1", "2012Q4"))

    assert history.derived == set(history.quarters)


def test_growth_alone_is_all_published() -> None:
    assert chain(make_figures({"2021Q1": 8.0})).derived == frozenset()


def inside(figures: list[Observation], *months: str) -> list[Observation]:
    """Return figures of which those of some months are internal flashes."""
    flash = set(map(Month.parse, months))
    return [replace(f, status=Status.FLASH) if f.month in flash else f for f in figures]


def unpublished(figures: list[Observation]) -> list[str]:
    return sorted(map(str, chain(figures).unpublished))


@pytest.mark.parametrize("measure", [Measure.LEVEL_YTD, Measure.GROWTH_MONTH, Measure.RATIO])
def test_a_flash_of_another_measure_leaves_published_growth_published(measure: Measure) -> None:
    figures = make_figures(dict.fromkeys(periods("2022Q1", "2025Q4"), 8.0))
    figures += inside(make_figures({"2025-12": 105.0}, measure), "2025-12")

    assert unpublished(figures) == []
    assert unpublished(inside(figures, "2025-09")) == ["2025Q3"]


def test_growth_that_sums_up_a_flash_of_a_quarter_is_unpublished() -> None:
    single = make_figures(dict.fromkeys(periods("2024Q1", "2025Q4"), 8.0), Measure.GROWTH_QUARTER)

    assert unpublished(inside(single, "2024-09")) == ["2024Q3", "2024Q4"]
    assert unpublished([*inside(single, "2024-09"), *make_figures({"2024Q4": 8.0})]) == ["2024Q3"]


def test_growth_of_levels_is_unpublished_where_a_flash_is_in_either() -> None:
    months = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]
    levels = make_figures(
        {month: 10.0 + row for row, month in enumerate(months)}, Measure.LEVEL_MONTH
    )

    assert unpublished(inside(levels, "2024-08")) == ["2024Q3", "2024Q4", "2025Q3", "2025Q4"]
    assert unpublished(inside(levels, "2025-11")) == ["2025Q4"]


def test_the_open_quarter_is_published_where_its_growth_is() -> None:
    figures = make_figures(dict.fromkeys([*periods("2022Q1", "2025Q2"), "2025-08"], 8.0))
    level = inside(make_figures({"2025-08": 105.0}, Measure.LEVEL_YTD), "2025-08")

    for known, flash in ((figures + level, False), (inside(figures, "2025-08"), True)):
        partial = chain(known).partial
        assert partial is not None
        assert partial.unpublished == flash
