"""Rates of reference classes: their distribution has the mean and the quantiles it is given."""

import numpy as np
import pytest
from hypothesis import given

from forecasting.scenario.reference_class import (
    CERTAIN,
    PRIOR,
    Quantity,
    Rate,
    RateKey,
    RealisationRates,
    ReferenceClass,
)
from tests.forecasting.scenario.strategies import rates

SHARES = (np.arange(100_000) + 0.5) / 100_000


@pytest.mark.parametrize("key", PRIOR, ids="-".join)
def test_every_prior_rate_is_possible(key: RateKey) -> None:
    assert PRIOR[key][0].possible


@given(rate=rates())
def test_a_rate_has_the_mean_and_the_quantiles_that_are_said(rate: Rate) -> None:
    drawn = rate.at(SHARES)

    assert drawn.mean() == pytest.approx(rate.expected, abs=1e-6)
    assert rate.at(np.array([0.1, 0.9])) == pytest.approx([rate.low, rate.high])
    assert (np.diff(drawn) >= -1e-12).all()
    assert drawn.min() >= 0


@pytest.mark.parametrize("high", [0.9, 1.0])
def test_a_share_of_what_happens_or_not_is_never_more_than_all(high: float) -> None:
    assert Rate(0.8, 0.6, high).at(SHARES).max() <= 1


def test_one_in_ten_of_what_is_typed_brings_nothing() -> None:
    for key in PRIOR:
        if key[1] is Quantity.TYPED_SHARE:
            assert (PRIOR[key][0].at(SHARES) == 0).mean() == pytest.approx(0.1, abs=0.001)


def test_what_is_certain_is_one_on_every_path() -> None:
    assert set(CERTAIN.at(SHARES)) == {1.0}


def test_a_mean_outside_its_ends_is_impossible() -> None:
    assert not Rate(0.9, 0.1, 0.2).possible
    assert not Rate(0.1, 0.2, 0.9).possible


def test_a_rate_of_a_scenario_stands_before_the_prior() -> None:
    key = (ReferenceClass.SIGNED, Quantity.START_2Q)
    own = RealisationRates(((key, Rate(0.2, 0.1, 0.3)),))

    assert own.rate(*key) == Rate(0.2, 0.1, 0.3)
    assert own.rate(*key[:1], Quantity.START_4Q) == PRIOR[key[0], Quantity.START_4Q][0]


def test_within_a_class_more_start_the_longer_one_waits() -> None:
    for reference in (ReferenceClass.SIGNED, ReferenceClass.PLANNED_START):
        steps = [
            PRIOR[reference, quantity][0].at(SHARES)
            for quantity in (Quantity.START_2Q, Quantity.START_4Q, Quantity.START_EVER)
        ]
        assert [round(float(step.mean()), 2) for step in steps] == sorted(
            round(float(step.mean()), 2) for step in steps
        )
        assert (steps[0] <= steps[1] + 1e-9).all()
