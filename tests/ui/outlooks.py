"""Outlooks that name only what a sentence or a chart depends on."""

from __future__ import annotations

from dataclasses import replace

from forecasting.figures.indicator import Area, AreaKind, Comparator, Names, Target
from forecasting.figures.period import Quarter, quarters_between
from forecasting.figures.target import cut_of
from forecasting.history.history import History, history_of
from forecasting.outlook.lights import Light, light_of
from forecasting.outlook.outlook import (
    AllClear,
    Excluded,
    FanPoint,
    Outlook,
    Reason,
    Verdict,
    WeakestLink,
)
from forecasting.outlook.pace import Pace
from forecasting.outlook.quantiles import Quantiles
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
    flash: bool = False,
) -> Verdict:
    """Return a verdict; of four quarters the year is known, as a ``flash`` or published."""
    history = make_history(name, ytd)
    known = history.origin == Quarter(2026, 4)
    complete = known and not flash
    if flash:
        history = replace(history, unpublished=frozenset({history.origin}))
    target = replace(target, indicator=name) if target else make_target(name)
    steps = (-2.2, -1.4, -0.7, 0.0, 0.7, 1.4, 2.2)
    spread = Quantiles(*(round(median + step, 1) for step in steps))
    ahead = quarters_between(max(history.origin + 1, Quarter(2026, 1)), Quarter(2026, 4))
    first = 5 - len(ahead)
    return Verdict(
        target=target,
        cut=cut_of(target),
        history=history,
        complete=complete,
        probability=probability,
        quantiles=Quantiles(*(median,) * 7) if known else spread,
        fan=tuple(FanPoint(quarter, spread) for quarter in ahead),
        pace=None if known else (pace or Pace(first, 7.86, 7.9, 2, 5)),
        light=None if reference else light_of(probability, complete=complete),
        model=None,
    )


def make_outlook(
    probability: float,
    *verdicts: Verdict,
    area: Area = SAMPLE,
    if_cleared: float | None = None,
    missing: int = 0,
) -> Outlook:
    """Return the outlook of verdicts, the first of them the weakest link.

    As of the engine: "all" is only met or missed once no target that counts is unanswered.

    Parameters
    ----------
    if_cleared
        Probability of all, were the first certain; without any, as much as the others allow.

    Raises
    ------
    ValueError
        If no joint probability of these verdicts is as given.
    """
    complete = all(verdict.complete for verdict in verdicts)
    cleared = _allowed(probability, if_cleared, [v.probability for v in verdicts if v.counts])
    weakest = None if complete else WeakestLink(verdicts[0].indicator_id, cleared)
    lost = make_target("trade")
    together = AllClear(probability, 0.002, probability, weakest) if verdicts else None
    answered = complete and not missing
    light: Light | None = light_of(probability, complete=answered) if verdicts else None
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


def both(probability: float) -> tuple[float, float]:
    """Return single probabilities of two that allow this one of both, the weaker first."""
    left = 1 - probability
    return round(1 - 0.9 * left, 4), round(max(0.9, 1 - 0.3 * left), 4)


def _allowed(probability: float, if_cleared: float | None, single: list[float]) -> float:
    """Return the probability of all, were the first certain, within the bounds of Fréchet."""
    most, least = min(single, default=1.0), sum(single) - len(single) + 1
    if not single:
        return 1.0
    if not max(least, 0.0) - 1e-9 <= probability <= most + 1e-9:
        raise ValueError(f"{probability} of all of {single}")
    rest = min(single[1:], default=1.0)
    cleared = rest if if_cleared is None else if_cleared
    if not probability <= cleared <= rest:
        raise ValueError(f"{cleared} of all but the first of {single}")
    return cleared


def line(comparator: Comparator, threshold: float = 7.0, tolerance: float = 0.0) -> Target:
    return Target("Z", "investment", 0, comparator, threshold, CURRENT, "plan", tolerance)
