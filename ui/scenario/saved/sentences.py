"""What has to be said of a saved scenario where data have come since it was saved."""

from __future__ import annotations

from dataclasses import replace

from data.store.scenarios import SavedScenario
from forecasting.scenario.arithmetic import value_of
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project
from ui.scenario.state import Draft
from ui.scenario.terms import since


def newer(saved: SavedScenario, scenario: Scenario, draft: Draft) -> str:
    """Say that a scenario stands on newer data than it was saved on; empty where it does not.

    What names no quarter starts in the first one that is open: where that has moved, all of it
    falls into the quarters that are left.
    """
    say, now = draft.say, draft.view.snapshot
    then = replace(now, vintage=saved.vintage)
    if then.figures(saved.area) == now.figures(saved.area):
        return ""
    lines = [say("saved.newer", old=saved.vintage, new=now.vintage)]
    moved = then.span(saved.area) != now.span(saved.area)
    floating = any(
        not isinstance(entry, Project) and entry.start is None and value_of(entry)
        for entry in scenario.entries
    )
    if moved and floating:
        quarter = since(draft.first_possible, draft.year, say)
        lines.append(say("saved.newer_start", since=quarter))
    return say("format.between_sentences").join(lines)
