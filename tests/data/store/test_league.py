"""The league: areas in their places, page by page, found by the index."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Select, select, text

from data.store import fleet, schema
from data.store import league as sql
from data.store.connection import engine_of, make_file, writing
from data.store.league import LeagueOrder, LeagueRound, LeagueScope
from data.store.schema import insert_rows, migrate
from data.store.store import Store
from forecasting.figures.indicator import AreaKind, Names
from forecasting.figures.period import Quarter
from forecasting.fleet.results import FleetResult
from forecasting.outlook.lights import Light, light_of
from tests.data.conftest import NewDatabase, seed
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


CHANCES = {"a": (0.9, 0.9), "b": (0.2, 0.5), "c": (None, 0.7), "d": (0.8, 0.3), "e": (0.4, 0.4)}
"""Of the first quarter and of the second."""


def listed(store: Store, order: LeagueOrder, scope: LeagueScope = ALL) -> str:
    """Return the areas of a scope as they are listed, in pages of two."""
    pages = (store.league.rows(scope, start, 2, order) for start in range(0, 10, 2))
    return "".join(row.area for page in pages for row in page)


def test_areas_are_listed_by_what_rose_or_fell_since_the_quarter_before(store: Store) -> None:
    for quarter in (1, 2):
        keep(
            store, quarter,
            *(result(area, chances[quarter - 1]) for area, chances in CHANCES.items()),
        )  # fmt: skip

    # Of a and e nothing changed: the likelier comes first. What c had before is not known.
    assert listed(store, LeagueOrder.RISE) == "baedc"
    assert listed(store, LeagueOrder.FALL) == "daebc"
    assert listed(store, LeagueOrder.CHANCE) == "acbed"
    rows = store.league.rows(ALL, 0, 9, LeagueOrder.RISE)
    assert [(row.place, row.place_before) for row in rows] == [
        (3, 4), (1, 1), (4, 3), (5, 2), (2, None),
    ]  # fmt: skip
    first = LeagueScope(LeagueRound(2026, Quarter(2026, 1)))
    assert listed(store, LeagueOrder.RISE, first) == listed(store, LeagueOrder.CHANCE, first)


def test_a_change_is_that_of_the_newest_results_within_the_areas_that_are_asked_for(
    store: Store,
) -> None:
    keep(store, 1, result("a", 0.1), result("b", 0.5), result("c", 0.1, province="other"))
    keep(store, 2, result("a", 0.7), result("b", 0.6), result("c", 0.9))
    assert listed(store, LeagueOrder.RISE) == "cab"

    keep(store, 1, result("a", 0.8), later=1)

    assert listed(store, LeagueOrder.RISE) == "cba"
    assert listed(store, LeagueOrder.RISE, LeagueScope(SECOND, None, "shanxi")) == "bac"


def test_areas_are_listed_by_name_in_both_languages(store: Store) -> None:
    names = {
        "a": Names("浙江", "Zhejiang"),
        "b": Names("上海", "shanghai"),
        "c": Names("北京", "Beijing"),
        "d": Names("安庆", "Anqing"),
        "e": Names("上海", "Shanghai"),
    }
    keep(store, 2, *(result(area, 0.5, name=name) for area, name in names.items()))

    assert listed(store, LeagueOrder.NAME) == "dcbea"
    assert listed(store, LeagueOrder.NAME_EN) == "dcbea"


def test_names_of_any_length_can_be_listed(store: Store) -> None:
    names = (Names("长" * 500, "x" * 500), Names("㐀𠀀é", "Ünder é"), Names("", ""))
    keep(store, 2, *(result(area, 0.5, name=name) for area, name in zip("abc", names, strict=True)))

    for order in LeagueOrder:
        assert sorted(listed(store, order)) == ["a", "b", "c"]


def test_results_of_an_earlier_release_are_listed_by_name_as_well(
    new_database: NewDatabase,
) -> None:
    url, run = new_database(), fleet_run()
    name = Names("上海" * 100, "Shanghai" * 60)
    make_file(url)
    engine = engine_of(url)
    with writing(engine) as connection:
        migrate(connection, to="0012_read_by_0006")
        row = {
            "number": 1,
            "kind": "upload",
            "author": "",
            "note": "",
            "committed_at": run.issued_at,
        }
        insert_rows(connection, schema.vintage, [row])
        about = {name: getattr(run, name) for name in ("year", "quarter", "issued_at", "vintage")}
        cells = fleet._result_cells(result("a", 0.5, name=name))
        cells |= about | {"engine": "pool-0", "author": ""}
        insert_rows(connection, schema.fleet_result, [
            {column: cell for column, cell in cells.items() if not column.startswith("sort_")}
        ])  # fmt: skip

    with writing(engine) as connection:
        migrate(connection)
        column = schema.fleet_result.c
        found = connection.execute(select(column.sort_zh, column.sort_en)).one()
    engine.dispose()

    assert found._asdict() == fleet.sort_keys(name)
    assert found.sort_zh == ("上海" * 30).encode("gb18030")


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
            for way in ("seqscan", "bitmapscan", "sort"):  # which serve better where rows are few
                connection.execute(text(f"SET LOCAL enable_{way} = off"))
            rows = connection.execute(text("EXPLAIN " + said.replace(":", r"\:")))
            return "\n".join(row[0] for row in rows)
        return "\n".join(
            row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {said}"))
        )


SORTED = (LeagueOrder.RISE, LeagueOrder.FALL)
"""Orders that no index has: a change belongs to two rows."""


@pytest.mark.parametrize("scope", [ALL, LeagueScope(SECOND, AreaKind.ZONE, "shanxi")])
def test_the_index_answers_each_question(
    store_filled_by: StoreFilledBy, scope: LeagueScope
) -> None:
    store = store_filled_by(many)
    column = sql._COLUMN
    asked = {
        **{order: sql._page(scope, 20, 40, order) for order in LeagueOrder},
        "above": sql._count_above(scope, 0.5),
        "lights": sql._newest(scope, column.light),
        "groups": sql._newest(scope, column.kind, column.province),
    }

    plans = {name: plan(store, query) for name, query in asked.items()}

    of_the_order = {
        LeagueOrder.CHANCE: "ix_fleet_result_league",
        LeagueOrder.NAME: "ix_fleet_result_zh",
        LeagueOrder.NAME_EN: "ix_fleet_result_en",
    }
    for name, found in plans.items():
        if store.database_url.startswith("sqlite"):
            index = of_the_order.get(name, "ix_fleet_result_league")
            assert f"SEARCH fleet_result USING COVERING INDEX {index}" in found, (name, found)
            assert "SCAN fleet_result" not in found, (name, found)
            assert ("FOR ORDER BY" in found) == (name in SORTED), (name, found)
        else:  # where the order does not matter, its choice depends on how many rows there are
            index = of_the_order.get(name, "ix_fleet_result_")
            assert f"using {index}" in found, (name, found)
            assert "Seq Scan" not in found, (name, found)
            assert ("Sort Key" in found) == (name in SORTED), (name, found)


@pytest.mark.parametrize("scope", [ALL, LeagueScope(SECOND, AreaKind.ZONE, "shanxi")])
def test_documents_are_read_of_the_areas_of_a_page_alone(
    store_filled_by: StoreFilledBy, scope: LeagueScope
) -> None:
    store = store_filled_by(many)

    found = plan(store, sql._rows(scope, ["a001", "a002"]))

    assert "Seq Scan" not in found
    if store.database_url.startswith("sqlite"):
        assert "SEARCH fleet_result USING COVERING INDEX ix_fleet_result_league" in found
        assert "SEARCH row USING INDEX sqlite_autoindex_fleet_result_1" in found
        assert "FOR ORDER BY" not in found
        assert "SCAN fleet_result" not in found
