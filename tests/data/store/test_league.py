"""The league: areas in their places, page by page, found by the index."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Select, text

from data.store import league as sql
from data.store.league import LeagueRound, LeagueScope
from data.store.store import Store
from forecasting.figures.indicator import AreaKind, Names
from forecasting.figures.period import Quarter
from forecasting.fleet.results import FleetResult
from forecasting.outlook.lights import Light, light_of
from tests.data.conftest import seed
from tests.data.drafts import fleet_result, fleet_run

SECOND = LeagueRound(2026, Quarter(2026, 2))
ALL = LeagueScope(SECOND)
StoreFilledBy = Callable[[Callable[[Store], object]], Store]


def result(area: str, p_all: float | None, **changed: Any) -> FleetResult:
    document = f"{area} {p_all}".encode()
    light = None if p_all is None else light_of(p_all, complete=False)
    given = {
        "area": area, "name": Names(area, area), "p_all": p_all, "light": light, "synthetic": False,
        "document": document, "sha256": sha256(document).hexdigest(),
    }  # fmt: skip
    return replace(fleet_result(), **(given | changed))


def keep(store: Store, quarter: int, *results: FleetResult, later: int = 0) -> None:
    run = fleet_run(quarter=Quarter(2026, quarter))
    at = run.issued_at + timedelta(days=later)
    store.fleet.keep(replace(run, issued_at=at, engine=f"pool-{later}"), results)


def places(store: Store, scope: LeagueScope = ALL) -> list[tuple[int, str, int | None]]:
    return [(row.place, row.area, row.place_before) for row in store.league.rows(scope, 0, 99)]


def test_areas_have_places_by_their_chance_and_equal_chances_share_one(store: Store) -> None:
    keep(store, 1, result("a", 0.9), result("b", 0.5), result("d", 0.2))
    keep(store, 2, result("d", 0.1), result("c", 0.4), result("b", 0.4), result("a", 0.7))

    first, second, third, fourth = store.league.rows(ALL, 0, 9)

    assert places(store) == [(1, "a", 1), (2, "b", 2), (2, "c", None), (4, "d", 3)]
    assert (first.p_all, first.p_all_before, third.p_all_before) == (0.7, 0.9, None)
    assert (second.light, fourth.light) == (Light.PRESSED, Light.HARD)
    (verdict,) = first.verdicts
    assert (verdict.indicator, verdict.counts, verdict.threshold) == ("gdp", True, 7.0)
    assert (verdict.q10, verdict.median, verdict.q90) == (6.1, 7.2, 8.4)
    assert store.league.lights(ALL) == {Light.HOPEFUL: 1, Light.PRESSED: 2, Light.HARD: 1}


def test_the_newest_result_of_an_area_counts(store: Store) -> None:
    keep(store, 2, result("a", 0.9), result("b", 0.5))
    keep(store, 2, result("a", 0.1), later=1)

    assert places(store) == [(1, "b", None), (2, "a", None)]
    assert sum(store.league.lights(ALL).values()) == 2
    keep(store, 2, result("a", None), later=2)
    assert places(store) == [(1, "b", None)]


def test_reference_areas_have_no_place_and_invented_ones_their_own_league(store: Store) -> None:
    keep(
        store, 2, result("a", 0.5), result("nation", 0.9, reference=True, light=None),
        result("x", 0.8, synthetic=True), result("none", None),
    )  # fmt: skip

    assert places(store) == [(1, "a", None)]
    invented = replace(SECOND, synthetic=True)
    assert places(store, LeagueScope(invented)) == [(1, "x", None)]
    assert store.league.rounds() == (SECOND, invented)


def test_rounds_are_listed_with_the_newest_first(store: Store) -> None:
    keep(store, 1, result("a", 0.5))
    keep(store, 2, result("a", 0.5))
    store.fleet.keep(fleet_run(year=2025, quarter=Quarter(2025, 3)), [result("a", 0.5)])
    store.fleet.keep(fleet_run(quarter=Quarter(2025, 4)), [result("a", 0.5)])

    assert [(one.year, str(one.quarter)) for one in store.league.rounds()] == [
        (2026, "2026Q2"), (2026, "2026Q1"), (2026, "2025Q4"), (2025, "2025Q3"),
    ]  # fmt: skip
    assert LeagueRound(2026, Quarter(2026, 1)).before == LeagueRound(2026, Quarter(2025, 4))


def test_a_kind_and_a_province_have_places_of_their_own(store: Store) -> None:
    for quarter, chances in ((1, (0.1, 0.2, 0.3, 0.4)), (2, (0.8, 0.7, 0.6, 0.5))):
        kinds = (AreaKind.ZONE, AreaKind.COUNTY) * 2
        keep(
            store, quarter,
            *(
                result(name, chance, kind=kind, province=province)
                for name, chance, kind, province in zip(
                    "abcd", chances, kinds, ("n", "n", "s", "s"), strict=True
                )
            ),
        )  # fmt: skip

    assert places(store, LeagueScope(SECOND, AreaKind.COUNTY)) == [(1, "b", 2), (2, "d", 1)]
    assert places(store, LeagueScope(SECOND, None, "s")) == [(1, "c", 2), (2, "d", 1)]
    assert places(store, LeagueScope(SECOND, AreaKind.ZONE, "s")) == [(1, "c", 1)]
    assert places(store, LeagueScope(SECOND, AreaKind.CITY)) == []
    assert sorted(store.league.groups(SECOND)) == [
        (AreaKind.COUNTY, "n"), (AreaKind.COUNTY, "s"),
        (AreaKind.ZONE, "n"), (AreaKind.ZONE, "s"),
    ]  # fmt: skip


def many(store: Store) -> None:
    """Keep 60 areas whose chances are often equal, for two quarters."""
    seed(store)
    for quarter in (1, 2):
        draw = random.Random(quarter)
        keep(store, quarter, *(result(f"a{n:03}", draw.randrange(20) / 20) for n in range(60)))


def test_pages_are_the_whole_in_pieces_and_places_those_of_sorting(
    store_filled_by: StoreFilledBy,
) -> None:
    store = store_filled_by(many)
    whole = store.league.rows(ALL, 0, 99)
    pieces = [row for start in range(0, 60, 7) for row in store.league.rows(ALL, start, 7)]

    assert pieces == list(whole)
    assert len(whole) == 60
    for number, row in enumerate(whole):
        assert row.place == 1 + sum(other.p_all > row.p_all for other in whole)
        assert store.league.place_of(row.area, ALL) == (row.place, number)
    assert store.league.place_of("nowhere", ALL) is None
    assert store.league.rows(ALL, 60, 7) == ()


def plan(store: Store, query: Select[Any]) -> str:
    """Return how the database would answer a query, rows being many."""
    with store._engine.connect() as connection:
        said = str(query.compile(store._engine, compile_kwargs={"literal_binds": True}))
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE fleet_result"))
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            rows = connection.execute(text("EXPLAIN " + said.replace(":", r"\:")))
            return "\n".join(row[0] for row in rows)
        return "\n".join(
            row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {said}"))
        )


@pytest.mark.parametrize("scope", [ALL, LeagueScope(SECOND, AreaKind.ZONE, "shanxi")])
def test_the_index_answers_each_question(
    store_filled_by: StoreFilledBy, scope: LeagueScope
) -> None:
    store = store_filled_by(many)
    column = sql._COLUMN
    asked = {
        "page": sql._page(scope, 20, 40),
        "above": sql._count_above(scope, 0.5),
        "places": sql._places(scope),
        "lights": sql._newest(scope, column.light),
        "groups": sql._newest(scope, column.kind, column.province),
    }

    plans = {name: plan(store, query) for name, query in asked.items()}

    for name, found in plans.items():
        assert "ix_fleet_result_league" in found, (name, found)
        assert "seq scan" not in found.lower(), (name, found)
    if store.database_url.startswith(
        "sqlite"
    ):  # what PostgreSQL does depends on how many there are
        for name, found in plans.items():
            assert "SCAN fleet_result" not in found, (name, found)
            assert "ORDER BY" not in found, (name, found)  # the index has the order
            covered = "COVERING INDEX ix_fleet_result_league" in found
            assert covered == (name != "page"), (name, found)
