"""Names of what a scenario can move, what it assumes, and amounts as they are written.

Names that people gave stand in everything returned as they are, in Markdown and in plain text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from data.texts import filled
from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Quarter
from forecasting.scenario.levers import (
    RULES,
    SHARE,
    Factor,
    Lever,
    LeverKind,
    ShownIn,
    Source,
    split,
)
from forecasting.scenario.model import Amount, PointLever
from forecasting.scenario.projects import Project
from forecasting.scenario.unseen import UnseenGrowth
from ui.language import Language, Speaker, catalogue, known
from ui.language import format as fmt

if TYPE_CHECKING:  # scenarios import every model: a report needs none
    from forecasting.scenario.model import Entry


class LeverGroup(StrEnum):
    """A part of the page that levers stand in."""

    INVESTMENT = "investment"
    PRODUCTION = "production"
    FINANCE = "finance"
    ENVIRONMENT = "environment"


LEVER_GROUPS: Mapping[LeverGroup, tuple[LeverKind, ...]] = {
    LeverGroup.INVESTMENT: (
        LeverKind.NEW_STARTS,
        LeverKind.TECHNICAL_TRANSFORMATION,
        LeverKind.SIGNED_INVESTMENT,
        LeverKind.LAND_SUPPLY,
    ),
    LeverGroup.PRODUCTION: (LeverKind.PROJECT_OUTPUT, LeverKind.FIRMS_RAISED),
    LeverGroup.FINANCE: (
        LeverKind.TAX,
        LeverKind.FOREIGN_CAPITAL,
        LeverKind.FREIGHT_TRAINS,
    ),
    LeverGroup.ENVIRONMENT: (
        LeverKind.PRODUCER_PRICES,
        LeverKind.TOP_FIRMS_OUTPUT,
        LeverKind.STOPPAGE,
    ),
}
"""Every kind of lever once, in the order of the page."""

_HUNDRED_MILLION, _TEN_THOUSAND = "1e8 CNY", "1e4 CNY"
_SMALL, _HIDDEN = 0.095, 0.005
"""Points that one decimal, and two, are too coarse for; ``figures.js`` has the first as well."""
_MANY = 1e4
"""Of 1e4 CNY, from which on Chinese writes in 1e8."""
_SHOWN_IN: Mapping[str, ShownIn] = {
    **{name: one.shown for rule in RULES.values() for name, one in rule.assumptions.items()},
    "start_probability": SHARE,
    "realised": SHARE,
    "size": ShownIn("points", 1.0),
}
"""How every number that arithmetic rests on is written: of levers, projects, point levers."""


def lever_unit(kind: LeverKind, say: Speaker) -> str:
    """Return the unit a kind of lever is set in."""
    return say(f"lever_unit.{RULES[kind].unit}")


def lever_range(kind: LeverKind, say: Speaker) -> str:
    """Write the usual range of a kind of lever with its unit: 0—60亿元."""
    rule = RULES[kind]
    form = amount_forms(rule.unit, say)[0]
    low, high = (set_figure(end * form.scale) for end in (rule.low, rule.high))
    if rule.unit == "%":
        low += "%"
    key = "format.interval_negative" if rule.low < 0 else "format.interval"
    figure = say(key, low=low, high=high)
    return filled(form.text, figure=figure, count=rule.high)


def lever_change(
    kind: str, before: float, after: float, unit: str, say: Speaker, *, one_off: bool = False
) -> str:
    """Say by how much a lever is turned: 签约多10亿元.

    Parameters
    ----------
    unit
        Of its values.
    one_off
        Whether it is paid once.
    """
    step = after - before
    further = unit == "%" and before != 0  # two growth rates differ by points
    amount = points(abs(step), say) if further else quantity(abs(step), unit, say)
    return say(lever_change_key(kind, before, after, one_off=one_off), amount=amount)


def lever_change_key(kind: str, before: float, after: float, *, one_off: bool = False) -> str:
    """Return the key of the message that says by how much a lever is turned."""
    direction = "up" if after > before else "down"
    if kind == LeverKind.STOPPAGE and after > before == 0:
        direction = "first"
    if kind == LeverKind.TAX and one_off:
        direction += "_once"
    return f"change.{kind}_{direction}"


def assumption_unit(name: str, say: Speaker) -> str:
    """Return the unit an assumption is shown in; empty where it is a pure number."""
    shown = _SHOWN_IN[name]
    if not known(f"unit.{shown.unit}"):
        return ""
    return _per(say.word("unit", shown.unit), shown, say)


def assumption_scale(name: str) -> float:
    """Return how many of the shown units one of an assumption is: 100 where it is percent."""
    return _SHOWN_IN[name].scale


def assumption_value(name: str, value: float, say: Speaker) -> str:
    """Write the number of an assumption with its unit: 58.8%."""
    shown = _SHOWN_IN[name]
    if not shown.unit:
        return set_figure(value * shown.scale)
    if shown.unit == "points":
        return points(value * shown.scale, say)
    return _per(quantity(value * shown.scale, shown.unit, say), shown, say)


def factor_value(factor: Factor, say: Speaker) -> str:
    """Write the number of a factor; a share, which may be a product, to a tenth of a percent."""
    share = _SHOWN_IN[factor.name] == SHARE
    return assumption_value(factor.name, round(factor.value, 3) if share else factor.value, say)


def _per(amount: str, shown: ShownIn, say: Speaker) -> str:
    return say(f"quantity.per_{shown.per}", amount=amount) if shown.per else amount


def source_name(source: Source, say: Speaker, *, own: bool = False) -> str:
    """Return where a number comes from; ``own`` are those that the scenario itself says."""
    return say("source.own" if own else f"source.{source}")


def entry_name(entry: Entry, catalogue: Catalogue, say: Speaker) -> str:
    """Return the name of an entry of a scenario, as it tells it from others."""
    match entry:
        case Lever():
            return _own(say(f"lever.{entry.kind}"), entry.name, say)
        case Amount():
            name = indicator_name(entry.indicator, catalogue, say)
            key = "entry.points" if entry.points else "entry.amount"
            return _own(say(key, name=name), entry.name, say)
        case PointLever():
            return say.verbatim(entry.name)
        case Project():
            return project_name(entry, say)


def _own(name: str, own: str, say: Speaker) -> str:
    return say("lever_label.named", name=name, own=say.verbatim(own)) if own else name


def project_name(project: Project, say: Speaker) -> str:
    """Return the name of a project, or its number where it has none."""
    if project.name or project.id.startswith(say("entry.project", id="").strip()):
        return say.verbatim(project.name or project.id)
    return say("entry.project", id=say.verbatim(project.id))


def indicator_name(indicator: str, catalogue: Catalogue, say: Speaker) -> str:
    """Return the name of an indicator by its id."""
    return say.name(catalogue[indicator].name)


EVERY_YEAR = 0
"""In place of the year that all is about: every quarter is named with its own."""


def quarter_name(quarter: Quarter, year: int, say: Speaker) -> str:
    """Name a quarter, with its year unless that is the one all is about: 三季度."""
    name = say(f"period.quarter_name.{quarter.quarter}")
    if quarter.year == year:
        return name
    return say("scenario_period.in_year", year=quarter.year, quarter=name)


def since(quarter: Quarter, year: int, say: Speaker) -> str:
    """Name the time from a quarter on: 三季度起."""
    return say("scenario_period.since", quarter=quarter_name(quarter, year, say))


@dataclass(frozen=True, slots=True)
class AmountForm:
    """How amounts of a unit are written from a size on.

    Attributes
    ----------
    least
        The size in the unit.
    scale
        How many of what is written one of the unit is.
    text
        With ``{figure}`` for the number, and ``{count}`` for what decides the plural.
    """

    least: float
    scale: float
    text: str


def amount_forms(unit: str, say: Speaker) -> tuple[AmountForm, ...]:
    """Return how amounts of a unit are written as they grow: 9,000万元, then 1亿元.

    English has no 亿 and no 万: amounts of such units are written out, money in millions.
    """
    if say.language is Language.ZH and unit == _TEN_THOUSAND:
        larger = _form(_HUNDRED_MILLION, say)
        return _form(unit, say), replace(larger, least=_MANY, scale=1 / _MANY)
    if say.language is Language.ZH or known(f"quantity.{unit}"):
        return (_form(unit, say),)
    (factor, money), name = _written_out(unit), split(unit)[1]
    million = say("quantity.million", figure="{figure}")
    key, word = "quantity.money" if money else "quantity.other", say.word("unit", name)
    if money:
        return (AmountForm(0.0, factor, say(key, figure=million, unit=word)),)
    small = AmountForm(0.0, factor, say(key, figure="{figure}", unit=word))
    return small, AmountForm(1e6 / factor, factor / 1e6, say(key, figure=million, unit=word))


def _form(unit: str, say: Speaker) -> AmountForm:
    """Return how amounts of a unit are written that has a message of its own, or is Chinese."""
    if known(key := f"quantity.{unit}"):
        return AmountForm(0.0, 1.0, catalogue(say.language)[key])
    word = say.word("unit", unit).replace("{", "{{").replace("}", "}}")
    return AmountForm(0.0, 1.0, say("quantity.other", figure="{figure}", unit=word))


def quantity(value: float, unit: str, say: Speaker, *, exact: bool = True) -> str:
    """Write an amount in words of its unit: 10亿元, 20 days, CNY 1,000m.

    In Chinese what comes to less than 0.1亿元 is told in 万元.

    Parameters
    ----------
    exact
        Whether it is as somebody set it; what is computed is rounded.
    """
    if (
        say.language is Language.ZH
        and not exact
        and unit == _HUNDRED_MILLION
        and 0 < abs(value) < 0.1
    ):
        value, unit = value * 1e4, _TEN_THOUSAND
    form = [form for form in amount_forms(unit, say) if abs(value) >= form.least][-1]
    figure = set_figure if exact else rounded
    return filled(form.text, figure=figure(value * form.scale), count=abs(value))


def level(value: float, unit: str, say: Speaker) -> str:
    """Write last year's level with the digits that a share of it is checked with, four of them."""
    decimals = max(3 - math.floor(math.log10(abs(value))), 0) if value else 0
    return quantity(round(value, decimals), unit, say)


def _written_out(unit: str) -> tuple[float, bool]:
    """Return how many of what English writes one of a unit is, and whether those are millions."""
    size, name = split(unit)
    money = name in ("CNY", "USD") and size > 1
    return (size / 1e6 if money else size), money


def points(value: float, say: Speaker, *, signed: bool = False) -> str:
    """Write percentage points of growth: 1.1个百分点; with two decimals where they are below 0.1.

    What two decimals would hide keeps the digits that it needs.
    """
    size = abs(value)
    if 0 < size < _HIDDEN:
        text = rounded(value)
    else:
        text = f"{value:.2f}".replace("-", "−") if _HIDDEN <= size < _SMALL else fmt.figure(value)
    if signed and value > 0:
        text = f"+{text}"
    return say("quantity.points", figure=text, count=0.0 if "." in text else abs(value))


def set_figure(value: float) -> str:
    """Write a number as somebody set it."""
    return fmt.precise(value)


def rounded(value: float) -> str:
    """Write a computed amount: one decimal from 10 on, two below, two digits where it is small."""
    size = abs(value)
    decimals = 1 if size >= 10 else 2
    if 0 < size < 0.1:
        decimals = 1 - math.floor(math.log10(size))
    text = f"{value + 0.0:,.{decimals}f}".replace("-", "−")
    return text.rstrip("0").rstrip(".") if "." in text else text


MOST_UNSEEN = 3
"""Growth never seen before that is named; of more the furthest beyond are."""


def unseen_growth(
    every: Sequence[UnseenGrowth], name: Callable[[str], str], year: int, say: Speaker
) -> str:
    """Say which growth was never seen before, the furthest beyond first; empty of none.

    Parameters
    ----------
    name
        Returns that of an indicator by its id.
    """
    told = [
        say(
            "unseen.year" if unseen.quarter is None else "unseen.quarter",
            name=name(unseen.indicator),
            period=fmt.span(4, say)
            if unseen.quarter is None
            else quarter_name(unseen.quarter, year, say),
            growth=fmt.expected_growth(unseen.growth, say),
            most=fmt.growth(unseen.most, say),
            years=unseen.years,
        )
        for unseen in every[:MOST_UNSEEN]
    ]
    if not told:
        return ""
    key = "unseen.many" if len(every) > MOST_UNSEEN else "unseen.all"
    return say(key, listed=say("format.semicolon").join(told), count=len(every))
