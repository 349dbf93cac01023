import math
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.indicator import Comparator
from forecasting.figures.target import Cut, cut_of, published
from forecasting.outlook.pace import required_average, shown_pace
from tests.builders import make_target

EQUAL = (0.25, 0.25, 0.25, 0.25)
# Growth in thousandths, so that the decimal oracle sees exactly what was meant.
growths = st.integers(-40_000, 40_000).map(lambda thousandths: Decimal(thousandths) / 1000)
thresholds = st.integers(-2_000, 2_000).map(lambda hundredths: Decimal(hundredths) / 100)
comparators = st.sampled_from(Comparator)


def meets_in_decimals(growth: Decimal, comparator: Comparator, threshold: Decimal) -> bool:
    """Publish in exact decimals, then compare: the slow and obvious way."""
    figure = growth.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return {
        Comparator.ABOVE: figure > threshold,
        Comparator.AT_LEAST: figure >= threshold,
        Comparator.BELOW: figure < threshold,
        Comparator.AT_MOST: figure <= threshold,
        Comparator.ABOUT: abs(figure - threshold) <= Decimal("0.5"),
    }[comparator]


@given(growth=growths)
def test_publication_rounds_to_one_decimal_half_away_from_zero(growth: Decimal) -> None:
    expected = growth.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    assert published(float(growth)) == float(expected)


@given(growth=growths, comparator=comparators, threshold=thresholds)
def test_a_growth_meets_the_cut_exactly_when_its_published_figure_meets_the_target(
    growth: Decimal, comparator: Comparator, threshold: Decimal
) -> None:
    target = make_target(threshold=float(threshold), comparator=comparator, tolerance=0.5)

    met = cut_of(target).met_by(float(growth))

    assert met == meets_in_decimals(growth, comparator, threshold)


@given(tenths=st.integers(-400, 400), comparator=comparators, threshold=thresholds)
def test_a_published_figure_meets_the_cut_of_its_own_target(
    tenths: int, comparator: Comparator, threshold: Decimal
) -> None:
    figure = Decimal(tenths) / 10
    target = make_target(threshold=float(threshold), comparator=comparator, tolerance=0.5)

    met = cut_of(target).met_by(float(figure))

    assert met == meets_in_decimals(figure, comparator, threshold)


@pytest.mark.parametrize(
    ("comparator", "threshold", "growth", "met"),
    [
        (">", 7.0, 7.04, False),
        (">", 7.0, 7.05, True),
        (">", 7.0, 7.049999, False),
        (">=", 7.0, 6.95, True),
        (">=", 7.0, 6.94, False),
        (">", 7.03, 7.05, True),
        (">", 7.03, 7.04, False),
        (">=", 7.03, 7.04, False),
        (">=", 7.03, 7.05, True),
        (">", 0.0, 0.04, False),
        (">", 0.0, 0.05, True),
        (">", -2.0, -1.95, False),
        (">", -2.0, -1.94, True),
        ("<", 3.0, 2.94, True),
        ("<", 3.0, 2.95, False),
        ("<=", 3.0, 3.04, True),
        ("<=", 3.0, 3.05, False),
        ("~", 5.0, 5.54, True),
        ("~", 5.0, 5.55, False),
        ("~", 5.0, 4.45, True),
        ("~", 5.0, 4.44, False),
    ],
)
def test_the_cut_is_where_the_published_figure_turns(
    comparator: str, threshold: float, growth: float, met: bool
) -> None:
    target = make_target(threshold=threshold, comparator=Comparator(comparator), tolerance=0.5)

    assert cut_of(target).met_by(growth) is met


@given(tenths=st.integers(-100, 100), comparator=comparators, threshold=thresholds)
def test_many_growths_are_held_to_a_cut_as_one_is(
    tenths: int, comparator: Comparator, threshold: Decimal
) -> None:
    cut = cut_of(make_target(threshold=float(threshold), comparator=comparator, tolerance=0.5))
    ends = [Decimal(tenths) / 10 + Decimal(step) / 100 for step in (-5, -1, 0, 1, 5)]

    met = cut.met_by(np.array([float(growth) for growth in ends]))

    assert met.tolist() == [meets_in_decimals(end, comparator, threshold) for end in ends]


@pytest.mark.parametrize(("known", "pace"), [(0, 7.1), (1, 8.1), (2, 10.1), (3, 16.2)])
def test_at_a_steady_four_percent_the_required_pace_is_rounded_up(known: int, pace: float) -> None:
    cut = cut_of(make_target())

    average = required_average(cut, 4.0, sum(EQUAL[:known]))

    assert shown_pace(average, cut) == pace


def test_a_year_that_goes_on_at_the_shown_pace_is_published_above_the_threshold() -> None:
    cut = cut_of(make_target())
    shares = (0.2, 0.24, 0.26, 0.3)

    for tenths in range(-300, 300):
        shown = shown_pace(required_average(cut, tenths / 10, sum(shares[:2])), cut)
        full_year = 0.44 * tenths / 10 + 0.56 * shown
        assert published(full_year) > 7.0


def test_the_pace_under_a_ceiling_is_rounded_down() -> None:
    cut = cut_of(make_target(threshold=3.0, comparator=Comparator.AT_MOST))

    average = required_average(cut, 2.97, sum(EQUAL[:2]))

    assert average == pytest.approx(3.13)
    assert shown_pace(average, cut) == 3.1


def test_a_cut_without_an_end_is_open_to_infinity() -> None:
    assert cut_of(make_target()) == Cut(7.05, math.inf, True, False)


@pytest.mark.parametrize(
    ("comparator", "threshold", "growth", "met"),
    [
        (">=", 0.0, -0.04, True),
        (">=", 0.0, -0.05, False),
        ("<=", 0.0, 0.04, True),
        ("<=", 0.0, 0.05, False),
        ("<", 0.0, -0.05, True),
        (">=", -2.0, -2.05, False),
        ("<=", -2.0, -1.95, True),
        ("~", 5.0, 5.55, False),
    ],
)
def test_the_cut_turns_with_the_published_figure_around_zero(
    comparator: str, threshold: float, growth: float, met: bool
) -> None:
    target = make_target(threshold=threshold, comparator=Comparator(comparator), tolerance=0.5)

    assert cut_of(target).met_by(growth) is met


def test_a_pace_on_the_grid_is_not_rounded_up_for_the_noise_of_binary_arithmetic() -> None:
    assert shown_pace(8.1 + 2e-15, cut_of(make_target())) == 8.1
    assert shown_pace(8.1 + 1e-6, cut_of(make_target())) == 8.2


@pytest.mark.parametrize(
    ("sign", "threshold", "so_far"),
    [("<=", 3.0, 3.0), ("<", 3.0, 2.9), (">", -2.0, -2.0), (">=", 0.0, 0.1)],
)
def test_going_on_at_the_shown_pace_meets_the_target(
    sign: str, threshold: float, so_far: float
) -> None:
    cut = cut_of(make_target(threshold=threshold, comparator=Comparator(sign)))

    shown = shown_pace(required_average(cut, so_far, sum(EQUAL[:2])), cut)

    assert cut.met_by((so_far + shown) / 2)
