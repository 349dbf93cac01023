from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import AssumptionMissing, LevelsMissing, UnitsDiffer
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.scenario.apply import apply, prepared
from forecasting.scenario.arithmetic import now_of, unit_of
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, Entry, Pin, PointLever, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.realisation import rates_of
from forecasting.scenario.reference_class import ClassRate
from forecasting.scenario.response import Dial, Response, response
from tests.forecasting.scenario.builders import ASK, LEVELS, NO_LEVEL, zone_baseline

FIXED = "fixed_asset_investment"
ASSUMED = {
    LeverKind.FIRMS_RAISED: (("own_growth", 0.1),),
    LeverKind.TOP_FIRMS_OUTPUT: (("weight", 0.6),),
    LeverKind.STOPPAGE: (("weight", 0.2),),
    LeverKind.FOREIGN_CAPITAL: (("probability", 0.5),),
    LeverKind.FREIGHT_TRAINS: (("value_per_train", 0.1),),
    LeverKind.LAND_SUPPLY: (("intensity", 0.03),),
}
TURNS = st.floats(-20, 20)
STARTS = st.sampled_from([None, Quarter(2020, 3), Quarter(2021, 2), Quarter(2021, 4)])


def lever(kind: LeverKind, value: float = 1.0, start: Quarter | None = None) -> Lever:
    return Lever(kind, value, start=start, assumptions=ASSUMED.get(kind, ()))


LEVERS = st.builds(lever, st.sampled_from(LeverKind), TURNS, STARTS)
AMOUNTS = st.builds(Amount, st.sampled_from(sorted(LEVELS)), TURNS, start=STARTS) | st.builds(
    Amount, st.sampled_from([*LEVELS, NO_LEVEL]), TURNS, points=st.just(True)
)
POINTS = st.builds(
    PointLever,
    st.sampled_from(["service", "logistics"]),
    st.sampled_from([NO_LEVEL, FIXED, "trade_total"]),
    TURNS,
    st.floats(0.01, 2) | st.floats(-2, -0.01),
    st.floats(0, 2),
    STARTS,
    st.sampled_from([(1.0,), (0.3, 1.0)]),
)
PROJECTS = st.builds(
    Project,
    st.sampled_from("abc"),
    started=STARTS,
    producing=STARTS,
    counted=STARTS,
    completion=st.just(((2021, 3.0),)),
    output=st.floats(0, 20),
    tax=st.floats(0, 500),
    start_probability=st.floats(0, 1),
    delay=st.sampled_from([(1.0,), (0.6, 0.4), (0.2, 0.3, 0.5)]),
)
PINS = st.sampled_from(
    [
        (),
        (Pin(FIXED, 8.0),),
        (Pin(FIXED, 9.0, Quarter(2021, 3)),),
        (Pin("trade_total", 7.5), Pin("tax_revenue", 8.0, Quarter(2021, 4))),
    ]
)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    return Scenario(
        levers=tuple(draw(st.lists(LEVERS, max_size=3))),
        amounts=tuple(draw(st.lists(AMOUNTS, max_size=2))),
        points=tuple(draw(st.lists(POINTS, max_size=2))),
        projects=tuple(draw(st.lists(PROJECTS, max_size=2, unique_by=lambda one: one.id))),
        pins=draw(PINS),
        unmoved=draw(st.sampled_from([(), ("industrial_output",)])),
        levels=draw(st.sampled_from([(), ((FIXED, 50.0),)])),
    )


def same(
    baseline: Baseline,
    laid_out: Response,
    values: Sequence[float],
    scenario: Scenario,
    ledger: Scenario | None = None,
) -> None:
    """Assert that a setting of the dials says what applying the scenario says.

    What became of the projects in ``ledger`` is known, also of those that the setting leaves out.
    """
    own = rates_of(ledger or scenario, now_of(prepared(baseline, scenario))).own
    known = tuple(ClassRate(*key, rate.expected, rate.low, rate.high) for key, rate in own)
    outlook = apply(baseline, replace(scenario, rates=known)).outlook
    assert outlook.all_clear is not None
    assert laid_out.all_clear(values) == outlook.all_clear.probability
    assert laid_out.clear(values).mean() == outlook.all_clear.probability
    met = laid_out.met(values)
    assert laid_out.met(values, [FIXED]).keys() == {FIXED}
    for verdict in outlook.verdicts:
        assert met[verdict.indicator_id].mean() == verdict.probability
    fans = {
        course.indicator: growth
        for course, growth in zip(laid_out.courses, laid_out.growth(values), strict=True)
    }
    for verdict in outlook.verdicts:
        middle = np.sort(fans[verdict.indicator_id], axis=0)[round(0.5 * 8191)]
        assert middle == pytest.approx([point.quantiles.median for point in verdict.fan], abs=1e-9)


@given(
    scenario=scenarios(),
    extra=st.lists(LEVERS | AMOUNTS | POINTS, max_size=3),
    chosen=st.lists(st.booleans(), min_size=12, max_size=12),
    turns=st.lists(TURNS, min_size=12, max_size=12),
)
@settings(max_examples=60)
def test_every_setting_says_what_applying_the_scenario_says(
    baseline: Baseline,
    scenario: Scenario,
    extra: list[Entry],
    chosen: list[bool],
    turns: list[float],
) -> None:
    # Some of the scenario's own entries are dials, beside others that it does not hold.
    entries = zip([*scenario.entries, *extra], chosen, strict=False)
    dials = list(dict.fromkeys(unit_of(entry) for entry, is_dial in entries if is_dial))
    values = [
        float(turn > 0) if isinstance(dial, Project) else turn
        for dial, turn in zip(dials, turns, strict=False)
    ]
    laid_out = response(baseline, scenario, dials)

    kept = [entry for entry in scenario.entries if unit_of(entry) not in dials]
    turned = [
        dial if isinstance(dial, Project) else replace(dial, value=value)
        for dial, value in zip(dials, values, strict=True)
        if not isinstance(dial, Project) or value
    ]
    same(baseline, laid_out, values, scenario.holding([*kept, *turned]), scenario)


def test_without_dials_it_is_the_scenario(baseline: Baseline) -> None:
    scenario = Scenario(levers=(lever(LeverKind.NEW_STARTS, 3.0),), pins=(Pin(FIXED, 8.0),))

    same(baseline, response(baseline, scenario, ()), (), scenario)
    same(baseline, response(baseline, Scenario(), ()), (), Scenario())


@given(kind=st.sampled_from(LeverKind), value=st.floats(0.01, 1e4), other=TURNS)
@settings(max_examples=40)
def test_opposite_dials_cancel_to_the_last_bit(
    baseline: Baseline, kind: LeverKind, value: float, other: float
) -> None:
    dials = (lever(kind), PointLever("p", FIXED, 1.0, 0.3, spread=0.2), lever(kind))
    laid_out = response(baseline, Scenario(), dials)

    cancelled, plain = laid_out.growth((value, other, -value)), laid_out.growth((0.0, other, 0.0))
    for one, same_ in zip(cancelled, plain, strict=True):
        assert np.array_equal(one, same_)


@given(
    kind=st.sampled_from([kind for kind in LeverKind if kind is not LeverKind.STOPPAGE]),
    low=st.floats(-50, 50),
    more=st.floats(0, 50),
    other=st.floats(-2, 2),
)
@settings(max_examples=60)
def test_all_clear_never_falls_when_a_helpful_dial_rises(
    helped: Response, kind: LeverKind, low: float, more: float, other: float
) -> None:
    place = [dial.entry for dial in helped.dials].index(lever(kind))
    before = [other if isinstance(dial.entry, PointLever) else 3.0 for dial in helped.dials]
    before[place] = low
    after = [*before]
    after[place] = low + more

    assert helped.all_clear(after) >= helped.all_clear(before)
    assert helped.all_clear([30.0] * len(before)) > helped.all_clear([0.0] * len(before))


@pytest.fixture(scope="module")
def helped(baseline: Baseline) -> Response:
    every = [lever(kind) for kind in LeverKind if kind is not LeverKind.STOPPAGE]
    points = PointLever("service", NO_LEVEL, 1.0, 0.5, spread=0.4)
    return response(baseline, Scenario(), [*every, points])


def one(baseline: Baseline, entry: Entry, scenario: Scenario | None = None) -> Dial:
    (dial,) = response(baseline, scenario or Scenario(), [entry]).dials
    return dial


def test_reach_is_what_one_unit_adds_by_quarter_ahead(baseline: Baseline) -> None:
    (reach,) = one(baseline, lever(LeverKind.NEW_STARTS, 7.0)).reaches
    weights = np.cumsum(baseline.standing[0].history.weights(2021))

    assert reach.indicator == FIXED
    assert reach.outcome is None
    assert reach.table == pytest.approx(np.array([[100 * 0.5 / 40 / weights[2], 100 / 40]]))


def test_what_is_drawn_is_told_by_outcome(baseline: Baseline) -> None:
    (arrival,) = one(baseline, lever(LeverKind.FOREIGN_CAPITAL)).reaches
    assert arrival.table.shape == (2, 2)
    assert arrival.table[0].tolist() == [0, 0]
    assert arrival.outcome is not None
    assert arrival.outcome.mean() == pytest.approx(0.5, abs=1e-3)

    (drawn,) = one(baseline, PointLever("p", NO_LEVEL, 1.0, 0.5, spread=0.4)).reaches
    assert (drawn.table.shape, drawn.outcome) == ((8192, 2), None)


def test_a_dial_that_comes_too_late_or_is_held_reaches_nothing(baseline: Baseline) -> None:
    assert one(baseline, lever(LeverKind.LAND_SUPPLY)).reaches == ()
    held = Scenario(pins=(Pin(FIXED, 8.0),))
    assert one(baseline, lever(LeverKind.NEW_STARTS), held).reaches == ()
    left = Scenario(unmoved=(FIXED,))
    assert one(baseline, lever(LeverKind.NEW_STARTS), left).reaches == ()


def test_a_dial_says_every_number_that_it_lacks_and_rests_without(baseline: Baseline) -> None:
    levels = {name: level for name, level in LEVELS.items() if name != "trade_total"}
    poor = replace(baseline, levels=levels)
    trains = Lever(LeverKind.FREIGHT_TRAINS, 1.0)
    laid_out = response(poor, Scenario(), [trains])

    assumption, level = laid_out.dials[0].missing
    assert isinstance(assumption, AssumptionMissing)
    assert assumption.values["assumption"] == "value_per_train"
    assert isinstance(level, LevelsMissing)
    assert level.indicators == ("trade_total",)
    assert laid_out.dials[0].reaches == ()
    same(poor, laid_out, (0.0,), Scenario())
    with pytest.raises(AssumptionMissing):
        laid_out.all_clear((1.0,))
    with pytest.raises(AssumptionMissing):
        apply(poor, Scenario(levers=(trains,)))


def test_a_dial_says_that_its_unit_does_not_convert(baseline: Baseline) -> None:
    line = baseline.standing[8]
    other = replace(
        line, history=replace(line.history, indicator=replace(line.history.indicator, unit="mu"))
    )
    lines = tuple(other if old is line else old for old in baseline.lines)
    (error,) = one(replace(baseline, lines=lines), lever(LeverKind.FOREIGN_CAPITAL)).missing

    assert isinstance(error, UnitsDiffer)


def test_what_stays_has_to_be_whole(baseline: Baseline) -> None:
    with pytest.raises(LevelsMissing):
        response(baseline, Scenario(amounts=(Amount(NO_LEVEL, 1.0),)), ())


def test_years_known_to_their_end_are_met_or_not() -> None:
    complete = zone_baseline("2021Q4")
    laid_out = response(complete, Scenario(), [lever(LeverKind.NEW_STARTS)])
    together = outlook_of(complete).all_clear

    assert laid_out.courses == ()
    assert together is not None
    assert laid_out.closed_met == (together.probability == 1)
    assert laid_out.all_clear((5.0,)) == together.probability
    missed = replace(complete, question=replace(ASK, threshold=99.0), lines=tuple(
        replace(line, target=replace(line.target, threshold=99.0)) for line in complete.standing
    ))  # fmt: skip
    assert not response(missed, Scenario(), ()).closed_met


def test_where_no_target_counts_there_is_no_all_clear(baseline: Baseline) -> None:
    lines = tuple(
        replace(line, target=replace(line.target, counts=False)) for line in baseline.standing
    )
    laid_out = response(replace(baseline, lines=lines), Scenario(), ())

    assert not laid_out.counted
    with pytest.raises(ValueError, match="no target counts"):
        laid_out.all_clear(())
