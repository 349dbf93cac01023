"""Scores of a track record, by hand."""

from dataclasses import replace

import pytest

from forecasting.record.record import ComparedCase, record_of
from tests.forecasting.record.builders import make_case


def test_scores_are_paired_case_by_case() -> None:
    said = [
        make_case((7.0, 7.5), probability=0.8),
        make_case((7.0, 7.5), probability=0.1, met=False),
    ]

    record = record_of(said)

    assert record.every is not None
    scores = record.every.scores
    assert scores.count == 2
    assert scores.issued == pytest.approx((0.04 + 0.01) / 2)
    assert scores.simple == pytest.approx(((1 / 3) ** 2 + (2 / 3) ** 2) / 2)
    assert scores.frequency == pytest.approx((0.4**2 + 0.6**2) / 2)
    assert scores.on_simple == pytest.approx(1 - 0.025 / (5 / 18))


def test_a_case_without_an_outcome_is_shown_but_not_scored() -> None:
    record = record_of([make_case((7.0,), met=None)])

    assert [answer.case.met for answer in record.answers] == [None]
    assert (record.every, record.calm, record.shock) == (None, None, None)
    assert isinstance(record.answers[0], ComparedCase)


def test_under_twenty_answers_there_are_no_bins() -> None:
    nineteen = record_of([make_case((7.0, 7.5))] * 19)
    twenty = record_of([make_case((7.0, 7.5))] * 20)

    assert nineteen.every is not None
    assert twenty.every is not None
    assert nineteen.every.bins == ()
    assert [bin.count for bin in twenty.every.bins] == [20]


def test_shock_years_are_scored_apart() -> None:
    record = record_of([make_case((7.0,)), replace(make_case((7.0,)), year=2021)])

    assert record.calm is not None
    assert record.shock is not None
    assert [a.case.year for a in record.calm.answers] == [2024]
    assert [a.case.year for a in record.shock.answers] == [2021]
