"""What a snapshot takes along, and what it must not."""

import itertools
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.baseline import Baseline, answer
from forecasting.indicator import Names, Status
from forecasting.news import TermKind
from forecasting.outlook import Outlook
from forecasting.period import Quarter
from forecasting.scenario.effects import apply
from forecasting.scenario.entries import Amount, PointLever, Project, Stage
from forecasting.scenario.items import BottomUp, Item, Rest
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.pins import Pin
from forecasting.scenario.risks import Constraint, Risk
from forecasting.scenario.scenario import Scenario
from forecasting.snapshot.document import write_snapshot
from forecasting.snapshot.model import (
    AssumedPin,
    AssumedView,
    EntryKind,
    IssueNote,
    Snapshot,
)
from forecasting.snapshot.take import Material, take
from tests.forecasting.scenario.builders import CATALOGUE, figures, zone_baseline
from tests.snapshots import sample_issue
from tests.snapshots import scenario as sample_scenario

NOTE = IssueNote(3, "2021-07-20T02:00:00+00:00", "某开发区经济运行局", "")
SECRET = "绝密企业"
"""Every text that must not be told holds it."""


@cache
def forecast() -> Baseline:
    return zone_baseline()


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return forecast()


@pytest.fixture(scope="module")
def outlook(baseline: Baseline) -> Outlook:
    return answer(baseline)


def material() -> Material:
    return Material((), CATALOGUE, figures(), 5, "0.6.0", date(2021, 7, 20))


def taken(baseline: Baseline, scenario: Scenario) -> Snapshot:
    return take(NOTE, answer(baseline), material(), applied=apply(baseline, scenario))


def project(name: str, amount: float, **changed: object) -> Project:
    fields: dict[str, object] = {
        "started": Quarter(2021, 3),
        "recorded": Quarter(2021, 3),
        "completion": ((2021, amount),),
        **changed,
    }
    return Project(name, **fields)  # type: ignore[arg-type]  # the tests name its fields


def projects(count: int) -> tuple[Project, ...]:
    return tuple(project(f"p{number}", 0.5 + number / 10) for number in range(count))


def test_an_outlook_is_taken_as_it_is(outlook: Outlook) -> None:
    snapshot = take(NOTE, outlook, material(), planned=False)

    assert snapshot.outlook is outlook
    assert snapshot.issue == NOTE
    assert not snapshot.planned
    assert (snapshot.baseline, snapshot.scenario, snapshot.change) == (None, None, None)
    assert [line.indicator for line in snapshot.brief] == [
        verdict.indicator_id for verdict in outlook.verdicts
    ]


def test_it_says_what_the_numbers_were_made_from_and_by(outlook: Outlook) -> None:
    publishers = ["乙局", "甲局", "", "乙局"]
    known = [
        replace(figure, publisher=publishers[place % 4]) for place, figure in enumerate(figures())
    ]
    elsewhere = replace(known[0], area="ELSEWHERE", publisher="丙局", status=Status.FLASH)
    told = take(NOTE, outlook, replace(material(), observations=[*known, elsewhere])).provenance

    assert (told.vintage, told.app_version) == (5, "0.6.0")
    assert (told.engine, told.seed) == (outlook.engine, outlook.seed)
    assert told.publishers == tuple(sorted({"乙局", "甲局"}))
    assert not told.unpublished
    assert told.next_release is None


def test_a_single_flash_is_told(outlook: Outlook) -> None:
    known = figures()
    known[3] = replace(known[3], status=Status.FLASH)

    assert take(NOTE, outlook, replace(material(), observations=known)).provenance.unpublished


def test_an_enlarged_area_goes_by_its_name(outlook: Outlook) -> None:
    named = replace(material(), area_version=Names("扩区后", "Enlarged"))

    assert take(NOTE, outlook, named).area_version == Names("扩区后", "Enlarged")


def test_a_scenario_stands_beside_the_outlook_without_it(
    baseline: Baseline, outlook: Outlook
) -> None:
    scenario = Scenario("甲情景", "说明", amounts=(Amount("gdp", 0.5, points=True),))

    snapshot = taken(baseline, scenario)

    assert snapshot.baseline is not None
    assert snapshot.baseline.all_clear == outlook.all_clear
    assert snapshot.outlook.all_clear != outlook.all_clear
    assert snapshot.scenario is not None
    assert (snapshot.scenario.name, snapshot.scenario.note) == ("甲情景", "说明")


def test_a_scenario_that_says_nothing_is_none(baseline: Baseline) -> None:
    snapshot = taken(baseline, Scenario("甲情景"))

    assert (snapshot.scenario, snapshot.baseline) == (None, None)


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
    assert snapshot.baseline is None


def test_what_brings_a_single_firm_is_left_out(baseline: Baseline) -> None:
    def factors(firms: float) -> set[str]:
        own = (("own_growth", 0.1), ("output_per_firm", 1.2345))
        lever = Lever(LeverKind.FIRMS_RAISED, firms, start=Quarter(2020, 4), assumptions=own)
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
    assert (snapshot.scenario.guarded, snapshot.baseline) == (True, None)
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


def test_why_it_moved_is_left_out_with_the_outlook_without_the_scenario() -> None:
    few = replace(sample_scenario(), projects=sample_scenario().projects[:1])

    assert sample_issue().change is not None
    guarded = sample_issue(of=few)
    assert (guarded.baseline, guarded.change) == (None, None)


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


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_projects_are_not_told_and_cannot_be_inferred(baseline: Baseline, count: int) -> None:
    snapshot = taken(baseline, Scenario(projects=projects(count)))

    assert snapshot.scenario is not None
    told = snapshot.scenario.projects
    assert (told.count, told.moving, told.few) == (count, count, True)
    assert {effect.points for effect in told.effects} == {None}
    assert snapshot.baseline is None


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
    assert snapshot.baseline is None


def test_sums_are_told_where_their_difference_is_one_too(baseline: Baseline) -> None:
    others = tuple(project(f"o{number}", 0.1, industrial=False) for number in range(3))

    snapshot = taken(baseline, Scenario(projects=(*projects(3), *others)))

    assert snapshot.scenario is not None
    assert not snapshot.scenario.projects.few


def test_the_terms_of_a_change_sum_to_it() -> None:
    change = sample_issue(applied=False).change

    assert change is not None
    assert change.since == 1
    assert change.before is not None
    assert change.now is not None
    moves = [term.change for term in change.terms]
    assert sum(move for move in moves if move is not None) == change.now - change.before != 0
    target = next(term for term in change.terms if term.kind is TermKind.TARGET)
    assert target.target is not None
    assert target.target.old is not None
    assert target.target.old.threshold == 6.5
    figure = next(term for term in change.terms if term.kind is TermKind.FIGURE)
    assert figure.surprise is not None
    assert figure.quarter == Quarter(2026, 2)


def test_every_indicator_that_is_mentioned_has_its_name() -> None:
    snapshot = sample_issue()

    mentioned = {verdict.indicator_id for verdict in snapshot.outlook.verdicts}
    mentioned |= {entry.target.indicator for entry in snapshot.outlook.excluded}
    assert snapshot.scenario is not None
    mentioned |= {e.indicator for entry in snapshot.scenario.entries for e in entry.effects}
    assert [entry.id for entry in snapshot.indicators] == [
        name for name in snapshot.catalogue.indicators if name in mentioned
    ]
    assert {entry.id for entry in snapshot.indicators} == mentioned
    orders = [entry.order for entry in snapshot.indicators]
    assert orders == sorted(orders)


class Secrets:
    """Texts and numbers that stand nowhere else, each once."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    @property
    def text(self) -> str:
        return f"{SECRET}{next(self._count)}"

    @property
    def number(self) -> float:
        return 0.3 + next(self._count) * 1.2345678e-3


def secret_project(secret: Secrets, started: Quarter | None, stage: Stage) -> Project:
    start = secret.number
    return Project(
        id=secret.text,
        name=secret.text,
        stage=stage,
        total_investment=secret.number,
        started=started,
        recorded=Quarter(2021, 3),
        producing=started,
        counted=Quarter(2021, 4),
        completion=((2021, secret.number), (2022, secret.number)),
        output=secret.number,
        value_added_rate=secret.number,
        ramp=(secret.number,),
        tax=100 * secret.number,
        retained=secret.number,
        start_probability=start,
        delay=(start, 1 - start),
        blocking=secret.text,
        owner=secret.text,
    )


def secret_item(secret: Secrets) -> Item:
    return Item(
        secret.text,
        (secret.number,),
        (secret.number, secret.number),
        growth=secret.number,
        spread=secret.number,
        probability=secret.number,
    )


@st.composite
def secret_scenarios(draw: st.DrawFn) -> Scenario:
    """Return a scenario in which every text and number of a firm or project is a secret."""
    secret = Secrets()
    started = st.sampled_from([None, Quarter(2021, 3), Quarter(2021, 4)])
    batches = draw(st.lists(st.tuples(started, st.sampled_from(Stage)), max_size=5))
    items = draw(st.integers(1, 4))
    weight = draw(st.sampled_from([0.0, 0.5, 1.0]))
    return Scenario(
        levers=(Lever(LeverKind.NEW_STARTS, 2.0, secret.text),),
        amounts=(Amount("tax_revenue", 0.25, secret.text),),
        points=(PointLever(secret.text, "gdp", 1.0, 0.5),),
        projects=tuple(secret_project(secret, *batch) for batch in batches),
        bottom_up=(
            BottomUp(
                "fixed_asset_investment",
                Rest(secret.number, secret.number),
                tuple(secret_item(secret) for _ in range(items)),
                weight,
            ),
        ),
        risks=(
            Risk(
                secret.text,
                Constraint.SAFETY,
                secret.number,
                secret.number,
                note=secret.text,
                owner=secret.text,
            ),
        ),
    )


def numbers_in(value: object) -> Iterator[float]:
    """Yield every number of firms and projects in a scenario."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from numbers_in(entry)
    elif isinstance(value, Project | BottomUp | Item | Rest | Risk):
        for name in value.__dataclass_fields__:
            yield from numbers_in(getattr(value, name))


def numbers_told(values: object) -> Iterator[float]:
    """Yield every number in a document."""
    if isinstance(values, float):
        yield values
    elif isinstance(values, dict | list):
        for entry in values.values() if isinstance(values, dict) else values:
            yield from numbers_told(entry)


@given(secret_scenarios())
def test_no_name_and_no_figure_of_a_firm_or_project_is_in_a_snapshot(scenario: Scenario) -> None:
    applied = apply(forecast(), scenario)

    document = write_snapshot(take(NOTE, answer(forecast()), material(), applied=applied))

    assert SECRET not in document.decode()
    secret = {
        number
        for part in (scenario.projects, scenario.bottom_up, scenario.risks)
        for number in numbers_in(part)
    } - {0.0, 0.5, 1.0}
    secret |= {
        told
        for effect in applied.effects
        if isinstance(effect.entry, Project)
        for told in (math.fsum(effect.points), math.fsum(effect.amounts), *effect.points)
        if told
    }
    assert secret & set(numbers_told(json.loads(document))) == set()
