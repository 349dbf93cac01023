from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.cli.options import to_json
from forecasting.cli.views import outlook_document
from forecasting.errors import AssumptionMissing, LevelsMissing, UnitsDiffer
from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.models.pool import predict
from forecasting.models.predictive import Predictive
from forecasting.outlook.judge import Baseline, baseline_of, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import Effect, apply
from forecasting.scenario.levers import Lever, LeverKind, Source
from forecasting.scenario.model import Amount, Entry, Pin, PointLever, Scenario
from forecasting.scenario.response import response
from tests.forecasting.scenario.builders import (
    ASK,
    CATALOGUE,
    LEVELS,
    NO_LEVEL,
    TARGETS,
    figures,
    zone_baseline,
)

FIXED = "fixed_asset_investment"
ASSUMED = {
    LeverKind.FIRMS_RAISED: (("own_growth", 0.1),),
    LeverKind.TOP_FIRMS_OUTPUT: (("weight", 0.6),),
    LeverKind.STOPPAGE: (("weight", 0.2),),
    LeverKind.FOREIGN_CAPITAL: (("probability", 0.5),),
    LeverKind.FREIGHT_TRAINS: (("value_per_train", 0.1),),
    LeverKind.LAND_SUPPLY: (("intensity", 0.03),),
}
HELPFUL = [kind for kind in LeverKind if kind is not LeverKind.STOPPAGE]


def lever(kind: LeverKind, value: float, **changes: object) -> Lever:
    """Return a lever of which all comes, as the exact arithmetic of these tests has it."""
    values: dict[str, object] = {"assumptions": ASSUMED.get(kind, ()), "certain": True}
    return Lever(kind, value, **(values | changes))  # type: ignore[arg-type]  # named in the test


def text(outlook: Outlook) -> str:
    return to_json(outlook_document(outlook))


def quantiles(outlook: Outlook, indicator: str) -> np.ndarray:
    (verdict,) = [entry for entry in outlook.verdicts if entry.indicator_id == indicator]
    return np.array(verdict.quantiles)


def moved(baseline: Baseline, scenario: Scenario, indicator: str) -> np.ndarray:
    """Return by how much each quantile of the year moves."""
    after = apply(baseline, scenario).outlook
    return quantiles(after, indicator) - quantiles(outlook_of(baseline), indicator)


def effects(baseline: Baseline, entry: Entry) -> dict[str, Effect]:
    scenario = Scenario().holding([entry])
    return {effect.indicator: effect for effect in apply(baseline, scenario).effects}


def test_an_empty_scenario_is_the_baseline_to_the_last_byte(baseline: Baseline) -> None:
    assert text(apply(baseline, Scenario()).outlook) == text(outlook_of(baseline))


def test_no_lever_is_fitted() -> None:
    calls = 0

    def counting(series: Sequence[LogLevels], horizon: int) -> list[Predictive]:
        nonlocal calls
        calls += 1
        return predict(series, horizon)

    kept = baseline_of(ASK, Inputs(CATALOGUE, TARGETS, figures()), counting)
    for value in range(5):
        apply(kept, Scenario(levers=(lever(LeverKind.NEW_STARTS, value),)))

    assert calls == 1


@pytest.mark.parametrize("indicator", LEVELS)
def test_five_percent_of_last_years_level_is_five_points_at_every_quantile(
    baseline: Baseline, indicator: str
) -> None:
    scenario = Scenario(amounts=(Amount(indicator, 0.05 * LEVELS[indicator], certain=True),))

    assert moved(baseline, scenario, indicator) == pytest.approx([5.0] * 7, abs=1e-9)


@pytest.mark.parametrize(
    "entry",
    [
        Lever(LeverKind.NEW_STARTS, 4.0, certain=True),
        Amount("fixed_asset_investment", 4.0, certain=True),
    ],
)
@pytest.mark.parametrize(
    ("opens", "amounts"),
    [
        (None, (0.0, 0.0, 2.0, 2.0)),
        (Quarter(2021, 1), (0.0, 0.0, 2.0, 2.0)),  # figures are there to the second quarter
        (Quarter(2021, 4), (0.0, 0.0, 0.0, 4.0)),
        (Quarter(2022, 2), (0.0, 0.0, 0.0, 4.0)),  # the last one stays open until its figures come
    ],
)
def test_what_says_no_start_counts_from_the_first_quarter_that_is_open(
    baseline: Baseline, entry: Lever | Amount, opens: Quarter | None, amounts: tuple[float, ...]
) -> None:
    there = replace(baseline, opens=opens)

    assert effects(there, entry)["fixed_asset_investment"].amounts == amounts
    (dial,) = response(there, Scenario(), [entry]).dials
    reach = next(one for one in dial.reaches if one.indicator == "fixed_asset_investment")
    assert reach.table[0, -1] == pytest.approx(100 * 1.0 / LEVELS["fixed_asset_investment"])
    assert (reach.table[0, 0] == 0) == (amounts[2] == 0)


def test_a_point_lever_that_says_no_start_moves_no_quarter_that_is_over(
    baseline: Baseline,
) -> None:
    lever = PointLever("会展", "gdp", 1.0, 2.0, certain=True)

    late = effects(replace(baseline, opens=Quarter(2021, 4)), lever)["gdp"].points
    assert late[2] == 0 < late[3]
    begun = replace(lever, start=Quarter(2021, 3))
    early = effects(replace(baseline, opens=Quarter(2021, 4)), begun)["gdp"].points
    assert early[2] > 0  # somebody said so


def test_half_of_an_amount_is_seen_after_half_of_what_is_left(baseline: Baseline) -> None:
    scenario = Scenario(amounts=(Amount(FIXED, 4.0, certain=True),))
    before, after = outlook_of(baseline).verdicts[0].fan, apply(baseline, scenario).outlook

    third, fourth = (
        np.subtract(point.quantiles, was.quantiles)
        for point, was in zip(after.verdicts[0].fan, before, strict=True)
    )
    share = sum(baseline.standing[0].history.weights(2021)[:3])
    assert third == pytest.approx([100 * 2.0 / (40.0 * share)] * 7)
    assert fourth == pytest.approx([10.0] * 7)


def test_signed_investment_of_ten_moves_this_years_investment_by_six_tenths(
    baseline: Baseline,
) -> None:
    effect = effects(baseline, lever(LeverKind.SIGNED_INVESTMENT, 10.0))[FIXED]

    assert sum(effect.amounts) == pytest.approx(0.588)
    assert [(step.name, step.value, step.source) for step in effect.factors] == [
        ("start_rate", 0.588, Source.PUBLISHED),
        ("completion", 0.10, Source.PUBLISHED),
    ]
    assert sum(effect.points) == pytest.approx(100 * 0.588 / 40)
    scenario = Scenario(levers=(lever(LeverKind.SIGNED_INVESTMENT, 10.0),))
    assert moved(baseline, scenario, FIXED) == pytest.approx([1.47] * 7)


@pytest.mark.parametrize(
    ("one", "indicator", "points"),
    [
        (lever(LeverKind.NEW_STARTS, 4.0), FIXED, 10.0),
        (lever(LeverKind.TECHNICAL_TRANSFORMATION, 1.0), "industrial_investment", 5.0),
        (
            lever(LeverKind.TECHNICAL_TRANSFORMATION, 1.0),
            "technical_transformation_investment",
            20.0,
        ),
        # One quarter's lag leaves the fourth: a quarter of the design at 72%.
        (lever(LeverKind.PROJECT_OUTPUT, 10.0), "industrial_output", 100 * 1.8 / 200),
        (
            lever(LeverKind.PROJECT_OUTPUT, 10.0, lag=0),
            "industrial_value_added",
            100 * 3.6 * 0.186 / 50,
        ),
        (
            lever(LeverKind.PROJECT_OUTPUT, 10.0, lag=0, ramp=(0.5, 1.0)),
            "industrial_output",
            100 * (0.9 + 1.8) / 200,
        ),
        (lever(LeverKind.TAX, 1000.0), "tax_revenue", 100 * 0.1 / 12),
        (lever(LeverKind.TAX, 1000.0, one_off=True), "tax_revenue", 100 * 0.1 / 12),
        (
            lever(LeverKind.TAX, 1000.0, assumptions=(("retained", 0.5),)),
            "general_public_budget_revenue",
            100 * 0.05 / 6,
        ),
        (lever(LeverKind.FREIGHT_TRAINS, 20.0), "trade_total", 100 * 2.0 / 30),
        (lever(LeverKind.FREIGHT_TRAINS, 20.0), "freight_trains", 20.0),
        # Signed for a year ago: what counts four quarters later, from the third quarter on.
        (lever(LeverKind.LAND_SUPPLY, 100.0, start=Quarter(2020, 3)), FIXED, 7.5),
        (lever(LeverKind.LAND_SUPPLY, 100.0), FIXED, 0.0),
        (lever(LeverKind.FIRMS_RAISED, 10.0), "industrial_output", 0.0),
        # Half a year at a tenth of ten firms' 0.2 each: their growth, not their output.
        (
            lever(LeverKind.FIRMS_RAISED, 10.0, start=Quarter(2020, 4)),
            "industrial_output",
            100 * 10 * 0.2 * 0.1 / 2 / 200,
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Lever) else None,
)
def test_a_lever_moves_growth_by_its_amount_over_last_years_level(
    baseline: Baseline, one: Lever, indicator: str, points: float
) -> None:
    assert moved(baseline, Scenario(levers=(one,)), indicator) == pytest.approx(
        [points] * 7, abs=1e-9
    )


@pytest.mark.parametrize(
    ("one", "by_quarter"),
    [
        (lever(LeverKind.TOP_FIRMS_OUTPUT, 10.0), (6.0, 6.0)),
        (lever(LeverKind.STOPPAGE, 9.0), (-2.0, 0.0)),
        (lever(LeverKind.PRODUCER_PRICES, -3.0), (-3.0, -3.0)),
    ],
    ids=["top_firms_output", "stoppage", "producer_prices"],
)
def test_the_environment_moves_the_growth_of_quarters(
    baseline: Baseline, one: Lever, by_quarter: tuple[float, float]
) -> None:
    reached = effects(baseline, one)
    effect = reached["industrial_output"]

    assert effect.amounts == pytest.approx((0.0, 0.0, *by_quarter))
    weights = baseline.standing[3].history.weights(2021)
    expected = float(np.dot(effect.amounts, weights))
    assert moved(baseline, Scenario(levers=(one,)), "industrial_output") == pytest.approx(
        [expected] * 7
    )
    assert ("industrial_value_added" in reached) == (one.kind is not LeverKind.PRODUCER_PRICES)


def test_foreign_capital_comes_or_does_not(baseline: Baseline) -> None:
    one = lever(LeverKind.FOREIGN_CAPITAL, 1000.0, assumptions=(("probability", 0.3),))
    effect = effects(baseline, one)["foreign_capital"]
    change = moved(baseline, Scenario(levers=(one,)), "foreign_capital")

    assert sum(effect.points) == pytest.approx(0.3 * 50.0, abs=0.1)
    assert change[0] < 10 < 40 < change[-1] <= 50.0


@pytest.mark.parametrize("kind", LeverKind)
@given(value=st.floats(0.01, 1e4), other=st.floats(-3, 3))
@settings(max_examples=15)
def test_a_lever_and_its_opposite_cancel_to_the_last_byte(
    baseline: Baseline, kind: LeverKind, value: float, other: float
) -> None:
    beside = PointLever("service", "gdp", other, 0.3, spread=0.1)
    pair = (lever(kind, value), lever(LeverKind.NEW_STARTS, 0.7), lever(kind, -value))
    both = Scenario(levers=pair, points=(beside,))
    without = Scenario(levers=pair[1:2], points=(beside,))

    assert text(apply(baseline, both).outlook) == text(apply(baseline, without).outlook)


@pytest.mark.parametrize("kind", HELPFUL)
@given(low=st.floats(-50, 50), more=st.floats(0, 50), extra=st.floats(-2, 2))
@settings(max_examples=10)
def test_all_clear_never_falls_when_a_helpful_lever_rises(
    baseline: Baseline, kind: LeverKind, low: float, more: float, extra: float
) -> None:
    points = (PointLever("service", "tax_revenue", extra, 0.5, spread=0.4),)
    lower, higher = (
        apply(baseline, Scenario(levers=(lever(kind, value),), points=points)).outlook.all_clear
        for value in (low, low + more)
    )
    assert lower is not None
    assert higher is not None
    assert higher.probability >= lower.probability


@given(low=st.floats(-5, 5), more=st.floats(0, 5), spread=st.floats(0, 2))
@settings(max_examples=30)
def test_all_clear_never_falls_when_a_helpful_point_lever_rises(
    baseline: Baseline, low: float, more: float, spread: float
) -> None:
    lower, higher = (
        apply(
            baseline, Scenario(points=(PointLever("p", "gdp", value, 0.5, spread=spread),))
        ).outlook
        for value in (low, low + more)
    )
    assert lower.all_clear is not None
    assert higher.all_clear is not None
    assert higher.all_clear.probability >= lower.all_clear.probability


def test_a_size_however_small_beside_its_spread_is_drawn(baseline: Baseline) -> None:
    point = PointLever("p", "gdp", 1.0, 1e-200, spread=1e9)

    found = apply(baseline, Scenario(points=(point,))).outlook
    assert found == apply(baseline, Scenario()).outlook


def test_a_point_lever_spreads_on_the_helpful_side_alone(baseline: Baseline) -> None:
    plus, minus = (
        PointLever("service", "gdp", value, 1.0, spread=2.0, ramp=(0.5, 1.0), certain=True)
        for value in (1.0, -1.0)
    )
    up = apply(baseline, Scenario(points=(plus,)))
    down = apply(baseline, Scenario(points=(minus,)))

    before = quantiles(outlook_of(baseline), "gdp")
    assert (quantiles(up.outlook, "gdp") > before).all()
    assert (quantiles(down.outlook, "gdp") < before).all()
    assert up.effects[0].amounts == pytest.approx((0.0, 0.0, 0.5, 1.0))
    assert down.effects[0].amounts == pytest.approx((0.0, 0.0, -0.5, -1.0))
    both = apply(baseline, Scenario(points=(plus, minus))).outlook
    assert text(both) == text(outlook_of(baseline))


def test_an_amount_without_a_level_asks_for_it_or_for_points(baseline: Baseline) -> None:
    amount = Amount(NO_LEVEL, 2.0, certain=True)

    with pytest.raises(LevelsMissing, match=r"2020 is known of gdp.*percentage points") as error:
        apply(baseline, Scenario(amounts=(amount,)))
    assert error.value.indicators == (NO_LEVEL,)
    typed = Scenario(amounts=(amount,), levels=((NO_LEVEL, 40.0),))
    assert moved(baseline, typed, NO_LEVEL) == pytest.approx([5.0] * 7)
    points = Scenario(amounts=(Amount(NO_LEVEL, 5.0, points=True, certain=True),))
    assert moved(baseline, points, NO_LEVEL) == pytest.approx([5.0] * 7)


def test_what_is_to_be_left_alone_asks_for_no_level(baseline: Baseline) -> None:
    amounts = (Amount(NO_LEVEL, 2.0), Amount(FIXED, 2.0))
    applied = apply(baseline, Scenario(amounts=amounts, unmoved=(NO_LEVEL,)))

    assert text(applied.outlook) == text(apply(baseline, Scenario(amounts=amounts[1:])).outlook)
    assert applied.without_effect == amounts[:1]


def test_a_dial_at_rest_asks_for_nothing(baseline: Baseline) -> None:
    levers = tuple(lever(kind, 0.0) for kind in LeverKind)
    applied = apply(baseline, Scenario(levers=levers, amounts=(Amount(NO_LEVEL, 0.0),)))

    assert applied.effects == ()
    assert text(applied.outlook) == text(outlook_of(baseline))


def test_what_only_the_zone_knows_is_asked_for(baseline: Baseline) -> None:
    with pytest.raises(AssumptionMissing, match="stoppage needs the assumption weight"):
        apply(baseline, Scenario(levers=(Lever(LeverKind.STOPPAGE, 5.0),)))


def test_an_amount_in_another_currency_is_not_converted(baseline: Baseline) -> None:
    lines = tuple(
        replace(
            line,
            history=replace(
                line.history, indicator=replace(line.history.indicator, unit="1e8 CNY")
            ),
        )
        for line in baseline.standing
    )
    with pytest.raises(UnitsDiffer, match="foreign_capital is in 1e8 CNY, the amount in 1e4 USD"):
        apply(
            replace(baseline, lines=lines),
            Scenario(levers=(lever(LeverKind.FOREIGN_CAPITAL, 100.0),)),
        )


def test_what_is_known_already_is_not_moved_again(baseline: Baseline) -> None:
    early = lever(LeverKind.NEW_STARTS, 4.0, start=Quarter(2021, 1))
    effect = effects(baseline, early)[FIXED]

    assert effect.amounts == pytest.approx((0.0, 0.0, 1.0, 1.0))
    assert effect.known == pytest.approx(2.0)
    assert sum(effect.points) == pytest.approx(5.0)


def test_what_comes_next_year_is_told(baseline: Baseline) -> None:
    effect = effects(baseline, lever(LeverKind.LAND_SUPPLY, 100.0))[FIXED]

    assert (sum(effect.points), effect.later) == (0.0, pytest.approx(3.0))


def test_a_published_year_stays_as_it_is() -> None:
    complete = zone_baseline("2021Q4")
    applied = apply(complete, Scenario(levers=(lever(LeverKind.NEW_STARTS, 9.0),)))

    assert applied.effects == ()
    assert text(applied.outlook) == text(outlook_of(complete))


def test_a_lever_says_when_it_goes_beyond_its_range_or_history(baseline: Baseline) -> None:
    growth = [baseline.standing[0].history.ytd_at(Quarter(year, 4)) for year in range(2017, 2021)]
    largest = float(np.abs(np.diff(growth)).max()) * 0.4  # in amounts: 1 is 2.5 points
    below, above = (
        effects(baseline, lever(LeverKind.NEW_STARTS, largest * factor))[FIXED]
        for factor in (0.99, 1.01)
    )
    assert (below.beyond_history, above.beyond_history) == (False, True)
    assert effects(baseline, lever(LeverKind.NEW_STARTS, 20.1))[FIXED].beyond_range
    assert not effects(baseline, lever(LeverKind.NEW_STARTS, 20.0))[FIXED].beyond_range


def test_a_lever_leaves_what_a_pin_holds(baseline: Baseline) -> None:
    levers = (lever(LeverKind.NEW_STARTS, 4.0),)
    whole = Scenario(levers=levers, pins=(Pin(FIXED, 8.0),))
    third = Scenario(levers=levers, pins=(Pin(FIXED, 8.0, Quarter(2021, 3)),))

    assert quantiles(apply(baseline, whole).outlook, FIXED) == pytest.approx([8.0] * 7)
    (effect,) = apply(baseline, third).effects
    assert effect.amounts == pytest.approx((0.0, 0.0, 0.0, 2.0))
    assert effect.known == pytest.approx(2.0)
    pinned_alone = apply(baseline, Scenario(pins=third.pins)).outlook
    gain = quantiles(apply(baseline, third).outlook, FIXED) - quantiles(pinned_alone, FIXED)
    assert gain == pytest.approx([5.0] * 7)
