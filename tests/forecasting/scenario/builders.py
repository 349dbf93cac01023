"""A zone of made-up figures with a level for most of its indicators."""

from __future__ import annotations

from dataclasses import replace

from forecasting.figures.indicator import Catalogue, Inputs, Measure, Observation
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.question import Question
from tests.builders import ZONE, make_figures, make_indicator, make_target, steady_figures

UNITS = {"foreign_capital": "1e4 USD", "freight_trains": "trains"}
LEVELS = {
    "fixed_asset_investment": 40.0,
    "industrial_investment": 20.0,
    "technical_transformation_investment": 5.0,
    "industrial_output": 200.0,
    "industrial_operating_revenue": 190.0,
    "industrial_value_added": 50.0,
    "tax_revenue": 12.0,
    "general_public_budget_revenue": 6.0,
    "foreign_capital": 2000.0,
    "trade_total": 30.0,
    "freight_trains": 100.0,
}
NO_LEVEL = "gdp"
NAMES = (*LEVELS, NO_LEVEL)
CATALOGUE = Catalogue.of(
    [
        replace(make_indicator(name, order), unit=UNITS.get(name, "1e8 CNY"))
        for order, name in enumerate(NAMES)
    ]
)
ASK = Question(ZONE, 2021)
TARGETS = [make_target(name) for name in NAMES]


def figures(last: str = "2021Q2") -> list[Observation]:
    growth = [
        figure
        for place, name in enumerate(NAMES)
        for figure in steady_figures("2017Q1", last, 7.0 + place / 10, wobble=1.5, indicator=name)
    ]
    levels = [
        figure
        for name, level in LEVELS.items()
        for figure in make_figures({"2020Q4": level}, Measure.LEVEL_YTD, indicator=name)
    ]
    return growth + levels


def zone_baseline(last: str = "2021Q2") -> Baseline:
    return baseline_of(ASK, Inputs(CATALOGUE, TARGETS, figures(last)))
