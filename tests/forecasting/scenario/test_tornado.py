from dataclasses import replace

import pytest

from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, Pin, PointLever, Scenario
from forecasting.scenario.projects import Project, begun, shifted
from forecasting.scenario.response import Range, usual_range
from forecasting.scenario.tornado import BarKind, Tornado, TornadoBar, tornado
from tests.forecasting.scenario.builders import LEVELS, NO_LEVEL, zone_baseline

FIXED = "fixed_asset_investment"
NOW = Quarter(2021, 3)
PLANT = Project(
    "plant",
    started=Quarter(2021, 4),
    producing=Quarter(2021, 4),
    counted=Quarter(2021, 4),
    completion=((2021, 6.0),),
    output=30.0,
    tax=900.0,
    start_probability=0.6,
    delay=(0.7, 0.3),
)
SCENARIO = Scenario(
    levers=(Lever(LeverKind.NEW_STARTS, 2.0), Lever(LeverKind.TAX, 4800.0)),
    amounts=(Amount("trade_total", 1.0),),
    points=(PointLever("service", NO_LEVEL, 1.0, 0.5, spread=0.2),),
    projects=(PLANT,),
)


@pytest.fixture(scope="module")
def drawn(baseline: Baseline) -> Tornado:
    bars = tornado(baseline, SCENARIO)
    assert bars is not None
    return bars


def bar(drawn: Tornado, kind: object, action: BarKind = BarKind.VALUE) -> TornadoBar:
    (found,) = [
        one
        for one in drawn.bars
        if one.action is action
        and kind in (getattr(one.entry, name, None) for name in ("kind", "indicator", "id"))
    ]
    return found


def probability(baseline: Baseline, scenario: Scenario) -> float:
    together = apply(baseline, scenario).outlook.all_clear
    assert together is not None
    return together.probability


def test_a_step_does_what_the_scenario_with_it_would(baseline: Baseline, drawn: Tornado) -> None:
    before = probability(baseline, SCENARIO)
    starts = bar(drawn, LeverKind.NEW_STARTS)
    assert starts.up is not None
    more = (Lever(LeverKind.NEW_STARTS, 4.0), SCENARIO.levers[1])

    assert drawn.probability == before
    assert starts.up.amount == pytest.approx(2.0)  # a tenth of 0 to 20
    assert starts.up.probability == probability(baseline, replace(SCENARIO, levers=more))
    assert starts.up.change == starts.up.probability - before > 0


def test_every_dial_of_the_scenario_and_every_lever_at_rest_has_a_bar(drawn: Tornado) -> None:
    # Land comes next year; the others at rest lack a number that only the zone knows.
    kinds = {one.entry.kind for one in drawn.bars if isinstance(one.entry, Lever)}
    assert kinds == {
        LeverKind.SIGNED_INVESTMENT,
        LeverKind.NEW_STARTS,
        LeverKind.TECHNICAL_TRANSFORMATION,
        LeverKind.PROJECT_OUTPUT,
        LeverKind.PRODUCER_PRICES,
        LeverKind.TAX,
    }
    points = bar(drawn, NO_LEVEL)
    assert points.up is not None
    assert points.up.amount == pytest.approx(4.0)  # ten points either way, half a point each
    amount = bar(drawn, "trade_total")
    assert amount.up is not None
    assert amount.up.amount == pytest.approx(0.1 * 0.2 * LEVELS["trade_total"])


def test_the_largest_bar_comes_first(drawn: Tornado) -> None:
    sizes = [one.size for one in drawn.bars]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_at_the_end_of_its_range_a_dial_turns_one_way(drawn: Tornado) -> None:
    assert bar(drawn, LeverKind.SIGNED_INVESTMENT).down is None
    tax = bar(drawn, LeverKind.TAX)
    assert tax.up is None
    assert tax.down is not None
    assert tax.down.amount == pytest.approx(-1000.0)


def test_a_dial_beyond_its_range_turns_back(baseline: Baseline) -> None:
    drawn = tornado(baseline, Scenario(levers=(Lever(LeverKind.NEW_STARTS, 25.0),)))
    assert drawn is not None
    starts = bar(drawn, LeverKind.NEW_STARTS)

    assert starts.up is None
    assert starts.down is not None


def test_a_projects_dates_and_chance_are_moved(baseline: Baseline, drawn: Tornado) -> None:
    dates, chance = bar(drawn, "plant", BarKind.DATES), bar(drawn, "plant", BarKind.CHANCE)
    earlier, later = (shifted(PLANT, quarters, NOW) for quarters in (-1, 1))
    assert earlier is not None
    assert later is not None
    sure = replace(PLANT, start_probability=1.0)
    half = replace(PLANT, start_probability=0.3)

    for step, amount, project in (
        (dates.down, -1, earlier),
        (dates.up, 1, later),
        (chance.up, pytest.approx(0.4), sure),
        (chance.down, pytest.approx(-0.3), half),
    ):
        assert step is not None
        assert step.amount == amount
        expected = probability(baseline, replace(SCENARIO, projects=(project,)))
        assert step.probability == expected


def test_what_has_begun_is_not_asked_whether_it_begins(baseline: Baseline) -> None:
    going = replace(PLANT, started=Quarter(2021, 1), recorded=Quarter(2021, 1))
    drawn = tornado(baseline, Scenario(projects=(going,)))
    assert drawn is not None

    actions = [one.action for one in drawn.bars if isinstance(one.entry, Project)]
    assert actions == [BarKind.DATES]


def test_where_all_clear_is_out_of_reach_bars_tell_targets_apart(baseline: Baseline) -> None:
    hopeless = Scenario(pins=(Pin("tax_revenue", -5.0),))
    drawn = tornado(baseline, hopeless)
    assert drawn is not None

    assert drawn.probability == 0
    assert {one.size for one in drawn.bars} == {0}
    gains = [max(abs(s.targets) for s in (one.down, one.up) if s) for one in drawn.bars]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0


def test_a_complete_year_has_no_bars() -> None:
    drawn = tornado(zone_baseline("2021Q4"), SCENARIO)

    assert drawn is not None
    assert drawn.bars == ()


def test_without_a_target_that_counts_there_is_no_tornado(baseline: Baseline) -> None:
    lines = tuple(
        replace(line, target=replace(line.target, counts=False)) for line in baseline.standing
    )
    assert tornado(replace(baseline, lines=lines), SCENARIO) is None


def test_only_dates_ahead_are_moved_and_never_before_today() -> None:
    going = replace(PLANT, started=Quarter(2021, 1), producing=NOW)

    later = shifted(going, 2, NOW)
    assert later is not None
    assert (later.started, later.producing) == (Quarter(2021, 1), Quarter(2022, 1))
    assert shifted(going, -1, NOW) is None
    assert shifted(Project("nothing planned"), 1, NOW) is None
    assert (begun(going, NOW), begun(PLANT, NOW)) == (True, False)


def test_a_dial_without_level_or_size_has_no_usual_range() -> None:
    assert usual_range(Amount("gdp", 1.0), {}) is None
    assert usual_range(Amount("gdp", 1.0), {"gdp": 50.0}) == Range(-5.0, 5.0)
    assert usual_range(Amount("gdp", 1.0, points=True), {}) == Range(-10.0, 10.0)
    assert usual_range(PointLever("p", "gdp", 1.0, -0.5), {}) == Range(-20.0, 20.0)
    assert usual_range(PointLever("p", "gdp", 1.0, 0.0), {}) is None
