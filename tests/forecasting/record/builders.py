"""Cases of a track record, made by hand."""

from __future__ import annotations

from dataclasses import replace

from forecasting.figures.period import Quarter
from forecasting.history.history import history_of
from forecasting.record.backtest import BacktestCase
from tests.builders import make_figures, make_indicator, make_target, periods
from tests.ui.outlooks import make_verdict

YEARS_OF_GROWTH = (
    (9.0, 9.0, 8.5, 8.0),  # falls by 1.0, 1.0 and 0.5 to the year's end
    (8.0, 7.0, 7.0, 7.2),  # falls by 0.8, rises by 0.2 and 0.2
    (6.0, 6.5, 6.8, 7.0),  # rises by 1.0, 0.5 and 0.2
)
"""Growth since January of 2021 to 2023; their ends exceed 7% twice of three times."""


def make_case(
    known: tuple[float, ...], *, probability: float = 0.5, met: bool | None = True, year: int = 2024
) -> BacktestCase:
    """Return a case of 2024 with the figures of that year known so far."""
    values = [value for row in YEARS_OF_GROWTH for value in row] + list(known)
    labels = periods("2021Q1", str(Quarter(2021, 1) + (len(values) - 1)))
    figures = make_figures(dict(zip(labels, values, strict=True)))
    history = history_of(make_indicator("output"), figures)
    assert history is not None
    verdict = replace(make_verdict(probability), target=make_target(), history=history)
    return BacktestCase(year, len(known), verdict, None if met is None else 7.5, met)
