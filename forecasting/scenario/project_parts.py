"""What a project brings to each indicator by quarter, as it may start, be late, or neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.period import Quarter
from forecasting.predictive import Array
from forecasting.scenario.draws import uniforms
from forecasting.scenario.entries import Project
from forecasting.scenario.levers import Source
from forecasting.scenario.parts import Frame, Part, Step

_MONEY, _TAX = "1e8 CNY", "1e4 CNY"


@dataclass(frozen=True, slots=True)
class _Flow:
    """What a project brings to one indicator, quarter by quarter as planned."""

    indicator: str
    unit: str
    first: Quarter | None
    amount: Callable[[Quarter], float]
    steps: tuple[Step, ...] = ()


def project_parts(project: Project, frame: Frame) -> list[Part]:
    """Return the parts of a project; its start and its delay are drawn once for all of them.

    What has begun by now goes on as planned: only dates ahead can be late or never come.
    """
    outcome = _outcomes(project, frame)
    chance: tuple[Step, ...] = ()
    if not _begun(project.started, frame):
        chance = (Step("start_probability", project.start_probability, Source.JUDGEMENT),)
    parts = []
    for flow in _flows(project):
        table = np.stack([*_by_delay(project, flow, frame), np.zeros(4)])
        part = Part(flow.indicator, flow.unit, table, 0.0, (*flow.steps, *chance), outcome)
        if (part.shares @ table).any():
            parts.append(part)
    return parts


def _begun(day: Quarter | None, frame: Frame) -> bool:
    return day is not None and day < frame.now


def _outcomes(project: Project, frame: Frame) -> NDArray[np.intp]:
    """Return the delay in quarters on each path, shape ``(paths,)``.

    Where the project never starts it is one more than the longest: the row of nothing.
    """
    bounds = np.cumsum(project.delay)[:-1]
    drawn = uniforms(frame.seed, f"delay {project.id}")
    delay = np.searchsorted(bounds, drawn, side="right")
    if _begun(project.started, frame):
        return delay
    starts = uniforms(frame.seed, f"start {project.id}") < project.start_probability
    return np.where(starts, delay, len(project.delay))


def _by_delay(project: Project, flow: _Flow, frame: Frame) -> list[Array]:
    """Return the amounts of the year's four quarters for each delay."""
    quarters = [Quarter(frame.year, number) for number in (1, 2, 3, 4)]
    late = 0 if _begun(flow.first, frame) else -1
    return [
        np.array([flow.amount(quarter + late * delay) for quarter in quarters])
        for delay in range(len(project.delay))
    ]


def _flows(project: Project) -> list[_Flow]:
    """Return everything a project brings."""
    invested, counted, producing = _first_invested(project), project.counted, project.producing

    def investment(quarter: Quarter) -> float:
        return _investment(project, invested, quarter)

    def output(quarter: Quarter) -> float:
        return project.output / 4 * _ramp(project, counted, quarter)

    def value_added(quarter: Quarter) -> float:
        return output(quarter) * project.value_added_rate

    def tax(quarter: Quarter) -> float:
        return project.tax / 4 * _ramp(project, producing, quarter)

    def kept(quarter: Quarter) -> float:
        return tax(quarter) * project.retained

    rate = Step("value_added_rate", project.value_added_rate, Source.JUDGEMENT)
    retained = Step("retained", project.retained, Source.JUDGEMENT)
    flows = [
        _Flow("fixed_asset_investment", _MONEY, invested, investment),
        _Flow("tax_revenue", _TAX, producing, tax),
        _Flow("general_public_budget_revenue", _TAX, producing, kept, (retained,)),
    ]
    if project.industrial:
        flows += [
            _Flow("industrial_investment", _MONEY, invested, investment),
            _Flow("industrial_output", _MONEY, counted, output),
            _Flow("industrial_operating_revenue", _MONEY, counted, output),
            _Flow("industrial_value_added", _MONEY, counted, value_added, (rate,)),
        ]
    return flows


def _ramp(project: Project, first: Quarter | None, quarter: Quarter) -> float:
    """Return the share of capacity reached in a quarter."""
    if first is None or quarter < first:
        return 0.0
    return project.ramp[min(quarter - first, len(project.ramp) - 1)]


def _first_invested(project: Project) -> Quarter | None:
    """Return the quarter from which investment counts: started, and recorded."""
    return max((day for day in (project.started, project.recorded) if day), default=None)


def _investment(project: Project, invested: Quarter | None, quarter: Quarter) -> float:
    """Return the investment of a quarter: the year's, evenly over its quarters once counted."""
    if invested is None or quarter < invested:
        return 0.0
    first = max(Quarter(quarter.year, 1), invested)
    return dict(project.completion).get(quarter.year, 0.0) / (5 - first.quarter)
