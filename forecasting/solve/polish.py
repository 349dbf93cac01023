"""From a start to a setting that costs less than every one near it, counted on all paths.

Three moves, each taken where it still reaches and costs less, until none does: one lever turned
back as far as it goes; one lever turned back by some steps while another makes up for it; and
both again from each place. Costs fall with every move, so the search ends. Nothing here relies on
a gradient or on the probability rising along a lever (coordinate and pair exchange, as in local
search for integer programs: Aarts and Lenstra, 1997, chapter 1).
"""

from __future__ import annotations

import numpy as np

from forecasting.solve.exact import Exact, Stand

SAME = 1e-9
"""Effort by which a move has to be less to count as less."""


def cheapen(exact: Exact, stand: Stand, needed: int) -> Stand:
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


def reach(exact: Exact, stand: Stand, best: Stand, needed: int) -> Stand:
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


def climb(exact: Exact, stand: Stand) -> Stand:
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
    exact: Exact, stand: Stand, lever: int, end: int, needed: int
) -> tuple[float, int, int]:
    """Return what a lever gains for its effort, going to an end or as far as is needed."""
    counts, costs = exact.along(stand, lever), exact.efforts[lever]
    reaching = np.flatnonzero(counts >= needed)
    place = int(reaching[np.argmin(costs[reaching])]) if len(reaching) else end
    gained = min(int(counts[place]), needed) - stand.clear
    cost = max(float(costs[place] - costs[stand.places[lever]]), SAME)
    return gained / cost, lever, place


def _turned_back(exact: Exact, stand: Stand, needed: int) -> Stand:
    """Turn each lever to the cheapest choice that still reaches, the costliest lever first."""
    costs = [efforts[place] for efforts, place in zip(exact.efforts, stand.places, strict=True)]
    for lever in sorted(range(len(costs)), key=lambda one: (-costs[one], one)):
        place = exact.cheapest(stand, lever, needed, costs[lever] - SAME)
        if place is not None:
            stand = exact.turned(stand, lever, place)
    return stand


def _exchanged(exact: Exact, stand: Stand, needed: int) -> Stand:
    """Turn each lever back wherever another makes up for it at less cost."""
    for back in range(len(stand.places)):
        better: Stand | None = stand
        while better is not None:
            stand = better
            better = _exchange(exact, stand, back, needed)
    return stand


def _exchange(exact: Exact, stand: Stand, back: int, needed: int) -> Stand | None:
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


def _backwards(exact: Exact, stand: Stand, lever: int) -> list[int]:
    """Return choices nearer to where a lever started: all the way, then ever fewer steps."""
    efforts, place = exact.efforts[lever], stand.places[lever]
    start = int(np.argmin(efforts))
    distance, toward = abs(place - start), 1 if start > place else -1
    steps = [2**power for power in range(16) if 2**power < distance]
    return [place + toward * step for step in (distance, *reversed(steps))] if distance else []
