"""The lines of a brief: figures, against what they are held, and how far the year is."""

from dataclasses import replace

import pytest

from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Inputs,
    Measure,
    Names,
    Observation,
    PriceBasis,
    Status,
)
from forecasting.figures.period import Month, Quarter
from forecasting.issues.brief import brief_of
from forecasting.issues.snapshot import Above, BriefLine, GrowthToDate
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from tests.builders import ZONE, make_catalogue, make_figures, make_target, steady_figures

CITY = Area("C", Names("某市", "A city"), AreaKind.CITY, parent="P")
PROVINCE = Area("P", Names("某省", "A province"), AreaKind.PROVINCE, parent="N")
NATION = Area("N", Names("全国", "The nation"), AreaKind.NATION)
HOME = replace(ZONE, parent="C")
AREAS = (NATION, PROVINCE, CITY, HOME)
GROWTH = {"2021Q1": 8.4, "2021Q2": 7.9}


def figures(growth: dict[str, float] = GROWTH) -> list[Observation]:
    return [*steady_figures("2019Q1", "2020Q4"), *make_figures(growth)]


def outlook_of(observations: list[Observation], as_of: Quarter | None = None) -> Outlook:
    question = Question(HOME, 2021, as_of)
    return judge(question, Inputs(make_catalogue("output"), [make_target()], observations))


def told(
    more: list[Observation] | None = None,
    areas: tuple[Area, ...] = AREAS,
    known: list[Observation] | None = None,
    as_of: Quarter | None = None,
) -> BriefLine:
    observations = [*(figures() if known is None else known), *(more or [])]
    (line,) = brief_of(outlook_of(observations, as_of), areas, observations)
    return line


def levels(values: dict[str, float], measure: Measure = Measure.LEVEL_YTD) -> list[Observation]:
    return make_figures(values, measure)


def test_a_line_tells_the_last_figure_and_the_one_before() -> None:
    line = told()

    assert line.indicator == "output"
    assert line.latest == GrowthToDate(Month(2021, 6), 7.9)
    assert line.before == GrowthToDate(Month(2021, 3), 8.4)
    assert line.progress.gap == pytest.approx(0.9)
    assert (line.level, line.above, line.progress.share) == (None,) * 3
    assert not line.unpublished


def test_a_figure_between_the_ends_of_quarters_is_the_last_one_too() -> None:
    line = told(make_figures({"2021-07": 7.7, "2021-08": 7.5}))

    assert line.latest == GrowthToDate(Month(2021, 8), 7.5)
    assert line.before == GrowthToDate(Month(2021, 7), 7.7)


def test_the_first_quarter_is_held_against_the_year_before() -> None:
    line = told(known=figures({"2021Q1": 8.4}))

    assert line.before is not None
    assert line.before.period == Month(2020, 12)


def test_figures_too_far_apart_are_not_held_together() -> None:
    line = told(known=figures({"2021Q2": 7.9}))

    assert line.before is None


def test_an_estimate_is_not_told() -> None:
    estimate = [replace(f, status=Status.ESTIMATE) for f in make_figures({"2021Q3": 9.9})]

    assert told(estimate).latest.period == Month(2021, 6)


def test_nothing_after_the_cut_is_told() -> None:
    line = told(make_figures({"2021-08": 7.5}), as_of=Quarter(2021, 1))

    assert line.latest.period == Month(2021, 3)


@pytest.mark.parametrize("above", [["C", "P", "N"], ["P", "N"], ["N"]])
def test_growth_is_held_against_the_nearest_area_above_that_has_it(above: list[str]) -> None:
    rates = {"C": 6.1, "P": 5.2, "N": 4.3}
    more = [
        figure
        for area in above
        for figure in make_figures({"2021Q2": rates[area], "2021Q1": 1.0}, area=area)
    ]

    line = told(more)

    names = {area.id: area.name for area in AREAS}
    assert line.above == Above(above[0], names[above[0]], rates[above[0]])


def test_other_periods_areas_and_bases_are_no_comparison() -> None:
    other = replace(make_figures({"2021Q2": 6.0}, area="C")[0], basis=Basis(PriceBasis.COMPARABLE))
    more = [
        *make_figures({"2021Q1": 6.0, "2020Q2": 6.0}, area="C"),
        *make_figures({"2021Q2": 6.0}, area="ELSEWHERE"),
        other,
    ]

    assert told(more).above is None
    assert told(make_figures({"2021Q2": 6.0}, area="C"), areas=(HOME,)).above is None


def test_areas_that_are_above_each_other_end_the_search() -> None:
    circle = (replace(CITY, parent="P"), replace(PROVINCE, parent="C"), HOME)

    assert told(make_figures({"2021Q2": 6.0}, area="N"), areas=circle).above is None


def test_the_level_is_that_of_the_same_months() -> None:
    assert told(levels({"2021Q2": 50.0, "2021Q1": 20.0})).level == 50.0
    assert told(levels({"2021Q1": 20.0})).level is None


def test_single_quarters_are_summed_where_all_are_known() -> None:
    single = Measure.LEVEL_QUARTER

    assert told(levels({"2021Q1": 20.0, "2021Q2": 30.0}, single)).level == 50.0
    assert told(levels({"2021Q2": 30.0}, single)).level is None


def test_a_level_at_current_prices_stands_before_others() -> None:
    constant = Basis(PriceBasis.COMPARABLE)
    growth = [replace(figure, basis=constant) for figure in figures()]
    comparable = [replace(figure, basis=constant) for figure in levels({"2021Q2": 50.0})]
    target = make_target(basis=constant)
    for more, level in ((comparable, 50.0), ([*comparable, *levels({"2021Q2": 54.0})], 54.0)):
        observations = [*growth, *more]
        outlook = judge(
            Question(HOME, 2021), Inputs(make_catalogue("output"), [target], observations)
        )
        assert brief_of(outlook, AREAS, observations)[0].level == level


def test_progress_is_the_level_over_what_the_target_asks_of_the_year() -> None:
    line = told(levels({"2020Q2": 50.0, "2020Q4": 110.0, "2021Q2": 50.0 * 1.079}))

    assert line.progress.share == pytest.approx(50.0 * 1.079 / (110.0 * 1.07))


@pytest.mark.parametrize(
    "known",
    [
        {"2020Q2": 50.0, "2021Q2": 53.95},
        {"2020Q4": 110.0, "2021Q2": 53.95},
        {"2020Q2": 50.0, "2020Q4": 110.0},
        {"2020Q2": 0.0, "2020Q4": 110.0, "2021Q2": 53.95},
    ],
)
def test_progress_needs_every_level(known: dict[str, float]) -> None:
    assert told(levels(known)).progress.share is None


def test_levels_that_do_not_grow_as_published_tell_no_progress() -> None:
    """Investment fell as a level while its growth on a comparable scope was above zero."""
    line = told(levels({"2020Q2": 50.0, "2020Q4": 110.0, "2021Q2": 48.0}))

    assert line.level == 48.0
    assert line.progress.share is None


@pytest.mark.parametrize(
    ("of", "period", "measure"),
    [
        ("Z", "2021Q2", Measure.LEVEL_YTD),
        ("Z", "2021Q1", Measure.LEVEL_YTD),
        ("C", "2021Q2", Measure.GROWTH_YTD),
    ],
)
def test_a_line_with_a_flash_says_so(of: str, period: str, measure: Measure) -> None:
    flash = make_figures({period: 6.0}, measure, area=of)

    assert told([replace(figure, status=Status.FLASH) for figure in flash]).unpublished
    assert not told(flash).unpublished


def test_a_flash_of_growth_says_so() -> None:
    known = [
        replace(figure, status=Status.FLASH) if figure.month == Month(2021, 6) else figure
        for figure in figures()
    ]

    assert told(known=known).unpublished
