"""The arithmetic of a scenario, one line for each indicator that an entry moves.

It is what a reader can check with a pocket calculator: value times rates, over last year's level.
Sentences are Markdown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from forecasting.figures.indicator import Catalogue
from forecasting.scenario.apply import Effect
from forecasting.scenario.arithmetic import Step
from forecasting.scenario.levers import POINTS, YEAR_POINTS, Lever, in_units
from forecasting.scenario.model import Amount, PointLever
from forecasting.scenario.projects import Project
from ui.language import Language, t
from ui.language import format as fmt
from ui.language.markdown import literal
from ui.scenario.changes import listed
from ui.scenario.words import (
    assumption_name,
    assumption_value,
    entry_name,
    indicator_name,
    level,
    points,
    quantity,
    rounded,
    set_figure,
)

SAME = 0.002
"""Relative difference up to which a drawn mean is its expectation."""


def arithmetic(effect: Effect, catalogue: Catalogue, language: Language) -> str:
    """Say in one line how an entry comes to move an indicator by what it does."""
    counted = math.fsum(effect.amounts)
    if counted and effect.level is None and effect.unit not in (POINTS, YEAR_POINTS):
        kind = "no_level"
    elif isinstance(effect.entry, Project):
        kind = "project" if counted else "project_none"
        if counted < 0:  # what the trend had of it and what now falls away
            kind = "project_less"
    elif effect.unit in (POINTS, YEAR_POINTS):
        kind = f"{effect.unit}" if any(effect.points) else "none"
    elif not counted:
        kind = "none"
    else:
        whole = math.isclose(counted, _full(effect), rel_tol=SAME)
        kind = ("all" if whole else "part") + ("" if effect.steps else "_plain")
    return t(f"effect.{kind}", language, **_values(effect, catalogue, language))


def _values(effect: Effect, catalogue: Catalogue, language: Language) -> dict[str, object]:
    return {
        "formula": _formula(effect, catalogue, language),
        "project": entry_name(effect.entry, catalogue, language),
        "given": _given(effect, language),
        "full": amount_of(effect, _full(effect), language),
        "amount": amount_of(effect, math.fsum(effect.amounts), language),
        "less": amount_of(effect, abs(math.fsum(effect.amounts)), language),
        "quarters": _quarters(effect, language),
        "share": _share(effect, language),
        "pull": pull(effect, catalogue, language),
    }


def _full(effect: Effect) -> float:
    """Return what value and steps multiply to, in the indicator's unit."""
    product = math.prod(step.value**step.power for step in effect.steps)
    return effect.value * product * _in_own_unit(effect)


def _route_unit(effect: Effect) -> str:
    """Return the unit that the arithmetic is in; of what is no lever, the indicator's."""
    if isinstance(effect.entry, Lever):
        for route in effect.entry.rule.routes:
            if route.indicator == effect.indicator:
                return route.unit
    return effect.unit


def _in_own_unit(effect: Effect) -> float:
    unit = _route_unit(effect)
    return (None if unit == effect.unit else in_units(unit, effect.unit)) or 1.0


def _sign(effect: Effect) -> int:
    """Return −1 where words say that an amount is less, which then stands without a sign."""
    return -1 if isinstance(effect.entry, Amount) and effect.value < 0 else 1


def amount_of(effect: Effect, value: float, language: Language) -> str:
    """Write an amount in the unit of the arithmetic; points where it is in points."""
    value *= _sign(effect)
    if effect.unit in (POINTS, YEAR_POINTS):
        return points(value, language)
    return quantity(value / _in_own_unit(effect), _route_unit(effect), language, exact=False)


def _formula(effect: Effect, catalogue: Catalogue, language: Language) -> str:
    """Write value and factors: 签约总投资10亿元 × 开工率58.8% × 年内完成比例10%."""
    return _value(effect, catalogue, language) + "".join(
        _factor(step, language) for step in effect.steps
    )


def _value(effect: Effect, catalogue: Catalogue, language: Language) -> str:
    entry = effect.entry
    match entry:
        case Lever():
            amount = quantity(entry.value, entry.rule.unit, language)
            if entry.rule.low < 0 < entry.value:
                amount = f"+{amount}"
            return t(
                "effect.value",
                language,
                name=entry_name(entry, catalogue, language),
                amount=amount,
            )
        case Amount():
            direction = "up" if entry.value > 0 else "down"
            if entry.points:
                amount = points(abs(entry.value), language)
            else:
                amount = quantity(abs(entry.value), effect.unit, language)
            name = indicator_name(entry.indicator, catalogue, language)
            return t(f"effect.amount_{direction}", language, name=name, amount=amount)
        case PointLever():
            return t(
                "effect.turns",
                language,
                name=literal(entry.name),
                figure=set_figure(entry.value),
            )
        case Project():
            return entry_name(entry, catalogue, language)


def _factor(step: Step, language: Language) -> str:
    if step.name == "scale":
        # The only constant there is: a quarter's days, and a stoppage takes away.
        return t("effect.days", language, days=set_figure(abs(100 / step.value)))
    key = "effect.times" if step.power > 0 else "effect.over"
    return t(
        key,
        language,
        name=assumption_name(step.name, language),
        value=assumption_value(step.name, step.value, language),
    )


def _given(effect: Effect, language: Language) -> str:
    """Say under what a project's amounts are expected; empty of all else."""
    if not isinstance(effect.entry, Project):
        return ""
    told = [named_value(step, language) for step in effect.steps]
    if len(effect.entry.delay) > 1:
        told.append(t("effect.delays", language))
    if not told:
        return ""
    return t("effect.given", language, given=t("format.comma", language).join(told))


def named_value(step: Step, language: Language) -> str:
    """Write a rate with its name: 开工率58.8%."""
    return t(
        "effect.named_value",
        language,
        name=assumption_name(step.name, language),
        value=assumption_value(step.name, step.value, language),
    )


def _quarters(effect: Effect, language: Language) -> str:
    """Say in which quarters how much is counted; equal ones together."""
    told = [
        (t(f"period.quarter_name.{number}", language), amount)
        for number, amount in enumerate(effect.amounts, start=1)
        if amount
    ]
    names = [name for name, _ in told]
    each = {amount_of(effect, amount, language) for _, amount in told}
    if effect.unit in (POINTS, YEAR_POINTS):
        return _quarters_in_points(effect, told, language)
    if len(told) < 2:
        return t("effect.quarter", language, quarter="".join(names)) if told else ""
    if len(each) == 1:
        joined = listed(names, language)
        return t("effect.quarters_each", language, quarters=joined, amount=each.pop())
    parts = [
        t("effect.in_quarter", language, quarter=name, amount=amount_of(effect, amount, language))
        for name, amount in told
    ]
    return t("effect.quarters", language, parts=t("format.comma", language).join(parts))


def _quarters_in_points(
    effect: Effect, told: Sequence[tuple[str, float]], language: Language
) -> str:
    """Say by how much the growth of single quarters moves."""
    moves = [points(amount, language, signed=True) for _, amount in told]
    names = [name for name, _ in told]
    if len(told) > 1 and len(set(moves)) == 1:
        joined = listed(names, language)
        return t("effect.growth_each", language, quarters=joined, amount=moves[0])
    parts = [
        t("effect.growth_of", language, quarter=name, amount=move)
        for name, move in zip(names, moves, strict=True)
    ]
    return t("format.comma", language).join(parts)


def _share(effect: Effect, language: Language) -> str:
    """Say which part of last year's level is counted."""
    if not effect.level:
        return ""
    share = _sign(effect) * 100 * math.fsum(effect.amounts) / effect.level
    figure = rounded(share) if abs(share) < 0.05 else fmt.figure(share)
    figures = level(effect.level, effect.unit, language)
    return t("effect.share", language, level=figures, share=f"{figure}%")


def pull(effect: Effect, catalogue: Catalogue, language: Language) -> str:
    """Say by how much full-year growth of the indicator moves."""
    total = math.fsum(effect.points)
    name = indicator_name(effect.indicator, catalogue, language)
    direction = "up" if total > 0 else "down"
    return t(f"effect.pull_{direction}", language, name=name, points=points(abs(total), language))
