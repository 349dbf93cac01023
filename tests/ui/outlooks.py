"""Outlooks that name only what a sentence or a chart depends on."""

from __future__ import annotations

from dataclasses import replace

from forecasting.history import History, history_of
from forecasting.indicator import Area, AreaKind, Comparator, Names, Target
from forecasting.outlook import (
    AllClear,
    Excluded,
    FanPoint,
    Light,
    Outlook,
    Pace,
    Quantiles,
    Reason,
    Verdict,
    WeakestLink,
    light_of,
)
from forecasting.period import Quarter, quarters_between
from forecasting.target import cut_of
from tests.builders import CURRENT, make_figures, make_indicator, make_target, periods

NATION = Area("CN", Names("全国", "China"), AreaKind.NATION, reference=True)
SAMPLE = Area("S", Names("示例开发区", "Sample zone"), AreaKind.ZONE, synthetic=True)
NAMES = {
    "investment": Names("固定资产投资", "Fixed-asset investment"),
    "tax": Names("税收收入", "Tax revenue"),
    "trade": Names("进出口总额", "Imports and exports"),
    "gdp": Names("地区生产总值", "Gross domestic product"),
    "retail": Names("社会消费品零售总额", "Retail sales"),
    "budget": Names("一般公共预算收入", "Budget revenue"),
}


def make_history(name: str = "investment", ytd: tuple[float, ...] = (5.4, 6.1)) -> History:
    """Return figures from 2025Q1: four of 7% last year, then ``ytd``."""
    labels = periods("2025Q1", str(Quarter(2025, 4) + len(ytd)))
    figures = make_figures(dict(zip(labels, (7.0, 7.0, 7.0, 7.0, *ytd), strict=True)))
    indicator = replace(make_indicator(name), name=NAMES[name], short=NAMES[name])
    history = history_of(indicator, figures)
    assert history is not None
    return history


def make_verdict(
    probability: float,
    *,
    name: str = "investment",
    ytd: tuple[float, ...] = (5.4, 6.1),
    median: float = 7.1,
    reference: bool = False,
    pace: Pace | None = None,
    target: Target | None = None,
) -> Verdict:
    history = make_history(name, ytd)
    complete = history.origin == Quarter(2026, 4)
    target = target or make_target(name)
    spread: Quantiles = tuple(  # type: ignore[assignment]  # seven by construction
        round(median + step, 1) for step in (-2.2, -1.4, -0.7, 0.0, 0.7, 1.4, 2.2)
    )
    ahead = quarters_between(max(history.origin + 1, Quarter(2026, 1)), Quarter(2026, 4))
    first = 5 - len(ahead)
    return Verdict(
        target=target,
        cut=cut_of(target),
        history=history,
        complete=complete,
        probability=probability,
        quantiles=(median,) * 7 if complete else spread,
        fan=tuple(FanPoint(quarter, spread) for quarter in ahead),
        pace=None if complete else (pace or Pace(first, 7.86, 7.9, 2, 5)),
        light=None if reference else light_of(probability, complete=complete),
        model=None,
    )


def make_outlook(
    probability: float,
    *verdicts: Verdict,
    area: Area = SAMPLE,
    if_cleared: float = 0.73,
    missing: int = 0,
) -> Outlook:
    """Return the outlook of verdicts, the first of them the weakest link."""
    complete = all(verdict.complete for verdict in verdicts)
    weakest = None if complete else WeakestLink(verdicts[0].indicator_id, if_cleared)
    lost = make_target("trade")
    together = AllClear(probability, 0.002, probability, weakest) if verdicts else None
    light: Light | None = light_of(probability, complete=complete) if verdicts else None
    return Outlook(
        area=area,
        year=2026,
        as_of=None,
        seed=7,
        engine="test",
        verdicts=verdicts,
        excluded=(Excluded(lost, Reason.STALE, None, Quarter(2022, 4)),) * missing,
        all_clear=together,
        light=None if area.reference else light,
    )


def line(comparator: Comparator, threshold: float = 7.0, tolerance: float = 0.0) -> Target:
    return Target("Z", "investment", 0, comparator, threshold, CURRENT, "plan", tolerance)
