"""What an outlook is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.figures.indicator import Area
from forecasting.figures.period import Quarter

DEFAULT_SEED = 7


@dataclass(frozen=True, slots=True)
class Question:
    """An area and a year, and what a reader may vary.

    Attributes
    ----------
    as_of
        Cut the figures after this quarter; None keeps all.
    threshold
        Percent that replaces the threshold of every target; None keeps the targets. An area
        without targets for the year is then held to ``>`` this threshold on every main
        indicator it has figures of.
    seed
        Of every random draw.
    correlated
        Whether shocks are correlated across indicators as their residuals are.
    outliers
        Whether outliers are looked for; without, a shock of the past stays in the forecast.
    """

    area: Area
    year: int
    as_of: Quarter | None = None
    threshold: float | None = None
    seed: int = DEFAULT_SEED
    correlated: bool = True
    outliers: bool = True
