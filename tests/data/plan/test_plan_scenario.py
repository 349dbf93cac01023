"""Which saved scenario a plan goes by. All is invented."""

from __future__ import annotations

from data.commands.command import view_of
from data.plan import documents
from data.plan.plan_scenario import ScenarioChoice, plan_scenario
from data.store.scenarios import SavedScenario
from data.store.store import Store
from data.views import AreaView
from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.toml import write_scenario

WHAT_IF = Scenario(levers=(Lever(LeverKind.FREIGHT_TRAINS, 50.0),))
LEDGER = Scenario(projects=(Project("a", signed=Quarter(2026, 1)),))


def save(store: Store, name: str, content: Scenario, year: int = 2026) -> SavedScenario:
    return store.scenarios.save("zone", year, name, write_scenario(content), 1)


def choose(store: Store, saved: SavedScenario, based_on: int = 0) -> None:
    part, choice = documents.scenario_of(2026), ScenarioChoice(scenario=saved.id)
    store.plans.save("zone", part, documents.written(choice), based_on=based_on)


def chosen(store: Store) -> tuple[str, bool]:
    view = view_of(store)
    found = plan_scenario(AreaView(view, view.area("zone")), 2026)
    assert bool(found.scenario.projects) == found.name.startswith("台账")
    return found.name, found.chosen


def test_a_what_if_that_is_saved_later_does_not_take_the_place_of_projects(store: Store) -> None:
    assert chosen(store) == ("", False)
    save(store, "设想一", WHAT_IF)
    assert chosen(store) == ("设想一", False)
    save(store, "台账", LEDGER)
    save(store, "设想二", WHAT_IF)
    save(store, "台账2025", LEDGER, 2025)

    assert chosen(store) == ("台账", False)


def test_the_one_that_is_chosen_stays_until_it_is_deleted(store: Store) -> None:
    first, second = save(store, "台账一", LEDGER), save(store, "设想", WHAT_IF)
    choose(store, second)
    save(store, "台账二", LEDGER)
    assert chosen(store) == ("设想", True)

    choose(store, first, 1)
    assert chosen(store) == ("台账一", True)

    store.scenarios.remove(first.id, first.version)
    assert chosen(store) == ("台账二", False)
    store.scenarios.restore(first.id)
    assert chosen(store) == ("台账一", True)
