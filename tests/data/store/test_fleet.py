"""Fleet results: every area once in a run, byte for byte as it was made, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.store import schema
from data.store.audit import Action
from data.store.errors import DamagedFleetResult, UnknownFleetResult
from data.store.fleet import JudgedArea
from data.store.store import Store
from forecasting.figures.period import Quarter
from forecasting.fleet.results import FleetBacktest
from tests.data.drafts import fleet_result, fleet_run, growth, upload

RUN = fleet_run()
BACKTEST = FleetBacktest(12, 0.1, 0.2, 0.3)
QUARTER = RUN.quarter


def rows(store: Store) -> list[dict[str, Any]]:
    with store._engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(select(schema.fleet_result))]


def test_a_result_is_kept_with_all_that_a_league_asks_for(store: Store) -> None:
    assert store.fleet.keep(RUN, [fleet_result()], "分析员") == 1

    found = store.fleet.find("zone", 2026, QUARTER)
    assert found.document == fleet_result().document
    assert (found.issued_at, found.vintage, found.engine) == (RUN.issued_at, 1, "pool")
    (row,) = rows(store)
    told = ("name_zh", "kind", "province", "p_all", "light", "weakest", "hopeful", "hard", "author")
    assert [row[name] for name in told] == [
        "示例开发区", "zone", "shanxi", 1 / 3, "pressed", "gdp", 1, 0, "分析员",
    ]  # fmt: skip
    assert row["verdicts"] == [
        {
            "indicator": "gdp", "counts": True, "comparator": ">", "threshold": 7.0,
            "probability": 0.7, "light": "hopeful", "latest": "2026-06", "growth": 7.2,
            "q10": 6.1, "median": 7.2, "q90": 8.4,
        }
    ]  # fmt: skip


def test_an_area_is_in_a_run_once(store: Store) -> None:
    second = replace(fleet_result("b"), area="china")
    store.fleet.keep(RUN, [fleet_result("a")])

    assert store.fleet.keep(RUN, [fleet_result("c"), second]) == 1
    assert store.fleet.keep(RUN, [fleet_result("c"), second]) == 0

    assert store.fleet.find("zone", 2026, QUARTER).document == b"a"
    assert sorted(row["area"] for row in rows(store)) == ["china", "zone"]
    entered = [one for one in store.audit.entries() if one.action is Action.FLEET]
    assert [one.details["results"] for one in entered] == [1, 1]


def test_the_database_itself_refuses_an_area_twice_in_a_run(store: Store) -> None:
    store.fleet.keep(RUN, [fleet_result()])
    (row,) = rows(store)
    row["issued_at"] += timedelta(seconds=1)

    with pytest.raises(IntegrityError), store._engine.begin() as connection:
        connection.execute(insert(schema.fleet_result), [row])


def test_two_drivers_at_once_store_an_area_once(store: Store) -> None:
    together = Barrier(2)

    def keep(name: str) -> int:
        together.wait()
        return store.fleet.keep(RUN, [fleet_result(name)])

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(keep, ("a", "b"))) == [0, 1]

    assert len(rows(store)) == 1


def test_the_newest_result_is_that_of_the_run_which_began_last(store: Store) -> None:
    store.commit(upload(growth(7.0)))
    later = replace(RUN, vintage=2, issued_at=RUN.issued_at + timedelta(days=1))
    store.fleet.keep(later, [fleet_result("later", inputs_sha256="1" * 64)])
    store.fleet.keep(RUN, [fleet_result("earlier")])

    assert store.fleet.find("zone", 2026, QUARTER).document == b"later"
    assert store.fleet.judged(RUN) == {"zone": JudgedArea(2, "1" * 64)}
    assert store.fleet.begun(later) == later.issued_at
    assert store.fleet.begun(replace(RUN, engine="another")) is None
    assert store.fleet.judged(replace(RUN, engine="another")) == {}
    for changed in ({"year": 2025}, {"quarter": Quarter(2026, 1)}):
        assert store.fleet.judged(replace(RUN, **changed)) == {}  # type: ignore[arg-type]


def test_an_area_counts_as_judged_once_its_origins_are_as_well(store: Store) -> None:
    with_origins = replace(RUN, origins=8)
    store.fleet.keep(RUN, [fleet_result()])
    assert store.fleet.judged(with_origins) == {}

    assert store.fleet.keep(with_origins, [fleet_result(backtest=BACKTEST)]) == 1
    assert store.fleet.keep(with_origins, [fleet_result(backtest=BACKTEST)]) == 0

    assert store.fleet.judged(with_origins) == {"zone": JudgedArea(1, "0" * 64)}
    assert store.fleet.judged(replace(RUN, origins=4)) == {}
    with store._engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.fleet_backtest)) == 1


def test_what_is_not_there_or_was_changed_is_refused(store: Store) -> None:
    with pytest.raises(UnknownFleetResult):
        store.fleet.find("zone", 2026, QUARTER)
    store.fleet.keep(RUN, [fleet_result()])
    with store._engine.begin() as connection:
        connection.execute(update(schema.fleet_result).values(document=b"?"))

    with pytest.raises(DamagedFleetResult):
        store.fleet.find("zone", 2026, QUARTER)
