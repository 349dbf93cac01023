"""Which alerts follow from how an area stood and stands, and that none can hold a figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from forecasting.alerts.rules import (
    Alert,
    AreaState,
    EndingLink,
    FiguresOverdue,
    LightChange,
    LinksEnding,
    OutlookChanged,
    OverdueFigure,
    TasksLate,
    alerts_between,
    with_outlook,
)
from forecasting.figures.indicator import Inputs
from forecasting.outlook.judge import judge
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from tests.builders import ZONE, make_catalogue, make_target, steady_figures

GDP = OverdueFigure(quarter="2026Q3", indicator="gdp")
TAX = OverdueFigure(quarter="2026Q3", indicator="tax")
LINK = EndingLink(link=2, issue=1, ends=datetime(2026, 12, 3, 16, tzinfo=UTC))


def state(**changed: Any) -> AreaState:
    given: dict[str, Any] = {
        "year": 2026, "lights": {"gdp": Light.HOPEFUL, "tax": Light.HARD},
        "all_clear": Light.PRESSED, "line": 0.5, "reached": False,
    }  # fmt: skip
    return AreaState(**(given | changed))


def changed(before: Light, after: Light, indicator: str = "") -> OutlookChanged:
    return OutlookChanged(
        year=2026, lights=(LightChange(before=before, after=after, indicator=indicator),)
    )


@pytest.mark.parametrize(
    ("before", "after", "alerts"),
    [
        (state(), state(), ()),
        (
            state(),
            state(lights={"gdp": Light.ACHIEVABLE, "tax": Light.HARD}),
            (changed(Light.HOPEFUL, Light.ACHIEVABLE, "gdp"),),
        ),
        (state(), state(all_clear=Light.HARD), (changed(Light.PRESSED, Light.HARD),)),
        (state(), state(reached=True), (OutlookChanged(year=2026, line=0.5, reached=True),)),
        (
            state(reached=True), state(reached=False),
            (OutlookChanged(year=2026, line=0.5, reached=False),),
        ),
        # Another line, another year, or a verdict that came or went is no change of the outlook.
        (state(line=0.5, reached=False), state(line=0.2, reached=True), ()),
        (state(line=None, reached=None), state(reached=True), ()),
        (state(), state(year=2027, all_clear=Light.HARD, reached=True), ()),
        # How a year ends is told, and what it still lacks; the year before that is over no longer.
        (state(), state(year=2027, lights={}, over=state()), ()),
        (
            state(), state(year=2027, lights={}, over=state(all_clear=Light.MISSED)),
            (changed(Light.PRESSED, Light.MISSED),),
        ),
        (
            state(year=2027, over=state(overdue=(GDP,))),
            state(year=2027, over=state(overdue=(GDP, TAX), all_clear=Light.MET)),
            (changed(Light.PRESSED, Light.MET), FiguresOverdue(figures=(TAX,))),
        ),
        (state(overdue=(GDP,)), state(year=2027, over=state(overdue=(GDP,))), ()),
        (state(year=2027, over=state()), state(year=2027), ()),
        (state(), state(lights={"gdp": Light.HOPEFUL}, all_clear=None), ()),
        (state(lights={}, all_clear=None), state(), ()),
        (state(overdue=(GDP,)), state(overdue=(GDP, TAX)), (FiguresOverdue(figures=(TAX,)),)),
        (state(overdue=(GDP, TAX)), state(), ()),
        (state(late=("a",)), state(late=("b", "c")), (TasksLate(turned=2, late=2),)),
        (state(), state(links=(LINK,)), (LinksEnding(links=(LINK,)),)),
        (state(links=(LINK,)), state(links=(LINK,)), ()),
        # Looked at for the first time.
        (None, state(), ()),
        (
            None, state(overdue=(GDP,), late=("a",), links=(LINK,)),
            (
                FiguresOverdue(figures=(GDP,)), TasksLate(turned=1, late=1),
                LinksEnding(links=(LINK,)),
            ),
        ),
    ],
)  # fmt: skip
def test_alerts_follow_from_what_changed(
    before: AreaState | None, after: AreaState, alerts: tuple[Alert, ...]
) -> None:
    assert alerts_between(before, after) == alerts


@pytest.mark.parametrize("unpublished", [(True, False), (False, True), (True, True)])
def test_what_stands_on_unpublished_figures_is_not_told(unpublished: tuple[bool, bool]) -> None:
    before = state(unpublished=unpublished[0])
    after = state(all_clear=Light.HARD, reached=True, unpublished=unpublished[1])

    assert alerts_between(before, after) == (OutlookChanged(year=2026, unpublished=True),)
    assert alerts_between(before, replace_state(before, unpublished=unpublished[1])) == ()


def replace_state(before: AreaState, **changes: Any) -> AreaState:
    return msgspec.structs.replace(before, **changes)


def test_no_alert_has_a_field_for_a_figure_a_probability_or_a_typed_text() -> None:
    numbers, texts = set(), set()
    for kind in (*get_args(Alert), OverdueFigure, EndingLink, LightChange):
        for name, hint in get_type_hints(kind).items():
            inside = {hint, *get_args(hint)}
            numbers |= {f"{kind.__name__}.{name}"} if float in inside else set()
            texts |= {f"{kind.__name__}.{name}"} if str in inside else set()

    assert numbers == {"OutlookChanged.line"}  # chosen by people, no outcome
    assert texts == {
        "OverdueFigure.quarter", "OverdueFigure.indicator", "LightChange.indicator",
    }  # fmt: skip


@pytest.fixture(scope="module")
def outlook() -> Outlook:
    figures = steady_figures("2019Q1", "2021Q2", indicator="a")
    return judge(Question(ZONE, 2021), Inputs(make_catalogue("a"), [make_target("a")], figures))


def test_a_state_has_lights_the_side_of_the_line_and_what_is_overdue(outlook: Outlook) -> None:
    (verdict,) = outlook.verdicts
    due = replace(verdict.history.indicator, release_day=5)
    outlook = replace(
        outlook,
        verdicts=(replace(verdict, history=replace(verdict.history, indicator=due)),),
    )
    assert outlook.all_clear is not None
    chance = outlook.all_clear.probability
    day = date(2021, 10, 20)

    stands = with_outlook(AreaState(year=2021), outlook, chance, day, unpublished=False)
    above = with_outlook(AreaState(year=2021), outlook, chance + 1e-9, day, unpublished=True)

    assert stands.lights == {"a": verdict.light}
    assert (stands.all_clear, stands.line) == (outlook.light, chance)
    assert (stands.reached, above.reached) == (True, False)
    assert stands.overdue == (OverdueFigure(quarter="2021Q3", indicator="a"),)
    assert not stands.unpublished
    assert above.unpublished


def test_a_reference_area_crosses_no_line(outlook: Outlook) -> None:
    nation = replace(outlook, area=replace(outlook.area, reference=True))

    found = with_outlook(AreaState(year=2021), nation, 0.5, date(2021, 8, 1), unpublished=False)

    assert found.reached is None
