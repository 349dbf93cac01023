"""What may be told of a scenario: its entries without their names, its projects in sums."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from forecasting.indicator import Catalogue
from forecasting.outlook import Outlook
from forecasting.scenario.entries import Amount, PointLever, Project
from forecasting.scenario.items import METHOD
from forecasting.scenario.levers import POINTS, YEAR_POINTS, Lever
from forecasting.snapshot.assumptions import (
    FEWEST_PROJECTS,
    AssumedEffect,
    AssumedEntry,
    AssumedPin,
    AssumedProjects,
    AssumedView,
    Assumptions,
    EntryKind,
    Factor,
    ProjectSum,
)

if TYPE_CHECKING:  # what applies scenarios imports every model: a snapshot needs none
    from forecasting.scenario.effects import Applied, Effect


def assumptions_of(applied: Applied, catalogue: Catalogue) -> Assumptions:
    """Return what a scenario assumes, as far as it may be told."""
    scenario = applied.scenario
    return Assumptions(
        name=scenario.name,
        note=scenario.note,
        entries=tuple(_entries(applied, catalogue)),
        projects=_projects(applied),
        pins=tuple(
            AssumedPin(pin.indicator, pin.growth, pin.quarter, pin.cumulative)
            for pin in scenario.pins
        ),
        bottom_up=tuple(AssumedView(view.indicator, view.weight) for view in scenario.bottom_up),
        unmeasured=tuple(indicator.id for indicator in applied.unmeasured),
    )


def without_views(outlook: Outlook) -> Outlook:
    """Return an outlook that does not tell what a view from below says by itself."""
    return replace(
        outlook,
        verdicts=tuple(
            replace(
                verdict,
                members=tuple(
                    replace(member, probability=None, quantiles=None)
                    if member.method == METHOD
                    else member
                    for member in verdict.members
                ),
            )
            for verdict in outlook.verdicts
        ),
    )


def _entries(applied: Applied, catalogue: Catalogue) -> Iterator[AssumedEntry]:
    entries = tuple(applied.scenario.entries)
    for entry in entries:
        if isinstance(entry, Project):
            continue
        kind, what, unit = _told(entry, catalogue)
        same = [effect for effect in applied.effects if effect.entry == entry]
        own = same[: len(same) // entries.count(entry)]  # equal entries do the same
        yield AssumedEntry(
            kind=kind,
            what=what,
            value=entry.value,
            unit=unit,
            start=entry.start,
            one_off=isinstance(entry, Lever) and entry.one_off,
            beyond_range=isinstance(entry, Lever) and entry.beyond_range,
            effects=tuple(_effect(effect) for effect in own if any(effect.points)),
        )


def _told(entry: Lever | Amount | PointLever, catalogue: Catalogue) -> tuple[EntryKind, str, str]:
    """Return what an entry is, of what, and the unit of its value."""
    match entry:
        case Lever():
            return EntryKind.LEVER, str(entry.kind), entry.rule.unit
        case Amount():
            unit = YEAR_POINTS if entry.points else catalogue[entry.indicator].unit
            return EntryKind.AMOUNT, entry.indicator, unit
        case PointLever():
            return EntryKind.POINT, entry.indicator, ""


def _effect(effect: Effect) -> AssumedEffect:
    in_points = effect.unit in (POINTS, YEAR_POINTS)
    return AssumedEffect(
        indicator=effect.indicator,
        amount=None if in_points else math.fsum(effect.amounts),
        unit="" if in_points else effect.unit,
        points=math.fsum(effect.points),
        beyond_history=effect.beyond_history,
        factors=tuple(_factors(effect)),
    )


def _factors(effect: Effect) -> Iterator[Factor]:
    """Yield the steps that others know too: what only the zone knows may be a single firm's."""
    for step in effect.steps:
        if isinstance(effect.entry, Lever):
            assumption = effect.entry.rule.assumptions.get(step.name)
            if assumption is not None and assumption.default is None:
                continue
        yield Factor(step.name, step.value, step.power < 0, step.source)


def _projects(applied: Applied) -> AssumedProjects:
    """Sum up what projects do, where a sum gives none of them away."""
    points: dict[str, dict[str, float]] = {}
    for effect in applied.effects:
        if isinstance(effect.entry, Project) and any(effect.points):
            points.setdefault(effect.indicator, {})[effect.entry.id] = math.fsum(effect.points)
    return AssumedProjects(
        count=len(applied.scenario.projects),
        moving=len({project for each in points.values() for project in each}),
        effects=tuple(
            ProjectSum(
                indicator,
                math.fsum(each.values()) if len(each) >= FEWEST_PROJECTS else None,
            )
            for indicator, each in points.items()
        ),
    )
