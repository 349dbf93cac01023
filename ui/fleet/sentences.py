"""What the league says of rounds, of areas and of their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.store.league import League, LeagueRound, LeagueRow, LeagueScope
from forecasting.figures.indicator import Names
from forecasting.outlook.lights import HOPEFUL, Light
from ui.frame import address, cache
from ui.language import Speaker
from ui.language import format as fmt

LIKELY = (Light.MET, Light.ACHIEVABLE, Light.HOPEFUL)
"""Lights that the title counts."""


def round_of(round: LeagueRound, say: Speaker) -> str:
    """Name a round by its year and the quarter of its figures."""
    key = "league.as_of" if round.quarter.year == round.year else "league.as_of_before"
    said = say(key, year=round.year, as_of=fmt.as_of(round.quarter, say))
    return say("league.invented", round=said) if round.synthetic else said


def names_of(areas: Iterable[str]) -> dict[str, Names]:
    """Return the names of areas by id, in the order in which areas are listed."""
    wanted = set(areas)
    known = {area.id: area.name for area in cache.current().areas if area.id in wanted}
    return known | {id: Names(id, id) for id in sorted(wanted - known.keys())}


def title(scope: LeagueScope, lights: Mapping[Light, int], say: Speaker) -> str:
    """Say how many areas have a chance of all their targets from which on that is likely."""
    areas = sum(lights.values())
    likely = sum(lights.get(light, 0) for light in LIKELY)
    return say(
        "league.title",
        as_of=fmt.as_of(scope.round.quarter, say),
        year=scope.round.year,
        areas=areas,
        likely=likely,
        least=fmt.probability(HOPEFUL),
        agreeing=1 if areas == 1 else likely,  # 0 of 1 area has, 0 of 2 areas have
    )


def own_place(league: League, scope: LeagueScope, areas: int, say: Speaker) -> str:
    """Say which place the area has that the reader looks at elsewhere; empty where it has none."""
    area = address.carried(address.AREA)
    found = league.place_of(area, scope) if area else None
    if area is None or found is None:
        return ""
    place, before = found
    row = next(iter(league.rows(scope, before, 1)), None)
    if row is None or row.area != area:  # a run stored others between the two questions
        return ""
    return say(
        "league.own",
        area=say.name(row.name),
        place=place,
        areas=areas,
        chance=fmt.chance(row.p_all, say),
    )


def moved(row: LeagueRow, say: Speaker) -> str:
    """Say how many places an area has risen or fallen since the quarter before."""
    if row.place_before is None:
        return ""
    places = row.place_before - row.place
    if not places:
        return say("league.same")
    return say("league.risen" if places > 0 else "league.fallen", places=abs(places))


def changed(row: LeagueRow) -> str:
    """Write by how many percentage points the chance of an area changed in a quarter.

    It is rounded as a whole, so that areas which are listed by it never seem out of order.
    """
    if row.p_all_before is None:
        return ""
    points = round(100 * (row.p_all - row.p_all_before))
    return f"+{points}" if points > 0 else f"−{-points}" if points else "0"
