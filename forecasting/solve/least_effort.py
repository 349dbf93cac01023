"""The least-effort setting of levers for fixed dates, and the search over dates around it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Array, plain_sum
from forecasting.outlook.paths import PATHS_PER_SET, SETS
from forecasting.scenario.arithmetic import BOTH_ALIKE
from forecasting.scenario.response import DialEffect
from forecasting.solve.exact import Exact, Margins, Position, Slopes
from forecasting.solve.smooth import Box, Smooth

SAME = 1e-9
"""Effort by which a move has to be less to count as less."""


def cheapen(exact: Exact, stand: Position, needed: int) -> Position:
    """Return a setting that no move makes cheaper.

    Parameters
    ----------
    stand
        One that reaches.
    needed
        Clear paths that it has to keep.
    """
    while True:
        better = _exchanged(exact, _turned_back(exact, stand, needed), needed)
        if exact.effort(better) >= exact.effort(stand) - SAME:
            return better
        stand = better


def reach(exact: Exact, stand: Position, best: Position, needed: int) -> Position:
    """Return a setting that reaches, between one that may not and one that does.

    Levers go over to where they stand in the best setting, the one that gains most for its
    effort first.
    """
    while stand.clear < needed:
        moves = [
            _towards(exact, stand, lever, place, needed)
            for lever, place in enumerate(best.places)
            if place != stand.places[lever]
        ]
        if not moves:
            return best
        _, lever, place = max(moves, key=lambda move: move[0])
        stand = exact.turned(stand, lever, place)
    return stand


def climb(exact: Exact, stand: Position) -> Position:
    """Return a setting whose count no single lever raises; ties stay nearest to the start."""
    while True:
        for lever in range(len(stand.places)):
            counts = exact.along(stand, lever)
            most = np.flatnonzero(counts == counts.max())
            place = int(most[np.argmin(exact.efforts[lever][most])])
            if counts[place] > counts[stand.places[lever]]:
                stand = exact.turned(stand, lever, place)
                break
        else:
            return stand


def _towards(
    exact: Exact, stand: Position, lever: int, end: int, needed: int
) -> tuple[float, int, int]:
    """Return what a lever gains for its effort, going to an end or as far as is needed."""
    counts, costs = exact.along(stand, lever), exact.efforts[lever]
    reaching = np.flatnonzero(counts >= needed)
    place = int(reaching[np.argmin(costs[reaching])]) if len(reaching) else end
    gained = min(int(counts[place]), needed) - stand.clear
    cost = max(float(costs[place] - costs[stand.places[lever]]), SAME)
    return gained / cost, lever, place


def _turned_back(exact: Exact, stand: Position, needed: int) -> Position:
    """Turn each lever to the cheapest choice that still reaches, the costliest lever first."""
    costs = [efforts[place] for efforts, place in zip(exact.efforts, stand.places, strict=True)]
    for lever in sorted(range(len(costs)), key=lambda one: (-costs[one], one)):
        place = exact.cheapest(stand, lever, needed, costs[lever] - SAME)
        if place is not None:
            stand = exact.turned(stand, lever, place)
    return stand


def _exchanged(exact: Exact, stand: Position, needed: int) -> Position:
    """Turn each lever back wherever another makes up for it at less cost."""
    for back in range(len(stand.places)):
        better: Position | None = stand
        while better is not None:
            stand = better
            better = _exchange(exact, stand, back, needed)
    return stand


def _exchange(exact: Exact, stand: Position, back: int, needed: int) -> Position | None:
    """Return a cheaper setting with a lever turned back and another made up; None without."""
    for place in _backwards(exact, stand, back):
        saved = exact.efforts[back][stand.places[back]] - exact.efforts[back][place]
        tried = exact.turned(stand, back, place)
        for other in range(len(stand.places)):
            if other != back:
                spent = exact.efforts[other][stand.places[other]]
                made_up = exact.cheapest(tried, other, needed, spent + saved - SAME)
                if made_up is not None:
                    return exact.turned(tried, other, made_up)
    return None


def _backwards(exact: Exact, stand: Position, lever: int) -> list[int]:
    """Return choices nearer to where a lever started: all the way, then ever fewer steps."""
    efforts, place = exact.efforts[lever], stand.places[lever]
    start = int(np.argmin(efforts))
    distance, toward = abs(place - start), 1 if start > place else -1
    steps = [2**power for power in range(16) if 2**power < distance]
    return [place + toward * step for step in (distance, *reversed(steps))] if distance else []


MOST_PLANS = 100
"""Plans of dates compared; where more are possible, those that move at most two projects."""
TRIED = 6
"""Plans solved for their levers, of those that look cheapest."""
FEW = SETS * PATHS_PER_SET // 1000
"""Paths that are not worth a lever or a date, where what is wanted is out of reach: 0.1 point."""
PARTS = np.linspace(0.0, 1.0, 51)
"""Of a turn, at which another plan is tried."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One project's dates, so many quarters earlier, and what it brings then."""

    quarters: int
    effort: float
    reaches: tuple[DialEffect, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SearchProblem:
    """Everything the search stands on.

    Attributes
    ----------
    margins
        With levers at zero and without the projects whose dates may move.
    start
        Where levers stand, shape ``(levers,)``.
    choices, costs
        Of each lever: values it may end at, rising, and effort per unit.
    ways
        Of each project: its dates as they stand first, then ever earlier.
    closed_met
        Whether the years known to their end are met; otherwise no path is clear.
    """

    margins: Margins
    start: Array
    choices: tuple[Array, ...]
    costs: Array
    ways: tuple[tuple[Way, ...], ...]
    closed_met: bool


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A setting: values of the levers, which way each project goes, and its clear paths."""

    values: tuple[float, ...]
    plan: tuple[int, ...]
    effort: float
    clear: int


class Search:
    """One search on one ground."""

    def __init__(self, ground: SearchProblem):
        self._ground = ground
        each = zip(ground.costs, ground.choices, ground.start, strict=True)
        self._efforts = [cost * np.abs(choices - start) for cost, choices, start in each]
        self._origin = [int(np.argmin(efforts)) for efforts in self._efforts]
        plans = _plans([len(ways) for ways in ground.ways])
        self._plans = sorted(plans, key=lambda plan: (self._cost(plan), plan))
        self._near: tuple[int, ...] | None = None
        # The same for every plan of dates, of which there are up to hundreds.
        self._helps = [ground.margins.helps(lever) for lever in range(len(self._origin))]
        self._full_year: dict[DialEffect, Array] = {}
        self._ends = {plan: self._end(plan) for plan in self._plans}

    @property
    def most(self) -> int:
        """The most clear paths that are found at all."""
        return max(end.clear for end in self._ends.values())

    def nearest(self) -> SearchResult:
        """Return a setting with all but ``FEW`` of the most clear paths, and cheap for that.

        What adds no more than these is left alone as a whole where it can be, and otherwise
        turned less far: the last steps towards the most are the dearest.
        """
        needed = self.most - FEW
        plan = next(plan for plan in self._plans if self._ends[plan].clear >= needed)
        stand = self._exact(plan).stand(self._ends[plan].places)
        plan, stand = self._spared(plan, stand, needed)
        exact = self._exact(plan)
        return self._found(plan, exact, cheapen(exact, stand, needed))

    def _spared(
        self, plan: tuple[int, ...], stand: Position, needed: int
    ) -> tuple[tuple[int, ...], Position]:
        """Return dates and levers of which those stay that need not move, the dearest first."""
        exact, ways = self._exact(plan), self._ground.ways
        costs = [float(own[place]) for own, place in zip(self._efforts, stand.places, strict=True)]
        for lever in sorted(range(len(costs)), key=lambda one: (-costs[one], one)):
            back = exact.turned(stand, lever, self._origin[lever])
            stand = back if self._clear(back) >= needed else stand
        for project in sorted(range(len(plan)), key=lambda one: -ways[one][plan[one]].effort):
            other = (*plan[:project], 0, *plan[project + 1 :])
            back = self._exact(other).stand(stand.places)
            if self._clear(back) >= needed:
                plan, stand = other, back
        return plan, stand

    def least(self, needed: int) -> SearchResult | None:
        """Return the cheapest setting found with so many clear paths; None where there is none.

        The plan of dates that is cheapest in itself is solved first. Others cost more in dates
        and less in levers: those whose levers, turned in the same proportions, look cheapest
        are adapted from it, and the best of them is solved itself.
        """
        plans = [plan for plan in self._plans if self._ends[plan].clear >= needed]
        if not plans:
            return None
        first = best = self._solved(plans[0], needed)
        for plan in self._promising(plans[1:], best, needed):
            if self._cost(plan) < best.effort - SAME:
                tried = self._adapted(plan, best, needed)
                best = tried if tried.effort < best.effort - SAME else best
        if best is first:
            return first
        again = self._solved(best.plan, needed)
        return again if again.effort < best.effort - SAME else best

    def _solved(self, plan: tuple[int, ...], needed: int) -> SearchResult:
        """Return the cheapest setting found for one plan of dates that can reach."""
        exact = self._exact(plan)
        start = exact.stand(self._origin)
        if start.clear >= needed:
            return self._found(plan, exact, start)
        levers = Smooth(exact.margins, self._box()).least(math.log(needed / len(start.missed)))
        near = exact.stand([self._outward(lever, value) for lever, value in enumerate(levers)])
        candidates = [self._cheap(plan, exact, one, needed) for one in (near, start)]
        return self._found(plan, exact, min(candidates, key=exact.effort))

    def _adapted(self, plan: tuple[int, ...], other: SearchResult, needed: int) -> SearchResult:
        """Return the setting that another plan's levers lead to with these dates."""
        exact = self._exact(plan)
        each = zip(exact.choices, other.values, strict=True)
        near = exact.stand([int(np.abs(choices - value).argmin()) for choices, value in each])
        return self._found(plan, exact, self._cheap(plan, exact, near, needed))

    def _cheap(self, plan: tuple[int, ...], exact: Exact, stand: Position, needed: int) -> Position:
        if stand.clear < needed:
            stand = reach(exact, stand, exact.stand(self._ends[plan].places), needed)
        return cheapen(exact, stand, needed)

    def _promising(
        self, plans: Sequence[tuple[int, ...]], best: SearchResult, needed: int
    ) -> list[tuple[int, ...]]:
        """Return the plans that look cheapest with the levers turned as in another solution."""
        turn = np.array(best.values) - self._ground.start
        levers = best.effort - self._cost(best.plan)
        scores = []
        for plan in plans:
            if self._cost(plan) < best.effort - SAME:
                part = self._part(plan, turn, needed)
                scores.append((self._cost(plan) + part * levers, plan))
        return [plan for _, plan in sorted(scores)[:TRIED]]

    def _part(self, plan: tuple[int, ...], turn: Array, needed: int) -> float:
        """Return which part of a turn of all levers reaches; more than all where none does."""
        margins, start = self._exact(plan).margins, self._ground.start
        slopes: Slopes = {}
        for own, sides, before, by in zip(margins.slopes, margins.sides, start, turn, strict=True):
            counted = sides.counted(before + by) - sides.counted(before)
            for row, slope in own.items():
                slopes[row] = slopes.get(row, 0.0) + counted * slope
        along = replace(margins, base=margins.at(start), slopes=(slopes,), sides=(BOTH_ALIKE,))
        ray = Exact(along, [PARTS], [PARTS])
        reaching = np.flatnonzero(ray.along(ray.stand([0]), 0) >= needed)
        return float(PARTS[reaching[0]]) if len(reaching) else 1.5

    def _end(self, plan: tuple[int, ...]) -> _End:
        """Return where a plan's levers have to stand for the most clear paths."""
        exact = self._exact(plan)
        each = zip(self._helps, self._origin, exact.choices, strict=True)
        places = [
            origin if down == up else (len(choices) - 1 if up else 0)
            for (down, up), origin, choices in each
        ]
        stand = exact.stand(places)
        if any(down and up for down, up in self._helps):  # what helps one target hurts another
            starts = (places, self._origin, self._mixed(exact))
            stand = max((climb(exact, exact.stand(one)) for one in starts), key=lambda s: s.clear)
            self._near = stand.places
        return _End(stand.places, self._clear(stand))

    def _mixed(self, exact: Exact) -> tuple[int, ...]:
        """Return where to climb from: the top for other dates, at first that of the stand-in."""
        if self._near is None:
            values = Smooth(exact.margins, self._box()).best()
            each = zip(exact.choices, values, strict=True)
            return tuple(int(np.abs(choices - value).argmin()) for choices, value in each)
        return self._near

    def _exact(self, plan: tuple[int, ...]) -> Exact:
        ways = [own[way] for own, way in zip(self._ground.ways, plan, strict=True)]
        added = [(reach.indicator, self._points(reach)) for way in ways for reach in way.reaches]
        return Exact(self._ground.margins.beside(added), self._ground.choices, self._efforts)

    def _points(self, reach: DialEffect) -> Array:
        """Return what a project adds to full-year growth on each path, spread out once."""
        if reach not in self._full_year:
            self._full_year[reach] = reach.spread(-1)
        return self._full_year[reach]

    def _box(self) -> Box:
        low, high = (np.array([c[end] for c in self._ground.choices]) for end in (0, -1))
        return Box(self._ground.start, low, high, self._ground.costs)

    def _outward(self, lever: int, value: float) -> int:
        """Return the first choice at least as far from where a lever started."""
        choices, start = self._ground.choices[lever], self._ground.start[lever]
        slack = 1e-6 * (choices[-1] - choices[0])
        if value >= start:
            return min(int(np.searchsorted(choices, value - slack)), len(choices) - 1)
        return max(int(np.searchsorted(choices, value + slack, side="right")) - 1, 0)

    def _cost(self, plan: tuple[int, ...]) -> float:
        return plain_sum(own[way].effort for own, way in zip(self._ground.ways, plan, strict=True))

    def _found(self, plan: tuple[int, ...], exact: Exact, stand: Position) -> SearchResult:
        values = zip(exact.choices, stand.places, strict=True)
        return SearchResult(
            values=tuple(float(choices[place]) for choices, place in values),
            plan=plan,
            effort=self._cost(plan) + exact.effort(stand),
            clear=self._clear(stand),
        )

    def _clear(self, stand: Position) -> int:
        """Return how many paths are clear where years known to their end are met as well."""
        return stand.clear if self._ground.closed_met else 0


@dataclass(frozen=True, slots=True)
class _End:
    """Where levers stand for the most clear paths, and how many these are."""

    places: tuple[int, ...]
    clear: int


def _plans(ways: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the plans of dates to compare, as which way each project goes."""
    if math.prod(ways) <= MOST_PLANS:
        return list(itertools.product(*map(range, ways)))
    plans = {(0,) * len(ways), tuple(count - 1 for count in ways)}
    for one, other in itertools.combinations(range(len(ways)), 2):
        for first, second in itertools.product(range(ways[one]), range(ways[other])):
            plan = [0] * len(ways)
            plan[one], plan[other] = first, second
            plans.add(tuple(plan))
    return sorted(plans)
