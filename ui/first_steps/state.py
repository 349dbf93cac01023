"""Which of a zone's first steps are done, as the store says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum

from ui.frame import cache
from ui.frame.cache import VintageView
from ui.frame.controls import View


class FirstStep(StrEnum):
    """What a zone does before anybody can read its outlook, in order."""

    TARGETS = "targets"
    HISTORY = "history"
    PROJECTS = "projects"
    OUTLOOK = "outlook"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class StepsDone:
    """Which of the first steps of a zone are done.

    Attributes
    ----------
    year
        The year it works towards.
    """

    year: int
    done: frozenset[FirstStep]

    @property
    def next(self) -> FirstStep | None:
        """The first step that is not done."""
        return next((step for step in FirstStep if step not in self.done), None)


def progress_of(view: View) -> StepsDone | None:
    """Return how far an area is; None where it sets up nothing: a reference or a sample."""
    area = view.area
    if area.reference or area.synthetic:
        return None
    year = view.snapshot.target_year(area.id)
    store = cache.store()
    issues = store.issues.listed(area.id)
    found = {
        FirstStep.TARGETS: _has_targets(view.snapshot, area.id, year),
        FirstStep.HISTORY: view.has_figures,
        FirstStep.PROJECTS: any(
            tomllib.loads(saved.document).get("project")
            for saved in store.scenarios.listed(area.id)
        ),
        FirstStep.OUTLOOK: _has_outlook(view, year),
        FirstStep.ISSUE: any(store.shares.listed(issue.number) for issue in issues),
    }
    return StepsDone(year, frozenset(step for step, done in found.items() if done))


def _has_targets(snapshot: VintageView, area: str, year: int) -> bool:
    return any(target.year in (0, year) for target in snapshot.targets(area))


def _has_outlook(view: View, year: int) -> bool:
    """Return whether any indicator with a target can be judged."""
    if not (view.has_figures and _has_targets(view.snapshot, view.area.id, year)):
        return False
    return bool(view.snapshot.outlook(view.area.id, year, None, None).verdicts)
