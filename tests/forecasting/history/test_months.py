"""Months inside an open quarter: what part of it grew, and how far such parts missed before."""

import math
from dataclasses import replace

import numpy as np
import pytest

from forecasting.arrays import plain_sum
from forecasting.figures.indicator import Measure, Observation, Status
from forecasting.figures.period import Month, Quarter
from forecasting.history.history import history_of, months_of
from forecasting.history.months import CONTRADICTION, USUAL_MISS
from tests.builders import chain, make_figures, make_indicator

YEARS = range(2015, 2021)


def monthly(noise: float = 0.0, years: range = YEARS) -> dict[str, float]:
    """Growth since January to every month but January, each month growing near 8%."""
    rng = np.random.default_rng(3)
    figures = {}
    for year in years:
        months = 8 + noise * rng.normal(size=12)
        months[1] = months[0]  # January and February are published together
        for month in range(2, 13):
            figures[f"{year}-{month:02d}"] = float(months[:month].mean())
    return figures


def quarterly(figures: dict[str, float]) -> dict[str, float]:
    return {label: value for label, value in figures.items() if int(label[-2:]) % 3 == 0}


def until(figures: dict[str, float], last: str) -> list[Observation]:
    return make_figures({label: value for label, value in figures.items() if label <= last})


@pytest.mark.parametrize(
    ("last", "part", "growth"),
    [("2020-02", 2 / 3, 5.0), ("2020-04", 1 / 3, 11.0), ("2020-05", 2 / 3, 9.5)],
)
def test_the_part_of_the_open_quarter_is_what_its_months_grew_by(
    last: str, part: float, growth: float
) -> None:
    """By hand, each month a twelfth: 1-2月 5, March 8, April 11, May 8."""
    year = {"2020-02": 5.0, "2020-03": 6.0, "2020-04": 29 / 4, "2020-05": 37 / 5}

    partial = chain(until(monthly() | year, last)).partial

    assert partial is not None
    assert (partial.month, partial.part) == (Month.parse(last), pytest.approx(part))
    assert partial.growth == pytest.approx(growth)
    assert partial.earlier[2019] == pytest.approx(8.0)


def test_a_history_without_months_has_no_part_and_months_of_past_quarters_change_nothing() -> None:
    figures = monthly(1.0, range(2015, 2020))

    plain, with_months = chain(make_figures(quarterly(figures))), chain(make_figures(figures))

    assert plain.partial is None
    assert with_months.partial is None
    assert (plain.ytd == with_months.ytd).all()
    assert plain.latest == Month(2019, 12)


def test_a_month_tells_nothing_where_the_quarter_before_it_is_not_known() -> None:
    figures = {label: v for label, v in monthly().items() if label != "2020-06"}

    partial = chain(until(figures, "2020-08")).partial

    assert partial is not None
    assert partial.month == Month(2020, 5)  # of the quarter after the origin, not of the one after


def test_what_parts_missed_before_is_what_they_are_expected_to_miss() -> None:
    calm, wild = (chain(until(monthly(noise), "2020-08")).partial for noise in (0.2, 2.0))

    assert calm is not None
    assert wild is not None
    assert wild.deviation > 3 * calm.deviation


def test_without_earlier_months_the_usual_miss_of_other_series_stands() -> None:
    figures = monthly(1.0)
    lonely = quarterly(figures) | {"2020-08": figures["2020-08"], "2020-05": figures["2020-05"]}

    after_two = chain(until(lonely, "2020-08")).partial
    after_one = chain(until(quarterly(figures) | {"2020-07": figures["2020-07"]}, "2020-08"))

    assert after_two is not None
    assert after_one.partial is not None
    assert after_two.earlier == {}
    ratio = after_one.partial.deviation / after_two.deviation
    assert ratio == pytest.approx(USUAL_MISS[7] / USUAL_MISS[8], rel=0.25)


def test_rounding_bounds_what_a_single_month_can_tell() -> None:
    partial = chain(until(monthly(), "2020-10")).partial

    assert partial is not None
    assert partial.deviation > 0.003  # ten months rounded, less nine of them, over one


def test_levels_give_months_only_where_they_give_quarters() -> None:
    levels = {f"{year}-{month:02d}": month * 1.1 ** (year - 2018) for year in (2018, 2019, 2020)
              for month in range(2, 13)}  # fmt: skip
    own = make_figures({k: v for k, v in levels.items() if k <= "2020-08"}, Measure.LEVEL_YTD)

    derived = chain(own).partial
    published = history_of(
        make_indicator(), [*own, *make_figures(quarterly(monthly(years=range(2012, 2020))))]
    )

    assert derived is not None
    assert derived.growth == pytest.approx(10.0)
    assert published is not None
    assert published.partial is None


def test_single_months_sum_to_quarters_and_to_the_part_that_is_known() -> None:
    level = {
        f"{year}-{month:02d}": (4.0 + month) * 1.1 ** (year - 2018)
        for year in (2018, 2019, 2020)
        for month in range(1, 13)
    }
    singles = {month: value for month, value in level.items() if month <= "2020-08"}
    since = {
        month: plain_sum(v for m, v in level.items() if month[:4] + "-01" <= m <= month)
        for month in singles
    }

    summed = chain(make_figures(singles, Measure.LEVEL_MONTH))
    published = chain(make_figures(since, Measure.LEVEL_YTD))

    assert summed.quarters == published.quarters
    assert summed.ytd == pytest.approx(published.ytd)
    assert summed.shares == published.shares
    assert summed.partial is not None
    assert summed.partial.month == Month(2020, 8)
    assert summed.partial.growth == pytest.approx(10.0)
    del singles["2020-02"]
    assert str(chain(make_figures(singles, Measure.LEVEL_MONTH)).origin) == "2019Q4"


def test_figures_beside_the_series_form_no_history() -> None:
    beside = [
        figure
        for measure in Measure
        if not measure.forms_series
        for figure in make_figures({"2020Q4": 5.0, "2021Q4": 6.0}, measure)
    ]
    levels = make_figures({"2020Q4": 100.0, "2021Q4": 108.0}, Measure.LEVEL_YTD)

    assert history_of(make_indicator(), beside) is None
    both = chain([*levels, *beside]).ytd, chain(levels).ytd
    assert both[0] == pytest.approx(both[1], nan_ok=True)


def test_a_flash_of_a_month_is_marked_and_an_estimate_forms_no_part() -> None:
    figures = until(monthly(), "2020-08")
    marked = [
        replace(figure, status=status) if figure.month == Month(2020, 8) else figure
        for status in (Status.FLASH, Status.ESTIMATE)
        for figure in figures
    ]
    flash, estimate = marked[: len(figures)], marked[len(figures) :]

    known, before = chain(flash).partial, chain(estimate).partial

    assert known is not None
    assert known.unpublished
    assert before is not None
    assert before.month == Month(2020, 7)


def test_a_quarter_far_from_its_part_contradicts_it() -> None:
    figures = monthly(0.3)
    sound = make_figures(figures)
    broken = make_figures(figures | {"2020-08": figures["2020-08"] + 5.0})

    assert not months_of(chain(sound), sound).contradicts(Month(2020, 8))
    assert months_of(chain(broken), broken).contradicts(Month(2020, 8))
    assert CONTRADICTION >= 4


def test_a_month_that_fell_to_nothing_tells_nothing() -> None:
    figures = until(monthly() | {"2020-07": -50.0, "2020-08": -70.0}, "2020-08")

    assert chain(figures).partial is None


def test_months_share_what_is_known_of_a_year() -> None:
    history = chain(until(monthly(), "2020-10"))

    assert history.origin == Quarter(2020, 3)
    assert history.share_known(2020) == pytest.approx(10 / 12, abs=1e-3)
    assert history.share_known(2021) == 0.0
    assert history.ytd_to_month(2019) == pytest.approx(8.0)
    assert math.isnan(history.ytd_to_month(2014))
