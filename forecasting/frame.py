"""Outlooks of pandas frames, for programs of others: growth in, probabilities out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Catalogue,
    Comparator,
    Direction,
    Indicator,
    IndicatorGroup,
    Inputs,
    Measure,
    Names,
    Observation,
    PriceBasis,
    Target,
)
from forecasting.figures.learner import Learner
from forecasting.figures.period import Month, Quarter, parse_period
from forecasting.figures.target import USUAL_LINE
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.outlook.quantiles import QUANTILE_NAMES
from forecasting.outlook.question import DEFAULT_SEED, Question

_AREA = Area("frame", Names("数据表", "Frame"), AreaKind.ZONE)
_BASIS = Basis(PriceBasis.CURRENT)


@dataclass(frozen=True, slots=True)
class OutlookFrame:
    """The outlook of a year.

    Attributes
    ----------
    indicators
        One row for each column of the growth that was given: ``probability`` that the year's
        growth, as first published, meets its line; quantiles of that growth in percent;
        ``required_pace`` that the rest of the year must average in percent, NaN where nothing is
        left; ``latest``, the last quarter or month it stands on. NaN throughout where no growth
        was given.
    fan
        Quantiles of growth since January in percent, by indicator and open quarter.
    p_all, p_all_error
        That all lines are met together, and the Monte Carlo standard error of it.
    weakest
        The indicator whose certain clearing would raise ``p_all`` most; None where all is known.
    """

    indicators: pd.DataFrame
    fan: pd.DataFrame
    p_all: float
    p_all_error: float
    weakest: str | None


def outlook_of(
    growth: pd.DataFrame,
    year: int,
    *,
    learner: Learner | None,
    line: float | Mapping[str, float] = USUAL_LINE,
    comparator: str = ">",
    seed: int = DEFAULT_SEED,
) -> OutlookFrame:
    """Return the probabilities that growth of a year meets its lines.

    Parameters
    ----------
    growth
        Growth since January in percent, as published: a column for each indicator, a row for each
        quarter or month (``2026Q2``, ``2026-08``, or what pandas makes of a ``PeriodIndex``);
        NaN where nothing was published. Row 1 is the first period; gaps are allowed.
    year
        Calendar year that is judged; rows after its end change nothing.
    learner
        What was learned from series of others, as ``read_learner`` reads it from
        ``seeds/learned_growth.json``. None does without, and forecasts worse.
    line
        Percent, the same for all or by column.
    comparator
        How growth is held against the line: ``>``, ``>=``, ``<`` or ``<=``.

    Raises
    ------
    ValueError
        If a column stands twice, a row is no quarter or month, a value is infinite, a column has
        two values to the end of one month, such as 2026Q2 and 2026-06, or no line.
    AreaWithoutFigures
        If no column has a figure before the end of the year.
    """
    names = [str(name) for name in growth.columns]
    if len({*names}) != len(names):
        raise ValueError("two columns have one name")
    lines = dict(line) if isinstance(line, Mapping) else dict.fromkeys(names, line)
    if missing := [name for name in names if name not in lines]:
        raise ValueError(f"no line for {missing[0]!r}")
    catalogue = Catalogue.of([_indicator(name, place) for place, name in enumerate(names)])
    targets = [
        Target("frame", name, year, Comparator(comparator), lines[name], _BASIS, "")
        for name in names
    ]
    inputs = Inputs(catalogue, targets, _observations(growth, names), learner=learner)
    return _frames(judge(Question(_AREA, year, seed=seed), inputs), names)


def _indicator(name: str, place: int) -> Indicator:
    return Indicator(
        id=name, name=Names(name, name), short=Names(name, name), aliases=(), unit="",
        measures=(Measure.GROWTH_YTD,), basis=_BASIS, group=IndicatorGroup.MAIN,
        direction=Direction.UP, order=place,
    )  # fmt: skip


def _observations(growth: pd.DataFrame, names: list[str]) -> list[Observation]:
    found: dict[tuple[str, Month], Observation] = {}
    for period, values in zip(growth.index, growth.to_numpy(dtype=np.float64), strict=True):
        month = _month(period)
        for name, value in zip(names, values.tolist(), strict=True):
            if math.isinf(value):
                raise ValueError(f"{name!r} is infinite in {period}")
            if not math.isnan(value):
                if (name, month) in found:
                    raise ValueError(f"{name!r} has two values to the end of {month}")
                found[name, month] = Observation(
                    "frame", name, Measure.GROWTH_YTD, month, value, "%", _BASIS
                )
    return list(found.values())


def _month(period: object) -> Month:
    """Return the last month of a quarter, or the month itself."""
    try:
        read = parse_period(str(period))
    except ValueError as error:
        raise ValueError(f"{period!r} is no quarter or month") from error
    return read.end if isinstance(read, Quarter) else read


def _frames(outlook: Outlook, names: list[str]) -> OutlookFrame:
    verdicts = {verdict.indicator_id: verdict for verdict in outlook.verdicts}
    rows = {name: _row(verdicts.get(name)) for name in names}
    together = outlook.all_clear
    columns = ["probability", *QUANTILE_NAMES, "required_pace", "latest"]
    return OutlookFrame(
        indicators=pd.DataFrame.from_dict(rows, orient="index", columns=columns),
        fan=pd.DataFrame(
            [point.quantiles for verdict in outlook.verdicts for point in verdict.fan],
            columns=list(QUANTILE_NAMES),
            index=pd.MultiIndex.from_tuples(
                [
                    (verdict.indicator_id, str(point.quarter))
                    for verdict in outlook.verdicts
                    for point in verdict.fan
                ],
                names=["indicator", "quarter"],
            ),
        ),
        p_all=together.probability if together else math.nan,
        p_all_error=together.error if together else math.nan,
        weakest=together.weakest.indicator_id if together and together.weakest else None,
    )


def _row(verdict: Verdict | None) -> list[float | str | None]:
    if verdict is None:
        return [*(math.nan,) * (len(QUANTILE_NAMES) + 2), None]
    pace = verdict.pace.shown if verdict.pace else math.nan
    return [verdict.probability, *verdict.quantiles, pace, str(verdict.history.latest)]
