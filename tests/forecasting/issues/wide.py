"""An issue of what the simulated zone's does not hold: years that are known, every lever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Catalogue,
    Comparator,
    DefinitionChange,
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
from forecasting.figures.period import Quarter
from forecasting.issues.snapshot import IssueNote, PastIssue, Snapshot
from forecasting.issues.take import Material, take
from forecasting.news.causes_in_order import explain
from forecasting.outlook.judge import Baseline, baseline_of, outlook_of
from forecasting.outlook.question import Question
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import RULES, Lever, LeverKind, Source
from forecasting.scenario.model import Amount, BottomUp, Item, Pin, PointLever, Rest, Scenario
from tests.builders import CURRENT, make_figures, make_indicator, make_target, steady_figures
from tests.snapshots import all_certain

AREA = Area("Z", Names("某模拟开发区", "A simulated zone"), AreaKind.ZONE, synthetic=True)
YEAR, NOW = 2021, Quarter(2021, 2)
KNOWN = ("gdp", "trade_total")
OPEN = {
    "fixed_asset_investment": 40.0,
    "industrial_output": 200.0,
    "tax_revenue": 12.0,
    "foreign_capital": 2000.0,
}
WITHOUT = ("retail_sales", "exports", "imports", "services")
CONSTANT = Basis(PriceBasis.CONSTANT)
UNKNOWN = 0.5
"""What the scenario says where only the zone could know."""


def catalogue() -> Catalogue:
    listed = [make_indicator(name, place) for place, name in enumerate((*KNOWN, *OPEN, *WITHOUT))]
    return Catalogue.of([_told(indicator) for indicator in listed])


def _told(indicator: Indicator) -> Indicator:
    match indicator.id:
        case "foreign_capital":
            return replace(indicator, unit="1e4 USD", group=IndicatorGroup.NATIONAL_RANK)
        case "trade_total":
            measures = (Measure.GROWTH_YTD, Measure.LEVEL_QUARTER)
            return replace(indicator, group=IndicatorGroup.THREE_BIG_THINGS, measures=measures)
        case "services":
            return replace(indicator, direction=Direction.DOWN)
        case _:
            return indicator


def targets() -> list[Target]:
    """Return targets of every comparator; of some indicators there is no verdict."""
    return [
        make_target("gdp", 2.0),
        make_target("trade_total", 60.0, comparator=Comparator.AT_LEAST),
        make_target("fixed_asset_investment", 9.0, comparator=Comparator.BELOW),
        make_target("industrial_output", 12.0, comparator=Comparator.AT_MOST),
        make_target("tax_revenue", 8.0, comparator=Comparator.ABOUT, tolerance=1.5),
        make_target("foreign_capital", 7.0),
        *(
            make_target(name, 7.0, basis=CONSTANT if name == "exports" else CURRENT)
            for name in WITHOUT
        ),
    ]


def figures() -> list[Observation]:
    known = dict.fromkeys(KNOWN, "2021Q4") | dict.fromkeys(OPEN, "2021Q2")
    growth = [
        figure
        for place, (name, last) in enumerate(known.items())
        for figure in steady_figures("2017Q1", last, 7.0 + place / 10, wobble=1.5, indicator=name)
    ]
    levels = [
        figure
        for name, level in OPEN.items()
        for figure in make_figures({"2020Q4": level}, Measure.LEVEL_YTD, indicator=name)
    ]
    return [
        *growth,
        *levels,
        *steady_figures("2019Q1", "2021Q2", indicator="exports"),
        *make_figures({"2021-05": 4.0}, Measure.GROWTH_MONTH, indicator="imports"),
        *steady_figures("2017Q1", "2019Q2", indicator="services"),
    ]


def _before() -> Inputs:
    """Return what was known earlier: other figures, another target, one indicator fewer."""
    revised = ("industrial_output", Quarter(2020, 3).end)
    earlier = [
        replace(figure, value=figure.value - 1.0)
        if (figure.indicator, figure.month) == revised
        else figure
        for figure in figures()
        if figure.month < NOW.end
    ]
    lines = [
        replace(target, threshold=5.0) if target.indicator == "tax_revenue" else target
        for target in targets()
        if target.indicator != "foreign_capital"
    ]
    return Inputs(catalogue(), lines, earlier)


def changes() -> list[DefinitionChange]:
    """Return that industrial output was counted otherwise from 2020 on."""
    basis = catalogue()["industrial_output"].basis
    return [DefinitionChange("Z", "industrial_output", basis, Quarter(2020, 1), "统计制度")]


def baseline() -> Baseline:
    return baseline_of(Question(AREA, YEAR), Inputs(catalogue(), targets(), figures(), changes()))


def lever(kind: LeverKind) -> Lever:
    """Return a lever of a kind that says what only the zone could know."""
    unknown = [name for name, rule in RULES[kind].assumptions.items() if rule.default is None]
    return Lever(kind, 2.0, assumptions=tuple((name, UNKNOWN) for name in unknown))


def scenario() -> Scenario:
    """Return a scenario in which all comes: an issue is compared number by number."""
    mixed = Scenario(
        name="全部抓手",
        levers=tuple(lever(kind) for kind in LeverKind),
        amounts=(Amount("tax_revenue", 0.3), Amount("industrial_output", 0.5, points=True)),
        points=(
            PointLever("a", "industrial_output", 1.0, 0.4, spread=0.1, source=Source.ESTIMATED),
        ),
        pins=(Pin("tax_revenue", 6.0, Quarter(YEAR, 3), cumulative=True),),
        bottom_up=(
            BottomUp("foreign_capital", Rest(5.0, 2.0), (Item("x", (900.0,), growth=1.0),), 0.2),
        ),
    )
    return all_certain(mixed)


def wide_issue(*, applied: bool = True) -> Snapshot:
    """Return an issue, with the scenario or with what moved it since the issue before."""
    question = Question(AREA, YEAR)
    after = Inputs(catalogue(), targets(), figures(), changes())
    city = Area("C", Names("某市", "A city"), AreaKind.CITY)
    start = baseline()
    return take(
        IssueNote(3, "2021-08-01T01:30:00+00:00", "某模拟开发区经济运行局", "模拟数据"),
        outlook_of(start),
        Material((AREA, city), catalogue(), figures(), 4, "0.6.0", date(2021, 8, 1)),
        planned=False,
        applied=apply(start, scenario()) if applied else None,
        news=(2, explain(question, _before(), after)),
        record=(
            PastIssue(2, "2021-05-01T01:30:00+00:00", 2021, 0.4, None),
            PastIssue(1, "2020-05-01T01:30:00+00:00", 2020, 0.6, True),
        ),
    )
