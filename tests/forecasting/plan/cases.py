"""A zone of two indicators whose future is known to be normal, and two items that measure them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecasting.figures.indicator import Inputs, Measure, Names
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.predictive import Member, ModelReport, Predictive
from forecasting.outlook.question import Question
from forecasting.plan.criteria import Criteria, Reference, Scope, Yardstick, read_criteria
from tests.builders import ZONE, make_catalogue, make_figures

YEAR = 2026
PAST = {2021: 5.0, 2022: 9.0, 2023: 7.0, 2024: 12.0, 2025: 3.0}
"""Growth of full years before, of both indicators."""
MEAN, DEVIATION = (0.08, 0.02), (0.06, 0.04)
"""Log growth of any quarter on the year before, of each indicator."""
LEVEL = 100.0
CITY = {2022: 800.0, 2025: 1000.0}
"""Levels of the city of a zone, which grows by 7.7% a year."""
QUESTION = Question(ZONE, YEAR)

CRITERIA = """
id = "two_items"
path = "economic"
zh = "两项"
en = "Two items"
year = 2021
first_edition = 2022

[source.somewhere]
title = "somewhere"
url = "https://example.org"

[[class]]
id = "only"
zh = "一类"
en = "One class"
weight = 100
source = "somewhere"

[[class.item]]
id = "output"
zh = "产值"
en = "Output"
unit = "1e8 CNY"
direction = "up"
indicator = "output"
source = "somewhere"

[[class.item]]
id = "trade"
zh = "进出口"
en = "Trade"
unit = "1e8 CNY"
direction = "up"
indicator = "trade"
source = "somewhere"
"""


def criteria() -> Criteria:
    return read_criteria(CRITERIA, "two_items.toml", ("output", "trade"))


def known() -> Inputs:
    figures = []
    for name in ("output", "trade"):
        growth = {f"{year}Q{k}": rate for year, rate in PAST.items() for k in (1, 2, 3, 4)}
        figures += make_figures(growth, indicator=name)
        figures += make_figures({"2025Q4": LEVEL}, Measure.LEVEL_YTD, indicator=name)
    return Inputs(make_catalogue("output", "trade"), (), figures)


def normal_engine(batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
    """Forecast growth on the year before as independent normal draws."""
    return [
        _normal(series, horizon, mean, deviation)
        for series, mean, deviation in zip(batch, MEAN, DEVIATION, strict=True)
    ]


def _normal(series: LogLevels, horizon: int, mean: float, deviation: float) -> Predictive:
    levels = list(series.filled)
    for _ in range(horizon):
        levels.append(levels[-SEASON] + mean)
    quarters = np.arange(horizon)
    years = np.minimum.outer(quarters, quarters) // SEASON + 1
    same = np.equal.outer(quarters % SEASON, quarters % SEASON)
    covariance = deviation**2 * years * same
    report = ModelReport.of("normal", series.figures)
    member = Member(1.0, np.array(levels[-horizon:]), covariance, np.inf, report)
    return Predictive(series.origin, (member,))


def yardstick(
    item: str, mean: float, year: int = 2025, scope: Scope = Scope.ALL, break_: str = ""
) -> Yardstick:
    """Return a total of one zone, so that it is its own mean."""
    return Yardstick(
        item=item, year=year, scope=scope, zones=1, total=mean, unit="1e8 CNY", break_=break_,
        source=Reference(title="", url=""), note=Names("", ""),
    )  # fmt: skip
