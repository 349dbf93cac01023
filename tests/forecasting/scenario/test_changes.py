from dataclasses import replace

from hypothesis import given

from forecasting.figures.period import Quarter
from forecasting.scenario.changes import FieldChange, changes_between
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Pin, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.reference_class import ClassRate, Quantity, Rate, ReferenceClass
from tests.forecasting.scenario.strategies import scenarios

PROJECT = Project("P1", "装备部件", started=Quarter(2026, 3), completion=((2026, 2.0),))


def test_a_turned_lever_is_one_change() -> None:
    before = Scenario(levers=(Lever(LeverKind.TAX, 100.0),))
    after = Scenario(levers=(Lever(LeverKind.TAX, 150.5),))

    assert changes_between(before, after) == (FieldChange("lever", "tax", "value", "100", "150.5"),)


def test_an_earlier_date_and_a_larger_amount_of_a_project_are_two() -> None:
    later = replace(PROJECT, started=Quarter(2026, 2), completion=((2026, 2.5),))

    assert changes_between(Scenario(projects=(PROJECT,)), Scenario(projects=(later,))) == (
        FieldChange("project", "P1", "started", "2026Q3", "2026Q2"),
        FieldChange("project", "P1", "completion.2026", "2", "2.5"),
    )


def test_what_comes_and_what_goes_says_every_field() -> None:
    pin = Pin("gdp", 5.0, Quarter(2026, 4))
    came = changes_between(Scenario(), Scenario(pins=(pin,)))
    went = changes_between(Scenario(pins=(pin,)), Scenario())

    assert {(change.field, change.before, change.after) for change in came} >= {
        ("indicator", "", "gdp"),
        ("growth", "", "5"),
    }
    assert {replace(change, before=change.after, after=change.before) for change in came} == {*went}


def test_entries_alike_are_told_apart() -> None:
    twice = (Lever(LeverKind.TAX, 1.0), Lever(LeverKind.TAX, 2.0))
    changed = (twice[0], replace(twice[1], value=3.0))

    assert changes_between(Scenario(levers=twice), Scenario(levers=changed)) == (
        FieldChange("lever", "tax (2)", "value", "2", "3"),
    )


def test_levels_notes_and_what_is_left_alone_are_logged() -> None:
    after = Scenario(note="备注", levels=(("gdp", 40.5),), unmoved=("exports",))

    assert set(changes_between(Scenario(), after)) == {
        FieldChange("", "", "note", "", "备注"),
        FieldChange("", "", "unmoved", "", "exports"),
        FieldChange("levels", "", "gdp", "", "40.5"),
    }


def test_the_smallest_difference_is_logged() -> None:
    one = Scenario(levers=(Lever(LeverKind.TAX, 0.1 + 0.2),))
    other = Scenario(levers=(Lever(LeverKind.TAX, 0.3),))

    assert len(changes_between(one, other)) == 1


@given(scenarios)
def test_what_comes_goes_by_the_same_fields(scenario: Scenario) -> None:
    came = changes_between(Scenario(), scenario)
    went = changes_between(scenario, Scenario())

    assert changes_between(scenario, scenario) == ()
    assert bool(came) == (scenario != Scenario())
    assert {replace(change, before=change.after, after=change.before) for change in came} == {*went}


def test_what_is_assumed_of_realisation_is_in_the_log() -> None:
    before = Scenario(projects=(Project("P1"),))
    rate = ClassRate(ReferenceClass.SIGNED, Quantity.START_4Q, 0.5, 0.3, 0.7)
    after = Scenario(
        projects=(Project("P1", certain=True, plan_share=Rate(0.5, 0.4, 0.6)),),
        rates=(rate,),
        zone_factor=0.5,
    )

    changes = changes_between(before, after)
    said = {(one.section, one.entry, one.field): (one.before, one.after) for one in changes}
    assert said["", "", "zone_factor"] == ("", "0.5")
    assert said["project", "P1", "certain"] == ("", "true")
    assert said["project", "P1", "plan_share.expected"] == ("", "0.5")
    assert said["rate", "signed start_4q", "expected"] == ("", "0.5")
