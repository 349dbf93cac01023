from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from forecasting.cli.views import outlook_document
from forecasting.errors import (
    BottomUpBeyondArea,
    BottomUpTwice,
    BottomUpUnit,
    LevelsMissing,
    ScenarioRefused,
)
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.outlook.outlook import Verdict
from forecasting.outlook.verdict import growth_paths
from forecasting.scenario.apply import apply, prepared
from forecasting.scenario.bottom_up import (
    BottomUpAnswer,
    bottom_up_answers,
    rest_as_modelled,
    with_bottom_up,
)
from forecasting.scenario.model import Amount, BottomUp, Item, Pin, Rest, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.response import response
from tests.forecasting.scenario.builders import NO_LEVEL, zone_baseline

OUTPUT = "industrial_output"  # 200 last year, in 1e8 CNY; two quarters of 2021 are known
TAX = "tax_revenue"
Q3, Q4 = Quarter(2021, 3), Quarter(2021, 4)
WILD = BottomUp(
    OUTPUT,
    Rest(4.0, 3.0),
    (
        Item("甲", (60.0,), growth=12.0, spread=10.0),
        Item("乙", (10.0, 11.0, 12.0, 13.0), (11.0, 12.0), growth=-5.0, probability=0.8),
        Item("丙", amount=6.0, spread=30.0, probability=0.5),
    ),
    weight=1.0,
)
PLANT = Project(
    "P1",
    counted=Q3,
    started=Quarter(2021, 1),
    output=20.0,
    delay=(0.5, 0.5),
    start_probability=0.9,
    certain=True,
)
shares = st.floats(0, 0.24)
rates = st.floats(-60, 120)
often = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def year_ahead() -> Baseline:
    """The zone before any figure of the year."""
    return zone_baseline("2020Q4")


def scenario(*views: BottomUp, **entries: object) -> Scenario:
    return replace(Scenario(bottom_up=views), **entries)  # type: ignore[arg-type]


def verdict_of(baseline: Baseline, one: Scenario, indicator: str = OUTPUT) -> Verdict:
    verdicts = apply(baseline, one).outlook.verdicts
    return next(verdict for verdict in verdicts if verdict.indicator_id == indicator)


def only(baseline: Baseline, one: Scenario) -> BottomUpAnswer:
    (told,) = bottom_up_answers(baseline, one)
    return told


def growth_of(baseline: Baseline, indicator: str) -> np.ndarray:
    place = next(
        i for i, line in enumerate(baseline.standing) if line.target.indicator == indicator
    )
    blend = baseline.blends.get(indicator)
    line = baseline.standing[place]
    return growth_paths(line, baseline.question.year, baseline.paths[place], blend)


def from_published(baseline: Baseline, rest: float) -> float:
    """Return growth of the year if its quarters ahead grow by ``rest`` percent together."""
    history = next(line.history for line in baseline.standing if line.target.indicator == OUTPUT)
    share = sum(history.weights(2021)[:2])
    return share * history.ytd_at(Quarter(2021, 2)) + (1 - share) * rest


def test_without_weight_nothing_changes(baseline: Baseline) -> None:
    unweighted = scenario(replace(WILD, weight=0.0))

    assert prepared(baseline, unweighted) is baseline
    assert unweighted.empty
    assert outlook_document(apply(baseline, unweighted).outlook) == outlook_document(
        outlook_of(baseline)
    )


def test_with_all_weight_the_year_is_that_from_below(baseline: Baseline) -> None:
    told, verdict = only(baseline, scenario(WILD)), verdict_of(baseline, scenario(WILD))

    assert verdict.quantiles == told.below.quantiles
    assert verdict.probability == told.below.probability
    assert verdict.fan == told.below.fan
    before = next(v for v in outlook_of(baseline).verdicts if v.indicator_id == OUTPUT)
    assert told.model.quantiles == before.quantiles
    assert told.model.probability == before.probability
    assert told.model.fan == before.fan


@given(growth=rates, base=st.floats(0.1, 199), rest=rates)
@often
def test_without_spread_or_doubt_growth_is_the_weighted_sum(
    baseline: Baseline, growth: float, base: float, rest: float
) -> None:
    view = BottomUp(OUTPUT, Rest(rest), (Item("甲", (base,), growth=growth),))
    expected = from_published(baseline, (base * growth + (200 - base) * rest) / 200)

    assert only(baseline, scenario(view)).below.quantiles == pytest.approx((expected,) * 7)


@given(growth=st.floats(-99, 1000))
@often
def test_a_firm_that_is_the_whole_area_is_its_growth(year_ahead: Baseline, growth: float) -> None:
    view = BottomUp(OUTPUT, Rest(50.0, 9.0), (Item("甲", (200.0,), growth=growth),))

    assert only(year_ahead, scenario(view)).below.quantiles == pytest.approx((growth,) * 7)


def test_an_amount_is_told_as_its_growth_would_be(year_ahead: Baseline) -> None:
    base = (10.0, 20.0, 15.0, 25.0)
    items = [
        Item("甲", base, (11.0,), growth=10.0, spread=11.0),
        Item("甲", base, (11.0,), amount=66.0, spread=10.0),
    ]
    told = [only(year_ahead, scenario(BottomUp(OUTPUT, Rest(3.0), (item,)))) for item in items]

    assert told[0].below.quantiles == pytest.approx(told[1].below.quantiles)
    assert told[0].below.fan[1].quantiles == pytest.approx(told[1].below.fan[1].quantiles)


def test_a_quarter_known_of_a_firm_before_the_area_counts_as_it_is(baseline: Baseline) -> None:
    base = (10.0, 10.0, 10.0, 10.0)
    known = Item("甲", base, (10.0, 10.0, 14.0), growth=0.0, spread=20.0)
    told = only(baseline, scenario(BottomUp(OUTPUT, Rest(0.0), (known,)))).below

    third = told.fan[0]
    assert third.quarter == Q3
    assert min(third.quantiles) == pytest.approx(max(third.quantiles))
    assert max(told.quantiles) > min(told.quantiles) + 0.5


def test_what_is_new_comes_evenly_over_its_quarters(year_ahead: Baseline) -> None:
    new = Item("丙", known=(0.0, 0.0), amount=10.0)
    told = only(year_ahead, scenario(BottomUp(OUTPUT, Rest(0.0), (new,)))).below

    shares = np.cumsum(year_ahead.standing[3].history.weights(2021))
    grown = [point.quantiles.median for point in told.fan]
    assert grown == pytest.approx([0, 0, 2.5 / shares[2], 5.0], abs=1e-9)


def test_expected_growth_and_its_spread_are_those_stated(year_ahead: Baseline) -> None:
    whole = BottomUp(OUTPUT, Rest(0.0), (Item("甲", (200.0,), growth=8.0, spread=12.0),), 1.0)
    growth = growth_of(prepared(year_ahead, scenario(whole)), OUTPUT)[:, -1]

    assert growth.mean() == pytest.approx(8.0, abs=1e-9)
    assert growth.std() == pytest.approx(12.0, rel=0.02)
    assert growth.min() > -100


def test_what_may_not_happen_is_missing_on_as_many_paths(year_ahead: Baseline) -> None:
    stops = BottomUp(
        OUTPUT, Rest(0.0), (Item("甲", (50.0,), growth=0.0, probability=0.7),), weight=1.0
    )
    growth = growth_of(prepared(year_ahead, scenario(stops)), OUTPUT)[:, -1]

    assert (abs(growth) < 1e-9).mean() == pytest.approx(0.7, abs=1e-3)
    assert (abs(growth + 25) < 1e-9).mean() == pytest.approx(0.3, abs=1e-3)


def test_the_paths_keep_their_order_and_so_what_goes_together(baseline: Baseline) -> None:
    mixed = with_bottom_up(baseline, scenario(WILD))
    before, after = growth_of(baseline, OUTPUT)[:, -1], growth_of(mixed, OUTPUT)[:, -1]
    other = growth_of(baseline, "industrial_value_added")[:, -1]

    assert (np.diff(after[np.argsort(before, kind="stable")]) >= 0).all()
    assert (growth_of(mixed, "industrial_value_added")[:, -1] == other).all()
    assert spearmanr(after, other).statistic == pytest.approx(
        spearmanr(before, other).statistic, abs=1e-3
    )


@given(weight=st.floats(0.001, 1))
@often
def test_a_weight_is_the_share_of_paths_that_grow_from_below(
    baseline: Baseline, weight: float
) -> None:
    whole = with_bottom_up(baseline, scenario(WILD))
    mixed = with_bottom_up(baseline, scenario(replace(WILD, weight=weight)))
    taken = mixed.blends[OUTPUT].taken
    growth = growth_of(mixed, OUTPUT)

    assert abs(taken.reshape(8, 1024).mean(axis=1) - weight).max() <= 1 / 1024
    assert (growth[taken] == growth_of(whole, OUTPUT)[taken]).all()
    assert (growth[~taken] == growth_of(baseline, OUTPUT)[~taken]).all()
    more = with_bottom_up(baseline, scenario(replace(WILD, weight=min(1.0, weight + 0.1))))
    assert more.blends[OUTPUT].taken[taken].all()


def test_it_stands_among_the_members_with_its_weight(baseline: Baseline) -> None:
    members = verdict_of(baseline, scenario(replace(WILD, weight=0.25))).members

    assert members[-1].method == "bottom_up"
    assert members[-1].weight == 0.25
    assert sum(member.weight for member in members) == pytest.approx(1)
    below = only(baseline, scenario(WILD)).below
    assert members[-1].probability == pytest.approx(below.probability, abs=0.03)


def test_the_project_table_counts_once(baseline: Baseline) -> None:
    with_table = scenario(WILD, projects=(PLANT,))
    alone, both = only(baseline, scenario(WILD)), only(baseline, with_table)
    verdict = verdict_of(baseline, with_table)

    assert verdict.quantiles == both.below.quantiles
    (effect,) = (one for one in apply(baseline, with_table).effects if one.indicator == OUTPUT)
    assert both.projects == pytest.approx(sum(effect.points)) == pytest.approx(3.75)
    assert alone.projects == 0
    assert both.below.quantiles.median > alone.below.quantiles.median + 1
    assert both.model.quantiles.median > alone.model.quantiles.median + 1


def test_a_project_is_refused_in_both_the_view_and_the_table(baseline: Baseline) -> None:
    twice = replace(WILD, items=(Item("P1", amount=2.0),))

    with pytest.raises(BottomUpTwice, match="P1 is listed under"):
        apply(baseline, scenario(twice, projects=(PLANT,)))
    # The table brings no trade, so there it stands once.
    trade = replace(twice, indicator="trade_total")
    assert apply(baseline, scenario(trade, projects=(PLANT,)))


def test_pinned_quarters_stay_pinned(baseline: Baseline) -> None:
    quarter = scenario(WILD, pins=(Pin(OUTPUT, 9.0, Q3),))
    third, year = verdict_of(baseline, quarter).fan

    assert max(third.quantiles) - min(third.quantiles) < 1e-9
    assert max(year.quantiles) - min(year.quantiles) > 1
    full = scenario(WILD, pins=(Pin(OUTPUT, 6.6),))
    assert verdict_of(baseline, full).quantiles == pytest.approx((6.6,) * 7)


def test_levers_come_on_top(baseline: Baseline) -> None:
    lifted = scenario(WILD, amounts=(Amount(OUTPUT, 10.0, certain=True),))
    before, after = verdict_of(baseline, scenario(WILD)), verdict_of(baseline, lifted)

    assert np.subtract(after.quantiles, before.quantiles) == pytest.approx(5.0)


@given(weight=st.floats(0, 1), value=st.floats(-20, 20))
@often
def test_the_linear_picture_says_the_same(baseline: Baseline, weight: float, value: float) -> None:
    rest = scenario(replace(WILD, weight=weight), projects=(PLANT,), pins=(Pin(TAX, 7.2, Q3),))
    dial = Amount(OUTPUT, 1.0)
    whole = apply(baseline, replace(rest, amounts=(replace(dial, value=value),))).outlook

    assert whole.all_clear is not None
    assert response(baseline, rest, [dial]).all_clear([value]) == whole.all_clear.probability


def test_levels_may_be_in_another_unit_of_the_same_thing(baseline: Baseline) -> None:
    def view(unit: str, size: float) -> BottomUp:
        item = Item("甲", (60.0 * size,), amount=30.0 * size, known=(0.0, 0.0), spread=5.0)
        return BottomUp(OUTPUT, Rest(2.0), (item,), unit=unit)

    told = [only(baseline, scenario(view(*one))) for one in (("", 1), ("1e4 CNY", 1e4))]

    assert told[0].below.quantiles == pytest.approx(told[1].below.quantiles)
    with pytest.raises(BottomUpUnit, match="industrial_output is in 1e8 CNY"):
        only(baseline, scenario(view("trains", 1)))


def test_the_share_of_the_items_is_told_unless_it_gives_one_away(baseline: Baseline) -> None:
    firms = tuple(Item(name, (20.0,), growth=1.0) for name in "甲乙丙")
    two = BottomUp(OUTPUT, Rest(0.0), (*firms[:2], Item("丁", amount=9.0)))

    assert only(baseline, scenario(two)).listed is None
    three = replace(two, items=(*two.items, firms[2]))
    assert only(baseline, scenario(three)).listed == pytest.approx(0.3)
    small = replace(two, items=tuple(replace(firm, base=(2e5,)) for firm in firms), unit="1e4 CNY")
    assert only(baseline, scenario(small)).listed == pytest.approx(0.3)


def test_firms_cannot_have_had_more_than_the_area(baseline: Baseline) -> None:
    for base, first, listed in (((201.0,), 1, 201.0), ((0.0, 0.0, 0.0, 150.0), 3, 150.0)):
        view = BottomUp(OUTPUT, Rest(0.0), (Item("甲", base, growth=1.0),))
        with pytest.raises(BottomUpBeyondArea) as error:
            only(baseline, scenario(view))
        assert error.value.values["first"] == first
        assert error.value.values["listed"] == pytest.approx(listed)


@pytest.mark.parametrize(
    "item",
    [Item("甲"), Item("甲", growth=1.0, amount=1.0), Item("甲", (1.0, 2.0), growth=1.0)],
    ids=["nothing", "both", "two quarters"],
)
def test_what_cannot_be_is_refused_wherever_it_comes_from(baseline: Baseline, item: Item) -> None:
    with pytest.raises(ScenarioRefused):
        apply(baseline, scenario(BottomUp(OUTPUT, Rest(0.0), (item,), weight=0.5)))


def test_one_view_of_an_indicator_is_the_most(baseline: Baseline) -> None:
    with pytest.raises(ScenarioRefused):
        apply(baseline, scenario(WILD, WILD))


def test_a_view_needs_the_level_of_last_year(baseline: Baseline) -> None:
    view = BottomUp(NO_LEVEL, Rest(5.0, 1.0), weight=1.0)
    with pytest.raises(LevelsMissing):
        apply(baseline, scenario(view))
    with pytest.raises(LevelsMissing):
        bottom_up_answers(baseline, scenario(replace(view, weight=0.0)))

    both = scenario(view, WILD)
    partly = apply(baseline, both, partly=True)
    assert [one.id for one in partly.unmeasured] == [NO_LEVEL]
    assert [one.indicator for one in bottom_up_answers(baseline, both, partly=True)] == [OUTPUT]
    given_ = scenario(view, levels=((NO_LEVEL, 90.0),))
    assert only(baseline, given_).level == 90.0
    assert apply(baseline, given_).unmeasured == ()


@pytest.mark.parametrize("last", ["2020Q4", "2021Q1", "2021Q2", "2021Q3"])
@pytest.mark.parametrize("indicator", [OUTPUT, TAX])
def test_a_view_may_begin_where_the_models_are(last: str, indicator: str) -> None:
    baseline = zone_baseline(last)
    rest = rest_as_modelled(baseline, indicator)
    assert rest is not None
    told = only(baseline, scenario(BottomUp(indicator, rest)))

    for place in (1, 3, 5):
        assert told.below.quantiles[place] == pytest.approx(told.model.quantiles[place], abs=1.5)
    width, modelled = (side.quantiles.q90 - side.quantiles.q10 for side in (told.below, told.model))
    assert width == pytest.approx(modelled, rel=0.1)


def test_a_view_of_nothing_says_nothing_and_takes_no_path(baseline: Baseline) -> None:
    empty = scenario(BottomUp(OUTPUT, Rest(50.0), weight=1.0))

    assert bottom_up_answers(baseline, empty) == ()
    assert apply(baseline, empty).outlook == outlook_of(baseline)


def test_where_nothing_is_open_the_models_say_nothing(baseline: Baseline) -> None:
    assert rest_as_modelled(zone_baseline("2021Q4"), OUTPUT) is None
    assert rest_as_modelled(baseline, "no such indicator") is None


def test_what_stays_unmoved_takes_nothing_from_below(baseline: Baseline) -> None:
    unmoved = scenario(WILD, BottomUp(NO_LEVEL, Rest(5.0), weight=1.0), unmoved=(OUTPUT, NO_LEVEL))

    assert apply(baseline, unmoved).outlook == outlook_of(baseline)


def test_a_year_that_is_known_has_no_view() -> None:
    closed = zone_baseline("2021Q4")

    assert bottom_up_answers(closed, scenario(WILD)) == ()
    assert with_bottom_up(closed, scenario(WILD)) is closed
