"""What may be disclosed of a scenario: its entries without their names, its projects in sums."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from forecasting.figures.indicator import Catalogue
from forecasting.issues.snapshot import (
    AssumedEffect,
    AssumedEntry,
    AssumedPin,
    AssumedProjects,
    AssumedView,
    Assumptions,
    EntryKind,
    ProjectSum,
)
from forecasting.outlook.lights import light_of
from forecasting.outlook.outlook import AllClear, Outlook
from forecasting.scenario.levers import COMMON, POINTS, YEAR_POINTS, Factor, Lever
from forecasting.scenario.model import FEWEST_IN_A_SUM, METHOD, Amount, BottomUp, PointLever
from forecasting.scenario.projects import Project

if TYPE_CHECKING:  # what applies scenarios imports every model: a snapshot needs none
    from forecasting.scenario.apply import Applied, Effect

FIRMS = "firms"
"""The unit of a lever that is turned by firms."""


def assumptions_of(
    applied: Applied, catalogue: Catalogue, *, with_note: bool = False
) -> Assumptions:
    """Return what a scenario assumes, as far as it may be disclosed.

    Parameters
    ----------
    with_note
        Whether its author shows its note to readers.
    """
    scenario, blended = applied.scenario, _blended(applied.outlook)
    return Assumptions(
        name=scenario.name,
        note=scenario.note if with_note else "",
        entries=tuple(_entries(applied, catalogue)),
        projects=_projects(applied),
        pins=tuple(
            AssumedPin(pin.indicator, pin.growth, pin.quarter, pin.cumulative)
            for pin in scenario.pins
        ),
        bottom_up=tuple(
            AssumedView(view.indicator, view.weight, few=_few(view) and view.indicator in blended)
            for view in scenario.bottom_up
        ),
        unmeasured=tuple(indicator.id for indicator in applied.unmeasured),
        unseen=applied.unseen,
    )


def without_views(outlook: Outlook, views: Iterable[AssumedView]) -> Outlook:
    """Return an outlook without what views from below say by themselves.

    Where a view is of few firms, the models' own verdicts go too: taken from the whole, they would
    give that of the view.
    """
    few = {view.indicator for view in views if view.few}
    return replace(
        outlook,
        verdicts=tuple(
            replace(
                verdict,
                members=tuple(
                    replace(member, probability=None, quantiles=None)
                    if member.method == METHOD or verdict.indicator_id in few
                    else member
                    for member in verdict.members
                ),
            )
            for verdict in outlook.verdicts
        ),
    )


def baseline_beside(scenario: Assumptions, outlook: Outlook) -> AllClear | None:
    """Return what may be disclosed of the chance of all without a scenario, beside that with it.

    Beside one that is ``guarded`` it is in tenths alone, which leave the effect of any single part
    open: the middle of the first and the last tenth, the nearest of the others that has its light.
    """
    together = outlook.all_clear
    if together is None or not scenario.guarded:
        return together
    return AllClear(_in_tenths(together.probability), math.nan, math.nan, None)


def _in_tenths(probability: float) -> float:
    if probability < 0.1:
        return 0.05
    if probability >= 0.9:
        return 0.95
    nearest = math.floor(probability * 10 + 0.5)
    light = light_of(probability, complete=False)
    return (nearest if light_of(nearest / 10, complete=False) is light else nearest - 1) / 10


def _few(view: BottomUp) -> bool:
    """Return whether too few firms and projects are in a view for it to be disclosed."""
    listed = sum(any(item.base) or any(item.known) or bool(item.amount) for item in view.items)
    return 0 < listed < FEWEST_IN_A_SUM


def _blended(outlook: Outlook) -> set[str]:
    """Return the indicators of which a view from below takes paths."""
    return {
        verdict.indicator_id
        for verdict in outlook.verdicts
        if any(member.method == METHOD for member in verdict.members)
    }


def _entries(applied: Applied, catalogue: Catalogue) -> Iterator[AssumedEntry]:
    entries = tuple(applied.scenario.entries)
    for entry in entries:
        if isinstance(entry, Project) or entry.value == 0:
            continue
        kind, what, unit = _described(entry, catalogue)
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
            certain=entry.certain,
        )


def _described(
    entry: Lever | Amount | PointLever, catalogue: Catalogue
) -> tuple[EntryKind, str, str]:
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
    factors = tuple(_factors(effect))
    if len(factors) < len(effect.factors):
        return AssumedEffect(effect.indicator, None, "", None, None, factors)
    in_points = effect.unit in (POINTS, YEAR_POINTS)
    return AssumedEffect(
        indicator=effect.indicator,
        amount=None if in_points else math.fsum(effect.amounts),
        unit="" if in_points else effect.unit,
        points=math.fsum(effect.points),
        beyond_history=effect.beyond_history,
        factors=factors,
    )


def _factors(effect: Effect) -> Iterator[Factor]:
    """Yield the factors that others know too: what only the zone knows may be a single firm's."""
    for factor in effect.factors:
        if not (isinstance(effect.entry, Lever) and _secret(effect.entry, factor)):
            yield factor


def _secret(lever: Lever, factor: Factor) -> bool:
    """Return whether a factor may be a firm's own: without a default, or of so few firms."""
    assumption = lever.rule.assumptions.get(factor.name)
    if assumption is None:
        return False
    of_few = lever.rule.unit == FIRMS and abs(lever.value) < FEWEST_IN_A_SUM
    return assumption.default is None or (of_few and factor.name in dict(lever.assumptions))


def _projects(applied: Applied) -> AssumedProjects:
    """Sum up what projects do, where a sum gives none of them away."""
    points: dict[str, dict[str, float]] = {}
    common: dict[str, Factor] = {}
    for effect in applied.effects:
        if isinstance(effect.entry, Project) and any(effect.points):
            points.setdefault(effect.indicator, {})[effect.entry.id] = math.fsum(effect.points)
            common |= {one.name: one for one in effect.factors if one.name in COMMON}
    disclosed = _disclosed({indicator: frozenset(each) for indicator, each in points.items()})
    return AssumedProjects(
        count=len(applied.scenario.projects),
        moving=len({project for each in points.values() for project in each}),
        effects=tuple(
            ProjectSum(indicator, math.fsum(each.values()) if indicator in disclosed else None)
            for indicator, each in points.items()
        ),
        common=tuple(common.values()),
        certain=sum(isinstance(entry, Project) for entry in applied.certain),
    )


def _disclosed(moving: Mapping[str, frozenset[str]]) -> set[str]:
    """Return the indicators whose sums give no project away, by themselves or by difference.

    What projects bring to two indicators may be the same amount, as to investment and to that in
    industry. So two sums are only disclosed together where as many projects as make a sum, or none,
    are in the one and not in the other. The sum of most projects comes first.
    """
    disclosed: set[str] = set()
    for indicator in sorted(moving, key=lambda name: -len(moving[name])):
        own = moving[indicator]
        others = [moving[other] for other in disclosed]
        apart = [len(one - two) for other in others for one, two in ((own, other), (other, own))]
        if all(count == 0 or count >= FEWEST_IN_A_SUM for count in (*apart, len(own))):
            disclosed.add(indicator)
    return disclosed
