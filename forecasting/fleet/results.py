"""What a run of the fleet is, and what it says of each area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from forecasting.figures.indicator import AreaKind, Comparator, Names
from forecasting.figures.period import Month, Quarter
from forecasting.outlook.lights import Light


@dataclass(frozen=True, slots=True)
class FleetRun:
    """What all areas of a run share.

    Attributes
    ----------
    quarter
        The results are compared with those of the same quarter.
    as_of
        Cut the figures after this quarter; None keeps all.
    vintage
        The figures are those known at it.
    issued_at
        When the run began, in UTC: every document says so, however often the run is resumed.
    today
        The same day where the areas are.
    engine
        The name of what forecasts.
    origins
        How many quarters of earlier years are judged as well, each from the figures up to it alone.
    """

    year: int
    quarter: Quarter
    as_of: Quarter | None
    vintage: int
    issued_at: datetime
    today: date
    app_version: str
    engine: str
    origins: int = 0


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """A verdict in short.

    Attributes
    ----------
    latest, growth
        The month that the last growth since January runs to, and that growth in percent.
    q10, median, q90
        Of full-year growth in percent.
    """

    indicator: str
    counts: bool
    comparator: Comparator
    threshold: float
    probability: float
    light: Light | None
    latest: Month
    growth: float
    q10: float
    median: float
    q90: float


@dataclass(frozen=True, slots=True)
class FleetBacktest:
    """How earlier years of an area would have been judged.

    Attributes
    ----------
    cases
        Verdicts from all origins whose outcome is known.
    brier, brier_persistence, brier_frequency
        Mean Brier scores of their probabilities and of two simple forecasts, as of
        ``record.BrierScores``; None without any case.
    """

    cases: int
    brier: float | None = None
    brier_persistence: float | None = None
    brier_frequency: float | None = None


@dataclass(frozen=True, slots=True)
class FleetResult:
    """What a run says of an area.

    Attributes
    ----------
    province
        Id of the province; empty where there is none.
    p_all, light
        That all targets which count are met, and the light of that; None where none counts, and
        the light of a reference area.
    weakest
        The indicator of the weakest link; empty where there is none.
    lights
        How many verdicts that count have each light.
    verdicts
        In catalogue order.
    inputs_sha256
        Of all that the result follows from.
    sha256
        Of the document.
    document
        The snapshot, as ``issues.json.read_snapshot`` reads it. Its number is 0: no office counts
        it among its issues.
    backtest
        None in a run without origins.
    """

    area: str
    name: Names
    kind: AreaKind
    province: str
    reference: bool
    synthetic: bool
    p_all: float | None
    light: Light | None
    weakest: str
    lights: Mapping[Light, int]
    verdicts: tuple[VerdictLine, ...]
    inputs_sha256: str
    sha256: str
    document: bytes = field(repr=False)
    backtest: FleetBacktest | None = None


@dataclass(frozen=True, slots=True)
class FleetFailure:
    """Why an area has no result: the code of an error, or the name of a defect, and a line."""

    area: str
    code: str
    reason: str
