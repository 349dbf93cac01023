"""What each lever brings and when, as practice in zones has it, worked out by hand."""

from __future__ import annotations

import pytest

from forecasting.figures.period import Quarter
from forecasting.scenario.arithmetic import YearContext, lever_parts
from forecasting.scenario.levers import Lever, LeverKind, usual_step

NOW = Quarter(2026, 3)
JANUARY = YearContext(2026, Quarter(2026, 1), seed=1)


@pytest.mark.parametrize(
    ("lever", "first"),
    [
        # The wait from signing to paying is inside the rate that is completed within the year.
        (Lever(LeverKind.SIGNED_INVESTMENT, 1.0), Quarter(2026, 3)),
        (Lever(LeverKind.NEW_STARTS, 1.0), Quarter(2026, 3)),
        (Lever(LeverKind.TECHNICAL_TRANSFORMATION, 1.0), Quarter(2026, 3)),
        # A project that starts production enters the statistics a quarter later.
        (Lever(LeverKind.PROJECT_OUTPUT, 1.0), Quarter(2026, 4)),
        # New firms are entered once a year, for the next one.
        (Lever(LeverKind.FIRMS_RAISED, 1.0), Quarter(2027, 1)),
        (Lever(LeverKind.FIRMS_RAISED, 1.0, start=Quarter(2025, 4)), Quarter(2026, 1)),
        (Lever(LeverKind.TOP_FIRMS_OUTPUT, 1.0), Quarter(2026, 3)),
        (Lever(LeverKind.STOPPAGE, 1.0), Quarter(2026, 3)),
        (Lever(LeverKind.PRODUCER_PRICES, 1.0), Quarter(2026, 3)),
        (Lever(LeverKind.TAX, 1.0), Quarter(2026, 3)),
        (Lever(LeverKind.TAX, 1.0, start=Quarter(2026, 4)), Quarter(2026, 4)),
        (Lever(LeverKind.TAX, 1.0, lag=2), Quarter(2027, 1)),
        (Lever(LeverKind.FOREIGN_CAPITAL, 1.0), Quarter(2026, 3)),
        (Lever(LeverKind.FREIGHT_TRAINS, 1.0), Quarter(2026, 3)),
        # Land of this year is built on in the next.
        (Lever(LeverKind.LAND_SUPPLY, 1.0), Quarter(2027, 3)),
    ],
    ids=str,
)
def test_a_lever_counts_after_its_lag_and_some_only_from_january(
    lever: Lever, first: Quarter
) -> None:
    assert lever.first_counted(NOW) == first


INDUSTRY = ("industrial_output", "industrial_value_added", "industrial_operating_revenue")
INVESTMENT = (
    "fixed_asset_investment",
    "industrial_investment",
    "technical_transformation_investment",
)


@pytest.mark.parametrize(
    ("lever", "brings"),
    [
        # 10 signed, 58.8% of it starts, and 10% of that is completed within the year.
        (Lever(LeverKind.SIGNED_INVESTMENT, 10.0), {"fixed_asset_investment": 0.588}),
        (Lever(LeverKind.NEW_STARTS, 10.0), {"fixed_asset_investment": 10.0}),
        (Lever(LeverKind.TECHNICAL_TRANSFORMATION, 2.0), dict.fromkeys(INVESTMENT, 2.0)),
        # A quarter of the design at 72%, three times; of it 18.6% is value added.
        (
            Lever(LeverKind.PROJECT_OUTPUT, 10.0),
            {
                "industrial_output": 5.4,
                "industrial_value_added": 1.0044,
                "industrial_operating_revenue": 5.4,
            },
        ),
        # Ten firms of 0.2 each that grow by a tenth: their growth, not their output.
        (
            Lever(
                LeverKind.FIRMS_RAISED,
                10.0,
                start=Quarter(2025, 4),
                assumptions=(("own_growth", 0.1),),
            ),
            {
                "industrial_output": 0.2,
                "industrial_value_added": 0.0372,
                "industrial_operating_revenue": 0.2,
            },
        ),
        # Points on the growth of each of four quarters: 60% of industry grows by 10 more.
        (
            Lever(LeverKind.TOP_FIRMS_OUTPUT, 10.0, assumptions=(("weight", 0.6),)),
            dict.fromkeys(INDUSTRY, 4 * 6.0),
        ),
        # Nine of the ninety days of one quarter, of 60% of industry.
        (
            Lever(LeverKind.STOPPAGE, 9.0, assumptions=(("weight", 0.6),)),
            dict.fromkeys(INDUSTRY, -6.0),
        ),
        # Prices move what is counted at prices, and not value added at comparable ones.
        (
            Lever(LeverKind.PRODUCER_PRICES, 2.0),
            dict.fromkeys(
                ("industrial_output", "industrial_operating_revenue", "tax_revenue"), 4 * 2.0
            ),
        ),
        # Three eighths of a tax stay in the zone's budget.
        (
            Lever(LeverKind.TAX, 1000.0),
            {"tax_revenue": 1000.0, "general_public_budget_revenue": 375.0},
        ),
        (
            Lever(LeverKind.FREIGHT_TRAINS, 20.0, assumptions=(("value_per_train", 0.1),)),
            {"trade_total": 2.0, "freight_trains": 20.0},
        ),
        # 100 mu of the year before at 3 million CNY each.
        (
            Lever(
                LeverKind.LAND_SUPPLY,
                100.0,
                start=Quarter(2025, 1),
                assumptions=(("intensity", 0.03),),
            ),
            {"fixed_asset_investment": 3.0},
        ),
    ],
    ids=lambda value: str(value.kind) if isinstance(value, Lever) else "",
)
def test_a_year_of_a_lever_brings_what_its_arithmetic_says(
    lever: Lever, brings: dict[str, float]
) -> None:
    parts = lever_parts(lever, JANUARY)

    assert {part.indicator: lever.value * part.table.sum() for part in parts} == pytest.approx(
        brings
    )


def test_foreign_capital_arrives_whole_or_not_at_all() -> None:
    lever = Lever(
        LeverKind.FOREIGN_CAPITAL, 1000.0, assumptions=(("probability", 0.3),), certain=True
    )

    (part,) = lever_parts(lever, JANUARY)

    assert part.indicator == "foreign_capital"
    assert (lever.value * part.table.sum(axis=1)).tolist() == [0.0, 1000.0]
    assert part.weights[1] == pytest.approx(0.3, abs=0.001)


@pytest.mark.parametrize(
    ("low", "high", "unit", "step"),
    [(0, 20, "", 0.1), (0, 3, "", 0.02), (-5000, 5000, "", 50.0), (0, 15, "firms", 1.0)],
)
def test_steps_are_round(low: float, high: float, unit: str, step: float) -> None:
    assert usual_step(low, high, unit) == pytest.approx(step)
