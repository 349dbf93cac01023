"""How much of a plan comes, and when: what is drawn has the rates it is drawn by."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import multivariate_normal

from forecasting.arrays import Array
from forecasting.cli.views import outlook_document
from forecasting.figures.indicator import Direction
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.outlook.paths import PATHS_PER_SET
from forecasting.outlook.question import TargetLine
from forecasting.scenario.apply import Effect, apply
from forecasting.scenario.arithmetic import YearContext, project_parts
from forecasting.scenario.draws import correlated_uniforms
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.live import live
from forecasting.scenario.model import Amount, Entry, PointLever, Scenario, Turnable
from forecasting.scenario.projects import Project, Stage, carried
from forecasting.scenario.realisation import (
    LARGE_INVESTMENT,
    NEVER,
    PRODUCTION_SLIP,
    dated,
    drawn_realisation,
    drawn_value_share,
    known_outcomes,
    plan_share,
    rate_key,
    rates_of,
    realised,
    reference_class,
    start_probability,
    start_rates,
)
from forecasting.scenario.reference_class import (
    PRIOR,
    ClassRate,
    Quantity,
    Rate,
    RealisationRates,
    ReferenceClass,
)
from forecasting.scenario.response import response
from tests.snapshots import all_certain

NOW, SEED = Quarter(2021, 3), 7
USUAL = RealisationRates()
FIXED = "fixed_asset_investment"
SIGNED = Project(
    "signed",
    signed=Quarter(2021, 2),
    started=NOW,
    recorded=NOW,
    producing=Quarter(2021, 4),
    counted=Quarter(2021, 4),
    completion=((2021, 2.0),),
    total_investment=8.0,
    output=8.0,
    tax=400.0,
)
PLANNED = replace(SIGNED, id="planned", recorded=Quarter(2021, 2))
BEGUN = replace(SIGNED, started=Quarter(2021, 1), recorded=Quarter(2021, 1), stage=Stage.STARTED)
OF_CLASS = {
    ReferenceClass.STARTED: replace(BEGUN, producing=Quarter(2022, 4)),
    ReferenceClass.UNDER_CONSTRUCTION: replace(
        BEGUN, started=Quarter(2019, 1), producing=Quarter(2022, 4)
    ),
    ReferenceClass.COMPLETING: BEGUN,
    ReferenceClass.TECHNICAL: replace(BEGUN, stage=Stage.UPGRADED),
    ReferenceClass.SIGNED: SIGNED,
    ReferenceClass.PLANNED_START: PLANNED,
    ReferenceClass.IN_PRODUCTION: replace(BEGUN, producing=Quarter(2021, 1)),
}
MANY = 400


@cache
def start_delays(project: Project) -> Array:
    """Return the delay of many projects like one, shape ``(projects, paths)``."""
    return np.stack(
        [
            drawn_realisation(replace(project, id=f"{number}"), USUAL, NOW, SEED).start_delay
            for number in range(MANY)
        ]
    )


def correlation(events: Array) -> float:
    """Return the mean correlation of each two rows of zeros and ones with one mean."""
    count, mean = len(events), events.mean()
    return float((events.mean(axis=0).var() * count / (mean * (1 - mean)) - 1) / (count - 1))


# What is drawn has the mean and the range of the table.


@pytest.mark.parametrize("reference", OF_CLASS)
def test_stage_and_dates_put_a_project_in_its_class(reference: ReferenceClass) -> None:
    assert reference_class(OF_CLASS[reference], NOW) is reference


@pytest.mark.parametrize("project", [SIGNED, PLANNED], ids=["signed", "planned"])
@pytest.mark.parametrize(
    ("quantity", "quarters"),
    [(Quantity.START_2Q, 2), (Quantity.START_4Q, 4), (Quantity.START_EVER, NEVER)],
)
def test_as_many_projects_start_as_the_rates_of_their_class_say(
    project: Project, quantity: Quantity, quarters: int
) -> None:
    rate = PRIOR[reference_class(project, NOW), quantity][0]
    shares = (start_delays(project) < quarters).mean(axis=0)

    assert shares.mean() == pytest.approx(rate.expected, abs=0.005)
    # 400 projects stand about their rate by two or three in a hundred.
    assert np.quantile(shares, [0.1, 0.9]) == pytest.approx([rate.low, rate.high], abs=0.03)


def test_as_many_projects_enter_the_statistics_as_their_rate_says() -> None:
    rate = PRIOR[ReferenceClass.STARTED, Quantity.ENTERS][0]
    shares = np.mean(
        [
            drawn_realisation(replace(SIGNED, id=f"{number}"), USUAL, NOW, SEED).entered
            for number in range(MANY)
        ],
        axis=0,
    )

    assert shares.mean() == pytest.approx(rate.expected, abs=0.005)
    assert np.quantile(shares, [0.1, 0.9]) == pytest.approx([rate.low, rate.high], abs=0.03)


@pytest.mark.parametrize(
    ("reference", "table"),
    [
        *((one, one) for one in OF_CLASS if (one, Quantity.PLAN_SHARE) in PRIOR),
        (ReferenceClass.SIGNED, ReferenceClass.STARTED),
        (ReferenceClass.PLANNED_START, ReferenceClass.STARTED),
        (ReferenceClass.IN_PRODUCTION, ReferenceClass.COMPLETING),
    ],
)
def test_the_share_of_a_plan_has_the_mean_and_range_of_its_class(
    reference: ReferenceClass, table: ReferenceClass
) -> None:
    rate = PRIOR[table, Quantity.PLAN_SHARE][0]
    drawn = drawn_realisation(OF_CLASS[reference], USUAL, NOW, SEED).plan_share

    assert drawn is not None
    assert drawn.mean() == pytest.approx(rate.expected, abs=1e-9)
    assert np.quantile(drawn, [0.1, 0.9]) == pytest.approx([rate.low, rate.high], abs=0.005)


def test_output_reaches_what_its_rate_says_in_the_fourth_quarter() -> None:
    rate = PRIOR[ReferenceClass.IN_PRODUCTION, Quantity.OUTPUT_SHARE][0]
    drawn = drawn_realisation(SIGNED, USUAL, NOW, SEED).output_share
    running = replace(OF_CLASS[ReferenceClass.IN_PRODUCTION], counted=Quarter(2021, 1), output=4.0)
    (part,) = [
        one
        for one in project_parts(running, YearContext(2021, NOW, SEED))
        if one.indicator == "industrial_output"
    ]

    assert drawn is not None
    fourth = part.spread(part.table)[:, 3]  # a quarter of 4 is 1
    assert fourth.mean() == pytest.approx(rate.expected, abs=1e-9)
    assert np.quantile(fourth, [0.1, 0.9]) == pytest.approx([rate.low, rate.high], abs=0.005)


ENTRIES: list[Turnable] = [
    *(Lever(kind, 1.0) for kind in LeverKind),
    Amount("gdp", 1.0),
    PointLever("p", "gdp", 1.0, 0.5),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_the_share_of_an_entry_has_the_mean_and_range_of_its_class(entry: Turnable) -> None:
    key = rate_key(entry)
    rate = PRIOR[key][0]
    if key[1] in (Quantity.SIGNED_SHARE, Quantity.OUTPUT_SHARE):  # their mean is in the lever
        rate = rate.times(1 / rate.expected)
    drawn = drawn_value_share(entry, USUAL, SEED)

    assert drawn is not None
    assert drawn.mean() == pytest.approx(rate.expected, abs=1e-9)
    assert np.quantile(drawn, [0.1, 0.9]) == pytest.approx([rate.low, rate.high], abs=0.015)
    assert (drawn >= 0).all()


def test_production_slips_as_often_as_is_said() -> None:
    drawn = drawn_realisation(BEGUN, USUAL, NOW, SEED)
    counts = np.bincount(drawn.production_delay, minlength=NEVER + 1) / len(drawn.start_delay)

    assert counts[:5] == pytest.approx(PRODUCTION_SLIP, abs=0.002)
    assert counts[NEVER] == pytest.approx(1 - sum(PRODUCTION_SLIP), abs=0.002)


# What stands fast.


def brought(
    project: Project, indicator: str, rates: RealisationRates = USUAL, opens: Quarter = NOW
) -> Array:
    """Return what a project brings by path and quarter; nothing where it does not reach it."""
    frame = YearContext(2021, NOW, SEED, rates=rates, opens=opens)
    parts = [one for one in project_parts(project, frame) if one.indicator == indicator]
    return parts[0].spread(parts[0].table) if parts else np.zeros((1, 4))


def test_what_has_begun_starts_no_later() -> None:
    assert not drawn_realisation(BEGUN, USUAL, NOW, SEED).start_delay.any()
    assert brought(BEGUN, FIXED).mean(axis=0) == pytest.approx([0.95 * 0.5] * 4)


@pytest.mark.parametrize("producing", [None, Quarter(2021, 1), Quarter(2021, 4)])
def test_output_that_is_counted_already_never_falls_away(producing: Quarter | None) -> None:
    running = replace(BEGUN, producing=producing, counted=Quarter(2021, 2))

    assert (brought(running, "industrial_output")[:, 2] > 0).all()


def test_what_produces_by_its_stage_slips_no_more() -> None:
    running = replace(BEGUN, producing=None, stage=Stage.AT_CAPACITY)
    drawn = drawn_realisation(running, USUAL, NOW, SEED)

    assert not drawn.production_delay.any()


@pytest.mark.parametrize(
    ("started", "recorded", "share"),
    [
        (Quarter(2021, 1), Quarter(2021, 2), 1.0),
        (Quarter(2021, 1), None, 0.75),
        (Quarter(2020, 4), None, 1.0),
    ],
    ids=["recorded", "started this year", "started before"],
)
def test_what_has_started_this_year_may_miss_the_statistics(
    started: Quarter, recorded: Quarter | None, share: float
) -> None:
    project = replace(BEGUN, started=started, recorded=recorded, plan_share=Rate(1, 1, 1))
    comes = brought(project, FIXED)[:, 3] > 0

    assert comes.mean() == pytest.approx(share, abs=0.01)


def test_an_own_chance_changes_how_often_a_project_starts_and_not_how_soon() -> None:
    ever = PRIOR[ReferenceClass.SIGNED, Quantity.START_EVER][0].expected
    own = replace(SIGNED, start_probability=ever)
    delays = drawn_realisation(own, USUAL, NOW, SEED).start_delay

    assert (delays < NEVER).mean() == pytest.approx(ever, abs=0.002)
    for quarters in (1, 2, 4):
        share = (start_delays(SIGNED) < quarters).mean()
        assert (delays < quarters).mean() == pytest.approx(share, abs=0.02)


def test_a_project_without_any_date_may_start_from_now_on_and_a_certain_one_brings_nothing() -> (
    None
):
    undated = replace(SIGNED, started=None, recorded=None, producing=None, counted=None)
    now = replace(undated, started=NOW)

    np.testing.assert_array_equal(brought(undated, FIXED), brought(now, FIXED))
    assert brought(undated, FIXED).any()
    certain = replace(undated, certain=True)
    assert project_parts(certain, YearContext(2021, NOW, SEED)) == []


def test_a_project_without_a_date_starts_in_no_quarter_that_is_over_though_it_has_no_figures() -> (
    None
):
    undated = replace(SIGNED, started=None, recorded=None, producing=None, counted=None)
    overdue = replace(undated, start_planned=NOW)
    opens = NOW + 1

    for project in (undated, overdue):
        assert dated(project, NOW, opens).started == opens
        np.testing.assert_array_equal(
            brought(project, FIXED, opens=opens), brought(replace(project, started=opens), FIXED)
        )
        assert brought(project, FIXED, opens=opens)[:, NOW.quarter - 1].max() == 0.0
    begun = replace(undated, stage=Stage.STARTED)
    assert dated(begun, NOW, opens).started == NOW + -1


def test_large_projects_start_less_often_within_a_year() -> None:
    large = replace(SIGNED, total_investment=LARGE_INVESTMENT + 1)
    small, big = (start_rates(one, USUAL, NOW) for one in (SIGNED, large))

    assert big.within_2q.expected == pytest.approx(small.within_2q.expected / 2)
    assert big.within_4q.expected == pytest.approx(small.within_4q.expected / 2)
    assert big.ever == small.ever


@pytest.mark.parametrize("quarters", range(10))
def test_what_was_signed_a_year_ago_and_has_not_started_starts_less_often(quarters: int) -> None:
    fresh, old = (replace(SIGNED, signed=NOW + -ago) for ago in (0, quarters))
    chances = [start_probability(one, USUAL, NOW) for one in (fresh, old)]

    # Of 100, 60 have started within the year and 15 will: 15 of the 40 that are left.
    assert chances == pytest.approx([0.75, 0.75 if quarters < 4 else 15 / 40])


@pytest.mark.parametrize(
    "rates",
    [
        [(Quantity.START_4Q, 0.95)],
        [(Quantity.START_2Q, 0.9), (Quantity.START_EVER, 0.5)],
        [(Quantity.START_4Q, 1.0)],
        [(Quantity.START_EVER, 0.0), (Quantity.START_4Q, 0.0), (Quantity.START_2Q, 0.0)],
    ],
)
def test_no_rate_makes_a_start_impossible_to_draw(rates: list[tuple[Quantity, float]]) -> None:
    own = tuple(
        ((ReferenceClass.SIGNED, quantity), Rate(share, share, share)) for quantity, share in rates
    )
    typed = RealisationRates(own)
    for project in (SIGNED, replace(SIGNED, signed=NOW + -8)):
        for one in (project, replace(project, start_probability=0.5)):
            of = start_rates(one, typed, NOW)
            assert 0 <= of.within_2q.expected <= of.within_4q.expected <= of.ever.expected <= 1
            delays = drawn_realisation(one, typed, NOW, SEED).start_delay
            chance = start_probability(one, typed, NOW)
            assert (delays < NEVER).mean() == pytest.approx(chance, abs=0.02)


@given(
    stage=st.sampled_from(Stage),
    dates=st.tuples(*[st.none() | st.integers(-6, 5).map(lambda by: NOW + by)] * 5),
)
@settings(max_examples=60)
def test_nothing_planned_brings_more_than_if_it_were_certain(
    stage: Stage, dates: tuple[Quarter | None, ...]
) -> None:
    signed, started, recorded, producing, counted = dates
    project = replace(
        SIGNED, stage=stage, signed=signed, started=started, recorded=recorded,
        producing=producing, counted=counted,
    )  # fmt: skip
    project = dated(project, NOW, NOW)  # a certain one has no start but its own
    for indicator in (FIXED, "industrial_output", "tax_revenue"):
        planned, certain = (
            brought(one, indicator).mean(axis=0).cumsum()
            for one in (project, replace(project, certain=True))
        )
        assert (planned <= certain + 1e-9).all()
        assert (planned >= 0).all()


# What the zone's own ledger says.


def ledger(count: int, started: int) -> tuple[Project, ...]:
    """Return projects signed two years ago, of which some started the quarter after."""
    return tuple(
        Project(
            f"{number}",
            signed=Quarter(2019, 1),
            started=Quarter(2019, 2) if number < started else Quarter(2021, 1),
        )
        for number in range(count)
    )


def rate_after(projects: Sequence[Project], quantity: Quantity = Quantity.START_2Q) -> Rate:
    return rates_of(Scenario(projects=tuple(projects)), NOW).rate(ReferenceClass.SIGNED, quantity)


@pytest.mark.parametrize(("count", "started"), [(1, 1), (10, 2), (30, 24), (30, 3), (60, 30)])
def test_own_outcomes_weigh_as_many_as_there_are_beside_twenty(count: int, started: int) -> None:
    prior = PRIOR[ReferenceClass.SIGNED, Quantity.START_2Q][0]
    rate = rate_after(ledger(count, started))

    assert rate.expected == pytest.approx((started + 20 * 0.40) / (count + 20))
    narrowed = (20 / (count + 20)) ** 0.5
    assert rate.expected - rate.low == pytest.approx(narrowed * (prior.expected - prior.low))
    assert rate.high - rate.expected == pytest.approx(narrowed * (prior.high - prior.expected))


def test_fewer_outcomes_move_a_rate_less() -> None:
    moved = [rate_after(ledger(count, count)).expected for count in (0, 5, 30, 100)]

    assert moved[0] == 0.40
    assert moved == sorted(moved)


@given(count=st.integers(1, 2000), share=st.floats(0, 1))
@settings(max_examples=60)
def test_a_rate_of_any_ledger_is_possible_and_narrower(count: int, share: float) -> None:
    for quantity in (Quantity.START_2Q, Quantity.START_4Q):
        prior = PRIOR[ReferenceClass.SIGNED, quantity][0]
        rate = rate_after(ledger(count, round(share * count)), quantity)

        assert rate.possible
        assert 0 <= rate.low < rate.high <= 1
        assert rate.high - rate.low < prior.high - prior.low


def test_a_typed_rate_stands_before_the_ledger() -> None:
    typed = ClassRate(ReferenceClass.SIGNED, Quantity.START_2Q, 0.1, 0.05, 0.2)
    scenario = Scenario(projects=ledger(30, 30), rates=(typed,))

    assert rates_of(scenario, NOW).rate(typed.reference, typed.quantity) == typed.rate


def outcomes(project: Project) -> dict[tuple[ReferenceClass, Quantity], float]:
    return {(one.reference, one.quantity): one.came for one in known_outcomes([project], NOW)}


def test_a_start_is_late_once_its_quarters_are_over() -> None:
    planned = Project("p", signed=Quarter(2019, 1), start_planned=Quarter(2020, 3))
    of_two = (ReferenceClass.PLANNED_START, Quantity.START_2Q)
    of_four = (ReferenceClass.PLANNED_START, Quantity.START_4Q)

    assert outcomes(replace(planned, started=Quarter(2020, 4))) == {of_two: 1, of_four: 1}
    assert outcomes(replace(planned, started=Quarter(2021, 1))) == {of_two: 0, of_four: 1}
    assert outcomes(planned) == {of_two: 0, of_four: 0}
    assert outcomes(replace(planned, start_planned=Quarter(2021, 2))) == {}
    assert reference_class(planned, NOW) is ReferenceClass.PLANNED_START


def test_a_date_that_nobody_filled_in_is_no_outcome() -> None:
    running = Project("p", signed=Quarter(2019, 1), stage=Stage.PRODUCING)
    dated = replace(running, started=Quarter(2019, 2), producing=Quarter(2020, 1))

    assert outcomes(running) == {}
    assert (ReferenceClass.STARTED, Quantity.ENTERS) not in outcomes(dated)


def test_entry_in_the_statistics_is_known_once_its_year_is_over() -> None:
    enters = (ReferenceClass.STARTED, Quantity.ENTERS)
    project = Project("p", started=Quarter(2019, 3), recorded=Quarter(2019, 4))

    assert outcomes(project)[enters] == 1
    assert outcomes(replace(project, recorded=Quarter(2020, 1)))[enters] == 0
    assert outcomes(replace(project, started=NOW, recorded=NOW)) == {}


def test_what_was_completed_of_a_plan_is_known_where_it_is_said() -> None:
    project = Project(
        "p",
        started=Quarter(2019, 3),
        completion=((2019, 2.0), (2020, 4.0), (2021, 4.0)),
        completed=((2019, 1.0), (2020, 5.0), (2021, 1.0)),
    )

    assert outcomes(project) == {
        (ReferenceClass.STARTED, Quantity.PLAN_SHARE): 0.5,
        (ReferenceClass.UNDER_CONSTRUCTION, Quantity.PLAN_SHARE): 1.25,
    }


def test_one_plan_of_next_to_nothing_does_not_settle_a_rate() -> None:
    wild = replace(
        BEGUN, started=Quarter(2019, 1), completion=((2020, 0.01),), completed=((2020, 5.0),)
    )
    rate = rates_of(Scenario(projects=(wild,)), NOW).rate(
        ReferenceClass.UNDER_CONSTRUCTION, Quantity.PLAN_SHARE
    )

    assert rate.expected == pytest.approx((2 + 20 * 0.85) / 21)


# What projects of one zone share.


@pytest.mark.parametrize("shared", [0.0, 0.3, 0.8, 1.0])
def test_shares_of_plans_correlate_by_the_zone_factor(shared: float) -> None:
    rates = RealisationRates(zone_factor=shared)
    drawn = [
        drawn_realisation(replace(BEGUN, id=name), rates, NOW, SEED).plan_share for name in "abcdef"
    ]
    scores = [ndtri((np.argsort(np.argsort(one)) + 0.5) / len(one)) for one in drawn]

    found = np.corrcoef(scores)[np.triu_indices(6, 1)]
    assert found == pytest.approx(np.full(15, shared), abs=0.05)
    assert found.mean() == pytest.approx(shared, abs=0.02)


def test_fifteen_projects_come_in_the_range_that_portfolios_did() -> None:
    """County and city lists: 0.85 of the plan, from 0.65 to 1.05 in eight cases of ten."""
    drawn = [
        drawn_realisation(replace(OF_CLASS[ReferenceClass.UNDER_CONSTRUCTION], id=f"{n}"), USUAL,
                          NOW, SEED).plan_share
        for n in range(15)
    ]  # fmt: skip
    together = np.mean(drawn, axis=0)  # type: ignore[arg-type]  # none is certain

    assert together.mean() == pytest.approx(0.85)
    assert np.quantile(together, [0.1, 0.9]) == pytest.approx([0.65, 1.05], abs=0.05)


@pytest.mark.parametrize("quantity", [Quantity.START_4Q, Quantity.START_EVER])
def test_starts_correlate_by_the_doubt_about_their_rate(quantity: Quantity) -> None:
    rate = PRIOR[ReferenceClass.SIGNED, quantity][0]
    quarters = 4 if quantity is Quantity.START_4Q else NEVER
    doubt = rate.at((np.arange(10_000) + 0.5) / 10_000).var()

    found = correlation(start_delays(SIGNED) < quarters)
    assert found == pytest.approx(doubt / (rate.expected * (1 - rate.expected)), abs=0.01)
    assert found > 0.03


@pytest.mark.parametrize("shared", [0.0, 0.3, 1.0])
def test_starts_of_an_own_chance_correlate_by_the_zone_factor(shared: float) -> None:
    rates = RealisationRates(zone_factor=shared)
    starts = np.stack(
        [
            drawn_realisation(
                replace(SIGNED, id=f"{n}", start_probability=0.3), rates, NOW, SEED
            ).start_delay
            < NEVER
            for n in range(60)
        ]
    )
    latent = multivariate_normal([0, 0], [[1, shared], [shared, 1]], allow_singular=True)
    both = latent.cdf([ndtri(0.3)] * 2)

    assert starts.mean() == pytest.approx(0.3, abs=0.005)
    assert correlation(starts) == pytest.approx((both - 0.09) / 0.21, abs=0.02)


def test_high_is_good_for_the_zone_in_all_that_is_shared() -> None:
    zone = correlated_uniforms(SEED, "anything", 1.0)
    drawn = drawn_realisation(replace(SIGNED, id="a"), USUAL, NOW, SEED)

    assert drawn.plan_share is not None
    assert drawn.entered is not None
    assert np.corrcoef(zone, drawn.plan_share)[0, 1] > 0.2
    assert np.corrcoef(zone, drawn.entered)[0, 1] > 0.1
    assert np.corrcoef(zone, drawn.start_delay)[0, 1] < -0.1
    assert np.corrcoef(zone, drawn.production_delay - drawn.start_delay)[0, 1] < 0.1


def test_a_project_beside_it_moves_nothing_of_another() -> None:
    alone, beside = Scenario(projects=(SIGNED,)), Scenario(projects=(SIGNED, PLANNED))

    assert rates_of(alone, NOW) == rates_of(beside, NOW)
    assert (brought(SIGNED, FIXED) == brought(replace(SIGNED, name="renamed"), FIXED)).all()


# Scenarios.


def signed_ledger(count: int) -> tuple[Project, ...]:
    """Return signed projects as a table without chances brings them: 2 of 8 planned this year."""
    return tuple(replace(SIGNED, id=f"{n}", output=0.0, tax=0.0) for n in range(count))


def test_plus_and_minus_take_the_same_draw(baseline: Baseline) -> None:
    before = outlook_document(outlook_of(baseline))
    for one in (Lever(LeverKind.NEW_STARTS, 3.0), Amount("tax_revenue", 1.0),
                PointLever("p", "gdp", 1.0, 0.5, spread=0.2)):  # fmt: skip
        both = Scenario().holding([one, replace(one, value=-one.value)])
        assert outlook_document(apply(baseline, both).outlook) == before
        alone = apply(baseline, Scenario().holding([one])).outlook
        assert outlook_document(alone) != before


@pytest.mark.parametrize(
    "loss",
    [
        Lever(LeverKind.NEW_STARTS, -3.0),
        Lever(LeverKind.TAX, -600.0),
        Amount("tax_revenue", -1.0),
        Amount("gdp", -2.0, points=True),
        PointLever("p", "gdp", -4.0, 0.5, spread=0.2),
        PointLever("a firm that closes", "gdp", 4.0, -0.5),
        Lever(
            LeverKind.FIRMS_RAISED,
            5.0,
            "firms that shrink",
            start=Quarter(2020, 4),
            assumptions=(("own_growth", -0.3),),
        ),
    ],
    ids=str,
)
def test_a_typed_loss_is_expected_whole_and_a_gain_in_part(
    baseline: Baseline, loss: Turnable
) -> None:
    def effect_of(entry: Turnable) -> Effect:
        return apply(baseline, Scenario().holding([entry])).effects[0]

    whole = sum(effect_of(replace(loss, certain=True)).points)
    gain = effect_of(replace(loss, value=-loss.value))

    assert whole < 0
    assert sum(effect_of(loss).points) == pytest.approx(whole, rel=0.005)  # sizes are drawn
    assert "realised" not in [factor.name for factor in effect_of(loss).factors]
    share = PRIOR[rate_key(loss)][0].expected
    assert sum(gain.points) == pytest.approx(-whole * share, rel=0.005)
    assert "realised" in [factor.name for factor in gain.factors]


def test_a_loss_has_a_spread(baseline: Baseline) -> None:
    loss = Lever(LeverKind.NEW_STARTS, -3.0)
    drawn, whole = (
        response(baseline, Scenario(), [entry]).growth([-3.0])[0][:, -1]
        for entry in (loss, replace(loss, certain=True))
    )
    share = drawn_value_share(loss, USUAL, baseline.question.seed)

    assert share is not None
    start = response(baseline, Scenario(), []).growth([])[0][:, -1]
    assert drawn - start == pytest.approx((whole - start) * share / share.mean())


def test_less_energy_is_a_gain(baseline: Baseline) -> None:
    line, *others = baseline.lines
    assert isinstance(line, TargetLine)
    down = replace(line.history.indicator, direction=Direction.DOWN)
    saving = replace(
        baseline, lines=(replace(line, history=replace(line.history, indicator=down)), *others)
    )
    scenario = Scenario(amounts=(Amount(down.id, -1.0, points=True),))

    assert sum(apply(saving, scenario).effects[0].points) == pytest.approx(-0.7)
    assert sum(apply(baseline, scenario).effects[0].points) == pytest.approx(-1.0)


@pytest.mark.parametrize(
    "entry",
    [
        Lever(LeverKind.TAX, 600.0, realised=Rate(0.5, 0.1, 0.9)),
        Lever(LeverKind.PRODUCER_PRICES, 2.0),
        Lever(LeverKind.SIGNED_INVESTMENT, 20.0),
        Lever(LeverKind.NEW_STARTS, 3.0, certain=True),
    ],
    ids=str,
)
def test_a_share_of_its_own_and_what_happens_to_a_zone_hold_either_way(
    baseline: Baseline, entry: Lever
) -> None:
    gain, loss = (
        [sum(effect.points) for effect in apply(baseline, Scenario(levers=(one,))).effects]
        for one in (entry, replace(entry, value=-entry.value))
    )
    assert loss == pytest.approx([-points for points in gain])


def test_a_lever_set_twice_is_a_gain_or_a_loss_as_a_whole(baseline: Baseline) -> None:
    once = apply(baseline, Scenario(levers=(Lever(LeverKind.NEW_STARTS, -1.0),)))
    pair = tuple(Lever(LeverKind.NEW_STARTS, value) for value in (2.0, -3.0))
    twice = apply(baseline, Scenario(levers=pair))

    assert outlook_document(twice.outlook) == outlook_document(once.outlook)
    total = sum(sum(effect.points) for effect in twice.effects)
    assert total == pytest.approx(sum(once.effects[0].points))


def test_with_all_certain_everything_comes_in_time(baseline: Baseline) -> None:
    scenario = Scenario(
        levers=(Lever(LeverKind.NEW_STARTS, 2.0),),
        amounts=(Amount("tax_revenue", 1.2),),
        points=(PointLever("p", "gdp", 1.0, 0.5),),
        projects=(SIGNED,),
        rates=(ClassRate(ReferenceClass.SIGNED, Quantity.START_2Q, 0.1, 0.05, 0.2),),
        zone_factor=0.9,
    )
    certain = all_certain(scenario)
    effects = {(e.entry, e.indicator): sum(e.amounts) for e in apply(baseline, certain).effects}
    lever, amount, point, project = certain.entries

    assert effects[lever, FIXED] == pytest.approx(2.0)
    assert effects[amount, "tax_revenue"] == pytest.approx(1.2)
    assert effects[point, "gdp"] == pytest.approx(1.0)
    assert effects[project, FIXED] == pytest.approx(2.0)
    assert effects[project, "industrial_output"] == pytest.approx(2.0)
    assert apply(baseline, certain).certain == apply(baseline, certain).drivers


def test_a_chance_and_a_delay_of_its_own_hold_of_a_certain_project(baseline: Baseline) -> None:
    own = replace(SIGNED, start_probability=0.4, delay=(0.5, 0.5), certain=True)

    found = brought(own, FIXED)
    assert found.sum(axis=1).mean() == pytest.approx(0.4 * (0.5 * 2 + 0.5 * 1), abs=0.02)


def test_a_plan_in_the_trend_adds_nothing_while_nothing_of_it_changes(baseline: Baseline) -> None:
    for project in OF_CLASS.values():
        scenario = Scenario(projects=(carried(project),))
        assert apply(baseline, scenario).effects == ()


def test_an_own_rate_of_what_a_lever_counts_already_moves_what_comes() -> None:
    signed = Lever(LeverKind.SIGNED_INVESTMENT, 10.0)
    typed = ClassRate(ReferenceClass.SIGNED, Quantity.SIGNED_SHARE, 0.12, 0.04, 0.24)

    assert realised(signed, USUAL).expected == pytest.approx(1.0)
    rates = rates_of(Scenario(rates=(typed,)), NOW)
    assert realised(signed, rates).expected == pytest.approx(2.0)


def test_an_own_share_stands_before_that_of_the_class() -> None:
    own = Rate(0.5, 0.4, 0.6)

    assert plan_share(replace(BEGUN, plan_share=own), USUAL, NOW) == own
    assert realised(Lever(LeverKind.TAX, 1.0, realised=own), USUAL) == own
    assert realised(Lever(LeverKind.TAX, 1.0, realised=own, certain=True), USUAL).low == 1.0


values = st.floats(-3, 3).map(lambda value: round(value, 2))
ENTRIES_TURNED = st.tuples(
    st.builds(Lever, st.sampled_from([LeverKind.NEW_STARTS, LeverKind.TAX]), values,
              realised=st.sampled_from([None, Rate(0.5, 0.1, 0.9)]), certain=st.booleans()),
    st.builds(Amount, st.just("tax_revenue"), values, certain=st.booleans()),
    st.builds(PointLever, st.just("p"), st.just("gdp"), values, st.just(0.5),
              st.sampled_from([0.0, 0.2]), certain=st.booleans()),
    st.builds(
        lambda reference, certain: replace(OF_CLASS[reference], certain=certain),
        st.sampled_from(list(OF_CLASS)), st.booleans(),
    ),
)  # fmt: skip


@given(entries=ENTRIES_TURNED, zone_factor=st.sampled_from([0.0, 0.3, 1.0]))
@settings(max_examples=25, deadline=None)
def test_pages_sliders_and_the_browser_say_the_same(
    baseline: Baseline, entries: tuple[Entry, ...], zone_factor: float
) -> None:
    scenario = Scenario(zone_factor=zone_factor).holding(entries)
    laid_out = response(baseline, scenario, entries)
    turned = [1.0 if isinstance(one, Project) else one.value for one in entries]
    applied = apply(baseline, scenario).outlook

    assert applied.all_clear is not None
    assert laid_out.all_clear(turned) == applied.all_clear.probability
    small = live(laid_out, outlook_of(baseline))
    whole = laid_out.growth(turned)
    for place, course in enumerate(small.courses):
        moved = course.growth.copy()
        for value, sides, reaches in zip(turned, small.sides, small.dials, strict=True):
            for reach in reaches:
                if reach.course == place and value != 0:
                    rows = reach.table if reach.outcome is None else reach.table[reach.outcome]
                    part = rows if reach.realised is None else rows * reach.realised[:, None]
                    moved = moved + value * (sides[0] if value < 0 else sides[1]) * part
        assert moved == pytest.approx(whole[place][:PATHS_PER_SET])


def test_a_project_without_a_start_starts_as_planned_and_not_before_now() -> None:
    unsaid = Project("p", signed=Quarter(2020, 1))
    later = replace(unsaid, start_planned=NOW + 2)

    assert dated(unsaid, NOW, NOW).started == NOW
    assert dated(later, NOW, NOW).started == NOW + 2
    assert dated(replace(later, recorded=NOW), NOW, NOW).started == NOW + 2
    assert dated(replace(unsaid, start_planned=NOW + -3), NOW, NOW).started == NOW
    assert dated(replace(later, stage=Stage.STARTED), NOW, NOW).started == NOW + -1
    assert dated(replace(later, started=NOW + 1), NOW, NOW).started == NOW + 1


def test_investment_of_a_year_before_the_planned_start_does_not_count() -> None:
    now = Quarter(2021, 2)
    project = Project("p", completion=((2021, 4.0),), start_planned=Quarter(2022, 1))
    frame = YearContext(2021, now, SEED)

    assert project_parts(project, frame) == []
    assert project_parts(replace(project, start_planned=now), frame)


def test_a_planned_start_moves_nothing_of_a_project_that_the_trend_carries() -> None:
    now = Quarter(2021, 2)
    project = carried(Project("p", completion=((2021, 4.0),), start_planned=Quarter(2021, 3)))

    assert project_parts(project, YearContext(2021, now, SEED)) == []
    moved = replace(project, recorded=Quarter(2021, 4))
    assert project_parts(moved, YearContext(2021, now, SEED))
