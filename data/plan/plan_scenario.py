"""The scenario of the plan: the saved one that tasks, records and issues go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from data.plan import documents
from data.store.scenarios import SavedScenario
from data.views import AreaView
from forecasting.errors import OutlookError
from forecasting.scenario.model import Scenario


class ScenarioChoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which saved scenario somebody chose for the plan of a year, by its id; 0 for none."""

    scenario: int = 0


@dataclass(frozen=True, slots=True)
class PlanScenario:
    """The scenario of the plan of a year.

    Attributes
    ----------
    saved
        As it is saved; None where the year has none that can be read.
    scenario
        What it holds; empty without any.
    chosen
        Whether somebody chose it. Else it is the one with projects that was saved last, or the
        one saved last where none has projects.
    version
        Of the choice; 0 before there is any.
    """

    saved: SavedScenario | None
    scenario: Scenario
    chosen: bool
    version: int

    @property
    def name(self) -> str:
        """What lists call it; empty where there is none."""
        return self.saved.name if self.saved else ""


def plan_scenario(view: AreaView, year: int) -> PlanScenario:
    """Return the scenario of the plan of an area and year."""
    choice, version = documents.latest(
        view.snapshot.store.plans, view.area.id, documents.scenario_of(year), ScenarioChoice
    )
    readable = list(_readable(view, year))
    chosen = next((one for one in readable if one[0].id == choice.scenario), None)
    with_projects = next((one for one in readable if one[1].projects), None)
    newest = next(iter(readable), None)
    saved, scenario = chosen or with_projects or newest or (None, Scenario())
    return PlanScenario(saved, scenario, chosen=chosen is not None, version=version)


def _readable(view: AreaView, year: int) -> Iterator[tuple[SavedScenario, Scenario]]:
    """Yield the saved scenarios of a year that can be read, the newest first."""
    for saved in view.snapshot.store.scenarios.listed(view.area.id):
        if saved.year == year:
            try:
                yield saved, saved.scenario(view.catalogue.indicators)
            except OutlookError:  # its own page says why it cannot be opened
                continue
