import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forecasting.arrays import Array
from forecasting.models.student_t import StudentT, fit_student_t
from tests.forecasting.models.slow_student_t import Law, log_posterior, slow_student

LEAST = 3e-4


def fitted(values: Array, most: float = 12.0, least: float = LEAST) -> StudentT:
    return fit_student_t(values, np.ones(len(values)), most, least)


def parts(law: StudentT) -> Law:
    return law.location, law.scale, law.freedom


def drawn(seed: int) -> tuple[Array, Array]:
    """Errors with tails of all kinds, some with a crisis, and how often each counts."""
    rng = np.random.default_rng([31, seed])
    count = int(rng.integers(2, 40))
    values = 0.01 * rng.standard_t([1.5, 3, 8, 100][seed % 4], count) + rng.normal(0, 0.01)
    if seed % 3 == 0:
        values[0] += 0.3
    return values, rng.uniform(0.05, 1.5, count)


@pytest.mark.parametrize("seed", range(16))
def test_the_t_is_that_of_a_direct_search_of_its_posterior(seed: int) -> None:
    values, counts = drawn(seed)

    law = fit_student_t(values, counts, 9, LEAST)

    location, scale, freedom = slow_student(values, counts, 9, LEAST)
    assert law.freedom == freedom
    assert law.scale == pytest.approx(scale, rel=1e-6)
    assert law.location == pytest.approx(location, abs=1e-6 * scale)


@given(
    seed=st.integers(0, 10_000),
    most=st.integers(3, 30),
    moved=st.floats(-2, 2),
    widened=st.floats(0.2, 5),
    freedom=st.integers(3, 30),
)
def test_no_other_t_is_likelier(
    seed: int, most: int, moved: float, widened: float, freedom: int
) -> None:
    values, counts = drawn(seed)

    law = fit_student_t(values, counts, most, LEAST)

    other = law.location + moved * law.scale, max(LEAST, widened * law.scale), min(freedom, most)
    best = log_posterior(values, counts, parts(law))
    assert best >= log_posterior(values, counts, other) - 1e-9 * (1 + abs(best))


@pytest.mark.parametrize(("freedom", "low", "high"), [(3, 3, 4), (6, 5, 8), (200, 25, 30)])
def test_many_errors_tell_the_t_that_they_are_of(freedom: int, low: int, high: int) -> None:
    values = 0.02 + 0.01 * np.random.default_rng(2).standard_t(freedom, 20_000)

    law = fitted(values, most=30)

    assert low <= law.freedom <= high
    assert law.location == pytest.approx(0.02, abs=3e-4)
    assert law.scale == pytest.approx(0.01, rel=0.04)


def test_nothing_told_is_the_prior() -> None:
    """Of one value that hardly counts the mode of the prior is left: ten degrees of freedom."""
    assert fit_student_t(np.array([0.01]), np.array([1e-9]), 30, LEAST).freedom == 10


@pytest.mark.parametrize("value", [0.0, 0.02, -1e6, 1e-12])
@pytest.mark.parametrize("count", [1, 2, 40])
def test_equal_errors_have_the_least_scale(value: float, count: int) -> None:
    law = fitted(np.full(count, value))

    assert law.location == pytest.approx(value, rel=1e-12)
    assert law.scale == pytest.approx(LEAST)


def test_errors_of_which_most_are_equal_have_the_least_scale_and_the_heaviest_tails() -> None:
    law = fitted(np.array([0.0] * 18 + [0.05, 0.4]))

    assert law.scale == LEAST
    assert law.freedom == 3
    assert abs(law.location) < LEAST


def test_two_errors_lie_on_either_side() -> None:
    law = fitted(np.array([-0.01, 0.03]), most=5)

    assert law.location == pytest.approx(0.01)
    # Of two values at the distance a the likelihood is highest where a^2 is the square scale.
    assert law.scale == pytest.approx(0.02)
    assert law.freedom == 5


@given(
    seed=st.integers(0, 10_000),
    exponent=st.integers(-300, 300),
    sign=st.sampled_from([-1.0, 1.0]),
    shift=st.floats(-10, 10),
)
@example(seed=0, exponent=-300, sign=1.0, shift=0.0)
@example(seed=0, exponent=300, sign=-1.0, shift=0.0)
def test_a_shift_and_another_unit_change_nothing_else(
    seed: int, exponent: int, sign: float, shift: float
) -> None:
    values, counts = drawn(seed)
    unit = sign * 2.0**exponent
    law = fit_student_t(values, counts, 12, LEAST)

    moved = fit_student_t(unit * (values + shift), counts, 12, abs(unit) * LEAST)

    assert moved.freedom == law.freedom
    assert moved.scale / abs(unit) == pytest.approx(law.scale, rel=1e-6)
    assert moved.location / unit - shift == pytest.approx(law.location, abs=1e-6 * law.scale)


@given(seed=st.integers(0, 10_000))
def test_a_value_that_counts_twice_is_that_value_twice(seed: int) -> None:
    values, _ = drawn(seed)

    once = fit_student_t(values, np.full(len(values), 2.0), 12, LEAST)
    twice = fitted(np.concatenate([values, values]))

    assert parts(once) == pytest.approx(parts(twice), rel=1e-7)


def test_a_value_that_counts_for_nothing_is_not_there() -> None:
    values, counts = drawn(4)

    more = fit_student_t(np.append(values, 50.0), np.append(counts, 0.0), 12, LEAST)

    assert parts(more) == pytest.approx(parts(fit_student_t(values, counts, 12, LEAST)))


@given(seed=st.integers(0, 10_000), wild=st.floats(1.0, 1e6), sign=st.sampled_from([-1.0, 1.0]))
def test_one_wild_error_among_many_has_a_bounded_say(seed: int, wild: float, sign: float) -> None:
    values = 0.01 * np.random.default_rng(seed).normal(size=24)
    calm = fitted(values)

    law = fitted(np.append(values, sign * wild))

    assert law.freedom <= 4
    assert law.scale < 1.5 * calm.scale
    assert law.location == pytest.approx(calm.location, abs=0.5 * calm.scale)


@pytest.mark.parametrize(("most", "freedoms"), [(0.0, {3}), (3.0, {3}), (5.9, {3, 4, 5})])
def test_degrees_of_freedom_are_whole_from_three_to_the_most(
    most: float, freedoms: set[int]
) -> None:
    found = {fitted(drawn(seed)[0], most).freedom for seed in range(60)}

    assert found == freedoms


def test_the_same_errors_twice_give_the_same_bits() -> None:
    values, counts = drawn(7)

    assert fit_student_t(values, counts, 12, LEAST) == fit_student_t(
        values.copy(), counts, 12, LEAST
    )
