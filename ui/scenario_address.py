"""A scenario as the address says it, with its area and year.

Projects and firms do not stand there by name: their part is kept in the database under a token,
as is a scenario that is too long for an address.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from data.errors import ScenarioNotKept
from forecasting.errors import OutlookError
from forecasting.scenario.document import read_scenario, write_scenario
from forecasting.scenario.errors import LinkTooLong
from forecasting.scenario.link import Linked, from_short_text, short_text
from forecasting.scenario.scenario import Scenario
from ui import scenario_cache

LONGEST_IN_ADDRESS = 3000
"""Characters; chat programs cut longer links."""
_KEPT = "."
"""Before the token of what is kept in the database; twice where that is the whole scenario."""


def text_of(scenario: Scenario, area: str, year: int) -> str | None:
    """Return a scenario for the address; what names firms and projects only by a token.

    Returns
    -------
    str or None
        None for the empty scenario, which the address leaves out.

    Raises
    ------
    ScenarioTooLong
        If it is longer than any that is kept.
    """
    if scenario == Scenario():
        return None
    try:
        text = short_text(replace(scenario, projects=(), bottom_up=()), area, year)
    except LinkTooLong:
        return _kept_whole(scenario, area, year)
    if len(text) > LONGEST_IN_ADDRESS:
        return _kept_whole(scenario, area, year)
    named = Scenario(projects=scenario.projects, bottom_up=scenario.bottom_up)
    return text if named == Scenario() else text + _KEPT + _keep(named)


def _kept_whole(scenario: Scenario, area: str, year: int) -> str:
    return short_text(Scenario(), area, year) + _KEPT + _KEPT + _keep(scenario)


def _keep(scenario: Scenario) -> str:
    return scenario_cache.scenarios().keep(write_scenario(scenario))


def read(text: str, indicators: Collection[str]) -> tuple[Linked, OutlookError | None]:
    """Return what an address says, and why a part of it is missing, or None.

    Raises
    ------
    ScenarioRefused, LaterScenario
        If it cannot be read.
    """
    public, _, rest = text.partition(_KEPT)
    token, whole = rest.removeprefix(_KEPT), not public or rest.startswith(_KEPT)
    linked = from_short_text(public, indicators) if public else Linked(Scenario())
    if not token:
        return linked, None
    document = scenario_cache.scenarios().kept(token)
    if document is None:
        return linked, ScenarioNotKept()
    kept = read_scenario(document, indicators)
    if not whole:
        kept = replace(linked.scenario, projects=kept.projects, bottom_up=kept.bottom_up)
    return replace(linked, scenario=kept), None
