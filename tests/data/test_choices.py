import pytest

from data import choices
from forecasting.figures.indicator import Area, AreaKind, Measure, Names
from forecasting.figures.period import Month, Quarter
from tests.builders import make_figures, make_target

NATION = Area("CN", Names("全国", "China"), AreaKind.NATION, reference=True)
HOME = Area("H", Names("本区", "Home"), AreaKind.ZONE, home=True)


def test_the_home_area_is_the_default_once_it_has_figures() -> None:
    assert choices.default_area([NATION, HOME], ["CN", "H"]) is HOME
    assert choices.default_area([NATION, HOME], ["CN"]) is NATION


def test_growth_of_months_and_levels_beside_growth_do_not_count_as_growth() -> None:
    monthly = make_figures({"2026Q2": 5.0}, Measure.GROWTH_MONTH, indicator="retail")
    levels = make_figures({"2026Q1": 100.0}, Measure.LEVEL_YTD, indicator="retail")
    growth = make_figures({"2024Q1": 5.0, "2025Q3": 6.0}, indicator="gdp")

    assert choices.growth_span([*monthly, *levels]) is None
    assert choices.growth_span([*monthly, *levels, *growth]) == (Quarter(2024, 1), Quarter(2025, 3))
    assert choices.growth_span(levels) == (Quarter(2026, 1), Quarter(2026, 1))


@pytest.mark.parametrize(
    ("last", "years", "default"),
    [
        (Quarter(2026, 2), (2026, 2025, 2024), 2026),
        (Quarter(2025, 4), (2026, 2025, 2024), 2026),
        (Quarter(2025, 3), (2025, 2024), 2025),
    ],
)
def test_a_year_is_offered_once_figures_reach_the_quarter_before_it(
    last: Quarter, years: tuple[int, ...], default: int
) -> None:
    span = (Quarter(2023, 1), last)

    assert choices.year_options(span, [make_target(year=0)]) == years
    assert choices.default_year(span, years) == default


def test_only_years_with_a_target_are_offered_where_there_are_targets() -> None:
    span = (Quarter(2015, 1), Quarter(2026, 2))

    assert choices.year_options(span, [make_target(year=2025), make_target(year=2026)]) == (
        2026, 2025,
    )  # fmt: skip
    assert len(choices.year_options(span, [])) == 11


def test_the_year_of_the_latest_figure_is_offered_where_targets_end_before_it() -> None:
    span = (Quarter(2015, 1), Quarter(2026, 2))

    years = choices.year_options(span, [make_target(year=2019)])

    assert years == (2026, 2019)
    assert choices.default_year(span, years) == 2026


def test_a_closed_year_stays_the_default_until_the_next_has_targets() -> None:
    span = (Quarter(2015, 1), Quarter(2026, 4))

    years = choices.year_options(span, [make_target(year=2026)])

    assert (years, choices.default_year(span, years)) == ((2026,), 2026)


def test_figures_can_be_cut_from_the_quarter_before_the_year_on() -> None:
    span = (Quarter(2015, 1), Quarter(2026, 2))

    assert choices.as_of_options(span, 2026) == (Quarter(2026, 1), Quarter(2025, 4))
    assert choices.as_of_options(span, 2020)[0] == Quarter(2020, 3)


def test_figures_can_be_cut_at_months_that_have_some_and_the_latest_may_be_one() -> None:
    span, months = (Quarter(2015, 1), Quarter(2026, 2)), [Month(2026, 8), Month(2026, 5)]

    assert choices.latest_period(span, 2026, months) == Month(2026, 8)
    assert list(map(str, choices.as_of_options(span, 2026, months))) == [
        "2026Q2", "2026-05", "2026Q1", "2025Q4",
    ]  # fmt: skip
    assert choices.latest_period(span, 2025, months) == Quarter(2025, 4)
    assert choices.as_of_options(span, 2026) == (Quarter(2026, 1), Quarter(2025, 4))


def test_levels_of_single_months_span_what_they_sum_to() -> None:
    months = {f"2025-{month:02d}": 5.0 for month in range(1, 8)}
    levels = make_figures(months, Measure.LEVEL_MONTH)
    stock = make_figures({"2025Q4": 5.0}, Measure.LEVEL_END, indicator="loans")

    assert choices.growth_span([*levels, *stock]) == (Quarter(2025, 1), Quarter(2025, 2))
    assert choices.growth_span(levels[1:]) is None
    assert choices.growth_span(make_figures({"2025Q4": 5.0}, Measure.GROWTH_END)) is None


def test_months_that_can_be_cut_at_have_growth_since_january_and_end_no_quarter() -> None:
    rates = make_figures({"2026-02": 8.0, "2026-03": 8.0})
    single = make_figures({"2026-04": 8.0}, Measure.GROWTH_MONTH)

    assert choices.growth_months([*rates, *single]) == {Month(2026, 2)}
