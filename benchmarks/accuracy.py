"""Scores of every method on the same series, as in the M4 competition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import NamedTuple

import numpy as np

from benchmarks.exchange import Answer
from benchmarks.methods import NAIVE2
from benchmarks.scores import coverage, mase, msis, owa, smape
from benchmarks.series import Series
from forecasting.arrays import Array

Answers = Mapping[str, Answer]
"""The answers of one method by the key of the history."""


class Means(NamedTuple):
    """Means over all series of what is scored; the shares are those of quarters within."""

    smape: float
    mase: float
    coverage80: float
    coverage95: float
    msis80: float
    msis95: float


@dataclass(frozen=True)
class Scores:
    """What is said of one method.

    Attributes
    ----------
    owa
        Overall weighted average of sMAPE and MASE relative to those of Naive2.
    means
        Of the single scores.
    milliseconds
        Processor time for each series.
    failed
        Series without a forecast, for which that of Naive2 stood in.
    """

    owa: float
    means: Means
    milliseconds: float
    failed: int


def score(
    series: Sequence[Series], setting: str, answers: Mapping[str, Answers]
) -> dict[str, Scores]:
    """Return the scores of every method.

    Parameters
    ----------
    series
        All that count.
    setting
        Which history the methods saw.
    answers
        By the id of the method; those of Naive2 are among them.
    """
    keys = [one.key(setting) for one in series]
    references = [answers[NAIVE2][key] for key in keys]
    naive = _means(series, setting, references)
    scores = {}
    for method, given in answers.items():
        made = [given[key] for key in keys]
        used = [b if a.failed else a for a, b in zip(made, references, strict=True)]
        means = _means(series, setting, used)
        scores[method] = Scores(
            owa=owa(means.smape, means.mase, naive.smape, naive.mase),
            means=means,
            milliseconds=mean(answer.milliseconds for answer in made),
            failed=sum(answer.failed for answer in made),
        )
    return scores


def _means(series: Sequence[Series], setting: str, answers: Sequence[Answer]) -> Means:
    rows = [
        _one(one.history(setting), one.test, np.array(answer.rows))
        for one, answer in zip(series, answers, strict=True)
    ]
    return Means(*map(float, np.mean(rows, axis=0)))


def _one(history: Array, outcomes: Array, forecast: Array) -> Means:
    point, lower80, upper80, lower95, upper95 = forecast.T
    return Means(
        smape(point, outcomes),
        mase(point, outcomes, history),
        coverage(lower80, upper80, outcomes),
        coverage(lower95, upper95, outcomes),
        msis(lower80, upper80, outcomes, history, 0.80),
        msis(lower95, upper95, outcomes, history, 0.95),
    )
