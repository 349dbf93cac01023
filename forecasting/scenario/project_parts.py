"""What a project brings to each indicator by quarter, as it may start, be late, or neither."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.scenario.draws import uniforms
from forecasting.scenario.entries import Project
from forecasting.scenario.levers import Source
from forecasting.scenario.parts import Frame, Part, Step
from forecasting.scenario.project_dates import begun, first_invested, past

_MONEY, _TAX = "1e8 CNY", "1e4 CNY"


@dataclass(frozen=True, slots=True)
class _Flow:
    """What a project brings to one indicator, quarter by quarter as planned, times its steps."""

    indicator: str
    unit: str
    first: Quarter | None
    amount: Callable[[Quarter], float]
    steps: tuple[Step, ...] = ()


def project_parts(project: Project, frame: Frame) -> list[Part]:
    """Return the parts of a project; its start and its delay are drawn once for all of them.

    What has begun by now goes on as planned: only dates ahead can be late or never come. Of a
    project in the trend the parts are what differs from what the trend carries.
    """
    outcome = _outcomes(project, frame)
    chance: tuple[Step, ...] = ()
    if not begun(project, frame.now):
        chance = (Step("start_probability", project.start_probability, Source.JUDGEMENT),)
    parts = []
    for flow in _flows(project, frame):
        table = np.stack([*_by_delay(project, flow, frame), np.zeros(4)])
        part = Part(flow.indicator, flow.unit, table, 0.0, (*flow.steps, *chance), outcome)
        parts.append(part)
    if project.in_trend is not None:
        parts = _beyond(parts, project_parts(project.in_trend, frame))
    return [part for part in parts if (part.shares @ part.table).any()]


def _beyond(parts: list[Part], carried: list[Part]) -> list[Part]:
    """Return what parts bring beyond those that the trend carries; below zero what falls away.

    Delays of both are drawn with the same numbers, so that what differs in nothing brings nothing
    on any path.
    """
    own, trend = ({part.indicator: part for part in some} for some in (parts, carried))
    return [_difference(own.get(indicator), trend.get(indicator)) for indicator in {**own, **trend}]


def _difference(part: Part | None, carried: Part | None) -> Part:
    """Return one part for both, with a row for every pair of their outcomes."""
    one = part or carried
    assert one is not None
    nothing = replace(one, table=np.zeros_like(one.table))
    own, trend = part or nothing, carried or nothing
    assert own.outcome is not None
    assert trend.outcome is not None
    table = (own.table[:, None, :] - trend.table[None, :, :]).reshape(-1, 4)
    outcome = own.outcome * len(trend.table) + trend.outcome
    return replace(one, table=table, outcome=outcome)


def _outcomes(project: Project, frame: Frame) -> NDArray[np.intp]:
    """Return the delay in quarters on each path, shape ``(paths,)``.

    Where the project never starts it is one more than the longest: the row of nothing.
    """
    bounds = np.cumsum(project.delay)[:-1]
    drawn = uniforms(frame.seed, f"delay {project.id}")
    delay = np.searchsorted(bounds, drawn, side="right")
    if begun(project, frame.now):
        return delay
    starts = uniforms(frame.seed, f"start {project.id}") < project.start_probability
    return np.where(starts, delay, len(project.delay))


def _by_delay(project: Project, flow: _Flow, frame: Frame) -> list[Array]:
    """Return the amounts of the year's four quarters for each delay."""
    quarters = [Quarter(frame.year, number) for number in (1, 2, 3, 4)]
    late = 0 if past(flow.first, frame.now) else -1
    size = math.prod(step.value**step.power for step in flow.steps)
    return [
        size * np.array([flow.amount(quarter + late * delay) for quarter in quarters])
        for delay in range(len(project.delay))
    ]


def _flows(project: Project, frame: Frame) -> list[_Flow]:
    """Return everything a project brings."""
    invested, counted, producing = first_invested(project), project.counted, project.producing
    investment = partial(_investment, project, invested)
    output = partial(_running, project, project.output, counted)
    tax = partial(_running, project, project.tax, producing)
    rate = Step("value_added_rate", project.value_added_rate, Source.JUDGEMENT)
    retained = Step("retained", project.retained, Source.JUDGEMENT)
    sold = _common("sales_rate", frame.sales_rate)
    real = _common("price_index", frame.price_index, power=-1)
    flows = [
        _Flow("fixed_asset_investment", _MONEY, invested, investment),
        _Flow("tax_revenue", _TAX, producing, tax),
        _Flow("general_public_budget_revenue", _TAX, producing, tax, (retained,)),
    ]
    if project.industrial:
        flows += [
            _Flow("industrial_investment", _MONEY, invested, investment),
            _Flow("industrial_output", _MONEY, counted, output),
            _Flow("industrial_operating_revenue", _MONEY, counted, output, sold),
            _Flow("industrial_value_added", _MONEY, counted, output, (rate, *real)),
        ]
    return flows


def _common(name: str, value: float, power: int = 1) -> tuple[Step, ...]:
    """Return a factor that the scenario has for all projects; none where it is one."""
    return () if value == 1 else (Step(name, value, Source.JUDGEMENT, power),)


def _running(project: Project, yearly: float, first: Quarter | None, quarter: Quarter) -> float:
    """Return what a quarter brings of a yearly amount at capacity."""
    return yearly / 4 * _ramp(project, first, quarter)


def _ramp(project: Project, first: Quarter | None, quarter: Quarter) -> float:
    """Return the share of capacity reached in a quarter."""
    if first is None or quarter < first:
        return 0.0
    return project.ramp[min(quarter - first, len(project.ramp) - 1)]


def _investment(project: Project, invested: Quarter | None, quarter: Quarter) -> float:
    """Return the investment of a quarter: the year's, evenly over its quarters once counted."""
    if invested is None or quarter < invested:
        return 0.0
    first = max(Quarter(quarter.year, 1), invested)
    return dict(project.completion).get(quarter.year, 0.0) / (5 - first.quarter)
