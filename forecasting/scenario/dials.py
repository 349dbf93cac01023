"""The dials of a scenario: every lever that reaches something here, at rest or turned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from forecasting.scenario.entries import Amount, PointLever
from forecasting.scenario.levers import RULES, Lever, LeverKind
from forecasting.scenario.scenario import Scenario

Turned = Lever | Amount | PointLever
"""What has a value that a reader turns."""
One = TypeVar("One", bound=Turned)


def dials_of(scenario: Scenario, reached: Collection[str]) -> tuple[Turned, ...]:
    """Return the dials of a scenario as they stand.

    Levers come in the order of their kinds: those of the scenario, named ones first, and one at
    rest for each kind that reaches an indicator and of which it has none without a name. So a
    dial that is turned to zero stays in its place. Then come its amounts and point levers.

    Parameters
    ----------
    reached
        Ids of the indicators that can still move.
    """
    levers = (lever for kind in LeverKind for lever in _of_kind(scenario, kind, reached))
    return (*levers, *scenario.amounts, *scenario.points)


def _of_kind(scenario: Scenario, kind: LeverKind, reached: Collection[str]) -> Iterator[Lever]:
    own = [lever for lever in scenario.levers if lever.kind is kind]
    yield from sorted(own, key=lambda lever: not lever.name)
    reaches = any(name in reached for name in RULES[kind].indicators)
    if reaches and all(lever.name for lever in own):
        yield Lever(kind, 0.0)


def turned(scenario: Scenario, dial: Turned, value: float) -> Scenario:
    """Return a scenario with a dial, as ``dials_of`` gave it, at another value."""
    return exchanged(scenario, dial, replace(dial, value=value))


def exchanged(scenario: Scenario, dial: Turned, new: Turned, which: int = 0) -> Scenario:
    """Return a scenario with another dial of the same sort in place of one of ``dials_of``.

    A lever that says nothing beside its value is left out where that is zero, so that what is
    turned back is as if it had never been touched.

    Parameters
    ----------
    which
        Of dials that are equal, the number of the one that is meant.
    """
    match dial, new:
        case Lever(), Lever():
            kept = () if new == Lever(new.kind, 0.0) else (new,)
            if dial in scenario.levers:
                return replace(scenario, levers=_put(scenario.levers, dial, kept, which))
            return replace(scenario, levers=_in_order((*scenario.levers, *kept)))
        case Amount(), Amount():
            return replace(scenario, amounts=_put(scenario.amounts, dial, (new,), which))
        case PointLever(), PointLever():
            return replace(scenario, points=_put(scenario.points, dial, (new,), which))
    raise TypeError(f"not dials of one sort: {dial!r}, {new!r}")


def at_rest(scenario: Scenario) -> Scenario:
    """Return a scenario with every dial at zero: what stays the same however dials are turned."""
    levers = (replace(lever, value=0.0) for lever in scenario.levers)
    return replace(
        scenario,
        levers=_in_order(lever for lever in levers if lever != Lever(lever.kind, 0.0)),
        amounts=tuple(replace(amount, value=0.0) for amount in scenario.amounts),
        points=tuple(replace(point, value=0.0) for point in scenario.points),
    )


def _in_order(levers: Iterable[Lever]) -> tuple[Lever, ...]:
    """Return levers in the order of their kinds, so that the order of turning leaves no trace."""
    kinds = list(LeverKind)
    return tuple(sorted(levers, key=lambda lever: kinds.index(lever.kind)))


def _put(entries: tuple[One, ...], old: One, new: tuple[One, ...], which: int) -> tuple[One, ...]:
    place = [place for place, one in enumerate(entries) if one == old][which]
    return (*entries[:place], *new, *entries[place + 1 :])
