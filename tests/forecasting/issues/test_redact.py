"""What is told of a scenario, and what of it would tell of a single firm or project."""

import math
from dataclasses import replace

import pytest

from forecasting.figures.period import Quarter
from forecasting.issues.json import write_snapshot
from forecasting.issues.redact import baseline_beside
from forecasting.issues.snapshot import AssumedPin, AssumedView, EntryKind
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.outlook.lights import light_of
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, BottomUp, Item, Pin, PointLever, Rest, Scenario
from forecasting.scenario.projects import Project
from tests.forecasting.issues.takes import forecast, taken


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return forecast()


def project(name: str, amount: float, **changed: object) -> Project:
    fields: dict[str, object] = {
        "started": Quarter(2021, 3),
        "recorded": Quarter(2021, 3),
        "completion": ((2021, amount),),
        "certain": True,
        **changed,
    }
    return Project(name, **fields)  # type: ignore[arg-type]  # the tests name its fields


def projects(count: int) -> tuple[Project, ...]:
    return tuple(project(f"p{number}", 0.5 + number / 10) for number in range(count))


def test_entries_are_told_with_what_they_do(baseline: Baseline) -> None:
    lever = Lever(LeverKind.SIGNED_INVESTMENT, 10.0, start=Quarter(2021, 3))
    scenario = Scenario(
        levers=(lever, lever),
        amounts=(Amount("tax_revenue", 0.3),),
        points=(PointLever("x", "gdp", 2.0, 0.4),),
    )

    snapshot = taken(baseline, scenario)

    assert snapshot.scenario is not None
    one, two, amount, point = snapshot.scenario.entries
    assert one == two
    assert (one.kind, one.what, one.value, one.unit, one.start) == (
        EntryKind.LEVER, "signed_investment", 10.0, "1e8 CNY", Quarter(2021, 3),
    )  # fmt: skip
    (effect,) = one.effects
    assert (effect.indicator, effect.unit) == ("fixed_asset_investment", "1e8 CNY")
    assert effect.amount == pytest.approx(0.588)
    assert effect.points == pytest.approx(100 * 0.588 / 40.0)
    assert [(factor.name, factor.value) for factor in effect.factors] == [
        ("start_rate", 0.588), ("completion", 0.10),
    ]  # fmt: skip
    assert (amount.kind, amount.what, amount.unit) == (EntryKind.AMOUNT, "tax_revenue", "1e8 CNY")
    assert (point.kind, point.what, point.unit) == (EntryKind.POINT, "gdp", "")
    assert point.effects[0].amount is None


def test_what_only_the_zone_knows_is_left_out(baseline: Baseline) -> None:
    scenario = Scenario(
        levers=(Lever(LeverKind.STOPPAGE, 10.0, assumptions=(("weight", 0.3141592),)),)
    )

    snapshot = taken(baseline, scenario)

    assert snapshot.scenario is not None
    (entry,) = snapshot.scenario.entries
    assert [factor.name for factor in entry.effects[0].factors] == ["scale"]
    assert b"0.3141592" not in write_snapshot(snapshot)
    told = {(e.points, e.amount, e.beyond_history) for e in entry.effects}
    assert told == {(None, None, None)}, "points over value and scale would be the weight"
    assert snapshot.scenario.guarded
    assert snapshot.baseline_in_tenths


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (0.0, 0.05), (0.07, 0.05), (0.1, 0.1), (0.22, 0.2), (0.28, 0.2), (0.3, 0.3), (0.55, 0.5),
        (0.64, 0.6), (0.88, 0.8), (0.9, 0.95), (1.0, 0.95),
    ],
)  # fmt: skip
def test_beside_what_is_left_out_the_baseline_is_a_tenth_of_the_same_light(
    baseline: Baseline, exact: float, shown: float
) -> None:
    outlook = outlook_of(baseline)
    assert outlook.all_clear is not None
    scenario = taken(baseline, Scenario(projects=projects(1))).scenario
    assert scenario is not None

    told = baseline_beside(
        scenario, replace(outlook, all_clear=replace(outlook.all_clear, probability=exact))
    )

    assert told is not None
    assert told.probability == shown
    assert light_of(shown, complete=False) is light_of(exact, complete=False)
    assert told.weakest is None
    assert math.isnan(told.independent)


def test_what_brings_a_single_firm_is_left_out(baseline: Baseline) -> None:
    def factors(firms: float) -> set[str]:
        own = (("own_growth", 0.1), ("output_per_firm", 1.2345))
        lever = Lever(
            LeverKind.FIRMS_RAISED, firms, start=Quarter(2020, 4), assumptions=own, certain=True
        )
        scenario = taken(baseline, Scenario(levers=(lever,))).scenario
        assert scenario is not None
        return {f.name for effect in scenario.entries[0].effects for f in effect.factors}

    assert factors(2.0) == {"value_added_rate", "price_index", "sales_rate"}
    assert factors(3.0) == {"output_per_firm", *factors(2.0)}


ONE = (Item("x", (9.0,), growth=1.0),)
THREE = tuple(Item(name, (9.0,), growth=1.0) for name in "xyz")


def seen_from_below(*items: Item, weight: float = 0.2) -> Scenario:
    return Scenario(
        pins=(Pin("gdp", 6.0),),
        bottom_up=(BottomUp("foreign_capital", Rest(5.0, 2.0), items, weight),),
    )


@pytest.mark.parametrize(
    "items",
    [ONE, (*ONE, Item("y", growth=5.0), Item("z", growth=5.0))],
    ids=["one", "one beside two of nothing"],
)
def test_of_a_view_of_few_nothing_is_told(baseline: Baseline, items: tuple[Item, ...]) -> None:
    snapshot = taken(baseline, seen_from_below(*items))

    assert snapshot.scenario is not None
    assert snapshot.scenario.bottom_up == (AssumedView("foreign_capital", 0.2, few=True),)
    assert (snapshot.scenario.guarded, snapshot.baseline_in_tenths) == (True, True)
    said = {
        verdict.indicator_id: {(m.probability, m.quantiles) for m in verdict.members}
        for verdict in snapshot.outlook.verdicts
    }
    assert said.pop("foreign_capital") == {(None, None)}
    assert all((None, None) not in each for each in said.values())


@pytest.mark.parametrize(("items", "weight"), [(ONE, 0.0), ((), 0.2)], ids=["no paths", "no firm"])
def test_a_view_that_gives_no_firm_away_takes_nothing_with_it(
    baseline: Baseline, items: tuple[Item, ...], weight: float
) -> None:
    snapshot = taken(baseline, seen_from_below(*items, weight=weight))

    assert snapshot.scenario is not None
    assert not snapshot.scenario.guarded
    assert snapshot.baseline is not None


def test_pins_and_views_are_told(baseline: Baseline) -> None:
    snapshot = taken(baseline, seen_from_below(*THREE))

    assert snapshot.scenario is not None
    assert snapshot.scenario.pins == (AssumedPin("gdp", 6.0, None, cumulative=False),)
    assert snapshot.scenario.bottom_up == (AssumedView("foreign_capital", 0.2),)
    members = {
        verdict.indicator_id: {member.method: member for member in verdict.members}
        for verdict in snapshot.outlook.verdicts
    }["foreign_capital"]
    view = members.pop("bottom_up")
    assert (view.weight, view.probability, view.quantiles) == (0.2, None, None)
    assert any(member.quantiles for member in members.values())


def test_three_projects_are_told_as_one_sum(baseline: Baseline) -> None:
    snapshot = taken(baseline, Scenario(projects=projects(3)))

    assert snapshot.scenario is not None
    told = snapshot.scenario.projects
    sums = {effect.indicator: effect.points for effect in told.effects}
    assert (told.count, told.moving, told.few) == (3, 3, False)
    assert sums["fixed_asset_investment"] == pytest.approx(100 * (0.5 + 0.6 + 0.7) / 40.0)
    assert snapshot.baseline is not None


def test_what_is_assumed_of_all_projects_is_told_where_it_is_not_as_usual(
    baseline: Baseline,
) -> None:
    plants = tuple(replace(plant, output=4.0, counted=Quarter(2021, 3)) for plant in projects(3))
    usual, dearer = (
        taken(baseline, Scenario(projects=plants, price_index=index)).scenario
        for index in (1.0, 1.05)
    )

    assert usual is not None
    assert dearer is not None
    assert usual.projects.common == ()
    assert [(factor.name, factor.value, factor.divides) for factor in dearer.projects.common] == [
        ("price_index", 1.05, True)
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_projects_are_not_told_and_cannot_be_inferred(baseline: Baseline, count: int) -> None:
    snapshot = taken(baseline, Scenario(projects=projects(count)))

    assert snapshot.scenario is not None
    told = snapshot.scenario.projects
    assert (told.count, told.moving, told.few) == (count, count, True)
    assert {effect.points for effect in told.effects} == {None}
    assert snapshot.baseline_in_tenths


def test_a_project_at_rest_does_not_make_three(baseline: Baseline) -> None:
    resting = project("later", 0.5, completion=((2023, 0.5),))

    snapshot = taken(baseline, Scenario(projects=(*projects(2), resting)))

    assert snapshot.scenario is not None
    assert (snapshot.scenario.projects.count, snapshot.scenario.projects.moving) == (3, 2)
    assert snapshot.scenario.projects.few


def test_sums_are_not_told_whose_difference_is_a_single_project(baseline: Baseline) -> None:
    """What is not industrial moves all investment and not that in industry, by the same amount."""
    other = project("other", 0.123456789, industrial=False)

    snapshot = taken(baseline, Scenario(projects=(*projects(3), other)))

    assert snapshot.scenario is not None
    told = {effect.indicator: effect.points for effect in snapshot.scenario.projects.effects}
    assert told["fixed_asset_investment"] is not None
    assert told["industrial_investment"] is None
    assert snapshot.baseline_in_tenths


def test_sums_are_told_where_their_difference_is_one_too(baseline: Baseline) -> None:
    others = tuple(project(f"o{number}", 0.1, industrial=False) for number in range(3))

    snapshot = taken(baseline, Scenario(projects=(*projects(3), *others)))

    assert snapshot.scenario is not None
    assert not snapshot.scenario.projects.few
