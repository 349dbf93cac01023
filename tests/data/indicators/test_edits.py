"""Indicators that are renamed, merged into another and removed; every figure is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.indicators import errors
from data.indicators.edits import added, merge, remove, rename, signed
from data.store.audit import Action
from data.store.compare import Fate, compare
from data.store.errors import StillNeeded
from data.store.store import Store
from data.store.vintages import Commit
from forecasting.figures.indicator import Basis, Indicator, Measure, Names, Observation, PriceBasis
from forecasting.scenario.model import Pin, Scenario
from forecasting.scenario.toml import write_scenario
from tests.builders import make_indicator, make_target
from tests.data.drafts import edit, growth, upload

NEW = replace(
    make_indicator("各项税收", order=9), name=Names("各项税收", "各项税收"),
    short=Names("各项税收", "各项税收"), unit="1e4 CNY",
    basis=Basis(PriceBasis.CURRENT, "standard", "CNY"),
)  # fmt: skip
TAX = Basis(PriceBasis.CURRENT, "standard", "CNY")


def level(value: float, period: str = "2026Q1", **changed: object) -> Observation:
    usual = {
        "indicator": NEW.id, "measure": Measure.LEVEL_YTD, "unit": NEW.unit, "basis": NEW.basis,
    }  # fmt: skip
    return growth(value, period, **(usual | changed))


def commit(store: Store, draft: Commit | None) -> int:
    assert draft is not None
    return store.commit(signed(draft, "analyst"))


def names(store: Store, vintage: int | None = None) -> dict[str, Indicator]:
    return dict(store.catalogue(vintage or store.latest_vintage()).indicators)


def test_a_renamed_indicator_keeps_its_old_names_as_aliases(store: Store) -> None:
    store.commit(upload(level(320.0), indicators=(NEW,)))

    number = commit(store, rename(store, NEW.id, " 税收合计 ", "All taxes"))

    renamed = names(store)[NEW.id]
    assert (renamed.name, renamed.short) == (Names("税收合计", "All taxes"),) * 2
    assert renamed.aliases == ("各项税收",)
    assert names(store, number - 1)[NEW.id] == NEW
    assert store.audit.entries()[-1].action is Action.COMMIT
    assert store.audit.entries()[-1].author == "analyst"
    assert rename(store, NEW.id, "税收合计", "All taxes") is None
    assert rename(store, NEW.id, "税收合计", "") is None  # it keeps its English name
    assert [one.id for one in added(store, number)] == [NEW.id]


def test_merged_figures_become_those_of_the_other_and_its_names_aliases(store: Store) -> None:
    before = store.commit(
        upload(level(3200.0), level(6400.0, "2026Q2"), growth(5.0, indicator=NEW.id,
               basis=NEW.basis), indicators=(NEW,)),
    )  # fmt: skip

    number = commit(store, merge(store, NEW.id, "tax"))

    figures = {f.key: f for f in store.observations(number, "zone") if f.indicator == "tax"}
    values = {(f.measure, str(f.month), f.unit): f.value for f in figures.values()}
    assert (
        values.items()
        >= {
            (Measure.LEVEL_YTD, "2026-03", "1e8 CNY"): 0.32,
            (Measure.LEVEL_YTD, "2026-06", "1e8 CNY"): 0.64,
            (Measure.GROWTH_YTD, "2026-03", "%"): 5.0,
        }.items()
    )
    assert NEW.id not in names(store)
    assert "各项税收" in names(store)["tax"].aliases
    then = [f for f in store.observations(before, "zone") if f.indicator == NEW.id]
    assert len(then) == 3

    differences = compare(store, before, number)
    assert {d.fate for d in differences.indicators if d.either.id == NEW.id} == {Fate.GONE}
    store.withdraw(number, "analyst")
    assert names(store)[NEW.id] == NEW
    latest = store.latest_vintage()
    assert store.observations(latest, "zone") == store.observations(before, "zone")


def test_a_removed_indicator_is_there_again_with_its_withdrawal(store: Store) -> None:
    first = store.commit(upload(level(320.0), indicators=(NEW,)))
    with pytest.raises(errors.IndicatorHasFigures):
        remove(store, NEW.id)
    second = store.commit(upload(indicators=(NEW,)))
    withdrawal = store.withdraw(first, "analyst")

    number = commit(store, remove(store, NEW.id))

    assert NEW.id not in names(store)
    assert second < number
    store.withdraw(number, "analyst")
    assert names(store)[NEW.id] == NEW
    commit(store, remove(store, NEW.id))
    with pytest.raises(StillNeeded):  # the figures would be of no indicator
        store.withdraw(withdrawal, "analyst")


def test_what_others_depend_on_stays(store: Store) -> None:
    target = make_target(NEW.id, area="zone", basis=NEW.basis)
    store.commit(upload(level(320.0), indicators=(NEW,)))
    scenario = write_scenario(Scenario(name="a", pins=(Pin(NEW.id, 7.0),)))

    with pytest.raises(errors.IndicatorStays):
        remove(store, "tax")
    with pytest.raises(errors.IndicatorStays):
        merge(store, "tax", "gdp")
    with pytest.raises(errors.IndicatorUnknown):
        merge(store, NEW.id, "nothing")
    store.commit(edit(targets=(target,)))
    with pytest.raises(errors.IndicatorHasTargets) as raised:
        merge(store, NEW.id, "tax")
    # Whoever reads it has the names in their own language; a command prints the Chinese ones.
    assert raised.value.values["name"] == NEW.name
    assert raised.value.values["areas"] == (
        next(one.name for one in store.areas(store.latest_vintage()) if one.id == "zone"),
    )
    assert str(raised.value).startswith(NEW.name.zh)
    store.commit(edit(removed=(target,)))
    store.scenarios.save("zone", 2026, "a", scenario, store.latest_vintage())
    with pytest.raises(errors.IndicatorInScenario):
        merge(store, NEW.id, "tax")


@pytest.mark.parametrize(
    ("figure", "fault"),
    [
        (level(3200.0, unit="1e4 t"), errors.MergedUnitsDiffer),
        (level(1.0, "2025Q4"), errors.MergedFiguresDiffer),
    ],
)
def test_figures_that_cannot_be_those_of_one_indicator_are_not_merged(
    store: Store, figure: Observation, fault: type[errors.IndicatorError]
) -> None:
    other = level(12.34, "2025Q4", indicator="tax", basis=TAX, unit="1e8 CNY")
    before = store.commit(upload(other, figure, indicators=(NEW,)))

    with pytest.raises(fault):
        merge(store, NEW.id, "tax")
    assert store.latest_vintage() == before


def test_a_name_of_another_indicator_is_refused(store: Store) -> None:
    store.commit(upload(indicators=(NEW,)))

    with pytest.raises(errors.IndicatorThere):
        rename(store, NEW.id, "国内生产总值", "")
    with pytest.raises(errors.IndicatorUnnamed):
        rename(store, NEW.id, " ", "Tax")
    with pytest.raises(errors.IndicatorUnknown):
        rename(store, "nothing", "甲", "A")
