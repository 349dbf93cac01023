"""Published growth of many series: read, backtested as the app would, and scored.

A folder of such series holds ``figures.csv`` (area, indicator, measure, period, value) and
``series.csv`` (area, indicator, measure, frequency, level, group, volatile). They are backtested
eight unrelated ones at a time under names of the catalogue, so that the correlation across
indicators is that of strangers. Losses are pinball at 10, 50 and 90% in units of the series'
median yearly change of full-year growth; the event is "exceeds 7".
"""

from __future__ import annotations

import csv
import random
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.scores import log_score
from data.store.seed import read_seeds
from forecasting.arrays import Array
from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import Inputs, Measure, Observation
from forecasting.figures.learner import Learner, read_learner
from forecasting.figures.period import Month
from forecasting.history.history import History
from forecasting.models.pool import predict
from forecasting.outlook.judge import outlook_of, prepare
from forecasting.outlook.outlook import Verdict
from forecasting.outlook.question import Question
from forecasting.record.backtest import backtest, origins
from forecasting.record.scores import SHOCK_YEARS, brier_score

AREA, THRESHOLD, CLIP = "CN", 7.0, 0.01
NAMES = (
    "gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales",
    "general_public_budget_revenue", "tax_revenue", "exports_usd", "resident_income",
)  # fmt: skip
LEVELS = np.array([0.1, 0.5, 0.9])
FOLDS, SEED = 3, 0
"""Parts of the groups that are left out in turn, and what shuffles these."""
SMALLEST_UNIT, USUAL_UNIT = 0.5, 1.0
"""Points: of a series that hardly moves, and of one of which no change is known."""

_SEEDS = read_seeds(Path(__file__).resolve().parents[1] / "seeds")
CATALOGUE, SHIPPED = _SEEDS.catalogue, _SEEDS.learner
NATION = next(area for area in _SEEDS.areas if area.id == AREA)


@dataclass(frozen=True, eq=False)
class Series:
    """Growth since January of one indicator of one area, by the month it runs to.

    Attributes
    ----------
    level
        Of the area, such as ``county/zone``.
    group
        What shares one cycle: a sector's value added, investment, profit and revenue.
    """

    area: str
    indicator: str
    level: str
    group: str
    monthly: bool
    growth: dict[Month, float]

    @property
    def unit(self) -> float:
        """The median yearly change of full-year growth."""
        ends = {month.year: value for month, value in self.growth.items() if month.month == 12}
        changes = [abs(end - ends[year - 1]) for year, end in ends.items() if year - 1 in ends]
        return max(statistics.median(changes), SMALLEST_UNIT) if changes else USUAL_UNIT

    def by_quarter(self) -> Series:
        """Return the series with the ends of quarters alone."""
        return replace(self, growth={m: value for m, value in self.growth.items() if m.quarter})

    def observations(self, name: str) -> list[Observation]:
        """Return the figures as published ones of an indicator of the catalogue."""
        basis = CATALOGUE[name].basis
        return [
            Observation(AREA, name, Measure.GROWTH_YTD, month, value, "%", basis)
            for month, value in sorted(self.growth.items())
        ]


@dataclass(frozen=True, slots=True)
class Case:
    """One answer: a series, a year and the last month known of it; 0 is the end of the year before.

    Attributes
    ----------
    quantiles
        At ``LEVELS``.
    history
        What the engine was shown.
    """

    series: Series
    year: int
    month: int
    quantiles: tuple[float, float, float]
    probability: float
    outcome: float
    history: History

    @property
    def shock(self) -> bool:
        """Whether the year is scored apart."""
        return self.year in SHOCK_YEARS


class Means(NamedTuple):
    """Mean scores of cases; ``holds`` and ``width`` (in units) are of the 80% interval."""

    pinball: float
    holds: float
    width: float
    brier: float
    log: float


def read_series(folder: Path) -> list[Series]:
    """Return every series that is not volatile, in the order of the file."""
    series: dict[tuple[str, str], Series] = {}
    with (folder / "series.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["measure"] == Measure.GROWTH_YTD and row["volatile"] == "0":
                key = row["area"], row["indicator"]
                monthly = row["frequency"] == "monthly"
                series[key] = Series(*key, row["level"], row["group"], monthly, {})
    with (folder / "figures.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            own = series.get((row["area"], row["indicator"]))
            if row["measure"] == Measure.GROWTH_YTD and own is not None:
                own.growth[Month.parse(row["period"])] = round(float(row["value"]), 1)
    return [own for own in series.values() if own.growth]


def shuffled(groups: Iterable[str]) -> list[str]:
    """Return every group once, in an order that is always the same and means nothing."""
    every = sorted(set(groups))
    random.Random(SEED).shuffle(every)
    return every


def folds_of(groups: Iterable[str]) -> dict[str, int]:
    """Return which third each group of series belongs to."""
    return {group: place % FOLDS for place, group in enumerate(shuffled(groups))}


def with_learners(
    chosen: Sequence[Series], every: Sequence[Series], left_out: Sequence[Path]
) -> list[tuple[list[Series], Learner | None]]:
    """Put series with what may forecast them.

    Parameters
    ----------
    every
        All series of the folder, whose groups make the thirds.
    left_out
        What ``tools.learn_growth --leave-out`` learned without each third; empty for what ships,
        which was learned from all.
    """
    if not left_out:
        return [(list(chosen), SHIPPED)]
    fold_of = folds_of(own.group for own in every)
    return [
        ([own for own in chosen if fold_of[own.group] == fold], read_learner(file.read_bytes()))
        for fold, file in enumerate(left_out)
    ]


def backtested(
    series: Sequence[Series],
    years: range,
    learner: Learner | None = SHIPPED,
    *,
    by_month: bool = False,
    last: int | None = None,
) -> Iterator[Case]:
    """Judge every year of every series from its quarters, or from its months.

    With ``last`` each origin is shown no figures but those of the last so many quarters.
    """
    for start in range(0, len(series), len(NAMES)):
        group = dict(zip(NAMES, series[start : start + len(NAMES)], strict=False))
        figures = [figure for name, own in group.items() for figure in own.observations(name)]
        # without the seed's targets, a threshold holds for every indicator that has figures
        known = Inputs(CATALOGUE, (), figures, learner=learner)
        question = Question(replace(NATION, reference=True), years[0], threshold=THRESHOLD)
        if last is not None:
            yield from _from_last(group, question, years, known, last)
            continue
        for case in backtest(question, years, known, by_month=by_month):
            if case.outcome is not None:
                own = group[case.verdict.indicator_id]
                yield _case(own, case.year, case.month, case.verdict, case.outcome)


def _from_last(
    group: Mapping[str, Series], question: Question, years: range, known: Inputs, last: int
) -> Iterator[Case]:
    for year in years:
        for origin in origins(year):
            at = origin.end.quarter
            shown = [
                figure
                for figure in known.observations
                if at and (own := figure.month.quarter) and 0 <= at - own < last
            ]
            asked = replace(question, year=year, as_of=origin)
            try:
                baseline = prepare(asked, replace(known, observations=shown))
            except AreaWithoutFigures:
                continue
            forecasts = predict(list(baseline.series), baseline.horizon)
            for verdict in outlook_of(baseline.with_forecasts(forecasts).drawn()).verdicts:
                own, latest = group[verdict.indicator_id], verdict.history.latest
                outcome = own.growth.get(Month(year, 12))
                if latest == origin.end and outcome is not None:
                    month = latest.month if latest.year == year else 0
                    yield _case(own, year, month, verdict, outcome)


def _case(own: Series, year: int, month: int, verdict: Verdict, outcome: float) -> Case:
    said = verdict.quantiles
    quantiles = said.q10, said.median, said.q90
    return Case(own, year, month, quantiles, verdict.probability, outcome, verdict.history)


def losses(cases: Sequence[Case]) -> Array:
    """Return the scores of each case, shape ``(n, 5)``: in the order of ``Means``."""
    said = np.array([case.quantiles for case in cases])
    outcome = np.array([case.outcome for case in cases])
    unit = np.array([case.series.unit for case in cases])
    miss = outcome[:, None] - said
    probability, met = [case.probability for case in cases], outcome > THRESHOLD
    return np.column_stack(
        [
            np.maximum(LEVELS * miss, (LEVELS - 1) * miss).mean(axis=1) / unit,
            (said[:, 0] <= outcome) & (outcome <= said[:, 2]),
            (said[:, 2] - said[:, 0]) / unit,
            brier_score(probability, met),
            log_score(probability, met, clip=CLIP),
        ]
    )


def means(cases: Sequence[Case]) -> Means:
    """Return the mean scores of cases."""
    return Means(*losses(cases).mean(axis=0).tolist())
