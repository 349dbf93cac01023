"""Train the learned member on published growth of many series.

    python -m tools.learn_growth FOLDER > seeds/learned_growth.json

FOLDER holds figures.csv and series.csv: growth since January of many sectors and areas at the ends
of quarters. Nothing of them goes into the file but what the networks keep. For every year there
are parameters learned from the years before it. The same figures give the same bytes on the same
machine; ``--leave-out K`` learns without every third group of series, the Kth, so that the
rest can be scored on what it was not learned from.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from scipy.special import ndtri, stdtr

from benchmarks.published_growth import CATALOGUE, FOLDS, folds_of, read_series, shuffled
from forecasting.arrays import Array, Indices
from forecasting.figures.learner import LOG_SCALES, MOST_DEVIATIONS, Learner, Parameters
from forecasting.history.history import history_of
from forecasting.history.log_levels import FEWEST_FOR_MODELS, SEASON, LogLevels
from forecasting.models.learned import (
    FREEDOM,
    features_of,
    learned,
    slowing,
    table_of,
    yearly_changes,
)
from forecasting.models.pool import ModelForecasts, forecast_by_models
from forecasting.models.pool_weights import prior_weights, rest_of_year
from forecasting.models.runtime import use_one_thread

INDICATOR = "industrial_value_added"
"""Whose usual shares stand for quarters without levels: near a quarter each."""
FIRST_CASE, FIRST_YEAR, LAST_YEAR = 2007, 2010, 2026
"""The first year learned from, and the years with parameters of their own."""
NETWORKS, HIDDEN = 2, 8
EPOCHS, BATCH, RATE, DECAY = 80, 1024, 0.01, 0.6
WEIGHT_OF_OTHER_ENDS, WEIGHT_OF_CUT, WEIGHT_OF_SHIFTED = 0.3, 0.3, 0.3
"""Of the ends of quarters but the fourth; of the same case seen with its last figures alone; of
the same series with years that begin in April, July and October."""
FEWEST_KEPT, MOST_KEPT = 2, 12
"""Figures that a cut case keeps: what a zone may have."""
LARGEST_ERROR = 30.0
"""In units."""
RIDGES = (3.5, 0.5)
"""Years of no correction that are added to the regression of errors on growth: to the constant, of
which every year shows one, and to the slope, which every year shows in hundreds of series."""
SPREAD = (0.96, 0.97, 1.0, 1.03)
"""By quarters known, so that 80% intervals of this half hold about 80 to 84% in calm years."""
DIGITS = 4
SERIES_AT_ONCE = 500
SEED = 0


@dataclass(frozen=True, eq=False)
class Case:
    """A series at an origin, and what became of the year.

    Attributes
    ----------
    series
        Up to the origin.
    year
        In which the year ends that is asked for; it begins in January, or is a shifted one.
    ends
        Shape ``(4,)``: log growth since its beginning in points, NaN where not known.
    rest
        Log growth of the rest of the year.
    """

    group: str
    year: int
    known: int
    series: LogLevels
    ends: Array
    rest: float


def read(folder: Path) -> list[tuple[str, LogLevels]]:
    """Return the series that are not volatile, with their groups."""
    series = []
    for own in sorted(read_series(folder), key=lambda own: (own.area, own.indicator)):
        history = history_of(CATALOGUE[INDICATOR], own.by_quarter().observations(INDICATOR))
        if history is not None:
            series.append((own.group, history.log_levels()))
    return series


def cases_of(group: str, series: LogLevels) -> list[Case]:
    """Return every origin of a series whose year is known to its end."""
    table, _ = table_of(series)
    first = series.first.year + 1
    observed = np.isfinite(series.modelled)
    cases = []
    for year in range(max(FIRST_CASE, first + 1), first + len(table)):
        row = (year - first) * SEASON
        if row + SEASON > len(observed) or not observed[row : row + SEASON].all():
            continue
        for known in range(SEASON):
            if not observed[row + known - 1]:
                continue
            levels = series.filled
            rest = np.logaddexp.reduce(levels[row + known + SEASON : row + 2 * SEASON])
            rest -= np.logaddexp.reduce(levels[row + known : row + SEASON])
            cases.append(
                Case(
                    group,
                    year,
                    known,
                    series.until(row + known + SEASON),
                    table[year - first],
                    float(rest),
                )
            )
    return cases


def shifted(series: LogLevels) -> list[LogLevels]:
    """Return the series with years that begin in April, July and October.

    Growth since April turns into growth of a year as growth since January does, and dates, of
    which there are few, so teach four times. Quarters are named so that a year is the one it
    ends in.
    """
    first = series.first + SEASON
    return [
        replace(
            series,
            first=first,
            values=series.values[by:],
            filled=series.filled[by:],
            growth=series.modelled[by:],
            to_date=None,
        )
        for by in range(1, SEASON)
        if len(series.values) > by + 2 * SEASON
    ]


@dataclass(frozen=True, eq=False)
class Examples:
    """What networks learn from.

    Attributes
    ----------
    features, errors
        Shapes ``(n, d)`` and ``(n, 4)``, in units; errors are NaN where the end is known.
    years, known, folds
        Shape ``(n,)``: of the cases, and the fold that the group of each is in.
    weight
        Of each in the likelihood.
    """

    features: Array
    errors: Array
    years: Indices
    known: Indices
    folds: Indices
    weight: float

    @classmethod
    def of(
        cls, cases: Sequence[Case], fold_of: Mapping[str, int], weight: float, *, cut: bool = False
    ) -> Examples:
        """Look at cases; ``cut`` leaves each its last figures alone."""
        draw = random.Random(SEED)
        features, errors = [], []
        for case in cases:
            table, known = table_of(case.series)
            if cut:
                table = _cut(table, known, draw)
            now, unit, seen = features_of(table, known)
            features.append(seen)
            error = (case.ends - now) / unit
            error[:known] = np.nan
            errors.append(np.clip(error, -LARGEST_ERROR, LARGEST_ERROR))
        return cls(
            np.array(features),
            np.array(errors),
            np.array([case.year for case in cases]),
            np.array([case.known for case in cases]),
            np.array([fold_of[case.group] for case in cases]),
            weight,
        )

    def before(self, year: int, without: int | None = None) -> Examples:
        """Return those of the years before one, without those of a fold."""
        chosen = (self.years < year) & (self.folds != without)
        return Examples(
            *(own[chosen] for own in (self.features, self.errors, self.years, self.known)),
            self.folds[chosen],
            self.weight,
        )


def _cut(table: Array, known: int, draw: random.Random) -> Array:
    size = table.size - SEASON + known
    kept = FEWEST_KEPT + int(draw.random() * (min(MOST_KEPT, size) - FEWEST_KEPT + 1))
    rows = table.ravel().copy()
    rows[: size - kept] = np.nan
    return rows.reshape(-1, SEASON)[(size - kept) // SEASON :]


def train(whole: Examples, *others: Examples) -> Parameters:
    """Fit networks to examples by the likelihood of a t: Adam with weight decay."""
    centre = whole.features.mean(axis=0)
    scale = whole.features.std(axis=0) + 1e-3

    def inputs(own: Examples) -> Array:
        place = np.clip((own.features - centre) / scale, -MOST_DEVIATIONS, MOST_DEVIATIONS)
        return np.column_stack([place, np.eye(SEASON)[own.known]])

    every = whole, *others
    x = np.vstack([inputs(own) for own in every])
    z = np.vstack([own.errors for own in every])
    ends = np.array([*[WEIGHT_OF_OTHER_ENDS] * (SEASON - 1), 1.0])
    weight = np.concatenate([np.full(len(own.years), own.weight) for own in every])[:, None] * ends
    hidden, hidden_bias, out, direct, bias = _adam(x, z, weight)
    fitted = Parameters(
        centre,
        scale,
        hidden,
        hidden_bias,
        out,
        direct,
        bias,
        np.tile(np.eye(SEASON), (SEASON, 1, 1)),
        np.zeros(2),
        np.array(SPREAD),
    )
    return _rounded(replace(fitted, correlation=_correlation(fitted, whole)))


def _adam(x: Array, z: Array, weight: Array) -> list[Array]:
    """Return the weights of networks that say location and log scale of every end."""
    rng = np.random.default_rng(SEED)
    n, d = x.shape
    valid = np.isfinite(z)
    weight = np.where(valid, weight, 0.0) / weight[valid].mean()
    z = np.where(valid, z, 0.0)
    outputs = 2 * SEASON
    shapes = [(d, HIDDEN), (1, HIDDEN), (HIDDEN, outputs), (d, outputs), (1, outputs)]
    start = [1 / np.sqrt(d), 0.0, 0.1 / np.sqrt(HIDDEN), 0.0, 0.0]
    own = [
        size * rng.normal(size=(NETWORKS, *shape))
        for size, shape in zip(start, shapes, strict=True)
    ]
    decays = [1.0, 0.0, 1.0, 1.0, 0.0]
    first, second = [np.zeros_like(p) for p in own], [np.zeros_like(p) for p in own]
    batches = -(-n // BATCH)
    steps = EPOCHS * batches
    for step in range(1, steps + 1):
        if step % batches == 1 or batches == 1:
            order = np.stack([rng.permutation(n) for _ in range(NETWORKS)])
        place = (step - 1) % batches * BATCH
        rows = order[:, place : place + BATCH]
        gradients = _gradients(own, x[rows], z[rows], weight[rows])
        rate = RATE * _course(step / steps)
        for i, gradient in enumerate(gradients):
            first[i] = 0.9 * first[i] + 0.1 * gradient
            second[i] = 0.999 * second[i] + 0.001 * gradient**2
            move = first[i] / (1 - 0.9**step)
            move /= np.sqrt(second[i] / (1 - 0.999**step)) + 1e-8
            own[i] = own[i] * (1 - rate * DECAY * decays[i]) - rate * move
    return own


def _course(part: float) -> float:
    """Return the learning rate at a part of the way: it rises, then falls as a cosine."""
    if part < 0.3:
        return float(0.04 + 0.48 * (1 - np.cos(np.pi * part / 0.3)))
    return float(0.5 * (1 + np.cos(np.pi * (part - 0.3) / 0.7)))


def _gradients(own: list[Array], x: Array, z: Array, weight: Array) -> list[Array]:
    """Return the gradients of the mean negative log likelihood of a t."""
    hidden_weights, hidden_bias, out, direct, bias = own
    hidden = np.tanh(x @ hidden_weights + hidden_bias)
    said = hidden @ out + x @ direct + bias
    scale = np.exp(np.clip(said[..., SEASON:], *LOG_SCALES))
    error = (z - said[..., :SEASON]) / scale
    pull = (FREEDOM + 1) * error / (FREEDOM + error**2)
    both = np.concatenate([-weight * pull / scale, weight * (1 - pull * error)], axis=-1)
    both /= x.shape[1]
    back = (both @ out.transpose(0, 2, 1)) * (1 - hidden**2)
    turned = x.transpose(0, 2, 1)
    return [
        turned @ back,
        back.sum(axis=1, keepdims=True),
        hidden.transpose(0, 2, 1) @ both,
        turned @ both,
        both.sum(axis=1, keepdims=True),
    ]


def _correlation(fitted: Parameters, whole: Examples) -> Array:
    """Return how errors at the ends of quarters go together, by quarters known."""
    matrices = np.tile(np.eye(SEASON), (SEASON, 1, 1))
    for quarter in range(SEASON):
        rows = np.flatnonzero(whole.known == quarter)
        said = [fitted.ends(whole.features[row], quarter) for row in rows]
        errors = np.array(
            [(whole.errors[row] - m) / s for row, (m, s) in zip(rows, said, strict=True)]
        )
        errors = np.clip(errors[:, quarter:], -3, 3)
        errors = errors[np.isfinite(errors).all(axis=1)]
        if len(errors) > 2 * SEASON and quarter < SEASON - 1:
            matrices[quarter][quarter:, quarter:] = 0.99 * np.corrcoef(errors.T) + 0.01 * np.eye(
                SEASON - quarter
            )
    return matrices


def _rounded(parameters: Parameters) -> Parameters:
    return Parameters(
        *(
            np.vectorize(lambda number: float(f"{number:.{DIGITS}g}"))(getattr(parameters, f.name))
            for f in fields(Parameters)
        )
    )


def normal_scores(cases: Sequence[Case], whole: Examples, *others: Examples) -> Array:
    """Return the normal score of every case's outcome in a pool that has not seen its group.

    NaN before ``FIRST_YEAR`` and where the series was too short for models.

    Parameters
    ----------
    whole
        The cases as examples, in their order.
    """
    scores = np.full(len(cases), np.nan)
    models: dict[int, ModelForecasts] = {}
    able = [
        place
        for place, case in enumerate(cases)
        if case.year >= FIRST_YEAR and case.series.figures >= FEWEST_FOR_MODELS
    ]
    for start in range(0, len(able), SERIES_AT_ONCE):
        places = able[start : start + SERIES_AT_ONCE]
        made = forecast_by_models([cases[place].series for place in places], SEASON)
        models.update(zip(places, made, strict=True))
    for year in range(FIRST_YEAR, LAST_YEAR):
        for fold in range(FOLDS):
            asked = np.flatnonzero((whole.years == year) & (whole.folds == fold))
            before = [own.before(year, fold) for own in (whole, *others)]
            if not len(asked) or not len(before[0].years):
                continue
            learner = Learner({year: train(*before)}, "")
            for place in asked:
                case = cases[place]
                taught = learned(replace(case.series, learner=learner), SEASON)
                if place in models and taught is not None:
                    scores[place] = _normal_score(case, (*models[place], taught))
    return scores


def _normal_score(case: Case, forecasts: ModelForecasts) -> float:
    changes = len(yearly_changes(table_of(case.series)[0]))
    weights = prior_weights([forecast.report.method for forecast in forecasts], changes)
    parts = rest_of_year(case.series)
    ahead = len(parts)
    probability = 0.0
    for weight, forecast in zip(weights, forecasts, strict=True):
        scale = np.sqrt(parts @ forecast.covariance[:ahead, :ahead] @ parts)
        place = (case.rest - parts @ forecast.mean[:ahead]) / scale
        probability += weight * stdtr(forecast.degrees_of_freedom, place)
    return float(ndtri(np.clip(probability, 0.01, 0.99)))


def reversion(cases: Sequence[Case], scores: Array, before: int) -> Array:
    """Regress normal scores of the years before one on fast growth; every year counts the same."""
    rows = [i for i, case in enumerate(cases) if case.year < before and np.isfinite(scores[i])]
    if not rows:
        return np.zeros(2)
    years = np.array([cases[i].year for i in rows])
    count = {year: int((years == year).sum()) for year in set(years.tolist())}
    weight = np.array([1 / count[int(year)] for year in years])
    columns = np.array([slowing(*table_of(cases[i].series)) for i in rows])
    weighted = columns * weight[:, None]
    return np.linalg.solve(weighted.T @ columns + np.diag(RIDGES), weighted.T @ scores[rows])


def main() -> None:
    """Write the parameters of every year."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--leave-out", type=int)
    given = arguments.parse_args()
    use_one_thread()
    series = read(given.folder)
    groups = shuffled(group for group, _ in series)
    fold_of = folds_of(groups)
    learned_from = [(group, own) for group, own in series if fold_of[group] != given.leave_out]
    cases = [case for group, own in learned_from for case in cases_of(group, own)]
    turned = [
        case
        for group, own in learned_from
        for other in shifted(own)
        for case in cases_of(group, other)
    ]
    # Folds within what is learned from: another turn of the groups than the one left out.
    folds = {group: place // FOLDS % FOLDS for place, group in enumerate(groups)}
    examples = (
        Examples.of(cases, folds, 1.0),
        Examples.of(cases, folds, WEIGHT_OF_CUT, cut=True),
        Examples.of(turned, folds, WEIGHT_OF_SHIFTED),
    )
    scores = normal_scores(cases, *examples)
    learned_years = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        before = [own.before(year) for own in examples]
        own = train(*before)
        own = _rounded(replace(own, reversion=reversion(cases, scores, year)))
        learned_years[str(year)] = {f.name: getattr(own, f.name).tolist() for f in fields(own)}
        print(year, len(before[0].years), own.reversion, file=sys.stderr)
    json.dump({"years": learned_years}, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
