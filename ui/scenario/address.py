"""A scenario as the address says it, with its area and year.

Projects and firms do not stand there by name: their part is kept in the database under a token,
as is a scenario that is too long for an address.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from data.store.errors import ScenarioNotKept
from data.store.scenarios import token_of
from forecasting.errors import OutlookError
from forecasting.scenario.document import read_scenario, write_scenario
from forecasting.scenario.errors import LinkTooLong
from forecasting.scenario.link import Linked, from_short_text, short_text
from forecasting.scenario.model import Scenario
from ui.scenario import cache

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
    named = _named(scenario)
    return text if named == Scenario() else text + _KEPT + _keep(named)


def _kept_whole(scenario: Scenario, area: str, year: int) -> str:
    return short_text(Scenario(), area, year) + _KEPT + _KEPT + _keep(scenario)


def _keep(scenario: Scenario) -> str:
    return cache.scenarios().keep(write_scenario(scenario))


def _named(scenario: Scenario) -> Scenario:
    """Return the part of a scenario that names firms and projects."""
    return Scenario(projects=scenario.projects, bottom_up=scenario.bottom_up)


def read(
    text: str, indicators: Collection[str], saved: Iterable[Scenario] = ()
) -> tuple[Linked, OutlookError | None]:
    """Return what an address says, and why a part of it is missing, or None.

    Parameters
    ----------
    saved
        The saved versions that the address goes with: they hold what is not kept for it any more.

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
    document = cache.scenarios().open_kept(token)
    kept = read_scenario(document, indicators) if document else _among(saved, token)
    if kept is None:
        return linked, ScenarioNotKept()
    if not whole:
        kept = replace(linked.scenario, projects=kept.projects, bottom_up=kept.bottom_up)
    return replace(linked, scenario=kept), None


def _among(saved: Iterable[Scenario], token: str) -> Scenario | None:
    """Return the scenario, or the part of one, that has a token; None where none has."""
    parts = (part for scenario in saved for part in (_named(scenario), scenario))
    return next((part for part in parts if token_of(write_scenario(part)) == token), None)
